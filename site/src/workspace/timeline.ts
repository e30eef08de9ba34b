// The time line of a session: what was done, how much time passed between, where one stands, what happens by itself from
// there on, and what was undone.

import type { ComingView, RequestView, State } from '../engine/messages.js';

export type Moment =
  | { readonly kind: 'time'; readonly seconds: number }
  // unseen: what this request changed and authorization does not see yet.
  | { readonly kind: 'request'; readonly request: RequestView; readonly unseen: readonly ComingView[]; readonly caller: string }
  | { readonly kind: 'now'; readonly time: string }
  | { readonly kind: 'coming'; readonly coming: ComingView; readonly seconds: number }
  // done: how many actions are done once it is done again, for Step.
  | { readonly kind: 'undone'; readonly command: string; readonly done: number };

/** Everything that the time line shows, in order. */
export function momentsOf(session: State): readonly Moment[] {
  const moments: Moment[] = [];
  let [time, caller] = [session.Requests[0]?.Time ?? session.Now, ''];
  const passes = (to: string) => {
    const seconds = secondsBetween(time, to);
    if (seconds > 0) moments.push({ kind: 'time', seconds });
    time = to;
  };
  for (const request of session.Requests) {
    passes(request.Time);
    // Only the first of several requests in a row names who made them.
    moments.push({ kind: 'request', request, unseen: unseenOf(request, session), caller: request.Label === caller ? '' : request.Label });
    caller = request.Label;
  }
  passes(session.Now);
  moments.push({ kind: 'now', time: session.Now });
  for (const coming of session.Coming) moments.push({ kind: 'coming', coming, seconds: secondsUntil(session, coming.At) });
  session.Undone.forEach((command, i) => moments.push({ kind: 'undone', command, done: session.Done + i + 1 }));
  return moments;
}

// The last request at that moment that changed something of the key: calls take no time, so several may share one.
function unseenOf(request: RequestView, session: State): readonly ComingView[] {
  return session.Coming.filter((coming) => coming.MadeAt !== '' && coming.MadeAt === request.Time
    && session.Requests.filter((other) => other.Time === coming.MadeAt && makes(other, coming)).at(-1) === request);
}

const makers: Readonly<Record<string, RegExp>> = {
  'key policy': /^PutKeyPolicy$/, tags: /^(UntagResource|TagResource)$/, aliases: /^(Create|Update|Delete)Alias$/, grant: /^CreateGrant$/,
};

function makes(request: RequestView, coming: ComingView): boolean {
  return request.Code === '' && (makers[coming.Kind]?.test(request.Operation) ?? false);
}

/** Whether it is a change that authorization does not see yet, and not something that a key does by itself. */
export function isUnseen(coming: ComingView): boolean {
  return coming.What !== '';
}

function secondsBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 1000);
}

/** How many whole seconds must pass until a time is there: the clock is told in seconds, and stands within one. */
export function secondsUntil(session: State, time: string): number {
  return Math.max(1, Math.ceil((Date.parse(time) - Date.parse(session.Now)) / 1000));
}

const units = [86_400, 3600, 60, 1] as const;

/** Days, hours, minutes and seconds. */
export function unitsOf(seconds: number): readonly [number, number, number, number] {
  let rest = seconds;
  const [days, hours, minutes, left] = units.map((unit) => {
    const n = Math.floor(rest / unit);
    rest -= n * unit;
    return n;
  });
  return [days!, hours!, minutes!, left!];
}
