// The parts of the matrix that need no browser: what is asked when, what is on show, what is copied.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { load } from './module.mjs';

/** @type {typeof import('../src/workspace/matrix.js')} */
const asking = await load('workspace/matrix.ts');
/** @type {typeof import('../src/decision/matrix-text.js')} */
const words = await load('decision/matrix-text.ts');
/** @type {typeof import('../src/workspace/state.js')} */
const { initialState } = await load('workspace/state.ts');

const matrix = /** @type {import('../src/engine/messages.js').MatrixView} */ ({
  Key: 'k', Operation: '', Refusal: '', OtherRefusal: '',
  Columns: ['Decrypt', 'Encrypt', 'ListKeys'].map((name) => ({ ID: name, Label: name })),
  Rows: [
    { Ref: 'ann', Label: 'ann', ARN: 'arn:aws:iam::1:user/ann', Cells: 'ANA', Was: 'NAA' },
    { Ref: 'bob', Label: '=bob, "the builder"', ARN: 'arn:aws:iam::1:user/bob', Cells: 'DNA', Was: 'ANA' },
    { Ref: 'new', Label: 'new|one', ARN: 'arn:aws:iam::1:user/new', Cells: '-NA', Was: '' },
  ],
});

describe('what is on show', () => {
  /** @type {[string, string, import('../src/decision/matrix-text.js').Showing, boolean, string[], string[]][]} */
  const rows = [
    ['everything', '', 'all', true, ['anA', 'dNA', '-Na'], ['Decrypt', 'Encrypt', 'ListKeys']],
    ['everything, compared with nothing', '', 'all', false, ['ANA', 'DNA', '-NA'], ['Decrypt', 'Encrypt', 'ListKeys']],
    ['a word of operations', 'crypt', 'all', true, ['an', 'dN', '-N'], ['Decrypt', 'Encrypt']],
    ['a word of people', 'user/bob', 'all', true, ['dNA'], ['Decrypt', 'Encrypt', 'ListKeys']],
    ['words of both', 'ann list', 'all', true, ['A'], ['ListKeys']],
    ['only changes', '', 'changed', true, ['anA', 'dNA', '-Na'], ['Decrypt', 'Encrypt', 'ListKeys']],
    ['only changes of one', 'bob', 'changed', true, ['d'], ['Decrypt']],
    ['what is allowed', 'crypt', 'allowed', true, ['a'], ['Decrypt']],
    ['what is denied', 'list', 'denied', true, [], []],
    ['nobody', 'zoe', 'all', true, [], ['Decrypt', 'Encrypt', 'ListKeys']],
  ];
  for (const [name, filter, showing, compared, signs, columns] of rows) {
    test(name, () => {
      const part = words.partOf(matrix, filter, showing, compared);
      assert.deepEqual([part.signs, part.columns.map((i) => matrix.Columns[i]?.ID)], [signs, columns]);
    });
  }
  test('changes are counted', () => {
    const { allowed, denied } = words.partOf(matrix, '', 'all', true);
    assert.deepEqual({ allowed, denied }, { allowed: 2, denied: 2 });
  });
});

describe('what is copied', () => {
  const part = words.partOf(matrix, '', 'all', true);
  test('as CSV, where a formula stays a text', () => assert.equal(words.asCSV(matrix, part, 'all'),
    'Principal,Decrypt,Encrypt,ListKeys\nann,newly allowed,newly denied,allowed\n"\'=bob, ""the builder""",newly denied,denied,allowed\nnew|one,nothing to ask,denied,newly allowed\n'));
  test('changes alone, as Markdown', () => assert.equal(words.asMarkdown(matrix, part, 'changed'),
    '| Principal | Operation | Before | Now |\n| --- | --- | --- | --- |\n| ann | Decrypt | denied | allowed |\n| ann | Encrypt | allowed | denied |\n' +
    '| =bob, "the builder" | Decrypt | allowed | denied by a Deny |\n| new\\|one | ListKeys | not there | allowed |\n'));
  test('of keys, the corner names the operation', () => assert.match(words.asCSV({ ...matrix, Key: '', Operation: 'Sign' }, part, 'all'), /^"Principal, Sign",/));
});

test('of the questions that come while one is asked only the newest is asked, and answers come in order', async () => {
  /** @type {number[]} */
  const asked = [];
  /** @type {((answer: string | null) => void)[]} */
  const answer = [];
  /** @type {string[]} */
  const shown = [];
  /** @type {import('../src/workspace/matrix.js').Latest<number, string>} */
  const latest = new asking.Latest((question) => { asked.push(question); return new Promise((done) => answer.push(done)); }, (_, text) => shown.push(text));
  const settled = () => new Promise((done) => setTimeout(done));
  for (const question of [1, 2, 3]) latest.want(question);
  assert.deepEqual(asked, [1]);
  answer[0]?.('one');
  await settled();
  assert.deepEqual([asked, shown], [[1, 3], ['one']]);
  answer[1]?.(null); // it could not be answered
  await settled();
  latest.want(4);
  answer[2]?.('four');
  await settled();
  assert.deepEqual([asked, shown], [[1, 3, 4], ['one', 'four']]);
});

describe('the text on trial', () => {
  const policy = (/** @type {object} */ more) => ({ ID: 'p', Text: 'in force', Draft: '', ReadOnly: false, Owner: '', Kind: 'key policy', Title: '', Diagnostics: [], ...more });
  const state = (/** @type {object[]} */ policies, /** @type {Record<string, string>} */ typed, open = 'p') =>
    /** @type {import('../src/workspace/state.js').WorkspaceState} */ (/** @type {unknown} */ ({
      ...initialState, policy: open, typed, session: { Policies: policies, Principals: [{ Ref: 'ann', ARN: 'a', Label: 'ann', Kind: 'User' }], Keys: [] },
    }));
  test('is none while what stands in the editor is in force', () => assert.equal(asking.onTrial(state([policy({})], {})), null));
  test('is what was typed', () => assert.deepEqual(asking.onTrial(state([policy({})], { p: 'new' })), { Policy: 'p', Text: 'new', As: 'ann' }));
  test('is a draft that AWS refused', () => assert.equal(asking.onTrial(state([policy({ Draft: '{', Refused: true })], {}))?.Text, '{'));
  test('is what was typed into another policy', () => assert.equal(asking.onTrial(state([policy({}), policy({ ID: 'q' })], { q: 'new' }))?.Policy, 'q'));
  test('is none for a policy that cannot be edited', () => assert.equal(asking.onTrial(state([policy({ ReadOnly: true })], { p: 'new' })), null));
});
