// Where the panes are and how large: moved by pointer and keys, remembered, sane in a smaller window, and one at a time
// on a phone, where the verdict slides over. The real engine answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answered, becomes, open, parts, verdictBegins, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * @param {string} name
 * @param {{width: number, height: number}} viewport
 * @param {(page: Page) => Promise<void>} body
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
function check(name, viewport, body, options = {}) {
  test(name, async () => {
    const opened = await open(browser, site.origin, { viewport, ...options });
    await visible(parts(opened.page).policy, 'the editor');
    await opened.page.getByText('Loading the engine').waitFor({ state: 'detached' });
    await body(opened.page);
    opened.check();
    await opened.context.close();
  });
}

/** How many lines of the policy are to be seen whole. @param {Page} page */
const wholeLines = (page) => parts(page).policy.locator('.cm-line').evaluateAll((lines) => {
  const box = lines[0]?.closest('.cm-scroller')?.getBoundingClientRect();
  return lines.filter((line) => box && line.getBoundingClientRect().bottom <= box.bottom && line.getBoundingClientRect().top >= box.top).length;
});

/** @param {Page} page @param {string} name */
const line = (page, name) => page.getByRole('separator', { name, exact: true });

/** @param {import('playwright-core').Locator} separator */
const value = async (separator) => Number(await separator.getAttribute('aria-valuenow'));

/** Waits for a size that a separator tells. @param {import('playwright-core').Locator} separator @param {(size: number) => boolean} is @param {string} what */
async function tells(separator, is, what) {
  let size = NaN;
  await becomes(async () => is(size = await value(separator)), true, what).catch((cause) => assert.fail(`${cause.message} ${size}`));
}

check('sixteen lines of a policy with its remarks, at 1280 × 800', { width: 1280, height: 800 }, async (page) => {
  await visible(page.getByRole('list', { name: 'Remarks' }), 'the remarks');
  assert.ok(await wholeLines(page) >= 16, `${await wholeLines(page)} lines`);
  await page.keyboard.press('Control+Enter');
  await verdictBegins(parts(page).verdict, /^Denied/);
  assert.ok(await wholeLines(page) >= 16, `${await wholeLines(page)} lines with a verdict`);
  const verdict = await parts(page).verdict.boundingBox();
  const pane = await parts(page).decision.boundingBox();
  assert.ok(verdict && pane && verdict.y >= pane.y && verdict.y + verdict.height <= 800, 'the verdict is in view');
});

check('every remark in full, or the first on one line, with its edit and its page', { width: 1280, height: 800 }, async (page) => {
  const at = parts(page);
  const remarks = page.getByRole('list', { name: 'Remarks' });
  await visible(remarks, 'the remarks');
  const edit = remarks.getByRole('button', { name: 'Let IAM policies of the account count' });
  const source = remarks.getByRole('link', { name: 'IAM policies have no effect on the key' });
  const targets = async () => {
    const [a, b] = [await edit.boundingBox(), await source.boundingBox()];
    assert.ok(a && b && a.height >= 24 && b.height >= 24 && b.width >= 24, `an edit of ${a?.height}, a link of ${b?.width} × ${b?.height}`);
    assert.ok(b.x >= a.x + a.width + 8 || b.y >= a.y + a.height, 'edit and link are apart');
  };
  await targets();
  const toggle = at.editorRegion.getByRole('button', { name: '1 remark' });
  await toggle.focus();
  await page.keyboard.press('Enter');
  await toggle.and(page.locator('[aria-expanded="true"]')).waitFor();
  await targets();
  await page.keyboard.press('Enter');
  await toggle.and(page.locator('[aria-expanded="false"]')).waitFor();
});

for (const width of [390, 360]) {
  check(`the toolbar takes two rows at ${width} px`, { width, height: 800 }, async (page) => {
    const rows = async () => page.locator('kms-toolbar header').evaluate((header) => new Set([...header.querySelectorAll('button, select')]
      .filter((control) => !control.closest('[popover]') && control.checkVisibility()).map((control) => Math.round((control.getBoundingClientRect().top + control.getBoundingClientRect().bottom) / 8))).size);
    assert.equal(await rows(), 2);
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('button', { name: '日本語' }).click();
    await page.getByRole('button', { name: 'メニュー' }).waitFor();
    assert.equal(await rows(), 2, 'in Japanese');
  });
}

check('a goal that is reached is said while another tab hides the lesson', { width: 1280, height: 800 }, async (page) => {
  const at = parts(page);
  await page.getByRole('tab', { name: 'Matrix', exact: true }).click();
  await page.getByRole('grid', { name: /^Who may do what/ }).waitFor();
  await at.editorRegion.getByRole('button', { name: 'Let IAM policies of the account count' }).click();
  await page.locator('kms-playground [aria-live="polite"]', { hasText: 'Goals: 2 of 2 reached' }).waitFor({ state: 'attached' });
});

