// The words of the page, in the language that the person chose. Every string that a person reads stands in en/ and in
// ja/, one file for each room of the site; the compiler finds what one of the two lacks.

import { en } from './en.js';

export type Texts = typeof en;
export type Language = 'en' | 'ja';

/** What each language calls itself. */
export const languages: Readonly<Record<Language, string>> = { en: 'English', ja: '日本語' };

let current: Texts = en;
let wanted: Language = 'en';

/** The strings of the language in use: text().panels.retire. Views read them while they draw, and never keep them. */
export function text(): Texts {
  return current;
}

/** A sentence that the engine wrote, which speaks English, in the language in use; one of AWS's own stays as it is. */
export function said(sentence: string): string {
  return current.said(sentence);
}

/** Changes the language. Japanese is loaded when it is first wanted; whoever calls draws the views again. */
export async function speak(language: Language): Promise<void> {
  wanted = language;
  const texts = language === 'ja' ? (await import('./ja.js')).ja : en;
  if (wanted === language) current = texts; // else another was asked for meanwhile
}
