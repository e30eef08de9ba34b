// Every view, to assistive technology: axe finds nothing wrong with it in any language, light, dark and in high contrast,
// wide and narrow, nothing is wider than the page, and the content policy refuses nothing. The pictures of it are left in
// test/shots. One page is used for all of a language; a view is a row.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { load } from './module.mjs';
import { open } from './page.mjs';
import { browser, site } from './stage.mjs';

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

// What the page looks like; the first is checked by every rule, the others by those of colour. Words have no colour of
// their own, so that one language is enough for them.
const looks = /** @type {const} */ ([
  { name: 'light', media: { colorScheme: 'light', contrast: 'no-preference' }, rules: null },
  { name: 'dark', media: { colorScheme: 'dark', contrast: 'no-preference' }, rules: ['color-contrast', 'link-in-text-block'] },
  { name: 'contrast', media: { colorScheme: 'light', contrast: 'more' }, rules: ['color-contrast-enhanced', 'link-in-text-block'] },
  { name: 'dark-contrast', media: { colorScheme: 'dark', contrast: 'more' }, rules: ['color-contrast-enhanced'] },
]);

before(() => void mkdirSync(shots, { recursive: true }));

/**
 * What a view is reached by: the page, its words, and how one goes to a pane.
 * @typedef {object} Way
 * @property {Page} page
 * @property {Texts} words
 * @property {boolean} narrow
 * @property {(pane: keyof Texts['element']['playground']['panes']) => Promise<void>} go
 * @property {(name: string) => Locator} region
 * @property {(name: string) => Locator} button
 */

/** @param {Way} way @param {string} name */
async function sheet({ page, words, narrow, button }, name) {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  if (narrow || name !== words.element.toolbar.scenarios) await button(words.element.toolbar.menu).click();
  if (name !== words.element.toolbar.menu) await button(name).click();
}

/** @param {Way} way @param {number} tab */
const keyTab = (way, tab) => way.region(way.words.panels.key.key).getByRole('tablist', { name: way.words.panels.key.parts }).getByRole('tab').nth(tab).click();

// The part of the page that a view is about; the first is about all of it.
/** @type {Record<string, string>} */
const about = {
  denied: '.decision', lesson: 'kms-inspector', refused: 'kms-policy-editor', request: 'kms-request-form', 'as-code': 'kms-request-form',
  explorer: 'kms-explorer', key: 'kms-key-panel', matrix: 'kms-inspector', console: 'kms-console-pane', scenarios: 'kms-toolbar',
  embed: 'kms-toolbar', import: 'kms-import', help: 'kms-toolbar', shared: '.notice',
};

