// What stands below the text when it is wanted: what a name means, how the text differs from another, and how each
// statement answered, for those who do not see the marks.

import { html, nothing, type TemplateResult } from 'lit';
import type { Help } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { shape } from '../workspace/parts.js';
import type { Difference } from './compare.js';
import type { Comparing } from './comparing.js';
import type { Mark } from './marks.js';

/** What a name means. It is read out when it comes; undefined when nothing was asked. */
export function explanation(help: Help | null | undefined, close: () => void): TemplateResult {
  const words = text().editor.assist;
  return html`<div class="explanation" role="status" aria-label=${words.explanation}>${help === undefined ? nothing : html`
    <p class="break">${help ? html`<strong class="mono">${help.Title}</strong> ${said(help.Text)}` : words.nothing}
      ${help?.Page ? html`<a href=${`https://docs.aws.amazon.com/${help.Page}`} target="_blank" rel="noopener noreferrer">${words.page}</a>` : nothing}
      <button class="link" @click=${close}>${words.close}</button></p>`}</div>`;
}

/** The differences in words. */
export function compared(comparing: Comparing, content: string, goTo: (line: number) => void) {
  const { moment, original, missing } = comparing.state;
  const words = text().editor.compare;
  if (moment === '') return nothing;
  if (missing) return html`<p class="small muted" role="status">${words.missing[moment as keyof typeof words.missing]}</p>`;
  if (original === null) return nothing;
  const found = comparing.differences(content);
  return html`<div class="differences">
    <p role="status">${found.length ? words.differences(found.length) : words.same}</p>
    ${found.length ? html`<ol aria-label=${words.list} tabindex="0">${found.map((one) => difference(one, goTo))}</ol>` : nothing}
  </div>`;
}

function difference(one: Difference, goTo: (line: number) => void) {
  const words = text().editor.compare;
  const lines = (list: readonly string[], word: string, sign: string, tone: 'denied' | 'allowed') => list.map((line) =>
    html`<span class="change ${tone}">${shape(tone, sign)}<span class="word">${word}</span> <code class="break">${line.trim()}</code></span>`);
  return html`<li><button class="link small" @click=${() => goTo(one.line)}>${words.changed(one.line)}</button>
    ${lines(one.removed, words.removed, '−', 'denied')}${lines(one.added, words.added, '+', 'allowed')}</li>`;
}

/** The marks in words, each a way to its line. */
export function answers(marks: readonly Mark[], content: string, goTo: (offset: number) => void) {
  if (marks.length === 0) return nothing;
  const words = text().editor.view;
  const line = (mark: Mark) => content.slice(0, mark.from).split('\n').length;
  return html`<details class="answers"><summary>${words.answers(marks.filter((mark) => mark.tone !== 'grey').length, marks.length)}</summary>
    <ul>${marks.map((mark) => html`<li>${shape(mark.tone, mark.shape)}<span class="break"><button class="link" @click=${() => goTo(mark.from)}>${words.line(line(mark))}</button>
      ${mark.title.split('\n').map((sentence) => html`<span class="sentence">${sentence}</span> `)}</span></li>`)}</ul></details>`;
}
