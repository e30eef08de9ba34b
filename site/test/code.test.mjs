// Requests as code: every operation of the catalogue with every parameter, and texts that try to leave their quotes.
// JavaScript is run, Python is read by a small reader of its literals, Go by gofmt.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startEngine } from './engine.mjs';
import { load } from './module.mjs';

/**
 * @typedef {import('../src/engine/messages.js').FieldView} FieldView
 * @typedef {import('../src/engine/messages.js').OperationView} OperationView
 */

/** @type {typeof import('../src/console/code/python.js')} */
const { python } = await load('console/code/python.ts');
/** @type {typeof import('../src/console/code/javascript.js')} */
const { javascript } = await load('console/code/javascript.ts');
/** @type {typeof import('../src/console/code/go.js')} */
const { go } = await load('console/code/go.ts');

/** @type {typeof import('../src/console/code/terraform.js')} */
const { terraform } = await load('console/code/terraform.ts');

const engine = await startEngine();
/** @type {OperationView[]} */
const operations = engine({ Type: 'Hello' }).Catalogue.Operations;
const programs = process.env['KEEP_PROGRAMS'] || mkdtempSync(join(tmpdir(), 'kms-code-'));
after(() => { if (!process.env['KEEP_PROGRAMS']) rmSync(programs, { recursive: true }); });

const hostile = ['"', "'", '\\', '\\"); import os; os.system("x") #', '${process.exit()}', '`', '\n", evil(), "', '\r\n\t', '\0', '\u2028\u2029',
  '\u202eevil\u2066', '\ufeff', '*/ /*', '</script><script>', '{{x}}', '%s%d', '漢字 é', '😀', '\u{e0041}', '"""', "'''", '#{x}', '\\u0022', '\\\n', '\x7f\x85'];

/** Base64 that is text, and Base64 that is not. */
const blobs = ['SGVsbG8=', 'AQIDBP8='];

/**
 * A value of every parameter.
 * @param {FieldView} field
 * @param {string} text
 * @returns {unknown}
 */
function sample(field, text) {
  switch (field.Type) {
    case 'blob': return blobs[field.Name.length % 2];
    case 'integer': return Math.max(field.Min, 7);
    case 'boolean': return field.Name.length % 2 === 0;
    case 'timestamp': return field.Name.length % 2 === 0 ? 1767258000 : '2026-01-01T09:00:00.25Z';
    case 'map': return { Department: text, [text]: 'IT' };
    case 'list': return [0, 1].map(() => sample({ ...field, Type: field.Member }, text));
    case 'structure': return Object.fromEntries(field.Fields.map((f) => [f.Name, sample(f, text)]));
    default: return field.Enum[0] ?? text;
  }
}

/** @param {OperationView} operation @param {string} text */
const inputOf = (operation, text) => Object.fromEntries(operation.Fields.map((f) => [f.Name, sample(f, text)]));

/** @param {OperationView} operation @param {unknown} Input */
const source = (operation, Input) => ({ call: { Service: operation.Service, Operation: operation.Name, Input }, operation, region: 'us-west-2' });

/**
 * What the SDK would be handed: blobs as bytes, timestamps as dates.
 * @param {unknown} value
 * @param {FieldView | undefined} field
 * @returns {unknown}
 */
function meant(value, field) {
  if (field?.Type === 'blob') return [...Buffer.from(String(value), 'base64')];
  if (field?.Type === 'timestamp') return new Date(typeof value === 'number' ? value * 1000 : String(value));
  if (Array.isArray(value)) return value.map((item) => meant(item, field && { ...field, Type: field.Member }));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, meant(item, field?.Fields.find((f) => f.Name === name))]));
}

/** @param {OperationView} operation @param {Record<string, unknown>} input */
const handed = (operation, input) => Object.fromEntries(Object.entries(input).map(([name, value]) => [name, meant(value, operation.Fields.find((f) => f.Name === name))]));

/**
 * Runs the program with an SDK that keeps what it is given.
 * @param {string} code
 */
async function runJavaScript(code) {
  const [, client, command, name] = /^import \{ (\w+), (\w+) \} from "@aws-sdk\/client-([a-z]+)";\n/.exec(code) ?? assert.fail(code);
  const body = code.slice(code.indexOf('\n') + 1);
  /** @type {any} */
  const seen = { name };
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  await new AsyncFunction(client, command, 'console', body)(
    class { constructor(/** @type {any} */ o) { seen.region = o.region; } send(/** @type {any} */ c) { seen.input = c.input; } },
    class { constructor(/** @type {any} */ input) { this.input = input; } }, { log() {} });
  return { ...seen, input: plain(seen.input) };
}

/** @param {any} value @returns {any} */
function plain(value) {
  if (value instanceof Uint8Array) return [...value];
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}

/**
 * Reads the arguments of the call that a Python program makes.
 * @param {string} code
 */
