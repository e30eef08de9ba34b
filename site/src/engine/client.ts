// The page's side of the engine: one engine is in charge, and answers one request after the other. The first to be
// loaded decides; what it lacks is in the whole one, which is loaded when it is asked for or when the page has nothing
// else to do, goes on with the session and takes over. An engine that is late or dead is replaced by one started from
// the module that is already compiled.

import { said, text } from '../text/text.js';
import { whenIdle } from './idle.js';
import { compile, type Progress } from './load.js';
import type { Reply, RequestType, State } from './messages.js';
import { EngineFailure, RunningEngine, type Ask as AnyAsk } from './running.js';
import { sharedAnew } from './sharing.js';

export { EngineFailure } from './running.js';
export type Ask = AnyAsk & { Type: Exclude<RequestType, 'Hello'> };

export interface ClientOptions {
  /** Absolute addresses of the module that is loaded first and of Go's wasm_exec.js. */
  readonly moduleURL: string;
  readonly runtimeURL: string;
  readonly workerURL: string;
  /** Of the whole engine's module; empty when there is no other than the first. */
  readonly wholeURL: string;
  readonly onProgress: (progress: Progress) => void;
  /** A request waits for the whole engine; null when none does any more. */
  readonly onWaiting: (progress: Progress | null) => void;
  /** The session was replayed after a restart. */
  readonly onReplayed: (state: State) => void;
  /** Milliseconds a request may take. */
  readonly timeLimit?: number;
}

// Milliseconds.
const defaultTimeLimit = 10_000;
const longTimeLimit = 600_000; // for what the person can stop

// What changes the session keeps its place while it waits for the whole engine; what only asks lets others go first.
const changing: ReadonlySet<RequestType> = new Set(['Open', 'OpenLink', 'Resume', 'Call', 'Command', 'Edit', 'Wait', 'Undo', 'Redo', 'Step', 'Switch', 'Pin', 'Unpin', 'Apply', 'HTTP']);

// What puts a decision on the screen.
const deciding: ReadonlySet<RequestType> = new Set(['Call', 'Command', 'Answer']);

