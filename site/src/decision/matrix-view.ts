// Who may do what with the selected key: principals and operations, with what is newly allowed and newly denied. A cell
// explains itself.

import { css, html, nothing } from 'lit';
import type { Answer, Baseline, MatrixRow, MatrixView, State } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { copy } from '../workspace/link.js';
import { shape, valueOf } from '../workspace/parts.js';
import { selectedKey } from '../workspace/state.js';
import { WorkspaceView } from '../workspace/view.js';
import { checksOf, detailStyles } from './detail.js';
import explanationStyles from './explanation-styles.js';
import { asCSV, asMarkdown, cellText, filtered } from './matrix-text.js';

/** How many rows are drawn until more are asked for. */
const step = 50;

interface Chosen {
  readonly row: MatrixRow;
  readonly operation: string;
  readonly answer: Answer | null;
}

export class KmsMatrix extends WorkspaceView {
  static override properties = {
    ...WorkspaceView.properties, matrix: { state: true }, filter: { state: true }, baseline: { state: true }, context: { state: true },
    chosen: { state: true }, most: { state: true }, at: { state: true }, said: { state: true },
  };
  static override styles = [base, explanationStyles, detailStyles, css`
    section { padding-bottom: 8px; }
    .tools { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; }
    /* What is scrolled to must not hide beneath the headers. */
    .scroll { overflow: auto; border: 1px solid var(--line); border-radius: 4px; max-height: max(320px, 55vh); scroll-padding: 160px 0 0 160px; }
    table { width: max-content; border-collapse: separate; border-spacing: 0; font-size: var(--small); }
    th { background: var(--raised); text-align: start; font-weight: 600; position: sticky; z-index: 1; }
    thead th { top: 0; writing-mode: vertical-rl; padding: 6px 4px; border-bottom: 1px solid var(--line); vertical-align: bottom; white-space: nowrap; }
    thead th div { max-height: 136px; overflow: hidden; text-overflow: ellipsis; }
    thead th:first-child { writing-mode: horizontal-tb; left: 0; z-index: 2; padding: 6px 8px; }
    tbody th { left: 0; padding: 0 8px; min-width: 100px; max-width: 150px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; border-inline-end: 1px solid var(--line); }
    td { padding: 0; text-align: center; }
    td button { width: 28px; max-width: none; min-height: 26px; padding: 0; border: 2px solid transparent; border-radius: 3px; background: none; font-weight: 700; }
    td button:focus-visible { outline-offset: -2px; }
    td button[aria-pressed="true"] { border-color: var(--accent); }
    td button.newly { border-style: dashed; border-color: currentColor; }
    td button.newly.allowed { background: var(--allowed-soft); }
    td button.newly.denied { background: var(--denied-soft); }
    .why { overflow: auto; max-height: 300px; display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
  `];

  declare matrix: MatrixView | null;
  declare filter: string;
  declare baseline: Baseline;
  /** The encryption context as typed: App=billing, Department=IT. */
  declare context: string;
  declare chosen: Chosen | null;
  declare most: number;
  /** The cell that Tab arrives at, by row and column of what is shown. */
  declare at: readonly [number, number];
  declare said: { readonly what: 'CSV' | 'Markdown'; readonly done: boolean } | null;
  #asked = '';
  #session: State | null = null;

  constructor() {
    super();
    this.matrix = null;
    this.filter = '';
    this.baseline = 'AsOpened';
    this.context = '';
    this.chosen = null;
    this.most = step;
    this.at = [0, 0];
    this.said = null;
  }

  protected override render() {
    const key = selectedKey(this.state);
    const words = text().decision.matrix;
    return html`<section aria-label=${words.title}>
      <h2>${words.title}</h2>
      ${key && this.matrix ? this.#whole(this.matrix, key.Label) : html`<p class="muted">${words.none}</p>`}
    </section>`;
  }

