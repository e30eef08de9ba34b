// What the parts of the key panel share: what is known of the selected key, and calls about it.

import type { KeyDetail, KeyView } from '../engine/messages.js';
import { selectedKey } from '../workspace/state.js';
import type { Plan } from './acting.js';
import { nameOf } from './names.js';
import { PanelView } from './panel-view.js';

export class KeyPart extends PanelView {
  static override properties = { ...PanelView.properties, detail: { attribute: false } };

  /** What the session does not say of the key; null until it is known. */
  declare detail: KeyDetail | null;

  constructor() {
    super();
    this.detail = null;
  }

  protected get selected(): KeyView | undefined {
    return selectedKey(this.state);
  }

  /** A call that names a key as who acts has to. */
  protected callOn(key: KeyView, operation: string, input: Readonly<Record<string, unknown>> = {}): Plan {
    return this.callBeside(key, operation, { KeyId: this.nameOf(key), ...input });
  }

  /** A call in a key's Region. */
  protected callBeside(key: KeyView, operation: string, input: Readonly<Record<string, unknown>>): Plan {
    return { operation, input, region: key.Region === this.state.session?.Region ? '' : key.Region };
  }

  protected nameOf(key: KeyView): string {
    return nameOf(key, this.state.session, this.as);
  }
}
