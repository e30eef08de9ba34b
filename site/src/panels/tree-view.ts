// A list of things, one of which is open for changes in its place. What an action came to is told there, or at the top
// once the thing is gone.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { text } from '../text/text.js';
import { WorkspaceView } from '../workspace/view.js';
import { Acting } from './acting.js';

export class TreeView extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, open: { state: true }, failure: { state: true } };

  /** What is open, by its ARN or id; empty for nothing. */
  declare open: string;
  declare failure: string;
  protected readonly acting = new Acting(this, () => '');
  #drawn = false;

  constructor() {
    super();
    this.open = '';
    this.failure = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#drawn = false;
  }

  /** The button that opens a thing for changes. */
  protected opener(id: string, name: string, load: () => Promise<void>): TemplateResult {
    return html`<button class="link small edit" aria-label=${text().panels.explorer.editNamed(name)} aria-expanded=${this.open === id}
      @click=${() => this.toggle(id, load)}>${text().panels.explorer.edit}</button>`;
  }

  protected async toggle(id: string, load: () => Promise<void>): Promise<void> {
    this.acting.clear();
    this.failure = '';
    const open = this.open === id ? '' : id;
    try {
      if (open) await load();
      this.open = open;
    } catch {
      this.failure = text().panels.key.notLoaded;
    }
  }

  /** What is open under a thing. */
  protected opened(id: string, editor: () => TemplateResult): TemplateResult | typeof nothing {
    if (this.open !== id || this.#drawn) return nothing;
    this.#drawn = true;
    return html`<div class="opened">${this.acting.template()}${editor()}</div>`;
  }

  /** What the last action came to, where the thing it was about is gone: to be drawn after the things. */
  protected rest(): TemplateResult | typeof nothing {
    return html`${this.#drawn ? nothing : this.acting.template()}${this.failure ? html`<p class="denied small" role="alert">${this.failure}</p>` : nothing}`;
  }
}
