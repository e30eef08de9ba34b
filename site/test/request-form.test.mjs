// The request form in Chromium with the real engine: bytes as text, Base64, hex and files; what one request answered is
// taken by the next; nested parameters; where a request comes from.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answered, becomes, open, parts, send, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

const world = `---
title: A world for the form
---
\`\`\`json title="policy.json"
{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" },
    { "Effect": "Allow", "Principal": { "Service": "s3.amazonaws.com" }, "Action": "kms:Decrypt", "Resource": "*",
      "Condition": { "ArnEquals": { "aws:SourceArn": "arn:aws:s3:::mine" } } },
    { "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "kms:GenerateRandom", "Resource": "*" },
    { "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "kms:ListKeyPolicies", "Resource": "*",
      "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } } }
  ]
}
\`\`\`

\`\`\`sh as="111122223333:root"
aws iam create-user --user-name admin
aws iam attach-user-policy --user-name admin --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
key=$(aws kms create-key --policy file://policy.json --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/app --target-key-id $key
curve=$(aws kms create-key --key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/curve --target-key-id $curve
\`\`\`

\`\`\`sh as="admin"
aws kms describe-key --key-id alias/app
\`\`\`
`;

/** @param {import('playwright-core').BrowserContextOptions} [options] */
async function openForm(options = {}) {
  const opened = await open(browser, site.origin, options);
  await opened.page.waitForFunction(() => /** @type {any} */ (document.querySelector('kms-playground'))?.workspace?.state.phase === 'ready');
  await opened.page.locator('kms-playground').evaluate((element, text) => /** @type {any} */ (element).workspace.openText(text), world);
  return { ...opened, at: parts(opened.page) };
}

/** The key itself, where an alias will not do. */
const keyItself = (/** @type {import('playwright-core').Page} */ page) => page.locator('kms-playground').evaluate((element) => /** @type {any} */ (element).workspace.state.session.Keys.find((/** @type {any} */ key) => key.Label === 'alias/app').KeyId);

/** @param {import('playwright-core').Page} page */
const answer = (page) => page.locator('kms-playground').evaluate((element) => /** @type {any} */ (element).workspace.state.shown.answer);

