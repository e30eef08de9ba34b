// The two engines of the page: the first decides alone, the whole one takes over from it, and nothing of the session is
// lost on the way.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { startEngine } from './engine.mjs';
import { becomes, open, parts, send, verdictBegins, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

test('every example that the first engine opens is in the same state in the whole one', async () => {
  const first = await startEngine('first');
  const whole = await startEngine('whole');
  const digest = (/** @type {object} */ state) => createHash('sha256').update(JSON.stringify(state)).digest('hex');
  let same = 0;
  for (const { Name, Text } of whole({ Type: 'Hello' }).Catalogue.Examples) {
    const reply = first({ Type: 'Open', Document: Text });
    assert.equal(reply.Failure, '', Name);
    if (reply.NeedsWhole) continue;
    same++;
    assert.equal(digest(reply.State), digest(whole({ Type: 'Open', Document: Text }).State), Name);
  }
  assert.ok(same >= 30, `the first engine opens ${same} examples only`);
});

/**
 * Opens the page and keeps the names of the engines that it asked for.
 * @param {{at?: string, script?: () => void, withoutWhole?: boolean}} [options]
 */
async function opened({ at = '/', script, withoutWhole = false } = {}) {
  /** @type {string[]} */
  const engines = [];
  const it = await open(browser, 'about:blank');
  it.context.on('request', (request) => {
    const name = /engine\/(\w+)\.wasm/.exec(request.url())?.[1];
    if (name) engines.push(name);
  });
  if (script) await it.context.addInitScript(script);
  if (withoutWhole) await it.context.route('**/whole.wasm*', (route) => route.abort());
  await it.page.goto(site.origin + at);
  return { ...it, at: parts(it.page), engines };
}

// Runs in the page before its scripts.
const saveData = () => Object.defineProperty(navigator, 'connection', { value: { saveData: true } });

const rootStatement = '{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" } ] }';

/** @param {string} document */
const linkOf = async (document) => {
  const engine = await startEngine('whole');
  engine({ Type: 'Open', Document: document });
  return `/#${engine({ Type: 'Share' }).Text}`;
};

describe('the whole engine', () => {
  test('comes once a decision is on the screen, and leaves Undo and drafts as they were', async () => {
    const { page, at, engines, context } = await opened();
    await visible(at.policy, 'the editor');
    await at.principal.selectOption('kms-test-2');
    assert.deepEqual(engines, ['first']);
    await at.policy.fill(rootStatement);
    await visible(at.editorRegion.getByText('✓In force'), 'In force');
    await send(at, /^Allowed/);
    await at.policy.fill('{ "Version": ');
    await visible(at.editorRegion.getByText('MalformedPolicyDocumentException'), 'what AWS said');
    await tookOver(page, engines);
    await becomes(async () => (await at.policy.textContent())?.trim(), '{ "Version":');
    const undo = page.getByRole('button', { name: 'Undo', exact: true });
    await undo.click(); // the draft
    await visible(at.policy.getByText(':root'), 'the policy in force');
    await undo.click(); // the request
    await visible(at.decision.getByText('No request is on show.'), 'the empty decision');
    await undo.click(); // the policy
    await visible(at.policy.getByText('kms-test-1'), 'the policy as it was');
    await undo.and(page.locator(':disabled')).waitFor();
    assert.deepEqual(engines, ['first', 'whole']);
    await context.close();
  });

  test('is left where the person saves data, until it is asked for', async () => {
    const { page, at, engines, context } = await opened({ script: saveData });
    await visible(at.policy, 'the editor');
    await at.principal.selectOption('kms-test-1');
    await send(at, /^Allowed/);
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
    assert.deepEqual(engines, ['first']);
    await at.principal.selectOption('kms-test-2');
    await send(at, /^Denied/);
    assert.deepEqual(engines, ['first']);
    await at.decision.getByRole('button', { name: /^What would allow it/ }).click();
    await visible(at.decision.getByRole('heading', { name: /^What would allow it \(/ }), 'the advice');
    assert.deepEqual(engines, ['first', 'whole']);
    await context.close();
  });

  test('opens a document that takes it', async () => {
    const pair = 'aws kms generate-data-key-pair-without-plaintext --key-id $key --key-pair-spec ECC_NIST_P256';
    const { at, engines, context } = await opened({
      at: await linkOf(`---\ntitle: A pair\n---\n\`\`\`sh as="111122223333:root"\nkey=$(aws kms create-key --query KeyMetadata.KeyId --output text)\n${pair}\n\`\`\`\n`),
    });
    await verdictBegins(at.verdict, /^Allowed/);
    assert.deepEqual(engines, ['first', 'whole']);
    await context.close();
  });

  test('that cannot be loaded leaves the first one in charge', async () => {
    const { page, at, context } = await opened({ withoutWhole: true });
    await visible(at.policy, 'the editor');
    await at.principal.selectOption('kms-test-2');
    await send(at, /^Denied/);
    await visible(page.getByText(/Failed to fetch/), 'the cause');
    await at.policy.fill(rootStatement);
    await send(at, /^Allowed/);
    await context.close();
  });
});

/**
 * Waits until the page has one worker again: two run while one takes over from the other.
 * @param {import('playwright-core').Page} page
 * @param {string[]} engines
 */
async function tookOver(page, engines) {
  await becomes(() => [engines.length, page.workers().length], [2, 1]);
}
