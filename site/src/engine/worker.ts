// Runs the engine: takes the compiled module from the page, starts it and passes texts through. The Go program
// registers globalThis.kmsPlayground and stays alive.

interface GoRuntime {
  readonly importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
}

interface Scope {
  Go: new () => GoRuntime;
  /** Where Go's runtime writes what it says before it ends. */
  fs?: { writeSync(fd: number, bytes: Uint8Array): number };
  kmsPlayground?: { handle(request: string): string | undefined; progress?: (done: number, total: number) => void };
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

export type ToWorker =
  | { type: 'start'; module: WebAssembly.Module; runtime: string }
  | { type: 'request'; text: string };

export type FromWorker = { type: 'listening' } | { type: 'ready' } | { type: 'count'; done: number; total: number } | { type: 'reply'; text: string } | { type: 'died'; cause: string };

// Go ends the program then; see scripts/slim for how much there is.
let outOfMemory = false;

const scope = globalThis as unknown as Scope;

async function start(module: WebAssembly.Module, runtime: string): Promise<void> {
  if (runtime) await import(/* @vite-ignore */ runtime); // else it came with this script
  listen();
  const go = new scope.Go();
  const instance = await WebAssembly.instantiate(module, go.importObject);
  // run resolves only when the program ends, which it does not do by itself.
  void go.run(instance).then(
    () => died(outOfMemory ? 'memory' : 'ended'),
    (cause: unknown) => died(String(cause)),
  );
  for (let waited = 0; !scope.kmsPlayground; waited++) {
    if (waited > 500) throw new Error('unregistered');
    await new Promise((done) => setTimeout(done, 10));
  }
  scope.kmsPlayground.progress = count;
  scope.postMessage({ type: 'ready' });
}

// Milliseconds between what a long request tells.
const countEvery = 50;
let counted = 0;

function count(done: number, total: number): void {
  if (Date.now() - counted < countEvery && done < total) return;
  counted = Date.now();
  scope.postMessage({ type: 'count', done, total });
}

function listen(): void {
  const { fs } = scope;
  if (!fs) return;
  const write = fs.writeSync;
  fs.writeSync = (fd, bytes) => {
    outOfMemory ||= new TextDecoder().decode(bytes).includes('out of memory');
    return write.call(fs, fd, bytes);
  };
}

function died(cause: string): void {
  scope.postMessage({ type: 'died', cause });
}

scope.addEventListener('message', ({ data }) => {
  if (data.type === 'start') {
    start(data.module, data.runtime).catch((cause: unknown) => died(cause instanceof Error && cause.message === 'unregistered' ? cause.message : String(cause)));
    return;
  }
  try {
    const text = scope.kmsPlayground!.handle(data.text);
    if (text !== undefined) scope.postMessage({ type: 'reply', text }); // a program that has ended answers nothing
  } catch (cause) {
    died(String(cause));
  }
});

scope.postMessage({ type: 'listening' });
