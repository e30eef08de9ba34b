// "Export as HTML": the playground with the scenario as one file. Loaded when it is wanted; the file is made at once, so
// that its size is seen before it is saved.

import { css, html } from 'lit';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { fileName } from '../workspace/keeper.js';
import { WorkspaceView } from '../workspace/view.js';
import { save } from './save.js';
import { singlePage } from './single.js';

export class KmsExport extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, file: { state: true }, failure: { state: true } };
  static override styles = [base, css`:host { display: grid; gap: 8px; border-top: 1px solid var(--line); padding-top: 8px; grid-template-columns: minmax(0, 1fr); }`];

  declare file: Blob | null;
  declare failure: string;
  #name = '';

  constructor() {
    super();
    this.file = null;
    this.failure = '';
  }

  // Not when it is connected: what was set before the element was defined arrives with the first update.
  protected override firstUpdated(): void {
    void this.#make();
  }

  protected override render() {
    const words = text().element.exporting;
    return html`<p class="small" aria-live="polite">${this.failure ? html`<span class="denied">${words.failed(this.failure)}</span>`
      : this.file ? words.ready((this.file.size / 1e6).toFixed(1)) : words.making}</p>
      <div><button class="main" ?disabled=${!this.file} @click=${() => this.#save()}>${words.save}</button></div>`;
  }

  #save(): void {
    if (!this.file) return;
    save(this.file, this.#name);
    this.workspace?.saved('file');
  }

  async #make(): Promise<void> {
    await this.workspace?.flush();
    const { session, keeping, language } = this.state;
    if (!session) return;
    const title = keeping.name || session.Title;
    this.#name = fileName(title).replace(/\.md$/, '.html');
    try {
      this.file = await singlePage({ document: session.Document, title, language });
    } catch (cause) {
      this.failure = cause instanceof Error ? cause.message : String(cause);
    }
  }
}
