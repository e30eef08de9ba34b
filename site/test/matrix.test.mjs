// What would allow a denied request, and who may do what with the key, in Chromium with the real engine.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from './axe.mjs';
import { becomes, open, parts, send, verdictBegins } from './page.mjs';
import { browser, site } from './stage.mjs';

/** @param {import('playwright-core').Page} page */
function more(page) {
  const matrix = page.getByRole('region', { name: 'Access matrix', exact: true });
  return {
    advice: page.getByRole('region', { name: 'What would allow it', exact: true }),
    matrix, grid: matrix.getByRole('grid', { name: 'Who may do what with alias/app', exact: true }),
    compare: matrix.getByRole('combobox', { name: 'Compare with', exact: true }),
    tab: page.getByRole('tab', { name: 'Matrix', exact: true }),
    undo: page.getByRole('button', { name: 'Undo', exact: true }),
  };
}

const policyWay = 'Apply: Let the policy of alias/app allow kms:Encrypt to user/kms-test-2';

test('what would allow a denied request is one click away, and undone by one', async () => {
  const { page, context, check } = await open(browser, site.origin);
  const at = parts(page);
  const { advice, undo } = more(page);
  await at.policy.waitFor();
  await at.principal.selectOption({ label: 'kms-test-2' });
  await send(at, /^Denied/);
  await advice.getByRole('heading', { name: /^What would allow it \([2-9]\)$/ }).waitFor();
  await inspect(page, 'advice');
  await advice.getByRole('button', { name: policyWay, exact: true }).click();
  await advice.getByText('It would be allowed now.').waitFor();
  await advice.getByRole('heading').and(page.locator(':focus')).waitFor();
  await page.getByText(/^Done: Let the policy/).waitFor();
  await undo.click();
  await advice.getByRole('button', { name: policyWay, exact: true }).waitFor();
  await advice.getByRole('button', { name: policyWay, exact: true }).click();
  await advice.getByRole('button', { name: 'Send it again', exact: true }).click();
  await verdictBegins(at.verdict, /^Allowed/);
  check();
  await context.close();
});

test('a suggestion that sends the request otherwise shows its answer', async () => {
  const { page, context, check } = await open(browser, site.origin);
  const at = parts(page);
  await at.policy.waitFor();
  await at.principal.selectOption({ label: 'kms-test-2' });
  await send(at, /^Denied/);
  await more(page).advice.getByRole('button', { name: /^Apply: Send it as user\/kms-test-1/ }).click();
  await verdictBegins(at.verdict, /^Allowed/);
  check();
  await context.close();
});

const arn = (/** @type {string} */ name) => `arn:aws:iam::111122223333:user/${name}`;
const policyFor = (/** @type {string[]} */ ...names) => JSON.stringify(
  { Version: '2012-10-17', Statement: [{ Sid: 'Users', Effect: 'Allow', Principal: { AWS: names.map(arn) }, Action: 'kms:*', Resource: '*' }] }, null, 2);

/**
 * Replaces what stands in the key policy's editor, as a person who pastes.
 * @param {import('playwright-core').Page} page
 * @param {string} content
 */
async function paste(page, content) {
  await parts(page).policy.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(content);
}

/** @param {ReturnType<typeof more>} at */
function cells({ grid }) {
  return (/** @type {string} */ name) => grid.getByRole('gridcell', { name, exact: true });
}

test('the matrix says who may do what, marks what changed, and explains its cells', async () => {
  const { page, context, check } = await open(browser, site.origin);
  const at = parts(page);
  const here = more(page);
  const { advice, matrix, grid, tab } = here;
  const cell = cells(here);
  await at.policy.waitFor();
  await tab.click();
  await cell('kms-test-1, Encrypt: allowed').waitFor();
  await cell('kms-test-2, Encrypt: denied').waitFor();
  await cell('kms-test-2, ListKeys: allowed').waitFor(); // on all resources
  await grid.getByRole('columnheader', { name: 'Encrypt', exact: true }).waitFor();
  await grid.getByRole('rowheader', { name: 'kms-test-2', exact: true }).waitFor();
  await becomes(() => grid.getByRole('columnheader').count(), 57);
  await at.principal.selectOption({ label: 'kms-test-2' });
  await send(at, /^Denied/);
  await advice.getByRole('button', { name: policyWay, exact: true }).click();
  await cell('kms-test-2, Encrypt: newly allowed').click();
  await matrix.getByRole('heading', { name: 'kms-test-2: Encrypt is allowed' }).waitFor();
  await matrix.getByText('1 newly allowed', { exact: true }).waitFor();
  await inspect(page, 'matrix-explained');
  await here.compare.selectOption({ label: 'nothing' });
  await cell('kms-test-2, Encrypt: allowed').waitFor();
  check();
  await context.close();
});

