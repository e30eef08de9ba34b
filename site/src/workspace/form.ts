// The request form: what is typed in it, and the call that it stands for.

import type { Call, FieldView, OperationView } from '../engine/messages.js';

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
  readonly sourceIP: string;
  readonly viaService: string;
  readonly vpcEndpoint: string;
}

export const emptyForm: RequestForm = {
  principal: '', operation: '', key: '', text: {}, pairs: {}, sourceIP: '', viaService: '', vpcEndpoint: '',
};

// What makes a request ready to send where AWS has no default of its own.
const defaults: Readonly<Record<string, string>> = {
  plaintext: 'Hello',
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

/** Where the form keeps a field. Texts, contexts and tokens are kept when the operation changes. */
export function slot(operation: OperationView, field: FieldView): string {
  if (field.Role === 'plaintext' || field.Role === 'ciphertext' || field.Role === 'grant tokens') return field.Role;
  if (field.Role === 'encryption context') {
    const first = operation.Fields.find((other) => other.Role === 'encryption context');
    if (first === field) return 'encryption context';
  }
  return `${operation.Name}.${field.Name}`;
}

export function fieldText(form: RequestForm, operation: OperationView, field: FieldView): string {
  const at = slot(operation, field);
  return form.text[at] ?? defaults[at] ?? '';
}

export function fieldPairs(form: RequestForm, operation: OperationView, field: FieldView): readonly Pair[] {
  return form.pairs[slot(operation, field)] ?? [];
}

/** Splits what people paste: tokens and names are separated by spaces, commas or new lines. */
export function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

export function toMap(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs.filter((pair) => pair.key !== '').map((pair) => [pair.key, pair.value]));
}

export function toBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

/** The text behind Base64, or null when it is not UTF-8. */
export function fromBase64(base64: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The call that the form stands for. Fields left empty are left out, so that AWS's own checks can speak. */
export function toCall(form: RequestForm, operation: OperationView): Partial<Call> {
  const input: Record<string, unknown> = {};
  for (const field of operation.Fields) {
    const value = fieldValue(form, operation, field);
    if (value !== undefined) input[field.Name] = value;
  }
  return {
    As: form.principal, Service: operation.Service, Operation: operation.Name, Input: input,
    Environment: {
      SourceIP: form.sourceIP.trim(), ViaService: form.viaService.trim(), VPCEndpoint: form.vpcEndpoint.trim(), UserAgent: '', SourceArn: '',
    },
  };
}

function fieldValue(form: RequestForm, operation: OperationView, field: FieldView): unknown {
  const text = fieldText(form, operation, field);
  const pairs = fieldPairs(form, operation, field);
  switch (field.Role) {
    case 'key':
      return optional(field === keyField(operation) ? form.key : text);
    case 'encryption context':
      return filled(toMap(pairs));
    case 'grant tokens':
      return filled(words(text));
    case 'plaintext':
      return text === '' && !field.Required ? undefined : toBase64(text);
    case 'constraints':
      return text === '' ? undefined : { [text]: toMap(pairs) };
    case 'tags':
      return tags(field, pairs);
  }
  return typedValue(field, text);
}

function tags(field: FieldView, pairs: readonly Pair[]): unknown {
  const [key, value] = [field.Fields[0]?.Name ?? 'TagKey', field.Fields[1]?.Name ?? 'TagValue'];
  return filled(pairs.filter((pair) => pair.key !== '').map((pair) => ({ [key]: pair.key, [value]: pair.value })));
}

function typedValue(field: FieldView, text: string): unknown {
  if (text.trim() === '') return undefined;
  switch (field.Type) {
    case 'integer':
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case 'boolean':
      return text === 'true';
    case 'list':
      return field.Member === 'structure' ? json(text) : words(text);
    case 'map':
    case 'structure':
      return json(text);
    case 'blob':
      return text.trim();
    default:
      return text;
  }
}

// What is not JSON goes to AWS as it is, which refuses it in its own words.
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function optional(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function filled<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}