describe('the request form', () => {
  test('a ciphertext is picked by the request that made it, and decrypts', async () => {
    const { page, at, check, context } = await openForm();
    await at.operation.selectOption({ label: 'Encrypt' });
    await at.keySelect.selectOption({ label: 'alias/app' });
    await visible(at.console.getByText('required · 1–4096 bytes').or(at.console.getByText('5 bytes · required · 1–4096 bytes')).first(), 'the limits of the plaintext');
    await at.console.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('first');
    await send(at, /^Allowed/);
    await at.console.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('second');
    await send(at, /^Allowed/);
    await at.operation.selectOption({ label: 'Decrypt' });
    const menu = at.console.getByRole('combobox', { name: 'Ciphertext from an earlier answer' });
    assert.match((await menu.locator('option').nth(2).textContent()) ?? '', /^\d\d:\d\d:\d\d Encrypt: CiphertextBlob, by admin$/);
    await menu.selectOption({ index: 2 });
    await becomes(() => at.console.getByRole('textbox', { name: 'Ciphertext', exact: true }).inputValue(), /./);
    await send(at, /^Allowed/);
    assert.equal(Buffer.from((await answer(page)).Output.Plaintext, 'base64').toString(), 'first');
    check();
    await context.close();
  });

  test('a signature is verified, by keyboard alone', async () => {
    const { page, at, check, context } = await openForm();
    const choose = async (/** @type {import('playwright-core').Locator} */ select, /** @type {string} */ typed) => {
      await select.focus();
      await page.keyboard.type(typed);
    };
    await choose(at.operation, 'Sign');
    await becomes(() => at.operation.inputValue(), 'kms:Sign');
    await at.keySelect.selectOption({ label: 'alias/curve' });
    await choose(at.console.getByRole('combobox', { name: 'SigningAlgorithm' }), 'ECDSA_SHA_256');
    await at.console.getByRole('textbox', { name: 'Message', exact: true }).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('signed by hand');
    await page.keyboard.press('Enter');
    await answered(at, /^Allowed/);
    const { Signature } = (await answer(page)).Output;
    await choose(at.operation, 'Verify');
    await at.console.getByRole('combobox', { name: 'Signature from an earlier answer' }).focus();
    await page.keyboard.press('ArrowDown');
    await assertValue(at.console.getByRole('textbox', { name: 'Signature', exact: true }), Signature);
    await page.keyboard.press('Control+Enter');
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector('kms-playground')).workspace.state.shown.answer.Output?.SignatureValid === true);
    check();
    await context.close();
  });

  test('bytes as hex, Base64 and a file; what is none is told in place and not sent', async () => {
    const { page, at, check, context } = await openForm();
    await at.operation.selectOption({ label: 'Encrypt' });
    await at.keySelect.selectOption({ label: 'alias/app' });
    const plaintext = at.console.getByRole('textbox', { name: 'Plaintext', exact: true });
    const as = at.console.getByRole('combobox', { name: 'Plaintext typed as' });
    await plaintext.fill('é');
    await as.selectOption({ label: 'hex' });
    await assertValue(plaintext, 'c3a9');
    await plaintext.fill('c3 a9 0g');
    await visible(at.console.getByText('This is not hex: character 8, “g”, does not belong there.'), 'what is wrong');
    await becomes(() => plaintext.getAttribute('aria-invalid'), 'true');
    const before = await page.getByRole('region', { name: 'Time line' }).getByRole('button').count();
    await at.send.click();
    await page.waitForFunction(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.id === 'field-plaintext';
    });
    assert.equal(await page.getByRole('region', { name: 'Time line' }).getByRole('button').count(), before);
    await plaintext.fill('ff0');
    await visible(at.console.getByText('a digit is missing', { exact: false }), 'that it is half a byte');
    await plaintext.fill('ff00');
    await visible(at.console.getByText('2 bytes · required · 1–4096 bytes'), 'the length');
    await becomes(() => as.locator('option', { hasText: 'text' }).isDisabled(), true, 'these bytes are no text');
    await as.selectOption({ label: 'Base64' });
    await assertValue(plaintext, '/wA=');
    await plaintext.fill('/wA*');
    await visible(at.console.getByText('This is not Base64: character 4, “*”, does not belong there.'), 'what is wrong');
    const chooser = page.waitForEvent('filechooser');
    await at.console.getByRole('button', { name: 'File for Plaintext' }).click();
    await (await chooser).setFiles({ name: 'bytes.bin', mimeType: 'application/octet-stream', buffer: Buffer.from([0, 255, 7]) });
    await assertValue(plaintext, 'AP8H');
    await send(at, /^Allowed/);
    await at.operation.selectOption({ label: 'Decrypt' });
    await at.console.getByRole('button', { name: 'Use last ciphertext' }).click();
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector('kms-playground')).workspace.state.form.text.ciphertext);
    await send(at, /^Allowed/);
    assert.equal((await answer(page)).Output.Plaintext, 'AP8H');
    const long = page.waitForEvent('filechooser');
    await at.console.getByRole('button', { name: 'File for Ciphertext' }).click();
    await (await long).setFiles({ name: 'long.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(300_001) });
    await visible(at.console.getByText('long.bin is longer than AWS KMS takes in any field. Nothing was read.'), 'that the file is too long');
    check();
    await context.close();
  });

  test('any member of a list is removed; those after it move up with all that is in them, and the focus stays there', async () => {
    const { page, at, check, context } = await openForm();
    await at.operation.selectOption({ label: 'SimulateCustomPolicy' });
    await at.console.getByText(/^Where the request comes from/).click();
    const list = at.console.getByRole('group', { name: /^ContextEntries/ }).first();
    const names = ['aws:username', 'aws:SourceIp', 'kms:ViaService'];
    for (const [i, name] of names.entries()) {
      await list.getByRole('button', { name: 'Add to ContextEntries' }).click();
      await list.getByRole('group', { name: `ContextEntries ${i + 1}` }).getByRole('textbox', { name: 'ContextKeyName' }).fill(name);
    }
    const held = () => list.getByRole('textbox', { name: 'ContextKeyName' }).evaluateAll((inputs) => inputs.map((input) => /** @type {HTMLInputElement} */ (input).value));
    /** @param {string} name */
    const focusOn = (name) => page.waitForFunction((wanted) => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return (active?.getAttribute('aria-label') ?? active?.textContent) === wanted;
    }, name);
    await list.getByRole('button', { name: 'Remove ContextEntries 2' }).press('Enter');
    await focusOn('Remove ContextEntries 2');
    assert.deepEqual(await held(), ['aws:username', 'kms:ViaService']);
    await list.getByRole('button', { name: 'Remove ContextEntries 2' }).press('Enter');
    await focusOn('Remove ContextEntries 1');
    assert.deepEqual(await held(), ['aws:username']);
    await list.getByRole('button', { name: 'Remove ContextEntries 1' }).press('Enter');
    await focusOn('Add to ContextEntries');
    assert.deepEqual(await held(), []);
    check();
    await context.close();
  });

  test('a grant with its constraints, and its token offered to the grantee', async () => {
    const { page, at, check, context } = await openForm();
    await at.operation.selectOption({ label: 'CreateGrant' });
    await at.keySelect.selectOption({ label: await keyItself(page) });
    await at.console.getByRole('combobox', { name: 'GranteePrincipal' }).fill('arn:aws:iam::111122223333:user/admin');
    const operations = at.console.getByRole('group', { name: /^Operations/ });
    await operations.getByRole('checkbox', { name: 'Encrypt', exact: true }).check();
    const constraints = at.console.getByRole('group', { name: 'Constraints', exact: true });
    const subset = constraints.getByRole('group', { name: /^EncryptionContextSubset/ });
    await subset.getByRole('button', { name: 'Add pair' }).click();
    await subset.getByRole('textbox', { name: 'Constraint key' }).fill('Department');
    await subset.getByRole('textbox', { name: 'Constraint value' }).fill('IT');
    await send(at, /^Allowed/);
    const [grant] = await page.locator('kms-playground').evaluate((element) => /** @type {any} */ (element).workspace.state.session.Keys.find((/** @type {any} */ key) => key.Label === 'alias/app').Grants);
    assert.deepEqual([grant.Operations, grant.ConstraintType, grant.Constraint], [['Decrypt', 'Encrypt'], 'EncryptionContextSubset', [{ Key: 'Department', Value: 'IT' }]]);
    await at.operation.selectOption({ label: 'Decrypt' });
    await at.console.getByRole('combobox', { name: 'Grant token of a listed grant' }).selectOption({ index: 1 });
    await assertValue(at.tokens, grant.Token);
    // What was sent comes back into the form with everything that is nested in it.
    await page.getByRole('region', { name: 'Time line' }).getByRole('button', { name: /CreateGrant/ }).last().click();
    await assertValue(subset.getByRole('textbox', { name: 'Constraint key' }), 'Department');
    check();
    await context.close();
  });

  test('where a request comes from decides', async () => {
    const { page, at, check, context } = await openForm();
    await at.operation.selectOption({ label: 'Encrypt' });
    await at.keySelect.selectOption({ label: 'alias/app' });
    await send(at, /^Allowed/);
    await at.operation.selectOption({ label: 'Decrypt' });
    await at.console.getByRole('button', { name: 'Use last ciphertext' }).click();
    await at.principal.selectOption({ label: 's3.amazonaws.com' });
    await at.keySelect.selectOption({ label: await keyItself(page) });
    await send(at, /^Denied/);
    await at.console.getByText(/^Where the request comes from/).click();
    await at.console.getByRole('textbox', { name: 'Source ARN' }).fill('arn:aws:s3:::mine');
    await send(at, /^Allowed/);
    await at.principal.selectOption({ label: 'admin' });
    await at.operation.selectOption({ label: 'ListKeyPolicies' });
    await at.keySelect.selectOption({ label: await keyItself(page) });
    await at.console.getByRole('textbox', { name: 'Source ARN' }).fill('');
    await send(at, /^Allowed/);
    await at.console.getByRole('textbox', { name: 'Source IP' }).fill('203.0.113.9');
    await send(at, /^Denied/);
    await at.console.getByRole('textbox', { name: 'Source IP' }).fill('');
    await at.console.getByRole('combobox', { name: 'Region' }).fill('eu-west-1');
    await send(at, /^Failed/);
    assert.match((await answer(page)).Error.Message, /Invalid arn us-east-1/);
    check();
    await context.close();
  });
});

