// The one state of the page. It is replaced, never edited; views are functions of it.

import type { Answer, Catalogue, Diagnostic, Explanation, KeyView, PolicyView, PrincipalView, State } from '../engine/messages.js';
import type { Language } from '../text/text.js';
import { emptyForm, type RequestForm } from './form.js';
import { notKept, type Keeping } from './keeping.js';
import type { Pinning } from './pins.js';
import type { Saved } from './saved.js';

export const themes = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];
export type Pane = 'lesson' | 'editor' | 'request' | 'decision' | 'explorer' | 'console';

/** What is told outside the verdict: a link that was copied, a request that could not be served. */
export interface Notice {
  readonly kind: 'info' | 'error';
  readonly text: string;
  /** Shown for copying by hand when the clipboard is out of reach. */
  readonly copy?: string;
  /** A scenario that can be gone back to. */
  readonly scenario?: string;
}

/** A past request whose answer is on show. */
export interface Shown {
  readonly index: number;
  readonly answer: Answer;
  /** A goal of which it is instead, tried after that many requests; the index is -1 then. */
  readonly goal?: string;
  readonly after?: number;
}

/** A place that the editor is asked to show; each wish has a new serial. */
export interface Reveal {
  readonly policy: string;
  readonly start: number;
  readonly line: number;
  readonly serial: number;
}

/** A part of the key panel that it is asked to show, and the grant in it, if any; each wish has a new serial. */
export interface RevealKey {
  readonly tab: 'grants' | 'state';
  readonly grant: string;
  readonly serial: number;
}

/** A field of the form, by its slot, that has to be mended before it can be sent; each attempt has a new serial. */
export interface Mend {
  readonly field: string;
  readonly serial: number;
}

export interface WorkspaceState {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly progress: { readonly loaded: number; readonly total: number } | null;
  /** A request waits for the rest of the engine; null when none does. */
  readonly waiting: { readonly loaded: number; readonly total: number } | null;
  readonly failure: string;
  readonly version: string;
  readonly catalogue: Catalogue;
  readonly session: State | null;
  /** The document as it was opened: Reset goes back to it. */
  readonly opened: string;
  readonly example: string;
  /** Null when it was never saved since it was opened. */
  readonly saved: Saved | null;
  readonly sending: boolean;
  readonly shown: Shown | null;
  readonly notice: Notice | null;
  readonly form: RequestForm;
  readonly key: string;
  readonly policy: string;
  /** Who edits a policy, by PolicyView.ID, where it was chosen. */
  readonly editAs: Readonly<Record<string, string>>;
  /** Text typed and not yet handed to the engine, by PolicyView.ID. */
  readonly typed: Readonly<Record<string, string>>;
  /** Remarks on the text in the editor, by PolicyView.ID, newer than the session's. */
  readonly remarks: Readonly<Record<string, readonly Diagnostic[]>>;
  /** What AWS said to the last edit of a policy that it refused, by PolicyView.ID. */
  readonly refusals: Readonly<Record<string, string>>;
  readonly actAs: string;
  readonly reveal: Reveal | null;
  readonly revealKey: RevealKey | null;
  readonly mend: Mend | null;
  readonly theme: Theme;
  /** Empty until its words are there. */
  readonly language: Language | '';
  readonly pane: Pane;
  readonly keeping: Keeping;
  /** A request that the person is about to pin. */
  readonly pinning: Pinning | null;
}

export const initialState: WorkspaceState = {
  phase: 'loading', progress: null, waiting: null, failure: '', version: '', catalogue: { Operations: [], Examples: [], Checks: [] }, session: null,
  opened: '', example: '', saved: null, sending: false, shown: null, notice: null, form: emptyForm, key: '', policy: '', editAs: {},
  typed: {}, remarks: {}, refusals: {}, actAs: '', reveal: null, revealKey: null, mend: null, theme: 'system', language: '', pane: 'editor', keeping: notKept, pinning: null,
};

export function selectedKey(state: WorkspaceState): KeyView | undefined {
  return state.session?.Keys.find((key) => key.ARN === state.key);
}

