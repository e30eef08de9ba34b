// Scenario files that a person chose or dropped.

import { text } from '../text/text.js';

// Bytes.
const longest = 4_000_000;

/** The text of a file, or why it is none. */
export async function textOfFile(file: File): Promise<{ readonly content: string } | { readonly refused: string }> {
  const { tooLarge, noText } = text().workspace.files;
  if (file.size > longest) return { refused: tooLarge(file.name) };
  try {
    const content = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return content.includes('\0') ? { refused: noText(file.name) } : { content };
  } catch {
    return { refused: noText(file.name) };
  }
}