check('with the console open the editor shows some lines, and all of its foot', { width: 1280, height: 800 }, async (page) => {
  const at = parts(page);
  await page.keyboard.press('Control+Enter');
  await verdictBegins(at.verdict, /^Denied/);
  await page.getByRole('region', { name: 'Console', exact: true }).getByRole('button', { name: 'Console', exact: true }).click();
  await visible(page.getByRole('textbox', { name: 'Command' }), 'the console');
  assert.ok(await wholeLines(page) >= 5, `${await wholeLines(page)} lines`);
  const [editor, format] = [await at.editorRegion.boundingBox(), await at.editorRegion.getByRole('button', { name: 'Format' }).boundingBox()];
  assert.ok(editor && format && format.y + format.height <= editor.y + editor.height, `the last row ends at ${format && format.y + format.height}, the editor at ${editor && editor.y + editor.height}`);
});

for (const language of ['en', 'ja']) {
  test(`the toolbar is one row at 1280 px, and the rest of the engine moves nothing: ${language}`, async () => {
    // The rest of the engine comes when it is let.
    const opened = await open(browser, 'about:blank');
    const { page } = opened;
    let letCome = () => {};
    const held = new Promise((done) => { letCome = () => done(undefined); });
    await page.route('**/whole.wasm*', async (route) => { await held; await route.continue(); });
    await page.goto(`${site.origin}/?language=${language}`);
    await page.locator('.cm-line').first().waitFor();
    const places = () => page.evaluate(() => [...document.querySelector('kms-playground')?.shadowRoot?.querySelectorAll('.pane, .toolbar') ?? []]
      .map((pane) => { const { x, y, width, height } = pane.getBoundingClientRect(); return [pane.localName, x, y, width, height].join(' '); }));
    await page.getByRole('tab').filter({ hasText: /^(Matrix|マトリックス)$/ }).click();
    await page.getByText(/Loading the rest of the engine|エンジンの残りを読み込んでいます/).waitFor();
    const waiting = await places();
    const bar = await page.locator('kms-toolbar').boundingBox();
    assert.ok(bar && bar.height < 50, `the toolbar is ${bar?.height} px high`);
    letCome();
    await page.getByRole('grid').waitFor();
    await page.getByText(/Loading the rest of the engine|エンジンの残りを読み込んでいます/).waitFor({ state: 'detached' });
    assert.deepEqual(await places(), waiting);
    await opened.context.close();
  });
}

check('nothing moves while one types', { width: 1280, height: 800 }, async (page) => {
  const places = () => page.evaluate(() => [...document.querySelector('kms-playground')?.shadowRoot?.querySelectorAll('.pane') ?? []]
    .map((pane) => { const { x, y, width, height } = pane.getBoundingClientRect(); return [pane.localName, x, y, width, height].join(' '); }));
  const before = await places();
  const lines = await wholeLines(page);
  await parts(page).policy.fill('{ "Version": ');
  await visible(parts(page).editorRegion.getByText('MalformedPolicyDocumentException'), 'the refusal');
  assert.deepEqual(await places(), before);
  await parts(page).policy.fill(`${'\n'.repeat(20)}`);
  await visible(page.getByRole('list', { name: 'Remarks' }).getByText('error').first(), 'a remark');
  assert.deepEqual(await places(), before);
  assert.ok(await wholeLines(page) >= lines - 1);
});

const lines = [
  { name: 'Width of the explorer', dx: 60, dy: 0, grows: 60, more: 'ArrowRight', away: true },
  { name: 'Width of the lesson', dx: -50, dy: 0, grows: 50, more: 'ArrowLeft', away: true },
  { name: 'Height of the key panel', dx: 0, dy: -40, grows: 40, more: 'ArrowUp', away: false },
  { name: 'Height of the request', dx: 0, dy: -20, grows: 20, more: 'ArrowUp', away: false },
  { name: 'Height of the decision', dx: 0, dy: -70, grows: 70, more: 'ArrowUp', away: false },
];

check('panes are resized by dragging, which a reload remembers and a double click takes back', { width: 1280, height: 800 }, async (page) => {
  for (const { name, dx, dy, grows } of lines) {
    const separator = line(page, name);
    const before = await value(separator);
    const box = await separator.boundingBox();
    assert.ok(box, name);
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x + dx / 2, at.y + dy / 2);
    await page.mouse.move(at.x + dx, at.y + dy);
    await page.mouse.up();
    await tells(separator, (size) => Math.abs(size - before - grows) <= 1, `${name} was ${before}`);
    const size = await value(separator);
    await page.reload();
    await visible(parts(page).policy, 'the editor');
    await tells(separator, (now) => now === size, `${name} after a reload`);
    await separator.dblclick();
    await tells(separator, (now) => now === before, `${name} taken back`);
  }
});

