// The time line: what was done, how long it took, where one stands, and what comes. Choosing a request shows its decision.
// On one line, or as a list with details, which is loaded when it is first wanted.

import { css, html, nothing, type PropertyValues } from 'lit';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { clock, duration, listKeys, shape } from '../workspace/parts.js';
import type { State } from '../engine/messages.js';
import type { WorkspaceState } from '../workspace/state.js';
import { isUnseen, momentsOf, type Moment } from '../workspace/timeline.js';
import { WorkspaceView } from '../workspace/view.js';
import { whatComes } from './coming.js';
import { requestTone, requestWord } from './verdict.js';

// Pixels that are left for what comes after the present.
const roomAfter = 180;

// Requests on the line; those before are in the list.
const onLine = 40;

export class KmsTimeLine extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, open: { type: Boolean, reflect: true }, news: { state: true } };
  static override styles = [base, css`
    section { display: flex; align-items: center; gap: 4px; padding: 4px 12px 4px 4px; min-width: 0; }
    :host([open]) section { flex-direction: column; align-items: stretch; height: 100%; padding: 4px 4px 0; }
    h2 { flex: none; }
    .toggle { display: flex; gap: 6px; background: none; border: 0; padding: 2px 8px; min-height: 24px; font-size: var(--head); font-weight: 650; color: var(--muted); }
    .toggle:hover { color: var(--text); }
    ol { position: relative; display: flex; gap: 2px; align-items: center; overflow-x: auto; scrollbar-width: thin; min-width: 0; }
    li { flex: none; position: relative; font-size: var(--small); }
    li button { display: flex; align-items: center; gap: 2px; background: none; border-color: transparent; padding: 2px 6px; font-size: var(--small); }
    li button:hover { background: var(--raised); }
    button[aria-current="true"] { background: var(--accent-soft); border-color: var(--accent); }
    .who { color: var(--muted); padding-inline: 2px 4px; }
    .time { color: var(--muted); padding-inline: 4px; border-inline: 1px dotted var(--edge); white-space: nowrap; }
    .now { font-family: var(--mono); border-inline-start: 2px solid var(--accent); padding-inline: 6px; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .coming { padding-inline: 4px; white-space: nowrap; max-width: 260px; overflow: hidden; text-overflow: ellipsis; }
    .undone button { color: var(--muted); border: 1px dashed var(--edge); max-width: 240px; }
    .before { color: var(--accent); }
    .undone span { overflow: hidden; text-overflow: ellipsis; }
    .word { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    kms-moments { flex: 1; min-height: 0; }
  `];

  declare open: boolean;
  /** Where one stands, said when that changes otherwise than by a request. */
  declare news: string;
  #count = 0;
  #session: State | null = null;

  constructor() {
    super();
    this.open = false;
    this.news = '';
  }

  protected override drawnFrom({ session, shown }: WorkspaceState) {
    return [session?.Requests, session?.Now, session?.Coming, session?.Undone, session?.Branches, session?.Done, shown];
  }

  protected override render() {
    const { session } = this.state;
    const words = text().decision.timeLine;
    const name = words.title.replace('\u00a0', ' ');
    return html`<section aria-label=${name}>
      <h2><button class="toggle" aria-expanded=${this.open} @click=${() => { this.open = !this.open; }}
        ><span aria-hidden="true">${this.open ? '▾' : '▸'}</span>${words.title}${session?.Branches.length ? html` <span>${words.branchCount(session.Branches.length)}</span>` : nothing}</button></h2>
      ${this.open ? html`<kms-moments .workspace=${this.workspace}></kms-moments>` : this.#line(session)}
      <span class="word" aria-live="polite">${this.news}</span>
    </section>`;
  }

  #line(session: State | null) {
    const words = text().decision.timeLine;
    const moments = session ? momentsOf(session) : [];
    if (!moments.some((m) => m.kind === 'request' || m.kind === 'undone')) return html`<span class="muted small">${words.none}</span>`;
    const first = firstOnLine(moments);
    const before = moments.slice(0, first).filter((m) => m.kind === 'request');
    const shown = before.find((m) => m.request.Index === this.state.shown?.index);
    return html`<ol aria-label=${words.moments} @keydown=${listKeys}>
      ${before.length ? html`<li><button class="before" tabindex="-1" title=${words.beforeTitle} @click=${() => { this.open = true; }}>${words.before(before.length)}</button></li>` : nothing}
      ${shown ? html`${this.#request(shown)}<li class="muted" aria-hidden="true">…</li>` : nothing}${moments.slice(first).map((moment) => this.#moment(moment))}</ol>`;
  }

  #moment(moment: Moment) {
    const words = text().decision.timeLine;
    switch (moment.kind) {
      case 'request':
        return this.#request(moment);
      case 'time':
        return html`<li class="time">${words.passed(duration(moment.seconds))}</li>`;
      case 'now':
        return html`<li class="now"><span class="word">${words.now} </span>${clock(moment.time)}</li>`;
      case 'coming':
        return html`<li class="coming ${isUnseen(moment.coming) ? 'waiting' : 'muted'}" title=${whatComes(moment.coming)}>${
          shape(isUnseen(moment.coming) ? 'waiting' : 'grey', '◷')}${words.in(duration(moment.seconds))} <span class="word">${whatComes(moment.coming)}</span></li>`;
      case 'undone':
        return html`<li class="undone"><button tabindex="-1" title=${words.again(moment.command)} @click=${() => this.workspace?.travel({ Type: 'Step', Index: moment.done })}
          ><span class="word">${words.undone} </span><span>${brief(moment.command)}</span></button></li>`;
    }
  }

  #request({ request, unseen, caller }: Moment & { kind: 'request' }) {
    const words = text().decision.timeLine;
    const about = words.about(clock(request.Time), said(request.Label), request.Resource);
    const { session, shown } = this.state;
    const current = request.Index === shown?.index;
    // Tab arrives at the one on show, else at the last.
    const on = session?.Requests.some((r) => r.Index === shown?.index) ? current : request === session?.Requests.at(-1);
    return html`<li class="request"><button aria-current=${current ? 'true' : nothing} tabindex=${on ? 0 : -1}
      title=${words.titled(requestWord(request), [about, ...unseen.map(whatComes)].join(' · '))} @click=${() => this.workspace?.show(request.Index)}>
      ${shape(requestTone(request))}<span class="word">${words.verdict(requestWord(request))}</span>${request.Operation}${
        caller ? html`<span class="who">${said(caller)}</span>` : nothing}${unseen.length ? html`${shape('waiting')}<span class="word">${words.unseen}</span>` : nothing}</button></li>`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { session } = this.state;
    const before = this.#session;
    this.#session = session;
    if (this.open) void defineWhenLoaded('kms-moments', async () => (await import('./moments.js')).KmsMoments);
    if (!before || !session || before === session) return;
    const travelled = session.Undone.length !== before.Undone.length || session.Now !== before.Now || session.Branches.length !== before.Branches.length;
    if (travelled) this.news = text().decision.timeLine.here(clock(session.Now, true), session.Done, session.Done + session.Undone.length);
  }

  // A new request is at the end, which is what one wants to see.
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { session } = this.state;
    const after = (session?.Coming.length ?? 0) + (session?.Undone.length ?? 0);
    const count = (session?.Requests.length ?? 0) + after;
    if (count === this.#count && !changed.has('open')) return;
    this.#count = count;
    const list = this.renderRoot.querySelector('ol');
    const now = list?.querySelector<HTMLElement>('.now');
    if (list && now) list.scrollLeft = now.offsetLeft + now.offsetWidth - list.clientWidth + (after ? roomAfter : 8);
  }
}

/** Where the line begins: long sessions have more requests than anybody looks through there. */
function firstOnLine(moments: readonly Moment[]): number {
  let left = onLine;
  for (let i = moments.length - 1; i >= 0; i--) if (moments[i]!.kind === 'request' && left-- === 0) return i + 1;
  return 0;
}

/** A command in short: "create-alias --alias-name alias/app". */
function brief(command: string): string {
  return command.replace(/^aws \S+ /, '');
}
