// What the parts of a panel share: whom they act as, and what would come of the calls that their buttons make.

import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import type { ForeseenView, State } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { shape } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';
import { callOf, type Act, type Plan } from './acting.js';
import panelStyles from './panel-styles.js';

// Milliseconds of rest in typing after which calls are looked into.
const rest = 150;

export type Plans = Readonly<Record<string, Plan>>;

export class PanelView extends WorkspaceView {
  static override properties = {
    ...WorkspaceView.properties, act: { attribute: false }, as: { attribute: false }, engaged: { attribute: false }, told: { state: true },
  };
  static override styles: CSSResultGroup = [base, panelStyles];

  declare act: Act;
  /** PrincipalView.Ref of the one whose name the calls carry. */
  declare as: string;
  /** The person has turned to the panel: before that, nothing is looked into. */
  declare engaged: boolean;
  /** What would come of the calls, by their names in plans(). */
  declare told: Readonly<Record<string, ForeseenView>>;
  #session: State | null = null;
  #asked = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.as = '';
    this.engaged = true;
    this.told = {};
  }

  /** The calls that the buttons would make now, by name. */
  protected plans(): Plans {
    return {};
  }

  protected principal(): string {
    return this.state.session?.Principals.find((p) => p.Ref === this.as)?.Label ?? this.as;
  }

  protected override updated(): void {
    const { session } = this.state;
    if (!session || !this.engaged) return;
    const plans = this.plans();
    const asked = JSON.stringify([this.as, plans]);
    if (session === this.#session && asked === this.#asked) return;
    const wait = session === this.#session && this.#asked !== '' ? rest : 0;
    this.#session = session;
    this.#asked = asked;
    clearTimeout(this.#timer);
    if (Object.keys(plans).length) this.#timer = setTimeout(() => void this.#ask(plans, asked), wait);
  }

  async #ask(plans: Plans, asked: string): Promise<void> {
    const session = this.#session;
    const calls = Object.values(plans).map((plan) => callOf(this.as, plan));
    const reply = await this.workspace?.ask({ Type: 'Foresee', Calls: calls });
    if (!reply?.Foreseen || asked !== this.#asked || session !== this.#session) return;
    this.told = Object.fromEntries(Object.keys(plans).map((name, i) => [name, reply.Foreseen!.Calls[i]!]));
  }

  /** What would come of a call: in a word, and why and who may when asked. */
  protected foretold(name: string, operation = this.plans()[name]?.operation ?? ''): TemplateResult | typeof nothing {
    const told = this.told[name];
    if (!told || !this.plans()[name]) return nothing;
    const words = text().panels.foreseen;
    const who = this.principal();
    const word = told.Code === '' ? words.allowed(operation, who) : told.Decision === 'Denied' ? words.denied(operation, who) : words.fails(operation, told.Code);
    return html`<details class="told small"><summary>${shape(told.Code === '' ? 'allowed' : 'denied')}<span id="told-${name}">${word}</span></summary>
      ${told.Message ? html`<p class="break">${told.Message}</p>` : nothing}
      ${told.Reason && (told.Code === '' || told.Decision === 'Denied') ? html`<p class="break">${said(told.Reason)}</p>` : nothing}
      ${told.Who.length ? html`<p class="break">${words.who(told.Who.join(', '))}</p>` : told.Decision === 'Denied' ? html`<p>${words.nobody}</p>` : nothing}
    </details>`;
  }
}
