// What is typed into policies: checked, and put into force, once typing rests.

import type { PolicyView } from '../engine/messages.js';
import type { HeldState } from './held-state.js';
import { editor, editorText, selectedPolicy } from './state.js';

/** Milliseconds of rest in typing after which a text is checked, and after which it is put into force. */
const checkAfter = 150;
const applyAfter = 500;

export class Typing {
  readonly #held: HeldState;
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  #applyTimer: ReturnType<typeof setTimeout> | undefined;
  #applying: Promise<void> = Promise.resolve();

  constructor(held: HeldState) {
    this.#held = held;
  }

  /** Takes what was typed into a policy. It is checked and put into force once typing rests. */
  type(policy: string, text: string): void {
    this.#held.set({ typed: { ...this.#held.state.typed, [policy]: text } });
    this.rest();
    this.#checkTimer = setTimeout(() => void this.#check(policy), checkAfter);
    this.#applyTimer = setTimeout(() => void this.flush(), applyAfter);
  }

  /** Does nothing more by itself with what was typed. */
  rest(): void {
    clearTimeout(this.#checkTimer);
    clearTimeout(this.#applyTimer);
  }

  /** Puts everything that was typed into force, or learns why AWS refuses it. */
  flush(): Promise<void> {
    clearTimeout(this.#applyTimer);
    this.#applying = this.#applying.then(async () => {
      for (const policy of Object.keys(this.#held.state.typed)) await this.#apply(policy);
    });
    return this.#applying;
  }

  async format(): Promise<void> {
    const policy = selectedPolicy(this.#held.state);
    if (!policy || policy.ReadOnly) return;
    const text = editorText(this.#held.state, policy);
    const reply = await this.#held.latest({ Type: 'Format', Text: text, Kind: policy.Kind });
    if (reply?.Text && editorText(this.#held.state, policy) === text && reply.Text !== text) this.type(policy.ID, reply.Text);
  }

  /** Drops a refused draft: the editor shows the policy in force again. */
  revert(id: string): void {
    const policy = this.#policy(id);
    if (policy) this.type(id, policy.Text);
  }

  #policy(id: string): PolicyView | undefined {
    return this.#held.state.session?.Policies.find((p) => p.ID === id);
  }

  async #check(id: string): Promise<void> {
    const policy = this.#policy(id);
    const text = this.#held.state.typed[id];
    if (!policy || text === undefined) return;
    const reply = await this.#held.latest({ Type: 'Parse', Policy: id, Text: text, Kind: policy.Kind });
    const { typed, remarks } = this.#held.state;
    // Remarks on a text that has changed meanwhile point to wrong places; those on the new text follow.
    if (reply && typed[id] === text) this.#held.set({ remarks: { ...remarks, [id]: reply.Diagnostics } });
  }

  async #apply(id: string): Promise<void> {
    const { state } = this.#held;
    const policy = this.#policy(id);
    const text = state.typed[id];
    if (!policy || text === undefined) return;
    if (text === (policy.Refused ? policy.Draft : policy.Text)) return this.#settle(id, text, state.refusals[id] ?? '');
    const reply = await this.#held.change({ Type: 'Edit', Policy: id, Text: text, As: editor(state, policy) });
    if (!reply) return;
    const error = reply.Answer?.Error;
    this.#settle(id, text, reply.Applied || !error ? '' : `${error.Code}: ${error.Message}`);
    if (reply.Diagnostics) this.#held.set({ remarks: { ...this.#held.state.remarks, [id]: reply.Diagnostics } });
  }

  // The engine has the text now; what was typed meanwhile stays typed.
  #settle(id: string, text: string, refusal: string): void {
    const { typed, refusals } = this.#held.state;
    const { [id]: current, ...rest } = typed;
    this.#held.set({ typed: current === text ? rest : typed, refusals: { ...refusals, [id]: refusal } });
  }
}
