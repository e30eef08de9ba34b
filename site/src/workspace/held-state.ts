// Holds the one state of the page, and moves it on by what the engine answers.

import { EngineClient, type Ask, type ClientOptions } from '../engine/client.js';
import type { Reply, State } from '../engine/messages.js';
import { withFragment } from './link.js';
import { initialState, withSession, type WorkspaceState } from './state.js';

export type EngineOptions = Pick<ClientOptions, 'moduleURL' | 'wholeURL' | 'runtimeURL' | 'workerURL'>;

export interface HeldStateOptions extends EngineOptions {
  /** Whether the page's address belongs to this workspace: its fragment is read and written, and work is kept. */
  readonly ownsAddress: boolean;
  /** A session has arrived; those who show it are told afterwards. */
  readonly onSession: () => void;
  readonly onChange: () => void;
}

export class HeldState {
  readonly client: EngineClient;
  readonly ownsAddress: boolean;
  readonly #options: HeldStateOptions;
  #state: WorkspaceState = initialState;
  #serial = 0;

  constructor(options: HeldStateOptions) {
    this.#options = options;
    this.ownsAddress = options.ownsAddress;
    this.client = new EngineClient({
      ...options,
      onProgress: (progress) => this.set({ progress }),
      onWaiting: (waiting) => this.set({ waiting }),
      onReplayed: (session) => this.#arrived(withSession(this.#state, session)),
    });
  }

  get state(): WorkspaceState {
    return this.#state;
  }

  /** A number for Reveal and Mend that was not given yet. */
  nextSerial(): number {
    return ++this.#serial;
  }

  set(change: Partial<WorkspaceState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange();
  }

  /** Begins anew with the state of another document. */
  begin(state: WorkspaceState): void {
    this.#arrived(state);
  }

  /** Goes on with the session as it is after a change. */
  moveOn(session: State): void {
    this.#arrived(withSession(this.#state, session));
    // The address no longer says what is on the page.
    if (this.ownsAddress && location.hash) history.replaceState(history.state, '', withFragment(location.href, ''));
  }

  /** Asks the engine; null when it could not answer, which the person is told. */
  async ask(ask: Ask, send: () => Promise<Reply | null> = () => this.client.send(ask)): Promise<Reply | null> {
    try {
      return await send();
    } catch (cause) {
      this.set({ notice: { kind: 'error', text: reason(cause) } });
      return null;
    }
  }

  /** Asks what is of use only until it is asked again; null when it was. */
  latest(ask: Ask & { Type: 'Parse' | 'Format' }): Promise<Reply | null> {
    return this.ask(ask, () => this.client.latest(ask));
  }

  /** Asks what may change the session. */
  async change(ask: Ask): Promise<Reply | null> {
    const reply = await this.ask(ask);
    if (reply?.State) this.moveOn(reply.State);
    return reply;
  }

  #arrived(state: WorkspaceState): void {
    this.#state = state;
    this.#options.onSession();
    this.#options.onChange();
  }
}

/** Why something failed, in words. */
export function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
