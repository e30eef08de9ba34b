// Lets simulated time pass: by a number of minutes, hours or days, or until the next thing happens by itself. Loaded when
// it is first wanted.

import { css, html, nothing } from 'lit';
import { whatComes } from '../decision/coming.js';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { clock, duration, onEnter, onPress, shape, valueOf } from '../workspace/parts.js';
import { isUnseen, secondsUntil } from '../workspace/timeline.js';
import { WorkspaceView } from '../workspace/view.js';

const units = { minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof units;

// Days that AWS makes one wait for: what a deletion takes at least and at most, and rotation periods.
const waits = [1, 7, 30, 90, 365] as const;

// Of simulated days at a time: ten years.
const most = 3650;

// The next things that are listed.
const mostComing = 8;

export class KmsClock extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, amount: { state: true }, unit: { state: true } };
  static override styles = [base, css`
    :host { min-width: min(420px, 86vw); }
    section, form { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
    .amount { display: flex; gap: 4px 8px; flex-wrap: wrap; align-items: end; }
    .amount label { flex: 1 1 90px; }
    li { display: flex; flex-wrap: wrap; gap: 2px 8px; align-items: center; justify-content: space-between; padding-block: 3px; border-bottom: 1px solid var(--line); font-size: var(--small); }
    li > span { flex: 1 1 220px; }
    time { font-family: var(--mono); font-variant-numeric: tabular-nums; }
  `];

  declare amount: number;
  declare unit: Unit;

  constructor() {
    super();
    this.amount = 7;
    this.unit = 'days';
  }

  protected override render() {
    const { session } = this.state;
    if (!session) return nothing;
    const words = text().element.clock;
    const pass = () => void this.#wait(this.amount * units[this.unit]);
    const sane = this.amount > 0 && this.amount * units[this.unit] <= most * units.days;
    return html`<section aria-label=${words.title}>
      <h2>${words.title}</h2>
      <p class="small" aria-live="polite">${words.now(html`<time>${clock(session.Now, true)}</time>`)}</p>
      <form @keydown=${onEnter(pass)}>
        <div class="row" role="group" aria-label=${words.days}>${waits.map((days) => html`<button type="button" @click=${() => this.#wait(days * units.days)}>${words.plusDays(days)}</button>`)}</div>
        <div class="amount"><label>${words.amount}<input type="number" min="1" max=${most} .value=${String(this.amount)} @input=${(e: Event) => { this.amount = Math.round(Number(valueOf(e))); }}></label>
          <label>${words.unit}<select @change=${(e: Event) => { this.unit = valueOf(e) as Unit; }}>${(Object.keys(units) as Unit[]).map((unit) => html`
            <option value=${unit} .selected=${unit === this.unit}>${words.units[unit]}</option>`)}</select></label>
          <button type="button" ?disabled=${!sane} @click=${onPress(pass)}>${words.pass}</button></div>
      </form>
      <h3>${words.coming}</h3>
      ${session.Coming.length ? html`<div><button @click=${() => this.#wait(secondsUntil(session, session.Coming[0]!.At))}>${words.untilNext}</button></div>
        <ul aria-label=${words.coming}>${session.Coming.slice(0, mostComing).map((coming) => html`<li>
          <span class="break ${isUnseen(coming) ? 'waiting' : ''}">${shape(isUnseen(coming) ? 'waiting' : 'grey', '◷')}${whatComes(coming)}</span>
          <span class="muted">${words.in(duration(secondsUntil(session, coming.At)))}</span></li>`)}</ul>` : html`<p class="small muted">${words.nothing}</p>`}
    </section>`;
  }

  async #wait(seconds: number): Promise<void> {
    await this.workspace?.wait(seconds);
  }
}
