// What the engine says, in Japanese. The engine speaks English in sentences of fixed forms; here every form stands with
// its translation. A part that varies is {name}, and {name.} when it is one word; a phrase by itself is {name!}, and is
// translated too, {name?} if it has a form; places of policies are {name*}. What has no form here, as AWS's own messages,
// stays as it is.

import { advice } from './phrases/advice.js';
import { capture } from './phrases/capture.js';
import { checks } from './phrases/checks.js';
import { documents } from './phrases/documents.js';
import { explanation } from './phrases/explanation.js';
import { help } from './phrases/help.js';
import { names } from './phrases/names.js';
import { parameters } from './phrases/parameters.js';
import { remarks } from './phrases/remarks.js';

export type Phrases = readonly (readonly [english: string, japanese: string])[];

interface Part {
  readonly name: string;
  readonly kind: string; // "", ".", "!", "?" or "*"
}

interface Form {
  readonly begins: string;
  readonly pattern: RegExp;
  readonly parts: readonly Part[];
  readonly japanese: string;
}

const whole = new Map<string, string>();
const forms: Form[] = [];
for (const [english, japanese] of [...explanation, ...advice, ...checks, ...remarks, ...help, ...documents, ...capture, ...names, ...parameters]) {
  if (english.includes('{')) forms.push(form(english, japanese));
  else whole.set(english, japanese);
}

function form(english: string, japanese: string): Form {
  const parts: Part[] = [];
  const pattern = english.split(/(\{\w+[.!?*]?\})/).map((piece) => {
    const part = /^\{(\w+)([.!?*]?)\}$/.exec(piece);
    if (!part) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    parts.push({ name: part[1]!, kind: part[2]! });
    return { '': '(.+?)', '.': '(\\S+)', '!': '(.*?)', '?': '(.+?)', '*': '(.+?)' }[part[2]!];
  }).join('');
  return { begins: english.slice(0, english.indexOf('{')), pattern: new RegExp(`^${pattern}$`, 's'), parts, japanese };
}

// Views draw the same sentences again and again.
const known = new Map<string, string | null>();
const mostKnown = 5000;

/** A sentence of the engine in Japanese; as it is when it has no form here. */
export function said(sentence: string): string {
  return translated(sentence) ?? sentence;
}

/** A sentence in Japanese; null when it, or a phrase in it, has no form. */
export function translated(sentence: string): string | null {
  const before = known.get(sentence);
  if (before !== undefined) return before;
  const found = whole.get(sentence) ?? (suggestion.test(sentence) ? joined(sentence) : byForm(sentence)) ?? several(sentence);
  if (known.size >= mostKnown) known.clear();
  known.set(sentence, found);
  return found;
}

function byForm(sentence: string): string | null {
  for (const { begins, pattern, parts, japanese } of forms) {
    const match = sentence.startsWith(begins) ? pattern.exec(sentence) : null;
    if (!match) continue;
    const values = new Map(parts.map(({ name, kind }, i) => [name, ofKind(kind, match[i + 1] ?? '')]));
    if ([...values.values()].includes(null)) continue;
    return closed(japanese.replace(/\{(\w+)\}/g, (_, name: string) => values.get(name) ?? ''));
  }
  return null;
}

// Several sentences may stand behind each other: "The user bob. There is none of this name here."
function several(text: string): string | null {
  for (let at = text.lastIndexOf('. '); at > 0; at = text.lastIndexOf('. ', at - 1)) {
    const first = text.slice(0, at + 1);
    const begun = whole.get(first) ?? byForm(first);
    const rest = begun === null ? null : translated(text.slice(at + 2));
    if (rest !== null) return begun + rest;
  }
  return null;
}

// Japanese has spaces about words in Latin letters only.
function closed(japanese: string): string {
  return japanese.replace(/([\u3040-\u30ff\u4e00-\u9fff]) (?=[\u3040-\u30ff\u4e00-\u9fff])/g, '$1');
}

function ofKind(kind: string, part: string): string | null {
  switch (kind) {
    case '!':
      return part === '' ? '' : phrase(part);
    case '?':
      return translated(part) ?? part;
    case '*': // "line 4", "dev: line 4, admin: line 2"
      return part.replace(/\bline (\d+)/g, '$1 行目').replaceAll(', ', '、');
    default:
      return part;
  }
}

// What follows a colon or a comma may be a sentence of its own somewhere else.
function phrase(part: string): string | null {
  const large = part.charAt(0).toUpperCase() + part.slice(1);
  return whole.get(part) ?? whole.get(large) ?? translated(part) ?? translated(large);
}

const suggestion = /^(Attach|Give|Let|Send|Tag|Take|Wait) /;

// A suggestion has one step or more: "Give x a grant, and wait 4s until it is seen". A remark may begin with such a verb.
function joined(sentence: string): string | null {
  const small = sentence.charAt(0).toLowerCase() + sentence.slice(1);
  for (const [and, then] of [[', and ', '、さらに '], [' and ', '、そして ']] as const) {
    const steps = small.split(and);
    const all = steps.map((step) => whole.get(step) ?? byForm(step));
    if (all.every((step) => step !== null)) return closed(all.join(then));
  }
  return byForm(sentence);
}
