// How long the page's own thread is held while one types, sends and switches: tasks above 50 ms are printed beside the
// target, which is none. What is asserted is only that everything was done.

import { test } from 'node:test';
import { open, parts, verdictBegins, visible } from './page.mjs';
import { browser, site } from './stage.mjs';
import { largeWorld } from './world.mjs';

/** Prints, of what was done since, how many tasks were long. @param {import('playwright-core').Page} page */
async function watchTasks(page) {
  await page.evaluate(() => {
    const scope = /** @type {any} */ (globalThis);
    scope.long = [];
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) scope.long.push(Math.round(entry.duration)); }).observe({ type: 'longtask' });
  });
  return async (/** @type {string} */ what) => {
    await page.waitForTimeout(700); // what follows the last key stroke, and the observer
    const long = await page.evaluate(() => /** @type {any} */ (globalThis).long.splice(0));
    console.log(`${what}: ${long.length} tasks above 50 ms${long.length ? `, the longest ${Math.max(...long)} ms` : ''} (target 0)`);
  };
}

test('long tasks after the page was loaded', async () => {
  const opened = await open(browser, site.origin);
  const { page } = opened;
  const at = parts(page);
  await visible(at.policy, 'the editor');
  await page.getByText('Loading the engine').waitFor({ state: 'detached' });
  const taken = await watchTasks(page);
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
  opened.check();
  await opened.context.close();
});

// What the page shows is looked for by style here: to find something by its role, the test itself would hold the page,
// with hundreds of rows in it, for longer than what is measured. The world is a third of that of make bench: the engine
// of a test is not optimised, and must answer in time on a machine that is busy.
test('long tasks in a large world', async () => {
  const opened = await open(browser, site.origin);
  const { page } = opened;
  const at = parts(page);
  await visible(at.policy, 'the editor');
  await page.getByText('Loading the engine').waitFor({ state: 'detached' });
  await at.send.click();
  await verdictBegins(at.verdict, /^Denied/);
  const taken = await watchTasks(page);
  const openText = (/** @type {string} */ text) => page.evaluate((text) => /** @type {any} */ (document.querySelector('kms-playground')).workspace.openText(text), text);
  const lesson = page.locator('kms-lesson .title');
  const size = { users: 59, roles: 10, keys: 15 };

  await openText(largeWorld(size));
  await visible(lesson.filter({ hasText: /^A large world$/ }), 'the large world');
  await visible(page.locator('kms-explorer .item', { hasText: 'user-058' }), 'the last user');
  await taken('opening a large world');

  await page.locator('kms-request-form button.main').click();
  await visible(page.locator('kms-decision [role="status"]', { hasText: /^\W*(Allowed|Denied|Failed)/ }), 'the verdict');
  await taken('sending in a large world');

  const code = page.locator('kms-policy-editor .cm-content');
  await code.click();
  await page.keyboard.type(' "a long text that is typed as a person types": 1,', { delay: 15 });
  await visible(code.locator('.cm-line', { hasText: 'as a person types' }), 'what was typed');
  await taken('typing in a large world');
  await page.keyboard.press('Escape');

  await page.locator('kms-inspector #tab-Matrix').click();
  await visible(page.locator('kms-matrix [role="grid"] [role="row"]').nth(60).locator('[role="gridcell"]').first(), 'a late row of the matrix');
  await taken('opening the matrix of a large world');
  await page.locator('kms-inspector #tab-Lesson').click();
  await visible(lesson, 'the lesson');

  await page.locator('kms-explorer input[type="search"]').fill('user-05');
  await visible(page.locator('kms-explorer section > p', { hasText: /^\d+ things found/ }), 'how many were found');
  await page.locator('kms-explorer input[type="search"]').fill('');
  await visible(page.locator('kms-explorer .item', { hasText: 'user-000' }), 'everybody again');
  await taken('searching a large world');

  await page.locator('kms-time-line .toggle').click();
  await visible(page.locator('kms-moments .now'), 'the list of requests');
  await taken('unfolding the time line of a large world');
  await page.locator('kms-time-line .toggle').click();

  await openText(largeWorld({ ...size, title: 'Another large world' }));
  await visible(lesson.filter({ hasText: /^Another large world$/ }), 'the other large world');
  await taken('switching to another large world');
  await page.locator('kms-toolbar .example select').selectOption({ index: 1 });
  await lesson.filter({ hasText: 'large world' }).waitFor({ state: 'detached' });
  await taken('switching to a lesson');
  opened.check();
  await opened.context.close();
});
