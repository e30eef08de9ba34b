// After every action something meaningful has the focus: by keyboard alone, one action after the other in one page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answered, drawn, focused, open, parts, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page @typedef {import('playwright-core').Locator} Locator */

/** @typedef {ReturnType<typeof parts>} At */

/** @param {Page} page */
const clock = (page) => page.getByRole('group', { name: 'Simulated time' });
/** @param {Page} page */
const undo = (page) => page.getByRole('button', { name: 'Undo', exact: true });
/** @param {Page} page @param {string} operation */
const request = (page, operation) => page.getByRole('list', { name: 'Requests' }).getByRole('button', { name: operation, exact: false }).last();
/** @param {Page} page */
const consoleToggle = (page) => page.getByRole('region', { name: 'Console', exact: true }).getByRole('button', { name: 'Console', exact: true });
const menu = /^(Menu|メニュー)$/;

/**
 * On a phone, the pane where it is, or the menu; what it is, what is acted on, and what a person sees then.
 * @type {readonly (readonly [pane: string, name: string, on: (page: Page, at: At) => Locator, then: (page: Page, at: At) => Promise<unknown>])[]}
 */
const actions = [
  ['Request', 'Send', (_, at) => at.send, (_, at) => answered(at, /^Denied/)],
  ['Decision', 'a suggestion is applied', (page) => page.getByRole('button', { name: /^Apply: / }), (page) => page.getByText(/^Done: /).waitFor()],
  ['', 'the notice is closed', (page) => page.getByRole('button', { name: 'Close', exact: true }), (page) => page.getByText(/^Done: /).waitFor({ state: 'hidden' })],
  ['', 'Undo', undo, (page) => page.getByRole('button', { name: /^Apply: / }).first().waitFor()],
  ['', 'a minute', (page) => page.getByRole('button', { name: '+1 min' }), (page) => clock(page).getByText('09:01:00').waitFor()],
  ['', 'Undo again', undo, (page) => clock(page).getByText('09:00:00').waitFor()],
  ['Decision', 'a past request', (page) => request(page, 'CreateKey'), (page) => request(page, 'CreateKey').and(page.locator('[aria-current="true"]')).waitFor()],
  ['Lesson', 'Why?', (_, at) => at.lesson.getByRole('button', { name: 'Why?' }).last(), (page) => request(page, 'CreateKey').and(page.locator('[aria-current="true"]')).waitFor({ state: 'detached' })],
  ['Decision', 'the last request', (page) => request(page, 'Denied: Encrypt'), (page) => request(page, 'Denied: Encrypt').and(page.locator('[aria-current="true"]')).waitFor()],
  ['Decision', 'a line of a policy', (_, at) => at.decision.getByRole('button', { name: /^line \d+$/ }), (page, at) => at.policy.and(page.locator(':focus')).waitFor()],
  ['Editor', 'a fix', (_, at) => at.editorRegion.getByRole('button', { name: 'Let IAM policies of the account count' }), (_, at) => at.policy.getByText('arn:aws:iam::111122223333:root').waitFor()],
  ['Editor', 'Format', (_, at) => at.editorRegion.getByRole('button', { name: 'Format' }), (_, at) => at.editorRegion.getByText(/^.In force$/).waitFor()],
  ['Editor', 'another policy', (_, at) => at.editorRegion.getByRole('tab').nth(1), (page, at) => at.editorRegion.getByRole('tab').nth(1).and(page.locator('[aria-selected="true"]')).waitFor()],
  ['Request', 'a pair is added', (_, at) => at.console.getByRole('button', { name: 'Add pair' }), (_, at) => at.console.getByRole('textbox', { name: 'Context key' }).waitFor()],
  ['Request', 'a pair is removed', (_, at) => at.console.getByRole('button', { name: /^Remove pair/ }), (_, at) => at.console.getByRole('textbox', { name: 'Context key' }).waitFor({ state: 'detached' })],
  ['Lesson', 'the matrix', (page) => page.getByRole('tab', { name: 'Matrix' }), (page) => page.getByRole('grid', { name: /^Who may do what/ }).waitFor()],
  ['Lesson', 'a cell', (page) => page.getByRole('gridcell', { name: /^kms-test-2, Encrypt: / }), (page) => page.getByRole('heading', { name: /^kms-test-2: Encrypt is / }).waitFor()],
  ['Lesson', 'the lesson', (page) => page.getByRole('tab', { name: 'Lesson' }), (_, at) => at.lesson.getByRole('list', { name: 'Goals' }).waitFor()],
  ['', 'the console opens', consoleToggle, (page) => page.getByRole('textbox', { name: 'Command', exact: true }).waitFor()],
  ['', 'the console closes', consoleToggle, (page) => page.getByRole('textbox', { name: 'Command', exact: true }).waitFor({ state: 'hidden' })],
  ['Explorer', 'a principal', (_, at) => at.explorer.getByRole('button', { name: 'kms-test-1', exact: true }), (page, at) => at.explorer.getByRole('button', { name: 'kms-test-1', exact: true }).and(page.locator('[aria-pressed="true"]')).waitFor()],
  ['Explorer', 'the tab of tags', (_, at) => at.key.getByRole('tab', { name: 'Tags' }), (_, at) => at.key.getByRole('textbox', { name: 'Tag key' }).waitFor()],
  ['', 'Share', (_, at) => at.share, (page) => page.waitForURL(/#.+/)],
  ['Menu', 'Reset', (_, at) => at.reset, (page) => page.getByRole('button', { name: 'Go back to it' }).waitFor()],
  ['', 'another minute', (page) => page.getByRole('button', { name: '+1 min' }), (page) => clock(page).getByText('09:01:00').waitFor()],
  ['', 'Undo, until there is nothing to undo', undo, (page) => undo(page).and(page.locator(':disabled')).waitFor()],
  ['', 'the menu', (page) => page.getByRole('button', { name: menu }), (page) => page.getByRole('combobox', { name: 'Theme' }).waitFor()],
  ['', 'the layout is reset', (page) => page.getByRole('button', { name: 'Reset the layout' }), () => Promise.resolve()],
  ['Menu', 'Japanese', (page) => page.getByRole('button', { name: '日本語' }), (page) => page.getByRole('button', { name: 'メニュー' }).waitFor()],
  ['Menu', 'English', (page) => page.getByRole('button', { name: 'English' }), (page) => page.getByRole('button', { name: 'Menu' }).waitFor()],
];

// What a phone has no place for.
const notOnPhones = ['the console opens', 'the console closes', 'the layout is reset'];

/** Goes to where something is, on a phone, whatever lies over it. @param {Page} page @param {string} pane */
async function go(page, pane) {
  await page.keyboard.press('Escape');
  if (pane === 'Menu') await page.getByRole('button', { name: menu }).click();
  else await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: pane, exact: true }).click();
}

for (const width of [1280, 390]) {
  test(`the focus is never lost, ${width} px`, async () => {
    const opened = await open(browser, site.origin, { viewport: { width, height: 844 } });
    const { page } = opened;
    const at = parts(page);
    const narrow = width < 640;
    await page.getByText('Loading the engine').waitFor({ state: 'detached' });
    await visible(at.policy, 'the editor');
    /** @type {string[]} */
    const lost = [];
    for (const [pane, name, on, then] of actions) {
      if (narrow && notOnPhones.includes(name)) continue;
      if (narrow && pane) await go(page, pane);
      const target = on(page, at).first();
      await visible(target, `what is acted on for: ${name}`);
      await target.and(page.locator(':not(:disabled)')).focus();
      await page.keyboard.press('Enter');
      await then(page, at).catch((cause) => assert.fail(`${name}: ${cause.message}`));
      await drawn(page);
      if (!(await focused(page))) lost.push(name);
    }
    assert.deepEqual(lost, []);
    opened.check();
    await opened.context.close();
  });
}
