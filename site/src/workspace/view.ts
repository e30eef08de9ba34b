// What every view of the workspace shares: it draws again when the workspace changes.

import { LitElement, type CSSResultGroup, type PropertyValues } from 'lit';
import base from './base.js';
import { initialState, type WorkspaceState } from './state.js';
import { inTurn, isLarge } from './turns.js';
import type { Workspace } from './workspace.js';

export class WorkspaceView extends LitElement {
  static override properties = { workspace: { attribute: false } };
  static override styles: CSSResultGroup = base;

  declare workspace: Workspace | undefined;
  #watched: Workspace | undefined;
  #from: readonly unknown[] | null = null;
  #large = false;
  readonly #onChange = () => {
    const before = this.#from;
    const from = this.drawnFrom(this.state);
    this.#from = from && [...from, this.state.language];
    if (!this.#from?.every((value, i) => value === before?.[i])) this.requestUpdate();
  };

  get state(): WorkspaceState {
    return this.workspace?.state ?? initialState;
  }

  /** The parts of the state that the view is drawn from; null for all. While none of them changes, it stays as it is. */
  protected drawnFrom(_state: WorkspaceState): readonly unknown[] | null {
    return null;
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    const wasLarge = this.#large; // to take away what was drawn is work too
    this.#large = isLarge(this.state.session);
    return wasLarge || this.#large ? inTurn(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch(this.workspace);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch(undefined);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('workspace') && this.isConnected) this.#watch(this.workspace);
  }

  #watch(workspace: Workspace | undefined): void {
    if (workspace === this.#watched) return;
    this.#watched?.removeEventListener('change', this.#onChange);
    workspace?.addEventListener('change', this.#onChange);
    this.#watched = workspace;
  }
}
