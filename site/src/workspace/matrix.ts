// What a matrix asks of the engine: about the text in the editor, as soon as it is typed, and never twice at a time.

import type { PolicyText } from '../engine/messages.js';
import { editor, editorText, type WorkspaceState } from './state.js';

/** The text in an editor that is not in force: the one on show, else one that was typed and left. Null for none. */
export function onTrial(state: WorkspaceState): PolicyText | null {
  for (const id of [state.policy, ...Object.keys(state.typed)]) {
    const policy = state.session?.Policies.find((p) => p.ID === id);
    if (!policy || policy.ReadOnly) continue;
    const text = editorText(state, policy);
    if (text !== policy.Text) return { Policy: id, Text: text, As: editor(state, policy) };
  }
  return null;
}

/** Asks one question at a time; of those that come meanwhile only the newest is asked. Answers arrive in order. */
export class Latest<Question, Answer> {
  readonly #ask: (question: Question) => Promise<Answer | null>;
  readonly #show: (question: Question, answer: Answer) => void;
  #next: { readonly question: Question } | undefined;
  #busy = false;

  constructor(ask: (question: Question) => Promise<Answer | null>, show: (question: Question, answer: Answer) => void) {
    this.#ask = ask;
    this.#show = show;
  }

  want(question: Question): void {
    this.#next = { question };
    if (!this.#busy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#next) {
        const { question } = this.#next;
        this.#next = undefined;
        const answer = await this.#ask(question);
        if (answer !== null) this.#show(question, answer);
      }
    } finally {
      this.#busy = false;
    }
  }
}
