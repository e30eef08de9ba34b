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

/** @type {readonly (readonly [string, Find, ((page: Page, at: ReturnType<typeof parts>) => Promise<unknown>)?])[]} */
const actions = [
  ['Send', (_, at) => at.send, (_, at) => visible(at.verdict, 'the verdict')],
  ['a suggestion is applied', (page) => page.getByRole('button', { name: /^Apply: / }).first(), (page) => visible(page.getByText(/^Done: /), 'what was done')],
  ['the notice is closed', (page) => page.getByRole('button', { name: 'Close', exact: true }), (page) => page.getByText(/^Done: /).waitFor({ state: 'hidden' })],
  ['Undo, until there is nothing to undo', (page) => page.getByRole('button', { name: 'Undo', exact: true })],
  ['a minute', (page) => page.getByRole('button', { name: '+1 min' })],
  ['Undo again', (page) => page.getByRole('button', { name: 'Undo', exact: true })],
  ['a past request', (page) => page.getByRole('region', { name: 'Time line' }).getByRole('button').last()],
  ['Why?', (_, at) => at.lesson.getByRole('button', { name: 'Why?' }).last()],
  ['a line of a policy', (_, at) => at.decision.getByRole('button', { name: /^line \d+$/ }).first()],
  ['a fix', (_, at) => at.editorRegion.getByRole('list', { name: 'Remarks' }).getByRole('button').nth(1)],
  ['Format', (_, at) => at.editorRegion.getByRole('button', { name: 'Format' })],
  ['another policy', (_, at) => at.editorRegion.getByRole('tab').nth(1)],
  ['a pair is added', (_, at) => at.console.getByRole('button', { name: 'Add pair' })],
  ['a pair is removed', (_, at) => at.console.getByRole('button', { name: /^Remove pair/ }).first()],
  ['the matrix', (page) => page.getByRole('tab', { name: 'Matrix' }), (page) => page.getByRole('table', { name: /^Who may do what/ }).waitFor({ timeout: 40_000 }).catch(() => {})],
  ['the lesson', (page) => page.getByRole('tab', { name: 'Lesson' })],
  ['the console opens', (page) => page.getByRole('region', { name: 'Console', exact: true }).getByRole('button', { name: 'Console', exact: true })],
  ['the console closes', (page) => page.getByRole('region', { name: 'Console', exact: true }).getByRole('button', { name: 'Console', exact: true })],
  ['a principal', (_, at) => at.explorer.getByRole('button', { name: 'kms-test-1' }).first()],
  ['the tab of tags', (_, at) => at.key.getByRole('tab', { name: 'Tags' })],
  ['Share', (_, at) => at.share, (page) => page.waitForURL(/#.+/)],
  ['Reset', (_, at) => at.reset],
  ['another theme', (page) => page.getByRole('button', { name: 'View', exact: true })],
  ['the layout is reset', (page) => page.getByRole('button', { name: 'Reset the layout' })],
  ['Japanese', (page) => page.getByRole('button', { name: '日本語' })],
  ['English', (page) => page.getByRole('button', { name: 'English' })],
];

for (const width of [1280, 390]) {
  test(`the focus is never lost, ${width} px`, { timeout: 120_000 }, async () => {
    const opened = await open(browser, site.origin, { viewport: { width, height: 844 } });
    const { page } = opened;
    const at = parts(page);
    await page.getByText('Loading the engine').waitFor({ state: 'detached' });
    await visible(at.policy, 'the editor');
    /** @type {string[]} */
    const lost = [];
    let acted = 0;
    for (const [name, find, then] of actions) {
      const target = find(page, at);
      // On a phone the panes take turns: each action is made in the pane where it is.
      if (width < 640) {
        for (const pane of await page.getByRole('navigation', { name: 'Panes' }).getByRole('button').all()) {
          if (await target.first().isVisible()) break;
          await pane.click();
          await page.waitForTimeout(50);
        }
      }
      // What an engine that is still loading is asked for comes later.
      if (width >= 640) await target.first().waitFor({ timeout: 30_000 }).catch(() => {});
      if (!(await target.first().isVisible()) || !(await target.first().isEnabled())) {
        if (width >= 640) lost.push(`${name}: cannot be reached`);
        continue;
      }
      await target.first().focus();
      await page.keyboard.press('Enter');
      await then?.(page, at);
      acted++;
      let what = '';
      for (let i = 0; i < 40 && what === ''; i++) {
        await page.waitForTimeout(i === 0 ? 250 : 50);
        what = await focused(page);
      }
      if (!what) lost.push(name);
    }
    assert.deepEqual(lost, []);
    assert.ok(acted >= (width < 640 ? 18 : actions.length), `${acted} actions`);
    opened.check();
    await opened.context.close();
  });
}
