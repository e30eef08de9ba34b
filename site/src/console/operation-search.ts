// Finds an operation by any part of its name, or by its service. The list is one control: arrows move, Enter takes.

import { css, html, nothing } from 'lit';
import type { OperationView } from '../engine/messages.js';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { operationId } from '../workspace/form.js';
import { valueOf } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';
import { services } from './names.js';

export class KmsOperationSearch extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, typed: { state: true }, at: { state: true } };
  static override styles = [base, css`
    :host { flex: 1 0 100%; }
    ul { max-height: 168px; overflow: auto; display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); border: 1px solid var(--line); border-radius: 4px; margin-top: 4px; background: var(--surface); }
    [role="option"] { padding: 2px 8px; cursor: pointer; overflow-wrap: anywhere; }
    [role="option"][aria-selected="true"] { background: var(--accent-soft); outline: 2px solid var(--accent); outline-offset: -2px; }
  `];

  declare typed: string;
  /** Which of the found ones Enter takes. */
  declare at: number;

  constructor() {
    super();
    this.typed = '';
    this.at = 0;
  }

  protected override render() {
    const found = this.#found();
    const words = text().console.fields;
    return html`<label>${words.find}<input role="combobox" type="search" aria-expanded="true" aria-controls="found" aria-autocomplete="list" autocomplete="off" placeholder=${words.findExample}
        aria-activedescendant=${found.length ? `o-${this.at}` : nothing} .value=${this.typed} @keydown=${(e: KeyboardEvent) => this.#key(e, found)}
        @input=${(e: Event) => { this.typed = valueOf(e); this.at = 0; }}></label>
      <ul id="found" role="listbox" aria-label=${words.find}>${found.map((o, i) => html`<li role="option" id="o-${i}" aria-selected=${i === this.at} @click=${() => this.#take(o)}
        >${o.Name} <span class="small muted">${services[o.Service] ?? o.Service}</span></li>`)}</ul>
      <span class="small muted" aria-live="polite">${words.found(found.length)}</span>`;
  }

  override focus(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  // Every word that was typed is somewhere in the name or the service; names that begin with the first word stand first.
  #found(): OperationView[] {
    const words = this.typed.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (o: OperationView) => words.every((word) => `${o.Service} ${o.Name}`.toLowerCase().includes(word));
    const rank = (o: OperationView) => (o.Name.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1);
    return this.state.catalogue.Operations.filter((o) => o.Simulated && has(o)).sort((a, b) => rank(a) - rank(b));
  }

  #key(event: KeyboardEvent, found: readonly OperationView[]): void {
    const to = { ArrowDown: this.at + 1, ArrowUp: this.at - 1 }[event.key];
    const chosen = found[this.at];
    if (to !== undefined) this.#move((to + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter' && !event.isComposing && !event.ctrlKey && !event.metaKey && chosen) this.#take(chosen);
    else if (event.key === 'Escape') this.dispatchEvent(new Event('kms-done'));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(to: number): void {
    this.at = to;
    void this.updateComplete.then(() => this.renderRoot.querySelector(`#o-${to}`)?.scrollIntoView({ block: 'nearest' }));
  }

  #take(operation: OperationView): void {
    this.workspace?.setForm({ operation: operationId(operation) });
    this.dispatchEvent(new Event('kms-done'));
  }
}
