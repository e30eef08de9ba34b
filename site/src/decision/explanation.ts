// The tree of an explanation: policy types in the order of evaluation, their statements, their grants.

import { html, nothing, type TemplateResult } from 'lit';
import type {
  ConditionResult, ContextEntry, ElementResult, Explanation, GrantResult, Layer, Pending, Place, PolicyResult, StatementResult,
} from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { clock, shape, shortARN, type Tone } from '../workspace/parts.js';
import { layerName, verdictShape, verdictTone } from './verdict.js';

export type Reveal = (place: Pick<Place, 'PolicyID' | 'Span' | 'Line'>) => void;

/** What shows the places of an explanation. */
export interface Links {
  readonly reveal: Reveal;
  /** Shows a grant; without it grants are only named. */
  readonly grant?: (id: string) => void;
}

/** What each policy type said, in the order of evaluation. */
export function layerList(check: Explanation, places: Links): TemplateResult {
  const { explanation: words, verdicts } = text().decision;
  return html`<ol class="path" aria-label=${words.path}>${check.Layers.map((layer) => html`<li>
    <div class="layer">
      ${shape(verdictTone(layer.Verdict), verdictShape(layer.Verdict))}
      <span class="said">${words.layer(html`<strong>${layerName(layer.Type, check.Action)}</strong>`,
        html`<span class=${verdictTone(layer.Verdict)}>${verdicts[layer.Verdict]}</span>`, html`<span class="break">${said(layer.Summary)}</span>`)}</span>
    </div>
    ${layerDetail(layer, check, places)}
  </li>`)}</ol>`;
}

function layerDetail(layer: Layer, check: Explanation, places: Links) {
  const statements = layer.Policies.reduce((sum, policy) => sum + policy.Statements.length, 0);
  if (!statements && !layer.Grants.length) return nothing;
  const deciding = check.Deciding.some((place) => place.Layer === layer.Type);
  const words = text().decision.explanation;
  const what = layer.Grants.length ? words.grants(layer.Grants.length) : words.statements(statements);
  return html`<details ?open=${deciding}><summary>${what}</summary>
    ${layer.Policies.map((policy) => policyDetail(policy, layer, check, places))}
    ${layer.Grants.length ? html`<ul class="statements">${layer.Grants.map((grant) => grantDetail(grant, check, places))}</ul>` : nothing}
  </details>`;
}

function policyDetail(policy: PolicyResult, layer: Layer, check: Explanation, places: Links) {
  return html`<div class="policy">
    ${layer.Policies.length > 1 || layer.Type !== 'resource-based policy' ? html`<div class="small muted break">${said(policy.Name) || policy.ID}</div>` : nothing}
    <ul class="statements">${policy.Statements.map((statement) => statementDetail(statement, policy, check, places))}</ul>
  </div>`;
}

function tone(statement: StatementResult): Tone {
  if (!statement.Applies) return 'grey';
  return statement.Effect === 'Deny' ? 'denied' : 'allowed';
}

/** An Allow that names the caller's account allows nobody by itself, but lets that account's IAM policies count. */
function delegates(statement: StatementResult, check: Explanation): boolean {
  return statement.Applies && statement.Effect === 'Allow' && statement.Relation === 'account' && !check.Principal.endsWith(':root');
}

function statementDetail(statement: StatementResult, policy: PolicyResult, check: Explanation, places: Links) {
  const deciding = check.Deciding.some((place) => place.PolicyID === policy.ID && place.Statement === statement.Index);
  const words = text().decision.explanation;
  const word = delegates(statement, check) ? words.delegates : statement.Applies ? words.match : words.noMatch;
  const line = html`<button class="link" @click=${() => places.reveal({ PolicyID: policy.ID, Span: statement.Span, Line: statement.Line })}>${text().decision.detail.line(statement.Line)}</button>`;
  return html`<li class=${deciding ? 'deciding' : ''}>
    <div class="statement">${shape(tone(statement), delegates(statement, check) ? '↪' : undefined)}<span class="break">
      <span class=${tone(statement)}>${word}</span> · ${statement.Effect}
      ${statement.Sid ? `“${statement.Sid}”` : words.statement(statement.Index + 1)} · ${line}${deciding ? html` · <strong>${check.Decision === '' ? words.lookedForHere : words.decided}</strong>` : nothing}
      — ${said(statement.Reason)}</span></div>
    <div class="elements">
      ${policy.Statements.some((other) => other.Principal.Line > 0) ? element('Principal', statement.Principal) : nothing}
      ${element('Action', statement.Action)}${element('Resource', statement.Resource)}
    </div>
    ${statement.Conditions.length ? html`<ul class="conditions">${statement.Conditions.map(condition)}</ul>` : nothing}
  </li>`;
}

