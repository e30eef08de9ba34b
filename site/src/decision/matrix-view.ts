// Who may do what: principals and operations with the selected key, or principals and keys for one operation, as it is and
// as it would be with the text that is being typed, with what that allows and denies newly. A cell explains itself.

import { html, nothing, type PropertyValues } from 'lit';
import type { Answer, Call, MatrixQuestion, MatrixView, Reply, State } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { toGrant } from '../workspace/jump.js';
import { copy } from '../workspace/link.js';
import { Latest, onTrial } from '../workspace/matrix.js';
import { shape, valueOf } from '../workspace/parts.js';
import { tried } from '../workspace/pins.js';
import { selectedKey } from '../workspace/state.js';
import { WorkspaceView } from '../workspace/view.js';
import { checksOf, detailStyles, type Places } from './detail.js';
import explanationStyles from './explanation-styles.js';
import { lastSaved, baselinePicker, comparisonQuestion, otherTextEditor, type Comparison } from './matrix-baseline.js';
import { MatrixGrid } from './matrix-grid.js';
import { matrixStyles } from './matrix-styles.js';
import { asCSV, asMarkdown, nameOf, partOf, type Part, type Showing } from './matrix-text.js';

/** What is asked, and of which state of the session. */
interface Asked {
  readonly question: MatrixQuestion;
  readonly session: State;
}

/** A cell: of whom, and in which column. */
type Place = readonly [row: string, column: string];

const showings: readonly Showing[] = ['all', 'allowed', 'denied', 'changed'];

export class KmsMatrix extends WorkspaceView {
  static override properties = {
    ...WorkspaceView.properties, matrix: { state: true }, of: { state: true }, filter: { state: true }, showing: { state: true }, compared: { state: true },
    context: { state: true }, chosen: { state: true }, answer: { state: true }, said: { state: true }, failed: { state: true },
  };
  static override styles = [base, explanationStyles, detailStyles, matrixStyles];

