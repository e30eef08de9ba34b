// A matrix in words: what its cells say, which of them are on show, and the whole as CSV and Markdown.

import type { MatrixRow, MatrixView } from '../engine/messages.js';
import { said, text } from '../text/text.js';

/** What a cell says; in lower case where that is new since the baseline. */
export type Sign = 'A' | 'N' | 'D' | '-' | 'a' | 'n' | 'd';

/** Which rows and columns are on show: those with such a cell. */
export type Showing = 'all' | 'allowed' | 'denied' | 'changed';

/** The part of a matrix that is on show. Signs are beside rows, a letter for each column. */
export interface Part {
  readonly rows: readonly MatrixRow[];
  readonly columns: readonly number[];
  readonly signs: readonly string[];
  readonly allowed: number;
  readonly denied: number;
}

export const looks: Readonly<Record<Sign, { readonly shape: string; readonly tone: string }>> = {
  A: { shape: '✓', tone: 'allowed' },
  N: { shape: '✕', tone: 'denied' },
  D: { shape: '⊘', tone: 'denied' },
  '-': { shape: '–', tone: 'grey' },
  a: { shape: '+✓', tone: 'allowed newly' },
  n: { shape: '−✕', tone: 'denied newly' },
  d: { shape: '−⊘', tone: 'denied newly' },
};

/** What a principal is called. A plain name is called so in every language. */
export function nameOf(row: MatrixRow): string {
  return row.Label.includes(' ') ? said(row.Label) : row.Label;
}

export function wordOf(sign: string): string {
  const { words, newlyAllowed, newlyDenied } = text().decision.matrix;
  if (sign === 'a') return newlyAllowed;
  if (sign === 'n' || sign === 'd') return newlyDenied;
  return words[sign as keyof typeof words];
}

// Who was not there may do nothing then; what was not asked, or is not, did not change.
function signsOf(row: MatrixRow, compared: boolean): string {
  if (!compared) return row.Cells;
  let signs = '';
  for (let i = 0; i < row.Cells.length; i++) {
    const now = row.Cells[i]!;
    const was = row.Was[i] ?? 'N';
    signs += now !== '-' && was !== '-' && (now === 'A') !== (was === 'A') ? now.toLowerCase() : now;
  }
  return signs;
}

const shows: Readonly<Record<Showing, RegExp>> = { all: /^/, allowed: /[Aa]/, denied: /[NDnd]/, changed: /[and]/ };

/** The part that holds every word of the filter, in the principal or in the column, and a cell of the kind asked for. */
export function partOf(matrix: MatrixView, filter: string, showing: Showing, compared: boolean): Part {
  let rows = matrix.Rows.map((row) => ({ row, signs: signsOf(row, compared) }));
  let columns = matrix.Columns.map((_, i) => i);
  for (const word of filter.toLowerCase().split(/\s+/).filter(Boolean)) {
    const some = columns.filter((i) => `${matrix.Columns[i]!.Label} ${matrix.Columns[i]!.ID}`.toLowerCase().includes(word));
    // A word that names columns is about them, unless it names only people.
    if (some.length) columns = some;
    else rows = rows.filter(({ row }) => `${nameOf(row)} ${row.ARN}`.toLowerCase().includes(word));
  }
  if (showing !== 'all') {
    const wanted = shows[showing];
    rows = rows.filter(({ signs }) => columns.some((i) => wanted.test(signs[i]!)));
    columns = columns.filter((i) => rows.some(({ signs }) => wanted.test(signs[i]!)));
  }
  const picked = rows.map(({ signs }) => columns.map((i) => signs[i]).join(''));
  const count = (sign: RegExp) => picked.reduce((sum, signs) => sum + (signs.match(sign)?.length ?? 0), 0);
  return { rows: rows.map(({ row }) => row), columns, signs: picked, allowed: count(/a/g), denied: count(/[nd]/g) };
}

function corner(matrix: MatrixView): string {
  const { principal, principalFor } = text().decision.matrix;
  return matrix.Operation ? principalFor(matrix.Operation) : principal;
}

function table(matrix: MatrixView, part: Part): string[][] {
  return [[corner(matrix), ...part.columns.map((i) => matrix.Columns[i]!.Label)],
    ...part.rows.map((row, r) => [nameOf(row), ...[...part.signs[r]!].map(wordOf)])];
}

/** What changed, a line each: of whom, what, from what and to what. */
function changes(matrix: MatrixView, part: Part): string[][] {
  const { principal, operation, key, before, now, absent } = text().decision.matrix;
  const lines = [[principal, matrix.Operation ? key : operation, before, now]];
  part.rows.forEach((row, r) => part.columns.forEach((i, c) => {
    if (/[and]/.test(part.signs[r]![c]!)) lines.push([nameOf(row), matrix.Columns[i]!.Label, row.Was ? wordOf(row.Was[i]!) : absent, wordOf(row.Cells[i]!)]);
  }));
  return lines;
}

// A cell that a spreadsheet would take for a formula is kept a text.
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Whether what is copied is a list of changes: where only those are on show. */
function linesOf(matrix: MatrixView, part: Part, showing: Showing): string[][] {
  return showing === 'changed' ? changes(matrix, part) : table(matrix, part);
}

export function asCSV(...of: Parameters<typeof linesOf>): string {
  return linesOf(...of).map((line) => line.map(csvCell).join(',')).join('\n') + '\n';
}

export function asMarkdown(...of: Parameters<typeof linesOf>): string {
  const [head = [], ...body] = linesOf(...of).map((line) => line.map((text) => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ')));
  const row = (line: readonly string[]) => `| ${line.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...body.map(row)].join('\n') + '\n';
}
