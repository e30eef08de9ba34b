// Puts the form into the state of a past request, from the AWS CLI command that does the same.

import type { FieldView, OperationView, RequestView, State } from '../engine/messages.js';
import { encodingAt, fromBase64, hasRows, keyField, slot, type Pair, type RequestForm } from './form.js';

/** Splits a command into words as a shell does, quotes removed. Variables stay as they are. */
export function shellWords(command: string): string[] {
  const found: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let i = 0; i < command.length; i++) {
    const c = command[i]!;
    if (quote) {
      if (c === quote) quote = '';
      else if (c === '\\' && quote === '"' && i + 1 < command.length) word = (word ?? '') + command[++i]!;
      else word = (word ?? '') + c;
    } else if (c === "'" || c === '"') {
      quote = c;
      word ??= '';
    } else if (c === '\\' && i + 1 < command.length) {
      i++;
      if (command[i] !== '\n') word = (word ?? '') + command[i]!;
    } else if (/\s/.test(c)) {
      if (word !== null) found.push(word);
      word = null;
    } else {
      word = (word ?? '') + c;
    }
  }
  return word === null ? found : [...found, word];
}

/** The parameters of a command by flag: "--grant-tokens a b" gives {"grant-tokens": ["a", "b"]}. */
export function flags(command: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  let values: string[] = [];
  for (const word of shellWords(command)) {
    if (/^--[a-z]/.test(word)) values = found[word.slice(2)] = [];
    else values.push(word);
  }
  return found;
}

/** The form that would send the first AWS CLI command of a text, as somebody; null when there is none on offer. */
export function formOfCommand(
  text: string, principal: string, operations: readonly OperationView[], before: RequestForm,
): RequestForm | null {
  for (const line of text.replace(/\\\n/g, ' ').split('\n')) {
    const [program, service, name] = shellWords(line);
    const operation = operations.find((o) => program === 'aws' && o.Simulated && o.Service === service && flagOf(o.Name) === name);
    if (operation) return withCommand({ ...before, principal, operation: `${operation.Service}:${operation.Name}` }, operation, line);
  }
  return null;
}

/** The form that would send request again, as far as its command says. */
export function formOf(request: RequestView, operation: OperationView, session: State, before: RequestForm): RequestForm {
  const principal = session.Principals.find((p) => p.ARN === request.Principal)?.Ref ?? before.principal;
  const form = withCommand({ ...before, principal, operation: `${request.Service}:${request.Operation}` }, operation, request.Command);
  // Commands name keys as the person did, by a shell variable perhaps; the label of the key is always right.
  if (request.Resource && session.Keys.some((key) => key.Label === request.Resource)) return { ...form, key: request.Resource };
  return form;
}

function withCommand(before: RequestForm, operation: OperationView, command: string): RequestForm {
  const given = flags(command);
  return operation.Fields.reduce((form, field) => withField(form, operation, field, given[flagOf(field.Name)] ?? []), before);
}

function withField(form: RequestForm, operation: OperationView, field: FieldView, values: readonly string[]): RequestForm {
  const at = slot(operation, field);
  const first = values[0] ?? '';
  if (/^fileb?:\/\//.test(first) || first.startsWith('$')) return form;
  if (field === keyField(operation)) return first ? { ...form, key: first } : form;
  if (field.Role === 'encryption context') return { ...form, pairs: { ...form.pairs, [at]: shorthand(values) } };
  if (field.Type === 'blob' && encodingAt(form, field, at) === 'text') {
    const text = fromBase64(first);
    return first && text !== null ? { ...form, text: { ...form.text, [at]: text } } : form;
  }
  if (field.Role === 'ciphertext' && !first) return form;
  if (field.Type === 'structure' || field.Role === 'tags' || hasRows(field)) return form;
  return { ...form, text: { ...form.text, [at]: values.join(' ') } };
}

function shorthand(values: readonly string[]): Pair[] {
  const text = values.join(' ');
  if (text.startsWith('{')) {
    try {
      return Object.entries(JSON.parse(text) as Record<string, unknown>).map(([key, value]) => ({ key, value: String(value) }));
    } catch {
      return [];
    }
  }
  return text.split(',').filter((part) => part.includes('=')).map((part) => {
    const at = part.indexOf('=');
    return { key: part.slice(0, at), value: part.slice(at + 1) };
  });
}

// "KeyId" is --key-id on the command line.
function flagOf(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
