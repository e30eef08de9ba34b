// Pinned requests: each with how it is expected to end, tried again after every change. They are goals of the document
// that are no part of a lesson.

import type { Answer, Call, GoalView, State } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { formOfCommand } from './command.js';
import { toCall, unsendable } from './form.js';
import type { Workspace } from './workspace.js';

/** A request that a person is about to pin. */
export interface Pinning {
  readonly call: Call;
  readonly who: string;
  /** What it is about, as the person names it; empty for nothing in particular. */
  readonly resource: string;
  /** AWS error code with which it ended, empty for success. */
  readonly code: string;
}

export interface Pin extends GoalView {
  /** of State.Goals */
  readonly index: number;
}

export function pinsOf(session: State | null): readonly Pin[] {
  return (session?.Goals ?? []).map((goal, index) => ({ ...goal, index })).filter((goal) => goal.Pinned);
}

/** What a service answers to who is not allowed. */
export function denialOf(service: string): string {
  if (service === 'ec2') return 'UnauthorizedOperation';
  return ['iam', 'sts', 's3'].includes(service) ? 'AccessDenied' : 'AccessDeniedException';
}

export function isDenial(code: string): boolean {
  return code.startsWith('AccessDenied') || code === 'UnauthorizedOperation';
}

/** What a pin is called unless the person says otherwise. */
export function titleOf({ call, who, resource }: Pinning, expect: string): string {
  const words = text().workspace.pins;
  if (expect === '') return words.may(who, call.Operation, resource);
  return isDenial(expect) ? words.mayNot(who, call.Operation, resource) : words.endsWith(who, call.Operation, resource, expect);
}

/** Offers a past request for pinning, as it ended then. */
export async function pinPast(workspace: Workspace, index: number): Promise<void> {
  const request = workspace.state.session?.Requests.find((r) => r.Index === index);
  const reply = await workspace.ask({ Type: 'Answer', Index: index });
  if (request && reply?.Call) workspace.offer({ call: reply.Call, who: said(request.Label), resource: request.Resource, code: request.Code });
}

/** Offers what stands in the request form, as it would end now. */
export async function pinForm(workspace: Workspace): Promise<void> {
  await workspace.flush();
  const { form, session } = workspace.state;
  const operation = workspace.operation();
  const who = session?.Principals.find((p) => p.Ref === form.principal);
  if (!operation || !who) return;
  if (unsendable(form, operation)) return workspace.send(); // which says what is wrong
  const call = toCall(form, operation) as Call;
  const answer = (await workspace.ask({ Type: 'Try', Call: call }))?.Answer;
  const about = operation.Fields.some((field) => field.Role === 'key') ? form.key : '';
  if (answer) workspace.offer(tried(call, answer, who.Label, about));
}

/** Shows the decision of a goal as it was tried last, and puts the form into its state. */
export async function showGoal(workspace: Workspace, index: number): Promise<void> {
  const answer = (await workspace.ask({ Type: 'Goal', Index: index }))?.Answer;
  const { session, catalogue, form } = workspace.state;
  const goal = session?.Goals[index];
  if (!answer || !goal) return;
  workspace.setForm(formOfCommand(goal.Command, goal.As, catalogue.Operations, form) ?? {});
  workspace.present({ index: -1, answer, goal: goal.Title, after: session.Requests.length - 1 });
}

/** A call that was only tried. */
export function tried(call: Call, answer: Answer, who: string, resource: string): Pinning {
  return { call, who: said(who), resource, code: answer.Error?.Code ?? '' };
}

/** What begins to fail or to hold when a session follows another. */
export class PinWatch {
  #before: ReadonlyMap<string, boolean> = new Map();
  #session: State | null = null;

  /** The pins that turned, none where they are new. */
  turned(session: State | null): readonly Pin[] {
    if (session === this.#session) return [];
    const before = this.#before;
    const pins = pinsOf(session);
    this.#session = session;
    this.#before = new Map(pins.map((pin) => [nameOf(pin), pin.Holds]));
    return pins.filter((pin) => before.has(nameOf(pin)) && before.get(nameOf(pin)) !== pin.Holds);
  }
}

function nameOf(pin: Pin): string {
  return [pin.Title, pin.As, pin.Expect, pin.Command].join('\n');
}
