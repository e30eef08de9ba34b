// "Import from AWS", in Chromium with the real engine: what a person pastes or drops about a real account becomes a
// scenario with the decision on the denied request.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, test } from 'node:test';
import { becomes, open, parts, verdictBegins } from './page.mjs';
import { browser, site } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

const captured = (/** @type {string} */ name) => readFileSync(new URL(`../../engine/capture/testdata/${name}/input.txt`, import.meta.url), 'utf8');
const account = captured('denied-by-key-policy');
const key = 'arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const described = JSON.stringify({ KeyMetadata: { Arn: key, KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab', KeyState: 'Enabled' } });
const message = `User: arn:aws:iam::444455556666:user/alice is not authorized to perform: kms:Encrypt on resource: ${key} because no identity-based policy allows the kms:Encrypt action`;

/** @param {Page} page */
function view(page) {
  const dialog = page.getByRole('dialog', { name: 'Import from AWS' });
  return {
    dialog,
    box: dialog.getByRole('textbox', { name: 'What AWS printed' }),
    understood: dialog.getByRole('region', { name: /^Understood/ }),
    problems: dialog.getByRole('region', { name: /^Not understood/ }),
    missing: dialog.getByRole('region', { name: /^Missing/ }),
    build: dialog.getByRole('button', { name: 'Build scenario' }),
  };
}

/** @param {Page} page */
const ready = (page) => page.locator('kms-request-form .main:enabled').waitFor({ state: 'attached' });

/** @param {Page} page */
async function reach(page) {
  await ready(page);
  const menu = page.getByRole('button', { name: 'Menu', exact: true });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
  await page.getByRole('button', { name: 'Import from AWS…' }).click();
  await view(page).box.waitFor();
  return view(page);
}

/** @param {Page} page @param {Record<string, string | Buffer>} files */
async function drop(page, files) {
  const all = Object.entries(files).map(([name, content]) => /** @type {const} */ ([name, [...Buffer.from(content)]]));
  await page.evaluate((all) => {
    const transfer = new DataTransfer();
    for (const [name, bytes] of all) transfer.items.add(new File([new Uint8Array(bytes)], name));
    const target = document.querySelector('kms-playground');
    for (const type of ['dragover', 'drop']) target?.dispatchEvent(new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer: transfer }));
  }, all);
}

describe('what is pasted', () => {
  test('is read, and becomes a scenario with the decision', async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    const { dialog, box, understood, missing, build } = await reach(page);
    assert.ok(await build.isDisabled());
    await box.fill(account);
    await dialog.getByText('Read: 7 understood, 0 not understood, 8 missing.').waitFor();
    await becomes(() => understood.getByRole('strong').allTextContents(), [
      'get-account-authorization-details', 'describe-key', 'get-key-policy', 'list-grants', 'list-aliases', 'list-resource-tags', 'AccessDenied message']);
    const auditor = missing.getByRole('listitem').filter({ hasText: 'role/auditor' });
    await auditor.getByRole('button', { name: 'Copy aws iam get-account-authorization-details' }).waitFor();
    await understood.getByRole('button', { name: 'line 51' }).click();
    await becomes(() => selected(page), account.split('\n')[50]);
    await build.click();
    await dialog.waitFor({ state: 'hidden' });
    const at = parts(page);
    assert.match(await verdictBegins(at.verdict, /^Denied/), /user\/alice is not authorized to perform: kms:Encrypt/);
    await becomes(() => at.principal.inputValue(), 'alice');
    await becomes(() => at.operation.inputValue(), 'kms:Encrypt');
    opened.check();
    await opened.context.close();
  });

  test('is told where it is wrong, and stays', async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    const { dialog, box, understood, problems, build } = await reach(page);
    const text = `${described}\n{ "Tags": [,] }\n${message}`;
    await box.fill(text);
    await problems.getByRole('button', { name: 'line 2, column 12' }).click();
    await becomes(() => selected(page), ',] }');
    await becomes(() => understood.getByRole('listitem').count(), 2);
    await build.and(page.locator(':enabled')).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    const again = await reach(page);
    await becomes(() => again.box.inputValue(), text);
    await again.problems.waitFor();
    await again.box.fill('');
    await again.dialog.getByText('Nothing pasted yet.').waitFor();
    opened.check();
    await opened.context.close();
  });

  test('says what to run for what is missing', async () => {
    const opened = await open(browser, site.origin, { permissions: ['clipboard-read', 'clipboard-write'] });
    const { page } = opened;
    const { dialog, box, missing } = await reach(page);
    await dialog.getByText('Commands that print it').click();
    await dialog.getByRole('textbox', { name: 'Key ID or key ARN' }).fill(key);
    await dialog.getByRole('button', { name: `Copy aws kms list-grants --key-id ${key}` }).click();
    await becomes(() => page.evaluate(() => navigator.clipboard.readText()), `aws kms list-grants --key-id ${key}`);
    await dialog.getByRole('textbox', { name: 'Key ID or key ARN' }).fill('x; rm -rf /');
    await dialog.getByText('aws kms list-grants --key-id KEY_ID').waitFor();
    await box.fill(message);
    await missing.getByRole('button', { name: `Copy aws kms get-key-policy --policy-name default --key-id ${key} --region eu-west-1` }).click();
    await becomes(() => page.evaluate(() => navigator.clipboard.readText()), /^aws kms get-key-policy /);
    opened.check();
    await opened.context.close();
  });

  test('takes the place of work that is kept', async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    await ready(page);
    await page.keyboard.press('Control+Enter');
    await verdictBegins(parts(page).verdict, /^(Denied|Allowed)/);
    const { box, build } = await reach(page);
    await box.fill(message);
    await build.click();
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await page.waitForFunction(() => document.querySelector('kms-playground')?.shadowRoot?.querySelector('kms-toolbar')?.shadowRoot?.querySelector('select')?.selectedOptions[0]?.textContent?.includes('root statement'));
    opened.check();
    await opened.context.close();
  });

  test('is many roles, counted, and can be stopped', async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    const { dialog, box, build } = await reach(page);
    const roles = (/** @type {number} */ n) => JSON.stringify({ RoleDetailList: Array.from({ length: n }, (_, i) => ({
      Path: '/', RoleName: `app-${i}`, Arn: `arn:aws:iam::444455556666:role/app-${i}`, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
      RolePolicyList: [{ PolicyName: 'kms', PolicyDocument: { Version: '2012-10-17', Statement: [{ Sid: `S${i}`, Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }] } }],
    })) });
    await box.fill(`${roles(3000)}${described}${message}`);
    await dialog.getByText(/^\d+ of 3001 built$/).waitFor();
    await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
    await dialog.getByText('Reading was stopped. What was pasted is still here.').waitFor();
    await box.fill(`${roles(300)}${described}${message}`);
    await dialog.getByText('Read: 3 understood').waitFor();
    await build.click();
    await dialog.waitFor({ state: 'hidden' });
    await verdictBegins(parts(page).verdict, /^Denied/);
    opened.check();
    await opened.context.close();
  });
});

