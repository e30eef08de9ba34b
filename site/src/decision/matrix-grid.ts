// The cells of a matrix. There are thousands, and a key stroke changes some: this draws those that changed, first what is
// in sight and then the rest, a few milliseconds a frame.

import { looks, wordOf, type Sign } from './matrix-text.js';

export interface GridContent {
  /** Accessible name of the grid. */
  readonly name: string;
  readonly corner: string;
  /** What the words and the columns follow from: with another one everything is drawn anew. */
  readonly look: string;
  readonly columns: readonly { readonly id: string; readonly label: string }[];
  readonly rows: readonly { readonly id: string; readonly label: string; readonly signs: string }[];
  readonly cellName: (row: string, column: string, word: string) => string;
}

interface Line {
  readonly element: HTMLElement;
  /** The signs that are drawn; empty for none yet. */
  drawn: string;
}

/** Milliseconds of a frame that drawing what is out of sight may take. */
const budget = 6;

/** Rows. */
const newAtOnce = 10;

export class MatrixGrid {
  readonly element = document.createElement('div');
  readonly #choose: (row: string, column: string) => void;
  #content: GridContent | undefined;
  #lines = new Map<string, Line>();
  /** The cell that Tab arrives at, and the one that is explained, by row and column. */
  #at: readonly [string, string] = ['', ''];
  #chosen: readonly [string, string] = ['', ''];
  #frame = 0;
  /** The cells of a row, with nothing in them yet. */
  #cells: DocumentFragment | undefined;

  constructor(choose: (row: string, column: string) => void) {
    this.#choose = choose;
    this.element.className = 'grid';
    this.element.setAttribute('role', 'grid');
    this.element.setAttribute('aria-readonly', 'true');
    this.element.addEventListener('keydown', this.#onKey);
    this.element.addEventListener('click', this.#onClick);
    this.element.addEventListener('focusin', this.#onFocus);
  }

  show(content: GridContent): void {
    const before = this.#content;
    const focused = this.#focused();
    this.#content = content;
    const anew = before?.look !== content.look || !sameIds(before.columns, content.columns);
    if (anew) this.#head(content);
    if (anew || !sameIds(before!.rows, content.rows)) this.#body(content, anew);
    this.element.setAttribute('aria-label', content.name);
    this.#draw(inSight(this.element, content.rows.length));
    this.#keepPlace(focused);
    this.#later();
  }

  /** Marks the cell that is explained, null for none. */
  mark(chosen: readonly [string, string] | null): void {
    this.#cell(...this.#chosen)?.removeAttribute('aria-selected');
    this.#chosen = chosen ?? ['', ''];
    this.#cell(...this.#chosen)?.setAttribute('aria-selected', 'true');
  }

  #head(content: GridContent): void {
    this.#cells = undefined;
    const row = part('row', 'head');
    const corner = part('columnheader', 'corner');
    corner.textContent = content.corner;
    row.append(corner, ...content.columns.map(({ label }) => {
      const header = part('columnheader', '');
      const inner = document.createElement('div');
      inner.textContent = label;
      header.title = label;
      header.append(inner);
      return header;
    }));
    row.setAttribute('aria-rowindex', '1');
    this.element.setAttribute('aria-colcount', String(content.columns.length + 1));
    this.element.replaceChildren(row);
  }

  // Rows keep their cells when others come or go.
  #body(content: GridContent, anew: boolean): void {
    const known = anew ? new Map<string, Line>() : this.#lines;
    this.#lines = new Map(content.rows.map(({ id, label }) => {
      const line = known.get(id) ?? newLine(id, label);
      return [id, line];
    }));
    this.element.setAttribute('aria-rowcount', String(content.rows.length + 1));
    const rows = [...this.#lines.values()].map(({ element }, i) => {
      element.setAttribute('aria-rowindex', String(i + 2));
      return element;
    });
    this.element.replaceChildren(this.element.firstElementChild!, ...rows);
  }

  // Rows that are there show what changed at once. Of new ones, only some are made before the page may go on.
  #draw(range: readonly [number, number]): void {
    let left = newAtOnce;
    for (let r = range[0]; r < range[1]; r++) if (this.#lines.get(this.#content!.rows[r]!.id)!.drawn || left-- > 0) this.#drawRow(r);
  }

  #drawRow(r: number): void {
    const content = this.#content!;
    const row = content.rows[r]!;
    const line = this.#lines.get(row.id)!;
    if (line.drawn === row.signs) return;
    if (!line.drawn) line.element.append(this.#newCells());
    for (let c = 0; c < row.signs.length; c++) {
      const sign = row.signs[c]!;
      if (line.drawn[c] === sign) continue;
      const cell = line.element.children[c + 1] as HTMLElement;
      const { shape, tone } = looks[sign as Sign];
      cell.className = tone;
      cell.textContent = shape;
      cell.setAttribute('aria-label', content.cellName(row.label, content.columns[c]!.label, wordOf(sign)));
    }
    line.drawn = row.signs;
  }

  // A copy of cells costs a fifth of making them.
  #newCells(): Node {
    this.#cells ??= newCells(this.#content!.columns);
    return this.#cells.cloneNode(true);
  }

  // What is out of sight follows frame by frame.
  #later(): void {
    cancelAnimationFrame(this.#frame);
    const next = (r: number) => {
      this.#frame = requestAnimationFrame(() => {
        const until = performance.now() + budget;
        let at = r;
        while (at < this.#content!.rows.length && performance.now() < until) this.#drawRow(at++);
        if (at < this.#content!.rows.length) next(at);
      });
    };
    next(0);
  }

  #cell(row: string, column: string): HTMLElement | null {
    const c = this.#content?.columns.findIndex(({ id }) => id === column) ?? -1;
    const line = this.#lines.get(row);
    return c < 0 || !line ? null : (line.element.children[c + 1] as HTMLElement | undefined) ?? null;
  }

  #focused(): boolean {
    return (this.element.getRootNode() as Document | ShadowRoot).activeElement?.parentElement?.parentElement === this.element;
  }

  // Tab arrives where it arrived before; where that is gone, at the first cell. The focus goes with it.
  #keepPlace(focused: boolean): void {
    const content = this.#content!;
    if (!content.rows.length || !content.columns.length) return;
    const [row, column] = this.#at;
    const there = this.#lines.has(row) ? row : content.rows[0]!.id;
    const beside = content.columns.some(({ id }) => id === column) ? column : content.columns[0]!.id;
    this.#drawRow(content.rows.findIndex(({ id }) => id === there));
    this.#reach(there, beside);
    if (focused && !this.#focused()) this.#cell(there, beside)?.focus({ preventScroll: true });
    this.mark(this.#chosen);
  }

  #reach(row: string, column: string): void {
    const before = this.#cell(...this.#at);
    if (before) before.tabIndex = -1;
    this.#at = [row, column];
    const now = this.#cell(row, column);
    if (now) now.tabIndex = 0;
  }

  readonly #onFocus = (event: Event): void => {
    const place = this.#placeOf(event.target);
    if (place && place.join() !== this.#at.join()) this.#reach(...place);
  };

  readonly #onClick = (event: Event): void => {
    const place = this.#placeOf(event.target);
    if (!place) return;
    this.#reach(...place);
    this.#cell(...place)?.focus({ preventScroll: true });
    this.#choose(...place);
  };

  #placeOf(target: EventTarget | null): [string, string] | null {
    const cell = (target as HTMLElement).closest<HTMLElement>('[role="gridcell"]');
    return cell ? [cell.parentElement!.dataset['id']!, cell.dataset['id']!] : null;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const content = this.#content;
    if (!content || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#choose(...this.#at);
      return;
    }
    const r = content.rows.findIndex(({ id }) => id === this.#at[0]);
    const c = content.columns.findIndex(({ id }) => id === this.#at[1]);
    const [lastRow, lastColumn] = [content.rows.length - 1, content.columns.length - 1];
    const to: Readonly<Record<string, readonly [number, number]>> = {
      ArrowRight: [r, c + 1], ArrowLeft: [r, c - 1], ArrowDown: [r + 1, c], ArrowUp: [r - 1, c], PageDown: [r + 10, c], PageUp: [r - 10, c],
      Home: [event.ctrlKey ? 0 : r, 0], End: [event.ctrlKey ? lastRow : r, lastColumn],
    };
    const target = to[event.key];
    if (!target) return;
    event.preventDefault();
    const row = Math.min(Math.max(target[0], 0), lastRow);
    const column = Math.min(Math.max(target[1], 0), lastColumn);
    this.#drawRow(row);
    this.#cell(content.rows[row]!.id, content.columns[column]!.id)?.focus();
  };
}