function readPython(code) {
  const start = /\nresponse = \w+\.(\w+)\(/.exec(code) ?? assert.fail(code);
  let at = start.index + start[0].length;
  const space = () => { while (/\s/.test(code[at] ?? '')) at++; };
  /** @param {string} s */
  const eat = (s) => { space(); if (!code.startsWith(s, at)) return false; at += s.length; return true; };
  /** @param {string} s */
  const must = (s) => { if (!eat(s)) assert.fail(`${s} is wanted at ${code.slice(at, at + 40)}`); };
  const string = () => {
    let out = '';
    must('"');
    for (;;) {
      const c = code[at++] ?? assert.fail('the string does not end');
      if (c === '"') return out;
      if (c === '\n') assert.fail('a line break in a string');
      if (c !== '\\') { out += c; continue; }
      const e = code[at++] ?? '';
      const size = { u: 4, U: 8 }[e];
      if (size) { out += String.fromCodePoint(parseInt(code.slice(at, at + size), 16)); at += size; }
      else out += { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }[e] ?? assert.fail(`\\${e}`);
    }
  };
  /** @returns {any} */
  const strings = () => { let out = string(); space(); while (code[at] === '"') { out += string(); space(); } return out; };
  /** @returns {any} */
  const value = () => {
    space();
    if (eat('None')) return null;
    if (eat('True')) return true;
    if (eat('False')) return false;
    if (eat('base64.b64decode(')) { const s = string(); must(')'); return [...Buffer.from(s, 'base64')]; }
    if (eat('datetime(')) {
      const n = [];
      while (!eat('tzinfo=timezone.utc)')) { n.push(number()); must(','); }
      const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0, micro = 0] = n;
      return new Date(Date.UTC(y, m - 1, d, h, min, s, micro / 1000));
    }
    if (eat('(')) { const s = strings(); must(')'); return s; }
    if (code[at] === '"') { const s = string(); return code.startsWith('.encode()', at) ? (at += 9, [...Buffer.from(s)]) : s; }
    if (eat('[')) { const list = []; while (!eat(']')) { list.push(value()); eat(','); } return list; }
    if (eat('{')) return members();
    return number();
  };
  const number = () => { space(); const [n] = /^-?[\d.e+]+/.exec(code.slice(at)) ?? assert.fail(code.slice(at, at + 40)); at += n.length; return Number(n); };
  const members = () => { /** @type {[string, any][]} */ const list = []; while (!eat('}')) { const k = string(); must(':'); list.push([k, value()]); eat(','); space(); } return Object.fromEntries(list); };
  if (eat('**{')) return { method: start[1], input: members() };
  /** @type {[string, any][]} */
  const input = [];
  while (!eat(')')) {
    space();
    const [name] = /^[A-Za-z]\w*/.exec(code.slice(at)) ?? assert.fail(code.slice(at, at + 40));
    at += name.length;
    must('=');
    input.push([name, value()]);
    eat(',');
  }
  assert.equal(code.slice(at), '\nprint(response)\n');
  return { method: start[1], input: Object.fromEntries(input) };
}

/** @param {string} name @param {string} code */
function keepGo(name, code) {
  writeFileSync(join(programs, `${name}.go`), code);
}

describe('every operation with every parameter', () => {
  for (const operation of operations) {
    test(`${operation.Service} ${operation.Name}`, async () => {
      const input = inputOf(operation, 'line one\nline "two"\n');
      const wanted = handed(operation, input);
      const ran = await runJavaScript(javascript(source(operation, input)));
      assert.deepEqual(ran, { name: operation.Service, region: 'us-west-2', input: wanted });
      assert.deepEqual(readPython(python(source(operation, input))).input, wanted);
      keepGo(`${operation.Service}-${operation.Name}`, go(source(operation, input)));
    });
  }
  test('KMS is there as a whole', () => assert.equal(operations.filter((o) => o.Service === 'kms').length, 56));
});

describe('hostile texts stay texts', () => {
  const operation = operations.find((o) => o.Name === 'CreateKey') ?? assert.fail();
  for (const [i, text] of hostile.entries()) {
    test(JSON.stringify(text), async () => {
      const input = { Description: text, Policy: `{\n${text}\n}`, Tags: [{ TagKey: text, TagValue: text }], [text]: { [text]: [text, null] }, KeySpec: text };
      assert.deepEqual((await runJavaScript(javascript(source(operation, input)))).input, input);
      assert.deepEqual(readPython(python(source(operation, input))).input, input);
      const code = go(source(operation, input));
      keepGo(`hostile-${i}`, code);
      for (const program of [code, python(source(operation, input)), javascript(source(operation, input))]) {
        assert.doesNotMatch(program, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/);
      }
    });
  }
  test('a key named __proto__', async () => {
    const input = JSON.parse('{"Tags": {"__proto__": "x"}}');
    const { input: got } = await runJavaScript(javascript(source(operation, input)));
    assert.deepEqual(Object.keys(got.Tags), ['__proto__']);
  });
  for (const Input of [null, undefined, [], 'x', 7, {}]) {
    test(`the input ${JSON.stringify(Input)}`, async () => {
      assert.deepEqual((await runJavaScript(javascript(source(operation, Input)))).input, {});
      assert.deepEqual(readPython(python(source(operation, Input))).input, {});
    });
  }
});

