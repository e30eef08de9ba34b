// The lines between panes that can be moved: by dragging, by arrow keys, Home and End; double click and Enter put a
// pane back to the size that the window gives it. While one drags, only custom properties of the style change; the
// grid in layout.css keeps every pane at least as large as it must be, whatever is wished.

import { html, type ReactiveController } from 'lit';
import type { LitElement } from 'lit';
import { text } from '../text/text.js';
import { rememberedLayout, rememberLayout, resizable, type Layout, type Resizable } from '../workspace/layout.js';

interface Part {
  readonly pane: string;
  /** The pane that gives and takes the room, and what must be left of it in pixels. */
  readonly from: string;
  readonly leaves: number;
  readonly axis: 'x' | 'y';
  /** Whether the pane grows when the line goes right or down; else when it goes left or up. */
  readonly forward: boolean;
  /** Pixels below which the pane does not go. */
  readonly least: number;
  /** Whether it can be put away altogether. */
  readonly away: boolean;
}

const parts: Readonly<Record<Resizable, Part>> = {
  side: { pane: '.side', from: 'kms-policy-editor', leaves: 320, axis: 'x', forward: true, least: 180, away: true },
  key: { pane: 'kms-key-panel', from: 'kms-explorer', leaves: 80, axis: 'y', forward: false, least: 80, away: false },
  inspector: { pane: 'kms-inspector', from: 'kms-policy-editor', leaves: 320, axis: 'x', forward: false, least: 240, away: true },
  matrix: { pane: 'kms-inspector', from: 'kms-policy-editor', leaves: 320, axis: 'x', forward: false, least: 240, away: true },
  request: { pane: 'kms-request-form', from: 'kms-policy-editor', leaves: 140, axis: 'y', forward: false, least: 62, away: false },
  decision: { pane: '.decision', from: 'kms-policy-editor', leaves: 140, axis: 'y', forward: false, least: 96, away: false },
  time: { pane: 'kms-time-line', from: 'kms-policy-editor', leaves: 140, axis: 'y', forward: false, least: 120, away: false },
  console: { pane: 'kms-console-pane', from: 'kms-policy-editor', leaves: 140, axis: 'y', forward: false, least: 120, away: false },
};

// Pixels that an arrow key moves a line; with Shift, four times as far.
const step = 16;

interface Drag {
  readonly part: Resizable;
  /** Where the pointer was, and how large the pane was. */
  readonly at: number;
  readonly size: number;
  readonly most: number;
}

export class Splitters implements ReactiveController {
  readonly #host: LitElement;
  #layout: Layout = rememberedLayout();
  #drag: Drag | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The line at the edge of a pane. */
  line(part: Resizable) {
    const { axis, least, away } = parts[part];
    return html`<div class="split ${axis}" role="separator" tabindex="0" data-part=${part} aria-label=${text().element.splitters[part]}
      aria-orientation=${axis === 'x' ? 'vertical' : 'horizontal'} aria-valuemin=${away ? 0 : least} title=${text().element.splitters.help}
      @pointerdown=${(e: PointerEvent) => this.#start(part, e)} @pointermove=${(e: PointerEvent) => this.#move(e)}
      @pointerup=${() => this.#end()} @pointercancel=${() => this.#end()} @lostpointercapture=${() => this.#end()}
      @dblclick=${() => this.#set(part, undefined)} @keydown=${(e: KeyboardEvent) => this.#key(part, e)}></div>`;
  }

  /** Gives every pane the size that the window gives it. */
  reset(): void {
    this.#keep({});
  }

  hostUpdated(): void {
    for (const part of resizable) this.#style(part, this.#layout[part]);
    this.measure();
  }

