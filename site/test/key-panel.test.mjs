// The key panel in Chromium with the real engine: every action of every tab, as a person would do it; what a change would
// do is shown before it is made; refusals are told in place; the focus is kept.

import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { becomes, focused, keepsFocus, tabTo, visible } from './page.mjs';
import { openWorld, outcome, world } from './panels.mjs';
import { browser, site } from './stage.mjs';

/**
 * Opens the world at a tab of a key.
 * @param {string} tab
 * @param {string} label of the key
 */
async function keyAt(tab, label = 'alias/app', as = 'admin', document = world) {
  const opened = await openWorld(browser, site.origin, {}, document);
  const { at } = opened;
  await at.explorer.getByRole('button', { name: label }).first().click();
  await at.key.getByRole('combobox', { name: 'Act as' }).selectOption({ label: as });
  await at.key.getByRole('tab', { name: tab, exact: true }).click();
  return opened;
}

/** @param {import('playwright-core').Page} page @param {RegExp} command */
async function appended(page, command) {
  await visible(page.getByRole('region', { name: 'Decision' }).getByText(command).first(), `the command ${command}`);
}

describe('the key panel', () => {
  test('policy: who may change it, and the way to the editor', async () => {
    const { page, at, check, context } = await keyAt('Policy', 'alias/old');
    await visible(at.key.getByText(/^1 statement, \d+ of 32768 bytes\.$/), 'how long it is');
    await visible(at.key.getByText(/^May change it: admin, root of 111122223333\.$/), 'who may change it');
    await visible(at.key.getByText('PutKeyPolicy: allowed as admin'), 'what would come of it');
    await at.key.getByRole('button', { name: 'Edit the key policy' }).click();
    await visible(page.getByRole('textbox', { name: 'Key policy alias/old' }), 'the editor');
    check();
    await context.close();
  });

  test('grants: a builder of constraints, who may retire and revoke, and refusals in place', async () => {
    const { page, at, check, context } = await keyAt('Grants');
    await at.key.getByText('Create a grant').click();
    const form = at.key;
    await form.getByRole('combobox', { name: 'Grantee' }).fill('arn:aws:iam::111122223333:user/by-tag');
    assert.equal(await form.getByRole('checkbox', { name: 'Sign', exact: true }).count(), 0, 'a symmetric key offers no Sign');
    await form.getByRole('checkbox', { name: 'Encrypt', exact: true }).check();
    await form.getByRole('combobox', { name: 'Constraint' }).selectOption('EncryptionContextEquals');
    await form.getByRole('textbox', { name: 'Constraint key' }).fill('Department');
    await form.getByRole('textbox', { name: 'Constraint value' }).fill('IT');
    await form.getByRole('button', { name: 'Add constraint pair' }).click();
    await becomes(() => focused(page), /Constraint key/);
    await form.getByRole('button', { name: 'Remove constraint pair' }).last().click();
    await becomes(() => focused(page), /Add constraint pair/);
    await form.getByRole('textbox', { name: 'Name' }).fill('nightly');
    await visible(form.getByText('CreateGrant: allowed as admin'), 'what would come of it');
    await form.getByRole('button', { name: 'Create grant' }).click();
    await outcome(at.key, /CreateGrant was accepted, as admin\./);
    await becomes(() => focused(page), /Create grant/);
    await visible(at.key.getByText('EncryptionContextEquals: Department=IT'), 'the grant');
    await appended(page, /aws kms create-grant .*--name nightly/);

    await form.getByRole('combobox', { name: 'Grantee' }).fill('lambda.amazonaws.com');
    await form.getByRole('textbox', { name: 'SourceArn' }).fill('arn:aws:lambda:us-east-1:111122223333:function:f');
    await form.getByRole('combobox', { name: 'Retired by' }).fill('arn:aws:iam::111122223333:user/admin');
    await form.getByRole('checkbox', { name: 'DescribeKey' }).check();
    await form.getByRole('button', { name: 'Create grant' }).click();
    await visible(at.key.getByText('SourceArn: arn:aws:lambda'), 'the grant to a service');
    await visible(at.key.getByText('(service principal)'), 'that it is a service');

    await at.key.getByRole('combobox', { name: 'Act as' }).selectOption({ label: 'by-tag' });
    const denied = at.key.getByText('RetireGrant: denied as by-tag').first();
    await denied.click();
    await visible(at.key.getByText(/Permission to do it have: .*root of 111122223333/).first(), 'who may');
    await at.key.getByRole('button', { name: 'Retire' }).first().click();
    await outcome(at.key, /RetireGrant was refused\. AccessDeniedException: User: .*by-tag is not authorized/);
    await at.key.getByRole('button', { name: 'See the whole explanation' }).click();
    await visible(at.decision.getByText(/RetireGrant/).first(), 'the decision');

    await at.key.getByRole('combobox', { name: 'Act as' }).selectOption({ label: 'admin' });
    await at.key.getByRole('button', { name: 'Revoke' }).first().click();
    await outcome(at.key, /RevokeGrant was accepted/);
    await at.key.getByText('EncryptionContextEquals: Department=IT').waitFor({ state: 'detached' });
    await keepsFocus(page);
    await at.key.getByRole('button', { name: 'Take it back' }).click();
    await visible(at.key.getByText('EncryptionContextEquals: Department=IT'), 'the grant again');
    await keepsFocus(page);
    check();
    await context.close();
  });

  test('tags: what each change flips is shown before it is made', async () => {
    const { page, at, check, context } = await keyAt('Tags');
    await at.key.getByRole('textbox', { name: 'Tag key' }).fill('Project');
    await at.key.getByRole('textbox', { name: 'Tag value' }).fill('Alpha');
    const added = at.key.getByRole('group', { name: 'With Project = Alpha' });
    await visible(added.getByText('by-tag: Decrypt on alias/app'), 'what the tag opens');
    await at.key.getByRole('textbox', { name: 'Tag value' }).fill('Beta');
    await visible(at.key.getByRole('group', { name: 'With Project = Beta' }).getByText('No decision changes.'), 'that Beta opens nothing');
    await at.key.getByRole('textbox', { name: 'Tag value' }).fill('Alpha');
    await at.key.getByRole('button', { name: 'Add tag' }).click();
    await outcome(at.key, /TagResource was accepted/);
    await appended(page, /aws kms tag-resource/);

    await at.key.getByRole('button', { name: 'Change tag Project' }).click();
    await visible(at.key.getByRole('group', { name: 'Without Project' }).getByText('by-tag: Decrypt on alias/app'), 'what its removal closes');
    await at.key.getByRole('textbox', { name: 'New value of Project' }).fill('Gamma');
    await visible(at.key.getByRole('group', { name: 'With Project = Gamma' }).getByText('1 decision becomes denied:'), 'what the new value closes');
    await at.key.getByRole('button', { name: 'Save value' }).click();
    await visible(at.key.getByRole('list', { name: 'Tags' }).getByText('Gamma'), 'the new value');
    await becomes(() => focused(page), /Change tag Project/);
    await at.key.getByRole('button', { name: 'Remove tag Project' }).click();
    await outcome(at.key, /UntagResource was accepted/);
    await keepsFocus(page);
    check();
    await context.close();
  });

  test('aliases: made, moved with what breaks in view, fetched, deleted', async () => {
    const { page, at, check, context } = await keyAt('Aliases');
    await at.key.getByRole('textbox', { name: 'Alias name' }).fill('second');
    await visible(at.key.getByText('CreateAlias: allowed as admin'), 'what would come of it');
    await at.key.getByRole('button', { name: 'Create alias' }).click();
    await visible(at.key.getByRole('list', { name: 'Aliases' }).getByText('alias/second'), 'the alias');

    await at.key.getByRole('button', { name: 'Move alias/app', exact: true }).click();
    await becomes(() => focused(page), /Move to key/);
    await visible(at.key.getByRole('group', { name: 'Without alias/app' }).getByText(/alias\/app would name no key/), 'what its deletion breaks');
    const key = at.key.getByRole('combobox', { name: 'Move to key' });
    await key.selectOption((await key.locator('option', { hasText: 'alias/old' }).getAttribute('value')) ?? '');
    const moved = at.key.getByRole('group', { name: 'With alias/app on alias/old' });
    await visible(moved.getByText('by-alias: Encrypt on alias/app'), 'who loses access');
    await visible(moved.getByText('by-alias: Encrypt on alias/old'), 'who gains access');
    await at.key.getByRole('button', { name: 'Move alias/app now' }).click();
    await outcome(at.key, /UpdateAlias was accepted/);
    await keepsFocus(page);
    await at.key.getByRole('list', { name: 'Aliases' }).getByText('alias/app', { exact: true }).waitFor({ state: 'detached' });

    await at.key.getByRole('combobox', { name: 'Bring an alias of another key here' }).selectOption('alias/app');
    await visible(at.key.getByRole('group', { name: /^With alias\/app on/ }).getByText(/by-alias: Encrypt/).first(), 'what that changes');
    await at.key.getByRole('button', { name: 'Move alias/app now' }).click();
    await visible(at.key.getByRole('list', { name: 'Aliases' }).getByText('alias/app', { exact: true }), 'the alias again');
    await at.key.getByRole('button', { name: 'Delete alias/second' }).click();
    await outcome(at.key, /DeleteAlias was accepted/);
    await at.key.getByRole('list', { name: 'Aliases' }).getByText('alias/second').waitFor({ state: 'detached' });
    check();
    await context.close();
  });

  test('state: disabled, enabled, scheduled for deletion and saved from it', async () => {
    const { page, at, check, context } = await keyAt('State');
    await at.key.getByRole('button', { name: 'Disable' }).click();
    await visible(at.key.getByText('Disabled').first(), 'the state');
    await becomes(() => focused(page), /Disable/);
    await at.key.getByRole('button', { name: 'Enable', exact: true }).click();
    await visible(at.key.getByText('Enabled').first(), 'the state');
    await at.key.getByRole('spinbutton', { name: 'Waiting period in days' }).fill('7');
    await visible(at.key.getByText('It would be deleted at 2026-01-08 09:00:00 UTC.'), 'when');
    await at.key.getByRole('button', { name: 'Schedule deletion' }).click();
    await visible(at.key.getByText('To be deleted at 2026-01-08 09:00:00 UTC.'), 'when');
    await visible(at.key.getByText('EnableKey: would fail with KMSInvalidStateException'), 'what the state forbids');
    await at.key.getByRole('button', { name: 'Cancel deletion' }).click();
    await visible(at.key.getByText('Disabled').first(), 'the state');
    await at.key.getByRole('combobox', { name: 'Act as' }).selectOption({ label: 'by-alias' });
    await at.key.getByRole('button', { name: 'Enable', exact: true }).click();
    await outcome(at.key, /EnableKey was refused\. AccessDeniedException/);
    check();
    await context.close();
  });

  test('rotation: automatic, on demand, and the materials', async () => {
    const { page, at, check, context } = await keyAt('Rotation');
    await visible(at.key.getByText('Not rotated automatically.'), 'that it is not');
    await at.key.getByRole('spinbutton', { name: 'Rotation period in days' }).fill('90');
    await at.key.getByRole('button', { name: 'Enable rotation' }).click();
    await visible(at.key.getByText('Rotated every 90 days, next at 2026-04-01 09:00:00 UTC.'), 'the schedule');
    await at.key.getByRole('button', { name: 'Rotate now' }).click();
    await visible(at.key.getByText('An on-demand rotation runs since 2026-01-01 09:00:00 UTC.'), 'the rotation');
    await page.getByRole('button', { name: /5\s*m/ }).first().click();
    await visible(at.key.getByText('2 key materials'), 'the materials');
    await visible(at.key.getByRole('list', { name: 'Key materials, the newest first' }).getByText(/ON_DEMAND/), 'where it came from');
    await at.key.getByRole('button', { name: 'Disable rotation' }).click();
    await visible(at.key.getByText('Not rotated automatically.'), 'that it is not');
    check();
    await context.close();
  });

  test('regions: replicated, and another primary', async () => {
    const { at, check, context } = await keyAt('Regions');
    await visible(at.key.getByText('A single-Region key in us-east-1.'), 'what it is');
    await at.explorer.getByRole('button', { name: 'alias/everywhere' }).click();
    await visible(at.key.getByText('A multi-Region key: PRIMARY.'), 'what it is');
    await at.key.getByRole('combobox', { name: 'Replicate to Region' }).fill('eu-west-1');
    await visible(at.key.getByText('ReplicateKey: allowed as admin'), 'what would come of it');
    await at.key.getByRole('button', { name: 'Replicate key' }).click();
    await visible(at.key.getByRole('list', { name: 'Related keys' }).getByText('eu-west-1'), 'the replica');
    await at.key.getByRole('button', { name: 'Make the key in eu-west-1 primary' }).click();
    await outcome(at.key, /UpdatePrimaryRegion was refused\. KMSInvalidStateException|UpdatePrimaryRegion was accepted/);
    await at.key.getByRole('button', { name: 'Show the key in eu-west-1' }).click();
    await visible(at.key.getByText(/^A multi-Region key:/), 'the replica');
    check();
    await context.close();
  });

  test('key material of one\'s own: wrapped in the page, imported, expiring, deleted', async () => {
    const document = world.replace('everywhere=$(', 'aws kms create-alias --alias-name alias/own --target-key-id $(aws kms create-key --origin EXTERNAL --query KeyMetadata.KeyId --output text)\neverywhere=$(');
    const { page, at, check, context } = await keyAt('Rotation', 'alias/own', 'admin', document);
    await visible(at.key.getByText('PendingImport').first(), 'the state');
    await at.key.getByRole('textbox', { name: 'Key material, hexadecimal' }).fill('xyz');
    await at.key.getByRole('button', { name: 'Import key material' }).click();
    await visible(at.key.getByText(/an even number of hexadecimal digits/), 'what is wrong with it');
    await at.key.getByRole('button', { name: 'Make another one at random' }).click();
    await at.key.getByRole('spinbutton', { name: 'Expires after days' }).fill('30');
    await at.key.getByRole('button', { name: 'Import key material' }).click();
    await outcome(at.key, /ImportKeyMaterial was accepted/);
    await visible(at.key.getByText('Enabled').first(), 'the state');
    await visible(at.key.getByText(/valid to 2026-01-31 09:00:00 UTC/), 'when it expires');
    await appended(page, /aws kms import-key-material/);
    await at.key.getByRole('button', { name: 'Delete key material' }).click();
    await visible(at.key.getByText('PendingImport').first(), 'the state');
    check();
    await context.close();
  });

  test('public key: shown as PEM, and downloaded, by whoever may', async () => {
    const document = world.replace('everywhere=$(', 'aws kms create-alias --alias-name alias/sign --target-key-id $(aws kms create-key --key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY --query KeyMetadata.KeyId --output text)\neverywhere=$(');
    const { page, at, check, context } = await keyAt('Public key', 'alias/sign', 'admin', document);
    await at.key.getByRole('button', { name: 'Get public key' }).click();
    const pem = at.key.getByRole('region', { name: 'Public key, PEM' });
    await visible(pem, 'the key');
    const text = (await pem.textContent()) ?? '';
    assert.equal(createPublicKey(text).asymmetricKeyDetails?.namedCurve, 'prime256v1');
    const [download] = await Promise.all([page.waitForEvent('download'), at.key.getByRole('button', { name: 'Download DER' }).click()]);
    assert.match(download.suggestedFilename(), /^[0-9a-f-]{36}\.der$/);
    const der = readFileSync(await download.path());
    assert.deepEqual(der, createPublicKey(text).export({ type: 'spki', format: 'der' }));
    await at.key.getByRole('tab', { name: 'Grants' }).click();
    await at.key.getByText('Create a grant').click();
    await visible(at.key.getByRole('checkbox', { name: 'Sign', exact: true }), 'what such a key does');
    await at.key.getByRole('checkbox', { name: 'Encrypt', exact: true }).waitFor({ state: 'detached' });
    await at.explorer.getByRole('button', { name: 'alias/app' }).first().click();
    await at.key.getByRole('tab', { name: 'Public key' }).waitFor({ state: 'detached' });
    check();
    await context.close();
  });

  test('facts, and a description', async () => {
    const { page, at, check, context } = await keyAt('Facts');
    await visible(at.key.getByText('AWS_KMS', { exact: true }), 'the origin');
    await visible(at.key.getByText('SYMMETRIC_DEFAULT').first(), 'the spec');
    await at.key.getByRole('textbox', { name: 'Description' }).fill('for <b>invoices</b>');
    await at.key.getByRole('button', { name: 'Save description' }).click();
    await outcome(at.key, /UpdateKeyDescription was accepted/);
    await appended(page, /aws kms update-key-description/);
    check();
    await context.close();
  });

  test('by keyboard alone: a tag is added and an alias moved', async () => {
    const { page, at, check, context } = await keyAt('Grants');
    const press = async (/** @type {string[]} */ ...keys) => { for (const key of keys) await page.keyboard.press(key); };
    await at.key.getByRole('tab', { name: 'Grants' }).focus();
    await press('ArrowRight');
    await visible(at.key.getByRole('textbox', { name: 'Tag key' }), 'the tab');
    await tabTo(page, /^Tag key/);
    await page.keyboard.type('Project');
    await press('Tab');
    await page.keyboard.type('Alpha');
    await visible(at.key.getByText('by-tag: Decrypt on alias/app'), 'the preview');
    await press('Enter');
    await outcome(at.key, /TagResource was accepted/);
    await at.key.getByRole('tab', { name: 'Tags' }).focus();
    await press('ArrowRight');
    await visible(at.key.getByRole('button', { name: 'Move alias/app' }), 'the tab');
    await tabTo(page, /^Move alias\/app$/);
    await press('Enter');
    await visible(at.key.getByRole('combobox', { name: 'Move to key' }), 'where to');
    await tabTo(page, /^Move to key/);
    await press('ArrowDown');
    await visible(at.key.getByRole('button', { name: 'Move alias/app now' }), 'the confirmation');
    await tabTo(page, /^Move alias\/app now$/);
    await press('Enter');
    await outcome(at.key, /UpdateAlias was accepted/);
    await keepsFocus(page);
    check();
    await context.close();
  });

  test('nothing goes beyond the pane at 360 px', async () => {
    const { page, at, check, context } = await openWorld(browser, site.origin, { viewport: { width: 360, height: 740 } });
    await at.explorer.getByRole('button', { name: 'alias/app' }).first().click();
    const beyond = () => page.evaluate(() => {
      /** @param {ShadowRoot | Element} root @returns {string[]} */
      const wide = (root) => [...root.querySelectorAll('*')].flatMap((el) => [
        ...(el.getBoundingClientRect().right > innerWidth + 1 ? [`${el.localName}.${el.className}`] : []), ...(el.shadowRoot ? wide(el.shadowRoot) : [])]);
      const shadow = document.querySelector('kms-playground')?.shadowRoot;
      return ['kms-explorer', 'kms-key-panel'].flatMap((name) => wide(/** @type {ShadowRoot} */ (shadow?.querySelector(name)?.shadowRoot)));
    });
    for (const tab of ['Policy', 'Grants', 'Tags', 'Aliases', 'State', 'Rotation', 'Regions', 'Facts']) {
      await at.key.getByRole('tab', { name: tab, exact: true }).click();
      if (tab === 'Grants') await at.key.getByText('Create a grant').click();
      if (tab === 'Aliases') await at.key.getByRole('button', { name: 'Move alias/app', exact: true }).click();
      if (tab === 'Aliases') await visible(at.key.getByText(/would name no key/), 'the preview');
      if (tab === 'Rotation') await visible(at.key.getByText(/key material/), 'the materials');
      if (tab === 'Facts') await visible(at.key.getByText('Current material'), 'the facts');
      assert.deepEqual(await beyond(), [], tab);
    }
    for (const name of ['Production', 'by-tag', 'account 111122223333']) {
      await at.explorer.getByRole('button', { name: `Edit ${name}`, exact: true }).click();
      await visible(at.explorer.getByRole('combobox', { name: 'Act as' }).first(), 'the editor');
      assert.deepEqual(await beyond(), [], name);
    }
    check();
    await context.close();
  });
});
