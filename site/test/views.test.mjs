// Every view, to assistive technology: axe finds nothing wrong with it in any language, light, dark and in high contrast,
// wide and narrow, nothing is wider than the page, and the content policy refuses nothing. The pictures of it are left in
// test/shots. One page is used for all of a language and a width; a view is a row of views.mjs.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { load } from './module.mjs';
import { drawn, open } from './page.mjs';
import { browser, site } from './stage.mjs';
import { views, wayIn } from './views.mjs';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Locator} Locator
 * @typedef {import('../src/text/text.js').Texts} Texts
 */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = fileURLToPath(new URL('shots/', import.meta.url));

/** @type {Record<string, Texts>} */
const languages = {
  en: (await /** @type {Promise<{en: Texts}>} */ (load('text/en.ts'))).en,
  ja: (await /** @type {Promise<{ja: Texts}>} */ (load('text/ja.ts'))).ja,
};

const sizes = [{ width: 1280, height: 800 }, { width: 390, height: 844 }];

// What the page looks like; the first is checked by every rule, the others by those of colour: nothing else depends on it.
const looks = /** @type {const} */ ([
  { name: 'light', media: { colorScheme: 'light', contrast: 'no-preference' }, rules: null },
  { name: 'dark', media: { colorScheme: 'dark', contrast: 'no-preference' }, rules: ['color-contrast', 'link-in-text-block'] },
  { name: 'contrast', media: { colorScheme: 'light', contrast: 'more' }, rules: ['color-contrast-enhanced', 'link-in-text-block'] },
  { name: 'dark-contrast', media: { colorScheme: 'dark', contrast: 'more' }, rules: ['color-contrast-enhanced'] },
]);

before(() => void mkdirSync(shots, { recursive: true }));

/** @param {Page} page @param {readonly string[] | null} rules @param {string} part */
const violations = (page, rules, part) => page.evaluate(async ({ rules, part }) => {
  const where = part ? { include: [{ fromShadowDom: ['kms-playground', part] }] } : document;
  const { violations } = await /** @type {any} */ (globalThis).axe.run(where, { resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) });
  return violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes.slice(0, 2).map((/** @type {any} */ n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`).join('; ')}`);
}, { rules, part });

/** @param {Page} page @param {(typeof looks)[number]} look */
async function put(page, look) {
  await page.emulateMedia(look.media);
  await page.waitForFunction((more) => (document.documentElement.dataset['contrast'] === 'more') === more, look.media.contrast === 'more');
}

/** What is wider than its place, and is not meant to be scrolled. @param {Page} page */
const wide = (page) => page.evaluate(() => {
  const root = document.querySelector('kms-playground')?.shadowRoot;
  const panes = [...(root?.querySelectorAll('.bench, .pane, .toolbar, .panes') ?? []),
    ...(root?.querySelector('kms-import')?.shadowRoot?.querySelectorAll('dialog, .columns > div') ?? [])];
  return panes.filter((el) => el.clientWidth > 0 && el.scrollWidth > el.clientWidth + 1).map((el) => el.localName)
    .concat(document.documentElement.scrollWidth > innerWidth ? ['page'] : []);
});

for (const [language, words] of Object.entries(languages)) {
  for (const size of sizes) {
    test(`every view in ${language}, ${size.width} px`, async () => {
      const opened = await open(browser, `${site.origin}/?language=${language}`, { viewport: size, reducedMotion: 'reduce' });
      const { page } = opened;
      const narrow = size.width < 640;
      const way = wayIn(page, words, narrow);
      await page.locator('.cm-line').first().waitFor({ state: 'attached' });
      await page.getByText(words.element.playground.loading).waitFor({ state: 'detached' });
      // axe is put in from outside, past the content policy.
      await page.evaluate(axe);
      /** @type {string[]} */
      const found = [];
      for (const [name, about, reach] of views) {
        await reach(way).catch((cause) => assert.fail(`${name}: ${cause.message}`));
        await drawn(page);
        for (const look of looks) {
          await put(page, look);
          for (const line of await violations(page, look.rules, about)) found.push(`${name}, ${look.name}: ${line}`);
          if (look.name !== 'dark-contrast') await page.screenshot({ path: `${shots}${name}-${language === 'en' ? '' : `${language}-`}${look.name}-${size.width}.png` });
        }
        for (const element of await wide(page)) found.push(`${name}: ${element} is wider than its place`);
        await put(page, looks[0]);
      }
      assert.deepEqual(found, []);
      opened.check();
      await opened.context.close();
    });
  }
}

test('high contrast is chosen in the menu, and remembered', async () => {
  const opened = await open(browser, site.origin, { viewport: { width: 1280, height: 800 } });
  const { page } = opened;
  const background = () => page.evaluate(() => getComputedStyle(document.querySelector('kms-playground') ?? document.body).getPropertyValue('--edge'));
  await page.locator('.cm-line').first().waitFor();
  const before = await background();
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption({ label: 'High contrast' });
  await page.waitForFunction(() => document.documentElement.dataset['contrast'] === 'more');
  assert.notEqual(await background(), before);
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset['contrast'] === 'more');
  opened.check();
  await opened.context.close();
});

test('where the system chooses the colours, what is chosen is still marked', async () => {
  const opened = await open(browser, site.origin, { viewport: { width: 1280, height: 800 }, forcedColors: 'active' });
  const { page } = opened;
  await page.locator('.cm-line').first().waitFor();
  await page.getByText('Loading the engine').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').filter({ hasText: 'Denied' }).waitFor();
  const marked = (/** @type {Locator} */ at) => at.evaluate((el) => getComputedStyle(el).outlineStyle);
  assert.notEqual(await marked(page.locator('.cm-line.cm-deciding').first()), 'none');
  assert.notEqual(await marked(page.getByRole('region', { name: 'Time line' }).locator('[aria-current="true"]')), 'none');
  await page.screenshot({ path: `${shots}denied-forced-1280.png` });
  opened.check();
  await opened.context.close();
});
