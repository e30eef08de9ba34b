// The decision on show: the verdict, AWS's words, and the whole explanation from top to bottom.

import { css, html, nothing } from 'lit';
import type { Answer, Beneath, Explanation, Place, RequestView } from '../engine/messages.js';
import base from '../workspace/base.js';
import { clock, shape, shortARN } from '../workspace/parts.js';
import { changedSince } from '../workspace/state.js';
import { WorkspaceView } from '../workspace/view.js';
import { contextTable, layerList, pendingList, type Reveal } from './explanation.js';
import explanationStyles from './explanation-styles.js';
import { headline, layerNames } from './verdict.js';

export class KmsDecision extends WorkspaceView {
  static override styles = [base, explanationStyles, css`
    section { padding: 8px 12px 16px; display: grid; gap: 8px; align-content: start; grid-template-columns: minmax(0, 1fr); }
    .verdict { display: flex; gap: 4px 12px; align-items: baseline; flex-wrap: wrap; padding: 6px 12px;
      border-inline-start: 4px solid var(--grey); background: var(--raised); border-radius: 0 4px 4px 0; }
    .verdict:empty { display: none; }
    .verdict.allowed { border-color: var(--allowed); background: var(--allowed-soft); }
    .verdict.denied { border-color: var(--denied); background: var(--denied-soft); }
    .verdict.waiting { border-color: var(--waiting); background: var(--waiting-soft); }
    .word { font-size: var(--loud); font-weight: 700; line-height: 1.25; }
    /* The shape is drawn, not written: the text of the live region begins with its word. */
    .word::before { display: inline-block; width: 1.15em; content: "–" / ""; }
    .word.allowed::before { content: "✓" / ""; }
    .word.denied::before { content: "✕" / ""; }
    .word.waiting::before { content: "!" / ""; }
    .verdict .message { color: var(--text); flex: 1 1 320px; overflow-wrap: anywhere; }
    .failure { color: var(--waiting); font-weight: 650; }
    .stale { display: flex; gap: 8px; align-items: baseline; flex-wrap: wrap; }
    .check { display: grid; gap: 8px; border-top: 1px solid var(--line); padding-top: 8px; grid-template-columns: minmax(0, 1fr); }
    .check:first-of-type { border-top: 0; padding-top: 0; }
    .needed li { display: flex; gap: 4px; }
    pre { background: var(--raised); padding: 8px; border-radius: 4px; font-size: var(--small); max-height: 320px; white-space: pre-wrap; overflow-wrap: anywhere; }
    .quiet { font-size: var(--small); color: var(--muted); }
    h2 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    section { position: relative; }
  `];

  protected override render() {
    const { shown, session } = this.state;
    const request = session?.Requests.find((r) => r.Index === shown?.index);
    return html`<section aria-label="Decision">
      <h2>Decision</h2>
      ${this.#verdict(request, shown?.answer)}
      ${shown ? this.#whole(request, shown.answer) : html`<p class="muted">No request is on show. Send one, or choose one
        from the time line: this place then says whether it was allowed, and why, down to the line that decided.</p>`}
    </section>`;
  }

  #verdict(request: RequestView | undefined, answer: Answer | undefined) {
    if (!answer) return html`<div role="status" class="verdict"></div>`;
    const { word, tone, failure, message } = headline(request, answer);
    return html`<div role="status" class="verdict ${tone}"
      ><span class="word ${tone}">${word}</span>
      ${failure ? html`<span class="failure">${word === 'Failed' ? failure : `— ${failure}`}</span>` : nothing}
      ${message ? html`<span class="message">${message}</span>` : this.#asked(request)}</div>`;
  }

  #asked(request: RequestView | undefined) {
    if (!request) return nothing;
    return html`<span class="message">${request.Label}: ${request.Operation}${request.Resource ? ` on ${request.Resource}` : ''}</span>`;
  }

  #whole(request: RequestView | undefined, answer: Answer) {
    return html`
      ${changedSince(this.state) ? html`<p class="stale small waiting">${shape('waiting')}Something was changed after this
        request, so it may be answered otherwise now. <button class="link" @click=${() => this.workspace?.send()}>Try it again</button></p>` : nothing}
      ${answer.Checks.map((check) => this.#check(check, answer.Checks.length + answer.Beneath.length > 1))}
      ${answer.Beneath.map((beneath) => this.#beneath(beneath))}
      ${answer.Output ? json('Output', answer.Output) : nothing}
      ${json('CloudTrail event', answer.Event)}
      ${request ? html`<p class="small muted">${clock(request.Time, true)} UTC${request.Command ? html` · <code class="break">${request.Command}</code>` : nothing}</p>` : nothing}`;
  }

  /** A call that the service made to KMS while it answered. */
  #beneath(beneath: Beneath) {
    const { Error: error, Checks: checks, Principal: who, Event: event } = beneath.Answer;
    return html`<div class="check">
      <p class="quiet">${beneath.Via ? `${beneath.Via} called KMS for ` : 'KMS was called by '}${shortARN(who)}:
        <strong>${beneath.Operation}</strong>${error ? ` — ${error.Code}` : ''}</p>
      ${checks.map((check) => this.#check(check, true))}
      ${error && !checks.some((check) => check.Message) ? html`<p class="break">${error.Message}</p>` : nothing}
      ${json('CloudTrail event of this call', event)}</div>`;
  }

  #check(check: Explanation, named: boolean) {
    return html`<div class="check">
      ${named ? html`<h3 class="break">${shape(check.Decision === 'Allow' ? 'allowed' : 'denied')}${check.Action} on ${shortARN(check.Resource)}</h3>` : nothing}
      <p class="break">${check.Reason}</p>
      ${pendingList(check.Pending)}
      ${check.Deciding.length ? html`<p class="small">${check.Decision === '' ? 'Where an allow was looked for: ' : 'Decided by '}
        ${check.Deciding.map((place, i) => html`${i ? ', ' : ''}${this.#place(place)}`)}.</p>` : nothing}
      ${check.Needed.length ? html`<div class="needed"><h3 class="quiet">What would have been needed</h3>
        <ul>${check.Needed.map((need) => html`<li class="break">${shape('grey', '›')}<span><strong>${layerNames[need.Layer]}</strong>: ${need.Text}</span></li>`)}</ul></div>` : nothing}
      ${layerList(check, this.reveal)}
      <details><summary>Request context (${check.Context.length} keys)</summary>${contextTable(check.Context)}</details>
    </div>`;
  }

  #place(place: Place) {
    if (place.Line === 0) return html`grant <code class="break">${place.PolicyID}</code>`;
    return html`${this.#policyName(place.PolicyID)}${place.Sid ? html` “${place.Sid}”` : ''},
      <button class="link" @click=${() => this.reveal(place)}>line ${place.Line}</button>`;
  }

  #policyName(id: string): string {
    return this.state.session?.Policies.find((policy) => policy.ID === id)?.Title ?? id;
  }

  readonly reveal: Reveal = (place) => this.workspace?.reveal(place);
}

function json(name: string, value: unknown) {
  return html`<details><summary>${name}</summary><pre tabindex="0" aria-label=${name}>${JSON.stringify(value, null, 2)}</pre></details>`;
}
