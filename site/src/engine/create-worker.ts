// A worker from its address where that is allowed, else (a sandboxed frame has no origin of its own) from a blob that
// imports the same address with CORS.

import { held, isHeld } from './held.js';
import { text } from '../text/text.js';
import type { FromWorker } from './worker.js';

// Workers start from the page's own server or from a blob of the page, and from nothing else.
const policy = window.trustedTypes?.createPolicy('kms-worker', {
  createScriptURL: (url) => {
    if (!url.startsWith('blob:') && new URL(url).origin !== new URL(document.baseURI).origin) throw new TypeError(text().engine.notOurs(url));
    return url;
  },
});
const trusted = (url: string) => (policy?.createScriptURL(url) ?? url) as string;

/** Starts the worker at an absolute address, or the one that the page holds. */
export async function createWorker(url: string): Promise<Worker> {
  if (isHeld(url)) return blobWorker(held(url));
  try {
    return await started(new Worker(trusted(url), { type: 'module' }));
  } catch {
    // A failed import is told as a message: the error event of a worker does not carry it.
    const script = `import(${JSON.stringify(url)}).catch((cause) => postMessage({ type: 'died', cause: String(cause) }));`;
    return blobWorker(script);
  }
}

async function blobWorker(script: string): Promise<Worker> {
  const bootstrap = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  try {
    return await started(new Worker(trusted(bootstrap)));
  } finally {
    URL.revokeObjectURL(bootstrap);
  }
}

// A refused worker either throws at once or fires an error; one that works says that it listens.
function started(worker: Worker): Promise<Worker> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'died') reject(new Error(data.cause));
      else resolve(worker);
    };
    worker.onerror = (event) => {
      worker.terminate();
      reject(new Error(event.message || text().engine.browserRefused));
    };
  });
}