test('the matrix follows what is typed before it is in force, and says so', async () => {
  const { page, context, check } = await open(browser, site.origin);
  const at = parts(page);
  const here = more(page);
  const cell = cells(here);
  await at.policy.waitFor();
  await here.tab.click();
  await cell('kms-test-2, Encrypt: denied').click();
  await here.matrix.getByRole('heading', { name: 'kms-test-2: Encrypt is denied' }).waitFor();
  await here.matrix.evaluate((section) => {
    const seen = /** @type {any} */ (globalThis);
    new MutationObserver(() => {
      if (/As if the text in the editor were in force: Key policy alias\/app/.test(section.textContent ?? '')) seen.tried = true;
    }).observe(section, { subtree: true, childList: true, characterData: true });
  });
  await paste(page, policyFor('kms-test-1', 'kms-test-2'));
  await cell('kms-test-2, Encrypt: newly allowed').waitFor();
  await here.matrix.getByRole('heading', { name: 'kms-test-2: Encrypt is allowed' }).waitFor(); // the explanation follows too
  await becomes(() => page.evaluate(() => /** @type {any} */ (globalThis).tried), true);
  await here.matrix.getByText(/^[1-9]\d* newly allowed$/).waitFor();
  // What AWS would refuse is not in the matrix; what is in force stays.
  await paste(page, '{ "Version": ');
  await here.matrix.getByText(/^AWS would not take the text in the editor \(Key policy alias\/app\), so this is what is in force\. MalformedPolicyDocumentException/).waitFor();
  await cell('kms-test-2, Encrypt: denied').or(cell('kms-test-2, Encrypt: newly allowed')).first().waitFor();
  check();
  await context.close();
});

test('the matrix is compared with what was last saved, also when the saved edit was edited again, and after a reload', async () => {
  const { page, context, check } = await open(browser, site.origin, { permissions: ['clipboard-read', 'clipboard-write'] });
  const at = parts(page);
  const here = more(page);
  const cell = cells(here);
  await at.policy.waitFor();
  await here.tab.click();
  const chosen = () => here.compare.evaluate((select) => /** @type {HTMLSelectElement} */ (select).selectedOptions[0]?.text ?? '');
  await cell('kms-test-1, Encrypt: allowed').waitFor();
  assert.equal(await chosen(), 'as opened'); // nothing was saved yet
  await paste(page, policyFor('kms-test-1', 'kms-test-2'));
  await cell('kms-test-2, Encrypt: newly allowed').waitFor();
  await at.share.click();
  await cell('kms-test-2, Encrypt: allowed').waitFor();
  assert.match(await chosen(), /^as last saved: a link, \d{1,2}:\d{2}\s[AP]M$/);
  await paste(page, policyFor('kms-test-1', 'kms-test-3'));
  await cell('kms-test-2, Encrypt: newly denied').waitFor();
  await at.editorRegion.getByText(/^.In force$/).waitFor();
  await cell('kms-test-2, Encrypt: newly denied').waitFor();
  await page.reload();
  await here.tab.click();
  await cell('kms-test-2, Encrypt: newly denied').waitFor();
  assert.match(await chosen(), /^as last saved: a link, /);
  await here.compare.selectOption({ label: 'as opened' });
  await cell('kms-test-2, Encrypt: denied').waitFor();

  // Saving it as a file is the newest then.
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as file' }).click();
  await download;
  await page.keyboard.press('Escape');
  await here.compare.selectOption({ label: (await here.compare.getByRole('option').allTextContents()).find((name) => /^as last saved: a file, /.test(name)) ?? '' });
  await here.matrix.getByText('0 newly denied').waitFor();
  check();
  await context.close();
});

test('the matrix is compared with an earlier moment, and with another text', async () => {
  const { page, context, check } = await open(browser, site.origin);
  const at = parts(page);
  const here = more(page);
  const cell = cells(here);
  await at.policy.waitFor();
  await here.tab.click();
  await cell('kms-test-1, Encrypt: allowed').waitFor();
  await here.compare.selectOption({ label: 'an earlier moment' });
  await here.matrix.getByRole('combobox', { name: 'Moment', exact: true }).selectOption({ index: 0 });
  await cell('kms-test-1, Encrypt: newly allowed').waitFor(); // there was no key then
  await here.compare.selectOption({ label: 'another policy text' });
  const other = here.matrix.getByRole('textbox', { name: 'Another text for Key policy alias/app', exact: true });
  await other.fill(policyFor('kms-test-2'));
  await here.matrix.getByText(/^AWS would not take this text, so nothing is compared\. MalformedPolicyDocumentException/).or(cell('kms-test-2, Encrypt: newly denied')).first().waitFor();
  await cell('kms-test-1, Encrypt: newly allowed').waitFor();
  await cell('kms-test-2, Encrypt: newly denied').waitFor();
  await here.matrix.getByRole('combobox', { name: 'Show', exact: true }).selectOption({ label: 'only changes' });
  await becomes(() => here.grid.getByRole('rowheader').allTextContents(), ['kms-test-1', 'kms-test-2', 'manabusakai']);
  await inspect(page, 'matrix-other-text');
  await other.fill('{');
  await here.matrix.getByText(/^AWS would not take this text, so nothing is compared\. MalformedPolicyDocumentException/).waitFor();
  check();
  await context.close();
});

