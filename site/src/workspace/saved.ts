// The last time that a person saved the work: as a file, under a name, by sharing a link. The matrix compares with that.

import { tabStore } from './storage.js';

export interface Saved {
  /** The document as it was. */
  readonly document: string;
  /** Milliseconds since 1970, of the person's clock. */
  readonly at: number;
  readonly as: 'file' | 'scenario' | 'link';
}

/** The tab remembers it for a reload. */
export function keepSaved(saved: Saved | null): void {
  tabStore.set('saved', saved ? JSON.stringify(saved) : '');
}

export function keptSaved(): Saved | null {
  try {
    const saved = JSON.parse(tabStore.get('saved') || 'null') as Partial<Saved> | null;
    const there = typeof saved?.document === 'string' && Number.isSafeInteger(saved.at) && ['file', 'scenario', 'link'].includes(saved.as ?? '');
    return there ? saved as Saved : null;
  } catch {
    return null; // something else wrote there
  }
}
