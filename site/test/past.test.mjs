// The past of a session beside its document: packed and unpacked without loss, small, and nothing where it is not of the
// document or was written by somebody else.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { load } from './module.mjs';

/** @type {typeof import('../src/workspace/past.js')} */
const { packed, unpacked } = await load('workspace/past.ts');

const document = `# One — 管理者\n${'a step\n'.repeat(2000)}`;
const marks = [{ Length: 4, Edit: '' }, { Length: 9, Edit: 'arn:aws:kms:us-east-1:111122223333:key/k' }];
const past = {
  Opened: 4, Marks: marks, Undone: [{ Text: '\nundone "first"\n', Edit: '' }, { Text: 'second', Edit: 'p' }],
  Branches: [{ Text: `${document}another course`, Opened: 4, Marks: marks }, { Text: document.slice(0, 20), Opened: 4, Marks: [] }, { Text: 'nothing shared', Opened: 0, Marks: [] }],
  Drafts: [{ Policy: 'p', Text: '{ "Version": ', Refused: true, Length: 7 }, { Policy: 'q', Text: '', Refused: true, Length: 9 }],
};

describe('the past of a session', () => {
  test('comes back as it was', () => assert.deepEqual(unpacked(packed(document, past), document), past));
  test('leaves out texts of edits that are in force, and what branches share with the document', () => {
    const text = packed(document, { ...past, Drafts: [{ Policy: 'p', Text: 'x'.repeat(5000), Refused: false, Length: 7 }] });
    assert.ok(text.length < 700, `${text.length} characters`);
    assert.deepEqual(unpacked(text, document)?.Drafts, [{ Policy: 'p', Text: '', Refused: false, Length: 7 }]);
  });

  const good = packed(document, past);
  /** @param {(value: any) => unknown} change */
  const changed = (change) => { const value = JSON.parse(good); return JSON.stringify(change(value) ?? value); };
  const rows = {
    'nothing': '', 'no JSON': '[', 'null': 'null', 'an object': '{}', 'too short': '[1]', 'deep JSON': '['.repeat(100_000), 'a huge text': `"${'x'.repeat(4_000_001)}"`,
    'another version': changed((v) => { v[0] = 2; }), 'another document': packed(`${document}.`, past), 'a document of the same length': packed(document.replace('One', 'Two'), past),
    'an opened that is none': changed((v) => { v[2] = -1; }), 'marks that are none': changed((v) => { v[3] = [['4', '']]; }), 'a mark of half a byte': changed((v) => { v[3] = [[0.5, '']]; }),
    'undone that is no text': changed((v) => { v[4] = [[{ toString: 1 }, '']]; }), 'branches that are none': changed((v) => { v[5] = [7]; }),
    'a branch without marks': changed((v) => { v[5][0][3] = null; }), 'drafts that are none': changed((v) => { v[6] = [['p', 7, 0]]; }),
  };
  for (const [name, text] of Object.entries(rows)) test(`${name} is none`, () => assert.equal(unpacked(text, document), null));
});
