// Runs the engine: takes the compiled module from the page, starts it and passes texts through. The Go program
// registers globalThis.kmsPlayground and stays alive.

interface GoRuntime {
  readonly importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
}

interface Scope {
  Go: new () => GoRuntime;
  kmsPlayground?: { handle(request: string): string };
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

export type ToWorker =
  | { type: 'start'; module: WebAssembly.Module; runtime: string }
  | { type: 'request'; text: string };

export type FromWorker = { type: 'listening' } | { type: 'ready' } | { type: 'reply'; text: string } | { type: 'died'; cause: string };

const scope = globalThis as unknown as Scope;

async function start(module: WebAssembly.Module, runtime: string): Promise<void> {
  await import(/* @vite-ignore */ runtime);
  const go = new scope.Go();
  const instance = await WebAssembly.instantiate(module, go.importObject);
  // run resolves only when the program ends, which it does not do by itself.
  void go.run(instance).then(
    () => died('ended'),
    (cause: unknown) => died(String(cause)),
  );
  for (let waited = 0; !scope.kmsPlayground; waited++) {
    if (waited > 500) throw new Error('unregistered');
    await new Promise((done) => setTimeout(done, 10));
  }
  scope.postMessage({ type: 'ready' });
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
    scope.postMessage({ type: 'reply', text: scope.kmsPlayground!.handle(data.text) });
  } catch (cause) {
    died(String(cause));
  }
});

scope.postMessage({ type: 'listening' });
