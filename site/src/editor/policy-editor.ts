// The policies as tabs, the one in hand in an editor, and what AWS says to what is typed.

import { html, nothing, type PropertyValues } from 'lit';
import type { CheckInfo, Diagnostic, PolicyView } from '../engine/messages.js';
import { utf16Offset } from '../engine/spans.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { shape, tabKeys, valueOf } from '../workspace/parts.js';
import { changedSince, earlier, editor, editorPolicies, editors, editorText, selectedPolicy } from '../workspace/state.js';
import { WorkspaceView } from '../workspace/view.js';
import { CodeEditor, longestText } from './code-editor.js';
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
    const words = text().editor.policy;
    return html`<section aria-label=${words.title}>
      <div class="bar">
        <div role="tablist" aria-label=${words.policies} @keydown=${tabKeys}>${policies.map((p) => this.#tab(p, p.ID === policy?.ID))}</div>
      </div>
      <div role="tabpanel" id="panel" aria-labelledby="tab">
        <div id="code"></div>
        ${policy ? this.#foot(policy) : html`<p class="foot muted">${words.none}</p>`}
      </div>
    </section>`;
  }

  #tab(policy: PolicyView, selected: boolean) {
    const draft = policy.Draft !== '' || policy.ID in this.state.typed;
    return html`<button role="tab" id=${selected ? 'tab' : nothing} aria-controls="panel" aria-selected=${selected} tabindex=${selected ? 0 : -1}
      @click=${() => this.workspace?.selectPolicy(policy.ID)}>${said(policy.Title)}${draft ? html` <span class="waiting small">${text().editor.policy.edited}</span>` : nothing}</button>`;
  }

  #foot(policy: PolicyView) {
    const remarks = this.#remarks(policy);
    const words = text().editor.policy;
    return html`<div class="foot">
      <div class="told">${this.#refusal(policy)}
      ${remarks.length ? html`<ul class="remarks" aria-label=${words.remarks}>${remarks.map((d) => this.#remark(policy, d))}</ul>` : nothing}</div>
      <div class="row">
        ${policy.ReadOnly ? html`<span class="small muted">${policy.ID.endsWith(earlier)
          ? words.replaced(html`<span class="waiting">${shape('waiting')}${words.waiting}</span>`) : words.readOnly}</span>` : html`
          <label class="as">${words.editAs}<select @change=${(e: Event) => this.workspace?.chooseEditor(policy.ID, valueOf(e))}>
            ${editors(this.state, policy).map((p) => html`<option value=${p.Ref} .selected=${p.Ref === editor(this.state, policy)}>${said(p.Label)}</option>`)}
          </select></label>
          <span class="spread small" aria-live="polite">${this.#standing(policy)}</span>
          <button @click=${() => this.workspace?.format()}>${words.format}</button>`}
      </div>
    </div>`;
  }

  #standing(policy: PolicyView) {
    const words = text().editor.policy;
    if (policy.ID in this.state.typed) return html`<span class="waiting">${shape('waiting')}${words.notYet}</span>`;
    if (policy.Draft) return html`<span class="denied">${shape('denied')}${words.notInForce}</span>`;
    if (this.state.session?.Policies.some((other) => other.ID === policy.ID + earlier)) {
      return html`<span class="waiting">${shape('waiting')}${words.before}</span>`;
    }
    return html`<span class="muted">${shape('allowed')}${words.inForce}</span>`;
  }

  #refusal(policy: PolicyView) {
    if (!policy.Draft || policy.ID in this.state.typed) return nothing;
    const words = text().editor.policy;
    return html`<div class="refusal">
      <p class="break">${shape('denied')}${words.refusal(said(this.state.refusals[policy.ID] || words.refused))}</p>
      <details><summary>${words.policyInForce}</summary><pre tabindex="0">${policy.Text}</pre></details>
      <button class="link small" @click=${() => this.workspace?.revert(policy.ID)}>${words.goBack}</button>
    </div>`;
  }

  #remark(policy: PolicyView, remark: Diagnostic) {
    const tone = remark.Severity === 'error' ? 'denied' : remark.Severity === 'warning' ? 'waiting' : 'grey';
    const sign = remark.Severity === 'error' ? '✕' : remark.Severity === 'warning' ? '!' : 'i';
    return html`<li>${shape(tone, sign)}<span class="break"><span class=${tone}>${text().editor.policy.severities[remark.Severity]}</span>
      <button class="link" @click=${() => this.#code?.goTo(utf16Offset(editorText(this.state, policy), remark.Span.Start), true)}
      >${remark.Line}:${remark.Column}</button> ${said(remark.Message)}${policy.ReadOnly ? nothing : remark.Fixes.map((fix) => html`
      <button class="link" @click=${() => this.#code?.fix(fix)}>${said(fix.Title)}</button>`)}${this.#page(remark)}</span></li>`;
  }

  #check(code: string): CheckInfo | undefined {
    return this.state.catalogue.Checks.find((check) => check.Code === code);
  }

  // The page of AWS that a remark rests on, with our explanation at hand.
  #page(remark: Diagnostic) {
    const check = this.#check(remark.Code);
    if (!check) return nothing;
    return html` <a href=${`https://docs.aws.amazon.com/${check.Page}`} target="_blank" rel="noopener noreferrer" title=${said(check.Explanation)}>${said(check.Title)}</a>`;
  }

  #remarks(policy: PolicyView): readonly Diagnostic[] {
    return this.state.remarks[policy.ID] ?? policy.Diagnostics;
  }

  protected override firstUpdated(): void {
    this.#code = new CodeEditor(this.renderRoot.querySelector('#code')!, this.renderRoot as ShadowRoot, {
      onType: (typed) => this.workspace?.type(this.state.policy, typed),
      onTooLong: () => this.workspace?.notify({ kind: 'error', text: text().editor.policy.tooLong(longestText / 1e6) }),
      // On to what follows the text, so that the next Tab does not lead back into it.
      onLeave: () => (this.renderRoot.querySelector<HTMLElement>('.foot select') ??
        this.renderRoot.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]'))?.focus(),
    });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const policy = selectedPolicy(this.state);
    if (!policy || !this.#code) return;
    const content = editorText(this.state, policy);
    this.#code.show(policy.ID, said(policy.Title), content, policy.ReadOnly);
    this.#mark(policy);
    this.#showRemarks(policy);
    this.#reveal(policy, content);
  }

  // Marks are made once for a decision and then move with the text; they go when the policy has been changed since.
  #mark(policy: PolicyView): void {
    const { shown, session } = this.state;
    const current = [shown?.answer, policy.ID, changedSince(this.state), session?.Requests.length, this.state.language];
    if (current.every((value, i) => value === this.#marksFor[i])) return;
    // The answer speaks of the text in force; a draft keeps the marks that moved along with it.
    if (editorText(this.state, policy) !== policy.Text) return;
    this.#marksFor = current;
    this.#code?.mark(shown && !changedSince(this.state) ? marksOf(shown.answer, policy.ID, policy.Text) : []);
  }

  #showRemarks(policy: PolicyView): void {
    const current = [this.#remarks(policy), policy.ID, this.state.language];
    if (current.every((value, i) => value === this.#remarksFor[i])) return;
    this.#remarksFor = current;
    const fixable = policy.ID in this.state.remarks || !(policy.ID in this.state.typed);
    this.#code?.remark(this.#remarks(policy), fixable, (code) => said(this.#check(code)?.Explanation ?? ''));
  }

  #reveal(policy: PolicyView, content: string): void {
    const wish = this.state.reveal;
    if (!wish || wish.serial === this.#revealed || wish.policy !== policy.ID) return;
    this.#revealed = wish.serial;
    // The pane may only now become visible on a phone, which CodeMirror has to measure first.
    requestAnimationFrame(() => this.#code?.goTo(utf16Offset(content, wish.start), true));
  }
}
