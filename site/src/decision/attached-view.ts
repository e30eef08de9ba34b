// The calls that AWS clients make to the endpoint which served the page, as they come in, and why each was allowed or
// denied. The endpoint says nothing of what it answered, only of what it decided.

import { css, html, nothing, type PropertyValues } from 'lit';
import type { Answer, Place } from '../engine/messages.js';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { clock, shape, shortARN } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';
import { checksOf, detailStyles, json, verdictLine, type Places } from './detail.js';
import explanationStyles from './explanation-styles.js';
import { headline } from './verdict.js';

/** A call as the endpoint tells of it. */
interface Seen {
  readonly Number: number;
  /** RFC 3339 */
  readonly Time: string;
  readonly Service: string;
  readonly Operation: string;
  readonly Region: string;
  readonly Answer: Answer;
}

/** Milliseconds between two questions for new calls. */
const interval = 1000;
/** How many calls are kept. */
const most = 500;

export class KmsAttached extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, calls: { state: true }, chosen: { state: true }, problem: { state: true }, policy: { state: true } };
  static override styles = [base, explanationStyles, detailStyles, css`
    :host { display: grid; grid-template-columns: minmax(200px, 280px) minmax(0, 1fr); min-height: 0; height: 100%; }
    .calls { overflow: auto; border-inline-end: 1px solid var(--line); }
    .calls li button { width: 100%; text-align: start; border: 0; border-radius: 0; background: none; padding: 4px 12px; display: grid; gap: 0; }
    .calls li button[aria-current="true"] { background: var(--accent-soft); }
    .calls p { padding: 8px 12px; }
    section { overflow: auto; grid-auto-rows: max-content; }
    pre { overflow: auto; margin: 0; }
    .word-of { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    mark { background: var(--accent-soft); color: inherit; display: block; }
    @media (max-width: 640px) { :host { grid-template: minmax(80px, 30%) minmax(0, 1fr) / minmax(0, 1fr); } }
  `];

  declare calls: readonly Seen[];
  /** Number of the call on show; 0 for always the newest. */
  declare chosen: number;
  declare problem: boolean;
  /** The policy on show, with the line that matters. */
  declare policy: { readonly name: string; readonly text: string; readonly line: number } | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.calls = [];
    this.chosen = 0;
    this.problem = false;
    this.policy = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const after = this.calls.at(-1)?.Number ?? 0;
    try {
      const { Calls: calls } = await fetched<{ readonly Calls: readonly Seen[] }>(`attach/calls?after=${after}`);
      if (calls.length) this.calls = [...this.calls, ...calls].slice(-most);
      this.problem = false;
    } catch {
      this.problem = true;
    }
    if (this.isConnected) this.#timer = setTimeout(() => void this.#ask(), interval);
  }

  protected override render() {
    const shown = this.calls.find((call) => call.Number === this.chosen) ?? this.calls.at(-1);
    const words = text().decision.attached;
    return html`<nav class="calls" aria-label=${words.calls}>
        ${this.problem ? html`<p class="denied small">${words.noAnswer}</p>` : nothing}
        ${this.calls.length ? html`<ol reversed>${[...this.calls].reverse().map((call) => this.#call(call, call === shown))}</ol>`
          : html`<p class="muted small">${words.none}</p>`}
      </nav>
      <section aria-label=${words.decision}>
        ${verdictLine(undefined, shown?.Answer, nothing)}
        ${shown ? this.#whole(shown) : html`<p class="muted">${words.empty(location.origin)}</p>`}
      </section>`;
  }

  #call(call: Seen, shown: boolean) {
    const { word, tone } = headline(undefined, call.Answer);
    const words = text().decision.attached;
    return html`<li><button aria-current=${shown ? 'true' : nothing} @click=${() => this.#choose(call.Number)}>
      <span>${shape(tone)}<span class="word-of">${words.called(text().decision.verdict.words[word])}</span>${call.Service}:${call.Operation}</span>
      <span class="small muted">${clock(call.Time)} ${shortARN(call.Answer.Principal) || words.unknownCaller}</span></button></li>`;
  }

  #choose(number: number): void {
    this.chosen = number;
    this.policy = null;
  }

  #whole(call: Seen) {
    const words = text().decision.attached;
    return html`<p class="small muted break">${words.call(`${call.Service}:${call.Operation}`, call.Region, call.Answer.Principal)}</p>
      ${this.policy ? html`<h3 class="break">${this.policy.name}</h3>
        <pre tabindex="0" aria-label=${words.policy(this.policy.name)}>${this.policy.text.split('\n').map((line, i) =>
          i + 1 === this.policy?.line ? html`<mark>${line}</mark>` : `${line}\n`)}</pre>` : nothing}
      ${checksOf(call.Answer, this.#places)}
      ${json(text().decision.view.event, call.Answer.Event)}`;
  }

  readonly #places: Places = { name: (id) => id, reveal: (place) => void this.#reveal(place) };

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('policy')) this.renderRoot.querySelector('mark')?.scrollIntoView({ block: 'center' });
  }

  async #reveal({ PolicyID: id, Line: line }: Pick<Place, 'PolicyID' | 'Line'>): Promise<void> {
    try {
      const { Text: content } = await fetched<{ readonly Text: string }>(`attach/policy?id=${encodeURIComponent(id)}`);
      this.policy = { name: id, text: content, line };
    } catch {
      this.policy = { name: id, text: text().decision.attached.noPolicy, line: 0 };
    }
  }
}

async function fetched<T>(address: string): Promise<T> {
  const response = await fetch(address, { cache: 'no-store' });
  if (!response.ok) throw new Error(await response.text());
  return await response.json() as T;
}
