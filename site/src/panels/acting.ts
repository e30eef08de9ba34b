// How panels act: a call to AWS as somebody, what came of it told in place, the focus kept.

import { html, nothing, type TemplateResult } from 'lit';
import type { Answer, Call, Explanation } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { shape } from '../workspace/parts.js';
import type { WorkspaceState } from '../workspace/state.js';
import type { WorkspaceView } from '../workspace/view.js';

/** A call that a button makes. */
export interface Plan {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Without one, KMS. */
  readonly service?: string;
  /** Without one, the world's. */
  readonly region?: string;
  /** PrincipalView.Ref; without one, whom the panel acts as. */
  readonly as?: string;
}

/** Makes a call. The answer when AWS accepted it, else null. */
export type Act = (plan: Plan) => Promise<Answer | null>;

export function callOf(as: string, plan: Plan): Call {
  // What is left out is the engine's to fill in.
  return { As: as, Service: plan.service ?? 'kms', Operation: plan.operation, Input: plan.input, Region: plan.region ?? '' } as Call;
}

interface Outcome {
  readonly operation: string;
  readonly as: string;
  readonly answer: Answer | null;
  readonly index: number;
}

/** What a panel did last. */
export class Acting {
  readonly #host: WorkspaceView;
  readonly #as: (plan: Plan) => string;
  #outcome: Outcome | null = null;

  constructor(host: WorkspaceView, as: (plan: Plan) => string) {
    this.#host = host;
    this.#as = as;
  }

  readonly act: Act = async (plan) => {
    const held = focused();
    const as = plan.as ?? this.#as(plan);
    const answer = await this.#host.workspace?.call(callOf(as, plan)) ?? null;
    this.#outcome = { operation: plan.operation, as, answer, index: this.#host.state.shown?.index ?? -1 };
    this.#host.requestUpdate();
    await this.keepFocus(held);
    return answer?.Error ? null : answer;
  };

  /** Forgets what was told, when the person turns to something else. */
  clear(): void {
    this.#outcome = null;
    this.#host.requestUpdate();
  }

  /** Goes to what is told when what had the focus is gone. */
  async keepFocus(held: Element | null): Promise<void> {
    await new Promise((done) => setTimeout(done));
    if (held && !held.isConnected) this.#host.renderRoot.querySelector<HTMLElement>('.outcome')?.focus();
  }

  /** What came of the last call, in a live region. */
  template(): TemplateResult {
    return html`<div class="outcome small" tabindex="-1" aria-live="polite" aria-label=${text().panels.acting.outcome} role="group">${
      this.#outcome ? this.#told(this.#outcome, this.#host.state) : nothing}</div>`;
  }

  #told({ operation, as, answer, index }: Outcome, state: WorkspaceState) {
    const words = text().panels.acting;
    if (!answer) return nothing;
    const name = state.session?.Principals.find((p) => p.Ref === as)?.Label ?? as;
    if (!answer.Error) {
      return html`<p class="break">${shape('allowed')}${words.done(operation, name)}
        ${state.session?.CanUndo ? html`<button class="link" @click=${() => this.#takeBack()}>${words.takeBack}</button>` : nothing}</p>`;
    }
    const denial = answer.Checks.find((check) => check.Decision !== 'Allow');
    return html`<div class="refused">
      <p class="break">${shape('denied')}${words.refused(operation)} ${answer.Error.Code}: ${answer.Error.Message}</p>
      ${denial ? this.#why(denial) : nothing}
      ${index >= 0 && answer.Checks.length ? html`<button class="link" @click=${() => this.#host.workspace?.show(index)}>${words.whole}</button>` : nothing}
    </div>`;
  }

  #why(denial: Explanation) {
    const policies = this.#host.state.session?.Policies ?? [];
    const places = denial.Deciding.filter((place) => policies.some((p) => p.ID === place.PolicyID));
    return html`<p class="break">${said(denial.Reason)}</p>
      ${places.length ? html`<ul>${places.map((place) => html`<li><button class="link" @click=${() => this.#host.workspace?.reveal(place)}>${
        text().panels.acting.place(said(policies.find((p) => p.ID === place.PolicyID)?.Title ?? place.PolicyID), place.Line)}</button></li>`)}</ul>` : nothing}`;
  }

  async #takeBack(): Promise<void> {
    const held = focused();
    await this.#host.workspace?.undo();
    this.clear();
    await this.keepFocus(held);
  }
}

/** What has the focus, however deep in shadow roots. */
export function focused(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}
