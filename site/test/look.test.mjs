// How the first screen looks and reads to assistive technology, light and dark, wide and narrow, with the real engine.
// The pictures are left in test/shots.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { open, parts, verdictBegins } from './page.mjs';
import { browser, site } from './stage.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = fileURLToPath(new URL('shots/', import.meta.url));

before(() => void mkdirSync(shots, { recursive: true }));

/** @param {import('playwright-core').Page} page */
async function violations(page) {
  // axe is put in from outside, past the content policy that is under test elsewhere.
  return page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document, { resultTypes: ['violations'] });
    return violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes.map((/** @type {any} */ n) => n.target.join(' ')).join(', ')}`);
  });
}

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [1280, 390]) {
    test(`${colorScheme}, ${width} px`, async () => {
      const opened = await open(browser, site.origin, { colorScheme, viewport: { width, height: width === 390 ? 844 : 800 } });
      const { page } = opened;
      const at = parts(page);
      await page.getByText('Loading the engine').waitFor({ state: 'detached' });
      await at.policy.waitFor();
      await page.screenshot({ path: `${shots}first-${colorScheme}-${width}.png` });
      await page.evaluate(axe);
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press('Control+Enter');
      await verdictBegins(at.verdict, /^Denied/);
      await page.screenshot({ path: `${shots}denied-${colorScheme}-${width}.png` });
      assert.deepEqual(await violations(page), []);
      opened.check();
      await opened.context.close();
    });
  }
}

test('nothing scrolls sideways at 360 px', async () => {
  const opened = await open(browser, site.origin, { viewport: { width: 360, height: 740 } });
  const { page } = opened;
  await parts(page).policy.waitFor();
  await page.keyboard.press('Control+Enter');
  await verdictBegins(parts(page).verdict, /^Denied/);
  for (const pane of ['Lesson', 'Editor', 'Request', 'Decision', 'Explorer', 'Console']) {
    await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: pane }).click();
    const wide = await page.evaluate(() => {
      const root = document.querySelector('kms-playground')?.shadowRoot;
      return [...(root?.querySelectorAll('.bench, .pane, .toolbar, .panes') ?? [])].filter((el) => el.scrollWidth > el.clientWidth + 1).map((el) => el.className + el.tagName)
        .concat(document.documentElement.scrollWidth > innerWidth ? ['page'] : []);
    });
    assert.deepEqual(wide, [], pane);
  }
  opened.check();
  await opened.context.close();
});
