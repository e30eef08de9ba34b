// The decision on show: the verdict, AWS's words, and the whole explanation from top to bottom.

import { css, html, nothing, type PropertyValues } from 'lit';
import type { Answer, RequestView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { savesData } from '../engine/idle.js';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { failedByState, toGrant, toKeyState } from '../workspace/jump.js';
import { clock, shape } from '../workspace/parts.js';
import { pinPast } from '../workspace/pins.js';
import { changedSince, everyCheck } from '../workspace/state.js';
import { WorkspaceView } from '../workspace/view.js';
import { checksOf, detailStyles, json, verdictLine, type Places } from './detail.js';
import explanationStyles from './explanation-styles.js';

export class KmsDecision extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, ways: { state: true }, wished: { state: true } };
  static override styles = [base, explanationStyles, detailStyles, css`
    .top { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: start; }
    .top > .verdict { flex: 1 1 480px; min-width: 0; }
    .top > button { align-self: start; }
    .top + .check { padding-top: 0; }
  `];

  /** How many ways were found that would allow the request of an index; null when nobody has looked. */
  declare ways: { readonly index: number; readonly count: number } | null;
  /** RequestView.Index of the request for which the person asked what would allow it. */
  declare wished: number;

  constructor() {
    super();
    this.ways = null;
    this.wished = -1;
  }

  protected override render() {
    const { shown, session } = this.state;
    const request = session?.Requests.find((r) => r.Index === shown?.index);
    const words = text().decision.view;
    return html`<section aria-label=${words.title}>
      <h2>${words.title}</h2>
      <div class="top">${verdictLine(request, shown?.answer, this.#asked(request))}${shown && request && isDenied(shown.answer) ? this.#toAdvice(request) : nothing}${request ? this.#toState(request) : nothing}
        ${request ? html`<button @click=${() => this.workspace && pinPast(this.workspace, request.Index)}>${words.pin}</button>` : nothing}</div>
      ${shown?.goal !== undefined ? html`<p class="small muted">${words.triedGoal(shown.goal)}</p>` : nothing}
      ${shown ? this.#whole(request, shown.answer) : html`<p class="muted">${words.none}</p>`}
    </section>`;
  }

  #toAdvice(request: RequestView) {
    const words = text().decision.advice;
    const count = this.ways?.index === request.Index ? this.ways.count : null;
    return html`<button @click=${() => this.#showAdvice(request.Index)}>${count === null ? words.title : words.titled(count)}</button>`;
  }

  async #showAdvice(index: number): Promise<void> {
    this.wished = index;
    await this.#loadAdvice();
    await this.updateComplete;
    const advice = this.renderRoot.querySelector<HTMLElement & { show(): void }>('kms-advice');
    advice?.show();
  }

  // Where the person saves data, the engine that looks for ways is loaded only when they are asked for.
  #isAdvised(index: number): boolean {
    return !savesData() || this.wished === index;
  }

  #showGrant(id: string): void {
    const there = toGrant(this.state, id);
    if (there) this.workspace?.revealKey(there);
    else this.workspace?.notify({ kind: 'info', text: text().decision.view.grantGone });
  }

  // A request that a policy allowed and the state of the key did not.
  #toState(request: RequestView) {
    const there = failedByState(request) ? toKeyState(this.state, request.Resource) : null;
    return there ? html`<button @click=${() => this.workspace?.revealKey(there)}>${text().decision.view.keyState(request.Resource)}</button>` : nothing;
  }

  #loadAdvice(): Promise<void> {
    return defineWhenLoaded('kms-advice', async () => (await import('./advice-view.js')).KmsAdvice);
  }

  #asked(request: RequestView | undefined) {
    if (!request) return nothing;
    return html`<span class="message">${text().decision.view.asked(said(request.Label), request.Operation, request.Resource)}</span>`;
  }

  #whole(request: RequestView | undefined, answer: Answer) {
    const words = text().decision.view;
    return html`
      ${changedSince(this.state) ? html`<p class="stale small waiting">${shape('waiting')}${words.stale} <button class="link" @click=${() => this.workspace?.send()}>${words.tryAgain}</button></p>` : nothing}
      ${checksOf(answer, this.#places)}
      ${request && isDenied(answer) && this.#isAdvised(request.Index) ? html`<kms-advice .workspace=${this.workspace} .index=${request.Index}
        @kms-ways=${(e: CustomEvent<number>) => { this.ways = { index: request.Index, count: e.detail }; }}></kms-advice>` : nothing}
      ${answer.Output ? html`<details ?open=${isCrypto(request)}><summary>${words.output}</summary><kms-output .output=${answer.Output}></kms-output></details>` : nothing}
      ${answer.Event ? json(words.event, answer.Event) : nothing}
      ${request ? html`<p class="small muted">${clock(request.Time, true)} UTC${request.Command ? html` · <code class="break">${request.Command}</code>` : nothing}</p>` : nothing}`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const answer = this.state.shown?.answer;
    if (answer && isDenied(answer) && !savesData()) void this.#loadAdvice();
    if (answer?.Output) void defineWhenLoaded('kms-output', async () => (await import('./output-view.js')).KmsOutput);
  }

  readonly #places: Places = {
    name: (id) => said(this.state.session?.Policies.find((policy) => policy.ID === id)?.Title ?? id),
    reveal: (place) => this.workspace?.reveal(place),
    grant: (id) => this.#showGrant(id),
  };
}

// What such a request is sent for is its output.
function isCrypto(request: RequestView | undefined): boolean {
  return /^(Encrypt|Decrypt|ReEncrypt|Generate|Sign|Verify|DeriveSharedSecret|Encapsulate|Decapsulate|GetPublicKey)/.test(request?.Operation ?? '');
}

function isDenied(answer: Answer): boolean {
  return everyCheck(answer).some((check) => check.Decision !== 'Allow');
}
