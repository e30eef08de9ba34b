// The grants of the selected key: listed, created, retired, revoked, their tokens put into the request.

import { css, html, nothing } from 'lit';
import type { GrantView, KeyView, TagView } from '../engine/messages.js';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { toMap, words, type Pair } from '../workspace/form.js';
import { clock, onEnter, onPress, shape, shortARN, valueOf } from '../workspace/parts.js';
import { selectedKey } from '../workspace/state.js';
import { WorkspaceView } from '../workspace/view.js';
import { entered, nameOf } from './key-panel.js';

type Act = (operation: string, input: Record<string, unknown>) => Promise<boolean>;

export class KmsGrants extends WorkspaceView {
  static override properties = {
    ...WorkspaceView.properties, act: { attribute: false }, pairs: { state: true }, constraint: { state: true },
  };
  static override styles = [base, css`
    :host { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
    li { border-bottom: 1px solid var(--line); padding: 4px 0 8px; display: grid; gap: 2px; }
    dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 8px; margin: 0; font-size: var(--small); }
    dt { color: var(--muted); }
    dd { margin: 0; overflow-wrap: anywhere; }
    form { margin-top: 8px; }
    .operations { display: grid; grid-template-columns: repeat(auto-fill, minmax(128px, 1fr)); gap: 2px 8px; }
    .operations label { font-size: var(--small); overflow-wrap: anywhere; }
    .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto; gap: 4px; margin-bottom: 4px; }
  `];

  declare act: Act | undefined;
  declare pairs: readonly Pair[];
  declare constraint: string;

  constructor() {
    super();
    this.pairs = [];
    this.constraint = '';
  }