function part(role: string, className: string): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', role);
  if (className) element.className = className;
  return element;
}

function newLine(id: string, label: string): Line {
  const element = part('row', 'line');
  element.dataset['id'] = id;
  const header = part('rowheader', '');
  header.textContent = label;
  header.title = id;
  element.append(header);
  return { element, drawn: '' };
}

function newCells(columns: GridContent['columns']): DocumentFragment {
  const cells = document.createDocumentFragment();
  cells.append(...columns.map(({ id }, c) => newCell(id, c)));
  return cells;
}

function newCell(id: string, column: number): HTMLElement {
  const cell = part('gridcell', '');
  cell.tabIndex = -1;
  cell.dataset['id'] = id;
  cell.setAttribute('aria-colindex', String(column + 2));
  return cell;
}

function sameIds(a: readonly { readonly id: string }[] | undefined, b: readonly { readonly id: string }[]): boolean {
  return a?.length === b.length && a.every(({ id }, i) => id === b[i]!.id);
}

/** Height of a row in pixels, as the style sheet has it. */
const rowHeight = 26;

// Which rows are in sight, and some more.
function inSight(grid: HTMLElement, rows: number): readonly [number, number] {
  const box = grid.parentElement;
  if (!box?.clientHeight) return [0, Math.min(rows, 30)];
  const first = Math.floor(box.scrollTop / rowHeight);
  return [Math.max(0, Math.min(first - 8, rows)), Math.min(rows, first + Math.ceil(box.clientHeight / rowHeight) + 2)];
}
