// What stands beside the editor: the lesson, or who may do what with the key. The matrix is loaded when it is wanted.

import { css, html } from 'lit';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { tabKeys } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';

const tabs = ['Lesson', 'Matrix'] as const;
type Tab = (typeof tabs)[number];

export class KmsInspector extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, tab: { reflect: true } };
  static override styles = [base, css`
    .whole { display: grid; grid-template-rows: auto minmax(0, 1fr); height: 100%; grid-template-columns: minmax(0, 1fr); }
    [role="tablist"] { border-bottom: 1px solid var(--line); padding-inline: 8px; }
    [role="tabpanel"] { overflow: auto; min-height: 0; }
  `];

  declare tab: Tab;

  constructor() {
    super();
    this.tab = 'Lesson';
  }

  protected override render() {
    return html`<div class="whole">
      <div role="tablist" aria-label=${text().element.inspector.label} @keydown=${tabKeys}>
        ${tabs.map((tab) => html`<button role="tab" id="tab-${tab}" aria-controls="panel" aria-selected=${tab === this.tab}
          tabindex=${tab === this.tab ? 0 : -1} @click=${() => this.#show(tab)}>${text().element.inspector.tabs[tab]}</button>`)}
      </div>
      <div role="tabpanel" id="panel" aria-labelledby="tab-${this.tab}">
        ${this.tab === 'Lesson' ? html`<kms-lesson .workspace=${this.workspace}></kms-lesson>` : html`<kms-matrix .workspace=${this.workspace}></kms-matrix>`}
      </div>
    </div>`;
  }

  #show(tab: Tab): void {
    this.tab = tab;
    this.dispatchEvent(new CustomEvent('kms-tab', { detail: tab, bubbles: true, composed: true }));
    if (tab === 'Matrix') void defineWhenLoaded('kms-matrix', async () => (await import('../decision/matrix-view.js')).KmsMatrix);
  }
}
