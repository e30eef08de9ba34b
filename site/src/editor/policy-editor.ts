// The policies as tabs, the one in hand in an editor, and what AWS says to what is typed.

import { html, nothing, type PropertyValues } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { CheckInfo, Diagnostic, Help, PolicyView } from '../engine/messages.js';
import { byteOffset, utf16Offset } from '../engine/spans.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { principalOptions, shape, tabKeys, valueOf } from '../workspace/parts.js';
import { changedSince, earlier, editor, editorPolicies, editors, editorText, selectedPolicy, type WorkspaceState } from '../workspace/state.js';
import { personStore } from '../workspace/storage.js';
import { WorkspaceView } from '../workspace/view.js';
import { CodeEditor, longestText } from './code-editor.js';
import { Comparing, type Compared, type Moment } from './comparing.js';
import editorStyles from './editor-styles.js';
import { answers, compared, explanation } from './foot.js';
import { marksOf, type Mark } from './marks.js';

export class KmsPolicyEditor extends WorkspaceView {
  static override styles = [base, editorStyles];

  #code: CodeEditor | undefined;
  #revealed = 0;
  #marksFor: readonly unknown[] = [];
  #remarksFor: readonly unknown[] = [];
  #marks: readonly Mark[] = [];
  // Every remark in full, or the first on one line.
  #whole = personStore.get('remarks') === 'whole';
  #tooled = personStore.get('tools') === 'yes';
  #wrapped = personStore.get('wrap') === 'yes';
  // What the person asked about, null when there is nothing to say of it; undefined when nothing was asked.
  #help: Help | null | undefined;
  #helpFor = '';
  #assisted = '';
  #compared: Compared | undefined;
  readonly #comparing = new Comparing(async (Policy, Baseline) => {
    const reply = await this.workspace?.ask({ Type: 'Earlier', Policy, Baseline });
    return reply?.Applied ? reply.Text : null;
  }, () => this.requestUpdate());

  protected override drawnFrom({ session, catalogue, key, policy, typed, remarks, refusals, editAs, shown, reveal }: WorkspaceState) {
    return [session, catalogue, key, policy, typed, remarks, refusals, editAs, shown, reveal];
  }

  protected override render() {
    const policy = selectedPolicy(this.state);
    const policies = editorPolicies(this.state);
    const words = text().editor.policy;
    return html`<section aria-label=${words.title}>
      <div class="bar">
        <div role="tablist" aria-label=${words.policies} @keydown=${tabKeys}>${policies.map((p) => this.#tab(p, p.ID === policy?.ID))}</div>
      </div>
      <div role="tabpanel" id="panel" aria-labelledby="tab">
        <div id="code" @keydown=${this.#onKey} @focusin=${() => void this.#assist()} @pointerenter=${() => void this.#assist()}></div>
        ${policy ? this.#foot(policy) : html`<p class="foot muted">${words.none}</p>`}
      </div>
    </section>`;
  }

  #tab(policy: PolicyView, selected: boolean) {
    const draft = policy.Refused || policy.ID in this.state.typed;
    return html`<button role="tab" id=${selected ? 'tab' : nothing} aria-controls="panel" aria-selected=${selected} tabindex=${selected ? 0 : -1}
      @click=${() => this.workspace?.selectPolicy(policy.ID)}>${said(policy.Title)}${draft ? html` <span class="waiting small">${text().editor.policy.edited}</span>` : nothing}</button>`;
  }

  #foot(policy: PolicyView) {
    const remarks = this.#remarks(policy);
    const words = text().editor.policy;
    const content = editorText(this.state, policy);
    return html`<div class="foot">
      <div class="told">${this.#refusal(policy)}
      ${remarks.length ? html`<div class="strip" ?data-whole=${this.#whole}>
        <button class="plain small" aria-expanded=${this.#whole} aria-controls="remarks" title=${words.wholeRemarks} @click=${() => this.#showWhole()}
          ><span aria-hidden="true">${this.#whole ? '▾' : '▸'} </span>${words.remarkCount(remarks.length)}</button>
        <ul class="remarks" id="remarks" aria-label=${words.remarks}>${remarks.map((d, i) => this.#remark(policy, d, i > 0 && !this.#whole))}</ul></div>` : nothing}
      ${content === policy.Text ? answers(this.#marks, content, (at) => this.#code?.goTo(at, true)) : nothing}</div>
      ${explanation(this.#help, () => this.#closeHelp())}
      ${compared(this.#comparing, content, (line) => this.#code?.goToLine(line))}
      <div class="row">
        ${policy.Kind === 'session policy' ? html`<kms-session-policy .workspace=${this.workspace} .policy=${policy}></kms-session-policy>`
          : policy.ReadOnly ? html`<span class="spread small muted">${this.#readOnly(policy)}</span>` : html`
          <label class="as">${words.editAs}<select @change=${(e: Event) => this.workspace?.chooseEditor(policy.ID, valueOf(e))}>
            ${this.#editors(policy)}
          </select></label>
          <span class="spread small" aria-live="polite">${this.#standing(policy)}</span>
          <button @click=${() => this.workspace?.format()}>${words.format}</button>`}
        <button aria-expanded=${this.#tooled} aria-controls="tools" @click=${() => this.#showTools()}>${text().editor.view.tools}</button>
      </div>
      <div class="row" id="tools" ?hidden=${!this.#tooled}>${this.#tools()}</div>
    </div>`;
  }

  #editors(policy: PolicyView) {
    const { session, editAs } = this.state;
    return guard([session?.Principals, session?.Keys, policy.ID, editAs, text()], () => principalOptions(editors(this.state, policy), editor(this.state, policy)));
  }

  #tools() {
    const { assist, compare, view } = text().editor;
    const moments: [Moment, string][] = [['', compare.nothing], ['InForce', compare.inForce], ['AsOpened', compare.opened], ['LastChange', compare.before]];
    return html`
      <label class="as">${compare.label}<select @change=${(e: Event) => this.#comparing.choose(valueOf(e) as Moment)}>
        ${moments.map(([moment, words]) => html`<option value=${moment} .selected=${moment === this.#comparing.state.moment}>${words}</option>`)}
      </select></label>
      <button aria-pressed=${this.#wrapped} @click=${() => this.#wrap()}>${view.wrap}</button>
      <button title=${assist.explainTitle} @click=${() => void this.#explain()}>${assist.explain}</button>`;
  }

  #readOnly(policy: PolicyView) {
    const words = text().editor.policy;
    if (policy.ID.endsWith(earlier)) return words.replaced(html`<span class="waiting">${shape('waiting')}${words.waiting}</span>`);
    return words.readOnly;
  }

  #showWhole(): void {
    this.#whole = !this.#whole;
    personStore.set('remarks', this.#whole ? 'whole' : 'line');
    this.requestUpdate();
  }

  #showTools(): void {
    this.#tooled = !this.#tooled;
    personStore.set('tools', this.#tooled ? 'yes' : 'no');
    this.requestUpdate();
  }

  #wrap(): void {
    this.#wrapped = !this.#wrapped;
    personStore.set('wrap', this.#wrapped ? 'yes' : 'no');
    this.#code?.wrap(this.#wrapped);
    this.requestUpdate();
  }

  // Also while what helps is not loaded yet.
  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key !== 'F1') return;
    event.preventDefault();
    void this.#explain();
  };

  // Says in words what stands at the cursor; the focus stays where it is.
  async #explain(): Promise<void> {
    if (!this.#code) return;
    const { text: content, at } = this.#code.cursor();
    this.#help = await this.#ask('Explain', content, byteOffset(content, at)).then((reply) => reply?.Help ?? null);
    this.#helpFor = this.state.policy;
    this.requestUpdate();
  }

  #closeHelp(): void {
    this.#help = undefined;
    this.requestUpdate();
    this.#code?.focus();
  }

  async #ask(Type: 'Complete' | 'Explain', Text: string, Offset: number) {
    const policy = selectedPolicy(this.state);
    return policy ? ((await this.workspace?.ask({ Type, Policy: policy.ID, Kind: policy.Kind, Text, Offset })) ?? null) : null;
  }

  // Completion and help are loaded when the person comes to the text, and again for another language.
  async #assist(): Promise<void> {
    const { language } = this.state;
    if (this.#assisted === language) return;
    this.#assisted = language;
    const { assistance } = await import('./assist.js');
    this.#code?.assist(assistance({
      complete: async (content, offset) => (await this.#ask('Complete', content, offset))?.Completion ?? null,
      explain: async (content, offset) => (await this.#ask('Explain', content, offset))?.Help ?? null,
    }));
    void this.#ask('Explain', '', 0); // so that the engine that knows is on its way
  }

  #standing(policy: PolicyView) {
    const words = text().editor.policy;
    if (policy.ID in this.state.typed) return html`<span class="waiting">${shape('waiting')}${words.notYet}</span>`;
    if (policy.Refused) return html`<span class="denied">${shape('denied')}${words.notInForce}</span>`;
    if (this.state.session?.Policies.some((other) => other.ID === policy.ID + earlier)) {
      return html`<span class="waiting">${shape('waiting')}${words.before}</span>`;
    }
    return html`<span class="muted">${shape('allowed')}${words.inForce}</span>`;
  }

  #refusal(policy: PolicyView) {
    if (!policy.Refused || policy.ID in this.state.typed) return nothing;
    const words = text().editor.policy;
    return html`<div class="refusal">
      <p class="break">${shape('denied')}${words.refusal(said(this.state.refusals[policy.ID] || words.refused))}</p>
      <details><summary>${words.policyInForce}</summary><pre tabindex="0">${policy.Text}</pre></details>
      <button class="link small" @click=${() => this.workspace?.revert(policy.ID)}>${words.goBack}</button>
    </div>`;
  }

  #remark(policy: PolicyView, remark: Diagnostic, hidden: boolean) {
    const tone = remark.Severity === 'error' ? 'denied' : remark.Severity === 'warning' ? 'waiting' : 'grey';
    const sign = remark.Severity === 'error' ? '✕' : remark.Severity === 'warning' ? '!' : 'i';
    return html`<li ?hidden=${hidden}><span class="what" title=${this.#whole ? nothing : said(remark.Message)}>${shape(tone, sign)}<span class=${tone}>${text().editor.policy.severities[remark.Severity]}</span>
      <button class="link" @click=${() => this.#code?.goTo(utf16Offset(editorText(this.state, policy), remark.Span.Start), true)}
      >${remark.Line}:${remark.Column}</button> ${said(remark.Message)}</span><span class="then">${policy.ReadOnly ? nothing : remark.Fixes.map((fix) => html`
      <button class="fix small" title=${said(fix.Title)} @click=${() => this.#code?.fix(fix)}><span aria-hidden="true">✎ </span>${said(fix.Title)}</button>`)}${this.#page(remark)}</span></li>`;
  }

  #check(code: string): CheckInfo | undefined {
    return this.state.catalogue.Checks.find((check) => check.Code === code);
  }

  // The page of AWS that a remark rests on, with our explanation at hand.
  #page(remark: Diagnostic) {
    const check = this.#check(remark.Code);
    if (!check) return nothing;
    return html`<a class="page" href=${`https://docs.aws.amazon.com/${check.Page}`} target="_blank" rel="noopener noreferrer" title=${said(check.Explanation)}><span aria-hidden="true">↗ </span><span class="name">${said(check.Title)}</span></a>`;
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
    this.#code.wrap(this.#wrapped);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const policy = selectedPolicy(this.state);
    if (!policy || !this.#code) return;
    const content = editorText(this.state, policy);
    if (policy.Kind === 'session policy') void defineWhenLoaded('kms-session-policy', async () => (await import('./session-policy.js')).KmsSessionPolicy);
    if (this.#helpFor !== policy.ID) this.#help = undefined;
    this.#code.show(policy.ID, said(policy.Title), content, policy.ReadOnly);
    this.#compareWith(policy);
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
    this.#marks = shown && !changedSince(this.state) ? marksOf(shown.answer, policy.ID, policy.Text) : [];
    this.#code?.mark(this.#marks);
    this.requestUpdate();
  }

  #compareWith(policy: PolicyView): void {
    void this.#comparing.follow(policy, this.state.session);
    if (this.#compared === this.#comparing.state) return;
    this.#compared = this.#comparing.state;
    this.#code?.compare(this.#comparing.extension());
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
