// What the page does when its engine is driven too far: the cause is named, the page answers meanwhile, and the world is
// back. How long that takes is printed; the target is a second.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answered, becomes, open, parts, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Runs a script in the console. @param {Page} page @param {string} script */
async function run(page, script) {
  const region = page.getByRole('region', { name: 'Console', exact: true });
  if (!(await region.getByRole('textbox', { name: 'Command' }).isVisible())) await region.getByRole('button', { name: 'Console', exact: true }).click();
  await region.getByRole('textbox', { name: 'Command' }).fill(script);
  await region.getByRole('button', { name: 'Run', exact: true }).click();
  return region;
}

/** Sends the request of the form and waits for its verdict. @param {Page} page */
async function worldIsBack(page) {
  const requests = page.getByRole('region', { name: 'Time line' }).getByRole('button');
  const before = await requests.count();
  await parts(page).send.click();
  await becomes(async () => await requests.count() > before, true, 'the request is on the time line');
  await answered(parts(page), /^Denied/);
}

// What doubles in one command outruns the bounds that the shell holds between commands.
const doubling = `x=${'a'.repeat(1000)}; ${'y="$x$x$x$x$x$x$x$x$x$x"; x="$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y$y"; '}z="${'$x'.repeat(60_000)}"`;

const ends = [
  { name: 'a gigabyte and more in one command', script: doubling, says: /The engine stopped: it needed more than the 512 MB of memory that it may have\. It was restarted and the session replayed\./ },
  { name: 'an arithmetic that never ends', script: 'for ((i=0; i<9999; i++)); do : {1..100}{1..99}; done', says: /Command took longer than 10 seconds and was stopped\. The engine was restarted and the session replayed\./ },
];

for (const { name, script, says } of ends) {
  test(`${name} leaves the page alive, and the world is back`, async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    await visible(parts(page).policy, 'the editor');
    await worldIsBack(page);
    const document = async () => (await page.getByRole('region', { name: 'Time line' }).getByRole('button').allTextContents()).length;
    const before = await document();
    await run(page, script);
    // The page is no part of it: it goes on being used.
    await page.getByRole('tab', { name: 'Matrix' }).click();
    await page.getByRole('tab', { name: 'Lesson' }).click();
    await visible(page.getByText(says), 'the cause');
    const gone = performance.now();
    await worldIsBack(page);
    console.log(`${name}: the world is back ${Math.round(performance.now() - gone)} ms after its end was told (target 1000)`);
    await becomes(document, before + 1);
    assert.deepEqual(opened.wrong.filter((line) => !/^console: (fatal error|runtime|goroutine|exit code)/.test(line)), []);
    await opened.context.close();
  });
}

const bounds = [
  { name: 'a variable', script: 'x=aaaaaaaa; while true; do x=$x$x; done', says: 'the variable x holds more than 1048576 bytes' },
  { name: 'a list', script: 'x=aaaaaaaa; while [ ${#x} -lt 500000 ]; do x=$x$x; done; while true; do a+=($x); done', says: 'the variable a holds more than 1048576 bytes' },
  { name: 'a file', script: 'unset a; x=aaaaaaaa; while [ ${#x} -lt 500000 ]; do x=$x$x; done; while true; do echo $x >> f; done', says: 'stopped: more than 1048576 bytes of output' },
  { name: 'files', script: 'x=aaaaaaaa; while [ ${#x} -lt 500000 ]; do x=$x$x; done; while true; do ((++i)); echo $x > f$i; done', says: 'the files hold more than 16777216 bytes' },
];

test('what a script grows without end is refused at its bound', async () => {
  const opened = await open(browser, site.origin);
  const { page } = opened;
  await visible(parts(page).policy, 'the editor');
  for (const { name, script, says } of bounds) {
    const region = await run(page, script);
    await visible(region.getByText(says).last(), `the bound of ${name}`);
  }
  await worldIsBack(page);
  opened.check();
  await opened.context.close();
});

test('a text of any length is refused by name, and the page stays quick', async () => {
  const opened = await open(browser, site.origin);
  const { page } = opened;
  const at = parts(page);
  await visible(at.policy, 'the editor');
  const before = await at.policy.locator('.cm-line').count();
  await at.policy.focus();
  await page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const data = new DataTransfer();
    data.setData('text/plain', '{ "Statement": ['.repeat(6_000_000));
    at?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await visible(page.getByText('The text was left as it is: with that it would be longer than 1 million characters.'), 'the refusal of the paste');
  await becomes(() => at.policy.locator('.cm-line').count(), before);
  await at.console.getByRole('textbox', { name: 'Plaintext' }).evaluate((el) => {
    /** @type {HTMLInputElement} */ (el).value = 'x'.repeat(12_000_000);
    el.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  });
  await at.send.click();
  await visible(page.getByText('Call was not sent: it is longer than 10 million characters.'), 'the refusal of the request');
  await at.console.getByRole('textbox', { name: 'Plaintext' }).fill('Hello');
  await worldIsBack(page);
  opened.check();
  await opened.context.close();
});
