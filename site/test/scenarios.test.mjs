// Keeping scenarios, without a browser: two tabs on one storage, storages that refuse, and entries that somebody else wrote.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { load } from './module.mjs';

/** @type {typeof import('../src/workspace/scenarios.js')} */
const { Scenarios, parse } = await load('workspace/scenarios.ts');
/** @type {typeof import('../src/workspace/keeper.js')} */
const { Keeper, fileName } = await load('workspace/keeper.ts');

/**
 * A storage as browsers have it.
 * @param {{limit?: number}} [options] characters that it takes
 */
function storage({ limit = Infinity } = {}) {
  /** @type {Map<string, string>} */
  const held = new Map();
  return /** @type {Storage} */ (/** @type {unknown} */ ({
    get length() { return held.size; },
    key: (/** @type {number} */ i) => [...held.keys()][i] ?? null,
    getItem: (/** @type {string} */ name) => held.get(name) ?? null,
    removeItem: (/** @type {string} */ name) => void held.delete(name),
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => {
      if (value.length > limit) throw new DOMException('full', 'QuotaExceededError');
      held.set(name, value);
    },
  }));
}

/**
 * A tab: its document and what keeps it.
 * @param {() => Storage} find
 */
function tab(find) {
  const tab = { get changed() { return this.document !== this.opened; }, document: 'a', opened: 'a', title: 'Grants', example: '', past: () => 'past', keeping: /** @type {any} */ (null), keeper: /** @type {any} */ (null) };
  tab.keeper = new Keeper(() => tab, (keeping) => { tab.keeping = keeping; }, find);
  return { tab, change: (/** @type {string} */ document) => { tab.document = document; tab.keeper.save(); } };
}

const entry = { name: 'Mine', revision: 3, changed: 1, document: 'text', opened: 'text', example: '', past: '' };

describe('what is stored', () => {
  const rows = {
    'no JSON': '{', 'null': 'null', 'a list': '[]', 'a number': '7', 'no name': JSON.stringify({ ...entry, name: undefined }),
    'a name that is none': JSON.stringify({ ...entry, name: { toString: 1 } }), 'no document': JSON.stringify({ ...entry, document: 7 }),
    'a revision that is none': JSON.stringify({ ...entry, revision: 'x' }), 'half a revision': JSON.stringify({ ...entry, revision: 1.5 }),
    'a time that is none': JSON.stringify({ ...entry, changed: 1e300 }), 'a document that is too long': JSON.stringify({ ...entry, document: 'x'.repeat(4_000_001) }),
    'a huge text': 'x'.repeat(16_000_001), 'deep JSON': '['.repeat(100_000),
  };
  for (const [name, text] of Object.entries(rows)) {
    test(`${name} is left alone`, () => {
      const held = storage();
      held.setItem('kms-playground.scenario.x', text);
      held.setItem('kms-playground.scenario.good', JSON.stringify(entry));
      held.setItem('somebody.else', text);
      const scenarios = new Scenarios(() => held);
      const { scenarios: list, unreadable } = scenarios.list();
      assert.deepEqual([list.map((s) => s.id), unreadable], [['good'], 1]);
      assert.equal(held.getItem('kms-playground.scenario.x'), text);
    });
  }
  test('what is wrong in little is mended', () =>
    assert.deepEqual(parse(JSON.stringify({ ...entry, name: 'n'.repeat(500), opened: 7, example: [], __proto__: { name: 1 } })), { ...entry, name: 'n'.repeat(200) }));
  test('names are free', () => {
    const scenarios = new Scenarios(() => held);
    const held = storage();
    scenarios.write('1', entry);
    scenarios.write('2', { ...entry, name: 'Mine (2)' });
    assert.deepEqual(['Mine', ' Mine ', 'Other', '  '].map((name) => scenarios.freeName(name)), ['Mine (3)', 'Mine (3)', 'Other', 'Untitled']);
    assert.equal(scenarios.freeName('Mine', '1'), 'Mine');
  });
});

