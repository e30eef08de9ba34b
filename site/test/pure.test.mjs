// The parts that need no browser: offsets, links, the form and its call, commands, Base64, changes of state.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { load } from './module.mjs';

/** @type {typeof import('../src/engine/spans.js')} */
const spans = await load('engine/spans.ts');
/** @type {typeof import('../src/workspace/link.js')} */
const link = await load('workspace/link.ts');
/** @type {typeof import('../src/workspace/form.js')} */
const form = await load('workspace/form.ts');
/** @type {typeof import('../src/workspace/command.js')} */
const command = await load('workspace/command.ts');
/** @type {typeof import('../src/workspace/state.js')} */
const state = await load('workspace/state.ts');

describe('byte offsets become UTF-16 offsets', () => {
  const text = 'aé漢😀\nz'; // 1, 2, 3, 4, 1, 1 bytes
  for (const [bytes, units] of [[0, 0], [1, 1], [2, 1], [3, 2], [6, 3], [8, 3], [10, 5], [11, 6], [12, 7], [99, 7]]) {
    test(`${bytes} bytes are ${units} units`, () => assert.equal(spans.utf16Offset(text, Number(bytes)), units));
  }
  test('a span covers its characters', () => {
    const { from, to } = spans.utf16Range(text, { Start: 3, End: 10 });
    assert.equal(text.slice(from, to), '漢😀');
  });
  test('an inverted span is empty', () => assert.deepEqual(spans.utf16Range(text, { Start: 3, End: 0 }), { from: 2, to: 2 }));
});

describe('links', () => {
  test('a fragment replaces the one before', () => assert.equal(link.withFragment('https://a.example/p?q#old#er', 'new'), 'https://a.example/p?q#new'));
  test('an empty fragment leaves no sign', () => assert.equal(link.withFragment('https://a.example/#old', ''), 'https://a.example/'));
  test('the fragment of nothing is empty', () => assert.equal(link.fragmentOf(''), ''));
  test('the fragment is what follows the sign', () => assert.equal(link.fragmentOf('#1abc'), '1abc'));
  test('the frame lies beside the page', () =>
    assert.equal(link.pageAddress('https://a.example/kms/index.html?x#y', 'embed.html', '1a', 'ja'), 'https://a.example/kms/embed.html?language=ja#1a'));
  test('a title cannot leave its attribute', () => assert.equal(link.embedSnippet('https://a.example/', '1a', 'en', '"><script>&'),
    '<iframe src="https://a.example/embed.html?language=en#1a" title="&quot;>&lt;script>&amp;" width="100%" height="640" loading="lazy" sandbox="allow-scripts allow-popups" allow="clipboard-write"></iframe>'));
});

/**
 * @param {string} Name
 * @param {string} Role
 * @param {Partial<import('../src/engine/messages.js').FieldView>} [more]
 */
const field = (Name, Role, more = {}) => ({ Name, Role, Type: 'string', Shape: '', Required: false, Enum: [], Min: -1, Max: -1, Member: '', Fields: [], ...more });
const encrypt = { Service: 'kms', Name: 'Encrypt', Simulated: true, Fields: [
  field('KeyId', 'key', { Required: true }), field('Plaintext', 'plaintext', { Type: 'blob', Required: true }),
  field('EncryptionContext', 'encryption context', { Type: 'map' }), field('GrantTokens', 'grant tokens', { Type: 'list' }),
  field('EncryptionAlgorithm', '', { Enum: ['SYMMETRIC_DEFAULT'] }), field('DryRun', '', { Type: 'boolean' })] };
const reencrypt = { Service: 'kms', Name: 'ReEncrypt', Simulated: true, Fields: [
  field('CiphertextBlob', 'ciphertext', { Type: 'blob', Required: true }), field('SourceEncryptionContext', 'encryption context'),
  field('SourceKeyId', 'key'), field('DestinationKeyId', 'key', { Required: true }), field('DestinationEncryptionContext', 'encryption context')] };
const createGrant = { Service: 'kms', Name: 'CreateGrant', Simulated: true, Fields: [
  field('KeyId', 'key', { Required: true }), field('GranteePrincipal', 'principal', { Required: true }),
  field('Operations', '', { Type: 'list', Member: 'string', Required: true }), field('Constraints', 'constraints', { Type: 'structure', Fields: [
    field('EncryptionContextSubset', 'encryption context', { Type: 'map' }), field('SourceArn', '')] })] };
