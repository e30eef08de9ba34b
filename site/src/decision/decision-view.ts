// The decision on show: the verdict, AWS's words, and the whole explanation from top to bottom.

import { html, nothing, type PropertyValues } from 'lit';
import type { Answer, RequestView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { clock, shape } from '../workspace/parts.js';
import { changedSince, everyCheck } from '../workspace/state.js';
import { WorkspaceView } from '../workspace/view.js';
import { checksOf, detailStyles, json, verdictLine, type Places } from './detail.js';
import explanationStyles from './explanation-styles.js';

export class KmsDecision extends WorkspaceView {
  static override styles = [base, explanationStyles, detailStyles];

  protected override render() {
    const { shown, session } = this.state;
    const request = session?.Requests.find((r) => r.Index === shown?.index);
    const words = text().decision.view;
    return html`<section aria-label=${words.title}>
      <h2>${words.title}</h2>
      ${verdictLine(request, shown?.answer, this.#asked(request))}
      ${shown ? this.#whole(request, shown.answer) : html`<p class="muted">${words.none}</p>`}
    </section>`;
  }

  #asked(request: RequestView | undefined) {
    if (!request) return nothing;
    return html`<span class="message">${text().decision.view.asked(request.Label, request.Operation, request.Resource)}</span>`;
  }

  #whole(request: RequestView | undefined, answer: Answer) {
    const words = text().decision.view;
    return html`
      ${changedSince(this.state) ? html`<p class="stale small waiting">${shape('waiting')}${words.stale} <button class="link" @click=${() => this.workspace?.send()}>${words.tryAgain}</button></p>` : nothing}
      ${checksOf(answer, this.#places)}
      ${request && isDenied(answer) ? html`<kms-advice .workspace=${this.workspace} .index=${request.Index}></kms-advice>` : nothing}
      ${answer.Output ? json(words.output, answer.Output) : nothing}
      ${json(words.event, answer.Event)}
      ${request ? html`<p class="small muted">${clock(request.Time, true)} UTC${request.Command ? html` · <code class="break">${request.Command}</code>` : nothing}</p>` : nothing}`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const answer = this.state.shown?.answer;
    if (answer && isDenied(answer)) void defineWhenLoaded('kms-advice', async () => (await import('./advice-view.js')).KmsAdvice);
  }

  readonly #places: Places = {
    name: (id) => said(this.state.session?.Policies.find((policy) => policy.ID === id)?.Title ?? id),
    reveal: (place) => this.workspace?.reveal(place),
  };
}

function isDenied(answer: Answer): boolean {
  return everyCheck(answer).some((check) => check.Decision !== 'Allow');
}
