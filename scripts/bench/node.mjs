// The engine's WASM in Node.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { median } from './table.mjs';

let started;

/** The engine in folder dir, started once: a function that sends a request and returns the reply. */
function engine(dir) {
  started ??= start(dir);
  return started;
}

async function start(dir) {
  await import(pathToFileURL(resolve(dir, 'wasm_exec.js')).href);
  const go = new globalThis.Go();
  const { instance } = await WebAssembly.instantiate(await readFile(resolve(dir, 'whole.wasm')), go.importObject);
  void go.run(instance); // ends with this process
  return (request) => {
    const reply = JSON.parse(globalThis.kmsPlayground.handle(JSON.stringify({ Id: 0, ...request })));
    if (reply.Failure) throw new Error(reply.Failure);
    return reply;
  };
}

/** Milliseconds of a CreateKey with all that the page is told about it, for a key spec; the median of seven. */
export async function keyInNode(dir, spec) {
  const send = await engine(dir);
  const took = [];
  for (let i = 0; i < 7; i++) {
    send({ Type: 'Open', Document: `---\nseed: ${spec} ${i}\n---\n` });
    const input = { KeySpec: spec, KeyUsage: 'SIGN_VERIFY' };
    const began = performance.now();
    const reply = send({ Type: 'Call', Call: { As: '111122223333:root', Service: 'kms', Operation: 'CreateKey', Input: input } });
    took.push(performance.now() - began);
    if (!JSON.stringify(reply).includes(spec)) throw new Error(`no key of ${spec}: ${JSON.stringify(reply)}`);
  }
  return median(took);
}

/** Decisions per second of the engine in folder dir; the median of five. */
export async function decisionsInNode(dir, count) {
  const send = await engine(dir);
  const rates = [];
  for (let i = 0; i <= 5; i++) {
    const reply = send({ Type: 'Bench', Count: count });
    if (i > 0) rates.push((1000 * reply.Bench.Count) / reply.Bench.Milliseconds); // the first one warms up
  }
  return median(rates);
}