describe('as it reads', () => {
  const encrypt = operations.find((o) => o.Name === 'Encrypt') ?? assert.fail();
  const grant = operations.find((o) => o.Name === 'CreateGrant') ?? assert.fail();
  const encrypted = source(encrypt, { KeyId: 'alias/app', Plaintext: 'SGVsbG8=', EncryptionContext: { Department: 'IT' } });
  const granted = source(grant, { KeyId: 'alias/app', GranteePrincipal: 'arn:aws:iam::111122223333:role/app', Operations: ['Encrypt', 'Decrypt'], Constraints: { EncryptionContextSubset: { Department: 'IT' } } });
  test('Python', () => assert.equal(python(encrypted), `import boto3

kms = boto3.client("kms", region_name="us-west-2")
response = kms.encrypt(
    KeyId="alias/app",
    Plaintext="Hello".encode(),
    EncryptionContext={"Department": "IT"},
)
print(response)
`));
  test('JavaScript', () => assert.equal(javascript(encrypted), `import { KMSClient, EncryptCommand } from "@aws-sdk/client-kms";

const client = new KMSClient({ region: "us-west-2" });
const response = await client.send(new EncryptCommand({
  KeyId: "alias/app",
  Plaintext: new TextEncoder().encode("Hello"),
  EncryptionContext: { Department: "IT" },
}));
console.log(response);
`));
  test('Go', () => assert.equal(go(granted), `package main

import (
	"context"
	"fmt"
	"log"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"
)

func main() {
	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx, config.WithRegion("us-west-2"))
	if err != nil {
		log.Fatal(err)
	}
	response, err := kms.NewFromConfig(cfg).CreateGrant(ctx, &kms.CreateGrantInput{
		KeyId: aws.String("alias/app"),
		GranteePrincipal: aws.String("arn:aws:iam::111122223333:role/app"),
		Operations: []types.GrantOperation{"Encrypt", "Decrypt"},
		Constraints: &types.GrantConstraints{
			EncryptionContextSubset: map[string]string{
				"Department": "IT",
			},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%+v\\n", response)
}
`));
  test('Terraform', () => {
    assert.deepEqual(terraform(granted), { changes: false, unsaid: [], code: `resource "aws_kms_grant" "this" {
  region            = "us-west-2"
  key_id            = "alias/app"
  grantee_principal = "arn:aws:iam::111122223333:role/app"
  operations        = ["Encrypt", "Decrypt"]

  constraints {
    encryption_context_subset = {
      Department = "IT"
    }
  }
}
` });
    assert.equal(terraform(encrypted), null);
  });
  test('the methods of boto3', () => {
    for (const [name, method] of [['GetKeyRotationStatus', 'get_key_rotation_status'], ['GenerateDataKeyPairWithoutPlaintext', 'generate_data_key_pair_without_plaintext'], ['ListMFADevices', 'list_mfa_devices']]) {
      assert.equal(readPython(python({ ...source(encrypt, {}), operation: { ...encrypt, Name: String(name) } })).method, method);
    }
  });
});

// Every resource of the calls of the catalogue, as testdata keeps it; written anew with UPDATE=1.
test('Terraform, every resource', () => {
  const resources = operations.map((o) => [o, terraform(source(o, inputOf(o, 'a "${b}" %{c}\\')))])
    .flatMap(([o, found]) => (found ? [`# ${/** @type {OperationView} */ (o).Service}:${/** @type {OperationView} */ (o).Name}${/** @type {any} */ (found).changes ? ', a change' : ''}\n${/** @type {any} */ (found).unsaid.map((/** @type {string} */ name) => `# not said: ${name}\n`).join('')}${/** @type {any} */ (found).code}`] : [])).join('\n');
  const golden = fileURLToPath(new URL('data/resources.tf', import.meta.url));
  if (process.env['UPDATE']) writeFileSync(golden, resources);
  assert.equal(resources, readFileSync(golden, 'utf8'));
  assert.ok(resources.split('\nresource ').length > 30);
});

// Python's own reader, where there is one.
const hasPython = (() => { try { execFileSync('python3', ['--version'], { stdio: 'ignore' }); return true; } catch { return false; } })();
test('Python reads every Python program', { skip: hasPython ? false : 'python3 is not installed' }, () => {
  const all = operations.flatMap((o) => ['x', ...hostile].map((text) => python(source(o, inputOf(o, text)))));
  execFileSync('python3', ['-c', 'import ast, json, sys\nfor program in json.load(sys.stdin): ast.parse(program)'], { input: JSON.stringify(all) });
});

test('gofmt reads every Go program', () => {
  execFileSync('gofmt', ['-l', programs], { stdio: ['ignore', 'ignore', 'pipe'] });
});
