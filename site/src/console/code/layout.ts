// How literals are laid out: on one line where they are short, else a line for each.

import type { Literal } from './literal.js';

const width = 88;

/** Items between brackets, each with a comma after it, one level deeper than indent; on one line when short. */
export function bracketed(open: string, items: readonly string[], close: string, indent: string, step: string, short: boolean): string {
  if (!items.length) return open + close;
  const line = open + items.join(', ') + close;
  if (short && line.length + indent.length <= width && !line.includes('\n')) return line;
  return `${open}\n${items.map((item) => `${indent}${step}${item},\n`).join('')}${indent}${close}`;
}

export function isScalar(value: Literal): boolean {
  return value.kind !== 'list' && value.kind !== 'map' && value.kind !== 'structure';
}

/** A text by its lines, each with its line break, so that policies can be read in the code. */
export function lines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [''];
}

// Besides what ends a string: characters that end a line, cannot be seen, or turn the direction of reading.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const named: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A text between double quotes. Python, JavaScript and Go read these escapes alike; beyond the first plane of Unicode,
 * far says how they are written.
 */
export function quoted(text: string, far: (code: number) => string, alone: string | null = null): string {
  const escaped = text.replace(/["\\]/g, (c) => named[c]!).replace(unseen, (c) => {
    const code = c.codePointAt(0)!;
    if (alone !== null && code >= 0xd800 && code <= 0xdfff) return alone;
    return named[c] ?? (code > 0xffff ? far(code) : `\\u${code.toString(16).padStart(4, '0')}`);
  });
  return `"${escaped}"`;
}