export class EngineClient {
  readonly #options: ClientOptions;
  #module: Promise<WebAssembly.Module> | undefined;
  #ready: Promise<RunningEngine> | undefined;
  #engine: RunningEngine | undefined;
  #whole: Promise<RunningEngine> | undefined;
  #wholeModule: Promise<WebAssembly.Module> | undefined;
  #wholeProgress: Progress = { loaded: 0, total: 0 };
  #isWhole = false;
  #waiting = 0;
  #preparing = false;
  #turn: Promise<unknown> = Promise.resolve();
  #session: State | null = null;
  #newest = new Map<RequestType, number>();
  #closed = false;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** Loads, starts and warms the engine; the reply carries the Catalogue. */
  async start(): Promise<Reply> {
    return (await this.#start()).hello;
  }

  /** Sends a request once the engine is warm. It fails with an EngineFailure. */
  async send(ask: Ask): Promise<Reply> {
    let reply = await this.#inTurn(async () => {
      const reply = await this.#answer(ask);
      return reply.NeedsWhole && changing.has(ask.Type) ? this.#answerWhole(ask) : reply;
    });
    if (reply.NeedsWhole) {
      await this.#awaited();
      reply = await this.#inTurn(() => this.#answerWhole(ask));
    }
    if (reply.Failure) throw new EngineFailure(said(reply.Failure));
    if (deciding.has(ask.Type)) this.#prepare();
    return reply;
  }

  /** Sends a Parse or Format; null when a later one of the same type has overtaken it. */
  async latest(ask: Ask & { Type: 'Parse' | 'Format' }): Promise<Reply | null> {
    const turn = (this.#newest.get(ask.Type) ?? 0) + 1;
    this.#newest.set(ask.Type, turn);
    const reply = await this.send(ask);
    return this.#newest.get(ask.Type) === turn ? reply : null;
  }

  /** Asks a whole engine of its own, which knows nothing of the session and is stopped by signal. */
  async apart(ask: Ask, signal: AbortSignal, onCount: RunningEngine['onCount']): Promise<Reply> {
    const engine = await RunningEngine.start(await (this.#options.wholeURL ? this.#compileWhole() : this.#module!), this.#options);
    const stop = () => engine.stop(new EngineFailure(text().engine.stoppedByYou));
    engine.onCount = onCount;
    signal.addEventListener('abort', stop);
    try {
      if (signal.aborted) stop();
      const reply = await engine.ask(ask, longTimeLimit);
      if (reply.Failure) throw new EngineFailure(reply.Failure);
      return reply;
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }

  close(): void {
    this.#closed = true;
    const closed = new EngineFailure(text().engine.closed);
    this.#engine?.stop(closed);
    void this.#whole?.then((engine) => engine.stop(closed), () => {});
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  #start(): Promise<RunningEngine> {
    this.#module ??= compile(this.#options.moduleURL, this.#options.onProgress);
    this.#ready ??= this.#module.then(async (module) => this.#putInCharge(await RunningEngine.start(module, this.#options)));
    return this.#ready;
  }

  #putInCharge(engine: RunningEngine): RunningEngine {
    this.#engine = engine;
    engine.onGone = () => this.#restart();
    if (this.#closed) engine.stop(new EngineFailure(text().engine.closed));
    return engine;
  }

  #restart(): void {
    const session = this.#session;
    this.#session = null; // a session that stops the engine again is not replayed for ever
    const ready = this.#module!.then(async (module) => {
      const engine = this.#putInCharge(await RunningEngine.start(module, this.#options));
      const state = session && (await resume(engine, session, this.#limit())).State;
      if (state) this.#options.onReplayed((this.#session = state));
      return engine;
    });
    this.#ready = ready;
    ready.catch(() => {
      if (this.#ready === ready) this.#ready = undefined;
    });
  }

  async #answer(ask: Ask): Promise<Reply> {
    const engine = await this.#start();
    return this.#kept(await engine.ask(ask, this.#limit()));
  }

  #kept(reply: Reply): Reply {
    if (!reply.State) return reply;
    this.#session = sharedAnew(this.#session, reply.State);
    return { ...reply, State: this.#session };
  }

  #limit(): number {
    return this.#options.timeLimit ?? defaultTimeLimit;
  }

  async #answerWhole(ask: Ask): Promise<Reply> {
    await this.#handOver(await this.#awaited(), null);
    const reply = await this.#answer(ask);
    if (reply.NeedsWhole) throw new EngineFailure(text().engine.noWhole);
    return reply;
  }

  // The whole engine, which somebody waits for.
  async #awaited(): Promise<RunningEngine> {
    this.#waiting++;
    try {
      const whole = this.#loadWhole();
      this.#options.onWaiting(this.#wholeProgress);
      return await whole;
    } finally {
      if (--this.#waiting === 0) this.#options.onWaiting(null);
    }
  }

  #compileWhole(): Promise<WebAssembly.Module> {
    if (!this.#options.wholeURL) return Promise.reject(new EngineFailure(text().engine.noWhole));
    this.#wholeModule ??= compile(this.#options.wholeURL, (progress) => {
      this.#wholeProgress = progress;
      if (this.#waiting > 0) this.#options.onWaiting(progress);
    });
    this.#wholeModule.catch(() => (this.#wholeModule = undefined));
    return this.#wholeModule;
  }

  #loadWhole(): Promise<RunningEngine> {
    this.#whole ??= this.#compileWhole().then(async (module) => {
      const engine = await RunningEngine.start(module, this.#options);
      engine.onGone = () => (this.#whole = undefined); // started again when it is asked for again
      return engine;
    });
    this.#whole.catch(() => {
      this.#whole = this.#wholeModule = undefined;
    });
    return this.#whole;
  }

  // In turn: lets the whole engine go on with the session, unless it has that already, and puts it in charge.
  async #handOver(whole: RunningEngine, has: State | null): Promise<void> {
    if (this.#isWhole) return;
    await this.#ready; // one that died is being started anew, and until then there is no session to go on with
    if (this.#session && this.#session !== has) await resume(whole, this.#session, this.#limit());
    const first = this.#engine;
    this.#isWhole = true;
    this.#module = this.#wholeModule;
    this.#ready = Promise.resolve(this.#putInCharge(whole));
    first?.stop(new EngineFailure(text().engine.closed));
  }

  // A decision is on the screen. The whole engine comes while the page has nothing else to do, so that nobody waits for
  // it later.
  #prepare(): void {
    if (this.#preparing || this.#isWhole || !this.#options.wholeURL) return;
    this.#preparing = true;
    whenIdle(() => {
      this.#takeOver().catch(() => {}).finally(() => (this.#preparing = false));
    });
  }

  async #takeOver(): Promise<void> {
    if (this.#closed) return;
    const whole = await this.#loadWhole();
    const session = this.#session;
    if (session && !this.#isWhole) await resume(whole, session, this.#limit());
    await this.#inTurn(() => this.#handOver(whole, session));
  }
}

/** Lets an engine go on with a session, Undo and drafts included. */
async function resume(engine: RunningEngine, { Document, History }: State, limit: number): Promise<Reply> {
  const reply = await engine.ask({ Type: 'Resume', Document, History }, limit);
  if (reply.Failure) throw new EngineFailure(said(reply.Failure));
  return reply;
}