  declare matrix: MatrixView | null;
  /** The operation that is shown with every key; empty for every operation with one key. */
  declare of: string;
  declare filter: string;
  declare showing: Showing;
  declare compared: Comparison;
  /** The encryption context as typed: App=billing, Department=IT. */
  declare context: string;
  declare chosen: Place | null;
  declare answer: Answer | null;
  declare said: string;
  /** The last question had no answer. */
  declare failed: boolean;
  readonly #grid = new MatrixGrid((row, column) => this.#choose([row, column]));
  readonly #matrices = new Latest<Asked, MatrixView>(
    (asked) => this.#ask(asked), (asked, matrix) => this.#arrived(asked, matrix));
  readonly #cells = new Latest<MatrixQuestion & { readonly place: Place }, Reply>(
    async ({ place: _, ...question }) => (await this.workspace?.ask({ Type: 'Cell', Matrix: question })) ?? null,
    ({ place }, { Answer: answer, Call: call }) => { if (this.chosen?.join() === place.join()) [this.answer, this.#call] = [answer, call]; });
  #call: Call | null = null; // of the answer
  #asked = '';
  #session: State | null = null;
  #shown: Asked | undefined;
  #kept: { readonly from: Parameters<typeof partOf>; readonly part: Part } | undefined;
  #drawn: Part | undefined;
  #spoken: string | undefined;
  #from: readonly unknown[] = [];

  constructor() {
    super();
    this.matrix = null;
    this.of = '';
    this.filter = '';
    this.showing = 'all';
    this.compared = lastSaved;
    this.context = '';
    this.chosen = null;
    this.answer = null;
    this.said = '';
    this.failed = false;
  }

  protected override render() {
    const key = selectedKey(this.state);
    const words = text().decision.matrix;
    return html`<section aria-label=${words.title}>
      <h2>${words.title}</h2>
      ${key && this.failed ? html`<p class="denied">${words.failed} <button class="link" @click=${() => this.#again()}>${words.again}</button></p>` : nothing}
      ${key && this.matrix ? this.#whole(this.matrix, key.Label) : html`<p class="muted">${!key ? words.none : this.failed ? nothing : words.waiting}</p>`}
    </section>`;
  }

  async #ask({ question }: Asked): Promise<MatrixView | null> {
    const matrix = (await this.workspace?.ask({ Type: 'Matrix', Matrix: question }))?.Matrix ?? null;
    this.failed = matrix === null;
    return matrix;
  }

  #again(): void {
    this.failed = false;
    this.#asked = '';
  }

  #whole(matrix: MatrixView, key: string) {
    const words = text().decision.matrix;
    const part = this.#part(matrix);
    const comparing = this.compared.baseline !== '';
    const operations = this.state.catalogue.Operations.filter((o) => o.Service === 'kms');
    return html`<div class="whole">
      <div class="tools">
        <label>${words.of}<select @change=${(e: Event) => { this.of = valueOf(e); }}>
          <option value="" ?selected=${!this.of}>${words.ofKey(key)}</option>
          ${operations.map((o) => html`<option value=${o.Name} ?selected=${o.Name === this.of}>${words.ofKeys(o.Name)}</option>`)}</select></label>
        <label>${words.filter}<input type="search" .value=${this.filter} placeholder=${words.filterExample} @input=${(e: Event) => { this.filter = valueOf(e); }}></label>
        <label>${words.show}<select @change=${(e: Event) => { this.showing = valueOf(e) as Showing; }}>
          ${showings.map((s) => html`<option value=${s} ?selected=${s === this.showing} ?disabled=${s === 'changed' && !comparing}>${words.showings[s]}</option>`)}</select></label>
        ${baselinePicker(this.compared, this.state, (to) => this.#compare(to))}
      </div>
      ${otherTextEditor(this.compared, this.state, matrix.OtherRefusal, (to) => this.#compare(to))}
      ${this.#trial(matrix)}
      <p class="small counts" aria-live="polite">${comparing ? html`<span><b class="allowed" aria-hidden="true">+✓</b> <span>${words.newlyAllowedCount(part.allowed)}</span></span>
        <span><b class="denied" aria-hidden="true">−✕</b> <span>${words.newlyDeniedCount(part.denied)}</span></span>` : nothing}
        <span>${words.shown(part.rows.length, part.columns.length)}</span></p>
      <div class="scroll">${this.#grid.element}</div>
      <p class="small muted">${words.legend}${comparing ? words.legendCompared : ''}</p>
      <div class="tools">
        <label>${words.context}<input .value=${this.context} placeholder="Department=IT" @change=${(e: Event) => { this.context = valueOf(e); }}></label>
        <button @click=${() => this.#copy('CSV', asCSV(matrix, part, this.#showing()))}>${words.copyCSV}</button>
        <button @click=${() => this.#copy('Markdown', asMarkdown(matrix, part, this.#showing()))}>${words.copyMarkdown}</button>
        <span class="small muted" aria-live="polite">${this.said}</span>
      </div>
      ${this.#why()}</div>`;
  }

  /** Whether what stands in the editor is in the matrix. */
  #trial(matrix: MatrixView) {
    const trial = this.#shown?.question.Trial;
    if (!trial) return nothing;
    const words = text().decision.matrix;
    const title = said(this.state.session?.Policies.find((p) => p.ID === trial.Policy)?.Title ?? '');
    return html`<p class="small break tried">${matrix.Refusal ? words.refused(title, matrix.Refusal) : words.tried(title)}</p>`;
  }

  #showing(): Showing {
    return this.showing === 'changed' && this.compared.baseline === '' ? 'all' : this.showing;
  }

  // The same while neither the matrix nor what is asked of it changes.
  #part(matrix: MatrixView): Part {
    const from: Parameters<typeof partOf> = [matrix, this.filter, this.#showing(), this.compared.baseline !== '' && !matrix.OtherRefusal];
    const kept = this.#kept;
    if (kept && from.every((value, i) => value === kept.from[i])) return kept.part;
    const part = partOf(...from);
    this.#kept = { from, part };
    return part;
  }

  #compare(to: Comparison): void {
    this.compared = to;
  }

  #why() {
    const words = text().decision.matrix;
    // The place is there before the verdict, so that assistive technology hears of it.
    return html`<div class="why" role="group" aria-label=${words.why}><div aria-live="polite">${this.#verdict()}</div>
      ${this.chosen && this.answer ? this.#checks(this.answer) : nothing}</div>`;
  }

  #verdict() {
    if (!this.chosen || !this.matrix) return nothing;
    const { chosen, answer } = this;
    const words = text().decision.matrix;
    const row = this.matrix.Rows.find(({ ARN }) => ARN === chosen[0]);
    const who = row ? nameOf(row) : '';
    const what = this.matrix.Columns.find(({ ID }) => ID === chosen[1])?.Label ?? '';
    const [operation, subject] = this.matrix.Operation ? [words.onKey(this.matrix.Operation, what), who] : [what, who];
    const allowed = answer?.Checks.length && answer.Checks.every((check) => check.Decision === 'Allow');
    return html`<h3 class="break">${answer ? html`${shape(allowed ? 'allowed' : 'denied')}${allowed ? words.isAllowed(subject, operation) : words.isDenied(subject, operation)}` : words.asking(subject, operation)}</h3>`;
  }

  #checks(answer: Answer) {
    return html`${answer.Error && !answer.Checks.length ? html`<p class="break">${answer.Error.Code}: ${answer.Error.Message}</p>` : nothing}
      <div class="row"><button @click=${() => this.#pin()}>${text().decision.matrix.pin}</button></div>
      ${checksOf(answer, this.#places, false)}`;
  }

  readonly #places: Places = {
    name: (id) => said(this.state.session?.Policies.find((p) => p.ID === id)?.Title ?? id),
    reveal: (place) => this.workspace?.reveal(place),
    grant: (id) => this.workspace?.revealKey(toGrant(this.state, id)),
  };

  #pin(): void {
    const { matrix, answer, chosen, workspace } = this;
    const row = matrix?.Rows.find(({ ARN }) => ARN === chosen?.[0]);
    const column = matrix?.Operation ? chosen?.[1] : matrix?.Key;
    const key = this.state.session?.Keys.find(({ ARN }) => ARN === column)?.Label ?? '';
    if (this.#call && answer && row) workspace?.offer(tried(this.#call, answer, nameOf(row), key));
  }

  #choose(place: Place): void {
    this.chosen = place;
    this.answer = null;
    this.#explain();
  }

  #explain(): void {
    const { chosen, matrix } = this;
    if (!chosen || !matrix || !this.#shown) return;
    const row = matrix.Rows.find(({ ARN }) => ARN === chosen[0]);
    if (!row || !matrix.Columns.some(({ ID }) => ID === chosen[1])) {
      this.chosen = null;
      return;
    }
    const [Key, Operation] = matrix.Operation ? [chosen[1], matrix.Operation] : [matrix.Key, chosen[1]];
    this.#cells.want({ ...this.#shown.question, Key, Operation, As: row.Ref, place: chosen });
  }

  async #copy(what: 'CSV' | 'Markdown', content: string): Promise<void> {
    const words = text().decision.matrix;
    this.said = (await copy(content)) ? words.copied[what] : words.notCopied[what];
  }

  #arrived(asked: Asked, matrix: MatrixView): void {
    this.#shown = asked;
    this.matrix = matrix;
    this.#explain();
  }

  // A key stroke asks anew, and draws nothing before the answer is there.
  protected override shouldUpdate(changed: PropertyValues): boolean {
    this.#want();
    const { session, key, language, saved } = this.state;
    const from = [session, key, language, saved];
    const same = changed.size === 0 && from.every((value, i) => value === this.#from[i]);
    this.#from = from;
    return !same;
  }

  protected override updated(): void {
    this.#grid.mark(this.chosen);
    if (this.matrix) this.#drawGrid(this.matrix);
  }

  // Asked anew whenever the session, what is typed, the key or the question changes.
  #want(): void {
    const { session } = this.state;
    const key = selectedKey(this.state);
    if (!session || !key) return;
    const question: MatrixQuestion = {
      Key: this.of ? '' : key.ARN, Operation: this.of, As: '', EncryptionContext: pairs(this.context), Trial: onTrial(this.state),
      ...comparisonQuestion(this.compared, this.state),
    };
    const asked = JSON.stringify({ ...question, Saved: question.Saved && this.state.saved?.at });
    if (session === this.#session && asked === this.#asked) return;
    this.#session = session;
    this.#asked = asked;
    this.#matrices.want({ question, session });
  }

  #drawGrid(matrix: MatrixView): void {
    const words = text().decision.matrix;
    const part = this.#part(matrix);
    if (this.#drawn === part && this.#spoken === this.state.language) return;
    this.#drawn = part;
    this.#spoken = this.state.language;
    const key = this.state.session?.Keys.find(({ ARN }) => ARN === matrix.Key)?.Label ?? '';
    this.#grid.show({
      name: matrix.Operation ? words.tableOfKeys(matrix.Operation) : words.table(key),
      corner: matrix.Operation ? words.principalFor(matrix.Operation) : words.principal, look: `${this.state.language} ${matrix.Operation}`,
      columns: part.columns.map((i) => ({ id: matrix.Columns[i]!.ID, label: matrix.Columns[i]!.Label })),
      rows: part.rows.map((row, r) => ({ id: row.ARN, label: nameOf(row), signs: part.signs[r]! })),
      cellName: words.cell,
    });
  }
}

function pairs(text: string): { Key: string; Value: string }[] {
  return text.split(',').map((pair) => pair.split('=')).filter(([key]) => key?.trim())
    .map(([key = '', ...value]) => ({ Key: key.trim(), Value: value.join('=').trim() }));
}
