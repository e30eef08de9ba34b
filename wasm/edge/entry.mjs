// The Worker: the site and its stateless routes go to a Go program that lives for the request, AWS clients to a Durable
// Object that holds one for all of them, with the world in it.

import './build/wasm_exec.js';
import { createRuntimeContext, loadModule } from './build/runtime.mjs';
import front from './build/worker.mjs';

// More than any operation takes, in bytes. The engine refuses what is longer; it need not be read to its end.
const longest = 1 << 20;

export default {
  fetch(request, env, context) {
    if (!isAWS(request)) return front.fetch(request, env, context);
    return env.WORLD.get(env.WORLD.idFromName('world')).fetch(request);
  },
};

/** Whether a request speaks an AWS protocol; the engine's wire.IsRequest says the same in Go. */
function isAWS(request) {
  const { pathname, searchParams } = new URL(request.url);
  return (
    pathname === '/' &&
    (request.method === 'POST' ||
      request.headers.has('X-Amz-Target') ||
      request.headers.has('Authorization') ||
      searchParams.has('Action') ||
      searchParams.has('X-Amz-Algorithm'))
  );
}

/** Holds one Go program with one world in memory: what evicts the object ends the world. */
export class World {
  #object = {};

  constructor(context, env) {
    context.blockConcurrencyWhile(async () => {
      const module = await loadModule();
      const go = new globalThis.Go();
      const instance = new WebAssembly.Instance(module, { ...go.importObject, workers: { ready() {} } });
      const ended = go.run(instance, { ...createRuntimeContext({ env, ctx: context, binding: {} }), world: this.#object });
      // An engine that ended, for want of memory say, answers nothing any more: the next request finds a new object.
      void ended.finally(() => context.abort('the engine ended'));
    });
  }

  async fetch(request) {
    const body = await read(request);
    const head = { Method: request.method, URL: request.url, Header: [...request.headers] };
    const answer = this.#object.answer(JSON.stringify(head), body);
    const { Status, Header } = JSON.parse(answer.head);
    return new Response(answer.body, { status: Status, headers: Header });
  }
}

/** A request's body, or as much of it as shows that it is too long. */
async function read(request) {
  if (request.body === null) return new Uint8Array();
  const chunks = [];
  let length = 0;
  for await (const chunk of request.body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longest) break;
  }
  const all = new Uint8Array(length);
  for (let at = 0, i = 0; i < chunks.length; at += chunks[i++].length) all.set(chunks[i], at);
  return all;
}