describe('files', () => {
  test('are dropped: what is no scenario is imported', async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    await ready(page);
    await drop(page, { 'key.json': described, 'trail.json.gz': gzipSync(JSON.stringify({ Records: [] })), 'app.log': `2026-01-01 ERROR ${message}\n`, 'picture.json': Buffer.from([0, 1, 2]) });
    const { dialog, understood } = view(page);
    await understood.getByRole('listitem').filter({ hasText: 'describe-key' }).waitFor();
    await becomes(() => dialog.getByRole('tab').allTextContents(), ['Pasted text', 'key.json', 'trail.json.gz', 'app.log']);
    await dialog.getByRole('tab', { name: 'key.json' }).click();
    await dialog.getByRole('button', { name: 'Remove key.json' }).click();
    await dialog.getByRole('button', { name: 'Put it back' }).click();
    await understood.getByRole('button', { name: /^app\.log, line 1$/ }).click();
    await becomes(() => dialog.getByRole('textbox', { name: 'app.log' }).inputValue(), `2026-01-01 ERROR ${message}\n`);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await drop(page, { 'mine.txt': '---\ntitle: Mine\n---\n' });
    await page.waitForFunction(() => document.querySelector('kms-playground')?.shadowRoot?.querySelector('kms-toolbar')?.shadowRoot?.querySelector('select')?.selectedOptions[0]?.textContent === 'Mine');
    await drop(page, { 'denied.txt': message });
    await dialog.waitFor();
    opened.check();
    await opened.context.close();
  });
});

/** What each of the engine's own cases says, and what is decided in it. */
const cases = [
  { name: 'terminal', read: /^Read: 10 understood, 0 not understood, \d+ missing\.$/, verdict: /^Denied/, says: /user\/kim is not authorized to perform: kms:Encrypt .* because no identity-based policy/ },
  { name: 'organization', read: /^Read: 9 understood, 0 not understood/, verdict: /^Denied/, says: /explicit deny in a service control policy: arn:aws:organizations::777788889999:policy\/o-a1b2c3d4e5\/service_control_policy\/p-r3g10n5x/ },
  { name: 'session-with-mfa', read: /^Read: 2 understood, 0 not understood/, verdict: /^Allowed/, says: /^/ },
  { name: 'through-s3', read: /^Read: 3 understood, 0 not understood/, verdict: /^Denied/, says: /kms:GenerateDataKey/ },
];

