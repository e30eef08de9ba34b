// A worker from its address where that is allowed, else (a sandboxed frame has no origin of its own) from a blob that
// imports the same address with CORS.

import type { FromWorker } from './worker.js';

/** Starts the worker at an absolute address. */
export async function createWorker(url: string): Promise<Worker> {
  try {
    return await started(new Worker(url, { type: 'module' }));
  } catch {
    // A failed import is told as a message: the error event of a worker does not carry it.
    const script = `import(${JSON.stringify(url)}).catch((cause) => postMessage({ type: 'died', cause: String(cause) }));`;
    const bootstrap = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    try {
      return await started(new Worker(bootstrap));
    } finally {
      URL.revokeObjectURL(bootstrap);
    }
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
      reject(new Error(event.message || 'the browser refused to start the engine\'s worker'));
    };
  });
}
