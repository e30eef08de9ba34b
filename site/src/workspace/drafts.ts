// The texts that AWS refused, kept in the tab's memory beside the document, so that the editor shows them again when the
// page is loaded anew.

import type { Draft, State } from '../engine/messages.js';
import { tabStore } from './storage.js';

export function keepDrafts(session: State): void {
  tabStore.set('drafts', JSON.stringify(draftsOf(session)));
}

function draftsOf(session: State): Draft[] {
  return session.Policies.filter((policy) => policy.Refused).map((policy) => ({ Policy: policy.ID, Text: policy.Draft, Refused: true, Length: 0 }));
}

export function keptDrafts(): Draft[] {
  try {
    const kept: unknown = JSON.parse(tabStore.get('drafts') ?? '[]');
    return Array.isArray(kept) ? kept.filter(isDraft).map(({ Policy, Text }) => ({ Policy, Text, Refused: true, Length: 0 })) : [];
  } catch {
    return []; // something else wrote there
  }
}

function isDraft(value: unknown): value is Draft {
  const draft = value as Partial<Draft> | null;
  return typeof draft?.Policy === 'string' && typeof draft.Text === 'string';
}
