// <kms-playground>: one workspace and its views. Attributes: document (text of a scenario), compact (for frames),
// language (en or ja; without it, the person's own).

import { css, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import type { HTTPRequest, HTTPResponse } from '../engine/messages.js';
import base from '../workspace/base.js';
import { text } from '../text/text.js';
import { languageAsked } from '../workspace/language.js';
import { isOfAccount, isScenario, withFolders } from '../workspace/dropped.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import type { Pane, WorkspaceState } from '../workspace/state.js';
import tokens from '../workspace/tokens.css?inline';
import { WorkspaceView } from '../workspace/view.js';
import { Workspace } from '../workspace/workspace.js';
import { engineAddresses } from './addresses.js';
import { GoalNews } from './goal-news.js';
import { FocusKeeper } from './focus.js';
import type { KmsImport } from './import-view.js';
import layout from './layout.css?inline';
import type { Resizable } from '../workspace/layout.js';
import { Splitters } from './splitters.js';

/** One pane at a time; two columns; everything. */
type Size = 'narrow' | 'medium' | 'wide';

// What the system asks for counts beside what the person chose here.
const moreContrast = matchMedia('(prefers-contrast: more)');

const panes: readonly Pane[] = ['lesson', 'editor', 'request', 'decision', 'explorer', 'console'];
// The panes that the verdict slides over; the others say themselves what came of an action.
const over: readonly Pane[] = ['lesson', 'editor', 'request'];
const asides = ['lesson', 'explorer'] as const;

export class KmsPlayground extends WorkspaceView {
  static override properties = {
    ...WorkspaceView.properties, document: { type: String }, language: { type: String }, compact: { type: Boolean, reflect: true },
    ownsAddress: { type: Boolean, attribute: 'owns-address' }, size: { state: true }, peek: { state: true }, tab: { state: true }, imports: { state: true },
  };
  static override styles = [unsafeCSS(tokens), base, unsafeCSS(layout), css`:host { display: block; }`];

  declare document: string;
  declare language: string;
  declare compact: boolean;
  declare ownsAddress: boolean;
  /** Where the site lies, for pages of others; empty for beside the page. */
  base = '';
  declare size: Size;
  /** Whether the verdict lies over another pane, where there is one at a time. */
  declare peek: boolean;
  /** What the inspector shows. */
  declare tab: string;
  /** Whether "Import from AWS" was opened. */
  declare imports: boolean;
  #keys: EventTarget = this;
  #shown: unknown = null;
  #pane: Pane = 'editor';
  // What stands beside the editor where there is room for one of the two.
  #aside: (typeof asides)[number] = 'lesson';
  readonly #reached = new GoalNews();
  readonly #splitters = new Splitters(this);
  readonly #onContrast = () => this.requestUpdate();
  readonly #resized = new ResizeObserver(() => this.#measure());
  readonly #onHash = () => void this.workspace?.addressChanged();

  constructor() {
    super();
    this.document = '';
    this.language = '';
    this.compact = false;
    this.ownsAddress = false;
    this.size = 'wide';
    this.peek = false;
    this.tab = 'Lesson';
    this.imports = false;
    new FocusKeeper(this, () => this.renderRoot.querySelector(`.pane[data-for="${this.state.pane}"]`));
  }

  override connectedCallback(): void {
    const language = this.language || (this.ownsAddress ? languageAsked(location.search) : '');
    this.workspace ??= new Workspace({ ...engineAddresses(this.base), ownsAddress: this.ownsAddress, language });
    super.connectedCallback();
    // A page of ours listens everywhere; in somebody else's page the keys count within the element only.
    this.#keys = this.ownsAddress ? window : this;
    this.#keys.addEventListener('keydown', this.#onKey, { capture: true });
    if (this.ownsAddress) window.addEventListener('hashchange', this.#onHash);
    this.#keys.addEventListener('dragover', this.#onDrag);
    this.#keys.addEventListener('drop', this.#onDrop);
    this.#resized.observe(this);
    moreContrast.addEventListener('change', this.#onContrast);
    if (this.workspace.state.phase === 'loading') void this.workspace.start(this.document);
  }

  /** Answers a client of AWS that runs in the page: sdk.js makes one of the AWS SDK ask here. */
  http(request: HTTPRequest): Promise<HTTPResponse> {
    return this.workspace!.http(request);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keys.removeEventListener('keydown', this.#onKey, { capture: true });
    window.removeEventListener('hashchange', this.#onHash);
    this.#keys.removeEventListener('dragover', this.#onDrag);
    this.#keys.removeEventListener('drop', this.#onDrop);
    this.#resized.disconnect();
    moreContrast.removeEventListener('change', this.#onContrast);
    this.workspace?.close();
    this.workspace = undefined;
  }

  protected override render() {
    const workspace = this.workspace;
    const { phase, waiting, pane, notice, keeping, language } = this.state;
    const words = text().element.playground;
    if (!language) return nothing; // rather than words of another language for a moment
    const line = (part: Resizable) => (this.size === 'narrow' || this.compact ? nothing : this.#splitters.line(part));
    return html`<div class="bench" data-pane=${pane} data-size=${this.size} data-aside=${this.#aside} @kms-layout-reset=${() => this.#splitters.reset()} @kms-import=${() => this.#import()}>
      <kms-toolbar class="toolbar" .workspace=${workspace} .compact=${this.compact} .narrow=${this.size === 'narrow'}></kms-toolbar>
      <div class="notice" aria-live="polite">${keeping.conflict ? html`
        <span class="waiting"><span aria-hidden="true">! </span>${words.changedElsewhere(keeping.name)}</span>
        <button @click=${() => workspace?.keepCopy()}>${words.goOnWithCopy}</button>
        <button @click=${() => workspace?.openOther()}>${words.openOther}</button>` : nothing}${notice ? html`
        <span class=${notice.kind === 'error' ? 'denied' : ''}>${notice.text}</span>
        ${notice.copy ? html`<input readonly aria-label=${words.link} .value=${notice.copy} @focus=${(e: FocusEvent) => (e.target as HTMLInputElement).select()}>` : nothing}
        ${notice.scenario ? html`<button @click=${() => workspace?.openScenario(notice.scenario!)}>${words.goBack}</button>` : nothing}
        <button class="plain" aria-label=${words.close} @click=${() => workspace?.notify(null)}>✕</button>` : nothing}</div>
      <span class="spoken" aria-live="polite">${this.#reached.news}</span>
      ${phase === 'failed' ? this.#failure() : nothing}
      ${phase === 'loading' ? this.#loading() : waiting && phase === 'ready' ? this.#waiting(waiting) : nothing}
      <div class="pane side" data-for="explorer">
        <kms-explorer .workspace=${workspace}></kms-explorer>
        ${line('key')}
        <kms-key-panel .workspace=${workspace}></kms-key-panel>
      </div>
      ${line('side')}
      <kms-policy-editor class="pane" data-for="editor" .workspace=${workspace}></kms-policy-editor>
      ${line(this.tab === 'Matrix' ? 'matrix' : 'inspector')}
      <kms-inspector class="pane" data-for="lesson" .workspace=${workspace} @kms-tab=${(e: CustomEvent<string>) => { this.tab = e.detail; }}></kms-inspector>
      ${line('request')}
      <kms-request-form class="pane" data-for="request" .workspace=${workspace}></kms-request-form>
      ${line('decision')}
      <div class="pane decision" data-for="decision" ?data-peek=${this.#peeking} @keydown=${(e: KeyboardEvent) => this.#peekKey(e)}>
        ${this.#peeking ? html`<div class="handle">
          <button class="plain" @click=${() => workspace?.setPane('decision')}>${words.wholeDecision}</button>
          <button class="plain" aria-label=${words.close} @click=${() => this.#closePeek()}>✕</button></div>` : nothing}
        <kms-decision .workspace=${workspace}></kms-decision>
      </div>
      <kms-time-line class="pane" data-for="decision" .workspace=${workspace}></kms-time-line>
      ${line('time')}
      ${line('console')}
      <kms-console-pane class="pane" data-for="console" .workspace=${workspace}></kms-console-pane>
      ${this.imports ? html`<kms-import .workspace=${workspace}></kms-import>` : nothing}
      <nav class="panes" aria-label=${words.panesLabel}>${panes.filter((id) => this.size === 'narrow' || asides.some((aside) => aside === id)).map((id) => html`
        <button aria-current=${(this.size === 'narrow' ? pane : this.#aside) === id ? 'true' : nothing} @click=${() => workspace?.setPane(id)}>${words.panes[id]}</button>`)}</nav>
    </div>`;
  }

  get #peeking(): boolean {
    return this.peek && this.size === 'narrow' && this.state.pane !== 'decision';
  }

  #peekKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.#peeking) this.#closePeek();
  }

  #closePeek(): void {
    this.peek = false;
  }

  // A verdict that comes in while another pane is on show slides over it. Its place is there before the verdict is, so
  // that assistive technology hears of it.
  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { pane, shown, sending } = this.state;
    this.#reached.follow(this.state.session);
    if (pane !== this.#pane) this.peek = false;
    if (pane === 'lesson' || pane === 'explorer') this.#aside = pane;
    const news = sending || (shown !== null && shown !== this.#shown && this.#shown !== null);
    if (news && pane === this.#pane && over.includes(pane)) this.peek = true;
    this.#shown = shown;
    this.#pane = pane;
  }

  // Narrow is where 640 px are not to be had, which is also where a frame shows one pane at a time.
  #measure(): void {
    const { width } = this.getBoundingClientRect();
    this.size = width < 640 ? 'narrow' : width < 960 ? 'medium' : 'wide';
    this.#splitters.measure();
  }

  #loading() {
    const progress = this.state.waiting ?? this.state.progress;
    const mb = (bytes: number) => (bytes / 1e6).toFixed(1);
    const words = text().element.playground;
    const said = !progress ? words.loadingNow : progress.total
      ? words.loadedOf(mb(progress.loaded), mb(progress.total)) : words.loaded(mb(progress.loaded));
    return html`<div class="loading"><progress aria-label=${words.loading} max=${progress?.total || nothing}
      value=${progress?.total ? progress.loaded : nothing}></progress> <span class="small">${said}</span></div>`;
  }

  // What needs it says so itself; this says how long it will be, and moves nothing.
  #waiting(progress: NonNullable<WorkspaceState['waiting']>) {
    const words = text().element.playground;
    return html`<div class="rest"><div class="small"><progress aria-label=${words.waiting} max=${progress.total || nothing}
      value=${progress.total ? progress.loaded : nothing}></progress> ${words.waiting}</div></div>`;
  }

  #failure() {
    const words = text().element.playground;
    return html`<div class="loading" role="alert"><p><strong class="denied">${words.notStarted}</strong> ${this.state.failure}</p>
      <button @click=${() => location.reload()}>${words.loadAgain}</button></div>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { theme, language, session } = this.state;
    const title = session?.Title ? text().element.playground.titled(session.Title) : 'KMS Playground';
    if (this.ownsAddress && globalThis.document.title !== title) globalThis.document.title = title;
    const attributes = { 'data-theme': theme === 'light' || theme === 'dark' ? theme : null, 'data-contrast': theme === 'contrast' || moreContrast.matches ? 'more' : null };
    for (const element of this.ownsAddress ? [this, globalThis.document.documentElement] : [this]) {
      // Even the same language again makes the browser style the whole page anew.
      if (language && element.lang !== language) element.lang = language;
      for (const [name, value] of Object.entries(attributes)) {
        if (value === null) element.removeAttribute(name);
        else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
      }
    }
  }

  // The view stays once it was opened, with what was pasted into it.
  async #import(files: readonly File[] = []): Promise<void> {
    await this.workspace?.start('');
    if (this.state.phase !== 'ready') return;
    await defineWhenLoaded('kms-import', async () => (await import('./import-view.js')).KmsImport);
    this.imports = true;
    await this.updateComplete;
    await this.renderRoot.querySelector<KmsImport>('kms-import')?.show(files);
  }

  // Without this the browser would leave the page for the file.
  readonly #onDrag = (event: Event): void => {
    if (filesOf(event)) event.preventDefault();
  };

  readonly #onDrop = (event: Event): void => {
    const files = filesOf(event);
    if (!files) return;
    event.preventDefault();
    void this.#take(withFolders(event as DragEvent, files));
  };

  // What is of a real account is imported, with whatever came along; a scenario is opened.
  async #take(dropped: Promise<readonly File[]>): Promise<void> {
    const files = await dropped;
    const account = await Promise.all(files.map(isOfAccount));
    const scenario = files.find((_, i) => !account[i]);
    if (account.includes(true)) await this.#import(files.filter((file) => !isScenario(file)));
    else if (scenario) await this.workspace?.openFile(scenario);
  }

  readonly #onKey = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key.toLowerCase() === 'z' && !isText(event.composedPath()[0])) {
      const { CanUndo, CanRedo } = this.state.session ?? {};
      if (event.shiftKey ? CanRedo : CanUndo) void this.workspace?.travel({ Type: event.shiftKey ? 'Redo' : 'Undo' });
      event.preventDefault();
      return event.stopPropagation();
    }
    if (event.shiftKey) return;
    if (event.key === 'Enter' && event.composedPath().some((at) => at instanceof Element && at.localName === 'kms-shell')) return;
    if (event.key === 'Enter') void this.workspace?.send();
    else if (event.key.toLowerCase() === 's') void this.workspace?.share();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Whether what is typed there is a text, which has an Undo of its own. */
function isText(target: EventTarget | undefined): boolean {
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
}

/** The files that are dragged; null when it is something else, as text for the editor. */
function filesOf(event: Event): FileList | null {
  const transfer = (event as DragEvent).dataTransfer;
  return transfer?.types.includes('Files') ? transfer.files : null;
}
