// What concerns the document as a whole: which one it is, its time, undo, links, and the theme.

import { css, html, nothing } from 'lit';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { copy, pageAddress } from '../workspace/link.js';
import { clock, valueOf } from '../workspace/parts.js';
import { themes, type Theme } from '../workspace/state.js';
import { languages, text } from '../text/text.js';
import { WorkspaceView } from '../workspace/view.js';

export class KmsToolbar extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, compact: { type: Boolean }, narrow: { type: Boolean }, snippet: { state: true }, told: { state: true }, listed: { state: true } };
  static override styles = [base, css`
    :host { container-type: inline-size; }
    header { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; padding: 6px 12px; }
    h1 { margin: 0; font-size: 14px; font-weight: 700; white-space: nowrap; letter-spacing: -0.005em; }
    .example { flex: 1 1 220px; max-width: 520px; }
    .example select { width: 100%; border-color: transparent; background: transparent; font-weight: 600; }
    .example select:hover { border-color: var(--edge); }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    label.inline { display: flex; }
    time { font-family: var(--mono); font-size: var(--small); font-variant-numeric: tabular-nums; white-space: nowrap; }
    .time { display: flex; gap: 4px; align-items: center; }
    .time button { padding-inline: 6px; font-size: var(--small); }
    .tools { display: flex; flex-wrap: wrap; gap: 4px; align-items: center; margin-inline-start: auto; }
    .sheet { border: 1px solid var(--edge); border-radius: 6px; background: var(--surface); color: var(--text); padding: 12px 16px;
      max-width: min(560px, 92vw); box-shadow: var(--float); }
    .sheet:not(:popover-open) { display: none; }
    .sheet textarea { width: 100%; }
    .row.end { align-items: end; }
    dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 16px; margin: 8px 0 0; }
    dt { font-family: var(--mono); font-size: var(--small); } dd { margin: 0; }
    @container (max-width: 640px) {
      header { padding: 4px 8px; gap: 4px; }
      h1:not(:only-of-type), h1:has(+ .example) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .example { flex: 1 1 100%; max-width: none; }
      .tools button, .time button { padding-inline: 7px; font-size: var(--small); }
      .date { display: none; }
      dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
      dd { margin-block-end: 8px; }
    }
  `];

  declare compact: boolean;
  /** Whether there is room for the most needed only; the rest is behind one button. */
  declare narrow: boolean;
  declare snippet: string;
  declare told: '' | 'copied' | 'copySelected';
  declare listed: boolean;

  constructor() {
    super();
    this.compact = false;
    this.narrow = false;
    this.snippet = '';
    this.told = '';
    this.listed = false;
  }

  protected override render() {
    const { session, phase } = this.state;
    const words = text().element.toolbar;
    return html`<header>
      ${this.compact ? html`<h1>${session?.Title ?? 'KMS Playground'}</h1>` : html`<h1>KMS Playground</h1>${this.#examples()}`}
      ${session ? html`<div class="time" role="group" aria-label=${words.time}>
        <time datetime=${session.Now} title=${words.timeTitle}>${
          this.compact ? nothing : html`<span class="date">${session.Now.slice(0, 10)} </span>`}${clock(session.Now)}</time>
        <button @click=${() => this.workspace?.wait(60)}>${words.oneMinute}</button>
        <button @click=${() => this.workspace?.wait(300)}>${words.fiveMinutes}</button></div>` : nothing}
      <div class="tools">
        <button ?disabled=${!session?.CanUndo} @click=${() => this.workspace?.undo()}>${words.undo}</button>
        ${this.narrow && !this.compact ? this.#share() : html`${this.#reset()}${this.#share()}`}
        ${this.compact ? html`<button ?disabled=${phase !== 'ready'} @click=${() => this.#openWhole()}>${words.openWhole}</button>` : this.#rest()}
      </div>
    </header>`;
  }

  #share() {
    return html`<button ?disabled=${this.state.phase !== 'ready'} aria-keyshortcuts="Control+S Meta+S" @click=${() => this.workspace?.share()}>${text().element.toolbar.share}</button>`;
  }

  #reset() {
    return html`<button ?disabled=${this.state.phase !== 'ready'} @click=${() => this.workspace?.reset()}>${text().element.toolbar.reset}</button>`;
  }

  #examples() {
    const { catalogue, example, session } = this.state;
    const words = text().element.toolbar;
    const groups = [...new Set(catalogue.Examples.map((e) => e.Group))];
    return html`<label class="inline example"><span class="hidden">${words.example}</span>
      <select @change=${(e: Event) => this.workspace?.openExample(valueOf(e))}>
        ${example ? nothing : html`<option value="" .selected=${true}>${session?.Title ?? words.loading}</option>`}
        ${groups.map((group) => html`<optgroup label=${text().lessons.group(group) || words.examples}>${catalogue.Examples.filter((e) => e.Group === group).map((e) =>
          html`<option value=${e.Name} .selected=${e.Name === example}>${text().lessons.title(e.Name, e.Title)}</option>`)}</optgroup>`)}
      </select></label>`;
  }

  #rest() {
    const words = text().element.toolbar;
    return html`
      ${this.narrow ? nothing : this.#scenarios()}
      <button popovertarget="menu">${words.menu}</button>
      ${this.narrow ? nothing : this.#language()}
      <div popover id="menu" class="sheet stack">
        <div class="row">${this.narrow ? html`${this.#reset()}${this.#scenarios()}${this.#language()}` : nothing}${this.#rare()}</div>
        <div class="row end">
          <label>${words.theme}<select @change=${(e: Event) => this.workspace?.setTheme(valueOf(e) as Theme)}>
            ${themes.map((theme) => html`<option value=${theme} .selected=${theme === this.state.theme}>${words.themes[theme]}</option>`)}
          </select></label>
          ${this.narrow ? nothing : html`<button @click=${() => this.dispatchEvent(new Event('kms-layout-reset', { bubbles: true, composed: true }))}>${words.resetLayout}</button>`}
        </div>
        <section aria-labelledby="keyboard"><h2 id="keyboard">${words.keyboard}</h2>
          <dl>${Object.values(words.keys).map(([key, does]) => html`<dt>${key}</dt><dd>${does}</dd>`)}</dl></section>
      </div>
      <div popover id="scenarios" class="sheet" @toggle=${(e: ToggleEvent) => this.#toggleScenarios(e.newState === 'open')}>
        ${this.listed ? html`<kms-scenarios .workspace=${this.workspace} @kms-done=${() => this.#close()}></kms-scenarios>` : nothing}</div>
      <div popover id="embed" class="sheet stack"><h2>${words.embedTitle}</h2>
        <p class="small muted">${words.embedHelp}</p>
        <textarea readonly rows="5" aria-label=${words.frame} .value=${this.snippet}></textarea>
        <div class="row"><button @click=${() => this.#copy()}>${words.copy}</button><span class="small" aria-live="polite">${this.told && words[this.told]}</span></div>
      </div>`;
  }

  #scenarios() {
    return html`<button popovertarget="scenarios" ?disabled=${this.state.phase !== 'ready'}>${text().element.toolbar.scenarios}</button>`;
  }

  /** What is not wanted often enough for a place in the row. */
  #rare() {
    return html`<button popovertarget="embed" ?disabled=${this.state.phase !== 'ready'} @click=${() => this.#embed()}>${text().element.toolbar.embed}</button>
      <kms-attach .workspace=${this.workspace}></kms-attach>`;
  }

  #language() {
    const other = this.state.language === 'ja' ? 'en' : 'ja';
    return html`<button lang=${other} @click=${() => this.workspace?.setLanguage(other)}>${languages[other]}</button>`;
  }

  #close(): void {
    for (const sheet of this.renderRoot.querySelectorAll<HTMLElement>(':popover-open')) sheet.hidePopover();
  }

  async #toggleScenarios(open: boolean): Promise<void> {
    this.listed = open;
    if (open) await defineWhenLoaded('kms-scenarios', async () => (await import('./scenario-list.js')).KmsScenarios);
  }

  async #embed(): Promise<void> {
    this.told = '';
    this.snippet = (await this.workspace?.embed()) ?? '';
  }

  async #copy(): Promise<void> {
    const copied = await copy(this.snippet);
    if (!copied) this.renderRoot.querySelector('textarea')?.select();
    this.told = copied ? 'copied' : 'copySelected';
  }

  async #openWhole(): Promise<void> {
    const fragment = await this.workspace?.fragment();
    if (fragment) window.open(pageAddress(location.href, './', fragment, this.state.language), '_blank', 'noopener');
  }
}