test('one operation with all keys', async () => {
  const { page, context, check } = await open(browser, site.origin, { permissions: ['clipboard-read', 'clipboard-write'] });
  const at = parts(page);
  const here = more(page);
  await at.policy.waitFor();
  await here.tab.click();
  await cells(here)('kms-test-1, Encrypt: allowed').waitFor();
  await here.matrix.getByRole('combobox', { name: 'Matrix of', exact: true }).selectOption({ label: 'Encrypt with all keys' });
  const keys = here.matrix.getByRole('grid', { name: 'Who may Encrypt with which key', exact: true });
  await keys.getByRole('gridcell', { name: 'kms-test-2, alias/app: denied', exact: true }).click();
  await here.matrix.getByRole('heading', { name: 'kms-test-2: Encrypt on alias/app is denied' }).waitFor();
  await here.matrix.getByRole('button', { name: 'Copy as CSV', exact: true }).click();
  await here.matrix.getByText('Copied as CSV.').waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^"?Principal, Encrypt"?,alias\/app\nkms-test-1,allowed\nkms-test-2,denied\n/);
  check();
  await context.close();
});

test('the matrix by keyboard, filtered, and copied', async () => {
  const { page, context, check } = await open(browser, site.origin, { permissions: ['clipboard-read', 'clipboard-write'] });
  const at = parts(page);
  const here = more(page);
  const { matrix, grid } = here;
  const focused = () => page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label');
  });
  const copied = async (/** @type {string} */ as) => {
    await matrix.getByRole('button', { name: `Copy as ${as}`, exact: true }).click();
    await matrix.getByText(`Copied as ${as}.`).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  await at.policy.waitFor();
  await page.getByRole('tab', { name: 'Lesson', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await grid.waitFor();
  await matrix.getByRole('searchbox', { name: 'Filter', exact: true }).fill('kms-test crypt');
  await becomes(() => grid.getByRole('columnheader').allTextContents(), ['Principal', 'Decrypt', 'Encrypt', 'ReEncrypt']);
  await becomes(() => grid.getByRole('rowheader').allTextContents(), ['kms-test-1', 'kms-test-2', 'kms-test-3']);
  await grid.getByRole('gridcell').first().focus();
  for (const [key, name] of [['ArrowDown', 'kms-test-2, Decrypt: denied'], ['ArrowRight', 'kms-test-2, Encrypt: denied'], ['End', 'kms-test-2, ReEncrypt: denied'],
    ['Control+Home', 'kms-test-1, Decrypt: allowed'], ['ArrowUp', 'kms-test-1, Decrypt: allowed'], ['Control+End', 'kms-test-3, ReEncrypt: denied'],
    ['Home', 'kms-test-3, Decrypt: denied'], ['PageUp', 'kms-test-1, Decrypt: allowed'], ['ArrowDown', 'kms-test-2, Decrypt: denied']]) {
    await page.keyboard.press(/** @type {string} */ (key));
    await becomes(focused, name);
  }
  await page.keyboard.press('Enter');
  await matrix.getByRole('heading', { name: 'kms-test-2: Decrypt is denied' }).waitFor();
  await becomes(focused, 'kms-test-2, Decrypt: denied');
  assert.equal(await copied('CSV'),
    'Principal,Decrypt,Encrypt,ReEncrypt\nkms-test-1,allowed,allowed,allowed\nkms-test-2,denied,denied,denied\nkms-test-3,denied,denied,denied\n');
  assert.equal(await copied('Markdown'),
    '| Principal | Decrypt | Encrypt | ReEncrypt |\n| --- | --- | --- | --- |\n| kms-test-1 | allowed | allowed | allowed |\n| kms-test-2 | denied | denied | denied |\n| kms-test-3 | denied | denied | denied |\n');
  await matrix.getByRole('combobox', { name: 'Show', exact: true }).selectOption({ label: 'what is allowed' });
  await becomes(() => grid.getByRole('rowheader').allTextContents(), ['kms-test-1']);
  // Only the changes are copied where only they are on show.
  await here.compare.selectOption({ label: 'another policy text' });
  await matrix.getByRole('textbox', { name: 'Another text for Key policy alias/app', exact: true }).fill(policyFor('kms-test-2'));
  await matrix.getByRole('combobox', { name: 'Show', exact: true }).selectOption({ label: 'only changes' });
  await cells(here)('kms-test-2, Decrypt: newly denied').waitFor();
  await matrix.getByRole('searchbox', { name: 'Filter', exact: true }).fill('kms-test Decrypt');
  assert.equal(await copied('CSV'), 'Principal,Operation,Before,Now\nkms-test-1,Decrypt,denied,allowed\nkms-test-2,Decrypt,allowed,denied\n');
  check();
  await context.close();
});
