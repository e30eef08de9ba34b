// The real engine in Node, for tests that need no browser.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const at = (/** @type {string} */ name) => fileURLToPath(new URL(`../public/engine/${name}`, import.meta.url));

/**
 * @param {'first' | 'whole'} [which]
 * @returns {Promise<(request: object) => any>}
 */
export async function startEngine(which = 'whole') {
  const scope = /** @type {any} */ (globalThis);
  createRequire(import.meta.url)(at('wasm_exec.js'));
  const go = new scope.Go();
  const { instance } = await WebAssembly.instantiate(readFileSync(at(`${which}.wasm`)), go.importObject);
  void go.run(instance);
  for (let i = 0; i < 500 && !scope.kmsPlayground; i++) await new Promise((done) => setTimeout(done, 10));
  let id = 0;
  return (request) => JSON.parse(scope.kmsPlayground.handle(JSON.stringify({ Id: ++id, ...request })));
}