  #whole(matrix: MatrixView, key: string) {
    const { rows, columns } = filtered(matrix, this.filter);
    const shown = rows.slice(0, this.most);
    const compared = this.baseline !== '';
    const newly = compared ? shown.reduce((sum, row) => sum + columns.filter((i) => cellText(row, i, true).change).length, 0) : 0;
    const words = text().decision.matrix;
    return html`
      <div class="tools">
        <label>${words.filter}<input type="search" .value=${this.filter} placeholder=${words.filterExample} @input=${(e: Event) => { this.filter = valueOf(e); }}></label>
        <label>${words.compareWith}<select @change=${(e: Event) => { this.baseline = valueOf(e) as Baseline; }}>
          <option value="AsOpened" ?selected=${this.baseline === 'AsOpened'}>${words.asOpened}</option>
          <option value="LastChange" ?selected=${this.baseline === 'LastChange'}>${words.lastChange}</option>
          <option value="" ?selected=${this.baseline === ''}>${words.nothing}</option></select></label>
        <label>${words.context}<input .value=${this.context} placeholder="Department=IT" @change=${(e: Event) => { this.context = valueOf(e); }}></label>
        <button @click=${() => this.#copy('CSV', asCSV(matrix, rows, columns, compared))}>${words.copyCSV}</button>
        <button @click=${() => this.#copy('Markdown', asMarkdown(matrix, rows, columns, compared))}>${words.copyMarkdown}</button>
      </div>
      <p class="small muted" aria-live="polite">${compared ? words.legendCompared(newly) : words.legend}
        ${this.said && words[this.said.done ? 'copied' : 'notCopied'][this.said.what]}</p>
      <div class="scroll">
        <table aria-label=${words.table(key)} @keydown=${this.#onKey}>
          <thead><tr><th scope="col">${words.principal}</th>${columns.map((i) => html`<th scope="col" title=${matrix.Operations[i] ?? ''}><div>${matrix.Operations[i]}</div></th>`)}</tr></thead>
          <tbody>${shown.map((row, r) => html`<tr><th scope="row" title=${row.ARN}>${row.Label}</th>
            ${columns.map((i, c) => this.#cell(matrix, row, i, r, c, compared))}</tr>`)}</tbody>
        </table>
        ${rows.length > shown.length ? html`<button @click=${() => { this.most += step; }}>${words.more(rows.length - shown.length)}</button>` : nothing}
      </div>
      ${this.#why()}`;
  }

  #cell(matrix: MatrixView, row: MatrixRow, column: number, r: number, c: number, compared: boolean) {
    const operation = matrix.Operations[column] ?? '';
    const { shape: sign, word, tone, change } = cellText(row, column, compared);
    const pressed = this.chosen?.row.ARN === row.ARN && this.chosen.operation === operation;
    return html`<td><button class="${tone} ${change ? 'newly' : ''}" data-at="${r},${c}" tabindex=${this.at[0] === r && this.at[1] === c ? 0 : -1}
      aria-pressed=${pressed} aria-label=${text().decision.matrix.cell(row.Label, operation, change || word)} @click=${() => this.#choose(row, operation, r, c)}>${sign}</button></td>`;
  }

  #why() {
    if (!this.chosen) return nothing;
    const { row, operation, answer } = this.chosen;
    const allowed = answer?.Checks.length && answer.Checks.every((check) => check.Decision === 'Allow');
    const words = text().decision.matrix;
    const heading = !answer ? words.asking : allowed ? words.isAllowed : words.isDenied;
    return html`<div class="why" role="group" aria-label=${words.why}>
      <h3 class="break">${shape(allowed ? 'allowed' : 'denied')}${heading(row.Label, operation)}</h3>
      ${answer ? html`${answer.Error && !answer.Checks.length ? html`<p class="break">${answer.Error.Code}: ${answer.Error.Message}</p>` : nothing}
        ${checksOf(answer, { name: (id) => said(this.state.session?.Policies.find((p) => p.ID === id)?.Title ?? id), reveal: (place) => this.workspace?.reveal(place) })}` : nothing}
    </div>`;
  }

  async #choose(row: MatrixRow, operation: string, r: number, c: number): Promise<void> {
    this.at = [r, c];
    this.chosen = { row, operation, answer: null };
    const answer = await this.workspace?.cell(this.matrix?.Key ?? '', row.Ref, operation, pairs(this.context));
    if (answer && this.chosen.row === row && this.chosen.operation === operation) this.chosen = { row, operation, answer };
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const [r, c] = this.at;
    const to = { ArrowRight: [r, c + 1], ArrowLeft: [r, c - 1], ArrowDown: [r + 1, c], ArrowUp: [r - 1, c], Home: [r, 0] }[event.key];
    const target = to && this.renderRoot.querySelector<HTMLElement>(`button[data-at="${to.join()}"]`);
    if (!to || !target) return;
    event.preventDefault();
    this.at = [to[0]!, to[1]!];
    target.focus();
  };

  async #copy(what: 'CSV' | 'Markdown', content: string): Promise<void> {
    this.said = { what, done: await copy(content) };
  }

  // Asked anew whenever the session, the key or the question changes.
  protected override updated(): void {
    const { session } = this.state;
    const key = selectedKey(this.state);
    if (!session || !key) return;
    const asked = JSON.stringify([key.ARN, this.baseline, this.context]);
    if (session === this.#session && asked === this.#asked) return;
    if (session !== this.#session) this.chosen = null;
    this.#session = session;
    this.#asked = asked;
    void this.workspace?.matrix(key.ARN, this.baseline, pairs(this.context)).then((matrix) => {
      if (asked !== this.#asked || session !== this.#session || !matrix) return;
      this.matrix = matrix;
      this.at = [0, 0];
    });
  }
}

function pairs(typed: string): { Key: string; Value: string }[] {
  return typed.split(',').map((pair) => pair.split('=')).filter(([key]) => key?.trim())
    .map(([key = '', ...value]) => ({ Key: key.trim(), Value: value.join('=').trim() }));
}
