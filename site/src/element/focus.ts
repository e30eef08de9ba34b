// Where the focus goes when what had it goes away: a button that was pressed and is gone, a pane that made room for
// another. Without this it falls to the page's beginning, and who works by keyboard or by ear is lost.

import type { ReactiveController } from 'lit';
import type { LitElement } from 'lit';

// What can stand for a thing that was in it.
const places = 'section, header, [role="tabpanel"], [role="log"], dialog, [popover], .pane';

// What a person does with what has the focus. Events of the focus itself do not leave the shadow root in which it moves.
const acts = ['click', 'keydown'] as const;

export class FocusKeeper implements ReactiveController {
  readonly #host: LitElement;
  readonly #fallback: () => HTMLElement | null;
  /** What had the focus, and what it was in, up to the host. */
  #path: readonly Element[] = [];
  #frame = 0;

  /** fallback is where the focus goes when every place around is gone too. */
  constructor(host: LitElement, fallback: () => HTMLElement | null) {
    this.#host = host;
    this.#fallback = fallback;
    host.addController(this);
  }

  hostConnected(): void {
    for (const act of acts) this.#host.addEventListener(act, this.#onAct, { capture: true });
  }

  hostDisconnected(): void {
    for (const act of acts) this.#host.removeEventListener(act, this.#onAct, { capture: true });
    cancelAnimationFrame(this.#frame);
  }

  hostUpdated(): void {
    this.#look();
  }

  readonly #onAct = (event: Event): void => {
    const path = event.composedPath();
    this.#path = path.slice(0, path.indexOf(this.#host)).filter((at) => at instanceof Element);
    const focused = this.#path.findIndex((at) => at.matches(':focus'));
    this.#path = focused < 0 ? [] : this.#path.slice(focused);
    this.#look();
  };

  // The views draw first; two frames later the browser has taken the focus from what is not there any more.
  #look(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => { this.#frame = requestAnimationFrame(() => this.#mend()); });
  }

  #mend(): void {
    const [last] = this.#path;
    // Something else has it, or the person left what is still there.
    if (!last || isThere(last)) return;
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (active && active !== document.body && active !== last && isThere(active)) return;
    const place = this.#path.find((at) => at instanceof HTMLElement && at.matches(places) && isThere(at)) ?? this.#fallback();
    this.#path = [];
    if (!(place instanceof HTMLElement)) return;
    place.tabIndex = -1;
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
    place.focus({ preventScroll: true });
  }
}

function isThere(element: Element): boolean {
  return element.isConnected && element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled');
}
