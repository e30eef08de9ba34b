// Keeping work, in Chromium with a stand-in for the engine: reloads, two tabs, no storage, links, files.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { inspect } from './axe.mjs';
import { launch } from './chromium.mjs';
import { becomes, open, parts, send, visible } from './page.mjs';
import { serve } from './server.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('./server.mjs').Served} */
let site;

before(async () => {
  browser = await launch();
  site = await serve({ fake: true });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const title = 'Why does the key policy need the root statement?';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
const sheet = (page) => page.getByRole('region', { name: 'Scenarios', exact: true });

/** @param {Page} page */
async function openSheet(page) {
  const menu = page.getByRole('button', { name: 'Menu', exact: true });
  if (!(await sheet(page).isVisible()) && (await menu.isVisible())) await menu.click();
  if (!(await sheet(page).isVisible())) await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
  await sheet(page).waitFor();
  return sheet(page);
}

/** @param {Page} page */
const names = async (page) => (await openSheet(page)).getByRole('list', { name: 'Kept scenarios' }).locator('li button.link').allTextContents();

/**
 * Changes the document as anybody would.
 * @param {Page} page
 */
async function work(page) {
  const at = parts(page);
  await visible(at.policy, 'the editor');
  await at.principal.selectOption('kms-test-2');
  await send(at, /^Denied/);
}

/** @param {Page} page @param {number} count */
async function requestCount(page, count) {
  await page.waitForFunction((n) => {
    const line = document.querySelector('kms-playground')?.shadowRoot?.querySelector('kms-time-line')?.shadowRoot;
    return line?.querySelectorAll('li.request').length === n;
  }, count);
}

/** @param {Page} page @param {string} name @param {string | Buffer} content */
async function drop(page, name, content) {
  const bytes = [...Buffer.from(content)];
  await page.evaluate(([name, bytes]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(/** @type {number[]} */ (bytes))], String(name)));
    const target = document.querySelector('kms-playground');
    for (const type of ['dragover', 'drop']) {
      const event = new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer: transfer });
      target?.dispatchEvent(event);
      if (!event.defaultPrevented) throw new Error(`the browser would take the ${type}`);
    }
  }, /** @type {const} */ ([name, bytes]));
}

