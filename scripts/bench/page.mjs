// Measurements in the page: when the first decision is there, and how many the worker makes.

import { median } from './table.mjs';

/** Opens the page rounds times without and with a warm HTTP cache. loaded are the files asked for before the decision. */
export async function firstDecisions(browser, address, rounds) {
  const cold = [];
  const warm = [];
  let loaded = [];
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext();
    await context.addInitScript(sendAndWatch);
    const first = await firstDecision(context, address);
    cold.push(first.milliseconds);
    loaded = first.loaded;
    warm.push((await firstDecision(context, address)).milliseconds);
    await context.close();
  }
  return { loaded, cold: median(cold), warm: median(warm) };
}

async function firstDecision(context, address) {
  const page = await context.newPage();
  const asked = new Map(); // name to milliseconds since 1970
  page.on('response', (response) => {
    if (!response.url().startsWith(address) || !response.ok()) return;
    const name = new URL(response.url()).pathname.slice(1) || 'index.html';
    asked.set(name, Math.min(asked.get(name) ?? Infinity, response.request().timing().startTime));
  });
  await page.goto(address);
  const { milliseconds, at } = await page.evaluate(() => globalThis.firstDecision);
  await page.close();
  return { milliseconds, loaded: [...asked.keys()].filter((name) => asked.get(name) <= at) };
}

/**
 * Runs in the page before its own scripts: presses Send as soon as that can be pressed, and keeps in
 * globalThis.firstDecision a promise of when the verdict follows: in milliseconds from navigation, and since 1970.
 */
function sendAndWatch() {
  const find = (root, selector, holds) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches(selector) && holds(element)) return element;
      const inner = element.shadowRoot && find(element.shadowRoot, selector, holds);
      if (inner) return inner;
    }
    return null;
  };
  const send = () => find(document, 'button', (b) => b.textContent.trim() === 'Send' && !b.disabled && b.ariaDisabled !== 'true');
  const verdict = () => find(document, '[aria-live], [role=status]', (e) => /^(Allowed|Denied)/.test(e.textContent.trim()));
  globalThis.firstDecision = new Promise((resolve) => {
    let pressed = false;
    const look = () => {
      if (!pressed) {
        const button = send();
        button?.click();
        pressed = button !== null;
      }
      if (pressed && verdict()) resolve({ milliseconds: performance.now(), at: Date.now() });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Decisions per second, by a Bench request to the site's own worker; the median of five. */
export async function decisionsInWorker(browser, address, files, count) {
  const worker = [...files.keys()].find((name) => /(^|\/)worker[^/]*\.js$/.test(name));
  if (!worker) throw new Error('the built site has no worker script');
  const page = await browser.newPage({ bypassCSP: true }); // the page's policy lets only its own code start a worker
  await page.goto(address);
  const rates = await page.evaluate(askWorker, { workerURL: new URL(worker, address).href, address, count });
  await page.close();
  return median(rates);
}

// Runs in the page.
async function askWorker({ workerURL, address, count }) {
  const worker = new Worker(workerURL, { type: 'module' });
  const next = (type) =>
    new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }) => {
        if (data.type === 'died') reject(new Error(data.cause));
        if (data.type === type) resolve(data);
      };
    });
  await next('listening');
  const module = await WebAssembly.compileStreaming(fetch(new URL('engine/whole.wasm', address)));
  const ready = next('ready');
  worker.postMessage({ type: 'start', module, runtime: new URL('engine/wasm_exec.js', address).href });
  await ready;
  const rates = [];
  for (let i = 0; i <= 5; i++) {
    const reply = next('reply');
    worker.postMessage({ type: 'request', text: JSON.stringify({ Id: i, Type: 'Bench', Count: count }) });
    const { Failure, Bench } = JSON.parse((await reply).text);
    if (Failure) throw new Error(Failure);
    if (i > 0) rates.push((1000 * Bench.Count) / Bench.Milliseconds); // the first one warms up
  }
  worker.terminate();
  return rates;
}
