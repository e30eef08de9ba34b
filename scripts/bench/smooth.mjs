// How long the page's own thread is held while one works, in the first lesson and in a large world. A task counts by the
// time that it ran, and not by that for which other programs had the processor.

import { scenario } from './matrix.mjs';

const typed = ' "a long text that is typed as a person types": 1'; // 49 keys

/**
 * Types, sends, switches among tabs and opens a document. Rows of what was done, and the longest tasks meanwhile in
 * milliseconds, the longest first.
 * @param {string} document the text that is worked in; empty for the first lesson
 */
async function tasks(browser, address, document) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(address);
  const policy = page.getByRole('textbox', { name: 'Key policy alias/app', exact: true });
  await policy.waitFor();
  const open = (text) => page.evaluate((text) => globalThis.document.querySelector('kms-playground').workspace.openText(text), text);
  if (document) await open(document);
  const key = page.getByRole('region', { name: 'Key', exact: true });
  const send = async () => {
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').filter({ hasText: /^(Denied|Allowed|Failed)/ }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true, disabled: false }).waitFor();
  };
  const tabs = async () => {
    for (const name of ['Matrix', 'Lesson']) {
      await page.getByRole('tab', { name, exact: true }).click();
      if (name === 'Matrix') await page.getByRole('grid').waitFor({ timeout: 60_000 });
    }
    for (const tab of await key.getByRole('tab').all()) await tab.click();
  };
  // Everything once, so that the whole engine and every view are there.
  await send();
  await tabs();
  await page.waitForTimeout(3000);
  const rows = [];
  const row = async (what, act) => {
    const traced = await trace(browser);
    await act();
    await page.waitForTimeout(1500); // what follows
    rows.push({ what, took: await traced() });
  };
  await policy.click();
  await row('typing 49 keys', () => page.keyboard.type(typed, { delay: 30 }));
  await page.evaluate(() => globalThis.document.querySelector('kms-playground').workspace.undo());
  await row('sending three times', async () => { for (let i = 0; i < 3; i++) await send(); });
  await row('going through the tabs', tabs);
  await row('opening a document', () => open(document || scenario()));
  await context.close();
  return rows;
}

/** Records what the threads of pages do; what it returns ends that, and tells how long each task of a main thread ran. */
async function trace(browser) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'], excludedCategories: ['*'] }, transferMode: 'ReportEvents' });
  return async () => {
    const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const thread = ({ pid, tid }) => `${pid} ${tid}`;
    const main = new Set(events.filter((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain').map(thread));
    if (main.size === 0) throw new Error('the trace names no main thread of a page');
    const took = events.filter((e) => e.name === 'RunTask' && e.tdur !== undefined && main.has(thread(e))).map((e) => e.tdur / 1000);
    if (took.length === 0) throw new Error('the trace holds no tasks');
    return took.sort((a, b) => b - a);
  };
}

/** The tasks of a small world and of a large one. */
export async function smoothness(browser, address) {
  const small = await tasks(browser, address, '');
  const large = await tasks(browser, address, scenario());
  return [...small.map((row) => ({ ...row, world: 'a lesson' })), ...large.map((row) => ({ ...row, world: '200 principals' }))];
}
