// The request form: what is typed in it, and the call that it stands for.

import type { Call, FieldView, OperationView } from '../engine/messages.js';
import { bytesOf, inBase64, isProblem, written, type Encoding } from './bytes.js';

export interface Pair {
  readonly key: string;
  readonly value: string;
}

export interface RequestForm {
  readonly principal: string; // PrincipalView.Ref
  readonly operation: string; // "kms:Encrypt"
  readonly key: string;
  readonly text: Readonly<Record<string, string>>; // by slot
  readonly pairs: Readonly<Record<string, readonly Pair[]>>; // by slot
  readonly encodings: Readonly<Record<string, Encoding>>; // by slot: how bytes are typed
  readonly rows: Readonly<Record<string, number>>; // by slot: how many members a list has
  readonly sourceIP: string;
  readonly viaService: string;
  readonly vpcEndpoint: string;
  readonly sourceArn: string;
  readonly region: string; // empty: the world's
}

/** Where a request comes from. */
export type Origin = 'sourceIP' | 'viaService' | 'vpcEndpoint' | 'sourceArn' | 'region';

export const emptyForm: RequestForm = {
  principal: '', operation: '', key: '', text: {}, pairs: {}, encodings: {}, rows: {}, sourceIP: '', viaService: '', vpcEndpoint: '', sourceArn: '', region: '',
};

// What makes a request ready to send where AWS has no default of its own.
const defaults: Readonly<Record<string, string>> = {
  plaintext: 'Hello',
  Message: 'Hello',
  'GenerateDataKey.KeySpec': 'AES_256',
  'GenerateDataKeyWithoutPlaintext.KeySpec': 'AES_256',
  'GenerateRandom.NumberOfBytes': '32',
  'CreateGrant.Operations': 'Decrypt',
  'PutKeyPolicy.PolicyName': 'default',
};

export function operationId(operation: OperationView): string {
  return `${operation.Service}:${operation.Name}`;
}

/** The field that the "Key" combobox stands for: the first required one that names a key, else the first. */
export function keyField(operation: OperationView): FieldView | undefined {
  const keys = operation.Fields.filter((field) => field.Role === 'key');
  return keys.find((field) => field.Required) ?? keys[0];
}

// What one operation makes the next one checks: these are kept when the operation changes.
const shared = new Set(['Message', 'MessageType', 'SigningAlgorithm', 'MacAlgorithm']);

/** Where the form keeps a field. Texts, contexts and tokens are kept when the operation changes. */
export function slot(operation: OperationView, field: FieldView): string {
  if (operation.Service === 'kms' && shared.has(field.Name)) return field.Name;
  if (field.Role === 'plaintext' || field.Role === 'ciphertext' || field.Role === 'grant tokens') return field.Role;
  if (field.Role === 'encryption context') {
    const first = operation.Fields.find((other) => other.Role === 'encryption context');
    if (first === field) return 'encryption context';
  }
  return `${operation.Name}.${field.Name}`;
}

export function textAt(form: RequestForm, at: string): string {
  return form.text[at] ?? defaults[at] ?? '';
}

export function pairsAt(form: RequestForm, at: string): readonly Pair[] {
  return form.pairs[at] ?? [];
}

/** How the bytes of a field are typed: what people write as text, the rest as Base64. */
export function encodingAt(form: RequestForm, field: FieldView, at: string): Encoding {
  return form.encodings[at] ?? (field.Name === 'Plaintext' || field.Name === 'Message' ? 'text' : 'Base64');
}

/** Whether a list is filled in member by member. */
export function hasRows(field: FieldView): boolean {
  return field.Type === 'list' && field.Role !== 'tags' && (field.Member === 'structure' || field.Role === 'policies');
}

/** Where the form keeps a field of a structure, or of a member of a list. */
export function slotBelow(at: string, field: FieldView): string {
  return `${at}.${field.Name}`;
}

export function slotOfRow(at: string, row: number): string {
  return `${at}[${row}]`;
}

/** The first field in hex that stands for no bytes: nothing can be sent for it. Other mistakes are AWS's to find. */
export function unsendable(form: RequestForm, operation: OperationView): string | null {
  const find = (fields: readonly FieldView[], atOf: (field: FieldView) => string): string | null => {
    for (const field of fields) {
      const at = atOf(field);
      if (field.Type === 'blob' && encodingAt(form, field, at) === 'hex' && isProblem(bytesOf(textAt(form, at), 'hex'))) return at;
      const below = field.Type === 'structure' ? find(field.Fields, (inner) => slotBelow(at, inner)) : null;
      if (below) return below;
    }
    return null;
  };
  return find(operation.Fields, (field) => slot(operation, field));
}

