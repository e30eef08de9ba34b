// What is selected, and what the form holds, as something else is chosen or opened.

import type { Answer, Call, KeyView, OperationView, RequestView, State } from '../engine/messages.js';
import { formOf, formOfCommand } from './command.js';
import { operationId, type RequestForm } from './form.js';
import { formOfCall } from './recall.js';
import { everyCheck, initialState, withSession, type WorkspaceState } from './state.js';

export function formOperation({ catalogue, form }: WorkspaceState): OperationView | undefined {
  return catalogue.Operations.find((o) => operationId(o) === form.operation);
}

/** A form that changes takes the key that it names along. */
export function withForm(state: WorkspaceState, change: Partial<RequestForm>): WorkspaceState {
  const key = change.key === undefined ? undefined : keyNamed(state, change.key);
  return {
    ...state, form: { ...state.form, ...change },
    ...(key && key.ARN !== state.key ? { key: key.ARN, policy: key.Policy } : {}),
  };
}

function keyNamed({ session }: WorkspaceState, name: string): KeyView | undefined {
  return session?.Keys.find((key) => key.Label === name || key.ARN === name || key.KeyId === name || key.Aliases.includes(name));
}

export function withKey(state: WorkspaceState, arn: string): WorkspaceState {
  const key = state.session?.Keys.find((k) => k.ARN === arn);
  return key ? { ...state, key: arn, policy: key.Policy, form: { ...state.form, key: key.Label } } : state;
}

/** Selects the key whose policy was among what decided. */
export function withDecidingKey(state: WorkspaceState, answer: Answer): WorkspaceState {
  const ids = everyCheck(answer).flatMap((check) => check.Deciding.map((place) => place.PolicyID));
  const key = state.session?.Keys.find((k) => ids.includes(k.Policy));
  return key ? { ...state, key: key.ARN, policy: key.Policy } : state;
}

/** Puts the form into the state of a past request: as its call was, where that is known, else as its command says. */
export function withRequest(state: WorkspaceState, request: RequestView, call: Call | null): WorkspaceState {
  const { catalogue, session, form } = state;
  const operation = catalogue.Operations.find((o) => o.Service === request.Service && o.Name === request.Operation);
  if (!operation?.Simulated || !session) return state;
  return withForm(state, call ? formOfCall(request, call, operation, session, form) : formOf(request, operation, session, form));
}

/** The state of a page on which another document was opened: what belongs to the page stays. */
export function withDocument(kept: WorkspaceState, session: State, opened: string, example: string): WorkspaceState {
  const { phase, catalogue, version, theme, language, pane, reveal, keeping } = kept;
  const page = { phase, catalogue, version, theme, language, pane, reveal, keeping };
  return prepared({ ...withSession({ ...initialState, ...page }, session), opened, example }, session);
}

// A lesson is ready for its first goal; another document for what it leads to, its last request about a key.
function prepared(state: WorkspaceState, session: State): WorkspaceState {
  const operations = state.catalogue.Operations;
  const offered = (r: RequestView) => r.Service === 'kms' && operations.some((o) => o.Simulated && o.Name === r.Operation);
  const last = session.Requests.filter((r) => offered(r) && r.Resource !== '').at(-1) ?? session.Requests.filter(offered).at(-1);
  const form = { principal: session.Principals[0]?.Ref ?? '', operation: 'kms:Encrypt', key: session.Keys[0]?.Label ?? '' };
  const started = { ...state, form: { ...state.form, ...form } };
  const recalled = last ? withRequest(started, last, null) : started;
  const goal = session.Lesson.find((block) => block.Type === 'goal' && block.Step);
  const principal = session.Principals.find((p) => p.Ref === goal?.Step?.As)?.Ref;
  const toGoal = goal && principal ? formOfCommand(goal.Text, principal, operations, recalled.form) : null;
  return toGoal ? withForm(recalled, toGoal) : recalled;
}
