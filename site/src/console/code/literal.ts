// The parameters of a call as a tree whose leaves know what they are: what is the same in every programming language.

import type { FieldView } from '../../engine/messages.js';
import { fromBase64 } from '../../workspace/bytes.js';

export type Literal =
  | { readonly kind: 'null' }
  | { readonly kind: 'text'; readonly text: string; readonly enumeration: string } // the name of its type, or ""
  | { readonly kind: 'blob'; readonly base64: string; readonly text: string | null } // null: it does not read as text
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'time'; readonly time: Date }
  | { readonly kind: 'list'; readonly field: FieldView | undefined; readonly items: readonly Literal[] }
  | { readonly kind: 'map'; readonly members: readonly Member[] }
  | { readonly kind: 'structure'; readonly type: string; readonly members: readonly Member[] };

export interface Member {
  readonly name: string;
  readonly value: Literal;
  readonly field: FieldView | undefined; // undefined: the model does not know it
}

/** The parameters of a call. What does not fit the model is kept as the JSON value that it is. */
export function members(input: unknown, fields: readonly FieldView[]): readonly Member[] {
  if (!isObject(input)) return [];
  return Object.entries(input).map(([name, value]) => {
    const field = fields.find((f) => f.Name === name);
    return { name, field, value: literal(value, field) };
  });
}

function literal(value: unknown, field: FieldView | undefined): Literal {
  if (value === null || value === undefined) return { kind: 'null' };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'number') return field?.Type === 'timestamp' ? time(value * 1000, String(value)) : { kind: 'number', text: String(value) };
  if (typeof value === 'string') return word(value, field);
  if (Array.isArray(value)) return { kind: 'list', field, items: value.map((item) => literal(item, memberOf(field))) };
  if (field?.Type === 'structure') return { kind: 'structure', type: capital(field.Shape), members: members(value, field.Fields) };
  return { kind: 'map', members: members(value, []) };
}

function word(text: string, field: FieldView | undefined): Literal {
  if (field?.Type === 'blob') return blob(text);
  if (field?.Type === 'timestamp') return time(Date.parse(text), text);
  return { kind: 'text', text, enumeration: field?.Type === 'string' && field.Enum.length > 0 ? capital(field.Shape) : '' };
}

// The years that every language writes with four digits.
const earliest = Date.UTC(1000, 0, 1);
const latest = Date.UTC(9999, 11, 31);

function time(milliseconds: number, otherwise: string): Literal {
  if (!(milliseconds >= earliest && milliseconds <= latest)) return { kind: 'text', text: otherwise, enumeration: '' };
  return { kind: 'time', time: new Date(milliseconds) };
}

// What a member of a list is: FieldView describes lists by their members.
function memberOf(list: FieldView | undefined): FieldView | undefined {
  return list?.Type === 'list' ? { ...list, Type: list.Member } : undefined;
}

function blob(base64: string): Literal {
  try {
    const bytes = fromBase64(base64);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { kind: 'blob', base64, text: bytes.length > 0 && !/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u.test(text) ? text : null };
  } catch {
    return { kind: 'blob', base64, text: null };
  }
}

/** A name as Go exports it. */
export function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