function element(name: string, result: ElementResult) {
  const words = text().decision.explanation;
  return html`<span class="element">${shape(result.Matches ? 'allowed' : 'grey')}${name}
    ${result.Matches ? html`${words.matches}${result.Matched ? html` <code class="break">${result.Matched}</code>` : nothing}` : words.doesNotMatch}</span>`;
}

function condition(result: ConditionResult) {
  const words = text().decision.explanation;
  const say = result.Broken ? words.condition.broken : result.Matches ? words.condition.matches : words.condition.doesNotMatch;
  return html`<li class="break">${shape(result.Broken ? 'waiting' : result.Matches ? 'allowed' : 'grey')}<span>
    ${say(html`<code>${result.Operator}</code> <code>${result.Key}</code>`, values(result.Wanted),
      result.Present ? words.carries(values(result.Actual)) : words.carriesNot)}${result.Note ? html` (${said(result.Note)})` : nothing}</span></li>`;
}

function values(list: readonly string[]) {
  if (!list.length) return text().decision.explanation.nothing;
  return list.map((value, i) => html`${i ? text().decision.detail.comma : ''}<code>${value === '' ? '""' : value}</code>`);
}

/** The changes that authorization did not see yet, and when it will. */
export function pendingList(pending: readonly Pending[]): TemplateResult | typeof nothing {
  if (!pending.length) return nothing;
  const words = text().decision.explanation;
  return html`<ul class="pending" aria-label=${words.pending}>${pending.map((change) => html`<li class="break">${shape('waiting')}<span>
    <span class="waiting">${words.pending}</span>: ${words.changesAt(said(change.What), clock(change.At))}</span></li>`)}</ul>`;
}

/** A grant by its name, else by the beginning of its id, one click away. */
export function grantLink(check: Explanation, id: string, { grant: show }: Links): unknown {
  const name = check.Layers.flatMap((layer) => layer.Grants).find((grant) => grant.GrantID === id)?.Name;
  const words = text().decision.explanation;
  const label = name ? words.grantNamed(name) : words.grant(id.slice(0, 8));
  return show ? html`<button class="link" title=${id} @click=${() => show(id)}>${label}</button>` : label;
}

function grantDetail(grant: GrantResult, check: Explanation, places: Links) {
  const words = text().decision.explanation;
  const awaited = grant.VisibleAt !== '' && !grant.Allows;
  const tone = awaited ? 'waiting' : grant.Allows ? 'allowed' : 'grey';
  return html`<li><div class="statement">${shape(tone)}<span class="break">
    <span class=${tone}>${awaited ? words.waiting : grant.Allows ? words.match : words.noMatch}</span>${grant.EndsAt
      ? html` · <span class="waiting">${shape('waiting')}${words.worksUntil(clock(grant.EndsAt))}</span>` : nothing} · 
    ${words.grantFor(grantLink(check, grant.GrantID, places), shortARN(grant.Grantee), grant.ByToken)} — ${said(grant.Reason)}</span></div></li>`;
}

export function contextTable(entries: readonly ContextEntry[]): TemplateResult {
  const words = text().decision.explanation;
  return html`<table><thead><tr><th scope="col">${words.key}</th><th scope="col">${words.value}</th></tr></thead>
    <tbody>${entries.map((entry) => html`<tr><th scope="row"><code class="break">${entry.Key}</code></th>
      <td class="break">${values(entry.Values)}${entry.IdentityOnly ? html` <span class="muted">${words.identityOnly}</span>` : nothing}</td></tr>`)}</tbody></table>`;
}
