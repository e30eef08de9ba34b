// A page under guard: console errors, refusals by the content policy and requests to other origins fail the test.

import assert from 'node:assert/strict';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Frame} Frame
 * @typedef {import('playwright-core').Browser} Browser
 */

/**
 * Opens an address in a fresh context and returns the page with what went wrong on it.
 * @param {Browser} browser
 * @param {string} address
 * @param {import('playwright-core').BrowserContextOptions} [options]
 * @param {string[]} [origins] that may be asked besides the page's own
 */
export async function open(browser, address, options = {}, origins = []) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US', ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const wrong = [];
  await context.addInitScript(() => addEventListener('securitypolicyviolation', (event) =>
    console.error(`refused: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)));
  const allowed = [new URL(address).origin, ...origins];
  page.on('console', (message) => { if (message.type() === 'error') wrong.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && !allowed.includes(url.origin)) wrong.push(`other origin: ${request.url()}`);
  });
  await page.goto(address);
  return { page, context, wrong, check: () => assert.deepEqual(wrong, []) };
}

/**
 * The parts of the playground by role and accessible name.
 * @param {Page | import('playwright-core').FrameLocator} at
 */
export function parts(at) {
  const console = at.getByRole('region', { name: 'Request console', exact: true });
  const decision = at.getByRole('region', { name: 'Decision', exact: true });
  const key = at.getByRole('region', { name: 'Key', exact: true });
  return {
    console, decision, key,
    explorer: at.getByRole('region', { name: 'Explorer', exact: true }),
    editorRegion: at.getByRole('region', { name: 'Policy editor', exact: true }),
    lesson: at.getByRole('region', { name: 'Lesson', exact: true }),
    principal: at.getByRole('combobox', { name: 'Principal', exact: true }),
    operation: at.getByRole('combobox', { name: 'Operation', exact: true }),
    keySelect: at.getByRole('combobox', { name: 'Key', exact: true }),
    tokens: at.getByRole('textbox', { name: 'Grant tokens', exact: true }),
    send: at.getByRole('button', { name: 'Send', exact: true }),
    share: at.getByRole('button', { name: 'Share', exact: true }),
    reset: at.getByRole('button', { name: 'Reset', exact: true }),
    verdict: at.getByRole('status'),
    policy: at.getByRole('textbox', { name: 'Key policy alias/app', exact: true }),
    decidingLine: at.locator('.cm-line.cm-deciding'),
  };
}

/**
 * Waits until the verdict begins with a word, and returns its text.
 * @param {import('playwright-core').Locator} verdict
 * @param {RegExp} begins
 */
export async function verdictBegins(verdict, begins) {
  const deadline = Date.now() + 15_000;
  let text = '';
  while (Date.now() < deadline) {
    text = ((await verdict.textContent()) ?? '').trim();
    if (begins.test(text)) return text;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.match(text, begins);
  return text;
}

/**
 * Sends and waits for the decision of this very request: the time line grows.
 * @param {ReturnType<typeof parts>} at
 * @param {RegExp} begins
 */
export async function send(at, begins) {
  await at.send.click();
  return verdictBegins(at.verdict, begins);
}

/**
 * @param {import('playwright-core').Locator} locator
 * @param {string} what
 */
export async function visible(locator, what) {
  await locator.waitFor({ state: 'visible', timeout: 15_000 }).catch(() => assert.fail(`${what} is not to be seen`));
}
