// A page under guard: console errors, refusals by the content policy and requests to other origins fail the test.

import assert from 'node:assert/strict';

/** Milliseconds that a test waits for what it was promised: far more than a busy machine takes. PATIENCE is in seconds. */
export const patience = Number(process.env['PATIENCE'] ?? 60) * 1000;

// SLOW=4 finds what a test takes for granted: the page's thread runs at a quarter of its speed, and what it loads and asks
// of the engine comes late.
const slow = Number(process.env['SLOW'] ?? 0);

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
  context.setDefaultTimeout(patience);
  if (slow) await slowDown(context);
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

/** @param {import('playwright-core').BrowserContext} context */
async function slowDown(context) {
  context.on('page', (page) => void context.newCDPSession(page).then((session) => session.send('Emulation.setCPUThrottlingRate', { rate: slow })).catch(() => {}));
  await context.route('**/*', async (route) => {
    await new Promise((done) => setTimeout(done, 100 * slow));
    await route.continue().catch(() => {});
  });
  await context.addInitScript((late) => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (/** @type {any[]} */ ...message) { setTimeout(() => post.apply(this, /** @type {any} */ (message)), late); };
  }, 100 * slow);
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
    sending: at.locator('kms-request-form .main[aria-busy="true"]'),
    share: at.getByRole('button', { name: 'Share', exact: true }),
    reset: at.getByRole('button', { name: 'Reset', exact: true }),
    verdict: at.getByRole('status'),
    policy: at.getByRole('textbox', { name: 'Key policy alias/app', exact: true }),
    decidingLine: at.locator('.cm-line.cm-deciding'),
  };
}

/**
 * Waits until what is read is what is wanted: what follows an action follows it in its own time.
 * @param {() => unknown} read may be asynchronous
 * @param {unknown} wanted a pattern of a text, or what is equal
 * @param {string} [what]
 */
export async function becomes(read, wanted, what) {
  const deadline = Date.now() + patience;
  for (;;) {
    const seen = await read();
    try {
      if (wanted instanceof RegExp) assert.match(String(seen ?? ''), wanted, what && `${what}: ${seen}`);
      else assert.deepEqual(seen, wanted, what && `${what}: ${JSON.stringify(seen)}`);
      return;
    } catch (cause) {
      if (Date.now() > deadline) throw cause;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

/**
 * Waits until the verdict begins with a word, and returns its text.
 * @param {import('playwright-core').Locator} verdict
 * @param {RegExp} begins
 */
export async function verdictBegins(verdict, begins) {
  let text = '';
  await becomes(async () => (text = ((await verdict.textContent()) ?? '').trim()), begins);
  return text;
}

/**
 * Waits for the answer to the request that was sent, by whatever means, and returns its verdict.
 * @param {ReturnType<typeof parts>} at
 * @param {RegExp} begins
 */
export async function answered(at, begins) {
  await at.sending.waitFor({ state: 'detached' });
  return verdictBegins(at.verdict, begins);
}

/**
 * Sends and waits for the decision of this very request.
 * @param {ReturnType<typeof parts>} at
 * @param {RegExp} begins
 */
export async function send(at, begins) {
  await at.send.click();
  return answered(at, begins);
}

/**
 * @param {import('playwright-core').Locator} locator
 * @param {string} what
 */
export async function visible(locator, what) {
  await locator.waitFor({ state: 'visible' }).catch((cause) => assert.fail(`${what} is not to be seen: ${cause.message}`));
}

/**
 * What has the focus, by its name; empty when nothing that can be seen has it.
 * @param {Page} page
 */
export const focused = (page) => page.evaluate(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body || !at.checkVisibility({ visibilityProperty: true })) return '';
  // A label may hold its field, with all that can be chosen in it.
  const [label] = /** @type {HTMLInputElement} */ (at).labels ?? [];
  const beside = [...label?.childNodes ?? []].filter((node) => node !== at && !(node instanceof Comment)).map((node) => node.textContent).join(' ');
  const names = [at.getAttribute('aria-label'), beside, at.textContent, at.localName].map((name) => (name ?? '').replace(/\s+/g, ' ').trim());
  return names.find((name) => name !== '') ?? '';
});

/**
 * Goes on by Tab until something of a name has the focus, once around the page.
 * @param {Page} page
 * @param {RegExp | string} name
 * @param {'Tab' | 'Shift+Tab'} [key]
 */
export async function tabTo(page, name, key = 'Tab') {
  /** @type {string[]} */
  const passed = [];
  for (let i = 0; i < 200; i++) {
    const at = await focused(page);
    if (typeof name === 'string' ? at === name : name.test(at)) return;
    passed.push(at.slice(0, 40));
    await page.keyboard.press(key);
  }
  assert.fail(`${key} does not reach ${name}, but ${[...new Set(passed)].join(' | ')}`);
}

/**
 * Fails when nothing that can be seen has the focus once the page has drawn.
 * @param {Page} page
 */
export async function keepsFocus(page) {
  await drawn(page);
  await becomes(() => focused(page), /./, 'the focus is lost');
}

/**
 * Lets the page draw what it has to, and give the focus to what it is for: that takes some frames.
 * @param {Page} page
 */
export const drawn = (page) => page.evaluate(() => new Promise((done) => {
  let frames = 4;
  const next = () => (frames-- > 0 ? requestAnimationFrame(next) : done(undefined));
  next();
}));
