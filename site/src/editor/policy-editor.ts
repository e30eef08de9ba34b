// The policies as tabs, the one in hand in an editor, and what AWS says to what is typed.

import { html, nothing, type PropertyValues } from 'lit';
import type { CheckInfo, Diagnostic, PolicyView } from '../engine/messages.js';
import { utf16Offset } from '../engine/spans.js';
import base from '../workspace/base.js';
import { shape, tabKeys, valueOf } from '../workspace/parts.js';
import { changedSince, earlier, editor, editorPolicies, editors, editorText, selectedPolicy } from '../workspace/state.js';
import { WorkspaceView } from '../workspace/view.js';
import { CodeEditor } from './code-editor.js';
import editorStyles from './editor-styles.js';
import { marksOf } from './marks.js';

export class KmsPolicyEditor extends WorkspaceView {
  static override styles = [base, editorStyles];

  #code: CodeEditor | undefined;
  #revealed = 0;
  #marksFor: readonly unknown[] = [];
  #remarksFor: readonly unknown[] = [];

  protected override render() {
    const policy = selectedPolicy(this.state);
    const policies = editorPolicies(this.state);
    return html`<section aria-label="Policy editor">
      <div class="bar">
        <div role="tablist" aria-label="Policies" @keydown=${tabKeys}>${policies.map((p) => this.#tab(p, p.ID === policy?.ID))}</div>
      </div>
      <div role="tabpanel" id="panel" aria-labelledby="tab">
        <div id="code"></div>
        ${policy ? this.#foot(policy) : html`<p class="foot muted">Policies of the document open here.</p>`}
      </div>
    </section>`;
  }