const tagResource = { Service: 'kms', Name: 'TagResource', Simulated: true, Fields: [
  field('KeyId', 'key', { Required: true }), field('Tags', 'tags', { Type: 'list', Member: 'structure', Fields: [field('TagKey', ''), field('TagValue', '')] })] };
const random = { Service: 'kms', Name: 'GenerateRandom', Simulated: true, Fields: [field('NumberOfBytes', '', { Type: 'integer' })] };

describe('the form is a call', () => {
  /**
   * @param {string} name
   * @param {import('../src/engine/messages.js').OperationView} operation
   * @param {Partial<import('../src/workspace/form.js').RequestForm>} typed
   * @param {unknown} want
   */
  const check = (name, operation, typed, want) => test(name, () => {
    assert.deepEqual(form.toCall({ ...form.emptyForm, ...typed }, operation).Input, want);
  });
  check('texts become Base64 of UTF-8', encrypt, { key: 'alias/app', text: { plaintext: 'é' } }, { KeyId: 'alias/app', Plaintext: 'w6k=' });
  check('pairs without a key are left out', encrypt, { key: 'k', pairs: { 'encryption context': [{ key: 'Department', value: 'IT' }, { key: '', value: 'x' }] } },
    { KeyId: 'k', Plaintext: 'SGVsbG8=', EncryptionContext: { Department: 'IT' } });
  check('tokens may be separated by lines or commas', encrypt, { key: 'k', text: { 'grant tokens': 'a,\n b  c\n' } },
    { KeyId: 'k', Plaintext: 'SGVsbG8=', GrantTokens: ['a', 'b', 'c'] });
  check('booleans and choices are typed', encrypt, { key: 'k', text: { 'Encrypt.DryRun': 'true', 'Encrypt.EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' } },
    { KeyId: 'k', Plaintext: 'SGVsbG8=', EncryptionAlgorithm: 'SYMMETRIC_DEFAULT', DryRun: true });
  check('a missing key is left for AWS to refuse', encrypt, {}, { Plaintext: 'SGVsbG8=' });
  check('the Key of ReEncrypt is the destination', reencrypt, { key: 'alias/b', text: { ciphertext: ' AQI= ', 'ReEncrypt.SourceKeyId': 'alias/a' },
    pairs: { 'encryption context': [{ key: 'a', value: '1' }], 'ReEncrypt.DestinationEncryptionContext': [{ key: 'b', value: '2' }] } },
    { CiphertextBlob: 'AQI=', SourceEncryptionContext: { a: '1' }, SourceKeyId: 'alias/a', DestinationKeyId: 'alias/b', DestinationEncryptionContext: { b: '2' } });
  check('constraints carry their type', createGrant, { key: 'k', text: { 'CreateGrant.GranteePrincipal': 'arn:x', 'CreateGrant.Operations': 'Decrypt Encrypt', 'CreateGrant.Constraints.SourceArn': 'arn:y' },
    pairs: { 'CreateGrant.Constraints.EncryptionContextSubset': [{ key: 'Department', value: 'IT' }] } },
    { KeyId: 'k', GranteePrincipal: 'arn:x', Operations: ['Decrypt', 'Encrypt'], Constraints: { EncryptionContextSubset: { Department: 'IT' }, SourceArn: 'arn:y' } });
  check('tags are spelled as the service spells them', tagResource, { key: 'k', pairs: { 'TagResource.Tags': [{ key: 'Project', value: '' }] } },
    { KeyId: 'k', Tags: [{ TagKey: 'Project', TagValue: '' }] });
  check('numbers are numbers', random, { text: { 'GenerateRandom.NumberOfBytes': '12' } }, { NumberOfBytes: 12 });
  check('what is no number goes to AWS as it is', random, { text: { 'GenerateRandom.NumberOfBytes': 'many' } }, { NumberOfBytes: 'many' });
});

describe('Base64', () => {
  test('comes back', () => assert.equal(form.fromBase64('566h55CG6ICF'), '管理者'));
  test('bytes that are no text are told apart', () => assert.equal(form.fromBase64('/w=='), null));
  test('what is no Base64 is told apart', () => assert.equal(form.fromBase64('*'), null));
});