/** @param {import('playwright-core').Locator} locator @param {string} value */
async function assertValue(locator, value) {
  await becomes(() => locator.inputValue(), value);
}

describe('help', () => {
  test('operations are found by a part of their name, and fields say what they are for, by keyboard', async () => {
    const { page, at, check, context } = await openForm();
    await at.console.getByRole('button', { name: 'Search operations' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.getAttribute('role') === 'combobox';
    });
    await page.keyboard.type('rotation per');
    await visible(at.console.getByText('0 operations'), 'that there is none');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('grant');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    const first = at.console.getByRole('listbox').getByRole('option').first();
    await becomes(() => first.textContent(), /Grant/);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('creategrant');
    await page.keyboard.press('Enter');
    await becomes(() => at.operation.inputValue(), 'kms:CreateGrant');
    await at.console.getByRole('listbox').waitFor({ state: 'detached' });
    await at.console.getByRole('button', { name: 'Explain the fields' }).focus();
    await page.keyboard.press('Space');
    await visible(at.console.getByText('Who may retire the grant besides the grantee.'), 'what the field is for');
    const grantee = at.console.getByRole('combobox', { name: 'GranteePrincipal' });
    assert.match(await grantee.evaluate((el) => (el.getAttribute('aria-describedby') ?? '').split(' ').map((id) => /** @type {ShadowRoot} */ (el.getRootNode()).getElementById(id)?.textContent ?? '').join(' ')), /1–256 characters.*Who gets the permissions/);
    assert.equal(await at.console.getByRole('link', { name: 'AWS API reference' }).getAttribute('href'), 'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html');
    check();
    await context.close();
  });
});
