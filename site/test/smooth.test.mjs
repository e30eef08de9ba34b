// How long the page's own thread is held while one types, sends and switches: tasks above 50 ms are printed beside the
// target, which is none. What is asserted is only that everything was done.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, parts, verdictBegins, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

test('long tasks after the page was loaded', async () => {
  const opened = await open(browser, site.origin);
  const { page } = opened;
  const at = parts(page);
  await visible(at.policy, 'the editor');
  await page.getByText('Loading the engine').waitFor({ state: 'detached' });
  await page.evaluate(() => {
    const scope = /** @type {any} */ (globalThis);
    scope.long = [];
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) scope.long.push(Math.round(entry.duration)); }).observe({ type: 'longtask' });
  });
  const taken = async (/** @type {string} */ what) => {
    await page.waitForTimeout(700); // what follows the last key stroke, and the observer
    const long = await page.evaluate(() => /** @type {any} */ (globalThis).long.splice(0));
    console.log(`${what}: ${long.length} tasks above 50 ms${long.length ? `, the longest ${Math.max(...long)} ms` : ''} (target 0)`);
  };
  await at.policy.click();
  await page.keyboard.type(' "a long text that is typed as a person types": 1,', { delay: 15 });
  await taken('typing in a policy');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Escape');
  for (let i = 0; i < 3; i++) {
    await at.send.click();
    await verdictBegins(at.verdict, /^(Denied|Allowed|Failed)/);
  }
  await taken('sending');
  for (const tab of ['Matrix', 'Lesson']) await page.getByRole('tab', { name: tab, exact: true }).click();
  for (const tab of await at.key.getByRole('tab').all()) await tab.click();
  await at.editorRegion.getByRole('tab').nth(1).click();
  await at.editorRegion.getByRole('tab').nth(0).click();
  await taken('switching among tabs');
  await page.getByRole('combobox', { name: 'Example' }).selectOption({ label: 'What does a grant with an encryption context allow?' });
  await visible(at.lesson.getByText('A grant lends somebody a key').first(), 'the document');
  await taken('opening another document');
  assert.deepEqual(opened.wrong, []);
  await opened.context.close();
});
