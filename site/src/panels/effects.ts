// What calls would change about who may do what, before they are made: tried on a copy of the world.

import { css, html, nothing } from 'lit';
import type { ChangeView, EffectsView, State } from '../engine/messages.js';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { shape } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';
import { callOf, type Plan } from './acting.js';

// Milliseconds of rest in typing after which the calls are tried.
const rest = 200;
// How many changes are listed.
const most = 30;

export class KmsEffects extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, plan: { attribute: false }, as: { attribute: false }, heading: { attribute: false }, effects: { state: true } };
  static override styles = [base, css`
    .effects { display: grid; gap: 2px; grid-template-columns: minmax(0, 1fr); border-inline-start: 2px solid var(--line); padding-inline-start: 8px; }
    ul { max-height: 180px; overflow: auto; }
  `];

  declare plan: Plan | null;
  declare as: string;
  /** What is tried, in words. */
  declare heading: string;
  declare effects: EffectsView | null;
  #session: State | null = null;
  #asked = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.plan = null;
    this.as = '';
    this.heading = '';
    this.effects = null;
  }

  protected override render() {
    const words = text().panels.effects;
    const { effects, plan } = this;
    return html`<div class="effects small" role="group" aria-label=${this.heading} aria-live="polite">
      ${!plan ? nothing : !effects ? html`<p class="muted">${words.looking}</p>` : html`<p><strong>${this.heading}</strong></p>${this.#changes(effects)}`}
    </div>`;
  }

  #changes({ Code, Message, Opens, Closes, Gone }: EffectsView) {
    const words = text().panels.effects;
    if (Code) return html`<p class="break">${shape('denied')}${words.refused} ${Code}: ${Message}</p>`;
    return html`
      ${Gone.map((alias) => html`<p class="break">${shape('denied')}${words.gone(alias)}</p>`)}
      ${this.#list(Closes, 'denied', words.closes(Closes.length))}
      ${this.#list(Opens, 'allowed', words.opens(Opens.length))}
      ${Closes.length + Opens.length + Gone.length === 0 ? html`<p>${shape('grey')}${words.nothing}</p>` : nothing}`;
  }

  #list(changes: readonly ChangeView[], tone: 'allowed' | 'denied', title: string) {
    if (!changes.length) return nothing;
    return html`<p>${shape(tone)}<span class=${tone}>${title}</span></p>
      <ul tabindex=${changes.length > 6 ? 0 : nothing} aria-label=${title}>${changes.slice(0, most).map((c) => html`<li class="break">${text().panels.effects.change(c.Principal, c.Operation, c.Key, c.Alias)}</li>`)}
        ${changes.length > most ? html`<li>${text().panels.effects.more(changes.length - most)}</li>` : nothing}</ul>`;
  }

  protected override updated(): void {
    const { session } = this.state;
    const asked = JSON.stringify([this.as, this.plan]);
    if (!session || (session === this.#session && asked === this.#asked)) return;
    const typing = this.#asked !== '';
    this.#session = session;
    this.#asked = asked;
    clearTimeout(this.#timer);
    if (this.plan) this.#timer = setTimeout(() => void this.#ask(callOf(this.as, this.plan!), asked), typing ? rest : 0);
    else this.effects = null;
  }

  async #ask(call: ReturnType<typeof callOf>, asked: string): Promise<void> {
    const session = this.#session;
    const reply = await this.workspace?.ask({ Type: 'Effects', Calls: [call] });
    if (reply?.Effects && asked === this.#asked && session === this.#session) this.effects = reply.Effects;
  }
}
