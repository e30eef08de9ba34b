// Every verdict is heard: it comes into a live region that was there, and not hidden, before it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, parts, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page @typedef {import('playwright-core').Locator} Locator @typedef {ReturnType<typeof parts>} At */

/** @param {Page} page */
const tab = (page) => page.getByRole('tab', { name: 'Matrix', exact: true }).click();

/** @type {readonly (readonly [what: string, region: (page: Page, at: At) => Locator, says: RegExp, act: (page: Page, at: At) => Promise<unknown>, before?: (page: Page, at: At) => Promise<unknown>])[]} */
const rows = [
  ['the first decision', (_, at) => at.decision.getByRole('status'), /^Denied/, (_, at) => at.send.click()],
  ['what was done', (page) => page.locator('.notice'), /^\s*Done: /, (page) => page.getByRole('button', { name: /^Apply: Let the policy/ }).first().click()],
  ['the next decision', (_, at) => at.decision.getByRole('status'), /^Allowed/, (_, at) => at.send.click()],
  ['a goal that is given up', (page) => page.locator('.spoken[aria-live]').filter({ hasText: 'Goals' }), /: 1 of 2/, (page) => page.getByRole('button', { name: 'Undo', exact: true }).click(),
    async (page) => { await page.getByRole('button', { name: 'Undo', exact: true }).click(); await page.getByRole('heading', { name: 'Goals: 2 of 2 reached' }).waitFor(); }],
  ['a cell', (page) => page.getByRole('group', { name: 'Explanation of the cell' }).locator('[aria-live]'), /^\S*kms-test-2: Encrypt is /,
    (page) => page.getByRole('gridcell', { name: /^kms-test-2, Encrypt: / }).click(),
    async (page) => { await tab(page); await page.getByRole('grid').waitFor(); }],
  ['an action of a panel', (_, at) => at.key.getByRole('group', { name: 'What the last action came to' }), /TagResource/,
    async (_, at) => { await at.key.getByRole('textbox', { name: 'Tag key' }).fill('Team'); await at.key.getByRole('button', { name: 'Add tag' }).click(); },
    (_, at) => at.key.getByRole('tab', { name: 'Tags' }).click()],
];

test('every verdict comes into a live region that was there before', async () => {
  const opened = await open(browser, site.origin);
  const at = parts(opened.page);
  await visible(at.policy, 'the editor');
  await opened.page.getByText('Loading the engine').waitFor({ state: 'detached' });
  for (const [what, region, says, act, before] of rows) {
    await before?.(opened.page, at);
    const place = region(opened.page, at);
    await place.waitFor({ state: 'attached' });
    const held = await place.elementHandle();
    const there = await held?.evaluate((el) => {
      const role = el.getAttribute('role');
      return el.checkVisibility({ visibilityProperty: true }) && (role === 'status' || role === 'alert' || el.getAttribute('aria-live') === 'polite');
    });
    assert.equal(there, true, `${what}: there is no live region before`);
    await act(opened.page, at);
    await place.filter({ hasText: says }).waitFor().catch(async () => assert.fail(`${what}: ${await place.textContent()}`));
    assert.match(await held?.evaluate((el) => (el.isConnected ? el.textContent ?? '' : 'another one took its place')) ?? '', says, what);
  }
  opened.check();
  await opened.context.close();
});
