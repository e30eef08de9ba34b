// The engine counts bytes of UTF-8, the page counts UTF-16 units.

import type { Span } from './messages.js';

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Turns a byte offset of text into an offset of UTF-16 units. One inside a character counts as its start. */
export function utf16Offset(text: string, bytes: number): number {
  let seen = 0;
  let unit = 0;
  while (unit < text.length) {
    const code = text.codePointAt(unit)!;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (seen + size > bytes) break;
    seen += size;
    unit += size === 4 ? 2 : 1;
  }
  return unit;
}

/** Turns a span into a range of UTF-16 units that lies within text. */
export function utf16Range(text: string, span: Span): Range {
  return { from: utf16Offset(text, span.Start), to: utf16Offset(text, Math.max(span.Start, span.End)) };
}

/** Turns an offset of UTF-16 units into one of bytes. */
export function byteOffset(text: string, units: number): number {
  return new TextEncoder().encode(text.slice(0, units)).length;
}
