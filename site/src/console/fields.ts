// The fields of a request, drawn from the operation's model: what each may hold is said before it is sent, and AWS is
// left to judge what was typed.

import { html, nothing, type TemplateResult } from 'lit';
import type { FieldView, State } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { bytesOf, encodings, inBase64, isProblem, written, type Encoding, type Problem } from '../workspace/bytes.js';
import { encodingAt, hasRows, pairsAt, slotBelow, slotOfRow, textAt, type Pair, type RequestForm } from '../workspace/form.js';
import { clock, shortARN, valueOf } from '../workspace/parts.js';
import { madeFor, type Made } from '../workspace/recall.js';
import { withoutRow } from '../workspace/rows.js';

/** What the fields are drawn from, and what they do. */
export interface Drawing {
  readonly form: RequestForm;
  readonly session: State | null;
  readonly set: (change: Partial<RequestForm>) => void;
  /** What is known about a field: FieldHelp.Text by path, empty when it is not asked for. */
  readonly help: (field: FieldView) => string;
  readonly take: (field: FieldView, at: string, made: Made) => void;
  readonly read: (field: FieldView, at: string, file: File) => void;
  /** What went wrong with a file, by slot. */
  readonly failed: Readonly<Record<string, string>>;
  /** What stands below a field besides. */
  readonly beside: (field: FieldView, at: string) => unknown;
  readonly keyOptions: (chosen: string, optional: boolean) => unknown;
}

// How fields are called where AWS's name is not the plainest one.
const labels = { plaintext: 'plaintext', ciphertext: 'ciphertext', 'grant tokens': 'grantTokens' } as const;

function labelOf(field: FieldView, at: string): string {
  const words = text().console.form;
  if (field.Role === 'encryption context' && at === 'encryption context') return words.context;
  if (field.Role in labels && field.Type !== 'structure') return words[labels[field.Role as keyof typeof labels]];
  return field.Name;
}

export function idOf(at: string): string {
  return `field-${at.replace(/[^\w-]/g, '_')}`;
}

/** A field of any type. */
export function drawField(d: Drawing, field: FieldView, at: string): TemplateResult {
  if (field.Role === 'encryption context' || field.Type === 'map' || field.Role === 'tags') return pairsField(d, field, at);
  if (field.Type === 'blob') return bytesField(d, field, at);
  if (field.Type === 'structure') return structureField(d, field, at);
  if (hasRows(field)) return rowsField(d, field, at);
  if (field.Type === 'list' && field.Enum.length) return choicesField(d, field, at);
  return plainField(d, field, at);
}

// A label, what the field may hold, the control, and what it is for.
function framed(d: Drawing, field: FieldView, at: string, control: unknown, wide = false, said: string = limits(field)): TemplateResult {
  const id = idOf(at);
  return html`<div class="field ${wide ? 'wide' : ''}">
    <div class="head"><label for=${id}>${labelOf(field, at)}</label><span class="limits" id="${id}-limits">${said}</span></div>
    ${control}${helpOf(d, field, id)}</div>`;
}

function helpOf(d: Drawing, field: FieldView, id: string) {
  const help = d.help(field);
  return help ? html`<p class="help" id="${id}-help">${said(help)}</p>` : nothing;
}

/** What a field may hold, in words. */
export function limits(field: FieldView): string {
  const words = text().console.fields;
  const { Min: min, Max: max } = field;
  const unit = { string: 'characters', blob: 'bytes', list: 'members', map: 'members' }[field.Type] ?? '';
  const range = max >= 0 ? (min > 0 || (min === 0 && unit === '') ? words.between(min, max) : words.atMost(max)) : min > 0 ? words.atLeast(min) : '';
  const hint = field.Type === 'list' && !field.Enum.length && !hasRows(field) && field.Role !== 'tags' ? words.hints.words : field.Type === 'timestamp' ? words.hints.time : '';
  return [field.Required ? words.required : '', field.Enum.length && field.Type !== 'list' ? '' : range && words.units[unit as keyof typeof words.units](range), hint].filter(Boolean).join(' · ');
}

const describedBy = (at: string) => `${idOf(at)}-limits ${idOf(at)}-help`;