check('panes are resized by keys, put away, and come back', { width: 1280, height: 800 }, async (page) => {
  for (const { name, more, away } of lines) {
    const separator = line(page, name);
    const before = await value(separator);
    await separator.focus();
    await page.keyboard.press(more);
    await tells(separator, (size) => size === before + 16, `${name}, one step more`);
    await page.keyboard.press('End');
    const most = Number(await separator.getAttribute('aria-valuemax'));
    await tells(separator, (size) => size === most && size > before, `${name}, its most`);
    await page.keyboard.press('Home');
    const least = Number(await separator.getAttribute('aria-valuemin'));
    await tells(separator, (size) => size === least, `${name}, its least`);
    assert.equal(least === 0, away, name);
    if (away) assert.equal(await separator.getAttribute('aria-valuetext'), 'put away');
    await page.keyboard.press(more);
    await tells(separator, (size) => size > least, `${name}, back again`);
    await page.keyboard.press('Enter');
    await tells(separator, (size) => size === before, `${name}, reset`);
    assert.equal(await separator.evaluate((el) => el.matches(':focus')), true);
  }
});

check('the layout is reset from the menu, and fits a smaller window', { width: 1600, height: 1000 }, async (page) => {
  const before = await Promise.all(lines.map(({ name }) => value(line(page, name))));
  for (const { name } of lines) {
    await line(page, name).focus();
    await page.keyboard.press('End');
  }
  for (const [width, height] of [[1280, 800], [960, 600]]) {
    await page.setViewportSize({ width: width ?? 0, height: height ?? 0 });
    const editor = await parts(page).editorRegion.boundingBox();
    assert.ok(editor && editor.width >= 319 && editor.height >= 139, `${width} × ${height}: the editor has ${editor?.width} × ${editor?.height}`);
    const inside = await page.evaluate(() => [...document.querySelector('kms-playground')?.shadowRoot?.querySelectorAll('.pane') ?? []]
      .every((pane) => { const box = pane.getBoundingClientRect(); return box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1; }));
    assert.ok(inside, `${width} × ${height}: every pane is within the window`);
  }
  await page.setViewportSize({ width: 1600, height: 1000 });
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('button', { name: 'Reset the layout' }).click();
  for (const [i, { name }] of lines.entries()) await tells(line(page, name), (size) => size === before[i], name);
});

check('on a phone the verdict slides over, and leads to the whole decision', { width: 360, height: 740 }, async (page) => {
  const at = parts(page);
  const go = (/** @type {string} */ name) => page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name, exact: true }).click();
  await go('Request');
  assert.equal(await at.verdict.count(), 0);
  await at.send.click();
  await verdictBegins(at.verdict, /^Denied/);
  await visible(at.send, 'what was pressed');
  await visible(at.send.and(page.locator(':focus')), 'that it keeps the focus');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await at.verdict.waitFor({ state: 'hidden' });
  await page.waitForFunction(() => document.activeElement !== document.body);
  await at.send.click();
  await page.getByRole('button', { name: 'The whole decision' }).click();
  await visible(at.decision.getByText('What would have been needed'), 'the decision');
  await page.waitForFunction(() => document.activeElement !== document.body);
  await go('Lesson');
  await at.lesson.getByRole('button', { name: 'Why?' }).first().click();
  await visible(at.decision, 'the decision');
  await page.waitForFunction(() => document.activeElement !== document.body);
});

for (const width of [320, 360, 600, 640, 768, 959]) {
  check(`nothing is wider than ${width} px`, { width, height: 740 }, async (page) => {
    await page.keyboard.press('Control+Enter');
    await answered(parts(page), /^Denied/);
    const names = await page.getByRole('navigation', { name: 'Panes' }).getByRole('button').allTextContents();
    for (const name of names) {
      await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name, exact: true }).click();
      const wide = await page.evaluate(() => {
        const root = document.querySelector('kms-playground')?.shadowRoot;
        return [...(root?.querySelectorAll('.bench, .pane, .toolbar, .panes') ?? [])].filter((el) => el.clientWidth > 0 && el.scrollWidth > el.clientWidth + 1).map((el) => el.className + el.tagName)
          .concat(document.documentElement.scrollWidth > innerWidth ? ['page'] : []);
      });
      assert.deepEqual(wide, [], name);
    }
  });
}

check('a person who wants no motion gets none', { width: 390, height: 740 }, async (page) => {
  await page.keyboard.press('Control+Enter');
  await verdictBegins(parts(page).verdict, /^Denied/);
  const moving = await page.evaluate(() => document.getAnimations().filter((a) => a.playState === 'running').length);
  assert.equal(moving, 0);
}, { reducedMotion: 'reduce' });
