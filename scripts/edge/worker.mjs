// The playground's Worker under workerd on this machine, and a Worker that does nothing to measure it by.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Log, LogLevel, Miniflare } from 'miniflare';

const top = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const compatibilityDate = '2026-04-01';

/** Starts the Worker on a loopback port, 0 for any. Resolves once workerd listens. */
export function playground({ port = 0, bootstrap = '' } = {}) {
  return started({
    port,
    name: 'playground',
    modulesRoot: top('wasm/edge'),
    modules: [
      { type: 'ESModule', path: top('wasm/edge/entry.mjs') },
      { type: 'ESModule', path: top('wasm/edge/build/worker.mjs') },
      { type: 'ESModule', path: top('wasm/edge/build/runtime.mjs') },
      { type: 'ESModule', path: top('wasm/edge/build/wasm_exec.js') },
      { type: 'CompiledWasm', path: top('wasm/edge/build/app.wasm') },
    ],
    bindings: { BOOTSTRAP: bootstrap, CSP: directives(readFileSync(top('site/csp.txt'), 'utf8')) },
    durableObjects: { WORLD: { className: 'World' } },
    assets: {
      workerName: 'playground',
      directory: top('site/dist'),
      binding: 'ASSETS',
      routerConfig: { invoke_user_worker_ahead_of_assets: true, has_user_worker: true },
      assetConfig: { html_handling: 'none', not_found_handling: 'none' },
    },
  });
}

/** Starts a Worker that reads a request and answers a text. */
export function bare() {
  const script = 'export default { async fetch(request) { await request.text(); return new Response("ok"); } };';
  return started({ name: 'bare', modules: true, script });
}

async function started(options) {
  const log = new Log(LogLevel.ERROR);
  // cf: false asks no host for what this machine's place in the world is.
  const worker = new Miniflare({ host: '127.0.0.1', compatibilityDate, cf: false, log, telemetry: { enabled: false }, ...options });
  return { address: (await worker.ready).origin, close: () => worker.dispose() };
}

/** One header line of a policy that is written over several lines, with "#" comments. */
function directives(text) {
  const parts = text.replace(/#.*$/gm, '').split(';');
  return parts.map((part) => part.trim().replace(/\s+/g, ' ')).filter((part) => part !== '').join('; ');
}
