// The Japanese of the built-in lessons: prose for prose, goal for goal, with the fences of the English document.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { load } from './module.mjs';

/** @type {typeof import('../src/text/lesson.js')} */
const { inLanguage, partsOf } = await load('text/lesson.ts');
/** @type {typeof import('../src/text/ja/lessons.js')} */
const { lessons } = await load('text/ja/lessons.ts');

const stories = fileURLToPath(new URL('../../engine/scenario/stories/', import.meta.url));
const translations = fileURLToPath(new URL('../src/text/ja/lessons/', import.meta.url));

const english = new Map(readdirSync(stories, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => {
  const [folder = '', file = ''] = name.split('/');
  return [`${/^\d+(?=-)/.exec(folder)?.[0] ?? folder}-${file.replace(/\.md$/, '')}`, readFileSync(stories + name, 'utf8')];
}));

test('every lesson has a title in Japanese', () => {
  assert.deepEqual([...english.keys()].filter((name) => lessons.title(name, '') === ''), []);
});

test('every lesson has prose in Japanese', () => {
  const translated = readdirSync(translations).map((file) => file.replace(/\.md$/, ''));
  assert.deepEqual([...english.keys()].filter((name) => !translated.includes(name)), []);
});

for (const file of readdirSync(translations).sort()) {
  const name = file.replace(/\.md$/, '');
  test(name, () => {
    const original = english.get(name) ?? assert.fail('is no lesson');
    const document = inLanguage(original, lessons.title(name, ''), readFileSync(translations + file, 'utf8')) ?? assert.fail('does not fit the English lesson');
    const plain = (/** @type {string} */ text) => text.replace(/ goal="[^"\n]*"/g, ' goal');
    const [before, after] = [partsOf(original.replace(/^---\n[^]*?\n---\n/, '')), partsOf(document.replace(/^---\n[^]*?\n---\n/, ''))];
    assert.deepEqual(after.map((part) => plain(part.fences)), before.map((part) => plain(part.fences)));
    before.forEach((part, i) => {
      const there = after[i]?.prose ?? '';
      assert.match(there + 'あ', /[\u3040-\u30ff]/);
      const code = [...part.prose.matchAll(/`[^`]+`/g)].map(([quoted]) => quoted);
      assert.deepEqual(code.filter((quoted) => !there.includes(quoted)), [], there);
      assert.deepEqual(there.match(/^#+ (?:S\d+)?/gm), part.prose.match(/^#+ (?:S\d+)?/gm));
    });
  });
}
