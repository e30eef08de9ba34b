// "Export as HTML", in Chromium with the real engine: the file opens from disk without a network, decides, is edited, and
// makes such a file of itself.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { becomes, open, parts, patience, send } from './page.mjs';
import { browser, site } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

const rootStatement = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' }] });
const folder = mkdtempSync(join(tmpdir(), 'kms-export-'));

after(() => rmSync(folder, { recursive: true }));

/** @param {Page} page */
const ready = (page) => page.locator('kms-request-form .main:enabled').waitFor({ state: 'attached' });

/** Exports and saves as a person would. @param {Page} page @param {string} name */
async function exported(page, name) {
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
  await page.getByRole('button', { name: 'Export as HTML…' }).click();
  await page.getByText(/^One HTML file of \d+\.\d MB/).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the HTML file' }).click()]);
  assert.match(download.suggestedFilename(), /^why-does-the-key-policy-need-the-root-statement\.html$/);
  const path = join(folder, name);
  await download.saveAs(path);
  return path;
}

/** Opens a file without a network; any request but that of the file itself is wrong. @param {string} path */
async function fromDisk(path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US', offline: true });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  /** @type {string[]} */
  const wrong = [];
  await context.addInitScript(() => addEventListener('securitypolicyviolation', (event) => console.error(`refused: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)));
  page.on('console', (message) => { if (message.type() === 'error') wrong.push(message.text()); });
  page.on('pageerror', (error) => wrong.push(error.message));
  const address = pathToFileURL(path).href;
  context.on('request', (request) => { if (request.url() !== address && !request.url().startsWith('blob:')) wrong.push(request.url()); });
  await page.goto(address);
  await ready(page);
  return { page, context, check: () => assert.deepEqual(wrong, []) };
}

test('the file opens from disk without a network, and does what the page does', async () => {
  const opened = await open(browser, site.origin);
  await ready(opened.page);
  const here = parts(opened.page);
  await here.principal.selectOption('kms-test-2');
  await send(here, /^Denied/);
  const path = await exported(opened.page, 'first.html');
  opened.check();
  await opened.context.close();
  assert.ok(statSync(path).size < 12_000_000);

  const { page, context, check } = await fromDisk(path);
  const at = parts(page);
  await becomes(() => at.principal.inputValue(), 'kms-test-2');
  assert.match(await send(at, /^Denied/), /kms-test-2 is not authorized to perform: kms:Encrypt/);
  // What is edited comes into force.
  await at.policy.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(rootStatement);
  await send(at, /^Allowed/);
  // Every part is in it: what the site loads later, the other language, the work after a reload.
  await page.getByRole('tab', { name: 'Matrix' }).click();
  await page.locator('kms-matrix').getByText('newly allowed').first().waitFor();
  await page.getByRole('button', { name: '日本語' }).click();
  await page.getByRole('button', { name: 'シナリオ', exact: true }).waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await page.reload();
  await ready(page);
  await becomes(() => at.policy.innerText(), /111122223333:root/);
  const again = await exported(page, 'second.html');
  check();
  // What is not of the page does not run.
  await page.evaluate(() => { document.head.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = 1' })); }).catch(() => {});
  assert.equal(await page.evaluate('globalThis.ran'), undefined);
  await context.close();

  const [one, two] = [path, again].map((name) => readFileSync(name, 'utf8').replace(/ document="[^"]*"/, ''));
  assert.ok(one === two, 'a file of a file is the same but for its scenario');
  const second = await fromDisk(again);
  await send(parts(second.page), /^Allowed/);
  second.check();
  await second.context.close();
});
