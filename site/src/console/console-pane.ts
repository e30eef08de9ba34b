// The console's place: closed it is one line; the shell in it is loaded when it is first opened.

import { css, html, nothing, type PropertyValues } from 'lit';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { WorkspaceView } from '../workspace/view.js';

export class KmsConsolePane extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, open: { type: Boolean, reflect: true } };
  static override styles = [base, css`
    section { display: flex; flex-direction: column; height: 100%; min-height: 0; }
    :host(:not([open])) section { justify-content: center; }
    .toggle { display: flex; gap: 6px; width: 100%; background: none; border: 0; border-radius: 0; padding: 4px 12px; font-size: var(--head); font-weight: 650; color: var(--muted); }
    .toggle:focus-visible { outline-offset: -2px; }
    .toggle:hover { color: var(--text); }
    h2 { flex: none; }
    kms-shell { flex: 1; min-height: 0; }
  `];

  declare open: boolean;
  #wished = false;

  constructor() {
    super();
    this.open = false;
  }

  protected override render() {
    return html`<section aria-label=${text().console.pane.title}>
      <h2><button class="toggle" aria-expanded=${this.open} @click=${() => { this.open = !this.open; }}
        ><span aria-hidden="true">${this.open ? '▾' : '▸'}</span>${text().console.pane.title}</button></h2>
      ${this.open ? html`<kms-shell .workspace=${this.workspace}></kms-shell>` : nothing}
    </section>`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // A person who goes to this pane wants it open; where all panes are side by side they can close it again.
    const wished = this.state.pane === 'console';
    if (wished && !this.#wished) this.open = true;
    this.#wished = wished;
    if (this.open) void defineWhenLoaded('kms-shell', async () => (await import('./shell.js')).KmsShell);
  }
}