  #tab(policy: PolicyView, selected: boolean) {
    const draft = policy.Draft !== '' || policy.ID in this.state.typed;
    return html`<button role="tab" id=${selected ? 'tab' : nothing} aria-controls="panel" aria-selected=${selected} tabindex=${selected ? 0 : -1}
      @click=${() => this.workspace?.selectPolicy(policy.ID)}>${policy.Title}${draft ? html` <span class="waiting small">edited</span>` : nothing}</button>`;
  }

  #foot(policy: PolicyView) {
    const remarks = this.#remarks(policy);
    return html`<div class="foot">
      ${this.#refusal(policy)}
      ${remarks.length ? html`<ul class="remarks" aria-label="Remarks">${remarks.map((d) => this.#remark(policy, d))}</ul>` : nothing}
      <div class="row">
        ${policy.ReadOnly ? html`<span class="small muted">${policy.ID.endsWith(earlier)
          ? html`<span class="waiting">${shape('waiting')}Waiting for consistency</span>: replaced, and still in force.` : 'Read-only: AWS manages this policy.'}</span>` : html`
          <label class="as">Edit as<select @change=${(e: Event) => this.workspace?.chooseEditor(policy.ID, valueOf(e))}>
            ${editors(this.state, policy).map((p) => html`<option value=${p.Ref} .selected=${p.Ref === editor(this.state, policy)}>${p.Label}</option>`)}
          </select></label>
          <span class="spread small" aria-live="polite">${this.#standing(policy)}</span>
          <button @click=${() => this.workspace?.format()}>Format</button>`}
      </div>
    </div>`;
  }

  #standing(policy: PolicyView) {
    if (policy.ID in this.state.typed) return html`<span class="waiting">${shape('waiting')}Not in force yet</span>`;
    if (policy.Draft) return html`<span class="denied">${shape('denied')}Not in force</span>`;
    if (this.state.session?.Policies.some((other) => other.ID === policy.ID + earlier)) {
      return html`<span class="waiting">${shape('waiting')}Waiting for consistency: the policy before it decides</span>`;
    }
    return html`<span class="muted">${shape('allowed')}In force</span>`;
  }

  #refusal(policy: PolicyView) {
    if (!policy.Draft || policy.ID in this.state.typed) return nothing;
    return html`<div class="refusal">
      <p class="break">${shape('denied')}<strong>Not in force.</strong> ${this.state.refusals[policy.ID] || 'AWS refused this text.'}</p>
      <details><summary>The policy in force</summary><pre tabindex="0">${policy.Text}</pre></details>
      <button class="link small" @click=${() => this.workspace?.revert(policy.ID)}>Go back to the policy in force</button>
    </div>`;
  }

  #remark(policy: PolicyView, remark: Diagnostic) {
    const tone = remark.Severity === 'error' ? 'denied' : remark.Severity === 'warning' ? 'waiting' : 'grey';
    const sign = remark.Severity === 'error' ? '✕' : remark.Severity === 'warning' ? '!' : 'i';
    return html`<li>${shape(tone, sign)}<span class="break"><span class=${tone}>${remark.Severity}</span>
      <button class="link" @click=${() => this.#code?.goTo(utf16Offset(editorText(this.state, policy), remark.Span.Start), true)}
      >${remark.Line}:${remark.Column}</button> ${remark.Message}${policy.ReadOnly ? nothing : remark.Fixes.map((fix) => html`
      <button class="link" @click=${() => this.#code?.fix(fix)}>${fix.Title}</button>`)}${this.#page(remark)}</span></li>`;
  }

  #check(code: string): CheckInfo | undefined {
    return this.state.catalogue.Checks.find((check) => check.Code === code);
  }

  // The page of AWS that a remark rests on, with our explanation at hand.
  #page(remark: Diagnostic) {
    const check = this.#check(remark.Code);
    if (!check) return nothing;
    return html` <a href=${`https://docs.aws.amazon.com/${check.Page}`} target="_blank" rel="noopener noreferrer" title=${check.Explanation}>${check.Title}</a>`;
  }

  #remarks(policy: PolicyView): readonly Diagnostic[] {
    return this.state.remarks[policy.ID] ?? policy.Diagnostics;
  }

  protected override firstUpdated(): void {
    this.#code = new CodeEditor(this.renderRoot.querySelector('#code')!, this.renderRoot as ShadowRoot, {
      onType: (text) => this.workspace?.type(this.state.policy, text),
      // On to what follows the text, so that the next Tab does not lead back into it.
      onLeave: () => (this.renderRoot.querySelector<HTMLElement>('.foot select') ??
        this.renderRoot.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]'))?.focus(),
    });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const policy = selectedPolicy(this.state);
    if (!policy || !this.#code) return;
    const text = editorText(this.state, policy);
    this.#code.show(policy.ID, policy.Title, text, policy.ReadOnly);
    this.#mark(policy);
    this.#showRemarks(policy);
    this.#reveal(policy, text);
  }

  // Marks are made once for a decision and then move with the text; they go when the policy has been changed since.
  #mark(policy: PolicyView): void {
    const { shown, session } = this.state;
    const current = [shown?.answer, policy.ID, changedSince(this.state), session?.Requests.length];
    if (current.every((value, i) => value === this.#marksFor[i])) return;
    // The answer speaks of the text in force; a draft keeps the marks that moved along with it.
    if (editorText(this.state, policy) !== policy.Text) return;
    this.#marksFor = current;
    this.#code?.mark(shown && !changedSince(this.state) ? marksOf(shown.answer, policy.ID, policy.Text) : []);
  }

  #showRemarks(policy: PolicyView): void {
    const current = [this.#remarks(policy), policy.ID];
    if (current.every((value, i) => value === this.#remarksFor[i])) return;
    this.#remarksFor = current;
    const fixable = policy.ID in this.state.remarks || !(policy.ID in this.state.typed);
    this.#code?.remark(this.#remarks(policy), fixable, (code) => this.#check(code)?.Explanation ?? '');
  }

  #reveal(policy: PolicyView, text: string): void {
    const wish = this.state.reveal;
    if (!wish || wish.serial === this.#revealed || wish.policy !== policy.ID) return;
    this.#revealed = wish.serial;
    // The pane may only now become visible on a phone, which CodeMirror has to measure first.
    requestAnimationFrame(() => this.#code?.goTo(utf16Offset(text, wish.start), true));
  }
}
