// "Import from AWS": what a person pastes or drops about a real account becomes a scenario. Loaded when it is wanted.
// What was pasted stays as long as the page does.

import { css, html, nothing } from 'lit';
import type { Missing, Part, Problem } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { Importing, offsetOf } from '../workspace/importing.js';
import { isScenario, named } from '../workspace/dropped.js';
import { copy } from '../workspace/link.js';
import { shape, tabKeys, valueOf } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';

const account = 'aws iam get-account-authorization-details --output json';
const event = 'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventSource,AttributeValue=kms.amazonaws.com --max-results 50 --output json';
const organization = 'aws organizations list-policies-for-target --filter SERVICE_CONTROL_POLICY --target-id ACCOUNT_ID';
const ofKey = {
  key: 'aws kms describe-key --key-id', policy: 'aws kms get-key-policy --policy-name default --output json --key-id', grants: 'aws kms list-grants --key-id',
  aliases: 'aws kms list-aliases --key-id', tags: 'aws kms list-resource-tags --key-id',
} as const;

export class KmsImport extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, keyId: { state: true }, copied: { state: true } };
  static override styles = [base, css`
    dialog { width: min(1180px, calc(100vw - 24px)); height: calc(100dvh - 24px); max-width: none; max-height: none; padding: 0; border: 1px solid var(--edge);
      border-radius: 6px; background: var(--surface); color: var(--text); box-shadow: var(--float); line-height: var(--leading); }
    dialog::backdrop { background: rgb(0 0 0 / 0.35); }
    .whole { display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr); height: 100%; }
    header { display: flex; gap: 8px; align-items: baseline; padding: 8px 12px 8px 16px; border-bottom: 1px solid var(--line); }
    header h2 { flex: 1; font-size: 15px; color: var(--text); }
    .columns { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); min-height: 0; }
    .columns > div { overflow: auto; padding: 12px 16px; }
    .columns > div + div { border-inline-start: 1px solid var(--line); }
    .paste { display: grid; gap: 8px; grid-template: auto auto auto minmax(200px, 1fr) auto / minmax(0, 1fr); align-content: stretch; }
    textarea { width: 100%; height: 100%; min-height: 200px; resize: none; overflow: auto; }
    .commands { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); padding-block: 8px; }
    .commands li, .missing li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 8px; align-items: center; }
    .commands li > span, .missing li > span { grid-column: 1 / -1; }
    li { padding-block: 4px; overflow-wrap: anywhere; }
    li + li { border-top: 1px solid var(--line); }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--raised); border-radius: 4px; padding: 4px 8px; }
    .files { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; }
    .file { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .found { display: grid; gap: 16px; align-content: start; grid-template-columns: minmax(0, 1fr); }
    .found section { display: grid; gap: 4px; grid-template-columns: minmax(0, 1fr); }
    progress { width: 120px; }
    @media (max-width: 720px) {
      dialog { width: 100vw; height: 100dvh; border: 0; border-radius: 0; }
      .columns { grid-template-columns: minmax(0, 1fr); overflow: auto; }
      .columns > div { overflow: visible; padding: 12px; }
      .columns > div + div { border-inline-start: 0; border-top: 1px solid var(--line); }
      .paste { grid-template-rows: auto auto auto 44vh auto; }
    }
  `];

  declare keyId: string;
  /** The command that was copied last. */
  declare copied: string;
  #importing: Importing | undefined;

  constructor() {
    super();
    this.keyId = '';
    this.copied = '';
  }

  /** Opens the view, and takes files over that were dropped. */
  async show(files: readonly File[] = []): Promise<void> {
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
    this.renderRoot.querySelector('textarea')?.focus();
    if (files.length > 0) await this.#model?.add(files);
  }

  get #model(): Importing | undefined {
    return (this.#importing ??= this.workspace && new Importing(this.workspace, () => this.requestUpdate()));
  }

  protected override render() {
    const words = text().element.importing;
    return html`<dialog aria-labelledby="title"><div class="whole">
      <header><h2 id="title">${words.title}</h2><button class="plain" aria-label=${words.close} @click=${() => this.#close()}>✕</button></header>
      <div class="columns">
        <div class="paste">${this.#paste()}</div>
        <div class="found">${this.#found()}</div>
      </div></div></dialog>`;
  }

  #paste() {
    const words = text().element.importing;
    const { inputs, chosen, removed } = this.#model ?? { inputs: [], chosen: 0, removed: null };
    return html`
      <p>${words.what} <strong>${words.stays}</strong></p>
      <details><summary>${words.commands}</summary>${this.#commands()}</details>
      <div class="files">
        ${inputs.length > 1 ? html`<div role="tablist" aria-label=${words.texts} @keydown=${tabKeys}>${inputs.map(({ name }, i) => html`
          <button role="tab" id="input-${i}" aria-controls="text" aria-selected=${i === chosen} tabindex=${i === chosen ? 0 : -1} @click=${() => this.#model?.choose(i)}>${name || words.pasted}</button>`)}</div>` : nothing}
        <span class="spread"></span>
        ${removed ? html`<span class="small">${words.removed(removed.name)} <button class="link" @click=${() => this.#model?.putBack()}>${words.putBack}</button></span>` : nothing}
        ${inputs[chosen]?.name ? html`<button @click=${() => this.#model?.remove()}>${words.remove(inputs[chosen].name)}</button>` : nothing}
        <button @click=${() => this.renderRoot.querySelector<HTMLInputElement>('.file')?.click()}>${words.addFiles}</button>
        <input class="file" type="file" multiple tabindex="-1" aria-label=${words.files} @change=${(e: Event) => this.#addFiles(e)}>
        <button @click=${() => this.renderRoot.querySelector<HTMLInputElement>('.folder')?.click()}>${words.addFolder}</button>
        <input class="file folder" type="file" webkitdirectory tabindex="-1" aria-label=${words.folder} @change=${(e: Event) => this.#addFiles(e)}>
      </div>
      <textarea id="text" wrap="off" spellcheck="false" autocapitalize="off" aria-label=${inputs[chosen]?.name || words.box} placeholder=${words.hint}
        .value=${inputs[chosen]?.text ?? ''} @input=${(e: Event) => this.#model?.type(valueOf(e))}></textarea>
      <p class="small muted">${words.kept}</p>`;
  }

  #commands() {
    const words = text().element.importing;
    // What is no id or ARN would mean something else to a shell.
    const key = /^[\w:/-]+$/.test(this.keyId.trim()) ? this.keyId.trim() : words.keyPlace;
    return html`<ul class="commands">
      <li><span>${words.command.account}</span>${this.#command(account)}</li>
      <li><span><label>${words.keyId}<input autocomplete="off" spellcheck="false" .value=${this.keyId} @input=${(e: Event) => { this.keyId = valueOf(e); }}></label></span></li>
      ${Object.entries(ofKey).map(([what, command]) => html`<li><span>${words.command[what as keyof typeof ofKey]}</span>${this.#command(`${command} ${key}`)}</li>`)}
      <li><span>${words.command.event}</span>${this.#command(event)}</li>
      <li><span>${words.command.organization}</span>${this.#command(organization.replace('ACCOUNT_ID', words.accountPlace))}</li>
      <li><span>${words.message}</span></li>
    </ul>`;
  }

  #command(command: string) {
    const words = text().element.importing;
    return html`<pre>${command}</pre><button aria-label=${words.copyOne(command)} @click=${(e: Event) => this.#copy(command, e)}>${this.copied === command ? words.copied : words.copy}</button>`;
  }

  async #copy(command: string, event: Event): Promise<void> {
    const shown = (event.currentTarget as HTMLElement).previousElementSibling;
    if (await copy(command)) this.copied = command;
    else if (shown?.localName === 'pre') getSelection()?.selectAllChildren(shown);
  }

  #found() {
    const words = text().element.importing;
    const { capture, reading, failure, isEmpty } = this.#model ?? { capture: null, reading: null, failure: '', isEmpty: true };
    const { Parts = [], Problems = [], Missing = [], Document = '', Sends = false } = capture ?? {};
    return html`
      <p aria-live="polite">${isEmpty ? words.empty : failure ? html`${shape('denied')}${failure}`
        : reading ? words.reading : capture ? words.summary(Parts.length, Problems.length, Missing.length) : nothing}</p>
      ${reading ? html`<div class="row"><progress aria-label=${words.reading} max=${reading.total || nothing} value=${reading.total ? reading.done : nothing}></progress>
        <span class="small">${reading.total ? words.count(reading.done, reading.total) : nothing}</span><button @click=${() => this.#model?.stop()}>${words.stop}</button></div>` : nothing}
      ${failure ? html`<div><button @click=${() => this.#model?.read()}>${words.again}</button></div>` : nothing}
      <div class="row"><button class="main" ?disabled=${!Document || reading !== null} @click=${() => this.#build()}>${words.build}</button>
        ${Document ? html`<span class="small muted">${Sends ? words.sends : words.sendsNothing}</span>` : nothing}</div>
      ${Problems.length ? html`<section aria-labelledby="problems"><h3 id="problems">${words.problems(Problems.length)}</h3><ul>${Problems.map((p) => this.#problem(p))}</ul></section>` : nothing}
      ${Parts.length ? html`<section aria-labelledby="parts"><h3 id="parts">${words.parts(Parts.length)}</h3><ul>${Parts.map((p) => this.#part(p))}</ul></section>` : nothing}
      ${Missing.length ? html`<section aria-labelledby="missing"><h3 id="missing">${words.missing(Missing.length)}</h3>${this.#allOf(Missing)}<ul class="missing">${Missing.map((m) => this.#missing(m))}</ul></section>` : nothing}`;
  }

  #problem(problem: Problem) {
    const place = text().element.importing.place(this.#nameOf(problem.Input), problem.Line, problem.Column);
    return html`<li>${shape('denied')}<button class="link" @click=${() => this.#jump(problem.Input, problem.Line, problem.Column)}>${place}</button> ${said(problem.Message)}</li>`;
  }

  #part(part: Part) {
    const place = text().element.importing.line(this.#nameOf(part.Input), part.Line);
    return html`<li>${shape('allowed')}<strong>${said(part.Kind)}</strong> ${said(part.About)}
      <button class="link small" @click=${() => this.#jump(part.Input, part.Line, 1)}>${place}</button></li>`;
  }

  #missing({ Text, Run }: Missing) {
    return html`<li><span>${shape('waiting', '?')}${said(Text)}</span>${Run ? this.#command(Run) : nothing}</li>`;
  }

  // The commands of everything that is missing, for a terminal; what it then shows can be pasted as it is.
  #allOf(missing: readonly Missing[]) {
    const words = text().element.importing;
    const commands = [...new Set(missing.map(({ Run }) => Run).filter((run) => run !== ''))];
    if (commands.length < 2) return nothing;
    const all = commands.join('\n');
    return html`<div class="row"><button @click=${(e: Event) => this.#copy(all, e)}>${this.copied === all ? words.copied : words.copyAll(commands.length)}</button>
      <span class="small muted">${words.afterCopy}</span></div>`;
  }

  // Says which text is meant where there are several.
  #nameOf(input: number): string {
    const inputs = this.#model?.inputs ?? [];
    return inputs.filter((i) => i.text !== '').length > 1 ? inputs[input]?.name || text().element.importing.pasted : '';
  }

  /** Puts the cursor where something was said about, in the text that it is in. */
  async #jump(input: number, line: number, column: number): Promise<void> {
    this.#model?.choose(input);
    await this.updateComplete;
    const box = this.renderRoot.querySelector('textarea');
    if (!box) return;
    const at = offsetOf(box.value, line, column);
    box.focus();
    box.setSelectionRange(at, box.value.indexOf('\n', at) < 0 ? box.value.length : box.value.indexOf('\n', at));
    // Lines are not broken, so that each is as high as the next.
    const height = parseFloat(getComputedStyle(box).lineHeight);
    box.scrollTop = Math.max(0, (line - 3) * height);
    box.scrollLeft = 0;
  }

  #addFiles(event: Event): void {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])].filter((file) => !file.webkitRelativePath || !(isScenario(file) || file.name.startsWith('.')));
    void this.#model?.add(files.map((file) => named(file, file.webkitRelativePath)));
    input.value = '';
  }

  async #build(): Promise<void> {
    if (await this.#model?.build()) this.#close();
  }

  #close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }
}
