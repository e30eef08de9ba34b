// After every action something meaningful has the focus: by keyboard alone, one action after the other in one page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { open, parts, visible } from './page.mjs';
import { serve } from './server.mjs';

/** @typedef {import('playwright-core').Page} Page @typedef {import('playwright-core').Locator} Locator */

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

/** What has the focus, in words; empty when nothing that can be seen has it. @param {Page} page */
const focused = (page) => page.evaluate(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body || !at.checkVisibility({ visibilityProperty: true })) return '';
  return `${at.localName} ${at.getAttribute('aria-label') ?? (at.textContent ?? '').trim().slice(0, 40)}`;
});

/** @typedef {(page: Page, at: ReturnType<typeof parts>) => Locator} Find */

/**
 * On a phone, the pane where it is, or the menu; what it is, what is acted on, and what follows.
 * @type {readonly (readonly [pane: string, name: string, Find, ((page: Page, at: ReturnType<typeof parts>) => Promise<unknown>)?])[]}
 */
const actions = [
  ['Request', 'Send', (_, at) => at.send, (_, at) => visible(at.verdict, 'the verdict')],
  ['Decision', 'a suggestion is applied', (page) => page.getByRole('button', { name: /^Apply: / }).first(), (page) => visible(page.getByText(/^Done: /), 'what was done')],
  ['', 'the notice is closed', (page) => page.getByRole('button', { name: 'Close', exact: true }), (page) => page.getByText(/^Done: /).waitFor({ state: 'hidden' })],
  ['', 'Undo, until there is nothing to undo', (page) => page.getByRole('button', { name: 'Undo', exact: true })],
  ['', 'a minute', (page) => page.getByRole('button', { name: '+1 min' })],
  ['', 'Undo again', (page) => page.getByRole('button', { name: 'Undo', exact: true })],
  ['Decision', 'a past request', (page) => page.getByRole('list', { name: 'Requests' }).getByRole('button', { name: 'Encrypt' }).last()],
  ['Lesson', 'Why?', (_, at) => at.lesson.getByRole('button', { name: 'Why?' }).last()],
  ['Decision', 'a line of a policy', (_, at) => at.decision.getByRole('button', { name: /^line \d+$/ }).first()],
  ['Editor', 'a fix', (_, at) => at.editorRegion.getByRole('list', { name: 'Remarks' }).getByRole('button').nth(1)],
  ['Editor', 'Format', (_, at) => at.editorRegion.getByRole('button', { name: 'Format' })],
  ['Editor', 'another policy', (_, at) => at.editorRegion.getByRole('tab').nth(1)],
  ['Request', 'a pair is added', (_, at) => at.console.getByRole('button', { name: 'Add pair' })],
  ['Request', 'a pair is removed', (_, at) => at.console.getByRole('button', { name: /^Remove pair/ }).first()],
  ['Lesson', 'the matrix', (page) => page.getByRole('tab', { name: 'Matrix' }), (page) => page.getByRole('grid', { name: /^Who may do what/ }).waitFor({ timeout: 40_000 })],
  ['Lesson', 'a cell', (page) => page.getByRole('gridcell', { name: /^kms-test-2, Encrypt: / }), (page) => page.getByRole('heading', { name: /^kms-test-2: Encrypt is / }).waitFor()],
  ['Lesson', 'the lesson', (page) => page.getByRole('tab', { name: 'Lesson' })],
  ['', 'the console opens', (page) => page.getByRole('region', { name: 'Console', exact: true }).getByRole('button', { name: 'Console', exact: true })],
  ['', 'the console closes', (page) => page.getByRole('region', { name: 'Console', exact: true }).getByRole('button', { name: 'Console', exact: true })],
  ['Explorer', 'a principal', (_, at) => at.explorer.getByRole('button', { name: 'kms-test-1' }).first()],
  ['Explorer', 'the tab of tags', (_, at) => at.key.getByRole('tab', { name: 'Tags' })],
  ['', 'Share', (_, at) => at.share, (page) => page.waitForURL(/#.+/)],
  ['Menu', 'Reset', (_, at) => at.reset],
  ['', 'another theme', (page) => page.getByRole('button', { name: 'Menu', exact: true })],
  ['', 'the layout is reset', (page) => page.getByRole('button', { name: 'Reset the layout' })],
  ['Menu', 'Japanese', (page) => page.getByRole('button', { name: '日本語' })],
  ['Menu', 'English', (page) => page.getByRole('button', { name: 'English' })],
];

// What a phone has no place for.
const notOnPhones = ['the console opens', 'the console closes', 'the layout is reset'];

/** Goes to where something is, on a phone. @param {Page} page @param {string} pane */
async function go(page, pane) {
  const button = pane === 'Menu' ? page.getByRole('button', { name: 'Menu', exact: true }) : page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: pane, exact: true });
  await button.click();
}

for (const width of [1280, 390]) {
  test(`the focus is never lost, ${width} px`, { timeout: 240_000 }, async () => {
    const opened = await open(browser, site.origin, { viewport: { width, height: 844 } });
    const { page } = opened;
    const at = parts(page);
    const narrow = width < 640;
    await page.getByText('Loading the engine').waitFor({ state: 'detached' });
    await visible(at.policy, 'the editor');
    /** @type {string[]} */
    const lost = [];
    for (const [pane, name, find, then] of actions) {
      if (narrow && notOnPhones.includes(name)) continue;
      const target = find(page, at).first();
      if (narrow && pane && !(await target.isVisible())) await go(page, pane);
      await visible(target, `what is acted on for: ${name}`);
      assert.ok(await target.isEnabled(), `${name}: cannot be acted on`);
      await target.focus();
      await page.keyboard.press('Enter');
      await then?.(page, at);
      // Where the focus goes is settled with what is drawn next.
      let what = '';
      for (let i = 0; i < 40 && what === ''; i++) {
        await page.waitForTimeout(i === 0 ? 100 : 50);
        what = await focused(page);
      }
      if (!what) lost.push(name);
    }
    assert.deepEqual(lost, []);
    opened.check();
    await opened.context.close();
  });
}