describe('commands', () => {
  test('are split as a shell splits them', () => assert.deepEqual(command.shellWords(`aws  kms 'a b' "c \\"d\\"" e\\ f "" \\\n g`), ['aws', 'kms', 'a b', 'c "d"', 'e f', '', 'g']));
  test('have flags', () => assert.deepEqual(command.flags('aws kms encrypt --key-id k --grant-tokens a b --no-dry-run'), { 'key-id': ['k'], 'grant-tokens': ['a', 'b'], 'no-dry-run': [] }));
  const session = /** @type {import('../src/engine/messages.js').State} */ (/** @type {unknown} */ ({
    Principals: [{ Ref: 'u', ARN: 'arn:aws:iam::111122223333:user/u' }], Keys: [{ Label: 'alias/app' }] }));
  const request = /** @type {import('../src/engine/messages.js').RequestView} */ (/** @type {unknown} */ ({
    Service: 'kms', Operation: 'Encrypt', Principal: 'arn:aws:iam::111122223333:user/u', Resource: 'alias/app',
    Command: 'aws kms encrypt --key-id $key --plaintext SGk= --encryption-context Department=IT,a=b=c' }));
  test('put the form into their state', () => {
    const got = command.formOf(request, encrypt, session, form.emptyForm);
    assert.deepEqual([got.principal, got.operation, got.key, got.text['plaintext'], got.pairs['encryption context']],
      ['u', 'kms:Encrypt', 'alias/app', 'Hi', [{ key: 'Department', value: 'IT' }, { key: 'a', value: 'b=c' }]]);
  });
  test('bring contexts as JSON too', () => {
    const got = command.formOf({ ...request, Command: `aws kms encrypt --encryption-context '{"a":"b"}'` }, encrypt, session, form.emptyForm);
    assert.deepEqual(got.pairs['encryption context'], [{ key: 'a', value: 'b' }]);
  });
});

describe('state', () => {
  const policy = { ID: 'p', Kind: 'key policy', Owner: 'arn:aws:kms:r:111122223333:key/k', Text: 'in force', Draft: '', Refused: false };
  const session = /** @type {import('../src/engine/messages.js').State} */ (/** @type {unknown} */ ({
    Keys: [{ ARN: 'k1', Policy: 'p', Managers: ['b'] }, { ARN: 'k2', Policy: 'q', Managers: [] }],
    Policies: [policy, { ...policy, ID: 'q' }, { ...policy, ID: 'i', Kind: 'identity-based policy', Owner: 'arn:aws:iam::111122223333:user/a' }],
    Principals: [{ Ref: 'a', ARN: 'arn:aws:iam::111122223333:user/a' }, { Ref: 'b', ARN: 'arn:aws:iam::111122223333:user/b' }, { Ref: 'r', ARN: 'arn:aws:iam::111122223333:root' }],
    Requests: [{ Index: 0, Operation: 'Encrypt', Code: '' }, { Index: 1, Operation: 'PutKeyPolicy', Code: 'X' }, { Index: 2, Operation: 'PutKeyPolicy', Code: '' }] }));
  const at = state.withSession(state.initialState, session);
  test('a session selects its first key and that key\'s policy', () => assert.deepEqual([at.key, at.policy], ['k1', 'p']));
  test('a selection that is still there stays', () => assert.equal(state.withSession({ ...at, key: 'k2', policy: 'i' }, session).policy, 'i'));
  test('tabs are the key\'s policy and those of identities', () => assert.deepEqual(state.editorPolicies(at).map((p) => p.ID), ['p', 'i']));
  test('a key policy is edited by a manager of the key', () => assert.equal(state.editor(at, session.Policies[0] ?? assert.fail()), 'b'));
  test('an identity policy is edited by the account\'s root', () => assert.equal(state.editor(at, session.Policies[2] ?? assert.fail()), 'r'));
  test('typed text is in the editor', () => assert.equal(state.editorText({ ...at, typed: { p: 'new' } }, session.Policies[0] ?? assert.fail()), 'new'));
  test('a later change makes a decision old', () => assert.equal(state.changedSince({ ...at, shown: { index: 0, answer: /** @type {any} */ ({}) } }), true));
  test('the newest decision is not old', () => assert.equal(state.changedSince({ ...at, shown: { index: 2, answer: /** @type {any} */ ({}) } }), false));
});
