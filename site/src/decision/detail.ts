// What a decision looks like, wherever it is shown: the verdict, and each check with its policy types.

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Answer, Beneath, Explanation, Place, RequestView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { shape, shortARN } from '../workspace/parts.js';
import { diagram, diagramStyles } from './diagram.js';
import { contextTable, grantLink, layerList, pendingList, type Links } from './explanation.js';
import { headline, layerName, type Headline } from './verdict.js';

/** Where the places of an explanation are, and how a policy is called. */
export interface Places extends Links {
  readonly name: (policyID: string) => string;
}

export const detailStyles = [diagramStyles, css`
  section { container: decision / inline-size; padding: 2px 12px 16px; display: grid; gap: 4px; align-content: start; grid-template-columns: minmax(0, 1fr); }
  .verdict { display: flex; gap: 0 12px; align-items: baseline; flex-wrap: wrap; padding: 2px 12px;
    border-inline-start: 4px solid var(--grey); background: var(--raised); border-radius: 0 4px 4px 0; }
  .verdict:empty { padding: 0; border: 0; margin-block-end: -8px; background: none; }
  .verdict.allowed { border-color: var(--allowed); background: var(--allowed-soft); }
  .verdict.denied { border-color: var(--denied); background: var(--denied-soft); }
  .verdict.waiting { border-color: var(--waiting); background: var(--waiting-soft); }
  .word { font-size: var(--loud); font-weight: 700; line-height: 1.25; }
  /* The shape is drawn, not written: the text of the live region begins with its word. */
  .word::before { display: inline-block; width: 1.15em; content: "–" / ""; }
  .word.allowed::before { content: "✓" / ""; }
  .word.denied::before { content: "✕" / ""; }
  .word.waiting::before { content: "!" / ""; }
  .verdict .because { flex: 1 1 320px; min-width: 0; overflow-wrap: anywhere; font-weight: 550; color: var(--text); }
  .verdict .message { color: var(--text); flex: 1 1 320px; overflow-wrap: anywhere; }
  .verdict .because ~ .message { flex-basis: 100%; font-size: var(--small); color: var(--muted); }
  .failure { color: var(--waiting); font-weight: 650; }
  .stale { display: flex; gap: 8px; align-items: baseline; flex-wrap: wrap; }
  .check { display: grid; gap: 8px; border-top: 1px solid var(--line); padding-top: 6px; grid-template-columns: minmax(0, 1fr); }
  .top + .check, .check:first-of-type { border-top: 0; padding-top: 0; }
  .needed li { display: flex; gap: 4px; }
  .quiet { font-size: var(--small); color: var(--muted); }
  h2 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  section { position: relative; }
`];

/**
 * The verdict and AWS's words; asked stands where there are none. The place is there before there is an answer, so that
 * assistive technology hears of the first one too.
 */
export function verdictLine(request: RequestView | undefined, answer: Answer | undefined, asked: unknown): TemplateResult {
  const line = answer && headline(request, answer);
  return html`<div role="status" class="verdict ${line?.tone ?? ''}">${line ? verdictWords(line, reasonShown(answer)?.Reason, asked) : nothing}</div>`;
}

function verdictWords({ word, tone, failure, message }: Headline, reason: string | undefined, asked: unknown): TemplateResult {
  return html`<span class="word ${tone}">${text().decision.verdict.words[word]}</span>
    ${failure ? html`<span class="failure">${word === 'Failed' ? failure : `— ${failure}`}</span>` : nothing}
    ${reason ? html`<span class="because">${text().decision.verdict.because(said(reason))}</span>` : nothing}
    ${message ? html`<span class="message">${message}</span>` : asked}`;
}

/** The check whose reason stands beside the verdict: the one that denied, or the only one. */
function reasonShown(answer: Answer): Explanation | undefined {
  return answer.Checks.find((check) => check.Decision !== 'Allow') ?? (answer.Checks.length === 1 ? answer.Checks[0] : undefined);
}

/** Every check of an answer, and those of the calls beneath it; told says that a verdict line stands above them. */
export function checksOf(answer: Answer, places: Places, told = true): TemplateResult {
  const shown = told ? reasonShown(answer) : undefined;
  return html`${answer.Checks.map((check) => checkDetail(check, answer.Checks.length + answer.Beneath.length > 1, places, check !== shown))}
    ${answer.Beneath.map((beneath) => beneathDetail(beneath, places))}`;
}

/** A call that the service made to KMS while it answered. */
function beneathDetail(beneath: Beneath, places: Places) {
  const { Error: error, Checks: checks, Principal: who, Event: event } = beneath.Answer;
  const words = text().decision.detail;
  const operation = html`<strong>${beneath.Operation}</strong>`;
  return html`<div class="check">
    <p class="quiet">${beneath.Via ? words.calledFor(beneath.Via, shortARN(who), operation) : words.calledBy(shortARN(who), operation)}${error ? ` — ${error.Code}` : ''}</p>
    ${checks.map((check) => checkDetail(check, true, places, true))}
    ${error && !checks.some((check) => check.Message) ? html`<p class="break">${error.Message}</p>` : nothing}
    ${json(words.eventOfCall, event)}</div>`;
}

function checkDetail(check: Explanation, named: boolean, places: Places, withReason: boolean) {
  const words = text().decision.detail;
  const list = check.Deciding.map((place, i) => html`${i ? words.comma : ''}${placeDetail(place, check, places)}`);
  return html`<div class="check">
    ${named ? html`<h3 class="break">${shape(check.Decision === 'Allow' ? 'allowed' : 'denied')}${words.check(check.Action, shortARN(check.Resource))}</h3>` : nothing}
    ${withReason ? html`<p class="break">${said(check.Reason)}</p>` : nothing}
    ${diagram(check, places)}
    ${pendingList(check.Pending)}
    ${check.Deciding.length ? html`<p class="small">${check.Decision === '' ? words.lookedFor(list) : words.decidedBy(list)}</p>` : nothing}
    ${check.Needed.length ? html`<div class="needed"><h3 class="quiet">${words.needed}</h3>
      <ul>${check.Needed.map((need) => html`<li class="break">${shape('grey', '›')}<span><strong>${layerName(need.Layer, check.Action)}</strong>: ${said(need.Text)}</span></li>`)}</ul></div>` : nothing}
    ${layerList(check, places)}
    <details><summary>${words.context(check.Context.length)}</summary>${contextTable(check.Context)}</details>
  </div>`;
}

function placeDetail(place: Place, check: Explanation, places: Places) {
  const words = text().decision.detail;
  if (place.Line === 0) return grantLink(check, place.PolicyID, places);
  return words.place(places.name(place.PolicyID), place.Sid,
    html`<button class="link" @click=${() => places.reveal(place)}>${words.line(place.Line)}</button>`);
}

/** A value as JSON, to unfold and to copy. */
export function json(name: string, value: unknown) {
  return html`<kms-json .name=${name} .value=${value}></kms-json>`;
}
