// A matrix as text: what its cells say, and the whole as CSV and Markdown.

import type { MatrixRow, MatrixView } from '../engine/messages.js';

export interface CellText {
  readonly shape: string;
  readonly word: string;
  readonly tone: 'allowed' | 'denied' | 'grey';
  readonly change: '' | 'newly allowed' | 'newly denied';
}

const words: Readonly<Record<string, Omit<CellText, 'change'>>> = {
  A: { shape: '✓', word: 'allowed', tone: 'allowed' },
  N: { shape: '✕', word: 'denied', tone: 'denied' },
  D: { shape: '⊘', word: 'denied by a Deny', tone: 'denied' },
  '-': { shape: '–', word: 'nothing to ask', tone: 'grey' },
};

export function cellText(row: MatrixRow, column: number, compared: boolean): CellText {
  const now = row.Cells[column] ?? '-';
  const was = row.Was[column] ?? 'N';
  const text = words[now] ?? words['-']!;
  const changed = compared && now !== '-' && was !== '-' && (now === 'A') !== (was === 'A');
  return { ...text, change: !changed ? '' : now === 'A' ? 'newly allowed' : 'newly denied' };
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
  return [['Principal', ...columns.map((i) => matrix.Operations[i] ?? '')],
    ...rows.map((row) => [row.Label, ...columns.map((i) => {
      const { word, change } = cellText(row, i, compared);
      return change || word;
    })])];
}

// A cell that a spreadsheet would take for a formula is kept a text.
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function asCSV(...of: Parameters<typeof table>): string {
  return table(...of).map((line) => line.map(csvCell).join(',')).join('\n') + '\n';
}

export function asMarkdown(...of: Parameters<typeof table>): string {
  const [head = [], ...body] = table(...of).map((line) => line.map((text) => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ')));
  const row = (line: readonly string[]) => `| ${line.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...body.map(row)].join('\n') + '\n';
}
