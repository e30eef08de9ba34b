// The page's side of the engine: one worker at a time, requests by id, each with a time limit. A worker that is late
// or dead is replaced by one started from the module that is already compiled, and the session is replayed in it.

import { text } from '../text/text.js';
import { compile, type Progress } from './load.js';
import type { Reply, Request, RequestType, State } from './messages.js';
import type { FromWorker, ToWorker } from './worker.js';
import { createWorker } from './create-worker.js';

export type Ask = { Type: Exclude<RequestType, 'Hello'> } & Partial<Omit<Request, 'Id' | 'Type'>>;

export interface ClientOptions {
  /** Absolute addresses of the module and of Go's wasm_exec.js. */
  readonly moduleURL: string;
  readonly runtimeURL: string;
  readonly workerURL: string;
  readonly onProgress: (progress: Progress) => void;
  /** The session was replayed after a restart. */
  readonly onReplayed: (state: State) => void;
  /** Milliseconds a request may take. */
  readonly timeLimit?: number;
}

/** A request that failed, with its cause in words. */
export class EngineFailure extends Error {}

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (cause: EngineFailure) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

const defaultTimeLimit = 10_000;
// Starting takes longer than answering: the first Hello warms every table of the engine.
const startTimeLimit = 60_000;

export class EngineClient {
  readonly #options: ClientOptions;
  #module: Promise<WebAssembly.Module> | undefined;
  #worker: Worker | undefined;
  #ready: Promise<Reply> | undefined;
  #waiting = new Map<number, Waiting>();
  #newest = new Map<RequestType, number>();
  #nextId = 1;
  #document = '';

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** Loads, starts and warms the engine; the reply carries the Catalogue. */
  start(): Promise<Reply> {
    this.#module ??= compile(this.#options.moduleURL, this.#options.onProgress);
    this.#ready ??= this.#module.then((module) => this.#boot(module));
    return this.#ready;
  }

  /** Sends a request once the engine is warm. It fails with an EngineFailure. */
  async send(ask: Ask): Promise<Reply> {
    await this.start();
    const reply = await this.#post(ask, this.#options.timeLimit ?? defaultTimeLimit);
    if (reply.Failure) throw new EngineFailure(reply.Failure);
    if (reply.State) this.#document = reply.State.Document;
    return reply;
  }

  /** Sends a Parse or Format; null when a later one of the same type has overtaken it. */
  async latest(ask: Ask & { Type: 'Parse' | 'Format' }): Promise<Reply | null> {
    const turn = (this.#newest.get(ask.Type) ?? 0) + 1;
    this.#newest.set(ask.Type, turn);
    const reply = await this.send(ask);
    return this.#newest.get(ask.Type) === turn ? reply : null;
  }

  close(): void {
    this.#stop(new EngineFailure(text().engine.closed));
  }

  async #boot(module: WebAssembly.Module): Promise<Reply> {
    const worker = await createWorker(this.#options.workerURL);
    this.#worker = worker;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new EngineFailure(text().engine.notInTime)), startTimeLimit);
      worker.onerror = (event) => reject(new EngineFailure(text().engine.notStarted(event.message || text().engine.workerRefused)));
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.type === 'listening') return;
        clearTimeout(timer);
        if (data.type === 'ready') resolve();
        else reject(new EngineFailure(text().engine.notStarted('cause' in data ? causeOf(data.cause) : data.type)));
      };
      worker.postMessage({ type: 'start', module, runtime: this.#options.runtimeURL } satisfies ToWorker);
    });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    worker.onerror = (event) => this.#restart(text().engine.stopped(event.message));
    return this.#post({ Type: 'Hello' }, startTimeLimit);
  }

  #post(ask: Ask | { Type: 'Hello' }, limit: number): Promise<Reply> {
    const Id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const late = () =>
        this.#restart(text().engine.late(ask.Type, limit / 1000));
      this.#waiting.set(Id, { resolve, reject, timer: setTimeout(late, limit) });
      this.#worker?.postMessage({ type: 'request', text: JSON.stringify({ ...ask, Id }) } satisfies ToWorker);
    });
  }

  #receive(message: FromWorker): void {
    if (message.type === 'died') {
      this.#restart(text().engine.stopped(causeOf(message.cause)));
      return;
    }
    if (message.type !== 'reply') return;
    const reply = JSON.parse(message.text) as Reply;
    const waiting = this.#waiting.get(reply.Id);
    if (!waiting) return;
    this.#waiting.delete(reply.Id);
    clearTimeout(waiting.timer);
    waiting.resolve(reply);
  }

  #restart(cause: string): void {
    this.#stop(new EngineFailure(cause));
    const document = this.#document;
    this.#document = ''; // a session that stops the engine again is not replayed for ever
    const ready = this.#module!.then(async (module) => {
      const hello = await this.#boot(module);
      if (document) {
        const opened = await this.#post({ Type: 'Open', Document: document }, this.#options.timeLimit ?? defaultTimeLimit);
        if (opened.State) {
          this.#document = opened.State.Document;
          this.#options.onReplayed(opened.State);
        }
      }
      return hello;
    });
    this.#ready = ready;
    ready.catch(() => {
      if (this.#ready === ready) this.#ready = undefined;
    });
  }

  #stop(cause: EngineFailure): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject, timer } of waiting) {
      clearTimeout(timer);
      reject(cause);
    }
  }
}

/** What the worker says of its end: a word that the page knows, or what the browser said. */
function causeOf(cause: string): string {
  const known: Readonly<Record<string, string>> = text().engine.causes;
  return known[cause] ?? cause;
}
