// One worker with an engine in it. It answers one request after the other, each within a time limit, until it is late,
// dies or is stopped; then it is gone.

import { text } from '../text/text.js';
import { createWorker } from './create-worker.js';
import type { Reply, Request, RequestType } from './messages.js';
import type { FromWorker, ToWorker } from './worker.js';

/** A request to the engine: its type, and the fields that count for it. */
export type Ask = { Type: RequestType } & Partial<Omit<Request, 'Id' | 'Type'>>;

/** A request that failed, with its cause in words. */
export class EngineFailure extends Error {}

interface Waiting {
  readonly id: number;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (cause: EngineFailure) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

// Starting takes longer than answering: the first Hello warms every table of the engine. Milliseconds.
const startTimeLimit = 60_000;

// UTF-16 units: room for the largest document there may be, twice. A text without end stops here, and not the engine.
const longestRequest = 10_000_000;

export class RunningEngine {
  /** Called once, when the engine is gone by its own fault. */
  onGone: () => void = () => {};
  /** How much of a long request is done. */
  onCount: (done: number, total: number) => void = () => {};
  /** The reply to Hello: it carries the Catalogue. */
  hello!: Reply;
  readonly #worker: Worker;
  #waiting: Waiting | undefined;
  #nextId = 1;
  #gone: EngineFailure | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Starts and warms an engine. */
  static async start(module: WebAssembly.Module, at: { readonly workerURL: string; readonly runtimeURL: string }): Promise<RunningEngine> {
    const words = text().engine;
    const worker = await createWorker(at.workerURL);
    const engine = new RunningEngine(worker);
    await new Promise<void>((resolve, reject) => {
      const failed = (cause: string) => {
        worker.terminate();
        reject(new EngineFailure(cause));
      };
      const timer = setTimeout(() => failed(words.notInTime), startTimeLimit);
      worker.onerror = (event) => failed(words.notStarted(event.message || words.workerRefused));
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.type === 'listening') return;
        clearTimeout(timer);
        if (data.type === 'ready') resolve();
        else failed(words.notStarted('cause' in data ? causeOf(data.cause) : data.type));
      };
      worker.postMessage({ type: 'start', module, runtime: at.runtimeURL } satisfies ToWorker);
    });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => engine.#receive(data);
    worker.onerror = (event) => engine.#fail(text().engine.stopped(event.message));
    engine.hello = await engine.ask({ Type: 'Hello' }, startTimeLimit);
    return engine;
  }

  /** Sends a request once those before it are answered. It fails with an EngineFailure. */
  ask(ask: Ask, limit: number): Promise<Reply> {
    const reply = this.#turn.then(() => this.#post(ask, limit));
    this.#turn = reply.catch(() => {});
    return reply;
  }

  #post(ask: Ask, limit: number): Promise<Reply> {
    if (this.#gone) return Promise.reject(this.#gone);
    const id = this.#nextId++;
    const request = JSON.stringify({ ...ask, Id: id });
    if (request.length > longestRequest) return Promise.reject(new EngineFailure(text().engine.tooLong(ask.Type, longestRequest / 1e6)));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(text().engine.late(ask.Type, limit / 1000)), limit);
      this.#waiting = { id, resolve, reject, timer };
      this.#worker.postMessage({ type: 'request', text: request } satisfies ToWorker);
    });
  }

  /** Ends the worker; a request that it is at fails. */
  stop(cause: EngineFailure): void {
    this.#gone ??= cause;
    this.#worker.terminate();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    clearTimeout(waiting?.timer);
    waiting?.reject(cause);
  }

  #receive(message: FromWorker): void {
    if (message.type === 'died') return this.#fail(text().engine.stopped(causeOf(message.cause)));
    if (message.type === 'count') return this.onCount(message.done, message.total);
    if (message.type !== 'reply') return;
    const reply = JSON.parse(message.text) as Reply;
    const waiting = this.#waiting;
    if (waiting?.id !== reply.Id) return;
    this.#waiting = undefined;
    clearTimeout(waiting.timer);
    waiting.resolve(reply);
  }

  #fail(cause: string): void {
    if (this.#gone) return;
    this.stop(new EngineFailure(cause));
    this.onGone();
  }
}

/** What the worker says of its end: a word that the page knows, or what the browser said. */
function causeOf(cause: string): string {
  const known: Readonly<Record<string, string>> = text().engine.causes;
  return known[cause] ?? cause;
}
