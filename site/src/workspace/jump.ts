// Where the jumps from a decision lead that is not in a policy: to a grant, to the state of a key.

import type { RequestView } from '../engine/messages.js';
import type { RevealKey, WorkspaceState } from './state.js';

/** The key panel at a grant of whatever key has it; null when it is not there any more. */
export function toGrant({ session, revealKey }: WorkspaceState, id: string): Partial<WorkspaceState> | null {
  const key = session?.Keys.find(({ Grants: grants }) => grants.some(({ GrantId: one }) => one === id));
  return key ? { ...ofKey(key.ARN, key.Policy), revealKey: wish('grants', id, revealKey) } : null;
}

/** The key panel at the state of the key that a request was about. */
export function toKeyState({ session, revealKey }: WorkspaceState, label: string): Partial<WorkspaceState> | null {
  const key = session?.Keys.find((one) => one.Label === label);
  return key ? { ...ofKey(key.ARN, key.Policy), revealKey: wish('state', '', revealKey) } : null;
}

function ofKey(key: string, policy: string): Partial<WorkspaceState> {
  return { key, policy, pane: 'explorer' };
}

function wish(tab: RevealKey['tab'], grant: string, before: RevealKey | null): RevealKey {
  return { tab, grant, serial: (before?.serial ?? 0) + 1 };
}

const ofState: readonly string[] = ['DisabledException', 'KMSInvalidStateException'];

/** Whether a request failed for the state of its key. */
export function failedByState(request: RequestView | undefined): boolean {
  return request !== undefined && request.Resource !== '' && ofState.includes(request.Code);
}
