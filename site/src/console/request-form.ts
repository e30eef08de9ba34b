// The request console as a form: who, what, on which key, the parameters of the operation, and where it comes from.

import { css, html, nothing, type PropertyValues } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { FieldView, OperationHelp, OperationView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { isProblem, bytesOf } from '../workspace/bytes.js';
import { keyField, operationId, slot, textAt, type Origin, type RequestForm } from '../workspace/form.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { onEnter, principalOptions, valueOf } from '../workspace/parts.js';
import { pinForm } from '../workspace/pins.js';
import { madeFor, type Made } from '../workspace/recall.js';
import type { WorkspaceState } from '../workspace/state.js';
import { WorkspaceView } from '../workspace/view.js';
import { fieldStyles } from './field-styles.js';
import { drawField, idOf, withBytes, type Drawing } from './fields.js';
import { callingServices, knownRegions, services } from './names.js';

const shownRoles = ['plaintext', 'ciphertext', 'encryption context', 'constraints', 'tags', 'principal', 'policy', 'alias', 'grant id'];
// The value of the option that lets a key be typed.
const other = '\u0000other';
// Bytes. No parameter of AWS KMS is longer.
const longestFile = 300_000;

export class KmsRequestForm extends WorkspaceView {
  static override properties = {
    ...WorkspaceView.properties, typing: { state: true }, told: { state: true }, coded: { type: Boolean, reflect: true }, failed: { state: true },
    explained: { state: true }, help: { state: true }, searching: { state: true },
  };
  static override styles = [base, fieldStyles, css`
    /* What is folded lies side by side, what is unfolded takes the whole width. */
    section { padding: 6px 12px; display: flex; flex-wrap: wrap; gap: 6px 24px; align-content: start; }
    form { display: contents; }
    .line, details[open] { flex: 1 0 100%; min-width: 0; }
    .line { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; }
    .line > * { flex: 1 1 150px; }
    .line > .wide { flex: 2 1 240px; }
    .line > button:is(.main, .pin) { flex: 0 0 auto; min-height: 32px; }
    .line > .wide:has(> .bytes > .menu) { flex: 4 1 330px; }
    .line > button.search { flex: 0 0 auto; margin-inline-start: -10px; padding: 0 6px; font-size: 20px; line-height: 1; }
    .line > label.key { flex: 1.4 1 180px; }
    .line.top { align-items: end; }
    .line.fields { align-items: start; }
    .button { justify-self: start; }
    textarea { min-height: 30px; field-sizing: content; max-height: 104px; }
    details .line { margin-top: 4px; }
  `];

  declare typing: boolean;
  /** Whether it was said that there is no ciphertext yet. */
  declare told: boolean;
  declare coded: boolean;
  /** What was wrong with a file, by slot. */
  declare failed: Readonly<Record<string, string>>;
  /** Whether fields say what they are for. */
  declare explained: boolean;
  declare help: OperationHelp | null;
  declare searching: boolean;
  #mended = 0;
  // The operation that was last asked about.
  #described = '';

  constructor() {
    super();
    this.typing = false;
    this.told = false;
    this.coded = false;
    this.failed = {};
    this.explained = false;
    this.help = null;
    this.searching = false;
  }

  protected override drawnFrom({ session, catalogue, form, phase, sending, mend }: WorkspaceState) {
    return [session, catalogue, form, phase, sending, mend];
  }

  protected override render() {
    const operation = this.workspace?.operation();
    const words = text().console.form;
    return html`<section aria-label=${words.title}>
      <form @keydown=${onEnter(() => void this.workspace?.send())}>
        <div class="line top">
          <label>${words.principal}<select @change=${(e: Event) => this.workspace?.setForm({ principal: valueOf(e) })}>${this.#principals()}</select></label>
          <label>${words.operation}<select @change=${(e: Event) => this.workspace?.setForm({ operation: valueOf(e) })}>
            ${this.#operations()}
          </select></label>
          <button type="button" class="plain search" aria-label=${text().console.fields.search} title=${text().console.fields.search} aria-expanded=${this.searching} @click=${() => this.#search(!this.searching)}>⌕</button>
          ${operation ? this.#key(operation) : nothing}
          <button type="button" class="main" ?disabled=${this.state.phase !== 'ready'} aria-busy=${this.state.sending} @click=${() => this.workspace?.send()} aria-keyshortcuts="Control+Enter Meta+Enter">${words.send}</button>
          <button type="button" class="pin" ?disabled=${this.state.phase !== 'ready'} @click=${() => this.workspace && pinForm(this.workspace)}>${words.pin}</button>
          ${this.searching ? html`<kms-operation-search .workspace=${this.workspace} @kms-done=${() => this.#search(false)}></kms-operation-search>` : nothing}
        </div>
        ${operation ? this.#fields(operation) : nothing}
      </form>
      ${operation ? this.#explainer() : nothing}
      <details @toggle=${(e: Event) => this.#toggleCode((e.currentTarget as HTMLDetailsElement).open)}><summary>${words.asCode}</summary>
        ${this.coded ? html`<kms-as-code .workspace=${this.workspace}></kms-as-code>` : nothing}</details>
    </section>`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.explained && this.state.form.operation !== this.#described) void this.#describe(this.state.form.operation);
  }

  async #describe(operation: string): Promise<void> {
    this.#described = operation;
    this.help = null;
    const help = (await this.workspace?.ask({ Type: 'Describe', Text: operation }))?.Described ?? null;
    if (operation === this.#described) this.help = help;
  }

  #explainer() {
    const words = text().console.fields;
    return html`<span class="small"><button type="button" class="link" aria-pressed=${this.explained} @click=${() => { this.explained = !this.explained; }}>${words.explain}</button>
      ${this.explained && this.help?.Page ? html` · <a href=${this.help.Page} target="_blank" rel="noreferrer">${words.page}</a>` : nothing}</span>`;
  }

  async #search(open: boolean): Promise<void> {
    if (open) await defineWhenLoaded('kms-operation-search', async () => (await import('./operation-search.js')).KmsOperationSearch);
    this.searching = open;
    await this.updateComplete;
    const search = this.renderRoot.querySelector<WorkspaceView>('kms-operation-search');
    await search?.updateComplete;
    (search ?? this.renderRoot.querySelector<HTMLElement>('.search'))?.focus();
  }

  // A field that stands for nothing was to be sent: the person is taken to it.
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { mend } = this.state;
    if (!mend || mend.serial === this.#mended) return;
    this.#mended = mend.serial;
    const field = this.renderRoot.querySelector<HTMLElement>(`#${idOf(mend.field)}`);
    field?.closest('details')?.setAttribute('open', '');
    field?.focus();
  }

  // Closed, it is gone, and costs nothing while one types.
  async #toggleCode(open: boolean): Promise<void> {
    this.coded = open;
    if (open) await defineWhenLoaded('kms-as-code', async () => (await import('./as-code.js')).KmsAsCode);
  }

  #principals() {
    const chosen = this.state.form.principal;
    const principals = this.state.session?.Principals ?? [];
    const rest = callingServices.filter((name) => !principals.some((p) => p.Ref === name));
    const names = principals.some((p) => p.Ref === chosen) || rest.includes(chosen) || chosen === '' ? rest : [...rest, chosen];
    return html`${principalOptions(principals, chosen)}
      <optgroup label=${text().console.fields.services}>${names.map((name) => html`<option value=${name} .selected=${name === chosen}>${name}</option>`)}</optgroup>`;
  }

  #operations() {
    return guard([this.state.catalogue, this.state.form.operation, text()], () => this.#everyOperation());
  }

  #everyOperation() {
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
    return html`<label class="key">${words.key}<select title=${this.#arnOf(chosen)} @change=${(e: Event) => this.#chooseKey(valueOf(e))}>
        ${this.#keyOptions(chosen, !field.Required)}
        <option value=${other} .selected=${this.typing}>${words.other}</option>
      </select></label>
      ${this.typing ? html`<label>${words.aliasOrARN}<input .value=${chosen} autocomplete="off"
        @input=${(e: Event) => this.workspace?.setForm({ key: valueOf(e) })}></label>` : nothing}`;
  }

  #arnOf(name: string): string {
    return this.state.session?.Keys.find((key) => key.ARN === name || key.Label === name || key.Aliases.includes(name))?.ARN ?? name;
  }

  #keyOptions(chosen: string, optional: boolean) {
    return guard([this.state.session?.Keys, chosen, optional, this.typing, text()], () => this.#everyKey(chosen, optional));
  }

  #everyKey(chosen: string, optional: boolean) {
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
        return html`<option value=${value} title=${key.ARN} .selected=${!this.typing && value === chosen}>${key.Account === home ? alias : words.aliasIn(alias, key.Account)}</option>`;
      })}</optgroup>` : nothing}
      <optgroup label=${words.keyARNs}>${keys.map((key) => html`
        <option value=${key.ARN} title=${key.ARN} .selected=${!this.typing && key.ARN === chosen}>${key.KeyId}</option>`)}</optgroup>`;
  }

  #chooseKey(value: string): void {
    this.typing = value === other;
    if (!this.typing) this.workspace?.setForm({ key: value });
  }

  #fields(operation: OperationView) {
    const { form } = this.state;
    const d = this.#drawing();
    const fields = operation.Fields.filter((field) => field !== keyField(operation));
    const tokens = fields.filter((field) => field.Role === 'grant tokens');
    const plain = fields.filter((field) => field.Role !== 'grant tokens');
    const isShown = (field: FieldView) => field.Required || shownRoles.includes(field.Role) || textAt(form, slot(operation, field)) !== '';
    const rest = plain.filter((field) => !isShown(field));
    const words = text().console.form;
    const draw = (field: FieldView) => drawField(d, field, slot(operation, field));
    const { Accounts, Principals, Keys, Policies } = this.state.session ?? {};
    return html`${guard([Accounts, Principals, Keys, Policies, text()], () => this.#lists())}
      <div class="line fields">${plain.filter(isShown).map(draw)}${tokens.map(draw)}</div>
      <details><summary>${rest.length ? words.originAndMore : words.origin}</summary>
        <div class="line fields">
          ${this.#origin(words.sourceIP, 'sourceIP', '198.51.100.7')}
          ${this.#origin(words.viaService, 'viaService', 'ec2', 'via')}
          ${this.#origin(words.vpcEndpoint, 'vpcEndpoint', 'vpce-…', 'endpoints')}
          ${this.#origin(words.sourceArn, 'sourceArn', text().console.fields.sourceHint)}
          ${this.#origin(words.region, 'region', this.state.session?.Region ?? '', 'regions')}
          ${rest.map(draw)}
        </div>
      </details>`;
  }

  // What the text fields propose.
  #lists() {
    const session = this.state.session;
    const roles = session?.Accounts.flatMap((account) => account.Roles.map((role) => role.ARN)) ?? [];
    const people = new Map([...roles.map((arn) => [arn, ''] as const), ...(session?.Principals ?? []).map((p) => [p.ARN, said(p.Label)] as const)]);
    const regions = new Set([session?.Region ?? '', ...(session?.Keys.map((key) => key.Region) ?? []), ...knownRegions]);
    const list = (id: string, values: Iterable<readonly [string, string]>) => html`<datalist id=${id}>${[...values].filter(([value]) => value).map(([value, label]) => html`<option value=${value}>${label}</option>`)}</datalist>`;
    const same = (values: Iterable<string>) => [...values].map((value) => [value, ''] as const);
    return html`<div hidden>${list('arns', people)}${list('regions', same(regions))}${list('services', same(callingServices))}
      ${list('via', same(callingServices.filter((name) => !/\.\w+-\w+-\d/.test(name)).map((name) => name.split('.')[0]!)))}
      ${list('endpoints', same(session?.Policies.flatMap((policy) => /vpce-[\w-]+/.exec(policy.Kind === 'VPC endpoint policy' ? policy.ID : '') ?? []) ?? []))}</div>`;
  }

  #origin(name: string, field: Origin, example: string, list = '') {
    return html`<label>${name}<input .value=${this.state.form[field]} placeholder=${example} autocomplete="off" list=${list || nothing}
      @input=${(e: Event) => this.workspace?.setForm({ [field]: valueOf(e) })}></label>`;
  }

  #drawing(): Drawing {
    return {
      form: this.state.form, session: this.state.session, failed: this.failed,
      set: (change) => this.workspace?.setForm(change),
      help: (field) => (this.explained && this.help?.Fields.find((known) => known.Name === field.Name)?.Text) || '',
      take: (field, at, made) => void this.#take(field, at, made),
      read: (field, at, file) => void this.#read(field, at, file),
      beside: (field, at) => (field.Role === 'ciphertext' ? this.#lastCiphertext(field, at) : nothing),
      keyOptions: (chosen, optional) => this.#keyOptions(chosen, optional),
    };
  }

  async #take(field: FieldView, at: string, { request, output }: Made): Promise<void> {
    const bytes = bytesOf((await this.workspace?.output(request.Index, output)) ?? '', 'Base64');
    if (!isProblem(bytes) && bytes.length) this.#put(withBytes(this.state.form, field, at, bytes), at);
  }

  async #read(field: FieldView, at: string, file: File): Promise<void> {
    if (file.size > longestFile) {
      this.failed = { ...this.failed, [at]: text().console.fields.tooLong(file.name) };
      return;
    }
    this.#put(withBytes(this.state.form, field, at, new Uint8Array(await file.arrayBuffer())), at);
  }

  #put(change: Partial<RequestForm>, at: string): void {
    this.failed = { ...this.failed, [at]: '' };
    this.workspace?.setForm(change);
  }

  #lastCiphertext(field: FieldView, at: string) {
    const words = text().console.form;
    const use = async () => {
      const last = madeFor(field, this.state.session?.Requests ?? [])[0];
      this.told = !last;
      if (last) await this.#take(field, at, last);
    };
    return html`<div><button type="button" class="link small button" @click=${use}>${words.useLast}</button>
      <span class="small muted" aria-live="polite">${this.told ? words.noCiphertext : ''}</span></div>`;
  }
}

/** How a request names an alias: by its name at home, by its ARN from elsewhere. */
function aliasName(alias: string, key: { ARN: string; Account: string }, home: string | undefined): string {
  return key.Account === home ? alias : key.ARN.replace(/key\/[^/]+$/, alias);
}
