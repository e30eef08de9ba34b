// The explorer in Chromium with the real engine: what there is, searched; people, keys, policies and organizations made,
// changed and taken away, each by a call whose refusal is told in place.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { becomes, focused, keepsFocus, tabTo, visible } from './page.mjs';
import { openWorld, outcome } from './panels.mjs';
import { browser, site } from './stage.mjs';

/** @param {import('playwright-core').Locator} explorer @param {string} name */
const edit = (explorer, name) => explorer.getByRole('button', { name: `Edit ${name}`, exact: true }).click();

describe('the explorer', () => {
  test('what there is, and a search through it from the keyboard', async () => {
    const { page, at, check, context } = await openWorld(browser, site.origin);
    const key = at.explorer.getByRole('list', { name: 'Keys' }).getByRole('button', { name: /alias\/everywhere/ });
    assert.match((await key.innerText()).replace(/\s+/g, ' '), /alias\/everywhere ✓ Enabled SYMMETRIC_DEFAULT · multi-Region/);
    const tree = at.explorer.getByRole('list', { name: /^Organization o-/ });
    await visible(tree.getByText('Production'), 'the unit');
    await visible(tree.getByText('management account'), 'the management account');

    await at.explorer.getByRole('heading', { name: 'Explorer' }).click();
    await page.keyboard.press('/');
    await becomes(() => focused(page), /Search the explorer/);
    await page.keyboard.type('by-t');
    await visible(at.explorer.getByText('1 thing found.'), 'the count');
    await visible(at.explorer.getByRole('button', { name: 'by-tag', exact: true }), 'what is found');
    await at.explorer.getByRole('button', { name: 'by-alias', exact: true }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+a');
    await page.keyboard.type('nothing like it');
    await visible(at.explorer.getByText('Nothing found.'), 'that there is nothing');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await visible(at.explorer.getByRole('button', { name: 'by-alias', exact: true }), 'everything');
    check();
    await context.close();
  });

  test('a user: created, in a group, with policies, a boundary and tags, deleted', async () => {
    const { page, at: { explorer, editorRegion, decision }, check, context } = await openWorld(browser, site.origin);
    await edit(explorer, 'account 111122223333');
    await explorer.getByText('New user', { exact: true }).click();
    await explorer.getByRole('textbox', { name: 'User name' }).fill('ann');
    await explorer.getByRole('button', { name: 'Create user' }).click();
    await outcome(explorer, /CreateUser was accepted, as root of 111122223333\./);
    await becomes(() => focused(page), /Create user/);
    await visible(decision.getByText('aws iam create-user --user-name ann'), 'the command');

    await edit(explorer, 'ann');
    await explorer.getByRole('button', { name: 'Add', exact: true }).click();
    await visible(explorer.getByText('in readers'), 'the group');
    await explorer.getByRole('combobox', { name: 'Attach managed policy' }).fill('arn:aws:iam::aws:policy/ReadOnlyAccess');
    await explorer.getByRole('button', { name: 'Attach', exact: true }).click();
    await outcome(explorer, /AttachUserPolicy/);
    await explorer.getByRole('combobox', { name: 'Attach managed policy' }).fill('arn:aws:iam::aws:policy/AdministratorAccess');
    await explorer.getByRole('button', { name: 'Attach', exact: true }).click();
    await visible(explorer.getByRole('button', { name: /^Detach AdministratorAccess/ }), 'the policy');
    await explorer.getByRole('textbox', { name: 'New inline policy, name' }).fill('more');
    await explorer.getByRole('button', { name: 'Add inline policy' }).click();
    await visible(editorRegion.getByRole('textbox', { name: 'ann: more' }), 'the policy in the editor');
    await explorer.getByRole('combobox', { name: 'Policy that bounds' }).fill('arn:aws:iam::aws:policy/AdministratorAccess');
    await explorer.getByRole('button', { name: 'Set boundary' }).click();
    await explorer.getByRole('button', { name: 'Remove the permissions boundary' }).click();
    await outcome(explorer, /DeleteUserPermissionsBoundary was accepted/);
    await keepsFocus(page);
    await explorer.getByRole('textbox', { name: 'Tag key' }).fill('Team');
    await explorer.getByRole('textbox', { name: 'Tag value' }).fill('red');
    await explorer.getByRole('button', { name: 'Add tag' }).click();
    await explorer.getByRole('button', { name: 'Remove tag Team' }).click();
    await outcome(explorer, /UntagUser was accepted/);

    await explorer.getByRole('button', { name: 'Delete ann', exact: true }).click();
    await outcome(explorer, /DeleteUser was refused\. DeleteConflict: Cannot delete entity, must detach all policies first\./);
    for (const policy of ['AdministratorAccess', 'ReadOnlyAccess']) {
      await explorer.getByRole('button', { name: new RegExp(`^Detach ${policy}`) }).click();
      await explorer.getByRole('button', { name: new RegExp(`^Detach ${policy}`) }).waitFor({ state: 'detached' });
      await keepsFocus(page);
    }
    await explorer.getByRole('button', { name: 'Delete ann: more' }).click();
    await outcome(explorer, /DeleteUserPolicy was accepted/);
    await explorer.getByRole('button', { name: 'Remove from readers' }).click();
    await outcome(explorer, /RemoveUserFromGroup was accepted/);

    await explorer.getByRole('combobox', { name: 'Act as' }).selectOption({ label: 'by-tag' });
    await explorer.getByRole('button', { name: 'Delete ann', exact: true }).click();
    await outcome(explorer, /DeleteUser was refused\. AccessDenied: User: .*by-tag is not authorized to perform: iam:DeleteUser/);
    await explorer.getByRole('combobox', { name: 'Act as' }).selectOption({ label: 'root of 111122223333 (default)' });
    await explorer.getByRole('button', { name: 'Delete ann', exact: true }).click();
    await outcome(explorer, /DeleteUser was accepted/);
    await keepsFocus(page);
    await explorer.getByRole('button', { name: 'ann', exact: true }).waitFor({ state: 'detached' });
    await explorer.getByRole('button', { name: 'Take it back' }).click();
    await visible(explorer.getByRole('button', { name: 'ann', exact: true }), 'the user again');
    check();
    await context.close();
  });

  test('a role is created and assumed; the session sends requests', async () => {
    const { at, at: { explorer }, check, context } = await openWorld(browser, site.origin);
    await edit(explorer, 'account 111122223333');
    await explorer.getByText('New role', { exact: true }).click();
    await explorer.getByRole('textbox', { name: 'Role name' }).fill('batch');
    await explorer.getByRole('button', { name: 'Create role' }).click();
    await outcome(explorer, /CreateRole was accepted/);
    await edit(explorer, 'batch');
    await explorer.getByRole('combobox', { name: 'Assumed by', exact: true }).selectOption({ label: 'admin' });
    await explorer.getByRole('textbox', { name: 'Session name' }).fill('night');
    await explorer.getByRole('button', { name: 'Assume role', exact: true }).click();
    await outcome(explorer, /AssumeRole was accepted, as admin/);
    const session = explorer.getByRole('list', { name: 'Sessions of batch' }).getByRole('button', { name: 'session night' });
    await becomes(() => session.getAttribute('aria-pressed'), 'true');
    await becomes(() => at.principal.locator('option:checked').textContent(), /night/);
    check();
    await context.close();
  });

  test('keys: created with what AWS would refuse told in advance', async () => {
    const { at: { explorer, key }, check, context } = await openWorld(browser, site.origin);
    await edit(explorer, 'account 111122223333');
    await explorer.getByText('New key', { exact: true }).click();
    await explorer.getByRole('combobox', { name: 'Key spec' }).selectOption('HMAC_256');
    await visible(explorer.getByText('CreateKey: would fail with ValidationException'), 'what AWS would say');
    await explorer.getByRole('combobox', { name: 'Key usage' }).selectOption('GENERATE_VERIFY_MAC');
    await visible(explorer.getByText(/^CreateKey: allowed as root of/), 'that it would do it');
    await explorer.getByRole('textbox', { name: 'Region' }).fill('eu-west-1');
    await explorer.getByRole('textbox', { name: 'Alias' }).fill('mac');
    await explorer.getByRole('button', { name: 'Create key' }).click();
    await outcome(explorer, /CreateAlias was accepted/);
    await visible(explorer.getByRole('list', { name: 'Keys in eu-west-1' }).getByText('alias/mac'), 'the key');
    await visible(key.getByText('alias/mac'), 'the key panel');
    check();
    await context.close();
  });

  test('an account joins, a group and a policy are made', async () => {
    const { at: { explorer, editorRegion }, check, context } = await openWorld(browser, site.origin);
    await explorer.getByText('Add an account').click();
    await explorer.getByRole('textbox', { name: 'Account ID, 12 digits' }).fill('777788889999');
    await explorer.getByRole('button', { name: 'Add account' }).click();
    await visible(explorer.getByRole('heading', { name: '777788889999' }), 'the account');
    await edit(explorer, 'account 777788889999');
    await explorer.getByText('New group', { exact: true }).click();
    await explorer.getByRole('textbox', { name: 'Group name' }).fill('team');
    await explorer.getByRole('button', { name: 'Create group' }).click();
    await outcome(explorer, /CreateGroup was accepted, as root of 777788889999/);
    await explorer.getByText('New managed policy', { exact: true }).click();
    await explorer.getByRole('textbox', { name: 'Policy name' }).fill('limits');
    await explorer.getByRole('button', { name: 'Create policy' }).click();
    await visible(editorRegion.getByRole('textbox', { name: /^limits/ }), 'the policy in the editor');
    await edit(explorer, 'team');
    await explorer.getByRole('button', { name: 'Delete team', exact: true }).click();
    await outcome(explorer, /DeleteGroup was accepted/);
    check();
    await context.close();
  });

  test('an organization: units, accounts, policies', async () => {
    const { page, at: { explorer, editorRegion }, check, context } = await openWorld(browser, site.origin);
    await edit(explorer, 'Root');
    await explorer.getByText('New organizational unit').click();
    await explorer.getByRole('textbox', { name: 'Name of the unit' }).fill('Sandbox');
    await explorer.getByRole('button', { name: 'Create unit' }).click();
    await visible(explorer.getByRole('list', { name: 'Below Root' }).getByText('Sandbox'), 'the unit');
    await explorer.getByRole('button', { name: 'Enable RESOURCE_CONTROL_POLICY' }).click();
    await visible(explorer.getByText('RCPFullAWSAccess').first(), 'what comes with it');

    await edit(explorer, 'Sandbox');
    await explorer.getByText('New account', { exact: true }).click();
    await explorer.getByRole('textbox', { name: 'Account name' }).fill('data');
    await explorer.getByRole('textbox', { name: 'Email address' }).fill('data@example.com');
    await explorer.getByRole('button', { name: 'Create account' }).click();
    await outcome(explorer, /MoveAccount was accepted/);
    const account = explorer.getByRole('list', { name: 'Below Sandbox' }).getByText(/^\d{12}$/);
    const id = (await account.textContent()) ?? '';
    await explorer.getByText('New policy').click();
    await explorer.getByRole('textbox', { name: 'Policy name' }).fill('Guard');
    await explorer.getByRole('button', { name: 'Create and attach policy' }).click();
    await outcome(explorer, /AttachPolicy was accepted/);
    await visible(editorRegion.getByRole('textbox', { name: /^Guard/ }), 'the policy in the editor');
    await explorer.getByRole('button', { name: 'Detach Guard' }).click();
    await outcome(explorer, /DetachPolicy was accepted/);
    await keepsFocus(page);

    await edit(explorer.getByRole('list', { name: 'Below Sandbox' }), id);
    await explorer.getByRole('combobox', { name: 'Move to' }).selectOption({ label: 'Production' });
    await explorer.getByRole('button', { name: `Move ${id}`, exact: true }).click();
    await visible(explorer.getByRole('list', { name: 'Below Production' }).getByText(id, { exact: true }), 'the account');
    await edit(explorer, 'Sandbox');
    await explorer.getByRole('button', { name: 'Delete Sandbox' }).click();
    await outcome(explorer, /DeleteOrganizationalUnit was accepted/);
    await keepsFocus(page);
    check();
    await context.close();
  });

  test('by keyboard alone: a user is made', async () => {
    const { page, at: { explorer }, check, context } = await openWorld(browser, site.origin);
    await explorer.getByRole('searchbox').focus();
    const opener = explorer.getByRole('button', { name: 'Edit account 111122223333', exact: true });
    while (!(await opener.evaluate((b) => b === /** @type {ShadowRoot} */ (b.getRootNode()).activeElement))) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await visible(explorer.getByText('New user', { exact: true }), 'the editor');
    await tabTo(page, /^New user$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^User name/);
    await page.keyboard.type('kim');
    await page.keyboard.press('Enter');
    await visible(explorer.getByRole('button', { name: 'kim', exact: true }), 'the user');
    await becomes(() => focused(page), /^User name/);
    check();
    await context.close();
  });
});