/** @type {Record<string, (way: Way) => Promise<void>>} */
const views = {
  first: async ({ go }) => go('editor'),
  denied: async ({ page, go, region, words }) => {
    await page.keyboard.press('Control+Enter');
    await go('decision');
    await region(words.decision.view.title).getByRole('status').filter({ hasText: words.decision.verdict.words.Denied }).waitFor();
    await region(words.decision.view.title).getByRole('region').getByRole('list').first().waitFor();
  },
  lesson: async ({ go, region, words }) => { await go('lesson'); await region(words.lesson.pane.title).waitFor(); },
  refused: async ({ go, region, words }) => {
    await go('editor');
    await region(words.editor.policy.title).locator('.cm-content').fill('{ "Version": ');
    await region(words.editor.policy.title).getByText('MalformedPolicyDocumentException').waitFor();
  },
  request: async ({ page, go, region, words }) => {
    await page.getByRole('button', { name: words.editor.policy.goBack }).click();
    await go('request');
    await region(words.console.form.title).getByText(words.console.form.originAndMore).click();
    await region(words.console.form.title).getByRole('button', { name: words.console.form.addPair }).click();
  },
  'as-code': async ({ go, region, words, button }) => {
    await region(words.console.form.title).getByText(words.console.form.originAndMore).click();
    await go('request');
    await region(words.console.form.title).getByText(words.console.form.asCode, { exact: true }).click();
    await button(words.console.code.copy).waitFor();
  },
  explorer: async ({ go, region, words }) => {
    await region(words.console.form.title).getByText(words.console.form.asCode, { exact: true }).click();
    await go('explorer');
    await region(words.panels.explorer.title).waitFor();
  },
  ...Object.fromEntries(['policy', 'grants', 'tags', 'aliases', 'state', 'rotation', 'regions', 'facts'].map((name, i) => [`key-${name}`, async (/** @type {Way} */ way) => {
    await way.go('explorer');
    await keyTab(way, i);
    await way.page.waitForTimeout(150); // what is loaded with the tab
  }])),
  matrix: async ({ page, go, words }) => {
    await go('lesson');
    await page.getByRole('tab', { name: words.element.inspector.tabs.Matrix }).click();
    await page.getByRole('gridcell', { name: /^kms-test-2. ?Encrypt: / }).click();
    await page.getByRole('group').filter({ has: page.getByRole('heading', { level: 3 }) }).first().waitFor();
  },
  console: async ({ page, narrow, go, region, words }) => {
    await page.getByRole('tab', { name: words.element.inspector.tabs.Lesson }).click();
    await go('console');
    const console = region(words.console.pane.title);
    if (!narrow) await console.getByRole('button', { name: words.console.pane.title, exact: true }).click();
    await console.getByRole('textbox').fill('echo one; aws kms encrypt --key-id alias/none --plaintext SGVsbG8=');
    await console.getByRole('button', { name: words.console.shell.run, exact: true }).click();
    await console.getByText('NotFoundException').first().waitFor();
  },
  scenarios: async (way) => {
    await way.go('lesson');
    if (!way.narrow) await way.region(way.words.console.pane.title).getByRole('button', { name: way.words.console.pane.title, exact: true }).click();
    await sheet(way, way.words.element.toolbar.scenarios);
    await way.region(way.words.element.scenarios.title).waitFor();
  },
  import: async (way) => {
    await sheet(way, way.words.element.toolbar.scenarios);
    await way.button(way.words.element.importing.open).click();
    const dialog = way.page.getByRole('dialog', { name: way.words.element.importing.title });
    await dialog.getByText(way.words.element.importing.commands).click();
    await dialog.getByRole('textbox', { name: way.words.element.importing.box }).fill(`User: arn:aws:iam::111122223333:user/dev is not authorized to perform: kms:Encrypt on resource: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\n{ "Tags": [,] }`);
    await dialog.getByRole('button', { name: way.words.element.importing.copyOne('aws iam get-account-authorization-details'), exact: true }).waitFor();
    await dialog.getByText(way.words.element.importing.place('', 2, 12)).waitFor();
  },
  embed: async (way) => {
    await way.page.keyboard.press('Escape');
    await sheet(way, way.words.element.toolbar.embed);
    await way.page.getByRole('textbox', { name: way.words.element.toolbar.frame }).waitFor();
  },
  help: async (way) => {
    await sheet(way, way.words.element.toolbar.menu);
    await way.page.getByRole('combobox', { name: way.words.element.toolbar.theme }).waitFor();
  },
  shared: async ({ page }) => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+s');
    await page.waitForURL(/#.+/);
  },
};

/** @param {Page} page @param {readonly string[] | null} rules @param {string | undefined} part */
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
      /** @type {Way} */
      const way = {
        page, words, narrow,
        go: async (pane) => { if (narrow) await page.getByRole('navigation', { name: words.element.playground.panesLabel }).getByRole('button', { name: words.element.playground.panes[pane], exact: true }).click(); },
        region: (name) => page.getByRole('region', { name, exact: true }),
        button: (name) => page.getByRole('button', { name, exact: true }),
      };
      await page.getByText(words.element.playground.loading).waitFor({ state: 'detached' });
      await page.locator('.cm-line').first().waitFor({ state: 'attached' });
      // axe is put in from outside, past the content policy.
      await page.evaluate(axe);
      /** @type {string[]} */
      const found = [];
      for (const [name, reach] of Object.entries(views)) {
        await reach(way).catch((cause) => assert.fail(`${name}: ${cause.message}`));
        for (const look of language === 'en' ? looks : looks.slice(0, 1)) {
          await put(page, look);
          for (const line of await violations(page, look.rules, about[name] ?? about[name.split('-')[0] ?? ''])) found.push(`${name}, ${look.name}: ${line}`);
          if (!look.name.endsWith('contrast') || (look.name === 'contrast' && !narrow)) await page.screenshot({ path: `${shots}${name}-${language === 'en' ? '' : `${language}-`}${look.name}-${size.width}.png` });
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
