// English and Japanese: the switch, what is remembered, embeds, and that no English is left where Japanese is spoken but
// AWS's own terms, what AWS answers, and what people typed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { becomes, open } from './page.mjs';
import { browser, site } from './stage.mjs';

// Sentences of four English words, of which none is a name: what AWS and its CLI say is taken out before.
const english = /(?<![\w:/.-])(?:[A-Za-z][a-z']* ){3}[A-Za-z][a-z']*(?![\w:/-])/;
const aws = /User: \S+ is not authorized to perform: .*?(?: action|explicit deny in an? [\w -]+ policy|(?=$))|An error occurred \(\w+\)[^\n]*/g;

// Words of the document on show, of AWS, and what tools and languages are called. Names of operations, in CamelCase, and
// whatever has signs or digits in it, as ARNs and names of users have, is taken out too.
const names = new Set(`KMS Playground AWS CLI IAM STS SDK Python Go Terraform Organizations Encrypt Decrypt Sign Verify Enabled
  manabusakai root Key administrators Hello Allow Deny Principal Action Resource true false default MB UTC ARN Ctrl Esc Tab Enter`.split(/\s+/));

/**
 * Every text and spoken attribute that is drawn, but code.
 * @param {import('playwright-core').Page | import('playwright-core').Frame} page
 * @returns {Promise<string[]>}
 */
async function texts(page) {
  return page.evaluate(() => {
    /** @type {string[]} */
    const found = [];
    const code = new Set(['PRE', 'CODE', 'STYLE', 'SCRIPT', 'TEXTAREA']);
    /** @param {Node} node */
    const visit = (node) => {
      if (node instanceof Element) {
        if (code.has(node.tagName) || node.classList.contains('cm-editor') || !node.checkVisibility() || node.matches('button[lang]')) return;
        for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'label']) found.push(node.getAttribute(name) ?? '');
        if (node.shadowRoot) visit(node.shadowRoot);
      } else if (node instanceof Text) {
        found.push(node.data.trim());
      }
      node.childNodes.forEach(visit);
    };
    visit(document.body);
    return [...new Set(found)].filter(Boolean);
  });
}

/** @param {import('playwright-core').Page} page */
async function englishOn(page) {
  return (await texts(page)).map((text) => text.replace(aws, ' ')).filter((text) => {
    if (/[\u3040-\u30ff\u4e00-\u9fff]/.test(text)) return english.test(text);
    const rest = text.split(/[\s,()“”"]+/).filter((word) => /^[A-Za-z][a-z]+[.:…?]?$/.test(word) && !names.has(word.replace(/[.:…?]$/, '')));
    return rest.length > 0;
  });
}

/** @param {import('playwright-core').Page} page */
async function noEnglish(page) {
  await becomes(() => englishOn(page), []);
}

/**
 * @param {Parameters<typeof open>[2]} [options]
 * @param {string} [path]
 */
async function inJapanese(options = { locale: 'ja-JP' }, path = '/') {
  const opened = await open(browser, site.origin + path, options);
  await opened.page.locator('.cm-content').waitFor();
  await opened.page.getByRole('progressbar').waitFor({ state: 'detached' });
  return opened;
}

/** @param {import('playwright-core').Page} page */
const ask = async (page) => {
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').filter({ hasText: /^\s*拒否/ }).waitFor();
};

describe('the language', () => {
  test('is the browser\'s, changes by the toolbar, and is remembered', async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await page.getByText('Almost every key policy begins').waitFor();
    await becomes(() => page.title(), 'Why does the key policy need the root statement? – KMS Playground');
    await becomes(() => page.locator('html').getAttribute('lang'), 'en');
    await becomes(async () => (await englishOn(page)).length > 20, true, 'English is seen where it is spoken');
    await page.getByRole('button', { name: '日本語' }).click();
    await page.getByText('ほとんどのキーポリシーは').waitFor();
    await becomes(() => page.locator('html').getAttribute('lang'), 'ja');
    await becomes(() => page.locator('kms-playground').getAttribute('lang'), 'ja');
    await page.waitForFunction(() => document.title === 'キーポリシーになぜルートのステートメントが必要なのか - KMS Playground');
    await noEnglish(page);
    await page.reload();
    await page.getByRole('button', { name: '送信', exact: true }).waitFor();
    await page.getByText('ほとんどのキーポリシーは').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Almost every key policy begins').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    opened.check();
    await opened.context.close();
  });

  test('is that of the policy editor\'s help too', async () => {
    const opened = await inJapanese();
    const { page } = opened;
    await page.getByText('"Effect"').first().click();
    await page.keyboard.press('F1');
    await page.getByText('ステートメントが許可と拒否のどちらであるかを示します。').first().waitFor();
    opened.check();
    await opened.context.close();
  });

  test('keeps the work of the person when it changes', async () => {
    const opened = await inJapanese();
    const { page } = opened;
    await ask(page);
    const requests = await page.getByRole('region', { name: 'タイムライン' }).getByRole('listitem').count();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('status').filter({ hasText: /^\s*Denied/ }).waitFor();
    await becomes(() => page.getByRole('region', { name: 'Time line' }).getByRole('listitem').count(), requests);
    opened.check();
    await opened.context.close();
  });

  test('of an address wins, until the person chooses', async () => {
    const opened = await inJapanese({ locale: 'en-US' }, '/?language=ja');
    const { page } = opened;
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await becomes(() => new URL(page.url()).search, '');
    await page.reload();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    opened.check();
    await opened.context.close();
  });

  test('of an embed is that of the page it was made on', async () => {
    const opened = await inJapanese();
    const { page } = opened;
    await page.getByRole('button', { name: 'メニュー', exact: true }).click();
    await page.getByRole('button', { name: '埋め込み', exact: true }).click();
    const snippet = page.getByRole('textbox', { name: 'フレームの HTML' });
    await page.waitForFunction((area) => area instanceof HTMLTextAreaElement && area.value !== '', await snippet.elementHandle());
    const src = /src="([^"]*)"/.exec(await snippet.inputValue())?.[1]?.replaceAll('&amp;', '&') ?? '';
    assert.match(src, /embed\.html\?language=ja#/);
    const frame = await open(browser, src);
    await frame.page.getByRole('button', { name: '送信', exact: true }).waitFor();
    await frame.page.locator('.cm-content').waitFor();
    await noEnglish(frame.page);
    frame.check();
    await frame.context.close();
    opened.check();
    await opened.context.close();
  });
});

for (const width of [1280, 390]) {
  test(`in Japanese, ${width} px`, async () => {
    const opened = await inJapanese({ viewport: { width, height: 844 }, locale: 'ja-JP' });
    const { page } = opened;
    const narrow = width < 640;
    await ask(page);
    await page.getByRole('heading', { name: /^許可されるための変更 \(/ }).waitFor();
    await noEnglish(page);
    const panes = narrow ? ['レッスン', 'エディター', 'リクエスト', '判定', '一覧', 'コンソール'] : [];
    for (const pane of panes) {
      await page.getByRole('navigation').getByRole('button', { name: pane, exact: true }).click();
      await noEnglish(page);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, pane);
    }
    opened.check();
    await opened.context.close();
  });
}
