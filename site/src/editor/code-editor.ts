// One CodeMirror in the editor's shadow root, holding one policy at a time.

import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics, type Diagnostic as Remark } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, Prec, type Extension, type StateEffect } from '@codemirror/state';
import {
  drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, type ViewUpdate,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Diagnostic, Fix } from '../engine/messages.js';
import { said } from '../text/text.js';
import { utf16Range } from '../engine/spans.js';
import { marks, setMarks, type Mark } from './marks.js';

// The workspace put the text there, not the person.
const fromWorkspace = Annotation.define<boolean>();

const colours = HighlightStyle.define([
  { tag: tags.propertyName, class: 'tok-name' },
  { tag: tags.string, class: 'tok-string' },
  { tag: [tags.number, tags.bool, tags.null], class: 'tok-value' },
]);

export interface EditorEvents {
  readonly onType: (text: string) => void;
  /** The person asked to leave by Escape. */
  readonly onLeave: () => void;
  /** The text would become longer than longestText. */
  readonly onTooLong: () => void;
}

/** UTF-16 units of a text in the editor. AWS takes no policy of a tenth of that. */
export const longestText = 1_000_000;

/** What is loaded once the person works in the text: completion, help and the edits of remarks by keyboard. */
export interface Assistance {
  readonly extension: Extension;
  /** Closes what is open over the text; false when nothing is. */
  escape(view: EditorView): boolean;
  /** Takes the suggestion in hand; false when there is none. */
  accept(view: EditorView): boolean;
}

// What changes while a text is shown, whichever it is. Texts that are held meanwhile catch up when they are shown again.
const parts = { label: new Compartment(), readOnly: new Compartment(), assistance: new Compartment(), comparison: new Compartment(), wrapping: new Compartment() };
type Part = keyof typeof parts;

export class CodeEditor {
  readonly #view: EditorView;
  readonly #events: EditorEvents;
  readonly #held = new Map<string, EditorState>();
  #id = '';
  #name = '';
  #fixed = false;
  #assistance: Assistance | undefined;
  #parts: Record<Part, Extension> = { label: [], readOnly: fixed(true), assistance: [], comparison: [], wrapping: [] };
  #remarked: string | null = null;
  // Tab belongs to the page until the person works in the text.
  #working = false;

  constructor(parent: HTMLElement, root: ShadowRoot, events: EditorEvents) {
    this.#events = events;
    this.#view = new EditorView({ parent, root, state: this.#create('') });
  }