/** Splits what people paste: tokens and names are separated by spaces, commas or new lines. */
export function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

export function toMap(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs.filter((pair) => pair.key !== '').map((pair) => [pair.key, pair.value]));
}

/** The text behind Base64, or null when it is not UTF-8. */
export function fromBase64(base64: string): string | null {
  const bytes = bytesOf(base64, 'Base64');
  return isProblem(bytes) ? null : written(bytes, 'text');
}

/** The call that the form stands for. Fields left empty are left out, so that AWS's own checks can speak. */
export function toCall(form: RequestForm, operation: OperationView): Partial<Call> {
  const input: Record<string, unknown> = {};
  for (const field of operation.Fields) {
    const value = field === keyField(operation) ? optional(form.key) : valueAt(form, field, slot(operation, field));
    if (value !== undefined) input[field.Name] = value;
  }
  return {
    As: form.principal, Service: operation.Service, Operation: operation.Name, Input: input,
    ...(form.region.trim() ? { Region: form.region.trim() } : {}),
    Environment: {
      SourceIP: form.sourceIP.trim(), ViaService: form.viaService.trim(), VPCEndpoint: form.vpcEndpoint.trim(), UserAgent: '', SourceArn: form.sourceArn.trim(),
    },
  };
}

function valueAt(form: RequestForm, field: FieldView, at: string): unknown {
  const text = textAt(form, at);
  if (field.Role === 'encryption context' || field.Type === 'map') return filled(toMap(pairsAt(form, at)));
  if (field.Role === 'tags') return tags(field, pairsAt(form, at));
  if (field.Role === 'grant tokens') return filled(words(text));
  if (field.Type === 'blob') return blob(text, encodingAt(form, field, at), field.Required);
  if (field.Type === 'structure') return structure(form, field.Fields, at);
  if (hasRows(field)) return rows(form, field, at);
  return field.Role === 'key' ? optional(text) : typedValue(field, text);
}

function structure(form: RequestForm, fields: readonly FieldView[], at: string): Record<string, unknown> | undefined {
  const members = fields.map((field) => [field.Name, valueAt(form, field, slotBelow(at, field))] as const);
  return filled(Object.fromEntries(members.filter(([, value]) => value !== undefined)));
}

function rows(form: RequestForm, field: FieldView, at: string): unknown {
  const list = Array.from({ length: form.rows[at] ?? 0 }, (_, i) => slotOfRow(at, i))
    .map((row) => (field.Member === 'structure' ? structure(form, field.Fields, row) : optional(textAt(form, row))));
  return filled(list.filter((value) => value !== undefined));
}

// Base64 goes as it was typed, so that AWS can say what it thinks of it; an empty text is sent where one is required.
function blob(typed: string, encoding: Encoding, required: boolean): string | undefined {
  if (encoding === 'Base64') return optional(typed.trim());
  const bytes = bytesOf(typed, encoding);
  if (isProblem(bytes)) return typed;
  return bytes.length || (required && encoding === 'text') ? inBase64(bytes) : undefined;
}

function tags(field: FieldView, pairs: readonly Pair[]): unknown {
  const [key, value] = tagNames(field);
  return filled(pairs.filter((pair) => pair.key !== '').map((pair) => ({ [key]: pair.key, [value]: pair.value })));
}

/** How a service spells the two parts of its tags. */
export function tagNames(field: FieldView): readonly [string, string] {
  return [field.Fields[0]?.Name ?? 'TagKey', field.Fields[1]?.Name ?? 'TagValue'];
}

function typedValue(field: FieldView, text: string): unknown {
  if (text.trim() === '') return undefined;
  switch (field.Type) {
    case 'integer':
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case 'boolean':
      return text === 'true';
    case 'timestamp':
      return seconds(text);
    case 'list':
      return words(text);
    default:
      return text;
  }
}

// The field takes a time in UTC, which AWS JSON writes in seconds.
function seconds(text: string): number | string {
  const time = Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(time) ? text : time / 1000;
}

function optional(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function filled<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}