function plainField(d: Drawing, field: FieldView, at: string) {
  const typed = textAt(d.form, at);
  const id = idOf(at);
  const set = (e: Event) => setText(d, at, valueOf(e));
  const required = field.Required ? 'true' : nothing;
  const by = describedBy(at);
  const words = text().console.form;
  if (field.Role === 'key') return framed(d, field, at, html`<select id=${id} aria-describedby=${by} @change=${set}>${d.keyOptions(typed, !field.Required)}</select>`);
  if (field.Role === 'grant tokens') {
    return framed(d, field, at, html`<textarea id=${id} rows="1" spellcheck="false" aria-describedby=${by} .value=${typed} @input=${set}></textarea>${tokensMenu(d, typed, at)}`, true);
  }
  if (field.Role === 'policy' || field.Role === 'policies') {
    return framed(d, field, at, html`<textarea id=${id} rows="3" spellcheck="false" aria-required=${required} aria-describedby=${by} .value=${typed} @input=${set}></textarea>`, true);
  }
  if (field.Type === 'boolean' || field.Enum.length) {
    return framed(d, field, at, html`<select id=${id} aria-required=${required} aria-describedby=${by} @change=${set}>
      <option value="" .selected=${typed === ''}>${field.Required ? words.choose : words.default}</option>
      ${(field.Type === 'boolean' ? ['true', 'false'] : field.Enum).map((value) => html`<option .selected=${value === typed}>${value}</option>`)}</select>`);
  }
  const bounds = field.Type === 'integer' ? { min: field.Min >= 0 ? field.Min : nothing, max: field.Max >= 0 ? field.Max : nothing } : { min: nothing, max: nothing };
  const type = { integer: 'number', timestamp: 'datetime-local' }[field.Type] ?? 'text';
  return framed(d, field, at, html`<input id=${id} type=${type} step=${type === 'datetime-local' ? 1 : nothing} min=${bounds.min} max=${bounds.max} list=${listFor(field)}
    aria-required=${required} aria-describedby=${by} autocomplete="off" .value=${typed} @input=${set}>`);
}

function listFor(field: FieldView): string | typeof nothing {
  if (field.Role === 'principal') return 'arns';
  return /Region$/.test(field.Name) ? 'regions' : /ServicePrincipal$/.test(field.Name) ? 'services' : nothing;
}

function setText(d: Drawing, at: string, typed: string): void {
  d.set({ text: { ...d.form.text, [at]: typed } });
}

// The tokens of grants, which let them count before they can be seen.
function tokensMenu(d: Drawing, typed: string, at: string) {
  const grants = (d.session?.Keys ?? []).flatMap((key) => key.Grants).filter((grant) => grant.Token !== '');
  if (!grants.length) return nothing;
  const words = text().console.fields;
  const add = (e: Event) => {
    const token = valueOf(e);
    (e.target as HTMLSelectElement).value = '';
    if (token && !typed.split(/\s+/).includes(token)) setText(d, at, `${typed.trim()} ${token}`.trim());
  };
  return html`<select class="menu" aria-label=${words.tokens} @change=${add}><option value="">${words.fromGrant}</option>
    ${grants.map((grant) => html`<option value=${grant.Token}>${words.tokenOf(grant.Name || `${grant.GrantId.slice(0, 8)}…`, shortARN(grant.GranteePrincipal))}</option>`)}</select>`;
}

function choicesField(d: Drawing, field: FieldView, at: string) {
  const chosen = textAt(d.form, at).split(/[\s,]+/).filter(Boolean);
  const toggle = (value: string, e: Event) => {
    const next = (e.target as HTMLInputElement).checked ? [...chosen, value] : chosen.filter((other) => other !== value);
    setText(d, at, next.join(' '));
  };
  return group(d, field, at, html`<div class="choices">${field.Enum.map((value) => html`
    <label class="check"><input type="checkbox" .checked=${chosen.includes(value)} @change=${(e: Event) => toggle(value, e)}>${value}</label>`)}</div>`, false);
}

