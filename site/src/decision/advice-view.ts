// What would allow a denied request: the ways that the engine found and tried, those first that open least, each one
// click away.

import { css, html, nothing } from 'lit';
import type { AdviceView, ChangeView, CommandView, State, SuggestionView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { WorkspaceView } from '../workspace/view.js';

export class KmsAdvice extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, index: { type: Number }, advice: { state: true }, busy: { state: true } };
  static override styles = [base, css`
    section { border-top: 1px solid var(--line); padding-top: 8px; display: grid; gap: 4px; grid-template-columns: minmax(0, 1fr); }
    h3:focus { outline: none; }
    ol { display: grid; gap: 4px; counter-reset: way; }
    li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 12px; align-items: baseline; padding: 4px 0; border-bottom: 1px solid var(--line); }
    li:last-child { border-bottom: 0; }
    details ul { padding-inline-start: 12px; }
    code { white-space: pre-wrap; }
  `];

  /** RequestView.Index of the denied request. */
  declare index: number;
  declare advice: AdviceView | null;
  declare busy: boolean;
  #asked: State | null = null;
  #askedIndex = -1;

  constructor() {
    super();
    this.index = -1;
    this.advice = null;
    this.busy = false;
  }

  protected override render() {
    const { advice } = this;
    const words = text().decision.advice;
    if (!advice) return html`<section aria-label=${words.title}><p class="small muted">${words.looking}</p></section>`;
    return html`<section aria-label=${words.title}>
      <h3 tabindex="-1">${advice.Allowed ? words.title : words.titled(advice.Suggestions.length)}</h3>
      ${advice.Allowed ? html`<p>${words.allowedNow} <button class="link" @click=${() => this.workspace?.send()}>${words.sendAgain}</button></p>`
        : advice.Suggestions.length ? html`<ol>${advice.Suggestions.map((s) => this.#suggestion(s))}</ol>`
        : html`<p>${words.none}</p>`}
    </section>`;
  }

  #suggestion(s: SuggestionView) {
    const words = text().decision.advice;
    return html`<li>
      <button ?disabled=${this.busy} aria-label=${words.applyOne(said(s.Title))} @click=${() => this.#apply(s)}>${words.apply}</button>
      <div class="stack">
        <span class="break">${words.suggestion(said(s.Title))}</span>
        ${s.Opens.length ? html`<details><summary>${words.opens(s.Opens.length)}</summary>
            <ul class="small">${s.Opens.map((c) => html`<li>${changeText(c)}</li>`)}</ul></details>`
          : html`<span class="small muted">${words.opensNothing}</span>`}
        ${s.Closes.length ? html`<details><summary>${words.closes(s.Closes.length)}</summary>
            <ul class="small">${s.Closes.map((c) => html`<li>${changeText(c)}</li>`)}</ul></details>` : nothing}
        <details><summary>${words.commands(s.Commands.length)}</summary>
          <ul class="small">${s.Commands.map((c) => html`<li><code class="break">${commandText(c)}</code></li>`)}</ul></details>
      </div></li>`;
  }

  async #apply(s: SuggestionView): Promise<void> {
    this.busy = true;
    // What is pressed goes away with the list; the place stays.
    const place = (this.getRootNode() as ShadowRoot).querySelector<HTMLElement>('section');
    await this.workspace?.applySuggestion(this.index, s.Title);
    this.busy = false;
    await this.updateComplete;
    const heading = this.isConnected ? this.renderRoot.querySelector<HTMLElement>('h3') : null;
    if (heading) return heading.focus();
    if (!place) return;
    place.tabIndex = -1;
    place.focus();
  }

  /** Takes the person here. */
  show(): void {
    const place = this.renderRoot.querySelector<HTMLElement>('h3') ?? this.renderRoot.querySelector<HTMLElement>('section');
    if (!place) return;
    place.tabIndex = -1;
    place.focus();
    place.scrollIntoView({ block: 'nearest' });
  }

  protected override updated(): void {
    const { session, shown } = this.state;
    // Another document may have been opened, and this view is about to go.
    if (!session || shown?.index !== this.index || (session === this.#asked && this.index === this.#askedIndex)) return;
    this.#asked = session;
    this.#askedIndex = this.index;
    void this.#ask(session, this.index);
  }

  async #ask(session: State, index: number): Promise<void> {
    const advice = await this.workspace?.suggest(index);
    if (session !== this.#asked || index !== this.#askedIndex) return;
    this.advice = advice ?? { Allowed: false, Suggestions: [] };
    this.dispatchEvent(new CustomEvent('kms-ways', { detail: this.advice.Suggestions.length }));
  }
}

function changeText(c: ChangeView): string {
  return text().decision.advice.change(c.Principal, c.Operation, c.Key, c.Without);
}

function commandText(c: CommandView): string {
  return c.Seconds ? text().decision.advice.wait(c.Seconds) : text().decision.advice.commandAs(c.As, c.Text);
}
