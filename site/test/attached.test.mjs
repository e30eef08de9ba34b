// A page that the local endpoint served shows the calls of AWS clients, live, and why they were denied.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from './axe.mjs';
import { launch } from './chromium.mjs';
import { drawn, open, verdictBegins } from './page.mjs';
import { serve } from './server.mjs';

const top = fileURLToPath(new URL('../../', import.meta.url));
const account = '111122223333';
/** @type {import('playwright-core').Browser} */
let browser;
let origin = '';
let stop = () => {};

before(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'attached-'));
  execFileSync('go', ['build', '-o', join(dir, 'serve'), './scripts/serve'], { cwd: top });
  const server = spawn(join(dir, 'serve'), { cwd: top, env: { ...process.env, HOST: 'localhost', PORT: '0', STATE: '', SCENARIO: '', BOOTSTRAP: '' }, stdio: ['ignore', 'pipe', 'inherit'] });
  stop = () => { server.kill(); rmSync(dir, { recursive: true }); };
  for await (const line of createInterface(server.stdout)) {
    origin = line.split('--endpoint-url ')[1] ?? '';
    if (origin) break;
  }
  browser = await launch();
});

after(async () => {
  await browser?.close();
  stop();
});

/**
 * A call as the root user of an account; the endpoint asks nobody on this machine for more.
 * @param {string} operation
 * @param {object} input
 * @param {string} [caller]
 */
async function call(operation, input, caller = account) {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const response = await fetch(`${origin}/`, {
    method: 'POST', body: JSON.stringify(input),
    headers: {
      'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `TrentService.${operation}`, 'X-Amz-Date': stamp,
      Authorization: `AWS4-HMAC-SHA256 Credential=${caller}/${stamp.slice(0, 8)}/eu-west-1/kms/aws4_request, SignedHeaders=host, Signature=00`,
    },
  });
  return /** @type {any} */ (await response.json());
}

/** Attaches in Japanese, and chooses the call that was denied. @param {import('playwright-core').Page} page */
async function again(page) {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '日本語' }).click();
  await page.getByRole('button', { name: 'メニュー' }).click();
  await page.getByRole('button', { name: 'このエンドポイントに接続' }).click();
  await page.getByRole('button', { name: /kms:Encrypt/ }).click();
}

test('calls of a client come in with their decisions', async () => {
  const key = (await call('CreateKey', {})).KeyMetadata.Arn;
  const { page, context, check } = await open(browser, `${origin}/`);
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('button', { name: 'Attach to this endpoint' }).click();
  const calls = page.getByRole('navigation', { name: 'Calls' });
  const decision = page.getByRole('region', { name: 'Decision of the endpoint' });
  await calls.getByRole('button', { name: /Allowed: kms:CreateKey/ }).waitFor();
  const denied = await call('Encrypt', { KeyId: key, Plaintext: 'aGVsbG8=' }, '444455556666');
  await calls.getByRole('button', { name: /Denied: kms:Encrypt/ }).waitFor();
  await verdictBegins(decision.getByRole('status'), /^Denied/);
  await decision.getByText(denied.Message, { exact: true }).waitFor();
  await call('DescribeKey', { KeyId: key });
  await calls.getByRole('button', { name: /Allowed: kms:DescribeKey/ }).waitFor();
  await verdictBegins(decision.getByRole('status'), /^Allowed/);
  await decision.getByRole('button', { name: /^line / }).first().click();
  await decision.getByLabel(`Policy ${key}`).getByText('"Enable IAM User Permissions"').first().waitFor();
  await calls.getByRole('button', { name: /Denied: kms:Encrypt/ }).click();
  await verdictBegins(decision.getByRole('status'), /^Denied/);
  for (const language of ['', 'ja-']) {
    if (language) await again(page);
    await page.getByRole('status').filter({ hasText: /^\s*(✕\s*)?(Denied|拒否)/ }).waitFor();
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.emulateMedia({ colorScheme });
        await drawn(page);
        await inspect(page, `attached-${language}${colorScheme}-${width}`);
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    }
    await page.getByRole('button', { name: /^(Detach|切断)$/ }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  check();
  await context.close();
});

test('a page from elsewhere offers nothing to attach to', async () => {
  const served = await serve();
  const { page, context, check } = await open(browser, `${served.origin}/`);
  await page.getByRole('button', { name: 'Share' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Attach to this endpoint' }).count(), 0);
  check();
  await context.close();
  await served.close();
});
