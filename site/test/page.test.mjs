// The page itself, in Chromium, with a stand-in for the engine: what it shows, keeps, refuses and recovers from.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch } from './chromium.mjs';
import { becomes, open, parts, send, verdictBegins, visible } from './page.mjs';
import { serve } from './server.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('./server.mjs').Served} */
let site;

before(async () => {
  browser = await launch();
  site = await serve({ fake: true });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/**
 * @param {string} name
 * @param {(at: ReturnType<typeof parts>, page: import('playwright-core').Page, opened: Awaited<ReturnType<typeof open>>) => Promise<void>} body
 * @param {import('playwright-core').BrowserContextOptions & {at?: string}} [options]
 */
function check(name, body, { at = '/', ...options } = {}) {
  test(name, async () => {
    const opened = await open(browser, site.origin + at, options);
    try {
      await body(parts(opened.page), opened.page, opened);
      opened.check();
    } finally {
      await opened.context.close();
    }
  });
}

const rootStatement = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Root", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" }
  ]
}`;

describe('requests', () => {
  check('a denial says why and marks the line', async (at, page) => {
    await at.principal.selectOption('kms-test-2');
    const verdict = await send(at, /^Denied/);
    assert.match(verdict, /no resource-based policy allows the kms:Encrypt action/);
    await visible(at.decision.getByText('No statement of the key policy names the caller or its account.'), 'the reason');
    await becomes(() => at.decidingLine.textContent(), /\{/);
    await at.decision.getByRole('button', { name: 'line 4' }).first().click();
    await page.waitForFunction(() => {
      const host = document.querySelector('kms-playground')?.shadowRoot?.querySelector('kms-policy-editor');
      return host?.shadowRoot?.activeElement?.classList.contains('cm-content');
    });
  });

  check('another failure comes after the authorization verdict', async (at) => {
    await visible(at.policy, 'the editor');
    await at.keySelect.selectOption({ label: 'Other…' });
    await at.console.getByRole('textbox', { name: 'Alias or ARN' }).fill('alias/none');
    assert.match(await send(at, /^Failed/), /^Failed\s*NotFoundException\s*Alias alias\/none is not found\./);
  });

  check('fields change with the operation, and the last ciphertext is at hand', async (at) => {
    await at.principal.selectOption('kms-test-1');
    await send(at, /^Allowed/);
    await at.operation.selectOption({ label: 'Decrypt' });
    await at.console.getByRole('textbox', { name: 'Plaintext' }).waitFor({ state: 'detached' });
    await at.console.getByRole('button', { name: 'Use last ciphertext' }).click();
    await becomes(() => at.console.getByRole('textbox', { name: 'Ciphertext', exact: true }).inputValue(), 'e30=');
    await at.operation.selectOption({ label: 'GenerateRandom' });
    await at.keySelect.waitFor({ state: 'detached' });
  });

  check('pairs of the encryption context are typed into named boxes', async (at) => {
    const group = at.console.getByRole('group', { name: 'Encryption context', exact: true });
    await group.getByRole('button', { name: 'Add pair' }).click();
    await group.getByRole('textbox', { name: 'Context key' }).fill('Department');
    await group.getByRole('textbox', { name: 'Context value' }).fill('IT');
    await at.principal.selectOption('kms-test-1');
    await send(at, /^Allowed/);
    await visible(at.decision.getByLabel('CiphertextBlob', { exact: true }).getByText(btoa('{"Department":"IT"}')), 'the context in the answer');
  });

  check('Ctrl+Enter sends from anywhere', async (at, page) => {
    await visible(at.policy, 'the editor');
    await at.principal.selectOption('kms-test-2');
    await at.policy.focus();
    await page.keyboard.press('Control+Enter');
    await verdictBegins(at.verdict, /^Denied/);
  });
});

describe('policies', () => {
  check('what is typed is in force before the request is sent', async (at) => {
    await at.principal.selectOption('kms-test-2');
    await at.policy.fill(rootStatement);
    await send(at, /^Allowed/);
    await visible(at.lesson.getByText('Goals: 2 of 2 reached'), 'the goals');
  });

  check('a refused draft is kept beside the policy in force', async (at) => {
    await at.policy.fill('{ "Version": ');
    await visible(at.editorRegion.getByText('MalformedPolicyDocumentException'), 'what AWS said');
    await at.editorRegion.getByText('The policy in force').first().click();
    await visible(at.editorRegion.getByText(/"Sid": "Key administrators/), 'the policy in force');
    await becomes(async () => (await at.policy.textContent())?.trim(), '{ "Version":');
    await at.editorRegion.getByRole('button', { name: 'Go back to the policy in force' }).click();
    await visible(at.editorRegion.getByText('✓In force'), 'In force');
  });

  check('remarks appear while typing and lead to their place', async (at) => {
    await at.policy.fill('{');
    await visible(at.editorRegion.getByRole('list', { name: 'Remarks' }).getByRole('button', { name: '1:1' }), 'the remark');
  });

  check('Format lays the policy out', async (at) => {
    await at.policy.fill('{"Version":"2012-10-17","Statement":[]}');
    await at.editorRegion.getByRole('button', { name: 'Format' }).click();
    await visible(at.policy.getByText('"Version": "2012-10-17"'), 'the formatted text');
  });

  check('managed policies are read-only', async (at) => {
    await at.editorRegion.getByRole('tab', { name: 'AdministratorAccess (AWS managed)' }).click();
    const box = at.editorRegion.getByRole('textbox', { name: 'AdministratorAccess (AWS managed)' });
    await becomes(() => box.getAttribute('contenteditable'), 'false');
  });

  check('Tab leaves the editor until one types in it, Escape always', async (at, page) => {
    const inEditor = () => at.policy.evaluate((el) => el.matches(':focus'));
    await at.policy.focus();
    await page.keyboard.press('Tab');
    await becomes(inEditor, false);
    await at.policy.focus();
    await page.keyboard.type(' ');
    await page.keyboard.press('Tab');
    await becomes(inEditor, true);
    await page.keyboard.press('Escape');
    await becomes(inEditor, false);
    await page.keyboard.press('Tab');
    await becomes(inEditor, false);
  });
});

describe('the document', () => {
  check('a tag is added as the chosen principal', async (at) => {
    await at.key.getByRole('tab', { name: 'Tags' }).click();
    await at.key.getByRole('combobox', { name: 'Act as' }).selectOption('kms-test-3');
    await at.key.getByRole('textbox', { name: 'Tag key' }).fill('Project');
    await at.key.getByRole('button', { name: 'Add tag' }).click();
    await visible(at.key.getByText('TagResource was refused.'), 'the refusal');
    await at.key.getByRole('combobox', { name: 'Act as' }).selectOption('kms-test-1');
    await at.key.getByRole('button', { name: 'Add tag' }).click();
    await visible(at.key.getByRole('button', { name: 'Remove tag Project' }), 'the tag');
  });

  check('undo and reset go back', async (at, page) => {
    await at.policy.fill(rootStatement);
    await visible(at.lesson.getByText('Goals: 2 of 2 reached'), 'the goals');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await visible(at.lesson.getByText('Goals: 1 of 2 reached'), 'the goals before');
    await becomes(() => at.policy.textContent(), /Key administrators/);
    await send(at, /^Denied/);
    await at.reset.click();
    await visible(at.decision.getByText('No request is on show.'), 'the empty decision');
  });

  check('a reload keeps the work of the tab', async (at, page) => {
    await at.principal.selectOption('kms-test-2');
    await at.policy.fill(rootStatement);
    await send(at, /^Allowed/);
    await page.reload();
    await visible(at.lesson.getByText('Goals: 2 of 2 reached'), 'the goals');
  });

  check('markup in a document is shown as text', async (at) => {
    await visible(at.lesson.getByText('<script>alert(1)</script>'), 'the markup');
  });

  check('simulated time moves', async (at, page) => {
    await page.getByRole('button', { name: '+5 min' }).click();
    await visible(page.getByRole('group', { name: 'Simulated time' }).getByText('09:05:00'), 'the time');
    await visible(at.policy, 'the editor');
  });

  check('a broken link says so and opens the example', async (at, page) => {
    await visible(page.getByText('the link is broken: it does not hold a document'), 'the failure');
    await visible(at.policy, 'the editor');
  }, { at: '/#broken' });
});

describe('the engine', () => {
  check('a request that never ends is stopped, and the session is replayed', async (at, page) => {
    await at.principal.selectOption('kms-test-2');
    await at.policy.fill(rootStatement);
    await send(at, /^Allowed/);
    await at.keySelect.selectOption({ label: 'Other…' });
    await at.console.getByRole('textbox', { name: 'Alias or ARN' }).fill('alias/never-ends');
    await at.send.click();
    await visible(page.getByText('Call took longer than 10 seconds and was stopped. The engine was restarted and the session replayed.'), 'the cause');
    await at.keySelect.selectOption({ label: 'alias/app' });
    await send(at, /^Allowed/);
    await visible(at.lesson.getByText('Goals: 2 of 2 reached'), 'the goals');
  });

  test('a module that is none is named', async () => {
    const broken = await serve({ fake: true, extra: { '/engine/first.wasm': { type: 'application/wasm', body: 'version https://git-lfs' } } });
    const opened = await open(browser, broken.origin);
    await visible(opened.page.getByText(/is not a WebAssembly module\. The server sent something else in its place\./), 'the cause');
    await opened.context.close();
    await broken.close();
  });
});
