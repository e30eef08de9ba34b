// How a text differs from another: in the editor, and as a list in words. It is loaded when it is first wanted.

import { Chunk, unifiedMergeView } from '@codemirror/merge';
import { Text, type Extension } from '@codemirror/state';

/** What was removed and added around a line of the text as it is now, from 1. */
export interface Difference {
  readonly line: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Shows in the editor what of another text is gone, and what is new. */
export function comparison(original: string): Extension {
  return unifiedMergeView({ original, mergeControls: false, gutter: true, syntaxHighlightDeletions: false });
}

export function differences(original: string, current: string): Difference[] {
  const [before, now] = [document(original), document(current)];
  return Chunk.build(before, now).map((chunk) => ({
    line: now.lineAt(Math.min(chunk.fromB, now.length)).number,
    removed: linesOf(before, chunk.fromA, chunk.endA, chunk.fromA < chunk.toA),
    added: linesOf(now, chunk.fromB, chunk.endB, chunk.fromB < chunk.toB),
  }));
}

function document(content: string): Text {
  return Text.of(content.split(/\r\n?|\n/));
}

function linesOf(content: Text, from: number, to: number, some: boolean): string[] {
  return some ? content.sliceString(from, Math.min(to, content.length)).split('\n') : [];
}
