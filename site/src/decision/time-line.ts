// Past requests in order. Choosing one shows its decision.

import { css, html, nothing, type PropertyValues } from 'lit';
import type { RequestView } from '../engine/messages.js';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { clock, shape } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';
import { requestTone, requestWord } from './verdict.js';

export class KmsTimeLine extends WorkspaceView {
  static override styles = [base, css`
    section { display: flex; align-items: center; gap: 12px; padding: 4px 12px; min-width: 0; }
    ol { display: flex; gap: 2px; overflow-x: auto; scrollbar-width: thin; min-width: 0; }
    li { flex: none; }
    button { display: flex; align-items: center; gap: 2px; background: none; border-color: transparent; padding: 2px 6px; font-size: var(--small); }
    button:hover { background: var(--raised); }
    button[aria-current="true"] { background: var(--accent-soft); border-color: var(--accent); }
    .word { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    li { position: relative; }
  `];

  #count = 0;

  protected override render() {
    const requests = this.state.session?.Requests ?? [];
    const words = text().decision.timeLine;
    return html`<section aria-label=${words.title.replace('\u00a0', ' ')}>
      <h2>${words.title}</h2>
      ${requests.length ? html`<ol>${requests.map((request) => this.#request(request))}</ol>`
        : html`<span class="muted small">${words.none}</span>`}
    </section>`;
  }

  #request(request: RequestView) {
    const tone = requestTone(request);
    const words = text().decision.timeLine;
    const about = words.about(clock(request.Time), request.Label, request.Resource);
    return html`<li><button aria-current=${request.Index === this.state.shown?.index ? 'true' : nothing}
      title=${words.titled(requestWord(request), about)} @click=${() => this.workspace?.show(request.Index)}>
      ${shape(tone)}<span class="word">${words.verdict(requestWord(request))}</span>${request.Operation}</button></li>`;
  }

  // A new request is at the end, which is what one wants to see.
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const count = this.state.session?.Requests.length ?? 0;
    if (count === this.#count) return;
    this.#count = count;
    const list = this.renderRoot.querySelector('ol');
    if (list) list.scrollLeft = list.scrollWidth;
  }
}
