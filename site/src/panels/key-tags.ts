// The tags of the selected key. What a change flips is shown before it is made: tags decide access.

import { html, nothing } from 'lit';
import type { KeyView, TagView } from '../engine/messages.js';
import { text } from '../text/text.js';
import { onEnter, onPress, valueOf } from '../workspace/parts.js';
import type { Plan } from './acting.js';
import { KeyPart } from './key-part.js';
import type { Plans } from './panel-view.js';

export class KmsKeyTags extends KeyPart {
  static override properties = { ...KeyPart.properties, editing: { state: true }, value: { state: true }, added: { state: true } };

  /** The key of the tag that is being changed. */
  declare editing: string | null;
  declare value: string;
  declare added: TagView;

  constructor() {
    super();
    this.editing = null;
    this.value = '';
    this.added = { Key: '', Value: '' };
  }

  #tag(key: KeyView, tag: TagView): Plan {
    return this.callOn(key, 'TagResource', { Tags: [{ TagKey: tag.Key, TagValue: tag.Value }] });
  }

  #untag(key: KeyView, name: string): Plan {
    return this.callOn(key, 'UntagResource', { TagKeys: [name] });
  }

  protected override plans(): Plans {
    const key = this.selected;
    if (!key) return {};
    const first = key.Tags[0];
    return { tag: this.#tag(key, this.added.Key ? this.added : { Key: 'Project', Value: 'Alpha' }), ...(first ? { untag: this.#untag(key, this.editing ?? first.Key) } : {}) };
  }

  protected override render() {
    const key = this.selected;
    if (!key) return nothing;
    const words = text().panels.tags;
    return html`
      ${key.Tags.length ? html`<ul aria-label=${words.tags}>${key.Tags.map((tag) => this.#row(key, tag))}</ul>` : html`<p class="muted small">${words.none}</p>`}
      ${this.#form(key)}
      ${this.foretold('tag')}${this.foretold('untag')}`;
  }

  #row(key: KeyView, tag: TagView) {
    const words = text().panels.tags;
    const open = this.editing === tag.Key;
    return html`<li class="thing">
      <span class="break spread"><span class="mono">${tag.Key}</span> = <span class="mono">${tag.Value}</span></span>
      <button class="link small" aria-label=${words.editNamed(tag.Key)} aria-expanded=${open} @click=${() => this.#edit(open ? null : tag)}>${words.edit}</button>
      <button class="link small" aria-label=${words.removeNamed(tag.Key)} @click=${() => this.act(this.#untag(key, tag.Key))}>${words.remove}</button>
      ${open ? this.#editor(key, tag) : nothing}
    </li>`;
  }

  async #edit(tag: TagView | null): Promise<void> {
    this.editing = tag?.Key ?? null;
    this.value = tag?.Value ?? '';
    await this.updateComplete;
    if (tag) this.renderRoot.querySelector<HTMLInputElement>('.inline input')?.select();
  }

  #editor(key: KeyView, tag: TagView) {
    const words = text().panels.tags;
    const changed = { Key: tag.Key, Value: this.value };
    const save = async () => {
      if (!(await this.act(this.#tag(key, changed)))) return;
      const at = [...this.renderRoot.querySelectorAll('li')].findIndex((li) => li.querySelector('.inline'));
      this.editing = null;
      await this.updateComplete;
      this.renderRoot.querySelectorAll('li')[at]?.querySelector('button')?.focus();
    };
    return html`<form class="inline stack" @keydown=${onEnter(() => void save())}>
      <label>${words.newValue(tag.Key)}<input autocomplete="off" .value=${this.value} @input=${(e: Event) => { this.value = valueOf(e).trim(); }}></label>
      ${this.value !== tag.Value ? html`<kms-effects .workspace=${this.workspace} .as=${this.as} .plan=${this.#tag(key, changed)} .heading=${words.ifChanged(tag.Key, this.value)}></kms-effects>` : nothing}
      <kms-effects .workspace=${this.workspace} .as=${this.as} .plan=${this.#untag(key, tag.Key)} .heading=${words.ifRemoved(tag.Key)}></kms-effects>
      <div class="row"><button type="button" @click=${() => save()}>${words.save}</button></div>
    </form>`;
  }

  #form(key: KeyView) {
    const words = text().panels.tags;
    const { added } = this;
    const add = async () => {
      if (await this.act(this.#tag(key, this.added))) this.added = { Key: '', Value: '' };
    };
    return html`<form @keydown=${onEnter(() => void add())}>
      <label>${words.key}<input autocomplete="off" placeholder="Project" .value=${added.Key} @input=${(e: Event) => { this.added = { ...this.added, Key: valueOf(e).trim() }; }}></label>
      <label>${words.value}<input autocomplete="off" placeholder="Alpha" .value=${added.Value} @input=${(e: Event) => { this.added = { ...this.added, Value: valueOf(e).trim() }; }}></label>
      ${added.Key ? html`<kms-effects class="wide" .workspace=${this.workspace} .as=${this.as} .plan=${this.#tag(key, added)} .heading=${words.ifAdded(added.Key, added.Value)}></kms-effects>` : nothing}
      <button type="button" @click=${onPress(() => void add())}>${words.add}</button>
    </form>`;
  }
}
