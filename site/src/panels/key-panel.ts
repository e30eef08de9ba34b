// The selected key: its grants, tags, aliases and state. Every action is a call made as somebody, and is refused when
// that principal may not.

import { css, html, nothing } from 'lit';
import type { KeyView } from '../engine/messages.js';
import { text } from '../text/text.js';
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
  declare said: { readonly operation: string; readonly error: string } | null;

  constructor() {
    super();
    this.tab = 'Grants';
    this.said = null;
  }

  protected override render() {
    const key = selectedKey(this.state);
    const words = text().panels.key;
    return html`<section aria-label=${words.title}>
      <h2>${words.title}</h2>
      ${key ? this.#key(key) : html`<p class="muted">${words.none(html`<code>aws kms create-key</code>`)}</p>`}
    </section>`;
  }

  #key(key: KeyView) {
    const words = text().panels.key;
    return html`
      <div>
        <div class="id"><strong>${key.Label}</strong><span class="small ${stateTone(key.State)}">${shape(stateTone(key.State))}${key.State}</span></div>
        <div class="small muted mono break">${key.KeyId}</div>
      </div>
      <label>${words.actAs}
        <select @change=${(e: Event) => this.workspace?.chooseActor(valueOf(e))}>
          ${this.state.session?.Principals.map((p) => html`<option value=${p.Ref} .selected=${p.Ref === actor(this.state)}>${p.Label}</option>`)}
        </select>
      </label>
      <div role="tablist" aria-label=${words.parts} @keydown=${tabKeys}>
        ${tabs.map((tab) => html`<button role="tab" id="tab-${tab}" aria-controls="panel" aria-selected=${tab === this.tab}
          tabindex=${tab === this.tab ? 0 : -1} @click=${() => this.#show(tab)}>${words.tabs[tab]}</button>`)}
      </div>
      <div role="tabpanel" id="panel" aria-labelledby="tab-${this.tab}">
        ${this.said ? html`<p class="said small break">${words.refused(this.said.operation, this.said.error)}</p>` : nothing}
        ${this.#panel(key)}
      </div>`;
  }

  #show(tab: Tab): void {
    this.tab = tab;
    this.said = null;
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
    this.said = answer?.Error ? { operation, error: `${answer.Error.Code}: ${answer.Error.Message}` } : null;
    return !!answer && !answer.Error;
  };

  #tags(key: KeyView) {
    const add = async (form: HTMLFormElement) => {
      const input = { KeyId: nameOf(key, this.state.session?.Account), Tags: [{ TagKey: entered(form, 'key'), TagValue: entered(form, 'value') }] };
      if (await this.act('TagResource', input)) form.reset();
    };
    const words = text().panels.tags;
    return html`
      ${key.Tags.length ? html`<ul aria-label=${words.title}>${key.Tags.map((tag) => html`<li class="thing">
        <span class="break spread"><span class="mono">${tag.Key}</span> = <span class="mono">${tag.Value}</span></span>
        <button class="link small" aria-label=${words.removeOne(tag.Key)} @click=${() =>
          this.act('UntagResource', { KeyId: nameOf(key, this.state.session?.Account), TagKeys: [tag.Key] })}>${words.remove}</button></li>`)}</ul>`
        : html`<p class="muted small">${words.none(html`<code>aws:ResourceTag/…</code>`)}</p>`}
      <form @keydown=${onEnter(add)}>
        <label>${words.key}<input name="key" autocomplete="off" placeholder="Project"></label>
        <label>${words.value}<input name="value" autocomplete="off" placeholder="Alpha"></label>
        <button type="button" @click=${onPress(add)}>${words.add}</button>
      </form>`;
  }

  #aliases(key: KeyView) {
    const add = async (form: HTMLFormElement) => {
      const typed = entered(form, 'alias');
      const input = { AliasName: typed.startsWith('alias/') ? typed : `alias/${typed}`, TargetKeyId: nameOf(key, this.state.session?.Account) };
      if (await this.act('CreateAlias', input)) form.reset();
    };
    const words = text().panels.aliases;
    const elsewhere = (this.state.session?.Keys ?? []).filter((k) => k.ARN !== key.ARN && k.Account === key.Account).flatMap((k) => k.Aliases);
    return html`
      ${key.Aliases.length ? html`<ul aria-label=${words.title}>${key.Aliases.map((alias) => html`<li class="thing">
        <span class="mono break spread">${alias}</span>
        <button class="link small" aria-label=${words.deleteOne(alias)} @click=${() => this.act('DeleteAlias', { AliasName: alias })}>${words.delete}</button></li>`)}</ul>`
        : html`<p class="muted small">${words.none(html`<code>kms:RequestAlias</code>`, html`<code>kms:ResourceAliases</code>`)}</p>`}
      <form @keydown=${onEnter(add)}>
        <label>${words.name}<input name="alias" autocomplete="off" placeholder="alias/app"></label>
        <button type="button" @click=${onPress(add)}>${words.create}</button>
      </form>
      ${elsewhere.map((alias) => html`<div class="thing"><span class="mono break spread">${alias}</span>
        <button class="link small" aria-label=${words.pointOne(alias)} @click=${() =>
          this.act('UpdateAlias', { AliasName: alias, TargetKeyId: nameOf(key, this.state.session?.Account) })}>${words.pointHere}</button></div>`)}`;
  }

  #state(key: KeyView) {
    const words = text().panels.state;
    const id = { KeyId: nameOf(key, this.state.session?.Account) };
    const schedule = (form: HTMLFormElement) => {
      const days = Number(entered(form, 'days'));
      void this.act('ScheduleKeyDeletion', { ...id, PendingWindowInDays: days });
    };
    return html`
      <p class=${stateTone(key.State)}>${shape(stateTone(key.State))} ${key.State}</p>
      ${key.DeletionDate ? html`<p class="small">${words.deletedAt(clock(key.DeletionDate, true))}</p>` : nothing}
      <p class="small muted">${words.about(key.Spec, key.Usage, clock(key.Created, true))}</p>
      ${key.Description ? html`<p class="small break">${key.Description}</p>` : nothing}
      <div class="row">
        <button @click=${() => this.act('EnableKey', id)}>${words.enable}</button>
        <button @click=${() => this.act('DisableKey', id)}>${words.disable}</button>
        <button @click=${() => this.act('CancelKeyDeletion', id)}>${words.cancelDeletion}</button>
      </div>
      <form @keydown=${onEnter(schedule)}>
        <label>${words.days}<input name="days" type="number" min="7" max="30" value="7"></label>
        <button type="button" @click=${onPress(schedule)}>${words.schedule}</button>
      </form>`;
  }
}

/** How a call names a key: by its id at home, by its ARN from elsewhere. */
export function nameOf(key: KeyView, account: string | undefined): string {
  return key.Account === account ? key.KeyId : key.ARN;
}

export function entered(form: HTMLFormElement, name: string): string {
  return String(new FormData(form).get(name) ?? '').trim();
}