  /** Tells assistive technology how large the panes are now. */
  measure(): void {
    for (const line of this.#all('[role="separator"]')) {
      const part = line.dataset['part'] as Resizable;
      const size = this.#size(part);
      line.setAttribute('aria-valuenow', String(size));
      line.setAttribute('aria-valuemax', String(this.#most(part, size)));
      line.setAttribute('aria-valuetext', size === 0 ? text().element.splitters.away : text().element.splitters.pixels(size));
    }
  }

  #all(selector: string): NodeListOf<HTMLElement> {
    return this.#host.renderRoot.querySelectorAll<HTMLElement>(selector);
  }

  #size(part: Resizable): number {
    return this.#extent(part, parts[part].pane);
  }

  #extent(part: Resizable, selector: string): number {
    const box = this.#all(selector)[0]?.getBoundingClientRect();
    return Math.round((parts[part].axis === 'x' ? box?.width : box?.height) ?? 0);
  }

  #most(part: Resizable, size: number): number {
    return Math.max(size, size + this.#extent(part, parts[part].from) - parts[part].leaves);
  }

  /** A size that the pane can have: below half of the least it is put away, where that can be. */
  #possible(part: Resizable, size: number, most: number): number {
    const { least, away } = parts[part];
    if (away && size < least / 2) return 0;
    return Math.round(Math.min(Math.max(size, least), Math.max(most, least)));
  }

  #start(part: Resizable, event: PointerEvent): void {
    if (event.button !== 0) return;
    const line = event.currentTarget as HTMLElement;
    line.setPointerCapture(event.pointerId);
    const size = this.#size(part);
    this.#drag = { part, at: parts[part].axis === 'x' ? event.clientX : event.clientY, size, most: this.#most(part, size) };
  }

  #move(event: PointerEvent): void {
    const drag = this.#drag;
    if (!drag) return;
    const { axis, forward } = parts[drag.part];
    const moved = (axis === 'x' ? event.clientX : event.clientY) - drag.at;
    if (moved === 0) return;
    const size = this.#possible(drag.part, drag.size + (forward ? moved : -moved), drag.most);
    this.#layout = { ...this.#layout, [drag.part]: size };
    this.#style(drag.part, size);
  }

  #end(): void {
    if (!this.#drag) return;
    this.#drag = undefined;
    this.#keep(this.#layout);
  }

  #key(part: Resizable, event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { axis, forward, least, away } = parts[part];
    const [less, more] = axis === 'x' ? ['ArrowLeft', 'ArrowRight'] as const : ['ArrowUp', 'ArrowDown'] as const;
    const size = this.#size(part);
    const by = (forward ? 1 : -1) * (event.shiftKey ? 4 * step : step);
    switch (event.key) {
      case less: this.#set(part, this.#stepped(part, size, size - by)); break;
      case more: this.#set(part, this.#stepped(part, size, size + by)); break;
      case 'Home': this.#set(part, away ? 0 : least); break;
      case 'End': this.#set(part, this.#most(part, size)); break;
      case 'Enter': this.#set(part, undefined); break;
      default: return;
    }
    event.preventDefault();
  }

  /** Where a step leads: at its least a pane stops first, then it is put away, and comes back at its least. */
  #stepped(part: Resizable, size: number, wanted: number): number {
    const { least, away } = parts[part];
    if (wanted >= least) return Math.min(wanted, Math.max(this.#most(part, size), least));
    return away && size <= least && wanted < size ? 0 : least;
  }

  #set(part: Resizable, size: number | undefined): void {
    const { [part]: _, ...rest } = this.#layout;
    this.#keep(size === undefined ? rest : { ...rest, [part]: size });
  }

  #keep(layout: Layout): void {
    this.#layout = layout;
    rememberLayout(layout);
    this.#host.requestUpdate();
  }

  #style(part: Resizable, size: number | undefined): void {
    const bench = this.#all('.bench')[0];
    if (size === undefined) bench?.style.removeProperty(`--${part}`);
    else bench?.style.setProperty(`--${part}`, `${size}px`);
    bench?.toggleAttribute(`data-no-${part}`, size === 0);
  }
}