describe('one tab', () => {
  test('nothing is kept before the first change, everything from it on', () => {
    const held = storage();
    const { tab: t, change } = tab(() => held);
    change('a');
    assert.equal(held.length, 0);
    change('a\nb');
    assert.deepEqual({ ...t.keeping, id: '' }, { id: '', name: 'Grants', where: 'browser', conflict: false });
    change('a');
    assert.equal(t.keeper.scenarios.read(t.keeping.id).document, 'a');
    assert.equal(held.length, 1);
  });
  test('renaming, deleting and putting back', () => {
    const held = storage();
    const { tab: t, change } = tab(() => held);
    change('b');
    const { id } = t.keeping;
    t.keeper.rename(id, 'Better');
    assert.equal(t.keeping.name, 'Better');
    change('c');
    assert.deepEqual([t.keeping.conflict, t.keeper.scenarios.read(id).name], [false, 'Better']);
    const scenario = t.keeper.remove(id);
    assert.deepEqual([t.keeping.id, held.length], ['', 0]);
    t.keeper.putBack({ id, scenario });
    assert.deepEqual([t.keeping.id, t.keeping.name], [id, 'Better']);
    change('d');
    assert.equal(held.length, 1);
  });
  test('a storage that has room for the document alone keeps that', () => {
    const held = storage({ limit: 200 });
    const { tab: t, change } = tab(() => held);
    Object.assign(t, { past: () => 'p'.repeat(100) });
    change('b');
    assert.equal(t.keeping.where, 'browser');
    const { document, past } = t.keeper.scenarios.read(t.keeping.id);
    assert.deepEqual([document, past], ['b', '']);
  });
  test('a full storage', () => {
    const held = storage({ limit: 150 });
    const { tab: t, change } = tab(() => held);
    change('b');
    assert.equal(t.keeping.where, 'browser');
    change('x'.repeat(200));
    assert.equal(t.keeping.where, 'full');
    assert.equal(t.keeper.scenarios.read(t.keeping.id).document.length, 200);
    change('c');
    assert.deepEqual([t.keeping.where, JSON.parse(held.getItem(`kms-playground.scenario.${t.keeping.id}`) ?? '').document], ['browser', 'c']);
  });
  test('no storage', () => {
    const { tab: t, change } = tab(() => { throw new DOMException('no', 'SecurityError'); });
    change('b');
    assert.deepEqual({ ...t.keeping, id: '' }, { id: '', name: 'Grants', where: 'none', conflict: false });
    assert.deepEqual(t.keeper.scenarios.list().scenarios.map((/** @type {any} */ s) => s.scenario.document), ['b']);
    t.keeper.remove(t.keeping.id);
    assert.deepEqual(t.keeper.scenarios.list().scenarios, []);
  });
});

describe('two tabs', () => {
  test('each has a scenario of its own', () => {
    const held = storage();
    const [one, two] = [tab(() => held), tab(() => held)];
    one.change('b');
    two.change('c');
    assert.deepEqual([one.tab.keeping.name, two.tab.keeping.name, held.length], ['Grants', 'Grants (2)', 2]);
  });
  test('on one scenario, the second to write writes nothing until it is settled', () => {
    const held = storage();
    const [one, two] = [tab(() => held), tab(() => held)];
    one.change('b');
    const { id } = one.tab.keeping;
    two.tab.document = 'b';
    two.tab.keeper.opened(id, two.tab.keeper.scenarios.read(id));
    one.change('b1');
    two.change('b2');
    assert.equal(two.tab.keeping.conflict, true);
    two.change('b3');
    assert.equal(two.tab.keeper.scenarios.read(id).document, 'b1');
    two.tab.keeper.saveCopy();
    assert.deepEqual([two.tab.keeping.name, two.tab.keeping.conflict, held.length], ['Grants (2)', false, 2]);
    one.change('b4');
    assert.equal(one.tab.keeping.conflict, false);
  });
  test('a reload after the other tab wrote is a conflict', () => {
    const held = storage();
    const [one, two] = [tab(() => held), tab(() => held)];
    one.change('b');
    const { id } = one.tab.keeping;
    two.tab.document = 'b';
    one.change('c');
    two.tab.keeper.resume(`${id} 1`);
    assert.equal(two.tab.keeping.conflict, true);
    two.tab.keeper.save();
    assert.equal(two.tab.keeper.scenarios.read(id).document, 'c');
  });
  test('what the tab remembers may be nonsense', () => {
    for (const remembered of ['', 'x', 'x y', ' 7', '__proto__ 1']) {
      const { tab: t, change } = tab(() => storage());
      t.keeper.resume(remembered);
      change('b');
      assert.equal(t.keeping.name, 'Grants');
    }
  });
});

describe('names of files', () => {
  for (const [title, name] of [['Why does it need it?', 'why-does-it-need-it.md'], ['../../etc/passwd', 'etc-passwd.md'], ['', 'scenario.md'], ['鍵ポリシー', '鍵ポリシー.md'], ['x'.repeat(300), `${'x'.repeat(80)}.md`]]) {
    test(String(name).slice(0, 40), () => assert.equal(fileName(String(title)), name));
  }
});
