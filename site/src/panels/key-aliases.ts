// The aliases of the selected key: made, deleted, moved to another key and fetched from one. Who loses and who gains
// access by a move is shown before it is confirmed.

import { html, nothing } from 'lit';
import type { KeyView } from '../engine/messages.js';
import { text } from '../text/text.js';
import { onEnter, onPress, valueOf } from '../workspace/parts.js';
import type { Plan } from './acting.js';
import { KeyPart } from './key-part.js';
import { aliasName } from './names.js';
import type { Plans } from './panel-view.js';

export class KmsKeyAliases extends KeyPart {
  static override properties = { ...KeyPart.properties, moving: { state: true }, target: { state: true }, typed: { state: true }, fetched: { state: true } };

  /** The alias that is being moved away, and where to: KeyView.ARN. */
  declare moving: string | null;
  declare target: string;
  declare typed: string;
  /** The alias that is being fetched from another key. */
  declare fetched: string;

  constructor() {
    super();
    this.moving = null;
    this.target = '';
    this.typed = '';
    this.fetched = '';
  }

  #create(key: KeyView): Plan {
    return this.callBeside(key, 'CreateAlias', { AliasName: aliasName(this.typed), TargetKeyId: this.nameOf(key) });
  }

  #delete(key: KeyView, alias: string): Plan {
    return this.callBeside(key, 'DeleteAlias', { AliasName: alias });
  }

  #move(alias: string, to: KeyView): Plan {
    return this.callBeside(to, 'UpdateAlias', { AliasName: alias, TargetKeyId: this.nameOf(to) });
  }

  /** Keys that aliases can move to and come from: of the same account and Region. */
  #others(key: KeyView): readonly KeyView[] {
    return (this.state.session?.Keys ?? []).filter((k) => k.ARN !== key.ARN && k.Account === key.Account && k.Region === key.Region);
  }

  protected override plans(): Plans {
    const key = this.selected;
    if (!key) return {};
    const first = key.Aliases[0];
    return { ...(this.typed ? { create: this.#create(key) } : {}), ...(first ? { delete: this.#delete(key, first) } : {}) };
  }

  protected override render() {
    const key = this.selected;
    if (!key) return nothing;
    const words = text().panels.aliases;
    const create = async () => {
      if (await this.act(this.#create(key))) this.typed = '';
    };
    return html`
      ${key.Aliases.length ? html`<ul aria-label=${words.aliases}>${key.Aliases.map((alias) => this.#row(key, alias))}</ul>` : html`<p class="muted small">${words.none}</p>`}
      <form @keydown=${onEnter(() => void create())}>
        <label class="wide">${words.name}<input autocomplete="off" placeholder="alias/app" .value=${this.typed} @input=${(e: Event) => { this.typed = valueOf(e).trim(); }}></label>
        <button type="button" @click=${onPress(() => void create())}>${words.create}</button>
      </form>
      ${this.foretold('create')}${this.foretold('delete')}
      ${this.#fetch(key)}`;
  }

  #row(key: KeyView, alias: string) {
    const words = text().panels.aliases;
    const open = this.moving === alias;
    return html`<li class="thing">
      <span class="mono break spread">${alias}</span>
      <button class="link small" aria-label=${words.moveNamed(alias)} aria-expanded=${open} @click=${() => this.#startMoving(open ? null : alias)}>${words.move}</button>
      <button class="link small" aria-label=${words.deleteNamed(alias)} @click=${() => this.act(this.#delete(key, alias))}>${words.delete}</button>
      ${open ? this.#mover(key, alias) : nothing}
    </li>`;
  }

  async #startMoving(alias: string | null): Promise<void> {
    this.moving = alias;
    this.target = '';
    await this.updateComplete;
    if (alias) this.renderRoot.querySelector<HTMLElement>('.inline select, .inline p')?.focus();
  }

  #mover(key: KeyView, alias: string) {
    const words = text().panels.aliases;
    const others = this.#others(key);
    if (!others.length) return html`<div class="inline small"><p tabindex="-1">${words.nowhere}</p>
      <kms-effects .workspace=${this.workspace} .as=${this.as} .plan=${this.#delete(key, alias)} .heading=${words.ifDeleted(alias)}></kms-effects></div>`;
    const to = others.find((k) => k.ARN === this.target);
    return html`<form class="inline stack">
      <label>${words.to}<select @change=${(e: Event) => { this.target = valueOf(e); }}>
        <option value="" .selected=${!to}>${words.choose}</option>
        ${others.map((k) => html`<option value=${k.ARN} .selected=${k === to}>${k.Label === k.KeyId ? k.KeyId : `${k.Label} (${k.KeyId.slice(0, 8)}…)`}</option>`)}
      </select></label>
      ${to ? html`<kms-effects .workspace=${this.workspace} .as=${this.as} .plan=${this.#move(alias, to)} .heading=${words.ifMoved(alias, to.Label)}></kms-effects>
        <button type="button" @click=${() => this.#confirm(this.#move(alias, to))}>${words.confirm(alias)}</button>` : nothing}
      <kms-effects .workspace=${this.workspace} .as=${this.as} .plan=${this.#delete(key, alias)} .heading=${words.ifDeleted(alias)}></kms-effects>
    </form>`;
  }

  #fetch(key: KeyView) {
    const words = text().panels.aliases;
    const elsewhere = this.#others(key).flatMap((from) => from.Aliases.map((alias) => ({ alias, from })));
    if (!elsewhere.length) return nothing;
    const chosen = elsewhere.find(({ alias }) => alias === this.fetched);
    return html`<form class="stack">
      <label>${words.fetch}<select @change=${(e: Event) => { this.fetched = valueOf(e); }}>
        <option value="" .selected=${!chosen}>${words.choose}</option>
        ${elsewhere.map(({ alias }) => html`<option value=${alias} .selected=${alias === this.fetched}>${alias}</option>`)}
      </select></label>
      ${chosen ? html`<kms-effects .workspace=${this.workspace} .as=${this.as} .plan=${this.#move(chosen.alias, key)} .heading=${words.ifMoved(chosen.alias, key.Label)}></kms-effects>
        <button type="button" @click=${() => this.#confirm(this.#move(chosen.alias, key))}>${words.confirm(chosen.alias)}</button>` : nothing}
    </form>`;
  }

  async #confirm(plan: Plan): Promise<void> {
    if (!(await this.act(plan))) return;
    this.moving = null;
    this.target = '';
    this.fetched = '';
  }
}