// Several controls under one name.
function group(d: Drawing, field: FieldView, at: string, controls: unknown, nested: boolean): TemplateResult {
  const id = idOf(at);
  const may = limits(field);
  return html`<fieldset class="field wide ${nested ? 'nested' : ''}" aria-describedby=${describedBy(at)}><legend>${labelOf(field, at)}${may ? html` <span class="limits" id="${id}-limits">${may}</span>` : nothing}</legend>
    ${helpOf(d, field, id)}${controls}</fieldset>`;
}

function structureField(d: Drawing, field: FieldView, at: string): TemplateResult {
  return group(d, field, at, field.Fields.map((inner) => drawField(d, inner, slotBelow(at, inner))), true);
}

function rowsField(d: Drawing, field: FieldView, at: string): TemplateResult {
  const words = text().console.fields;
  const count = d.form.rows[at] ?? 0;
  const setCount = (n: number) => d.set({ rows: { ...d.form.rows, [at]: n } });
  const one = (i: number) => (field.Member === 'structure' ? field.Fields.map((inner) => drawField(d, inner, slotBelow(slotOfRow(at, i), inner)))
    : html`<textarea rows="3" spellcheck="false" aria-label=${words.row(field.Name, i + 1)} .value=${textAt(d.form, slotOfRow(at, i))} @input=${(e: Event) => setText(d, slotOfRow(at, i), valueOf(e))}></textarea>`);
  return group(d, field, at, html`${Array.from({ length: count }, (_, i) => html`<fieldset class="nested"><legend>${words.row(field.Name, i + 1)}
      <button type="button" class="plain remove" aria-label=${words.removeRow(field.Name, i + 1)} @click=${(e: Event) => {
        d.set(withoutRow(d.form, at, i));
        focusAfter(e, i);
      }}>✕</button></legend>${one(i)}</fieldset>`)}
    <div><button type="button" class="add" @click=${() => setCount(count + 1)}>${words.addRow(field.Name)}</button></div>`, false);
}

// Goes to what stands in the place of what was removed, else to what stood before it, else to what adds one.
function focusAfter(event: Event, removed: number): void {
  const list = (event.currentTarget as HTMLElement).closest('fieldset.field')!;
  requestAnimationFrame(() => {
    const own = (selector: string) => [...list.querySelectorAll<HTMLElement>(selector)].filter((button) => button.closest('fieldset.field') === list);
    const left = own('.remove');
    (left[removed] ?? left.at(-1) ?? own('.add')[0])?.focus();
  });
}

type Noun = 'context' | 'destination' | 'constraint' | 'tag';

function nounOf(field: FieldView, at: string): Noun {
  if (field.Role === 'tags') return 'tag';
  return at === 'encryption context' ? 'context' : at.includes('.Constraints.') ? 'constraint' : 'destination';
}

function pairsField(d: Drawing, field: FieldView, at: string): TemplateResult {
  const words = text().console.form;
  const noun = nounOf(field, at);
  const pairs = pairsAt(d.form, at);
  const set = (next: readonly Pair[]) => d.set({ pairs: { ...d.form.pairs, [at]: next } });
  const edit = (i: number, pair: Pair) => set(pairs.map((old, n) => (n === i ? pair : old)));
  return group(d, field, at, html`<div>${pairs.map((pair, i) => html`<div class="pair">
      <input aria-label=${words.pairKeys[noun]} .value=${pair.key} autocomplete="off" placeholder="Department" @input=${(e: Event) => edit(i, { ...pair, key: valueOf(e) })}>
      <input aria-label=${words.pairValues[noun]} .value=${pair.value} autocomplete="off" placeholder="IT" @input=${(e: Event) => edit(i, { ...pair, value: valueOf(e) })}>
      <button type="button" class="plain remove" aria-label=${words.removePair(i + 1)} @click=${(e: Event) => {
        set(pairs.filter((_, n) => n !== i));
        focusAfter(e, i);
      }}>✕</button></div>`)}
    <button type="button" class="add" @click=${() => set([...pairs, { key: '', value: '' }])}>${words.addPair}</button></div>`, false);
}