describe('scenarios', () => {
  test('are kept by themselves, listed, renamed, opened, deleted and put back', async () => {
    const opened = await open(browser, site.origin);
    const { page, context } = opened;
    await visible(parts(page).policy, 'the editor');
    await visible((await openSheet(page)).getByText('Work is saved in this browser by itself, from the first change on.'), 'what is said before');
    await page.keyboard.press('Escape');
    await work(page);
    await becomes(() => names(page), [title]);
    await visible(sheet(page).getByText(`Saved in this browser as “${title}”.`), 'what is said after');

    await sheet(page).getByRole('button', { name: `Rename ${title}` }).click();
    await sheet(page).getByRole('textbox', { name: 'New name' }).fill('<b>Mine</b>');
    await page.keyboard.press('Enter');
    await visible(sheet(page).getByRole('button', { name: '<b>Mine</b>', exact: true }), 'the new name, as text');

    // Another tab, and a tab after the browser was closed, have it too.
    const other = await context.newPage();
    await other.goto(site.origin);
    await visible(parts(other).policy, 'the editor');
    await becomes(() => names(other), ['<b>Mine</b>']);
    await sheet(other).getByRole('button', { name: '<b>Mine</b>', exact: true }).click();
    await requestCount(other, 1);
    await other.close();

    await sheet(page).getByRole('button', { name: 'New' }).click();
    await visible(page.getByText('Your work is kept under Scenarios as “<b>Mine</b>”.'), 'where the work is');
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await requestCount(page, 1);
    await openSheet(page);
    await sheet(page).getByRole('button', { name: 'Delete <b>Mine</b>' }).click();
    await sheet(page).getByRole('list', { name: 'Kept scenarios' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await becomes(() => names(page), ['<b>Mine</b>']);
    opened.check();
    await context.close();
  });

  test('are not lost to examples, links and Reset', async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    await work(page);
    await parts(page).share.click();
    await page.waitForURL(/#.+/);
    const link = page.url();
    await work(page);
    await requestCount(page, 2);

    await parts(page).reset.click();
    await requestCount(page, 0);
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await requestCount(page, 2);

    await page.evaluate((hash) => { location.hash = hash; }, new URL(link).hash);
    await requestCount(page, 1);
    await visible(page.getByText(`Your work is kept under Scenarios as “${title}”.`), 'where the work is');
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await requestCount(page, 2);
    await becomes(() => names(page), [title]);
    await page.keyboard.press('Escape');

    // A link in the address bar of the tab that holds the work.
    await page.goto('about:blank');
    await page.goto(link);
    await visible(page.getByText(`Your work is kept under Scenarios as “${title}”.`), 'where the work is');
    await requestCount(page, 1);
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await requestCount(page, 2);
    opened.check();
    await opened.context.close();
  });

  test('survive a reload as the same scenario', async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    await work(page);
    await page.reload();
    await requestCount(page, 1);
    await work(page);
    await becomes(() => names(page), [title]);
    opened.check();
    await opened.context.close();
  });

  test('of two tabs never overwrite each other', async () => {
    const opened = await open(browser, site.origin);
    const { page, context } = opened;
    await work(page);
    const other = await context.newPage();
    await other.goto(site.origin);
    await visible(parts(other).policy, 'the editor');
    await (await openSheet(other)).getByRole('button', { name: title, exact: true }).click();
    await requestCount(other, 1);
    await work(other);
    await requestCount(other, 2);

    await visible(page.getByText(`“${title}” was changed in another tab. Nothing of yours is written over it.`), 'the conflict');
    await inspect(page, 'conflict-light-1280');
    await send(parts(page), /^Denied/);
    await parts(page).principal.selectOption('kms-test-1');
    await send(parts(page), /^Allowed/);
    await requestCount(page, 3);
    await page.getByRole('button', { name: 'Go on with a copy' }).click();
    await becomes(async () => (await names(page)).sort(), [title, `${title} (2)`]);
    await sheet(page).getByRole('button', { name: title, exact: true }).click();
    await requestCount(page, 2);

    // Both hold the first scenario again; the other way to settle it.
    await work(other);
    await visible(page.getByText('was changed in another tab'), 'the conflict');
    await page.getByRole('button', { name: "Open the other tab's" }).click();
    await requestCount(page, 3);
    await page.getByText('was changed in another tab').waitFor({ state: 'detached' });
    opened.check();
    await context.close();
  });

  test('are kept in the tab when there is no storage', async () => {
    const opened = await open(browser, site.origin);
    const { page, context } = opened;
    await context.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, { get() { throw new DOMException('Access is denied for this document.', 'SecurityError'); } });
      }
    });
    await page.reload();
    await work(page);
    await visible((await openSheet(page)).getByText(`The browser gives this page no storage: “${title}” is kept in this tab, until it is closed.`), 'that it is in the tab only');
    await sheet(page).getByRole('button', { name: 'New' }).click();
    await visible(page.getByText(`Your work is kept under Scenarios as “${title}”, until this tab is closed.`), 'where the work is');
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await requestCount(page, 1);
    opened.check();
    await context.close();
  });

  test('that somebody else wrote into the storage do not break the page', async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    await page.evaluate(() => {
      const bad = ['{', 'null', '[]', '{"name":{},"document":[]}', 'x'.repeat(1_000_000), '{"name":"a","revision":1,"changed":0,"document":"# <img src=x onerror=alert(1)>"}'];
      bad.forEach((text, i) => localStorage.setItem(`kms-playground.scenario.${i}`, text));
      for (const name of ['document', 'opened', 'example', 'scenario']) sessionStorage.setItem(`kms-playground.${name}`, '{"');
    });
    await page.reload();
    await work(page);
    await visible((await openSheet(page)).getByText('5 stored entries cannot be read and are left alone.'), 'what cannot be read');
    await sheet(page).getByRole('button', { name: 'a', exact: true }).click();
    await visible(parts(page).policy, 'the editor');
    opened.check();
    await opened.context.close();
  });
});

describe('files', () => {
  test('are saved, chosen and dropped', async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    await work(page);
    await openSheet(page);
    const [download] = await Promise.all([page.waitForEvent('download'), sheet(page).getByRole('button', { name: 'Save as file' }).click()]);
    assert.equal(download.suggestedFilename(), 'why-does-the-key-policy-need-the-root-statement.md');
    const path = await download.path();
    const text = readFileSync(path, 'utf8');
    assert.match(text, /^---\ntitle: Why does the key policy need the root statement\?\n---\n/);

    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), sheet(page).getByRole('button', { name: 'Open file…' }).click()]);
    await chooser.setFiles({ name: 'empty.md', mimeType: 'text/markdown', buffer: Buffer.from('---\ntitle: Empty\n---\n') });
    await requestCount(page, 0);
    await visible(page.getByText(`Your work is kept under Scenarios as “${title}”.`), 'where the work is');

    await drop(page, 'kept.md', text);
    await requestCount(page, 1);

    for (const [name, content, why] of /** @type {const} */ ([
      ['picture.png', Buffer.from([0x89, 0x50, 0xff, 0xfe]), 'it is not a text'], ['zeros.md', 'a\0b', 'it is not a text'], ['big.md', 'x'.repeat(4_000_001), 'it is larger than 4 MB'],
    ])) {
      await drop(page, name, content);
      await visible(page.getByText(`${name} was not opened: ${why}`), why);
      await requestCount(page, 1);
    }
    opened.check();
    await opened.context.close();
  });
});
