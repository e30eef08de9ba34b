// The shell: what was done so far as commands with their output, and a box for the next one. Everything that the person
// did is there, by whichever pane, because all of it is appended to the document as commands.

import { css, html, nothing, type PropertyValues } from 'lit';
import type { RequestView, StepView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { shape, valueOf, type Tone } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';

// Older entries are in the document.
const maxEntries = 100;

const example = 'aws kms list-aliases --query Aliases[].AliasName';

interface Entry {
  readonly text: string;
  readonly step: StepView;
}

export class KmsShell extends WorkspaceView {
  static override properties = {
    ...WorkspaceView.properties, text: { state: true }, as: { state: true }, running: { state: true },
  };
  static override styles = [base, css`
    :host { display: flex; flex-direction: column; gap: 4px; padding: 0 12px 8px; }
    .log { flex: 1 1 auto; min-height: 0; overflow: auto; display: grid; gap: 8px; align-content: start; grid-template-columns: minmax(0, 1fr);
      background: var(--raised); border-radius: 4px; padding: 8px; font-size: var(--small); }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 240px; }
    .entry { display: grid; gap: 2px; grid-template-columns: minmax(0, 1fr); }
    .as { color: var(--muted); }
    .command { font-weight: 650; }
    .calls { display: flex; flex-wrap: wrap; gap: 0 12px; }
    form { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: end; flex: none; }
    form > .text { flex: 1 1 320px; }
    form > .who { flex: 0 1 200px; }
    textarea { field-sizing: content; min-height: 30px; max-height: 140px; }
    button.main[aria-disabled="true"] { background: var(--raised); color: var(--muted); border-color: var(--line); cursor: default; }
  `];

  declare text: string;
  /** PrincipalView.Ref, or "" for whoever the request form names. */
  declare as: string;
  declare running: boolean;
  // How far back in the history the text is; 0 is the text being written, kept in #draft meanwhile.
  #back = 0;
  #draft = '';
  #count = -1;

  constructor() {
    super();
    this.text = '';
    this.as = '';
    this.running = false;
  }

  protected override render() {
    const entries = this.#entries();
    const principals = this.state.session?.Principals ?? [];
    const who = this.#who();
    const words = text().console.shell;
    return html`
      <div class="log" role="log" aria-label=${words.output} tabindex="0">
        ${entries.length ? entries.slice(-maxEntries).map((entry) => this.#entry(entry)) : html`<p class="muted">${
          words.help(html`<button class="link" @click=${() => this.#write(example)}>${example}</button>`)}</p>`}
      </div>
      <form @submit=${(e: Event) => e.preventDefault()}>
        <label class="who">${words.runAs}<select @change=${(e: Event) => { this.as = valueOf(e); }}>
          ${principals.map((p) => html`<option value=${p.Ref} .selected=${p.Ref === who}>${said(p.Label)}</option>`)}</select></label>
        <label class="text">${words.command}<textarea rows="1" spellcheck="false" autocapitalize="off" autocomplete="off" .value=${this.text}
          @input=${(e: Event) => { this.text = valueOf(e); this.#back = 0; }} @keydown=${(e: KeyboardEvent) => this.#key(e)}></textarea></label>
        <button type="button" class="main" aria-disabled=${this.running || this.state.phase !== 'ready'} aria-keyshortcuts="Control+Enter Meta+Enter"
          @click=${() => this.#run()}>${words.run}</button>
      </form>`;
  }

  #entries(): readonly Entry[] {
    return (this.state.session?.Lesson ?? []).flatMap((block) =>
      block.Appended && block.Type === 'step' && block.Step ? [{ text: block.Text.replace(/\n$/, ''), step: block.Step }] : []);
  }

  #who(): string {
    const refs = (this.state.session?.Principals ?? []).map((p) => p.Ref);
    return [this.as, this.state.form.principal].find((ref) => refs.includes(ref)) ?? refs[0] ?? '';
  }

  #entry({ text: command, step }: Entry) {
    return html`<div class="entry">
      <pre class="command"><span class="as">${step.As} $ </span>${command}</pre>
      ${step.Stdout ? html`<pre>${step.Stdout}</pre>` : nothing}
      ${step.Stderr ? html`<pre class="denied">${step.Stderr.trim()}</pre>` : nothing}
      ${step.Line > 0 ? html`<p>${shape('denied')}${text().console.shell.stoppedAt(
        html`<button class="link" @click=${() => this.#goTo(command, step)}>${step.Line}:${step.Column}</button>`)}</p>` : nothing}
      ${step.Calls.length ? html`<div class="calls">${step.Calls.map((index) => this.#call(index))}</div>` : nothing}
    </div>`;
  }

  #call(index: number) {
    const request = this.state.session?.Requests.find((r) => r.Index === index);
    if (!request) return nothing;
    const [tone, word] = verdict(request);
    return html`<span>${shape(tone)}<span class=${tone}>${word}</span> <button class="link" @click=${() => this.workspace?.show(index)}
      >${text().console.shell.call(request.Operation, request.Resource)}</button></span>`;
  }

  #key(event: KeyboardEvent): void {
    const area = event.target as HTMLTextAreaElement;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      void this.#run();
    } else if (event.key === 'ArrowUp' && !area.value.slice(0, area.selectionStart).includes('\n')) {
      if (this.#recall(1)) event.preventDefault();
    } else if (event.key === 'ArrowDown' && !area.value.slice(area.selectionEnd).includes('\n')) {
      if (this.#recall(-1)) event.preventDefault();
    }
  }

  // Goes further back in the history, or forward to what was being written.
  #recall(by: number): boolean {
    const history = this.#entries().map((entry) => entry.text).filter((text, i, all) => text !== all[i - 1]);
    const back = this.#back + by;
    if (back < 0 || back > history.length || back === this.#back) return false;
    if (this.#back === 0) this.#draft = this.text;
    this.#back = back;
    this.text = back === 0 ? this.#draft : history[history.length - back]!;
    void this.updateComplete.then(() => this.#area()?.setSelectionRange(this.text.length, this.text.length));
    return true;
  }

  async #run(): Promise<void> {
    const text = this.text;
    if (this.running || this.state.phase !== 'ready' || text.trim() === '') return;
    this.running = true;
    const step = await this.workspace?.run(this.#who(), text);
    this.running = false;
    this.#back = 0;
    // What failed stays, to be mended.
    if (step && step.Line === 0 && this.text === text) this.text = '';
  }

  #write(text: string): void {
    this.text = text;
    this.#area()?.focus();
  }

  // Takes the command up again, with the cursor where it stopped.
  async #goTo(text: string, step: StepView): Promise<void> {
    this.text = text;
    await this.updateComplete;
    const area = this.#area();
    area?.focus();
    const at = offset(text, step.Line, step.Column);
    area?.setSelectionRange(at, at + (/^\S+/.exec(text.slice(at))?.[0].length ?? 0));
  }

  #area(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  // The newest output is at the end, which is what one wants to see.
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const count = this.#entries().length;
    if (count === this.#count) return;
    this.#count = count;
    const log = this.renderRoot.querySelector('.log');
    if (log) log.scrollTop = log.scrollHeight;
  }
}

function verdict(request: RequestView): readonly [Tone, string] {
  const words = text().console.shell;
  if (request.Decision === 'Denied') return ['denied', words.denied];
  if (request.Code) return ['waiting', request.Code];
  return request.Decision === 'Allowed' ? ['allowed', words.allowed] : ['grey', words.answered];
}

// The shell counts columns in bytes of UTF-8, from 1.
function offset(text: string, line: number, column: number): number {
  const start = text.split('\n').slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0);
  let bytes = 0;
  let at = start;
  for (const character of text.slice(start)) {
    if (bytes >= column - 1 || character === '\n') break;
    bytes += new TextEncoder().encode(character).length;
    at += character.length;
  }
  return at;
}
