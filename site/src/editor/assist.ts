// What helps while a policy is typed: completion, help on what stands under the pointer, and the edits of remarks by
// keyboard. It is loaded when the person first works in the text; what it knows, it asks of the engine.

import {
  acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionStatus, pickedCompletion, startCompletion,
  type Completion as Choice, type CompletionContext, type CompletionResult,
} from '@codemirror/autocomplete';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap, type Tooltip } from '@codemirror/view';
import type { Completion, Help, Suggestion } from '../engine/messages.js';
import { byteOffset, utf16Offset, utf16Range } from '../engine/spans.js';
import { said, text } from '../text/text.js';
import type { Assistance } from './code-editor.js';
import { closeFixes, fixes } from './fixes.js';

export interface Assistant {
  /** What can stand at an offset of a text, in bytes. */
  readonly complete: (content: string, offset: number) => Promise<Completion | null>;
  /** What the name at an offset means. */
  readonly explain: (content: string, offset: number) => Promise<Help | null>;
}

export function assistance(assistant: Assistant): Assistance {
  return { extension: extension(assistant), escape: (view) => closeFixes(view) || closeCompletion(view), accept: acceptCompletion };
}

function extension(assistant: Assistant): Extension {
  const words = text().editor.assist;
  return [
    autocompletion({ override: [(context) => source(assistant, context)], icons: false, closeOnBlur: true, maxRenderedOptions: 200 }),
    reachable,
    closeBrackets(),
    hoverTooltip((view, at) => hover(assistant, view, at)),
    fixes(),
    EditorState.phrases.of({ Completions: words.suggestions }),
    EditorView.contentAttributes.of({ 'aria-description': words.keys }),
    Prec.high(keymap.of(closeBracketsKeymap)),
  ];
}

const reachableKey = {};

// The list scrolls, and what scrolls can be reached by key. Tab takes the suggestion in hand before it comes to that.
const reachable = EditorView.updateListener.of(({ view }) => view.requestMeasure({
  key: reachableKey,
  read: () => view.dom.querySelector('.cm-tooltip-autocomplete > ul:not([tabindex])'),
  write: (list) => list?.setAttribute('tabindex', '0'),
}));

async function source(assistant: Assistant, context: CompletionContext): Promise<CompletionResult | null> {
  const content = context.state.doc.toString();
  if (context.state.readOnly) return null;
  const found = await assistant.complete(content, byteOffset(content, context.pos));
  if (!found || context.aborted || found.Suggestions.length === 0) return null;
  const whole = utf16Range(content, found.Whole);
  // Unasked, suggestions come only where something has been begun: within quotes, or in a word.
  if (!context.explicit && whole.from === context.pos) return null;
  const from = utf16Offset(content, found.Typed.Start);
  const comma = found.Comma < 0 ? -1 : utf16Offset(content, found.Comma);
  const around = { before: from - whole.from, after: whole.to - context.pos, comma: comma < 0 ? -1 : whole.from - comma };
  const mixed = new Set(found.Suggestions.map((suggestion) => suggestion.Kind)).size > 1;
  return { from, validFor: /^[\w:*./@-]*$/, options: found.Suggestions.map((suggestion, i) => choice(suggestion, i, around, mixed)) };
}

/** How far what a suggestion replaces reaches beyond what was typed of it, and how far before that a comma is missing. */
interface Around {
  readonly before: number;
  readonly after: number;
  readonly comma: number;
}

function choice(suggestion: Suggestion, index: number, around: Around, mixed: boolean): Choice {
  const { kinds } = text().editor.assist;
  return {
    label: suggestion.Text, sortText: String(index).padStart(4, '0'), type: suggestion.Kind.replaceAll(' ', '-'),
    ...(mixed ? { detail: kinds[suggestion.Kind as keyof typeof kinds] } : {}),
    ...(suggestion.Detail ? { info: () => paragraph(said(suggestion.Detail)) } : {}),
    apply: (view, chosen, from, to) => put(view, chosen, suggestion, from - around.before, Math.min(to + around.after, view.state.doc.length), around.comma),
  };
}

function put(view: EditorView, chosen: Choice, suggestion: Suggestion, from: number, to: number, comma: number): void {
  const caret = utf16Offset(suggestion.Insert, suggestion.Caret);
  const changes = [...(comma < 0 ? [] : [{ from: from - comma, insert: ',' }]), { from, to, insert: suggestion.Insert }];
  view.dispatch({
    changes, selection: { anchor: from + (comma < 0 ? 0 : 1) + caret }, scrollIntoView: true, userEvent: 'input.complete',
    annotations: pickedCompletion.of(chosen),
  });
  // Where a value is to follow, what it can be is offered at once.
  if (/["{[:]$/.test(suggestion.Insert.slice(0, caret)) && !/^"[^"]*"$/.test(suggestion.Insert.slice(0, caret))) startCompletion(view);
}

function paragraph(words: string): HTMLElement {
  const p = document.createElement('p');
  p.textContent = words;
  return p;
}

async function hover(assistant: Assistant, view: EditorView, at: number): Promise<Tooltip | null> {
  if (completionStatus(view.state)) return null;
  const content = view.state.doc.toString();
  const help = await assistant.explain(content, byteOffset(content, at));
  if (!help || view.state.doc.toString() !== content) return null;
  const { from, to } = utf16Range(content, help.Span);
  return { pos: from, end: to, above: true, create: () => ({ dom: card(help) }) };
}

function card(help: Help): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'help';
  const name = document.createElement('strong');
  name.className = 'mono break';
  name.textContent = help.Title;
  dom.append(name, paragraph(said(help.Text)));
  if (help.Page) {
    const link = document.createElement('a');
    link.href = `https://docs.aws.amazon.com/${help.Page}`;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.textContent = text().editor.assist.page;
    dom.append(link);
  }
  return dom;
}
