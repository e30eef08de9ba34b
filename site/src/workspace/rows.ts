// The members of lists in the form.

import { slotOfRow, type RequestForm } from './form.js';

/** The form without a member of a list: those after it move up, with all that is below them. */
export function withoutRow(form: RequestForm, at: string, row: number): Partial<RequestForm> {
  const moved = <T>(held: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(held).flatMap(([name, value]): [string, T][] => {
    const [, n = '', below = ''] = (name.startsWith(`${at}[`) && /^\[(\d+)\](.*)$/s.exec(name.slice(at.length))) || [];
    if (n === '' || Number(n) < row) return [[name, value]];
    return Number(n) === row ? [] : [[slotOfRow(at, Number(n) - 1) + below, value]];
  }));
  const { text, pairs, encodings, rows } = form;
  return { text: moved(text), pairs: moved(pairs), encodings: moved(encodings), rows: { ...moved(rows), [at]: Math.max(0, (rows[at] ?? 0) - 1) } };
}
