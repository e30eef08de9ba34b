// Fetches and compiles the engine once, counting bytes on the way.

import { isHeld, unpacked } from './held.js';
import { text } from '../text/text.js';

export interface Progress {
  readonly loaded: number;
  /** 0 when the server does not say. */
  readonly total: number;
}

/** Compiles the module at url. What arrives is counted while it is compiled; nothing is fetched twice. */
export async function compile(url: string, onProgress: (progress: Progress) => void): Promise<WebAssembly.Module> {
  if (isHeld(url)) return WebAssembly.compileStreaming(new Response(unpacked(url), { headers: { 'Content-Type': 'application/wasm' } }));
  const response = await fetch(url);
  if (!response.ok) throw new Error(text().engine.status(url, response.status));
  if (!response.body) return compileBytes(await response.arrayBuffer(), url);
  // A compressed response has the length of the compressed bytes, while the stream yields the others.
  const total = response.headers.has('Content-Encoding') ? 0 : Number(response.headers.get('Content-Length') ?? 0);
  const [counted, compiled] = response.body.tee();
  const head = count(counted, total, onProgress);
  const streamed = new Response(compiled, { headers: { 'Content-Type': 'application/wasm' } });
  const result = await Promise.allSettled([WebAssembly.compileStreaming(streamed), head]);
  if (result[1].status === 'fulfilled') checkMagic(result[1].value, url);
  if (result[0].status === 'rejected') throw new Error(text().engine.notLoaded(String(result[0].reason)));
  return result[0].value;
}

async function count(
  stream: ReadableStream<Uint8Array>, total: number, onProgress: (progress: Progress) => void,
): Promise<Uint8Array> {
  const head = new Uint8Array(4);
  let loaded = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return head;
    if (loaded < head.length) head.set(value.subarray(0, head.length - loaded), loaded);
    loaded += value.length;
    onProgress({ loaded, total });
  }
}

async function compileBytes(bytes: ArrayBuffer, url: string): Promise<WebAssembly.Module> {
  checkMagic(new Uint8Array(bytes.slice(0, 4)), url);
  return WebAssembly.compile(bytes);
}

// "\0asm", with which every WebAssembly module starts.
const magic = [0x00, 0x61, 0x73, 0x6d];

function checkMagic(head: Uint8Array, url: string): void {
  if (magic.every((byte, i) => head[i] === byte)) return;
  throw new Error(text().engine.noModule(url));
}
