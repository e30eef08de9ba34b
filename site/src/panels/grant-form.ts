// A new grant: who, what, under which constraint. Operations that the key's usage does not have are not offered.

import { css, html, nothing } from 'lit';
import { text } from '../text/text.js';
import { toMap, type Pair } from '../workspace/form.js';
import { onEnter, onPress, valueOf } from '../workspace/parts.js';
import type { Plan } from './acting.js';
import { KeyPart } from './key-part.js';
import type { Plans } from './panel-view.js';

export class KmsGrantForm extends KeyPart {
  static override properties = {
    ...KeyPart.properties, operations: { attribute: false }, chosen: { state: true }, pairs: { state: true }, constraint: { state: true }, typed: { state: true },
  };
  static override styles = [KeyPart.styles, css`
    form { margin-top: 8px; }
    .operations { display: grid; grid-template-columns: repeat(auto-fill, minmax(128px, 1fr)); gap: 2px 8px; }
    .operations input { flex: none; }
    .operations label { font-size: var(--small); overflow-wrap: anywhere; }
    .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto; gap: 4px; margin-bottom: 4px; }
  `];

  declare operations: readonly string[];
  declare chosen: readonly string[];
  declare pairs: readonly Pair[];
  declare constraint: string;
  declare typed: Readonly<Record<'grantee' | 'retiring' | 'source' | 'name', string>>;

  constructor() {
    super();
    this.operations = [];
    this.#clear();
  }

  #clear(): void {
    this.chosen = ['Decrypt'];
    this.pairs = [];
    this.constraint = '';
    this.typed = { grantee: '', retiring: '', source: '', name: '' };
  }

  protected override plans(): Plans {
    const plan = this.#plan();
    return plan && this.typed.grantee ? { create: plan } : {};
  }

  #plan(): Plan | null {
    const key = this.selected;
    if (!key) return null;
    const { grantee, retiring, source, name } = this.typed;
    const input: Record<string, unknown> = { Operations: this.operations.length ? this.operations.filter((o) => this.chosen.includes(o)) : this.chosen };
    input[isService(grantee) ? 'GranteeServicePrincipal' : 'GranteePrincipal'] = grantee;
    if (retiring) input[isService(retiring) ? 'RetiringServicePrincipal' : 'RetiringPrincipal'] = retiring;
    if (name) input['Name'] = name;
    const constraints = { ...(this.constraint ? { [this.constraint]: toMap(this.pairs) } : {}), ...(source ? { SourceArn: source } : {}) };
    if (Object.keys(constraints).length) input['Constraints'] = constraints;
    return this.callOn(key, 'CreateGrant', input);
  }

  protected override render() {
    const words = text().panels.grants;
    const create = () => void this.#create();
    const type = (name: keyof KmsGrantForm['typed']) => (e: Event) => { this.typed = { ...this.typed, [name]: valueOf(e).trim() }; };
    return html`<form class="stack" @keydown=${onEnter(create)}>
      <datalist id="principals">${this.#arns().map((arn) => html`<option value=${arn}></option>`)}</datalist>
      <label>${words.grantee}<input list="principals" autocomplete="off" placeholder="arn:aws:iam::…" .value=${this.typed.grantee} @input=${type('grantee')}></label>
      <label>${words.retiredBy}<input list="principals" autocomplete="off" placeholder=${words.nobody} .value=${this.typed.retiring} @input=${type('retiring')}></label>
      <fieldset><legend>${words.operations}</legend><div class="operations">${(this.operations.length ? this.operations : this.chosen).map((operation) => html`
        <label class="check"><input type="checkbox" .checked=${this.chosen.includes(operation)} @change=${(e: Event) => this.#choose(operation, e)}>${operation}</label>`)}</div>
      </fieldset>
      <label>${words.constraint}
        <select .value=${this.constraint} @change=${(e: Event) => this.#constrain(valueOf(e))}>
          <option value="">${words.noConstraint}</option>
          <option>EncryptionContextSubset</option>
          <option>EncryptionContextEquals</option>
        </select>
      </label>
      ${this.constraint ? this.#pairs() : nothing}
      <label>SourceArn<input autocomplete="off" placeholder=${words.sourceHint} .value=${this.typed.source} @input=${type('source')}></label>
      <label>${words.name}<input autocomplete="off" placeholder=${words.optional} .value=${this.typed.name} @input=${type('name')}></label>
      <div><button type="button" @click=${onPress(create)}>${words.createNow}</button></div>
      ${this.foretold('create')}
    </form>`;
  }

  #pairs() {
    const words = text().panels.grants;
    return html`<fieldset><legend>${this.constraint}</legend>
      <p class="small muted">${this.constraint === 'EncryptionContextSubset' ? words.subset : words.equals}</p>
      ${this.pairs.map((pair, i) => html`<div class="pair">
        <input aria-label=${words.pairKey} .value=${pair.key} @input=${(e: Event) => this.#pair(i, { ...pair, key: valueOf(e) })}>
        <input aria-label=${words.pairValue} .value=${pair.value} @input=${(e: Event) => this.#pair(i, { ...pair, value: valueOf(e) })}>
        <button type="button" class="plain" aria-label=${words.removePair} @click=${() => this.#removePair(i)}>✕</button></div>`)}
      <button type="button" class="add" @click=${() => this.#addPair()}>${words.addPair}</button>
    </fieldset>`;
  }

  #choose(operation: string, event: Event): void {
    const checked = (event.target as HTMLInputElement).checked;
    this.chosen = checked ? [...this.chosen, operation] : this.chosen.filter((o) => o !== operation);
  }

  #constrain(constraint: string): void {
    this.constraint = constraint;
    if (constraint && !this.pairs.length) this.pairs = [{ key: '', value: '' }];
  }

  #pair(index: number, pair: Pair): void {
    this.pairs = this.pairs.map((old, i) => (i === index ? pair : old));
  }

  async #addPair(): Promise<void> {
    this.pairs = [...this.pairs, { key: '', value: '' }];
    await this.updateComplete;
    [...this.renderRoot.querySelectorAll<HTMLElement>('.pair')].at(-1)?.querySelector('input')?.focus();
  }

  async #removePair(index: number): Promise<void> {
    this.pairs = this.pairs.filter((_, at) => at !== index);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.add')?.focus();
  }

  // Grants go to users, roles, sessions and services; a role's ARN covers all of its sessions.
  #arns(): string[] {
    const session = this.state.session;
    const roles = session?.Accounts.flatMap((account) => account.Roles.map((role) => role.ARN)) ?? [];
    return [...new Set([...(session?.Principals.map((p) => p.ARN) ?? []), ...roles])].filter((arn) => arn !== '');
  }

  async #create(): Promise<void> {
    const plan = this.#plan();
    if (plan && await this.act(plan)) this.#clear();
  }
}

/** A service principal: "lambda.amazonaws.com". */
function isService(name: string): boolean {
  return /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(name);
}
