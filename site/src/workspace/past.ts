// What a session knows besides its document - what can be undone, what was undone, the branches, the texts that AWS
// refused - packed to be kept beside the document: of a branch only what it does not share with the document, of an edit
// only what is still to be shown. It says of which document it is; with any other it is nothing.

import type { Branch, Draft, HistoryView, Mark, Stretch } from '../engine/messages.js';

const version = 1;

// Characters.
const longest = 4_000_000;

type PackedMark = readonly [length: number, edit: string];
type PackedBranch = readonly [shared: number, rest: string, opened: number, marks: readonly PackedMark[]];
type PackedDraft = readonly [policy: string, text: string | null, length: number];
type Packed = readonly [
  version: number, document: string, opened: number, marks: readonly PackedMark[], undone: readonly (readonly [string, string])[],
  branches: readonly PackedBranch[], drafts: readonly PackedDraft[],
];

/** Packs the past of a document. */
export function packed(document: string, { Opened, Marks, Undone, Branches, Drafts }: HistoryView): string {
  const marks = (list: readonly Mark[]) => list.map(({ Length, Edit }): PackedMark => [Length, Edit]);
  return JSON.stringify([
    version, sumOf(document), Opened, marks(Marks), Undone.map(({ Text, Edit }) => [Text, Edit] as const),
    Branches.map((branch) => [...withoutShared(branch.Text, document), branch.Opened, marks(branch.Marks)] as const),
    Drafts.map(({ Policy, Text, Refused, Length }) => [Policy, Refused ? Text : null, Length] as const),
  ] satisfies Packed);
}

/** The past of a document; null when there is none that can be read, or it is that of another document. */
export function unpacked(text: string, document: string): HistoryView | null {
  const value = text && text.length <= longest ? parsed(text) : null;
  if (!isPacked(value) || value[0] !== version || value[1] !== sumOf(document)) return null;
  const [, , Opened, marks, undone, branches, drafts] = value;
  return {
    Opened, Marks: marks.map(markOf), Undone: undone.map(([Text, Edit]): Stretch => ({ Text, Edit })),
    Branches: branches.map(([shared, rest, opened, its]): Branch => ({ Text: document.slice(0, shared) + rest, Opened: opened, Marks: its.map(markOf) })),
    Drafts: drafts.map(([Policy, Text, Length]): Draft => ({ Policy, Text: Text ?? '', Refused: Text !== null, Length })),
  };
}

function markOf([Length, Edit]: PackedMark): Mark {
  return { Length, Edit };
}

function withoutShared(text: string, document: string): readonly [number, string] {
  let shared = 0;
  while (shared < text.length && text.charCodeAt(shared) === document.charCodeAt(shared)) shared++;
  return [shared, text.slice(shared)];
}

// FNV-1a: tells a document from one that another tab, or a write that failed, left beside it.
function sumOf(document: string): string {
  let sum = 0x811c9dc5;
  for (let i = 0; i < document.length; i++) sum = Math.imul(sum ^ document.charCodeAt(i), 0x01000193);
  return `${document.length}-${(sum >>> 0).toString(36)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // something else wrote there
  }
}

// What is stored may have been written by anybody.
function isPacked(value: unknown): value is Packed {
  if (!Array.isArray(value) || value.length !== 7) return false;
  const [, , opened, marks, undone, branches, drafts] = value as unknown[];
  return isCount(opened) && isMarks(marks) && isListOf(undone, (one) => isText(one[0]) && isText(one[1]))
    && isListOf(branches, (one) => isCount(one[0]) && isText(one[1]) && isCount(one[2]) && isMarks(one[3]))
    && isListOf(drafts, (one) => isText(one[0]) && (one[1] === null || isText(one[1])) && isCount(one[2]));
}

function isMarks(value: unknown): boolean {
  return isListOf(value, (one) => isCount(one[0]) && isText(one[1]));
}

function isListOf(value: unknown, isOne: (one: readonly unknown[]) => boolean): boolean {
  return Array.isArray(value) && value.every((one) => Array.isArray(one) && isOne(one));
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
