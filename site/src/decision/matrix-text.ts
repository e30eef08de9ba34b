// A matrix as text: what its cells say, and the whole as CSV and Markdown.

import type { MatrixRow, MatrixView } from '../engine/messages.js';
import { text } from '../text/text.js';

export interface CellText {
  readonly shape: string;
  readonly word: string;
  readonly tone: 'allowed' | 'denied' | 'grey';
  /** In words; empty where nothing changed. */
  readonly change: string;
}

type Sign = 'A' | 'N' | 'D' | '-';

const looks: Readonly<Record<Sign, Pick<CellText, 'shape' | 'tone'>>> = {
  A: { shape: '✓', tone: 'allowed' },
  N: { shape: '✕', tone: 'denied' },
  D: { shape: '⊘', tone: 'denied' },
  '-': { shape: '–', tone: 'grey' },
};

export function cellText(row: MatrixRow, column: number, compared: boolean): CellText {
  const { words, newlyAllowed, newlyDenied } = text().decision.matrix;
  const now = (row.Cells[column] ?? '-') as Sign;
  const was = row.Was[column] ?? 'N';
  const changed = compared && now !== '-' && was !== '-' && (now === 'A') !== (was === 'A');
  return { ...looks[now], word: words[now], change: !changed ? '' : now === 'A' ? newlyAllowed : newlyDenied };
}

/** Rows and columns that hold every word of the filter, in the principal or in the operation. */
export function filtered(matrix: MatrixView, filter: string): { readonly rows: readonly MatrixRow[]; readonly columns: readonly number[] } {
  const all = matrix.Operations.map((_, i) => i);
  let rows: readonly MatrixRow[] = matrix.Rows;
  let columns = all;
  for (const word of filter.toLowerCase().split(/\s+/).filter(Boolean)) {
    const people = rows.filter((row) => `${row.Label} ${row.ARN}`.toLowerCase().includes(word));
    const operations = columns.filter((i) => matrix.Operations[i]!.toLowerCase().includes(word));
    // A word that names operations is about them, unless it names only people.
    if (operations.length) columns = operations;
    else rows = people;
  }
  return { rows, columns };
}

function table(matrix: MatrixView, rows: readonly MatrixRow[], columns: readonly number[], compared: boolean): string[][] {
  return [[text().decision.matrix.principal, ...columns.map((i) => matrix.Operations[i] ?? '')],
    ...rows.map((row) => [row.Label, ...columns.map((i) => {
      const { word, change } = cellText(row, i, compared);
      return change || word;
    })])];
}

// A cell that a spreadsheet would take for a formula is kept a text.
function csvCell(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function asCSV(...of: Parameters<typeof table>): string {
  return table(...of).map((line) => line.map(csvCell).join(',')).join('\n') + '\n';
}

export function asMarkdown(...of: Parameters<typeof table>): string {
  const [head = [], ...body] = table(...of).map((line) => line.map((cell) => cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ')));
  const row = (line: readonly string[]) => `| ${line.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...body.map(row)].join('\n') + '\n';
}
