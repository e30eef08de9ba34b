// What every view of the workspace shares: it draws again when the workspace changes.

import { LitElement, type CSSResultGroup, type PropertyValues } from 'lit';
import base from './base.js';
import { initialState, type WorkspaceState } from './state.js';
import type { Workspace } from './workspace.js';

export class WorkspaceView extends LitElement {
  static override properties = { workspace: { attribute: false } };
  static override styles: CSSResultGroup = base;

  declare workspace: Workspace | undefined;
  #watched: Workspace | undefined;
  readonly #onChange = () => this.requestUpdate();

  get state(): WorkspaceState {
    return this.workspace?.state ?? initialState;
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
