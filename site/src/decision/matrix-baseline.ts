// With what a matrix is compared: nothing, a moment, or another text for a policy.

import { html, nothing, type TemplateResult } from 'lit';
import type { Baseline, MatrixQuestion, PolicyText } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { clock, valueOf } from '../workspace/parts.js';
import type { Saved } from '../workspace/saved.js';
import { editor, selectedKey, selectedPolicy, type WorkspaceState } from '../workspace/state.js';

export interface Comparison {
  readonly baseline: Baseline;
  /** How many requests had been made. */
  readonly moment: number;
  /** The policy that another text is for, and the text. */
  readonly policy: string;
  readonly other: string;
}

/** What a matrix is compared with first: see baselineOf. */
export const lastSaved: Comparison = { baseline: 'Saved', moment: 1, policy: '', other: '' };

const baselines: readonly Baseline[] = ['', 'Saved', 'AsOpened', 'LastChange', 'Moment', 'OtherText'];

/** What was never saved is compared with how it was opened. */
function baselineOf({ baseline }: Comparison, { saved }: WorkspaceState): Baseline {
  return baseline === 'Saved' && !saved ? 'AsOpened' : baseline;
}

export function comparisonQuestion(c: Comparison, state: WorkspaceState): Pick<MatrixQuestion, 'Baseline' | 'Moment' | 'Other' | 'Saved'> {
  const Baseline = baselineOf(c, state);
  return { Baseline, Moment: c.moment, Other: otherText(c, state), Saved: Baseline === 'Saved' ? state.saved?.document ?? '' : '' };
}

function otherText({ baseline, policy, other }: Comparison, state: WorkspaceState): PolicyText | null {
  const view = state.session?.Policies.find((p) => p.ID === policy);
  return baseline === 'OtherText' && view ? { Policy: policy, Text: other, As: editor(state, view) } : null;
}

/** Chooses a kind of baseline. Another text is for the policy in the editor, and begins as what is in force. */
export function chosen(c: Comparison, baseline: Baseline, state: WorkspaceState): Comparison {
  if (baseline !== 'OtherText') return { ...c, baseline };
  const open = selectedPolicy(state);
  const policy = open && !open.ReadOnly ? open : state.session?.Policies.find((p) => p.ID === selectedKey(state)?.Policy);
  return { ...c, baseline, policy: policy?.ID ?? '', other: policy?.Text ?? '' };
}

export function baselinePicker(c: Comparison, state: WorkspaceState, change: (to: Comparison) => void): TemplateResult {
  const words = text().decision.matrix;
  const selected = baselineOf(c, state);
  const name = (b: Baseline) => (b === 'Saved' && state.saved ? words.lastSaved[state.saved.as](timeOf(state.saved, state.language)) : words.baselines[b]);
  return html`<label>${words.compareWith}<select @change=${(e: Event) => change(chosen(c, valueOf(e) as Baseline, state))}>
      ${baselines.filter((b) => b !== 'Saved' || state.saved).map((b) => html`<option value=${b} .selected=${b === selected}>${name(b)}</option>`)}</select></label>
    ${c.baseline === 'Moment' ? momentPicker(c, state, change) : nothing}`;
}

// The time of day, with its date when that is another.
function timeOf({ at }: Saved, language: string): string {
  const then = new Date(at);
  const today = then.toDateString() === new Date().toDateString();
  return today ? then.toLocaleTimeString(language || undefined, { timeStyle: 'short' }) : then.toLocaleString(language || undefined, { dateStyle: 'short', timeStyle: 'short' });
}

function momentPicker(c: Comparison, state: WorkspaceState, change: (to: Comparison) => void): TemplateResult {
  const words = text().decision.matrix;
  return html`<label>${words.moment}<select @change=${(e: Event) => change({ ...c, moment: Number(valueOf(e)) })}>
    ${(state.session?.Requests ?? []).map((r) => html`<option value=${r.Index + 1} ?selected=${r.Index + 1 === c.moment}
      >${words.afterRequest(r.Index + 1, r.Operation, said(r.Label), clock(r.Time))}</option>`)}</select></label>`;
}

/** Where another text is typed, pasted or taken from another policy. */
export function otherTextEditor(c: Comparison, state: WorkspaceState, refusal: string, change: (to: Comparison) => void): unknown {
  if (c.baseline !== 'OtherText') return nothing;
  const words = text().decision.matrix;
  const policies = state.session?.Policies ?? [];
  const title = said(policies.find((p) => p.ID === c.policy)?.Title ?? '');
  return html`<div class="other" role="group" aria-label=${words.otherText(title)}>
    <label>${words.takeFrom}<select @change=${(e: Event) => {
      const from = policies.find((p) => p.ID === valueOf(e));
      if (from) change({ ...c, other: from.Text });
    }}><option value="">${words.takeNone}</option>${policies.map((p) => html`<option value=${p.ID}>${said(p.Title)}</option>`)}</select></label>
    <label>${words.otherText(title)}<textarea spellcheck="false" .value=${c.other} @input=${(e: Event) => change({ ...c, other: valueOf(e) })}></textarea></label>
    ${refusal ? html`<p class="small break tried" aria-live="polite">${words.otherRefused(refusal)}</p>` : nothing}
  </div>`;
}
