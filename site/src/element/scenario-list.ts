// The scenarios that are kept, and files: what is behind the button "Scenarios". Loaded when it is pressed.

import { css, html, nothing } from 'lit';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { fileName, type Keeper } from '../workspace/keeper.js';
import type { Listed } from '../workspace/scenarios.js';
import { onEnter } from '../workspace/parts.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { WorkspaceView } from '../workspace/view.js';
import { save } from './save.js';

export class KmsScenarios extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, keeper: { state: true }, renaming: { state: true }, removed: { state: true }, exports: { state: true }, failure: { state: true } };
  static override styles = [base, css`
    :host { min-width: min(440px, 86vw); }
    section { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
    ul { display: grid; max-height: 44vh; overflow: auto; grid-template-columns: minmax(0, 1fr); }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 4px 8px; align-items: center; padding: 4px; border-bottom: 1px solid var(--line); }
    li.current { background: var(--accent-soft); }
    li .when { display: block; }
    form { display: flex; gap: 4px; grid-column: 1 / -1; }
    form input { flex: 1; }
    .file { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  `];

  declare keeper: Keeper | undefined;
  declare renaming: string;
  declare removed: Listed | null;
  declare exports: boolean;
  declare failure: string;

  constructor() {
    super();
    this.renaming = '';
    this.removed = null;
    this.exports = false;
    this.failure = '';
  }

  // Not when it is connected: what was set before the element was defined arrives with the first update.
  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.keeper = await this.workspace?.keeper();
    } catch (cause) {
      this.failure = String(cause);
    }
  }

  protected override render() {
    const words = text().element.scenarios;
    if (!this.keeper) return html`<p class="muted">${this.failure ? words.notLoaded(this.failure) : words.loading}</p>`;
    const { scenarios, unreadable } = this.keeper.scenarios.list();
    return html`<section aria-label=${words.title}>
      <h2>${words.title}</h2>
      <p class="small" aria-live="polite">${this.#standing()}</p>
      ${this.removed ? html`<p class="small">${words.deleted(this.removed.scenario.name)}
        <button class="link" @click=${() => this.#putBack()}>${words.putBack}</button></p>` : nothing}
      ${scenarios.length ? html`<ul aria-label=${words.kept}>${scenarios.map((listed) => this.#row(listed))}</ul>` : nothing}
      ${unreadable ? html`<p class="small muted">${words.unreadable(unreadable)}</p>` : nothing}
      <div class="row">
        <button @click=${() => this.#leave(() => this.workspace?.openText(`---\ntitle: ${words.newTitle}\n---\n`))}>${words.new}</button>
        <button @click=${() => this.renderRoot.querySelector<HTMLInputElement>('.file')?.click()}>${words.openFile}</button>
        <input class="file" type="file" tabindex="-1" aria-label=${words.file} accept=".md,.markdown,.txt,text/markdown,text/plain" @change=${(e: Event) => this.#openFile(e)}>
        <button @click=${() => this.#saveFile()}>${words.saveFile}</button>
        <button @click=${() => this.#import()}>${text().element.importing.open}</button>
        <button aria-expanded=${this.exports} @click=${() => this.#export()}>${text().element.exporting.open}</button>
      </div>
      ${this.exports ? html`<kms-export .workspace=${this.workspace}></kms-export>` : nothing}
      <p class="small muted">${words.files}</p>
    </section>`;
  }

  #standing() {
    const { name, where, conflict } = this.state.keeping;
    const words = text().element.scenarios;
    const stored = this.keeper?.scenarios.isStored;
    if (conflict) return words.conflict(name);
    if (where === 'full') return html`<span class="waiting">${words.full(name)}</span>`;
    if (!stored) return words.noStorage(name);
    return name ? words.saved(name) : words.savedByItself;
  }

  #row(listed: Listed) {
    const { id, scenario } = listed;
    const current = id === this.state.keeping.id;
    const words = text().element.scenarios;
    return html`<li class=${current ? 'current' : ''}>
      <span><button class="link break" aria-current=${current ? 'true' : nothing} @click=${() => this.#leave(() => this.workspace?.openScenario(id))}>${scenario.name}</button>
        <span class="small muted when">${current ? `${words.openHere} · ` : ''}${new Date(scenario.changed).toLocaleString(this.state.language || undefined)}</span></span>
      <button class="plain small" aria-label=${words.renameOne(scenario.name)} aria-expanded=${this.renaming === id} @click=${() => this.#startRenaming(id)}>${words.rename}</button>
      <button class="plain small" aria-label=${words.deleteOne(scenario.name)} @click=${() => this.#remove(listed)}>${words.delete}</button>
      ${this.renaming === id ? html`<form @submit=${(e: Event) => e.preventDefault()} @keydown=${onEnter(() => this.#rename(id))}>
        <input aria-label=${words.newName} maxlength="190" autocomplete="off" .value=${scenario.name}><button type="button" @click=${() => this.#rename(id)}>${words.saveName}</button></form>` : nothing}
    </li>`;
  }

  async #startRenaming(id: string): Promise<void> {
    this.renaming = this.renaming === id ? '' : id;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('form input')?.select();
  }

  async #rename(id: string): Promise<void> {
    const name = this.renderRoot.querySelector<HTMLInputElement>('form input')?.value ?? '';
    this.keeper?.rename(id, name);
    if (id === this.state.keeping.id) this.workspace?.saved('scenario');
    this.renaming = '';
    await this.updateComplete;
    this.#focus(id);
  }

  async #remove(listed: Listed): Promise<void> {
    this.keeper?.remove(listed.id);
    this.removed = listed;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('p button')?.focus();
  }

  async #putBack(): Promise<void> {
    const back = this.removed;
    if (!back) return;
    this.keeper?.putBack(back);
    this.removed = null;
    await this.updateComplete;
    this.#focus(back.id);
  }

  #focus(id: string): void {
    const at = this.keeper?.scenarios.list().scenarios.findIndex((s) => s.id === id) ?? -1;
    this.renderRoot.querySelectorAll<HTMLElement>('li > span > button')[at]?.focus();
  }

  // What opens something else closes the sheet, so that the page is seen.
  #leave(open: () => Promise<unknown> | undefined): void {
    this.dispatchEvent(new Event('kms-done'));
    void open();
  }

  async #export(): Promise<void> {
    this.exports = !this.exports;
    if (this.exports) await defineWhenLoaded('kms-export', async () => (await import('./export-view.js')).KmsExport);
  }

  #import(): void {
    this.dispatchEvent(new Event('kms-done'));
    this.dispatchEvent(new Event('kms-import', { bubbles: true, composed: true }));
  }

  #openFile(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (file) this.#leave(() => this.workspace?.openFile(file));
    input.value = '';
  }

  async #saveFile(): Promise<void> {
    await this.workspace?.flush();
    const session = this.state.session;
    if (!session) return;
    save(new Blob([session.Document], { type: 'text/markdown' }), fileName(this.state.keeping.name || session.Title));
    this.workspace?.saved('file');
  }
}
