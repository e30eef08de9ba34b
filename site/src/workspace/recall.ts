// Puts the form into the state of a past call, and offers what past calls answered as input of the next one.

import type { Call, FieldView, OperationView, RequestView, State } from '../engine/messages.js';
import { bytesOf, isProblem, written } from './bytes.js';
import { encodingAt, hasRows, keyField, slot, slotBelow, slotOfRow, tagNames, type Pair, type RequestForm } from './form.js';

/** The form that would send a past call again. */
export function formOfCall(request: RequestView, call: Call, operation: OperationView, session: State, before: RequestForm): RequestForm {
  const principal = session.Principals.find((p) => p.ARN === request.Principal)?.Ref ?? (call.As || before.principal);
  const { SourceIP: sourceIP, ViaService: viaService, VPCEndpoint: vpcEndpoint, SourceArn: sourceArn } = call.Environment;
  const region = call.Region === session.Region ? '' : call.Region;
  const started = { ...before, principal, operation: `${operation.Service}:${operation.Name}`, sourceIP, viaService, vpcEndpoint, sourceArn, region };
  const input = isObject(call.Input) ? call.Input : {};
  const form = operation.Fields.reduce((form, field) => withValue(form, operation, field, input[field.Name]), started);
  // The call names keys as the person did; the label of the key says the same.
  return request.Resource && keyField(operation) && session.Keys.some((key) => key.Label === request.Resource) ? { ...form, key: request.Resource } : form;
}

function withValue(form: RequestForm, operation: OperationView, field: FieldView, value: unknown): RequestForm {
  if (field === keyField(operation)) return typeof value === 'string' ? { ...form, key: value } : form;
  return put(form, field, slot(operation, field), value);
}

function put(form: RequestForm, field: FieldView, at: string, value: unknown): RequestForm {
  if (field.Role === 'encryption context' || field.Type === 'map' || field.Role === 'tags') return { ...form, pairs: { ...form.pairs, [at]: pairs(field, value) } };
  if (field.Type === 'blob') return putBytes(form, field, at, value);
  if (field.Type === 'structure') {
    return field.Fields.reduce((form, inner) => put(form, inner, slotBelow(at, inner), isObject(value) ? value[inner.Name] : undefined), form);
  }
  if (hasRows(field)) return putRows(form, field, at, Array.isArray(value) ? value : []);
  const text = Array.isArray(value) ? value.join(' ') : value === undefined || value === null ? '' : String(value);
  return putText(form, at, field.Type === 'timestamp' && typeof value === 'number' ? new Date(value * 1000).toISOString().slice(0, 19) : text);
}

function putRows(form: RequestForm, field: FieldView, at: string, list: readonly unknown[]): RequestForm {
  const counted = { ...form, rows: { ...form.rows, [at]: list.length } };
  return list.reduce<RequestForm>((form, item, i) => {
    const row = slotOfRow(at, i);
    if (field.Member !== 'structure') return putText(form, row, String(item));
    return field.Fields.reduce((form, inner) => put(form, inner, slotBelow(row, inner), isObject(item) ? item[inner.Name] : undefined), form);
  }, counted);
}

// A call without bytes leaves those that were there, so that Decrypt keeps the ciphertext of an Encrypt.
function putBytes(form: RequestForm, field: FieldView, at: string, value: unknown): RequestForm {
  if (typeof value !== 'string') return form;
  const usual = encodingAt({ ...form, encodings: {} }, field, at);
  const bytes = bytesOf(value, 'Base64');
  const text = isProblem(bytes) ? null : written(bytes, usual);
  const put = putText(form, at, text ?? value);
  return { ...put, encodings: { ...put.encodings, [at]: text === null ? 'Base64' : usual } };
}

function putText(form: RequestForm, at: string, text: string): RequestForm {
  return { ...form, text: { ...form.text, [at]: text } };
}

function pairs(field: FieldView, value: unknown): Pair[] {
  if (Array.isArray(value)) {
    const [key, name] = tagNames(field);
    return value.filter(isObject).map((tag) => ({ key: String(tag[key]), value: String(tag[name]) }));
  }
  return isObject(value) ? Object.entries(value).map(([key, text]) => ({ key, value: String(text) })) : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Something that a past request answered. */
export interface Made {
  readonly request: RequestView;
  readonly output: string;
}

// What can be handed on: for each parameter, the operations that answer it and where in their answer.
const makers: Readonly<Record<string, readonly (readonly [operations: RegExp, output: string])[]>> = {
  CiphertextBlob: [[/^(Encrypt|ReEncrypt|GenerateDataKey(WithoutPlaintext)?)$/, 'CiphertextBlob'], [/^GenerateDataKeyPair/, 'PrivateKeyCiphertextBlob']],
  SharedSecretCiphertextBlob: [[/^Encapsulate$/, 'SharedSecretCiphertextBlob']],
  Signature: [[/^Sign$/, 'Signature']],
  Mac: [[/^GenerateMac$/, 'Mac']],
  PublicKey: [[/^(GetPublicKey|GenerateDataKeyPair.*)$/, 'PublicKey']],
  ImportToken: [[/^GetParametersForImport$/, 'ImportToken']],
  Plaintext: [[/^(Decrypt|GenerateDataKey|GenerateRandom)$/, 'Plaintext']],
  Message: [[/^Decrypt$/, 'Plaintext']],
};

/** What past requests answered that a parameter can take, the newest first. */
export function madeFor(field: FieldView, requests: readonly RequestView[]): Made[] {
  const kinds = makers[field.Name] ?? [];
  return requests.filter((r) => r.Service === 'kms' && r.Code === '').reverse()
    .flatMap((request) => kinds.filter(([operations]) => operations.test(request.Operation)).map(([, output]) => ({ request, output })));
}