describe('what real AWS prints', () => {
  for (const { name, read, verdict, says } of cases) {
    test(`${name}, pasted`, { timeout: 120_000 }, async () => {
      const opened = await open(browser, site.origin);
      const { page } = opened;
      const { dialog, box, build } = await reach(page);
      await box.fill(captured(name));
      await dialog.getByText(read).waitFor();
      await build.click();
      await dialog.waitFor({ state: 'hidden' });
      assert.match(await verdictBegins(parts(page).verdict, verdict), says);
      opened.check();
      await opened.context.close();
    });
  }

  test('two accounts, as a folder', { timeout: 120_000 }, async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    const { dialog, understood, build } = await reach(page);
    await dialog.getByLabel('Folder of AWS').setInputFiles(fileURLToPath(new URL('../../engine/capture/testdata/two-accounts', import.meta.url)));
    await dialog.getByText(/^Read: 7 understood, /).waitFor();
    await understood.getByRole('button', { name: /b\/policy\.json, line 1$/ }).waitFor();
    await build.click();
    await dialog.waitFor({ state: 'hidden' });
    assert.match(await verdictBegins(parts(page).verdict, /^Denied/), /kms:Decrypt on this resource because the resource does not exist in this Region/);
    opened.check();
    await opened.context.close();
  });

  test('files together: a gzipped trail, UTF-16 of PowerShell, a table', { timeout: 120_000 }, async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    await ready(page);
    const event = JSON.parse(JSON.parse(captured('lookup-events').split('\n{\n    "Policy"')[0] ?? '').Events[2].CloudTrailEvent);
    await drop(page, {
      'trail': gzipSync(JSON.stringify({ Records: [event] })), 'key.json': Buffer.from('\ufeff' + described, 'utf16le'),
      'grants.txt': '---------------\n| ListGrants  |\n+-------------+\n||  Grants   ||\n|+-----------+|\n',
    });
    const { dialog, understood, problems, missing, build } = view(page);
    await understood.getByRole('listitem').filter({ hasText: 'describe-key' }).waitFor();
    await problems.getByText('run aws kms list-grants again with --output json').waitFor();
    await missing.getByRole('button', { name: /^Copy all \d+ commands$/ }).waitFor();
    await build.click();
    await dialog.waitFor({ state: 'hidden' });
    assert.match(await verdictBegins(parts(page).verdict, /^Denied/), /assumed-role\/reader\/r1 is not authorized to perform: kms:Decrypt/);
    opened.check();
    await opened.context.close();
  });

  test('copies every command that is missing', { timeout: 120_000 }, async () => {
    const opened = await open(browser, site.origin, { permissions: ['clipboard-read', 'clipboard-write'] });
    const { page } = opened;
    const { box, missing } = await reach(page);
    await box.fill(message);
    await missing.getByRole('button', { name: /^Copy all 9 commands$/ }).click();
    await missing.getByRole('button', { name: 'Copied' }).first().waitFor();
    const all = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
    assert.deepEqual(all.map((line) => line.split(' ').slice(0, 3).join(' ')).sort(), [
      'aws cloudtrail lookup-events', 'aws iam get-account-authorization-details', 'aws kms describe-key', 'aws kms get-key-policy', 'aws kms list-aliases', 'aws kms list-grants',
      'aws kms list-resource-tags', 'aws organizations list-policies-for-target', 'aws organizations list-policies-for-target']);
    opened.check();
    await opened.context.close();
  });
});

test('by keyboard alone, on a phone, in Japanese', async () => {
  const opened = await open(browser, `${site.origin}/?language=ja`, { viewport: { width: 360, height: 740 } });
  const { page } = opened;
  await ready(page);
  await page.getByRole('button', { name: 'メニュー', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'シナリオ', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'AWS から取り込む…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'AWS から取り込む' });
  const box = dialog.getByRole('textbox', { name: 'AWS の出力' });
  await box.waitFor();
  await page.keyboard.insertText(account);
  await dialog.getByText('読み取り結果: 理解できたもの 7 件').waitFor();
  assert.deepEqual(await page.evaluate(() => [...document.querySelector('kms-playground')?.shadowRoot?.querySelector('kms-import')?.shadowRoot?.querySelectorAll('dialog, .columns > div') ?? []]
    .filter((el) => el.scrollWidth > el.clientWidth + 1).length), 0);
  const build = dialog.getByRole('button', { name: 'シナリオを作成' });
  for (let i = 0; i < 4 && !(await build.evaluate((b) => b.matches(':focus'))); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await verdictBegins(page.getByRole('status'), /^拒否/);
  opened.check();
  await opened.context.close();
});

/** What is selected in the text box. @param {Page} page */
const selected = (page) => page.evaluate(() => {
  const box = document.querySelector('kms-playground')?.shadowRoot?.querySelector('kms-import')?.shadowRoot?.querySelector('textarea');
  return box?.value.slice(box.selectionStart, box.selectionEnd);
});
