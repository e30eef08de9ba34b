// Which earlier text the one in the editor is compared with, and that text.

import type { Baseline, PolicyView } from '../engine/messages.js';
import type { Difference } from './compare.js';

/** What a text can be compared with: nothing, the policy in force, or the policy at an earlier moment. */
export type Moment = '' | 'InForce' | Exclude<Baseline, ''>;

type Compare = typeof import('./compare.js');

/** The comparison as it stands, for drawing. */
export interface Compared {
  readonly moment: Moment;
  /** Null while it is asked for, and when there was no such policy. */
  readonly original: string | null;
  readonly missing: boolean;
}

export class Comparing {
  readonly #earlier: (policy: string, baseline: Baseline) => Promise<string | null>;
  readonly #changed: () => void;
  #compare: Compare | undefined;
  #for: readonly unknown[] = [];
  state: Compared = { moment: '', original: null, missing: false };

  /** earlier tells the text of a policy at a moment; changed is called when there is something new to draw. */
  constructor(earlier: (policy: string, baseline: Baseline) => Promise<string | null>, changed: () => void) {
    this.#earlier = earlier;
    this.#changed = changed;
  }

  choose(moment: Moment): void {
    this.state = { moment, original: null, missing: false };
    this.#changed();
  }

  /** Finds the other text when it may have become another; the policy's text in force and the session say so. */
  async follow(policy: PolicyView, session: unknown): Promise<void> {
    const { moment } = this.state;
    const current = [moment, policy.ID, moment === 'InForce' ? policy.Text : session];
    if (current.every((value, i) => value === this.#for[i])) return;
    const another = this.#for[1] !== policy.ID;
    this.#for = current;
    if (moment === '') return;
    if (another && this.state.original !== null) this.choose(moment);
    this.#compare ??= await import('./compare.js');
    const original = moment === 'InForce' ? policy.Text : await this.#earlier(policy.ID, moment);
    if (this.#for !== current) return;
    this.state = { moment, original, missing: original === null };
    this.#changed();
  }

  /** What the editor shows beside its text. */
  extension() {
    return this.#compare && this.state.original !== null ? this.#compare.comparison(this.state.original) : [];
  }

  differences(content: string): readonly Difference[] {
    return this.#compare && this.state.original !== null ? this.#compare.differences(this.state.original, content) : [];
  }
}
