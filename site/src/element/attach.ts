// The way to the world of the local endpoint, where the page was served by one.

import { css, html, nothing } from 'lit';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { WorkspaceView } from '../workspace/view.js';

/** The server of the endpoint says so with the page; asking it would fail everywhere else. */
function hasEndpoint(): boolean {
  const [page] = performance.getEntriesByType('navigation');
  return page instanceof PerformanceNavigationTiming && (page.serverTiming ?? []).some((entry) => entry.name === 'attach');
}

export class KmsAttach extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, attached: { state: true } };
  static override styles = [base, css`
    :host { display: contents; }
    dialog { width: min(1200px, 96vw); height: min(800px, 92vh); padding: 0; border: 1px solid var(--edge); border-radius: 6px;
      background: var(--surface); color: var(--text); }
    dialog[open] { display: grid; grid-template-rows: auto minmax(0, 1fr); }
    header { display: flex; align-items: center; justify-content: space-between; padding: 6px 12px; border-bottom: 1px solid var(--line); }
    h2 { margin: 0; font-size: var(--size); }
  `];

  declare attached: boolean;

  constructor() {
    super();
    this.attached = false;
  }

  protected override render() {
    if (!hasEndpoint()) return nothing;
    const words = text().element.attach;
    return html`<button @click=${() => this.#attach()}>${words.attach}</button>
      <dialog aria-labelledby="title" @close=${() => { this.attached = false; }}>
        <header><h2 id="title">${words.attached(location.host)}</h2><button @click=${() => this.#dialog?.close()}>${words.detach}</button></header>
        ${this.attached ? html`<kms-attached .workspace=${this.workspace}></kms-attached>` : nothing}
      </dialog>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  async #attach(): Promise<void> {
    await defineWhenLoaded('kms-attached', async () => (await import('../decision/attached-view.js')).KmsAttached);
    this.attached = true;
    this.#dialog?.showModal();
  }
}