  protected override render() {
    const key = selectedKey(this.state);
    if (!key) return nothing;
    const words = text().panels.grants;
    return html`
      ${key.Grants.length ? html`<ul aria-label=${words.title}>${key.Grants.map((grant) => this.#grant(key, grant))}</ul>`
        : html`<p class="muted small">${words.none}</p>`}
      <details><summary>${words.create}</summary>${this.#form(key)}</details>`;
  }

  #grant(key: KeyView, grant: GrantView) {
    const id = { KeyId: nameOf(key, this.state.session?.Account), GrantId: grant.GrantId };
    const words = text().panels.grants;
    return html`<li>
      <strong class="break">${grant.Name || words.unnamed(grant.GrantId.slice(0, 8))}</strong>
      <dl>
        <dt>${words.grantee}</dt><dd>${shortARN(grant.GranteePrincipal)}</dd>
        <dt>${words.may}</dt><dd>${grant.Operations.join(', ')}</dd>
        ${grant.ConstraintType ? html`<dt>${words.onlyIf}</dt><dd>${grant.ConstraintType}: ${pairText(grant.Constraint)}</dd>` : nothing}
        ${grant.VisibleAt ? html`<dt>${words.visible}</dt><dd class="waiting">${shape('waiting')}${words.visibleAt(clock(grant.VisibleAt))}</dd>` : nothing}
        ${grant.RetiringPrincipal ? html`<dt>${words.retiredBy}</dt><dd>${shortARN(grant.RetiringPrincipal)}</dd>` : nothing}
      </dl>
      <div class="row small">
        <button class="link" @click=${() => this.act?.('RetireGrant', { ...id, KeyId: key.ARN })}>${words.retire}</button>
        <button class="link" @click=${() => this.act?.('RevokeGrant', id)}>${words.revoke}</button>
        ${grant.Token ? html`<button class="link" @click=${() => this.#use(grant.Token)}>${words.useToken}</button>` : nothing}
      </div>
    </li>`;
  }

  #use(token: string): void {
    const form = this.state.form;
    const tokens = words(form.text['grant tokens'] ?? '');
    if (tokens.includes(token)) return;
    this.workspace?.setForm({ text: { ...form.text, 'grant tokens': [...tokens, token].join('\n') } });
  }

  #form(key: KeyView) {
    const operations = this.state.catalogue.Operations.find((o) => o.Service === 'kms' && o.Name === 'CreateGrant')
      ?.Fields.find((field) => field.Name === 'Operations')?.Enum ?? ['Decrypt', 'Encrypt'];
    const words = text().panels.grants;
    const create = (form: HTMLFormElement) => void this.#create(form, key);
    return html`<form class="stack" @keydown=${onEnter(create)}>
      <datalist id="principals">${this.#arns().map((arn) => html`<option value=${arn}></option>`)}</datalist>
      <label>${words.grantee}<input name="grantee" list="principals" autocomplete="off" placeholder="arn:aws:iam::…"></label>
      <label>${words.retiredBy}<input name="retiring" list="principals" autocomplete="off" placeholder=${words.nobody}></label>
      <fieldset><legend>${words.operations}</legend><div class="operations">${operations.map((operation) => html`
        <label class="check"><input type="checkbox" name="operation" value=${operation} ?checked=${operation === 'Decrypt'}>${operation}</label>`)}</div>
      </fieldset>
      <label>${words.constraint}
        <select @change=${(e: Event) => this.#constrain(valueOf(e))}>
          <option value="">${words.noConstraint}</option>
          <option>EncryptionContextSubset</option>
          <option>EncryptionContextEquals</option>
        </select>
      </label>
      ${this.constraint ? html`<fieldset><legend>${this.constraint}</legend>
        ${this.pairs.map((pair, i) => html`<div class="pair">
          <input aria-label=${words.constraintKey} .value=${pair.key} @input=${(e: Event) => this.#pair(i, { ...pair, key: valueOf(e) })}>
          <input aria-label=${words.constraintValue} .value=${pair.value} @input=${(e: Event) => this.#pair(i, { ...pair, value: valueOf(e) })}>
          <button type="button" class="plain" aria-label=${words.removePair} @click=${() =>
            (this.pairs = this.pairs.filter((_, at) => at !== i))}>✕</button></div>`)}
        <button type="button" @click=${() => (this.pairs = [...this.pairs, { key: '', value: '' }])}>${words.addPair}</button>
      </fieldset>` : nothing}
      <label>${words.name}<input name="name" autocomplete="off" placeholder=${words.optional}></label>
      <div><button type="button" @click=${onPress(create)}>${words.createButton}</button></div>
    </form>`;
  }

  #constrain(constraint: string): void {
    this.constraint = constraint;
    if (constraint && !this.pairs.length) this.pairs = [{ key: '', value: '' }];
  }

  #pair(index: number, pair: Pair): void {
    this.pairs = this.pairs.map((old, i) => (i === index ? pair : old));
  }

  // Grants go to users, roles and sessions; a role's ARN covers all of its sessions.
  #arns(): string[] {
    const session = this.state.session;
    const roles = session?.Accounts.flatMap((account) => account.Roles.map((role) => role.ARN)) ?? [];
    return [...new Set([...(session?.Principals.map((p) => p.ARN) ?? []), ...roles])].filter((arn) => arn !== '');
  }

  async #create(form: HTMLFormElement, key: KeyView): Promise<void> {
    const input: Record<string, unknown> = {
      KeyId: nameOf(key, this.state.session?.Account), GranteePrincipal: entered(form, 'grantee'), Operations: new FormData(form).getAll('operation'),
    };
    if (entered(form, 'retiring')) input['RetiringPrincipal'] = entered(form, 'retiring');
    if (entered(form, 'name')) input['Name'] = entered(form, 'name');
    if (this.constraint) input['Constraints'] = { [this.constraint]: toMap(this.pairs) };
    if (!(await this.act?.('CreateGrant', input))) return;
    form.reset();
    this.pairs = [];
    this.constraint = '';
  }
}

function pairText(pairs: readonly TagView[]): string {
  return pairs.map((pair) => `${pair.Key}=${pair.Value}`).join(', ');
}
