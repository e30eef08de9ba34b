// Requests that are sent, and whose decisions are put on show. What was typed into policies is put into force first.

import type { Ask } from '../engine/client.js';
import type { AdviceView, Answer, Call, HTTPRequest, HTTPResponse, StepView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { toCall, unsendable } from './form.js';
import type { HeldState } from './held-state.js';
import { formOperation, withDecidingKey, withRequest } from './selection.js';
import { onShow, type Shown } from './state.js';
import type { Typing } from './typing.js';

/** What goes back, forward or aside on the time line, or pins. */
export type Travel = Ask & { Type: 'Undo' | 'Redo' | 'Step' | 'Switch' | 'Pin' | 'Unpin' };

export class Requests {
  readonly #held: HeldState;
  readonly #typing: Typing;
  #shows = 0; // how often a past request was chosen

  constructor(held: HeldState, typing: Typing) {
    this.#held = held;
    this.#typing = typing;
  }

  /** Sends the form. A field that stands for nothing is shown instead. */
  async send(): Promise<void> {
    const { state } = this.#held;
    const operation = formOperation(state);
    if (!operation || state.sending || state.phase !== 'ready') return;
    const field = unsendable(state.form, operation);
    if (field) return this.#held.set({ mend: { field, serial: this.#held.nextSerial() }, pane: 'request' });
    this.#held.set({ sending: true, notice: null });
    await this.#typing.flush();
    await this.#call(toCall(this.#held.state.form, operation));
    this.#held.set({ sending: false });
  }

  async call(call: Call): Promise<Answer | null> {
    await this.#typing.flush();
    return this.#call(call);
  }

  async #call(call: Partial<Call>): Promise<Answer | null> {
    const reply = await this.#held.change({ Type: 'Call', Call: call as Call });
    if (!reply?.Answer) return null;
    this.#held.set({ shown: { index: reply.Index, answer: reply.Answer } });
    return reply.Answer;
  }

  /** Runs AWS CLI and shell text as somebody; the decision of its last call is put on show. Null when it could not run. */
  async run(as: string, command: string): Promise<StepView | null> {
    await this.#typing.flush();
    const step = (await this.#held.change({ Type: 'Command', As: as, Command: command }))?.Step ?? null;
    const index = step?.Calls.at(-1);
    const answer = index === undefined ? null : await this.#answer(index);
    if (index !== undefined && answer) this.#held.set({ shown: { index, answer } });
    return step;
  }

  /** Answers a client of AWS; that it cannot be answered is the client's to tell. */
  async http(request: HTTPRequest): Promise<HTTPResponse> {
    await this.#typing.flush();
    const reply = await this.#held.client.send({ Type: 'HTTP', HTTP: request });
    if (reply.State) this.#held.moveOn(reply.State);
    if (reply.Answer) this.#held.set({ shown: { index: reply.Index, answer: reply.Answer } });
    return reply.HTTP!;
  }

  async suggest(index: number): Promise<AdviceView | null> {
    return (await this.#held.ask({ Type: 'Suggest', Index: index }))?.Advice ?? null;
  }

  /** Performs a suggestion; where it sends the request another way, that answer is put on show. */
  async applySuggestion(index: number, title: string): Promise<void> {
    await this.#typing.flush();
    const reply = await this.#held.change({ Type: 'Apply', Index: index, Text: title });
    if (!reply) return;
    if (reply.Answer) this.#held.set({ shown: { index: reply.Index, answer: reply.Answer }, pane: 'decision' });
    this.#held.set({ notice: { kind: 'info', text: text().workspace.applied(said(title)) } });
  }

  /**
   * Shows the decision of a past request and puts the form into its state. Whoever chose another request, or went to a line
   * of a policy before the answer came, stays there.
   */
  async show(index: number): Promise<void> {
    const { reveal } = this.#held.state;
    const asked = (this.#shows += 1);
    const reply = await this.#held.ask({ Type: 'Answer', Index: index });
    if (!reply?.Answer || asked !== this.#shows) return;
    const shown = { index, answer: reply.Answer };
    const { state } = this.#held;
    if (state.reveal !== reveal) return this.#held.set({ shown });
    const request = state.session?.Requests.find((r) => r.Index === index);
    if (request) this.#held.set(withRequest(state, request, reply.Call));
    this.present(shown);
  }

  /** Puts an answer on show, and selects the key that it is about. */
  present(shown: Shown): void {
    this.#held.set({ ...withDecidingKey(this.#held.state, shown.answer), shown, pane: 'decision' });
  }

  /** A part of what a past request answered, where that is text: bytes are in Base64. */
  async output(index: number, name: string): Promise<string | null> {
    const output = (await this.#answer(index))?.Output as Record<string, unknown> | null | undefined;
    const part = output?.[name];
    return typeof part === 'string' ? part : null;
  }

  async #answer(index: number): Promise<Answer | null> {
    return (await this.#held.ask({ Type: 'Answer', Index: index }))?.Answer ?? null;
  }

  async wait(seconds: number): Promise<void> {
    await this.#typing.flush();
    await this.#held.change({ Type: 'Wait', Seconds: seconds });
  }

  /** Travels; a decision that is not on the time line any more is put away. */
  async travel(ask: Travel): Promise<void> {
    await this.#typing.flush();
    const before = onShow(this.#held.state);
    await this.#held.change(ask);
    if (before === '' || onShow(this.#held.state) !== before) this.#held.set({ shown: null });
  }
}
