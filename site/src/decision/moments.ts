// The time line as a list: every request with its time, what it was about and its CloudTrail record, what comes, what was
// undone, and the courses that were left. Loaded when the time line is first unfolded.

import { css, html, nothing, type PropertyValues } from 'lit';
import type { BranchView, RequestView, State } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { clock, duration, listKeys, shape, short } from '../workspace/parts.js';
import { pinPast } from '../workspace/pins.js';
import { isUnseen, momentsOf, type Moment } from '../workspace/timeline.js';
import { WorkspaceView } from '../workspace/view.js';
import { whatComes } from './coming.js';
import { requestTone, requestWord } from './verdict.js';

export class KmsMoments extends WorkspaceView {
  static override styles = [base, css`
    :host { container-type: inline-size; overflow: hidden; }
    .whole { display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1.2fr) minmax(0, 1fr); height: 100%; }
    .side { position: relative; overflow: auto; padding: 4px 8px 8px; min-height: 0; }
    .detail { border-inline-start: 1px solid var(--line); display: grid; gap: 6px; align-content: start; grid-template-columns: minmax(0, 1fr); }
    li { border-inline-start: 2px solid var(--line); padding-inline-start: 6px; font-size: var(--small); }
    li > button { display: grid; grid-template-columns: 5.2em auto minmax(0, 1fr); gap: 0 8px; width: 100%; text-align: start; background: none; border-color: transparent;
      padding: 2px 6px; min-height: 26px; font-size: var(--small); align-items: baseline; white-space: normal; overflow-wrap: anywhere; }
    li > button:hover { background: var(--raised); }
    li > button[aria-current="true"] { background: var(--accent-soft); border-color: var(--accent); }
    .at { font-family: var(--mono); font-variant-numeric: tabular-nums; color: var(--muted); }
    .time { color: var(--muted); padding-block: 2px; }
    .now { border-color: var(--accent); border-inline-start-width: 4px; padding-block: 4px; font-weight: 650; }
    .undone { border-inline-start-style: dashed; }
    .undone button { color: var(--muted); }
    .after { display: flex; flex-wrap: wrap; gap: 2px 8px; align-items: center; padding: 3px 6px; }
    .after button { grid-template-columns: none; width: auto; display: inline-block; border-color: var(--line); background: var(--raised); }
    h3 { font-size: var(--small); margin-block: 8px 2px; }
    .note { display: block; }
    @container (max-width: 620px) {
      .whole { grid-template: minmax(0, 3fr) minmax(0, 2fr) / minmax(0, 1fr); }
      .detail { border-inline-start: 0; border-top: 1px solid var(--line); }
    }
  `];

  #session: State | null = null;

  protected override render() {
    const { session, shown } = this.state;
    if (!session) return nothing;
    const words = text().decision.timeLine;
    const request = session.Requests.find((r) => r.Index === shown?.index);
    return html`<div class="whole">
      <div class="side" tabindex="-1">
        <ol aria-label=${words.moments} @keydown=${listKeys}>${momentsOf(session).map((moment) => this.#moment(moment))}</ol>
        ${session.Branches.length ? html`<h3>${words.branches}</h3><ul aria-label=${words.branches}>${session.Branches.map((branch, i) => this.#branch(branch, i))}</ul>` : nothing}
      </div>
      <div class="side detail" role="group" aria-label=${words.detail}>${request ? this.#detail(request) : html`<p class="small muted">${words.choose}</p>`}</div>
    </div>`;
  }

  // What one wants to see is the present; while nothing changes, what the person scrolled to.
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { session } = this.state;
    if (session === this.#session) return;
    this.#session = session;
    const side = this.renderRoot.querySelector('.side');
    const now = side?.querySelector<HTMLElement>('.now');
    if (side && now) side.scrollTop = now.offsetTop - side.clientHeight / 2;
  }

  #moment(moment: Moment) {
    const words = text().decision.timeLine;
    switch (moment.kind) {
      case 'request':
        return this.#request(moment);
      case 'time':
        return html`<li class="time">${words.passed(duration(moment.seconds))}</li>`;
      case 'now':
        return html`<li class="now">${words.now} <span class="at">${clock(moment.time, true)}</span></li>`;
      case 'coming':
        return html`<li><span class="after"><span class=${isUnseen(moment.coming) ? 'waiting' : 'muted'}>${shape(isUnseen(moment.coming) ? 'waiting' : 'grey', '◷')}${
          words.in(duration(moment.seconds))}: ${whatComes(moment.coming)}</span>
          <button tabindex="-1" aria-label=${words.waitFor(whatComes(moment.coming))} @click=${() => this.workspace?.wait(moment.seconds)}>${words.waitUntil}</button></span></li>`;
      case 'undone':
        return html`<li class="undone"><button tabindex="-1" @click=${() => this.workspace?.travel({ Type: 'Step', Index: moment.done })}>
          <span class="at">–</span><span>${words.undone}</span><code>${short(moment.command)}</code></button></li>`;
    }
  }

  #request({ request, unseen }: Moment & { kind: 'request' }) {
    const words = text().decision.timeLine;
    const { session, shown } = this.state;
    const tone = requestTone(request);
    const current = request.Index === shown?.index;
    const on = session?.Requests.some((r) => r.Index === shown?.index) ? current : request === session?.Requests.at(-1);
    return html`<li><button aria-current=${current ? 'true' : nothing} tabindex=${on ? 0 : -1} @click=${() => this.workspace?.show(request.Index)}>
      <span class="at">${clock(request.Time)}</span><span class=${tone}>${shape(tone)}${requestWord(request)}</span>
      <span>${words.event(said(request.Label), html`<strong>${request.Operation}</strong>`, request.Resource)}${
        unseen.map((coming) => html`<span class="note waiting">${shape('waiting')}${whatComes(coming)}</span>`)}</span></button></li>`;
  }

  #detail(request: RequestView) {
    const { session, shown } = this.state;
    const words = text().decision.timeLine;
    const here = request.Done === session?.Done;
    return html`
      <p class="small">${clock(request.Time, true)} UTC · ${words.event(said(request.Label), html`<strong>${request.Operation}</strong>`, request.Resource)}</p>
      ${request.Command ? html`<code class="small break">${short(request.Command)}</code>` : nothing}
      <div class="row">
        ${here ? html`<span class="small muted">${words.youAreHere}</span>` : html`<button @click=${() => this.workspace?.travel({ Type: 'Step', Index: request.Done })}>${
          request.Done ? words.goTo : words.goToOpened}</button>`}
        <button @click=${() => this.workspace && pinPast(this.workspace, request.Index)}>${words.pin}</button>
      </div>
      ${shown?.answer.Event ? html`<kms-json .name=${text().decision.view.event} .value=${shown.answer.Event} open></kms-json>` : nothing}`;
  }

  #branch(branch: BranchView, index: number) {
    const words = text().decision.timeLine;
    return html`<li><span class="after"><span class="muted">${words.branch(branch.Actions)}</span><code class="break">${short(branch.Text)}</code>
      <button aria-label=${words.switchToOne(branch.Text)} @click=${() => this.workspace?.travel({ Type: 'Switch', Index: index })}>${words.switchTo}</button></span></li>`;
  }
}
