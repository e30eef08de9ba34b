// The edits that remarks offer, as a menu at the cursor: Ctrl or Cmd with the full stop opens it, and a lamp at the end
// of the line says that there are any.

import { forEachDiagnostic, type Action, type Diagnostic } from '@codemirror/lint';
import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, keymap, showTooltip, ViewPlugin, WidgetType, type DecorationSet, type Tooltip, type ViewUpdate } from '@codemirror/view';
import { text } from '../text/text.js';

interface Offer {
  readonly message: string;
  readonly action: Action;
  readonly from: number;
  readonly to: number;
}

/** The edits of the remarks on the line of the cursor, those at the cursor first. */
function offers(state: EditorState): Offer[] {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const found: (Offer & { near: boolean })[] = [];
  forEachDiagnostic(state, (remark: Diagnostic, from: number, to: number) => {
    if (from > line.to || to < line.from) return;
    const near = from <= head && head <= to;
    for (const action of remark.actions ?? []) found.push({ message: remark.message.split('\n')[0] ?? '', action, from, to, near });
  });
  return found.sort((a, b) => Number(b.near) - Number(a.near));
}

const openMenu = StateEffect.define<readonly Offer[]>();

const menu = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, tr) {
    for (const effect of tr.effects) if (effect.is(openMenu)) return effect.value.length ? at(tr.state, effect.value) : null;
    return tr.docChanged || tr.selection ? null : shown;
  },
  provide: (self) => showTooltip.from(self),
});

function at(state: EditorState, found: readonly Offer[]): Tooltip {
  const create = (view: EditorView) => {
    const dom = list(view, found);
    return { dom, mount: () => dom.querySelector('button')?.focus() };
  };
  return { pos: state.selection.main.head, create };
}

/** Closes the menu; false when there is none. */
export function closeFixes(view: EditorView): boolean {
  if (!view.state.field(menu, false)) return false;
  view.focus(); // before the menu goes, and its focus with it
  close(view);
  return true;
}

function close(view: EditorView): void {
  if (view.state.field(menu, false)) view.dispatch({ effects: openMenu.of([]) });
}

function open(view: EditorView): boolean {
  const found = offers(view.state);
  if (found.length === 0) {
    view.dispatch({ effects: EditorView.announce.of(text().editor.assist.noFixes) });
    return true;
  }
  view.dispatch({ effects: openMenu.of(found) });
  return true;
}

function list(view: EditorView, found: readonly Offer[]): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'fixes';
  dom.setAttribute('role', 'menu');
  dom.setAttribute('aria-label', text().editor.assist.fixes);
  for (const offer of found) {
    const item = document.createElement('button');
    item.setAttribute('role', 'menuitem');
    item.tabIndex = -1;
    item.textContent = offer.action.name;
    item.title = offer.message;
    item.addEventListener('click', () => {
      closeFixes(view);
      offer.action.apply(view, offer.from, offer.to);
    });
    dom.append(item);
  }
  dom.addEventListener('keydown', (event) => move(event, view, dom));
  dom.addEventListener('focusout', (event) => {
    if (!dom.contains(event.relatedTarget as Node | null)) close(view);
  });
  return dom;
}

function move(event: KeyboardEvent, view: EditorView, dom: HTMLElement): void {
  const items = [...dom.children] as HTMLElement[];
  const at = items.indexOf(event.target as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') closeFixes(view);
  else if (to === undefined) return;
  else items[(to + items.length) % items.length]?.focus();
  event.preventDefault();
  event.stopPropagation();
}

class Lamp extends WidgetType {
  override eq(): boolean {
    return true;
  }

  // Whoever does not see it opens the menu by key; the list of remarks below has the same edits.
  toDOM(view: EditorView): HTMLElement {
    const lamp = document.createElement('span');
    lamp.className = 'lamp';
    lamp.setAttribute('aria-hidden', 'true');
    lamp.title = text().editor.assist.lamp;
    lamp.addEventListener('mousedown', (event) => {
      event.preventDefault();
      open(view);
    });
    return lamp;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const lamps = ViewPlugin.fromClass(class {
  decorations: DecorationSet;

  constructor(view: EditorView) {
    this.decorations = lampAt(view.state);
  }

  update(update: ViewUpdate): void {
    if (update.docChanged || update.selectionSet || update.transactions.some((tr) => tr.effects.length > 0)) this.decorations = lampAt(update.state);
  }
}, { decorations: (plugin) => plugin.decorations });

function lampAt(state: EditorState): DecorationSet {
  if (state.readOnly || offers(state).length === 0) return Decoration.none;
  return Decoration.set(Decoration.widget({ widget: new Lamp(), side: 1 }).range(state.doc.lineAt(state.selection.main.head).to));
}

export function fixes(): Extension {
  return [menu, lamps, keymap.of([{ key: 'Mod-.', run: open, preventDefault: true }])];
}