export function selectedPolicy(state: WorkspaceState): PolicyView | undefined {
  return state.session?.Policies.find((policy) => policy.ID === state.policy);
}

/** The text in the editor: what was typed last, else the refused draft, else the policy in force. */
export function editorText(state: WorkspaceState, policy: PolicyView): string {
  return state.typed[policy.ID] ?? (policy.Refused ? policy.Draft : policy.Text);
}

/** What the id of a key policy ends with that was replaced and still decides: see PolicyView.ReadOnly. */
export const earlier = '#earlier';

/** The policies that have tabs: the selected key's policies, then every other policy that is not a key's. */
export function editorPolicies(state: WorkspaceState): readonly PolicyView[] {
  const keyPolicy = selectedKey(state)?.Policy;
  const rank = (policy: PolicyView) => (policy.ID === keyPolicy ? 2 : policy.Kind === 'key policy' ? 1 : 0);
  return (state.session?.Policies ?? [])
    .filter((policy) => policy.Kind !== 'key policy' || policy.ID === keyPolicy || policy.ID === `${keyPolicy}${earlier}`)
    .sort((a, b) => rank(b) - rank(a));
}

/** Who can edit a policy, the likely ones first: those who may change the key policy, else the account's root. */
export function editors(state: WorkspaceState, policy: PolicyView): readonly PrincipalView[] {
  const principals = state.session?.Principals ?? [];
  const key = state.session?.Keys.find((k) => k.Policy === policy.ID);
  const account = policy.Owner.split(':')[4] ?? '';
  const rank = (principal: PrincipalView): number => {
    const manager = key?.Managers.indexOf(principal.Ref) ?? -1;
    if (manager >= 0) return manager;
    if (!key && principal.ARN === `arn:aws:iam::${account}:root`) return 0;
    return principals.length;
  };
  return [...principals].sort((a, b) => rank(a) - rank(b));
}

/** Who edits a policy now. */
export function editor(state: WorkspaceState, policy: PolicyView): string {
  const candidates = editors(state, policy);
  const chosen = candidates.find((principal) => principal.Ref === state.editAs[policy.ID]);
  return (chosen ?? candidates[0])?.Ref ?? '';
}

/** Whose name the key panel's actions carry: the one chosen there, else a manager of the key. */
export function actor(state: WorkspaceState): string {
  const principals = state.session?.Principals ?? [];
  if (principals.some((principal) => principal.Ref === state.actAs)) return state.actAs;
  return selectedKey(state)?.Managers[0] ?? principals[0]?.Ref ?? '';
}

const questions = /^(Describe|List|Get|Encrypt|Decrypt|ReEncrypt|Generate|Sign|Verify|Derive)/;

/** Whether something was changed after the request on show, so that it might be answered otherwise now. */
export function changedSince(state: WorkspaceState): boolean {
  const { shown, session } = state;
  if (!shown || !session) return false;
  return session.Requests.some((r) => r.Index > (shown.after ?? shown.index) && r.Code === '' && !questions.test(r.Operation));
}

/** Which past request is on show, whatever its number; empty for none. */
export function onShow({ session, shown }: WorkspaceState): string {
  const request = session?.Requests.find((r) => r.Index === shown?.index);
  return request ? [request.Index, request.Time, request.Done, request.Command].join(' ') : '';
}

/** Keeps what is selected inside the session that has just arrived. */
export function withSession(state: WorkspaceState, session: State): WorkspaceState {
  const key = session.Keys.find((k) => k.ARN === state.key) ?? session.Keys[0];
  const policies = new Set(session.Policies.map((p) => p.ID));
  const policy = policies.has(state.policy) ? state.policy : key?.Policy ?? session.Policies[0]?.ID ?? '';
  return { ...state, session, key: key?.ARN ?? '', policy };
}

/** Every check behind an answer: those of the call, and those of the calls that a service made beneath it. */
export function everyCheck(answer: Answer): readonly Explanation[] {
  return [...answer.Checks, ...answer.Beneath.flatMap((beneath) => beneath.Answer.Checks)];
}
