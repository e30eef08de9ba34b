// Which language the page speaks: what the author of the page asks for, what the person chose here, else the browser's.

import { speak, text, type Language } from '../text/text.js';
import type { WorkspaceState } from './state.js';
import { personStore } from './storage.js';

/** The language that a tag names, as "ja" for "ja-JP"; undefined for one that the page does not speak. */
function languageOf(tag: string): Language | undefined {
  return (['en', 'ja'] as const).find((language) => new RegExp(`^${language}(-|$)`, 'i').test(tag));
}

/** The language to begin with. asked is an attribute or part of an address, and may be anything. */
export function firstLanguage(asked: string): Language {
  const tags = [asked, personStore.get('language') ?? '', ...(globalThis.navigator?.languages ?? [])];
  return tags.map(languageOf).find((language) => language !== undefined) ?? 'en';
}

/** Remembers what the person chose, and takes another wish out of the page's address. */
export function rememberLanguage(language: Language, ownsAddress: boolean): void {
  personStore.set('language', language);
  if (!ownsAddress || languageAsked(location.search) === '') return;
  const address = new URL(location.href);
  address.searchParams.delete('language');
  history.replaceState(history.state, '', address);
}

/** The language that an address asks for: "?language=ja". */
export function languageAsked(search: string): string {
  return new URLSearchParams(search).get('language') ?? '';
}

/** Speaks a language instead of another, empty at the start. What was told in the other is not told again. */
export async function speakIn(language: Language, before: Language | '', set: (change: Partial<WorkspaceState>) => void): Promise<void> {
  try {
    const ready = speak(language);
    if (language !== 'en') await ready; // English is there already
    set({ language, notice: null });
  } catch {
    set({ language: before || 'en', notice: { kind: 'error', text: text().workspace.noLanguage } });
  }
}
