// Loads a module of src/ in Node, for the parts that need no browser.

import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

/**
 * @template T
 * @param {string} path below src/
 * @returns {Promise<T>}
 */
export async function load(path) {
  const { module } = await runnerImport(fileURLToPath(new URL(`../src/${path}`, import.meta.url)), {
    root: fileURLToPath(new URL('../', import.meta.url)), configFile: false, logLevel: 'error',
  });
  return /** @type {T} */ (module);
}
