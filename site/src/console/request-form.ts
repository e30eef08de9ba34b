// The request console as a form: who, what, on which key, and the parameters of the operation.

import { css, html, nothing } from 'lit';
import type { FieldView, OperationView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { fieldPairs, fieldText, keyField, operationId, slot, type Pair } from '../workspace/form.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { onEnter, valueOf } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';

const services: Readonly<Record<string, string>> = { kms: 'AWS KMS', iam: 'IAM', sts: 'STS' };
const shownRoles = ['plaintext', 'ciphertext', 'encryption context', 'constraints', 'tags', 'principal', 'policy', 'alias', 'grant id'];
// The value of the option that lets a key be typed.
const other = '\u0000other';

export class KmsRequestForm extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, typing: { state: true }, told: { state: true }, coded: { type: Boolean, reflect: true } };
  static override styles = [base, css`
    /* What is folded lies side by side, what is unfolded takes the whole width. */
    section { padding: 8px 12px; display: flex; flex-wrap: wrap; gap: 8px 24px; align-content: start; }
    form { display: contents; }
    .line, details[open] { flex: 1 0 100%; min-width: 0; }
    .line { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; }
    .line > * { flex: 1 1 150px; }
    .line > .wide { flex: 2 1 240px; }
    .line > button.main { flex: 0 0 auto; min-height: 32px; }
    .line > label.key { flex: 1.4 1 180px; }
    .line.top { align-items: end; }
    .line.fields { align-items: start; }
    .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto; gap: 4px; margin-bottom: 4px; }
    .button { display: block; margin-top: 4px; }
    textarea { min-height: 30px; field-sizing: content; max-height: 52px; }
    details .line { margin-top: 4px; }
  `];

  declare typing: boolean;
  /** Whether it was said that there is no ciphertext yet. */
  declare told: boolean;
  declare coded: boolean;

  constructor() {
    super();
    this.typing = false;
    this.told = false;
    this.coded = false;
  }

  protected override render() {
    const operation = this.workspace?.operation();
    const { session, form, phase } = this.state;
    const words = text().console.form;
    return html`<section aria-label=${words.title}>
      <form @keydown=${onEnter(() => void this.workspace?.send())}>
        <div class="line top">
          <label>${words.principal}<select @change=${(e: Event) => this.workspace?.setForm({ principal: valueOf(e) })}>
            ${session?.Principals.map((p) => html`<option value=${p.Ref} .selected=${p.Ref === form.principal}>${said(p.Label)}</option>`)}
          </select></label>
          <label>${words.operation}<select @change=${(e: Event) => this.workspace?.setForm({ operation: valueOf(e) })}>
            ${this.#operations()}
          </select></label>
          ${operation ? this.#key(operation) : nothing}
          <button type="button" class="main" ?disabled=${phase !== 'ready'} @click=${() => this.workspace?.send()} aria-keyshortcuts="Control+Enter Meta+Enter">${words.send}</button>
        </div>
        ${operation ? this.#fields(operation) : nothing}
      </form>
      <details @toggle=${(e: Event) => this.#toggleCode((e.currentTarget as HTMLDetailsElement).open)}><summary>${words.asCode}</summary>
        ${this.coded ? html`<kms-as-code .workspace=${this.workspace}></kms-as-code>` : nothing}</details>
    </section>`;
  }

  // Closed, it is gone, and costs nothing while one types.
  async #toggleCode(open: boolean): Promise<void> {
    this.coded = open;
    if (open) await defineWhenLoaded('kms-as-code', async () => (await import('./as-code.js')).KmsAsCode);
  }

  #operations() {
    const offered = this.state.catalogue.Operations.filter((o) => o.Simulated);
    return [...new Set(offered.map((o) => o.Service))].map((service) => html`<optgroup label=${services[service] ?? service}>
      ${offered.filter((o) => o.Service === service).map((o) => html`
        <option value=${operationId(o)} .selected=${operationId(o) === this.state.form.operation}>${o.Name}</option>`)}
    </optgroup>`);
  }

  #key(operation: OperationView) {
    const field = keyField(operation);
    if (!field) return nothing;
    const chosen = this.state.form.key;
    const words = text().console.form;
    return html`<label class="key">${words.key}<select @change=${(e: Event) => this.#chooseKey(valueOf(e))}>
        ${this.#keyOptions(chosen, !field.Required)}
        <option value=${other} .selected=${this.typing}>${words.other}</option>
      </select></label>
      ${this.typing ? html`<label>${words.aliasOrARN}<input .value=${chosen} autocomplete="off"
        @input=${(e: Event) => this.workspace?.setForm({ key: valueOf(e) })}></label>` : nothing}`;
  }

  #keyOptions(chosen: string, optional: boolean) {
    const words = text().console.form;
    const keys = this.state.session?.Keys ?? [];
    const aliases = keys.flatMap((key) => key.Aliases.map((alias) => ({ alias, key })));
    const home = this.state.session?.Account;
    const values = [...aliases.map(({ alias, key }) => aliasName(alias, key, home)), ...keys.map((key) => key.ARN)];
    return html`
      ${optional ? html`<option value="" .selected=${chosen === ''}>${words.fromCiphertext}</option>` : nothing}
      ${chosen !== '' && !this.typing && !values.includes(chosen) ? html`<option value=${chosen} .selected=${true}>${chosen}</option>` : nothing}
      ${aliases.length ? html`<optgroup label=${words.aliases}>${aliases.map(({ alias, key }) => {
        const value = aliasName(alias, key, home);
        return html`<option value=${value} .selected=${!this.typing && value === chosen}>${key.Account === home ? alias : words.aliasIn(alias, key.Account)}</option>`;
      })}</optgroup>` : nothing}
      <optgroup label=${words.keyARNs}>${keys.map((key) => html`
        <option value=${key.ARN} .selected=${!this.typing && key.ARN === chosen}>${key.KeyId}</option>`)}</optgroup>`;
  }

  #chooseKey(value: string): void {
    this.typing = value === other;
    if (!this.typing) this.workspace?.setForm({ key: value });
  }

  #fields(operation: OperationView) {
    const fields = operation.Fields.filter((field) => field !== keyField(operation));
    const tokens = fields.filter((field) => field.Role === 'grant tokens');
    const plain = fields.filter((field) => field.Role !== 'grant tokens');
    const isShown = (field: FieldView) => field.Required || shownRoles.includes(field.Role) || fieldText(this.state.form, operation, field) !== '';
    const rest = plain.filter((field) => !isShown(field));
    const words = text().console.form;
    return html`
      <div class="line fields">
        ${plain.filter(isShown).map((field) => this.#field(operation, field))}
        ${tokens.map((field) => this.#field(operation, field))}
      </div>
      <details><summary>${rest.length ? words.originAndMore : words.origin}</summary>
        <div class="line fields">
          ${this.#environment(words.sourceIP, 'sourceIP', '198.51.100.7')}
          ${this.#environment(words.viaService, 'viaService', 'ec2')}
          ${this.#environment(words.vpcEndpoint, 'vpcEndpoint', 'vpce-…')}
          ${rest.map((field) => this.#field(operation, field))}
        </div>
      </details>`;
  }

  #environment(name: string, field: 'sourceIP' | 'viaService' | 'vpcEndpoint', example: string) {
    return html`<label>${name}<input .value=${this.state.form[field]} placeholder=${example} autocomplete="off"
      @input=${(e: Event) => this.workspace?.setForm({ [field]: valueOf(e) })}></label>`;
  }

  #field(operation: OperationView, field: FieldView) {
    const value = fieldText(this.state.form, operation, field);
    const words = text().console.form;
    const set = (e: Event) => this.#setText(operation, field, valueOf(e));
    switch (field.Role) {
      case 'encryption context':
        return this.#context(operation, field);
      case 'grant tokens':
        return html`<label class="wide">${words.grantTokens}<textarea rows="1" spellcheck="false" .value=${value} @input=${set}></textarea></label>`;
      case 'plaintext':
        return html`<label>${words.plaintext}<input .value=${value} autocomplete="off" @input=${set}></label>`;
      case 'ciphertext':
        return this.#ciphertext(operation, field, value);
      case 'constraints':
        return this.#constraints(operation, field, value);
      case 'tags':
        return html`<fieldset class="wide"><legend>${field.Name}</legend>${this.#pairs(operation, field, 'tag')}</fieldset>`;
      case 'key':
        return html`<label>${field.Name}<select @change=${set}>${this.#keyOptions(value, !field.Required)}</select></label>`;
      case 'policy':
        return html`<label class="wide">${field.Name}<textarea rows="3" spellcheck="false" .value=${value} @input=${set}></textarea></label>`;
    }
    return this.#plainField(field, value, set);
  }

  #plainField(field: FieldView, typed: string, set: (e: Event) => void) {
    const words = text().console.form;
    if (field.Type === 'boolean' || (field.Enum.length > 0 && field.Type !== 'list')) {
      const values = field.Type === 'boolean' ? ['true', 'false'] : field.Enum;
      return html`<label>${field.Name}<select @change=${set}>
        <option value="" .selected=${typed === ''}>${field.Required ? words.choose : words.default}</option>
        ${values.map((value) => html`<option .selected=${value === typed}>${value}</option>`)}</select></label>`;
    }
    if (field.Type === 'integer') {
      return html`<label>${field.Name}<input type="number" .value=${typed} min=${field.Min >= 0 ? field.Min : nothing}
        max=${field.Max >= 0 ? field.Max : nothing} @input=${set}></label>`;
    }
    const hint = field.Type === 'list' && field.Member !== 'structure' ? words.bySpaces : '';
    return html`<label>${field.Name}<input .value=${typed} placeholder=${hint} autocomplete="off" @input=${set}></label>`;
  }

  #ciphertext(operation: OperationView, field: FieldView, typed: string) {
    const words = text().console.form;
    const use = async () => {
      const last = await this.workspace?.lastCiphertext();
      if (last) this.#setText(operation, field, last);
      this.told = !last;
    };
    return html`<div class="wide"><label>${words.ciphertext}<textarea rows="1" spellcheck="false" .value=${typed}
        placeholder="Base64" @input=${(e: Event) => this.#setText(operation, field, valueOf(e))}></textarea></label>
      <button type="button" class="link small button" @click=${use}>${words.useLast}</button>
      <span class="small muted" aria-live="polite">${this.told ? words.noCiphertext : ''}</span></div>`;
  }

  #context(operation: OperationView, field: FieldView) {
    const first = slot(operation, field) === 'encryption context';
    return html`<fieldset class="wide"><legend>${first ? text().console.form.context : field.Name}</legend>
      ${this.#pairs(operation, field, first ? 'context' : 'destination')}</fieldset>`;
  }

  #constraints(operation: OperationView, field: FieldView, chosen: string) {
    const words = text().console.form;
    return html`<fieldset class="wide"><legend>${words.constraints}</legend>
      <select aria-label=${words.constraintType} @change=${(e: Event) => this.#setText(operation, field, valueOf(e))}>
        <option value="" .selected=${chosen === ''}>${words.none}</option>
        ${['EncryptionContextSubset', 'EncryptionContextEquals'].map((type) => html`<option .selected=${type === chosen}>${type}</option>`)}
      </select>
      ${chosen ? this.#pairs(operation, field, 'constraint') : nothing}</fieldset>`;
  }

  #pairs(operation: OperationView, field: FieldView, noun: 'context' | 'destination' | 'constraint' | 'tag') {
    const words = text().console.form;
    const pairs = fieldPairs(this.state.form, operation, field);
    const set = (next: readonly Pair[]) => this.workspace?.setForm({
      pairs: { ...this.state.form.pairs, [slot(operation, field)]: next },
    });
    const edit = (i: number, pair: Pair) => set(pairs.map((old, at) => (at === i ? pair : old)));
    return html`${pairs.map((pair, i) => html`<div class="pair">
        <input aria-label=${words.pairKeys[noun]} .value=${pair.key} autocomplete="off" placeholder="Department"
          @input=${(e: Event) => edit(i, { ...pair, key: valueOf(e) })}>
        <input aria-label=${words.pairValues[noun]} .value=${pair.value} autocomplete="off" placeholder="IT"
          @input=${(e: Event) => edit(i, { ...pair, value: valueOf(e) })}>
        <button type="button" class="plain" aria-label=${words.removePair(i + 1)} @click=${() => set(pairs.filter((_, at) => at !== i))}>✕</button>
      </div>`)}
      <button type="button" @click=${() => this.#add(set, pairs)}>${words.addPair}</button>`;
  }

  async #add(set: (pairs: readonly Pair[]) => void, pairs: readonly Pair[]): Promise<void> {
    set([...pairs, { key: '', value: '' }]);
    await this.updateComplete;
  }

  #setText(operation: OperationView, field: FieldView, typed: string): void {
    this.workspace?.setForm({ text: { ...this.state.form.text, [slot(operation, field)]: typed } });
  }
}

/** How a request names an alias: by its name at home, by its ARN from elsewhere. */
function aliasName(alias: string, key: { ARN: string; Account: string }, home: string | undefined): string {
  return key.Account === home ? alias : key.ARN.replace(/key\/[^/]+$/, alias);
}