  /** Shows a policy. Each keeps its own undo history. */
  show(id: string, name: string, text: string, readOnly: boolean): void {
    if (name !== this.#name || readOnly !== this.#fixed) {
      this.#name = name;
      this.#fixed = readOnly;
      this.#set({ label: labelled(name, readOnly), readOnly: fixed(readOnly) });
    }
    if (id !== this.#id) {
      if (this.#id) this.#held.set(this.#id, this.#view.state);
      this.#id = id;
      this.#view.setState(this.#held.get(id) ?? this.#create(text));
      this.#held.delete(id);
      this.#set(this.#parts);
    }
    const current = this.#view.state.doc.toString();
    if (current !== text) this.#view.dispatch({ changes: difference(current, text), annotations: fromWorkspace.of(true) });
  }

  /** Adds what helps while typing. */
  assist(assistance: Assistance): void {
    this.#assistance = assistance;
    this.#set({ assistance: assistance.extension });
  }

  /** Shows how the text differs from another; nothing ends that. */
  compare(comparison: Extension): void {
    this.#set({ comparison });
  }

  wrap(on: boolean): void {
    this.#set({ wrapping: on ? EditorView.lineWrapping : [] });
  }

  /** The text that is there, and the offset of the cursor in it. */
  cursor(): { text: string; at: number } {
    return { text: this.#view.state.doc.toString(), at: this.#view.state.selection.main.head };
  }

  focus(): void {
    this.#view.focus();
  }

  #set(change: Partial<Record<Part, Extension>>): void {
    this.#parts = { ...this.#parts, ...change };
    const effects: StateEffect<unknown>[] = (Object.keys(change) as Part[]).map((part) => parts[part].reconfigure(this.#parts[part]));
    this.#view.dispatch({ effects });
  }

  /** Shows remarks. Their edits are offered when the remarks are about the text that is there. */
  remark(diagnostics: readonly Diagnostic[], current: boolean, explain: (code: string) => string): void {
    const text = this.#view.state.doc.toString();
    this.#remarked = current ? text : null;
    const remarks = diagnostics.map((d): Remark => {
      const { from, to } = utf16Range(text, d.Span);
      return {
        from: Math.min(from, text.length), to: Math.min(Math.max(to, from), text.length), severity: d.Severity,
        message: [said(d.Message), explain(d.Code)].filter(Boolean).join('\n'),
        actions: this.#fixed || !current ? [] : d.Fixes.map((fix) => ({ name: said(fix.Title), apply: () => this.fix(fix) })),
      };
    });
    this.#view.dispatch(setDiagnostics(this.#view.state, remarks));
  }

  /** Makes the edits of a remark's fix, as if typed. Once the text has changed, they mean nothing. */
  fix(fix: Fix): void {
    const text = this.#view.state.doc.toString();
    if (this.#fixed || text !== this.#remarked) return;
    const changes = fix.Edits.map((edit) => ({ ...utf16Range(text, edit.Span), insert: edit.Text }));
    this.#view.dispatch({ changes, userEvent: 'input.complete' });
    this.#view.focus();
  }

  mark(list: readonly Mark[]): void {
    this.#view.dispatch({ effects: setMarks.of(list) });
  }

  /** Puts the cursor at an offset, in view, and the focus on it. */
  goTo(offset: number, focus: boolean): void {
    const anchor = Math.min(offset, this.#view.state.doc.length);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    if (focus) this.#view.focus();
  }

  /** Puts the cursor at the start of a line, from 1. */
  goToLine(line: number): void {
    const { doc } = this.#view.state;
    this.goTo(doc.line(Math.min(Math.max(line, 1), doc.lines)).from, true);
  }

  measure(): void {
    this.#view.requestMeasure();
  }

  destroy(): void {
    this.#view.destroy();
  }

  #create(text: string): EditorState {
    return EditorState.create({ doc: text, extensions: [
      (Object.keys(parts) as Part[]).map((part) => parts[part].of(this.#parts[part])),
      this.#leaving(),
      marks, lineNumbers(), history(), drawSelection(), highlightActiveLine(), json(),
      indentUnit.of('  '), syntaxHighlighting(colours),
      keymap.of([...defaultKeymap.filter((binding) => binding.key !== 'Mod-Enter'), ...historyKeymap]),
      typingOver,
      EditorState.transactionFilter.of((change) => {
        if (!change.docChanged || change.newDoc.length <= longestText || change.annotation(fromWorkspace)) return change;
        this.#events.onTooLong();
        return [];
      }),
      EditorView.updateListener.of((update) => this.#updated(update)),
    ] });
  }

  #leaving(): Extension {
    return [
      Prec.highest(keymap.of([
        { key: 'Escape', run: (view) => this.#assistance?.escape(view) || (this.#leave(), true) },
        { key: 'Tab', run: (view) => this.#assistance?.accept(view) || (this.#working && !view.state.readOnly && indentMore(view)), shift: (view) => this.#working && !view.state.readOnly && indentLess(view) },
      ])),
      EditorView.domEventHandlers({
        mousedown: () => void (this.#working = true),
        blur: () => void (this.#working = false),
      }),
    ];
  }

  #leave(): void {
    this.#working = false;
    this.#events.onLeave();
  }

  #updated(update: ViewUpdate): void {
    if (!update.docChanged || update.transactions.some((tr) => tr.annotation(fromWorkspace))) return;
    this.#working = true;
    this.#events.onType(update.state.doc.toString());
  }
}

function labelled(name: string, readOnly: boolean): Extension {
  return EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0', ...(readOnly ? { 'aria-readonly': 'true' } : {}) });
}

function fixed(readOnly: boolean): Extension {
  return [EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)];
}

// Where text is typed over a selection, the browser would give the new text the old one's colours as an inline style,
// which the content policy refuses. The change is made here instead.
const typingOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main } = view.state.selection;
    if (event.inputType !== 'insertText' || event.data === null || main.empty || view.state.readOnly) return false;
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
    return true; // which also prevents the browser's own change
  },
});

/** The smallest single change that turns one text into another, so that cursor and marks stay in place. */
export function difference(from: string, to: string): { from: number; to: number; insert: string } {
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start++;
  let end = 0;
  while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end++;
  return { from: start, to: from.length - end, insert: to.slice(start, to.length - end) };
}
