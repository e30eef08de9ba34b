// Holds the playground's Worker under workerd: the site decides in a browser, the AWS SDK for Go is let in and refused,
// and state stays. Run by make test-edge, after everything is built; prints what it measures.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from '../bench/chromium.mjs';
import { firstDecisions } from '../bench/page.mjs';
import { computed } from './processor.mjs';
import { bare, playground } from './worker.mjs';

// Cloudflare's limit for a Worker without compression.
const limit = { bytes: 64 << 20 };

// Of an Encrypt beside a Worker that does nothing, and of what a start computes up to the first answer of the world,
// which Cloudflare limits too. Times are printed and not asserted: machines are noisy.
const target = { encryptMilliseconds: 3, startMilliseconds: 1000 };

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
let worker, nothing;

before(async () => {
  [worker, nothing] = await Promise.all([playground({ bootstrap: 'anywhere' }), bare()]);
});
after(() => Promise.all([worker?.close(), nothing?.close()]));

/** Asks what any client may: an unsigned call. */
const unsigned = (address, body = '{}') =>
  fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'TrentService.ListKeys' }, body });

/** A call signed by nobody: whose access key is an account id needs no secret. */
function asRoot(address) {
  const at = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `111122223333/${at.slice(0, 8)}/eu-west-1/kms/aws4_request`;
  const Authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=00`;
  const headers = { Authorization, 'X-Amz-Date': at, 'X-Amz-Target': 'TrentService.ListKeys', 'Content-Type': 'application/x-amz-json-1.1' };
  return fetch(address, { method: 'POST', headers, body: '{}' });
}

test('the stateless routes answer', async () => {
  const answers = {
    'GET /health': [200, 'application/json', /^{"Status":"ok"}\n$/],
    'GET /version': [200, 'application/json', /^{"Revision":"([0-9a-f]{40})?","Go":"go1\.[\d.]+"}\n$/],
    'GET /': [200, 'text/html; charset=utf-8', /<title>KMS Playground<\/title>/],
    'GET /embed.html': [200, 'text/html; charset=utf-8', /<!doctype html>/],
    'GET /nothing': [404, 'text/plain; charset=utf-8', /^there is nothing at \/nothing\n$/],
    'PUT /health': [405, 'text/plain; charset=utf-8', /^only GET and HEAD\n$/],
  };
  for (const [asked, [status, type, text]] of Object.entries(answers)) {
    const [method, path] = asked.split(' ');
    const answer = await fetch(worker.address + path, { method });
    assert.equal(answer.status, status, asked);
    assert.equal(answer.headers.get('Content-Type'), type, asked);
    assert.match(await answer.text(), text, asked);
  }
});

test('the site has its headers, and its files keep in caches', async () => {
  const page = await fetch(worker.address);
  assert.match(page.headers.get('Content-Security-Policy'), /^default-src 'none'; .*; frame-ancestors 'self'$/);
  assert.equal(page.headers.get('Cross-Origin-Embedder-Policy'), 'require-corp');
  assert.equal(page.headers.get('Cache-Control'), 'no-cache');
  const [script] = /assets\/[\w-]+\.js/.exec(await page.text());
  const asset = await fetch(`${worker.address}/${script}`);
  assert.equal(asset.headers.get('Cache-Control'), 'public, max-age=31536000, immutable');
  const again = await fetch(`${worker.address}/${script}`, { headers: { 'If-None-Match': asset.headers.get('ETag') } });
  assert.equal(again.status, 304);
});

test('the page decides', async () => {
  const browser = await chromium();
  try {
    const { loaded } = await firstDecisions(browser, `${worker.address}/`, 1);
    assert.ok(loaded.includes('engine/first.wasm'), `loaded ${loaded}`);
  } finally {
    await browser.close();
  }
});

test('an unsigned call and a body that is too long are refused', async () => {
  const answer = await unsigned(worker.address);
  assert.equal(answer.status, 400);
  assert.match(await answer.text(), /MissingAuthenticationTokenException/);
  const long = await unsigned(worker.address, 'x'.repeat(3 << 20));
  assert.equal(long.status, 413);
  assert.match(await long.text(), /RequestEntityTooLargeException/);
});

test('the AWS SDK for Go encrypts, is denied, and finds the state of earlier calls', async () => {
  const { stdout } = await promisify(execFile)('go', ['run', '-C', here('../clients'), './edge', worker.address, nothing.address]);
  const { EncryptMilliseconds, BareMilliseconds, KeyArn, ...got } = JSON.parse(stdout);
  const user = 'arn:aws:iam::111122223333:user/dev';
  assert.match(KeyArn, /^arn:aws:kms:eu-west-1:111122223333:key\/[0-9a-f-]{36}$/);
  assert.deepEqual(got, {
    Caller: user,
    Encrypted: KeyArn,
    Denied:
      `AccessDeniedException: User: ${user} is not authorized to perform: kms:Decrypt on resource: ${KeyArn} ` +
      'because no identity-based policy allows the kms:Decrypt action',
    IsDenied: true,
    Decrypted: 'hello',
    Forged:
      'InvalidSignatureException: The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  });
  figure('a warm Encrypt, p50', `${EncryptMilliseconds.toFixed(2)} ms`);
  figure('a bare Worker, p50', `${BareMilliseconds.toFixed(2)} ms`);
  const more = EncryptMilliseconds - BareMilliseconds;
  figure('more than a bare Worker', `${more.toFixed(2)} ms, the target is ${target.encryptMilliseconds}`);
});

test('account ids are no access keys unless BOOTSTRAP says so', async () => {
  assert.equal((await asRoot(worker.address)).status, 200);
  for (const bootstrap of ['', 'loopback']) {
    const closed = await playground({ bootstrap });
    try {
      const answer = await asRoot(closed.address);
      assert.equal(answer.status, 400, bootstrap);
      assert.deepEqual(await answer.json(), {
        __type: 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
      });
    } finally {
      await closed.close();
    }
  }
});

test('the program is within the limit; when it starts is printed', async () => {
  const { size } = statSync(here('../../wasm/edge/build/app.wasm'));
  figure('the program, uncompressed', `${(size / 1e6).toFixed(1)} MB`);
  assert.ok(size < limit.bytes, `${size} bytes`);
  const world = await start(() => playground({ bootstrap: 'anywhere' }));
  const little = await start(bare);
  for (const [what, times] of Object.entries({ 'the world': world, 'a bare Worker': little })) {
    figure(`workerd with ${what}: computed up to the first answer`, `${times.computed.toFixed(0)} ms`);
    figure(`  and on the clock from listening to that answer`, `${times.answer.toFixed(0)} ms`);
  }
  figure('the start', `${world.computed.toFixed(0)} ms, the target is ${target.startMilliseconds}`);
});

/**
 * Milliseconds that a workerd computes from its start to its first answer, and those between its listening and that
 * answer, which stand for the first where it cannot be known.
 */
async function start(begin) {
  const before = computed();
  const fresh = await begin();
  try {
    const listening = performance.now();
    assert.equal((await asRoot(fresh.address)).status, 200);
    const answer = performance.now() - listening;
    if (before === null) return { computed: answer, answer };
    const started = [...computed()].filter(([id]) => !before.has(id));
    assert.equal(started.length, 1, 'one workerd');
    return { computed: started[0][1], answer };
  } finally {
    await fresh.close();
  }
}

function figure(what, value) {
  console.log(`${what.padEnd(62)} ${value.padStart(9)}`);
}
