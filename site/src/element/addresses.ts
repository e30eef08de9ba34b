// Where the engine lies, beside the page or the script that brought it. The version in the address changes with the content.

import workerURL from '../engine/worker.ts?worker&url';

declare const __ENGINE_VERSION__: string;
declare const __SINGLE__: boolean;

/** Whether this is the page in one file, which holds its engine. */
export const isSingle = __SINGLE__;

/** Absolute addresses, from that of the folder of the site; empty for the page's own. */
export function engineAddresses(base: string): { moduleURL: string; wholeURL: string; runtimeURL: string; workerURL: string } {
  if (isSingle) return { moduleURL: '#kms-engine', wholeURL: '', runtimeURL: '', workerURL: '#kms-worker' };
  const at = (path: string) => new URL(import.meta.env.BASE_URL + path, base || document.baseURI).href;
  return {
    moduleURL: at(`engine/first.wasm?v=${__ENGINE_VERSION__}`),
    wholeURL: at(`engine/whole.wasm?v=${__ENGINE_VERSION__}`),
    runtimeURL: at(`engine/wasm_exec.js?v=${__ENGINE_VERSION__}`),
    workerURL: new URL(workerURL, base || document.baseURI).href,
  };
}
