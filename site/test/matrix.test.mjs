// What would allow a denied request, and who may do what with the key, in Chromium with the real engine.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inspect } from './axe.mjs';
import { launch } from './chromium.mjs';
import { open, parts, send, verdictBegins } from './page.mjs';
import { serve } from './server.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('./server.mjs').Served} */
let site;

before(async () => {
  browser = await launch();
  site = await serve();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** @param {import('playwright-core').Page} page */
function more(page) {
  const matrix = page.getByRole('region', { name: 'Access matrix', exact: true });
  return {
    advice: page.getByRole('region', { name: 'What would allow it', exact: true }),
    matrix, table: matrix.getByRole('table', { name: 'Who may do what with alias/app', exact: true }),
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
  assert.equal(await advice.getByRole('heading').evaluate((heading) => heading === /** @type {ShadowRoot} */ (heading.getRootNode()).activeElement), true);
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

test('the matrix says who may do what, marks what changed, and explains its cells', async () => {
  const { page, context, check } = await open(browser, site.origin);
  const at = parts(page);
  const { advice, matrix, table, tab } = more(page);
  await at.policy.waitFor();
  await tab.click();
  const cell = (/** @type {string} */ name) => table.getByRole('button', { name, exact: true });
  await cell('kms-test-1, Encrypt: allowed').waitFor();
  await cell('kms-test-2, Encrypt: denied').waitFor();
  await table.getByRole('columnheader', { name: 'Encrypt', exact: true }).waitFor();
  await table.getByRole('rowheader', { name: 'kms-test-2', exact: true }).waitFor();
  await inspect(page, 'matrix');
  await at.principal.selectOption({ label: 'kms-test-2' });
  await send(at, /^Denied/);
  await advice.getByRole('button', { name: policyWay, exact: true }).click();
  await cell('kms-test-2, Encrypt: newly allowed').click();
  await matrix.getByRole('heading', { name: 'kms-test-2: Encrypt is allowed' }).waitFor();
  await inspect(page, 'matrix-explained');
  await matrix.getByRole('combobox', { name: 'Compare with', exact: true }).selectOption({ label: 'nothing' });
  await cell('kms-test-2, Encrypt: allowed').waitFor();
  check();
  await context.close();
});

test('the matrix by keyboard, filtered, and copied', async () => {
  const { page, context, check } = await open(browser, site.origin, { permissions: ['clipboard-read', 'clipboard-write'] });
  const at = parts(page);
  const { matrix, table } = more(page);
  await at.policy.waitFor();
  await page.getByRole('tab', { name: 'Lesson', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await table.waitFor();
  await matrix.getByRole('searchbox', { name: 'Filter', exact: true }).fill('kms-test crypt');
  assert.deepEqual(await table.getByRole('columnheader').allTextContents(), ['Principal', 'Decrypt', 'Encrypt', 'ReEncrypt']);
  assert.deepEqual(await table.getByRole('rowheader').allTextContents(), ['kms-test-1', 'kms-test-2', 'kms-test-3']);
  await table.getByRole('button').first().focus();
  for (const key of ['ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await matrix.getByRole('heading', { name: 'kms-test-2: Encrypt is denied' }).waitFor();
  await matrix.getByRole('button', { name: 'Copy as CSV', exact: true }).click();
  await matrix.getByText('Copied as CSV.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()),
    'Principal,Decrypt,Encrypt,ReEncrypt\nkms-test-1,allowed,allowed,allowed\nkms-test-2,denied,denied,denied\nkms-test-3,denied,denied,denied\n');
  await matrix.getByRole('button', { name: 'Copy as Markdown', exact: true }).click();
  await matrix.getByText('Copied as Markdown.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()),
    '| Principal | Decrypt | Encrypt | ReEncrypt |\n| --- | --- | --- | --- |\n| kms-test-1 | allowed | allowed | allowed |\n| kms-test-2 | denied | denied | denied |\n| kms-test-3 | denied | denied | denied |\n');
  check();
  await context.close();
});
