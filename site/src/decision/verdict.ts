// What the verdict says, read off a request and its answer.

import type { Answer, Explanation, LayerType, RequestView, Verdict } from '../engine/messages.js';
import { text } from '../text/text.js';
import type { Tone } from '../workspace/parts.js';

export interface Headline {
  readonly word: 'Allowed' | 'Denied' | 'Failed' | 'Succeeded';
  readonly tone: Tone;
  /** What went wrong although authorization allowed it, or before it was asked. */
  readonly failure: string;
  /** AWS's text. */
  readonly message: string;
}

/** The verdict comes first: whether the call was authorized, then whether it failed for another reason. */
export function headline(request: RequestView | undefined, answer: Answer): Headline {
  const error = answer.Error;
  const word = request?.Decision || decided(answer.Checks);
  if (word === 'Denied') return { word, tone: 'denied', failure: '', message: error?.Message ?? answer.Checks.at(-1)?.Message ?? '' };
  if (word === 'Allowed') {
    return { word, tone: 'allowed', failure: error ? text().decision.verdict.failed(error.Code) : '', message: error?.Message ?? '' };
  }
  if (error) return { word: 'Failed', tone: 'waiting', failure: error.Code, message: error.Message };
  return { word: 'Succeeded', tone: 'grey', failure: '', message: text().decision.verdict.nothingAsked };
}

function decided(checks: readonly Explanation[]): 'Allowed' | 'Denied' | '' {
  if (checks.length === 0) return '';
  return checks.every((check) => check.Decision === 'Allow') ? 'Allowed' : 'Denied';
}

/** How a list shows a past request. */
export function requestTone(request: RequestView): Tone {
  if (request.Decision === 'Denied') return 'denied';
  if (request.Code !== '') return 'waiting';
  return 'allowed';
}

export function requestWord(request: RequestView): string {
  const { words, failed } = text().decision.verdict;
  if (request.Decision === 'Denied') return words.Denied;
  if (request.Code !== '') return failed(request.Code);
  return words[(request.Decision || 'Succeeded') as Headline['word']];
}

/** What a policy type is called in a decision on an action: the resource-based policy of a role is its trust policy. */
export function layerName(layer: LayerType, action: string): string {
  const { layers, resourceBased } = text().decision;
  if (layer !== 'resource-based policy' || action.startsWith('kms:')) return layers[layer];
  return action.startsWith('sts:') ? resourceBased.ofRole : resourceBased.other;
}

export function verdictTone(verdict: Verdict): Tone {
  return verdict === 'allowed' || verdict === 'delegates to IAM' ? 'allowed' : verdict === 'explicit deny' ? 'denied' : 'grey';
}

export function verdictShape(verdict: Verdict): string | undefined {
  return verdict === 'delegates to IAM' ? '↪' : verdict === 'not consulted' ? '⊘' : verdict === 'not present' ? '○' : undefined;
}
