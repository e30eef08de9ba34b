// A request as code: the one in the form, or a past one. Loaded when somebody asks for it.

import { css, html, nothing, type PropertyValues } from 'lit';
import type { Call, OperationView } from '../engine/messages.js';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { toCall } from '../workspace/form.js';
import { copy } from '../workspace/link.js';
import { clock, tabKeys, valueOf } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';
import { go } from './code/go.js';
import { javascript } from './code/javascript.js';
import type { Source } from './code/names.js';
import { python } from './code/python.js';
import { terraform } from './code/terraform.js';

/** Texts that the engine writes, and those that are written here from the call. */
type Tab = { readonly name: () => string } & ({ readonly ask: 'Print' | 'Try' } | { readonly write: (source: Source) => string });

const tabs: readonly Tab[] = [
  { name: () => 'AWS CLI', ask: 'Print' },
  { name: () => 'Python (boto3)', write: python },
  { name: () => 'JavaScript (SDK v3)', write: javascript },
  { name: () => 'Go (SDK v2)', write: go },
  { name: () => 'Terraform', write: configuration },
  { name: () => text().console.code.event, ask: 'Try' },
];

// Milliseconds of rest in the form after which the engine is asked.
const askAfter = 150;

// Past requests that can be chosen: more make no useful menu.
const maxPast = 50;

export class KmsAsCode extends WorkspaceView {
  static override properties = {
    ...WorkspaceView.properties, tab: { state: true }, past: { state: true }, code: { state: true }, told: { state: true },
  };
  static override styles = [base, css`
    .head { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: end; justify-content: space-between; margin: 4px 0; }
    .head label { flex: 0 1 260px; }
    [role="tablist"] { max-width: 100%; }
    [role="tab"] { font-size: var(--small); }
    [role="tabpanel"] { display: grid; gap: 4px; grid-template-columns: minmax(0, 1fr); }
    pre { background: var(--raised); padding: 8px; border-radius: 4px; font-size: var(--small); max-height: 210px; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
  `];

  declare tab: number;
  /** RequestView.Index of a past request; -1 for the one in the form. */
  declare past: number;
  declare code: string;
  declare told: '' | 'copied' | 'select';
  #key = '';
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.tab = 0;
    this.past = -1;
    this.code = '';
    this.told = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render() {
    const past = (this.state.session?.Requests ?? []).slice(-maxPast).reverse();
    const words = text().console.code;
    return html`<div class="head">
        <div role="tablist" aria-label=${words.languages} @keydown=${tabKeys}>${tabs.map(({ name }, i) => html`
          <button type="button" role="tab" id="tab-${i}" aria-controls="code" aria-selected=${i === this.tab} tabindex=${i === this.tab ? 0 : -1}
            @click=${() => { this.tab = i; }}>${name()}</button>`)}</div>
        <label>${words.request}<select @change=${(e: Event) => { this.past = Number(valueOf(e)); }}>
          <option value="-1" .selected=${this.past === -1}>${words.inForm}</option>
          ${past.map((r) => html`<option value=${r.Index} .selected=${this.past === r.Index}>${words.past(clock(r.Time), r.Operation, r.Label)}</option>`)}
        </select></label>
      </div>
      <div role="tabpanel" id="code" aria-labelledby="tab-${this.tab}">
        ${this.code ? html`<pre tabindex="0" aria-label=${tabs[this.tab]!.name()}>${this.code}</pre>
          <div class="row"><button type="button" @click=${() => this.#copy()}>${words.copy}</button><span class="small" aria-live="polite">${this.told && words[this.told]}</span></div>` : nothing}
      </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const requests = this.state.session?.Requests.length ?? 0;
    if (this.past >= requests) this.past = -1;
    const form = this.past < 0 ? this.#formCall() : null;
    const key = JSON.stringify([this.tab, this.past, form, requests, this.state.session?.Now, this.state.policy]);
    if (key === this.#key) return;
    const first = this.#key === '' || changed.has('tab') || changed.has('past');
    this.#key = key;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#write(form), first ? 0 : askAfter);
  }

  #formCall(): Partial<Call> | null {
    const operation = this.workspace?.operation();
    return operation ? toCall(this.state.form, operation) : null;
  }

  async #write(form: Partial<Call> | null): Promise<void> {
    const turn = ++this.#turn;
    const code = await this.#text(tabs[this.tab]!, form);
    if (turn !== this.#turn) return;
    this.code = code;
    this.told = '';
  }

  async #text(tab: Tab, form: Partial<Call> | null): Promise<string> {
    if (this.past < 0) return form ? this.#ofForm(tab, form) : '';
    const request = this.state.session?.Requests.find((r) => r.Index === this.past);
    if ('ask' in tab && tab.ask === 'Print') return request?.Command ?? '';
    const asked = await this.workspace?.ask({ Type: 'Answer', Index: this.past });
    if ('ask' in tab) return json(asked?.Answer?.Event);
    return asked?.Call ? this.#program(tab.write, asked.Call) : '';
  }

  async #ofForm(tab: Tab, form: Partial<Call>): Promise<string> {
    if ('write' in tab) return this.#program(tab.write, form);
    const reply = await this.workspace?.ask({ Type: tab.ask, Call: form as Call });
    return tab.ask === 'Print' ? reply?.Text ?? '' : json(reply?.Answer?.Event);
  }

  #program(write: (source: Source) => string, call: Partial<Call>): string {
    const operation = this.state.catalogue.Operations.find((o) => isOf(o, call));
    if (!operation) return text().console.code.unknown(`${call.Service} ${call.Operation}`);
    return write({ call: { Service: operation.Service, Operation: operation.Name, Input: call.Input }, operation, region: call.Region || (this.state.session?.Region ?? '') });
  }

  async #copy(): Promise<void> {
    this.told = (await copy(this.code)) ? 'copied' : 'select';
  }
}

// What Terraform cannot say stands as a comment above what it can.
function configuration(source: Source): string {
  const words = text().console.code.terraform;
  const found = terraform(source);
  if (!found) return `# ${words.none(source.operation.Name)}\n`;
  const comments = [found.changes ? words.changes : '', found.unsaid.length ? words.unsaid(found.unsaid.join(', ')) : ''].filter(Boolean);
  return comments.map((comment) => `# ${comment}\n`).join('') + found.code;
}

function isOf(operation: OperationView, call: Partial<Call>): boolean {
  return operation.Service === call.Service && operation.Name === call.Operation;
}

function json(value: unknown): string {
  return value ? JSON.stringify(value, null, 2) : '';
}
