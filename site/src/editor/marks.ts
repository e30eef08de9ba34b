// How each statement of the policy in the editor answered the decision on show: a shape in the gutter of its first
// line, and the deciding lines highlighted.

import { RangeSet, RangeSetBuilder, StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker, type DecorationSet } from '@codemirror/view';
import type { Answer, Explanation, Place, StatementResult } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { utf16Offset } from '../engine/spans.js';
import { everyCheck } from '../workspace/state.js';

export interface Mark {
  readonly from: number; // UTF-16 offset of the statement
  readonly tone: 'allowed' | 'denied' | 'grey';
  readonly shape: string;
  readonly title: string;
  readonly deciding: boolean;
}

/**
 * The marks of one policy: each statement's answer at its first line, and the shape of the verdict at the places that
 * decided. Where several fall on one line, the one that says most gives the shape, and the words are those of all.
 */
export function marksOf(answer: Answer, policyID: string, content: string): Mark[] {
  const found = everyCheck(answer).flatMap((check) => [
    ...check.Layers.flatMap((layer) => layer.Policies).filter((policy) => policy.ID === policyID)
      .flatMap((policy) => policy.Statements.map((statement) => statementMark(check, statement, content))),
    ...check.Deciding.filter((place) => place.PolicyID === policyID && place.Line > 0).map((place) => decidingMark(check, place, content)),
  ]);
  const byLine = new Map<number, Mark>();
  for (const mark of found) {
    const line = content.lastIndexOf('\n', mark.from - 1);
    const before = byLine.get(line);
    byLine.set(line, before ? together(before, mark) : mark);
  }
  return [...byLine.values()].sort((a, b) => a.from - b.from);
}

function statementMark(check: Explanation, statement: StatementResult, content: string): Mark {
  const words = text().editor.marks;
  const tone = !statement.Applies ? 'grey' : statement.Effect === 'Deny' ? 'denied' : 'allowed';
  const delegates = tone === 'allowed' && statement.Relation === 'account' && !check.Principal.endsWith(':root');
  const shape = delegates ? '↪' : tone === 'allowed' ? '✓' : tone === 'denied' ? '✕' : '–';
  const word = delegates ? words.delegates : statement.Applies ? words.match : words.noMatch;
  return { from: utf16Offset(content, statement.Span.Start), tone, shape, title: words.statement(check.Action, word, said(statement.Reason)), deciding: false };
}

function decidingMark(check: Explanation, place: Place, content: string): Mark {
  const words = text().editor.marks;
  const allowed = check.Decision === 'Allow';
  return {
    from: utf16Offset(content, place.Span.Start), tone: allowed ? 'allowed' : 'denied', shape: allowed ? '✓' : '✕',
    title: (allowed ? words.allowedHere : check.Decision === '' ? words.noAllowHere : words.deniedHere)(check.Action), deciding: true,
  };
}

function together(before: Mark, mark: Mark): Mark {
  const most = weight(mark) > weight(before) ? mark : before;
  const titles = new Set([...before.title.split('\n'), mark.title]);
  return { ...most, title: [...titles].join('\n') };
}

function weight(mark: Mark): number {
  return (mark.deciding ? 2 : 0) + (mark.tone === 'grey' ? 0 : 1);
}

class StatementMarker extends GutterMarker {
  constructor(readonly mark: Mark) {
    super();
  }

  override eq(other: StatementMarker): boolean {
    return other.mark.shape === this.mark.shape && other.mark.title === this.mark.title && other.mark.deciding === this.mark.deciding;
  }

  override toDOM(): Node {
    const span = document.createElement('span');
    span.className = `mark ${this.mark.tone}${this.mark.deciding ? ' decided' : ''}`;
    span.textContent = this.mark.shape;
    span.title = this.mark.title;
    return span;
  }
}

interface Marks {
  readonly markers: RangeSet<GutterMarker>;
  readonly lines: DecorationSet;
}

const none: Marks = { markers: RangeSet.empty, lines: Decoration.none };

export const setMarks = StateEffect.define<readonly Mark[]>();

const field = StateField.define<Marks>({
  create: () => none,
  update(marks, tr) {
    let next = tr.docChanged ? { markers: marks.markers.map(tr.changes), lines: marks.lines.map(tr.changes) } : marks;
    for (const effect of tr.effects) if (effect.is(setMarks)) next = build(effect.value, tr.newDoc);
    return next;
  },
  provide: (self) => EditorView.decorations.from(self, (marks) => marks.lines),
});

const decidingLine = Decoration.line({ class: 'cm-deciding' });

function build(marks: readonly Mark[], doc: Text): Marks {
  const markers = new RangeSetBuilder<GutterMarker>();
  const lines = new RangeSetBuilder<Decoration>();
  let last = -1;
  for (const mark of marks) {
    const line = doc.lineAt(Math.min(mark.from, doc.length)).from;
    markers.add(line, line, new StatementMarker(mark));
    if (mark.deciding && line !== last) {
      lines.add(line, line, decidingLine);
      last = line;
    }
  }
  return { markers: markers.finish(), lines: lines.finish() };
}

export const marks = [
  field,
  gutter({ class: 'cm-marks', markers: (view) => view.state.field(field).markers, initialSpacer: () => new StatementMarker(spacer) }),
];

const spacer: Mark = { from: 0, tone: 'grey', shape: ' ', title: '', deciding: false };
