// The selected key: its grants, tags, aliases and state. Every action is a call made as somebody, and is refused when
// that principal may not.

import { css, html, nothing } from 'lit';
import type { KeyView } from '../engine/messages.js';
import base from '../workspace/base.js';
import { clock, onEnter, onPress, shape, tabKeys, valueOf } from '../workspace/parts.js';
import { actor, selectedKey } from '../workspace/state.js';
import { WorkspaceView } from '../workspace/view.js';
import { stateTone } from './key-state.js';

const tabs = ['Grants', 'Tags', 'Aliases', 'State'] as const;
type Tab = (typeof tabs)[number];

export class KmsKeyPanel extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, tab: { state: true }, said: { state: true } };
  static override styles = [base, css`
    section { display: grid; gap: 8px; padding: 8px 12px 12px; align-content: start; grid-template-columns: minmax(0, 1fr); }
    .id { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; }
    .id strong { font-weight: 650; }
    [role="tabpanel"] { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
    [role="tab"] { padding-inline: 7px; }
    [role="tablist"] { border-bottom: 1px solid var(--line); }
    .thing { display: flex; gap: 8px; align-items: baseline; border-bottom: 1px solid var(--line); padding: 4px 0; }
    form { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: end; }
    form button { justify-self: start; }
    .said { border-inline-start: 3px solid var(--denied); padding: 2px 8px; }
  `];

  declare tab: Tab;
  /** What the last action of this panel came to, when it was refused. */
  declare said: string;

  constructor() {
    super();
    this.tab = 'Grants';
    this.said = '';
  }

  protected override render() {
    const key = selectedKey(this.state);
    return html`<section aria-label="Key">
      <h2>Key</h2>
      ${key ? this.#key(key) : html`<p class="muted">A document makes keys with <code>aws kms create-key</code>. None was made here yet.</p>`}
    </section>`;
  }

  #key(key: KeyView) {
    return html`
      <div>
        <div class="id"><strong>${key.Label}</strong><span class="small ${stateTone(key.State)}">${shape(stateTone(key.State))}${key.State}</span></div>
        <div class="small muted mono break">${key.KeyId}</div>
      </div>
      <label>Act as
        <select @change=${(e: Event) => this.workspace?.chooseActor(valueOf(e))}>
          ${this.state.session?.Principals.map((p) => html`<option value=${p.Ref} .selected=${p.Ref === actor(this.state)}>${p.Label}</option>`)}
        </select>
      </label>
      <div role="tablist" aria-label="Parts of the key" @keydown=${tabKeys}>
        ${tabs.map((tab) => html`<button role="tab" id="tab-${tab}" aria-controls="panel" aria-selected=${tab === this.tab}
          tabindex=${tab === this.tab ? 0 : -1} @click=${() => this.#show(tab)}>${tab}</button>`)}
      </div>
      <div role="tabpanel" id="panel" aria-labelledby="tab-${this.tab}">
        ${this.said ? html`<p class="said small break">${this.said}</p>` : nothing}
        ${this.#panel(key)}
      </div>`;
  }

  #show(tab: Tab): void {
    this.tab = tab;
    this.said = '';
  }

  #panel(key: KeyView) {
    switch (this.tab) {
      case 'Grants':
        return html`<kms-grants .workspace=${this.workspace} .act=${this.act}></kms-grants>`;
      case 'Tags':
        return this.#tags(key);
      case 'Aliases':
        return this.#aliases(key);
      case 'State':
        return this.#state(key);
    }
  }

  /** Makes a call on the selected key as the chosen principal; true when AWS accepted it. */
  readonly act = async (operation: string, input: Record<string, unknown>): Promise<boolean> => {
    const answer = await this.workspace?.call(actor(this.state), operation, input);
    this.said = answer?.Error ? `${operation} was refused. ${answer.Error.Code}: ${answer.Error.Message}` : '';
    return !!answer && !answer.Error;
  };

  #tags(key: KeyView) {
    const add = async (form: HTMLFormElement) => {
      const input = { KeyId: nameOf(key, this.state.session?.Account), Tags: [{ TagKey: text(form, 'key'), TagValue: text(form, 'value') }] };
      if (await this.act('TagResource', input)) form.reset();
    };
    return html`
      ${key.Tags.length ? html`<ul aria-label="Tags">${key.Tags.map((tag) => html`<li class="thing">
        <span class="break spread"><span class="mono">${tag.Key}</span> = <span class="mono">${tag.Value}</span></span>
        <button class="link small" aria-label="Remove tag ${tag.Key}" @click=${() =>
          this.act('UntagResource', { KeyId: nameOf(key, this.state.session?.Account), TagKeys: [tag.Key] })}>Remove</button></li>`)}</ul>`
        : html`<p class="muted small">Tags can decide access: policies ask for them with <code>aws:ResourceTag/…</code>.</p>`}
      <form @keydown=${onEnter(add)}>
        <label>Tag key<input name="key" autocomplete="off" placeholder="Project"></label>
        <label>Tag value<input name="value" autocomplete="off" placeholder="Alpha"></label>
        <button type="button" @click=${onPress(add)}>Add tag</button>
      </form>`;
  }

  #aliases(key: KeyView) {
    const add = async (form: HTMLFormElement) => {
      const typed = text(form, 'alias');
      const input = { AliasName: typed.startsWith('alias/') ? typed : `alias/${typed}`, TargetKeyId: nameOf(key, this.state.session?.Account) };
      if (await this.act('CreateAlias', input)) form.reset();
    };
    const elsewhere = (this.state.session?.Keys ?? []).filter((k) => k.ARN !== key.ARN && k.Account === key.Account).flatMap((k) => k.Aliases);
    return html`
      ${key.Aliases.length ? html`<ul aria-label="Aliases">${key.Aliases.map((alias) => html`<li class="thing">
        <span class="mono break spread">${alias}</span>
        <button class="link small" aria-label="Delete ${alias}" @click=${() => this.act('DeleteAlias', { AliasName: alias })}>Delete</button></li>`)}</ul>`
        : html`<p class="muted small">An alias is another name of a key; policies ask for it with <code>kms:RequestAlias</code> and <code>kms:ResourceAliases</code>.</p>`}
      <form @keydown=${onEnter(add)}>
        <label>Alias name<input name="alias" autocomplete="off" placeholder="alias/app"></label>
        <button type="button" @click=${onPress(add)}>Create alias</button>
      </form>
      ${elsewhere.map((alias) => html`<div class="thing"><span class="mono break spread">${alias}</span>
        <button class="link small" aria-label="Point ${alias} here" @click=${() =>
          this.act('UpdateAlias', { AliasName: alias, TargetKeyId: nameOf(key, this.state.session?.Account) })}>Point here</button></div>`)}`;
  }

  #state(key: KeyView) {
    const id = { KeyId: nameOf(key, this.state.session?.Account) };
    const schedule = (form: HTMLFormElement) => {
      const days = Number(text(form, 'days'));
      void this.act('ScheduleKeyDeletion', { ...id, PendingWindowInDays: days });
    };
    return html`
      <p class=${stateTone(key.State)}>${shape(stateTone(key.State))} ${key.State}</p>
      ${key.DeletionDate ? html`<p class="small">To be deleted at ${clock(key.DeletionDate, true)} UTC.</p>` : nothing}
      <p class="small muted">${key.Spec} · ${key.Usage} · created ${clock(key.Created, true)} UTC</p>
      ${key.Description ? html`<p class="small break">${key.Description}</p>` : nothing}
      <div class="row">
        <button @click=${() => this.act('EnableKey', id)}>Enable</button>
        <button @click=${() => this.act('DisableKey', id)}>Disable</button>
        <button @click=${() => this.act('CancelKeyDeletion', id)}>Cancel deletion</button>
      </div>
      <form @keydown=${onEnter(schedule)}>
        <label>Waiting period in days<input name="days" type="number" min="7" max="30" value="7"></label>
        <button type="button" @click=${onPress(schedule)}>Schedule deletion</button>
      </form>`;
  }
}

/** How a call names a key: by its id at home, by its ARN from elsewhere. */
export function nameOf(key: KeyView, account: string | undefined): string {
  return key.Account === account ? key.KeyId : key.ARN;
}

export function text(form: HTMLFormElement, name: string): string {
  return String(new FormData(form).get(name) ?? '').trim();
}
