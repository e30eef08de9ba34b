// The pinned requests with how each stands, and the one that is about to be pinned. Loaded when it is first wanted.

import { css, html, nothing, type PropertyValues } from 'lit';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { onEnter, onPress, shape, short, valueOf } from '../workspace/parts.js';
import { denialOf, isDenial, pinsOf, showGoal, titleOf, type Pin, type Pinning } from '../workspace/pins.js';
import { WorkspaceView } from '../workspace/view.js';

// Codes that requests to KMS end with; others can be typed.
const codes = ['DisabledException', 'IncorrectKeyException', 'InvalidCiphertextException', 'InvalidGrantTokenException', 'KMSInvalidStateException', 'NotFoundException', 'ValidationException'];

/** What is chosen as the end that is expected. */
type Choice = 'success' | 'denied' | 'code';

export class KmsPins extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, choice: { state: true }, code: { state: true }, titled: { state: true }, done: { state: true } };
  static override styles = [base, css`
    :host { min-width: min(480px, 86vw); }
    section { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
    form { display: grid; gap: 6px; grid-template-columns: minmax(0, 1fr); border: 1px solid var(--line); border-radius: 4px; padding: 8px; background: var(--raised); }
    ul { display: grid; gap: 4px; max-height: 50vh; overflow: auto; grid-template-columns: minmax(0, 1fr); }
    li { display: grid; gap: 2px; grid-template-columns: minmax(0, 1fr); padding: 6px; border: 1px solid var(--line); border-inline-start: 4px solid var(--allowed); border-radius: 4px; }
    li.fails { border-inline-start-color: var(--denied); background: var(--denied-soft); }
  `];

  declare choice: Choice;
  declare code: string;
  /** The title that the person typed; null while it follows from the rest. */
  declare titled: string | null;
  /** What was done last. */
  declare done: string;
  #pinning: Pinning | null = null;

  constructor() {
    super();
    this.choice = 'success';
    this.code = '';
    this.titled = null;
    this.done = '';
  }

  protected override render() {
    const pins = pinsOf(this.state.session);
    const words = text().element.pins;
    return html`<section aria-label=${words.title}>
      <h2>${words.title}</h2>
      ${this.state.pinning ? this.#form(this.state.pinning) : nothing}
      <p class="small" aria-live="polite">${this.done}</p>
      ${pins.length ? html`<ul aria-label=${words.title}>${pins.map((pin) => this.#pin(pin))}</ul>` : nothing}
      ${pins.length || this.state.pinning ? nothing : html`<p class="small muted">${words.none}</p>`}
    </section>`;
  }

  #form(pinning: Pinning) {
    const words = text().element.pins;
    const { call } = pinning;
    const pin = () => void this.#keep(pinning);
    const denial = denialOf(call.Service);
    return html`<form @keydown=${onEnter(pin)} aria-label=${words.new}>
      <p class="small break">${words.request(said(pinning.who), html`<strong>${call.Operation}</strong>`, pinning.resource)}</p>
      <label>${words.expected}<select @change=${(e: Event) => { this.choice = valueOf(e) as Choice; }}>
        <option value="success" .selected=${this.choice === 'success'}>${words.success}</option>
        <option value="denied" .selected=${this.choice === 'denied'}>${words.denied(denial)}</option>
        <option value="code" .selected=${this.choice === 'code'}>${words.otherCode}</option></select></label>
      ${this.choice === 'code' ? html`<label>${words.code}<input list="codes" autocomplete="off" spellcheck="false" .value=${this.code} @input=${(e: Event) => { this.code = valueOf(e).trim(); }}>
        <datalist id="codes">${codes.map((code) => html`<option value=${code}></option>`)}</datalist></label>` : nothing}
      <label>${words.name}<input autocomplete="off" .value=${this.#titleOf(pinning)} @input=${(e: Event) => { this.titled = valueOf(e); }}></label>
      <div class="row"><button type="button" class="main" ?disabled=${this.choice === 'code' && !this.code} @click=${onPress(pin)}>${words.pin}</button>
        <button type="button" @click=${() => this.#drop()}>${words.cancel}</button></div>
    </form>`;
  }

  #pin(pin: Pin) {
    const words = text().element.pins;
    const tone = pin.Holds ? 'allowed' : 'denied';
    return html`<li class=${pin.Holds ? '' : 'fails'}>
      <span class="break">${shape(tone)}<strong class=${tone}>${pin.Holds ? words.holds : words.fails}</strong>: ${pin.Title}</span>
      <span class="small muted break">${words.as(pin.As)} · <code>${short(pin.Command)}</code></span>
      ${pin.Holds ? html`<span class="small">${pin.Expect ? words.endsAs(pin.Expect) : words.succeeds}</span>` : html`<span class="small break">${said(pin.Detail)}</span>`}
      <span class="row"><button aria-label=${words.whyOne(pin.Title)} @click=${() => this.#why(pin)}>${words.why}</button>
        <button aria-label=${words.unpinOne(pin.Title)} @click=${() => this.#unpin(pin)}>${words.unpin}</button></span>
    </li>`;
  }

  #expect(pinning: Pinning): string {
    if (this.choice === 'success') return '';
    return this.choice === 'code' ? this.code : isDenial(pinning.code) ? pinning.code : denialOf(pinning.call.Service);
  }

  #titleOf(pinning: Pinning): string {
    return this.titled ?? titleOf(pinning, this.#expect(pinning));
  }

  async #keep(pinning: Pinning): Promise<void> {
    const title = this.#titleOf(pinning);
    const [Call, Expect] = [pinning.call, this.#expect(pinning)];
    await this.workspace?.travel({ Type: 'Pin', Call, Expect, Text: title });
    this.workspace?.offer(null);
    this.done = text().element.pins.pinned(title);
    await this.#focusList();
  }

  #drop(): void {
    this.workspace?.offer(null);
    this.dispatchEvent(new CustomEvent('kms-done', { bubbles: true, composed: true }));
  }

  async #why(pin: Pin): Promise<void> {
    if (this.workspace) await showGoal(this.workspace, pin.index);
    this.dispatchEvent(new CustomEvent('kms-done', { bubbles: true, composed: true }));
  }

  async #unpin(pin: Pin): Promise<void> {
    await this.workspace?.travel({ Type: 'Unpin', Index: pin.index });
    this.done = text().element.pins.unpinned(pin.Title);
    await this.#focusList();
  }

  // What had the focus is gone: it goes to the list, or to what stands for it.
  async #focusList(): Promise<void> {
    await this.updateComplete;
    const place = this.renderRoot.querySelector<HTMLElement>('li button') ?? this.renderRoot.querySelector<HTMLElement>('section');
    if (place?.localName === 'section') place.tabIndex = -1;
    place?.focus();
  }

  // What is offered anew begins with how it ended.
  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { pinning } = this.state;
    if (pinning === this.#pinning) return;
    this.#pinning = pinning;
    if (!pinning) return;
    this.choice = pinning.code === '' ? 'success' : isDenial(pinning.code) ? 'denied' : 'code';
    this.code = this.choice === 'code' ? pinning.code : '';
    this.titled = null;
    this.done = '';
    void this.updateComplete.then(() => this.renderRoot.querySelector('select')?.focus());
  }
}
