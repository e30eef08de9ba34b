// The words of the page, in the language that the person chose. Every string that a person reads stands in en/ and in
// ja/, one file for each room of the site; the compiler finds what one of the two lacks.

import { en } from './en.js';

export type Texts = typeof en;
export type Language = 'en' | 'ja';

let current: Texts = en;

/** The strings of the language in use: text().panels.retire. Views read them while they draw, and never keep them. */
export function text(): Texts {
  return current;
}

/** Changes the language. Japanese is loaded when it is first wanted; whoever calls draws the views again. */
export async function speak(language: Language): Promise<void> {
  current = language === 'ja' ? (await import('./ja.js')).ja : en;
}
