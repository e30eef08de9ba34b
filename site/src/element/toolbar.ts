// What concerns the document as a whole: which one it is, its time, undo, links, and the theme.

import { css, html, nothing, type PropertyValues } from 'lit';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { copy, pageAddress } from '../workspace/link.js';
import { clock, shape, valueOf } from '../workspace/parts.js';
import { pinsOf, PinWatch, type Pinning } from '../workspace/pins.js';
import { themes, type Theme } from '../workspace/state.js';
import { languages, text } from '../text/text.js';
import { WorkspaceView } from '../workspace/view.js';
import { isSingle } from './addresses.js';

export class KmsToolbar extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, compact: { type: Boolean }, narrow: { type: Boolean }, snippet: { state: true }, told: { state: true }, listed: { state: true },
    timed: { state: true }, pinned: { state: true }, turned: { state: true } };
  static override styles = [base, css`
    :host { container-type: inline-size; }
    header { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; padding: 6px 12px; }
    h1 { margin: 0; font-size: 14px; font-weight: 700; white-space: nowrap; letter-spacing: -0.005em; }
    .example { flex: 1 1 140px; max-width: 520px; }
    .example select { width: 100%; border-color: transparent; background: transparent; font-weight: 600; }
    .example select:hover { border-color: var(--edge); }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    label.inline { display: flex; }
    time { font-family: var(--mono); font-size: var(--small); font-variant-numeric: tabular-nums; white-space: nowrap; }
    .clock { background: none; border-color: transparent; padding-inline: 4px; }
    .clock:hover { border-color: var(--edge); }
    .pins .allowed, .pins .denied { margin-inline-end: 2px; }
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
      /* Two rows: which document and its time, and what can be done with them. */
      .example { flex: 1 1 calc(100% - 130px); max-width: none; }
      .time, .tools { display: contents; }
      .tools > button, .time > button { padding-inline: 6px; font-size: var(--small); flex: 1 0 auto; }
      .time > .clock { flex: none; }
      .date { display: none; }
      @container (max-width: 410px) { header { gap: 4px 3px; padding-inline: 6px; } .tools > button, .time > button { padding-inline: 3px; } }
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
  declare timed: boolean;
  declare pinned: boolean;
  /** What is said of pins that begin to hold or to fail. */
  declare turned: string;
  readonly #watch = new PinWatch();
  #pinning: Pinning | null = null;

  constructor() {
    super();
    this.compact = false;
    this.narrow = false;
    this.snippet = '';
    this.told = '';
    this.listed = false;
    this.timed = false;
    this.pinned = false;
    this.turned = '';
  }

  protected override render() {
    const { session, phase } = this.state;
    const words = text().element.toolbar;
    return html`<header>
      ${this.compact ? html`<h1>${session?.Title ?? 'KMS Playground'}</h1>` : html`<h1>KMS Playground</h1>${this.#examples()}`}
      ${session ? html`<div class="time" role="group" aria-label=${words.time}>
        <button class="clock" popovertarget="clock" title=${words.timeTitle}><span class="hidden">${words.timeTitle} </span><time datetime=${session.Now}>${
          this.compact ? nothing : html`<span class="date">${session.Now.slice(0, 10)} </span>`}${clock(session.Now)}</time><span aria-hidden="true"> ▾</span></button>
        <button @click=${() => this.workspace?.wait(60)}>${words.oneMinute}</button>
        <button @click=${() => this.workspace?.wait(300)}>${words.fiveMinutes}</button>
        <div popover id="clock" class="sheet" @toggle=${(e: ToggleEvent) => this.#toggleClock(e.newState === 'open')}>
          ${this.timed ? html`<kms-clock .workspace=${this.workspace}></kms-clock>` : nothing}</div></div>` : nothing}
      <div class="tools">
        <button ?disabled=${!session?.CanUndo} aria-keyshortcuts="Control+Z Meta+Z" @click=${() => this.workspace?.undo()}>${words.undo}</button>
        <button ?disabled=${!session?.CanRedo} aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z" @click=${() => this.workspace?.travel({ Type: 'Redo' })}>${words.redo}</button>
        ${this.#pins()}
        ${this.narrow && !this.compact ? this.#share() : html`${this.#reset()}${this.#share()}`}
        ${this.compact ? html`<button ?disabled=${phase !== 'ready'} @click=${() => this.#openWhole()}>${words.openWhole}</button>` : this.#rest()}
      </div>
    </header>`;
  }

  // How the pinned requests stand is in sight whatever else is.
  #pins() {
    const pins = pinsOf(this.state.session);
    const held = pins.filter((pin) => pin.Holds).length;
    const words = text().element.pins;
    const tone = held === pins.length ? 'allowed' : 'denied';
    return html`<button popovertarget="pins" class="pins" ?disabled=${!this.state.session}>${pins.length ? html`<span class=${tone}>${shape(tone)}</span>${words.summary(held, pins.length)}` : words.title}</button>
      <span class="hidden" aria-live="polite">${this.turned}</span>
      <div popover id="pins" class="sheet" @toggle=${(e: ToggleEvent) => this.#togglePins(e.newState === 'open')}>
        ${this.pinned ? html`<kms-pins .workspace=${this.workspace} @kms-done=${() => this.#popover('pins')?.hidePopover()}></kms-pins>` : nothing}</div>`;
  }

  #share() {
    return html`<button ?disabled=${this.state.phase !== 'ready'} aria-keyshortcuts="Control+S Meta+S" @click=${() => this.workspace?.share()}>${text().element.toolbar.share}</button>`;
  }

  #reset() {
    return html`<button ?disabled=${this.state.phase !== 'ready'} @click=${() => this.#leave(this.workspace?.reset())}>${text().element.toolbar.reset}</button>`;
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
    return html`${isSingle ? nothing : html`<button popovertarget="embed" ?disabled=${this.state.phase !== 'ready'} @click=${() => this.#embed()}>${text().element.toolbar.embed}</button>`}
      <kms-attach .workspace=${this.workspace}></kms-attach>`;
  }

  #language() {
    const other = this.state.language === 'ja' ? 'en' : 'ja';
    return html`<button lang=${other} @click=${() => this.#leave(this.workspace?.setLanguage(other))}>${languages[other]}</button>`;
  }

  // What was done in the menu is seen behind it.
  #leave(done: Promise<void> | undefined): void {
    if (this.narrow) void done?.then(() => this.#close());
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

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const turned = this.#watch.turned(this.state.session);
    const words = text().element.pins;
    if (turned.length) this.turned = turned.map((pin) => (pin.Holds ? words.nowHolds : words.nowFails)(pin.Title)).join(' ');
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { pinning } = this.state;
    if (pinning && pinning !== this.#pinning) this.#popover('pins')?.showPopover();
    this.#pinning = pinning;
  }

  #popover(id: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`#${id}`);
  }

  #togglePins(open: boolean): void {
    this.pinned = open;
    if (open) void defineWhenLoaded('kms-pins', async () => (await import('./pin-list.js')).KmsPins);
    else if (this.state.pinning) this.workspace?.offer(null);
  }

  #toggleClock(open: boolean): void {
    this.timed = open;
    if (open) void defineWhenLoaded('kms-clock', async () => (await import('./clock.js')).KmsClock);
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