function bytesField(d: Drawing, field: FieldView, at: string): TemplateResult {
  const typed = textAt(d.form, at);
  const encoding = encodingAt(d.form, field, at);
  const bytes = bytesOf(typed, encoding);
  const words = text().console.fields;
  const label = labelOf(field, at);
  const id = idOf(at);
  const length = isProblem(bytes) ? '' : typed ? words.length(bytes.length) : '';
  const problem = isProblem(bytes) ? sayProblem(bytes, typed, encoding) : d.failed[at] ?? '';
  const set = (e: Event) => setText(d, at, valueOf(e));
  const required = field.Required ? 'true' : nothing;
  const invalid = isProblem(bytes) ? 'true' : nothing;
  const by = `${describedBy(at)} ${id}-error`;
  // Enter in a line sends; what has several lines keeps them.
  const control = encoding === 'text' && !/[\r\n]/.test(typed)
    ? html`<input id=${id} autocomplete="off" aria-required=${required} aria-describedby=${by} .value=${typed} @input=${set}>`
    : html`<textarea id=${id} rows="1" spellcheck="false" aria-required=${required} aria-invalid=${invalid} aria-describedby=${by} .value=${typed} @input=${set}></textarea>`;
  return framed(d, field, at, html`<div class="bytes">${control}
      <select aria-label=${words.typedAs(label)} @change=${(e: Event) => recode(d, at, bytes, valueOf(e) as Encoding)}>${encodings.map((value) => html`
        <option value=${value} .selected=${value === encoding} ?disabled=${value === 'text' && !isProblem(bytes) && written(bytes, 'text') === null}>${words.encodings[value]}</option>`)}</select>
      <button type="button" aria-label=${words.fileFor(label)} @click=${(e: Event) => ((e.currentTarget as HTMLElement).nextElementSibling as HTMLInputElement).click()}>${words.file}</button>
      <input type="file" hidden @change=${(e: Event) => choose(d, field, at, e.target as HTMLInputElement)}>
      ${madeMenu(d, field, at, label)}
    </div>
    <p class="error denied" id="${id}-error" aria-live="polite">${problem}</p>
    ${d.beside(field, at)}`, true, [length, limits(field)].filter(Boolean).join(' · '));
}

function sayProblem(problem: Problem, typed: string, encoding: Encoding): string {
  const words = text().console.fields;
  if (problem.kind === 'odd') return words.odd;
  if (problem.kind === 'length') return words.cut;
  return words.wrong(words.encodings[encoding], problem.at + 1, typed.slice(problem.at, problem.at + 2).match(/^./su)?.[0] ?? '');
}

// The bytes stay what they are; what stands for no bytes stays as it is typed.
function recode(d: Drawing, at: string, bytes: Uint8Array | Problem, encoding: Encoding): void {
  const again = isProblem(bytes) ? null : written(bytes, encoding);
  d.set({ encodings: { ...d.form.encodings, [at]: encoding }, ...(again === null ? {} : { text: { ...d.form.text, [at]: again } }) });
}

function choose(d: Drawing, field: FieldView, at: string, input: HTMLInputElement): void {
  const file = input.files?.item(0);
  input.value = '';
  if (file) d.read(field, at, file);
}

/** What a file or an answer is put into the form as. */
export function withBytes(form: RequestForm, field: FieldView, at: string, bytes: Uint8Array): Partial<RequestForm> {
  const before = encodingAt(form, field, at);
  const encoding = before === 'text' && written(bytes, 'text') === null ? 'Base64' : before;
  return { text: { ...form.text, [at]: written(bytes, encoding) ?? inBase64(bytes) }, encodings: { ...form.encodings, [at]: encoding } };
}

function madeMenu(d: Drawing, field: FieldView, at: string, label: string) {
  const made = madeFor(field, d.session?.Requests ?? []).slice(0, 30);
  if (!made.length) return nothing;
  const words = text().console.fields;
  const take = (e: Event) => {
    const chosen = made[Number(valueOf(e))];
    (e.target as HTMLSelectElement).value = '';
    if (chosen) d.take(field, at, chosen);
  };
  return html`<select class="menu" aria-label=${words.earlier(label)} @change=${take}><option value="">${words.fromEarlier}</option>
    ${made.map(({ request, output }, i) => html`<option value=${i}>${words.made(clock(request.Time), request.Operation, output, request.Label)}</option>`)}</select>`;
}
