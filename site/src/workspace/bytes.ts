// Bytes as people type and read them: as text, as Base64, in hex.

export const encodings = ['text', 'Base64', 'hex'] as const;
export type Encoding = (typeof encodings)[number];

/** Why something typed stands for no bytes; at is the place of the character, -1 for the end. */
export interface Problem {
  readonly kind: 'character' | 'odd' | 'length';
  readonly at: number;
}

/** The bytes that something typed stands for. Spaces and line breaks count in text only. */
export function bytesOf(typed: string, encoding: Encoding): Uint8Array<ArrayBuffer> | Problem {
  if (encoding === 'text') return new TextEncoder().encode(typed);
  return encoding === 'hex' ? fromHex(typed) : fromBase64Text(typed);
}

export function isProblem(bytes: Uint8Array | Problem): bytes is Problem {
  return !(bytes instanceof Uint8Array);
}

function fromHex(typed: string): Uint8Array<ArrayBuffer> | Problem {
  const wrong = /[^0-9a-fA-F\s:]/.exec(typed);
  if (wrong) return { kind: 'character', at: wrong.index };
  const digits = typed.replace(/[\s:]/g, '');
  if (digits.length % 2) return { kind: 'odd', at: -1 };
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function fromBase64Text(typed: string): Uint8Array<ArrayBuffer> | Problem {
  const wrong = /[^A-Za-z0-9+/=\s]|=(?=\s*[^=\s])/.exec(typed);
  if (wrong) return { kind: 'character', at: wrong.index };
  try {
    return fromBase64(typed.replace(/\s/g, ''));
  } catch {
    return { kind: 'length', at: -1 };
  }
}

/** The bytes of Base64 that a program wrote. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

export function inBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

export function inHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bytes as something typed in an encoding; null when they are no text and text is asked for. */
export function written(bytes: Uint8Array, encoding: Encoding): string | null {
  if (encoding === 'Base64') return inBase64(bytes);
  if (encoding === 'hex') return inHex(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
