// The tree of an explanation: policy types in the order of evaluation, their statements, their grants.

import { html, nothing, type TemplateResult } from 'lit';
import type {
  ConditionResult, ContextEntry, ElementResult, Explanation, GrantResult, Layer, Pending, Place, PolicyResult, StatementResult,
} from '../engine/messages.js';
import { clock, shape, shortARN, type Tone } from '../workspace/parts.js';
import { layerNames, verdictShape, verdictTone } from './verdict.js';

export type Reveal = (place: Pick<Place, 'PolicyID' | 'Span' | 'Line'>) => void;

/** What each policy type said, in the order of evaluation. */
export function layerList(check: Explanation, reveal: Reveal): TemplateResult {
  return html`<ol class="path" aria-label="Policy types in the order of evaluation">${check.Layers.map((layer) => html`<li>
    <div class="layer">
      ${shape(verdictTone(layer.Verdict), verdictShape(layer.Verdict))}
      <span class="said"><strong>${layerNames[layer.Type]}</strong>: <span class=${verdictTone(layer.Verdict)}>${layer.Verdict}</span>.
        <span class="break">${layer.Summary}</span></span>
    </div>
    ${layerDetail(layer, check, reveal)}
  </li>`)}</ol>`;
}

function layerDetail(layer: Layer, check: Explanation, reveal: Reveal) {
  const statements = layer.Policies.reduce((sum, policy) => sum + policy.Statements.length, 0);
  if (!statements && !layer.Grants.length) return nothing;
  const deciding = check.Deciding.some((place) => place.Layer === layer.Type);
  const what = layer.Grants.length ? `${layer.Grants.length} ${layer.Grants.length === 1 ? 'grant' : 'grants'}`
    : `${statements} ${statements === 1 ? 'statement' : 'statements'}`;
  return html`<details ?open=${deciding}><summary>${what}</summary>
    ${layer.Policies.map((policy) => policyDetail(policy, layer, check, reveal))}
    ${layer.Grants.length ? html`<ul class="statements">${layer.Grants.map(grantDetail)}</ul>` : nothing}
  </details>`;
}

function policyDetail(policy: PolicyResult, layer: Layer, check: Explanation, reveal: Reveal) {
  return html`<div class="policy">
    ${layer.Policies.length > 1 || layer.Type !== 'resource-based policy' ? html`<div class="small muted break">${policy.Name || policy.ID}</div>` : nothing}
    <ul class="statements">${policy.Statements.map((statement) => statementDetail(statement, policy, check, reveal))}</ul>
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

function statementDetail(statement: StatementResult, policy: PolicyResult, check: Explanation, reveal: Reveal) {
  const deciding = check.Deciding.some((place) => place.PolicyID === policy.ID && place.Statement === statement.Index);
  const word = delegates(statement, check) ? 'match, lets IAM policies decide' : statement.Applies ? 'match' : 'no match';
  const line = html`<button class="link" @click=${() => reveal({ PolicyID: policy.ID, Span: statement.Span, Line: statement.Line })}>line ${statement.Line}</button>`;
  return html`<li class=${deciding ? 'deciding' : ''}>
    <div class="statement">${shape(tone(statement), delegates(statement, check) ? '↪' : undefined)}<span class="break">
      <span class=${tone(statement)}>${word}</span> · ${statement.Effect}
      ${statement.Sid ? `“${statement.Sid}”` : `statement ${statement.Index + 1}`} · ${line}${deciding ? html` · <strong>${check.Decision === '' ? 'looked for here' : 'decided'}</strong>` : nothing}
      — ${statement.Reason}</span></div>
    <div class="elements">
      ${policy.Statements.some((other) => other.Principal.Line > 0) ? element('Principal', statement.Principal) : nothing}
      ${element('Action', statement.Action)}${element('Resource', statement.Resource)}
    </div>
    ${statement.Conditions.length ? html`<ul class="conditions">${statement.Conditions.map(condition)}</ul>` : nothing}
  </li>`;
}

function element(name: string, result: ElementResult) {
  return html`<span class="element">${shape(result.Matches ? 'allowed' : 'grey')}${name}
    ${result.Matches ? html`matches${result.Matched ? html` <code class="break">${result.Matched}</code>` : nothing}` : 'does not match'}</span>`;
}

function condition(result: ConditionResult) {
  const word = result.Broken ? 'cannot be compared' : result.Matches ? 'matches' : 'does not match';
  return html`<li class="break">${shape(result.Broken ? 'waiting' : result.Matches ? 'allowed' : 'grey')}<span>
    <code>${result.Operator}</code> <code>${result.Key}</code> ${word}: the policy wants ${values(result.Wanted)}, the request
    ${result.Present ? html`carries ${values(result.Actual)}` : 'does not carry the key'}${result.Note ? html` (${result.Note})` : nothing}</span></li>`;
}

function values(list: readonly string[]) {
  if (!list.length) return 'nothing';
  return list.map((value, i) => html`${i ? ', ' : ''}<code>${value === '' ? '""' : value}</code>`);
}

/** The changes that authorization did not see yet, and when it will. */
export function pendingList(pending: readonly Pending[]): TemplateResult | typeof nothing {
  if (!pending.length) return nothing;
  return html`<ul class="pending" aria-label="Waiting for consistency">${pending.map((change) => html`<li class="break">${shape('waiting')}<span>
    <span class="waiting">Waiting for consistency</span>: ${change.What}. That changes at ${clock(change.At)}.</span></li>`)}</ul>`;
}

function grantDetail(grant: GrantResult) {
  const awaited = grant.VisibleAt !== '' && !grant.Allows;
  const tone = awaited ? 'waiting' : grant.Allows ? 'allowed' : 'grey';
  return html`<li><div class="statement">${shape(tone)}<span class="break">
    <span class=${tone}>${awaited ? 'waiting' : grant.Allows ? 'match' : 'no match'}</span>${grant.EndsAt
      ? html` · <span class="waiting">${shape('waiting')}works until ${clock(grant.EndsAt)}</span>` : nothing} · ${grant.Name || `grant ${grant.GrantID.slice(0, 8)}…`}
    for ${shortARN(grant.Grantee)}${grant.ByToken ? ' · by its grant token' : ''} — ${grant.Reason}</span></div></li>`;
}

export function contextTable(entries: readonly ContextEntry[]): TemplateResult {
  return html`<table><thead><tr><th scope="col">Condition key</th><th scope="col">Value</th></tr></thead>
    <tbody>${entries.map((entry) => html`<tr><th scope="row"><code class="break">${entry.Key}</code></th>
      <td class="break">${values(entry.Values)}${entry.IdentityOnly ? html` <span class="muted">(IAM policies only)</span>` : nothing}</td></tr>`)}</tbody></table>`;
}
