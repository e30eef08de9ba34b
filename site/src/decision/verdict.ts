// What the verdict says, read off a request and its answer.

import type { Answer, Explanation, LayerType, RequestView, Verdict } from '../engine/messages.js';
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
    return { word, tone: 'allowed', failure: error ? `Failed: ${error.Code}` : '', message: error?.Message ?? '' };
  }
  if (error) return { word: 'Failed', tone: 'waiting', failure: error.Code, message: error.Message };
  return { word: 'Succeeded', tone: 'grey', failure: '', message: 'Nothing had to be authorized.' };
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
  if (request.Decision === 'Denied') return 'Denied';
  if (request.Code !== '') return `Failed: ${request.Code}`;
  return request.Decision || 'Succeeded';
}

export function verdictTone(verdict: Verdict): Tone {
  return verdict === 'allowed' || verdict === 'delegates to IAM' ? 'allowed' : verdict === 'explicit deny' ? 'denied' : 'grey';
}

export function verdictShape(verdict: Verdict): string | undefined {
  return verdict === 'delegates to IAM' ? '↪' : verdict === 'not consulted' ? '⊘' : verdict === 'not present' ? '○' : undefined;
}

/** Policy types as headings name them. */
export const layerNames: Readonly<Record<LayerType, string>> = {
  'service control policy': 'Service control policies',
  'resource control policy': 'Resource control policies',
  'VPC endpoint policy': 'VPC endpoint policy',
  'resource-based policy': 'Key policy',
  'identity-based policy': 'Identity-based policies',
  'permissions boundary': 'Permissions boundary',
  'session policy': 'Session policy',
  grant: 'Grants',
};
