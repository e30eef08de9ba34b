// A value as JSON, to unfold and to copy.

import { css, html } from 'lit';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { copy } from '../workspace/link.js';
import { WorkspaceView } from '../workspace/view.js';

export class KmsJSON extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, name: {}, value: { attribute: false }, open: { type: Boolean }, told: { state: true } };
  static override styles = [base, css`
    pre { background: var(--raised); padding: 8px; border-radius: 4px; font-size: var(--small); max-height: 320px; white-space: pre-wrap; overflow-wrap: anywhere; margin-block-start: 2px; }
  `];

  declare name: string;
  declare value: unknown;
  declare open: boolean;
  declare told: '' | 'copied' | 'notCopied';

  constructor() {
    super();
    this.name = '';
    this.open = false;
    this.told = '';
  }

  protected override render() {
    const words = text().decision.json;
    return html`<details ?open=${this.open}><summary>${this.name}</summary>
      <pre tabindex="0" aria-label=${this.name}>${this.#json()}</pre>
      <div class="row"><button @click=${() => this.#copy()} aria-label=${words.copyOne(this.name)}>${words.copy}</button>
        <span class="small" aria-live="polite">${this.told && words[this.told]}</span></div></details>`;
  }

  #json(): string {
    return JSON.stringify(this.value, null, 2);
  }

  async #copy(): Promise<void> {
    this.told = (await copy(this.#json())) ? 'copied' : 'notCopied';
  }
}
