// The engine's WASM in Node.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { median } from './table.mjs';

/** Decisions per second of the engine in folder dir; the median of five. */
export async function decisionsInNode(dir, count) {
  await import(pathToFileURL(resolve(dir, 'wasm_exec.js')).href);
  const go = new globalThis.Go();
  const { instance } = await WebAssembly.instantiate(await readFile(resolve(dir, 'whole.wasm')), go.importObject);
  void go.run(instance); // ends with this process
  const rates = [];
  for (let i = 0; i <= 5; i++) {
    const reply = JSON.parse(globalThis.kmsPlayground.handle(JSON.stringify({ Id: i, Type: 'Bench', Count: count })));
    if (reply.Failure) throw new Error(reply.Failure);
    if (i > 0) rates.push((1000 * reply.Bench.Count) / reply.Bench.Milliseconds); // the first one warms up
  }
  return median(rates);
}
