// What the page says about keeping the work.

import { text } from '../text/text.js';
import type { Notice } from './state.js';

/** Where an entry went: "full" and "none" say why it is only in this tab's memory. */
export type Kept = 'browser' | 'full' | 'none';

/** The zero Keeping is a document that was not changed yet. */
export interface Keeping {
  /** The scenario that the session is kept in; empty while there is nothing to keep. */
  readonly id: string;
  readonly name: string;
  readonly where: Kept | '';
  /** Another tab has written the scenario since this one read it. Until it is settled, this tab writes nothing. */
  readonly conflict: boolean;
}

export const notKept: Keeping = { id: '', name: '', where: '', conflict: false };

/** Says where work is kept that was left for something else; null when there is none. */
export function keptNotice({ id, name, where }: Keeping): Notice | null {
  if (!id) return null;
  const { kept, keptInTab } = text().workspace.keeping;
  return { kind: 'info', text: (where === 'browser' ? kept : keptInTab)(name), scenario: id };
}
