// Who is drawn when. In a small world all views follow a change at once. In a large one that would hold the page: there
// they take turns, a few milliseconds in a row, and between them the page hears who types and clicks.

import type { State } from '../engine/messages.js';

/** Milliseconds that views are drawn in a row. */
const budget = 10;

// Requests, principals, keys and policies together.
const manyThings = 200;

/** Whether views take turns with a session. It is the same on every machine, however busy. */
export function isLarge(session: State | null): boolean {
  return session !== null && session.Requests.length + session.Principals.length + session.Keys.length + session.Policies.length > manyThings;
}

const waiting: (() => void)[] = [];
const channel = new MessageChannel();
let called = false;

channel.port1.onmessage = () => {
  called = false;
  const until = performance.now() + budget;
  do waiting.shift()?.(); while (waiting.length && performance.now() < until);
  if (waiting.length) call();
};

function call(): void {
  if (!called) channel.port2.postMessage(null);
  called = true;
}

/** Draws when it is its turn. */
export function inTurn(draw: () => unknown): Promise<void> {
  return new Promise((drawn, failed) => {
    waiting.push(() => {
      try {
        draw();
        drawn();
      } catch (cause) {
        failed(cause);
      }
    });
    call();
  });
}
