// What two states have in common, and nothing else, is the same object.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { load } from './module.mjs';

/** @type {typeof import('../src/engine/sharing.js')} */
const { shared, sharedAnew } = await load('engine/sharing.ts');

/**
 * @param {string} name
 * @param {any} before
 * @param {any} after
 * @param {(value: any) => unknown[]} kept the parts that must be those of before, in before
 * @param {(value: any) => unknown[]} [there] the same parts in after, where they stand elsewhere
 */
function check(name, before, after, kept, there = kept) {
  test(name, () => {
    const wanted = structuredClone(after);
    const value = shared(before, after);
    assert.deepEqual(value, wanted);
    const [old, now] = [kept(before), there(value)];
    assert.equal(now.length, old.length);
    old.forEach((part, i) => assert.equal(now[i], part));
  });
}

describe('the parts that are equal are the earlier ones', () => {
  check('everything', { Keys: [{ ARN: 'a', Tags: [] }] }, { Keys: [{ ARN: 'a', Tags: [] }] }, (v) => [v, v.Keys, v.Keys[0]]);
  check('what did not change beside what did', { Keys: [{ ARN: 'a' }], Now: '1' }, { Keys: [{ ARN: 'a' }], Now: '2' }, (v) => [v.Keys]);
  check('a list that grew', { Requests: [{ Index: 0, Code: '' }] }, { Requests: [{ Index: 0, Code: '' }, { Index: 1, Code: '' }] }, (v) => [v.Requests[0]]);
  check('what moved in its list', [{ ARN: 'b', n: [1] }], [{ ARN: 'a', n: [1] }, { ARN: 'b', n: [1] }], (v) => [v[0]], (v) => [v[1]]);
  check('a name twice', [{ Name: 'a', n: 1 }, { Name: 'a', n: 2 }], [{ Name: 'a', n: 2 }, { Name: 'a', n: 1 }], () => []);
  check('a field that is gone', { a: [1], b: undefined }, { a: [1] }, (v) => [v.a]);
  check('null, and a list that was an object', { a: null, b: {} }, { a: {}, b: [] }, () => []);
  check('words without names', { Undone: ['x', 'y'] }, { Undone: ['y'] }, () => []);
});

test('a state is another object even if nothing has changed', () => {
  const before = { Keys: [{ ARN: 'a' }] };
  const now = sharedAnew(before, structuredClone(before));
  assert.notEqual(now, before);
  assert.equal(now.Keys, before.Keys);
  assert.deepEqual(sharedAnew(null, { a: 1 }), { a: 1 });
});
