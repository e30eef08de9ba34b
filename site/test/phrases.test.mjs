// Every sentence that the engine says has its Japanese: sentences.txt is what the stories and the test data of the engine
// bring out, written by scripts/sentences and held current by its test.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startEngine } from './engine.mjs';
import { load } from './module.mjs';

/** @type {typeof import('../src/text/ja/phrases.js')} */
const { said, translated } = await load('text/ja/phrases.ts');

const sentences = readFileSync(fileURLToPath(new URL('sentences.txt', import.meta.url)), 'utf8').trimEnd().split('\n').map((line) => line.replaceAll('↵', '\n'));

test('every sentence of the engine has its Japanese', () => {
  assert.ok(sentences.length > 1300);
  assert.deepEqual(sentences.filter((sentence) => translated(sentence) === null), []);
});

test('what the parameters are for is said in Japanese too', async () => {
  const engine = await startEngine();
  const operations = /** @type {import('../src/engine/messages.js').OperationView[]} */ (engine({ Type: 'Hello' }).Catalogue.Operations);
  const texts = operations.flatMap((o) => engine({ Type: 'Describe', Text: `${o.Service}:${o.Name}` }).Described.Fields.map((/** @type {{ Text: string }} */ f) => f.Text));
  assert.ok(texts.length > 200);
  assert.deepEqual(texts.filter((text) => translated(text) === null), []);
});

test('a translation keeps the names that the sentence gives, and nothing else', () => {
  const names = /"(?:[^"\\]|\\.)*"|\barn:\S+\w|\b(?:kms|aws|iam|sts):[\w/]+|\b\d{12}\b/g;
  for (const sentence of sentences) {
    const japanese = said(sentence);
    const lost = (sentence.match(names) ?? []).filter((name) => !japanese.includes(name.replace(/^"|"$/g, '')));
    assert.deepEqual(lost, [], `${sentence}\n${japanese}`);
    assert.doesNotMatch(japanese.replace(/"[^"]*"|「[^」]*」|An error occurred[^]*|invalid character[^]*/g, ''), /\b(?:and|is|of|on|that|the|The|until)\b/, sentence);
  }
});

test('what is no sentence of ours stays as it is', () => {
  for (const text of ['', 'User: arn:aws:iam::111122223333:user/x is not authorized to perform: kms:Encrypt on resource: y because no identity-based policy allows the kms:Encrypt action',
    'a policy of mine', 'kms-test-2', 'AccessDeniedException', 'the cat sat on the mat and purred, and slept']) {
    assert.equal(said(text), text);
  }
});
