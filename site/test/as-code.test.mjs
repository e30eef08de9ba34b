// The request as code, in Chromium with the real engine: of the form while it changes, and of past requests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomes, open, parts, send, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

/**
 * @param {ReturnType<typeof parts>} at
 * @param {string} tab
 */
async function code(at, tab) {
  await at.console.getByRole('tab', { name: tab, exact: true }).click();
  const shown = at.console.getByLabel(tab, { exact: true }).and(at.console.locator('pre'));
  await shown.waitFor();
  return shown;
}

test('the form as code in every language, copied, and past requests', async () => {
  const opened = await open(browser, site.origin, { permissions: ['clipboard-read', 'clipboard-write'] });
  const { page } = opened;
  const at = parts(page);
  await visible(at.policy, 'the editor');
  const loaded = () => page.evaluate(() => performance.getEntriesByType('resource').filter((r) => r.name.includes('as-code')).length);
  assert.equal(await loaded(), 0);
  await at.console.getByText('As code', { exact: true }).click();
  await at.console.getByLabel('AWS CLI').and(at.console.locator('pre')).getByText('aws kms encrypt --key-id alias/app --plaintext SGVsbG8=', { exact: true }).waitFor();
  assert.equal(await loaded(), 1);

  const plaintext = at.console.getByRole('textbox', { name: 'Plaintext' });
  const hostile = `"); import os #\${x}<b>`;
  await plaintext.fill(hostile);
  await (await code(at, 'Python (boto3)')).getByText(`Plaintext="\\"); import os #\${x}<b>".encode()`).waitFor();
  await (await code(at, 'JavaScript (SDK v3)')).getByText('new EncryptCommand({').waitFor();
  await (await code(at, 'Go (SDK v2)')).getByText('&kms.EncryptInput{').waitFor();
  await (await code(at, 'Terraform')).getByText('# Encrypt makes and changes no resource').waitFor();
  await (await code(at, 'CloudTrail event')).getByText('"eventName": "Encrypt"').waitFor();
  await page.keyboard.press('Home');
  await becomes(() => at.console.getByRole('tab', { name: 'AWS CLI' }).getAttribute('aria-selected'), 'true');
  await visible(at.console.getByText(`--plaintext ${Buffer.from(hostile).toString('base64')}`), 'the command of what was typed');
  await at.console.getByRole('button', { name: 'Copy code' }).click();
  await visible(at.console.getByText('Copied.'), 'that it was copied');
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^aws kms encrypt --key-id alias\/app/);

  // Each can be copied.
  for (const [tab, begins] of /** @type {const} */ ([['Python (boto3)', 'import '], ['JavaScript (SDK v3)', 'import { KMSClient'], ['Go (SDK v2)', 'package main'], ['Terraform', '# Encrypt'], ['CloudTrail event', '{']])) {
    await code(at, tab);
    await at.console.getByRole('button', { name: 'Copy code' }).click();
    await page.waitForFunction((begins) => navigator.clipboard.readText().then((text) => text.startsWith(begins)), begins);
  }

  // Looking changes nothing; a request that was sent can be had as code whatever the form says now.
  const before = await page.getByRole('region', { name: 'Time line' }).getByRole('button').count();
  await send(at, /^Denied/);
  await becomes(() => page.getByRole('region', { name: 'Time line' }).getByRole('button').count(), before + 1);
  await at.operation.selectOption({ label: 'GenerateRandom' });
  await (await code(at, 'Go (SDK v2)')).getByText('&kms.GenerateRandomInput{').waitFor();
  await at.console.getByRole('combobox', { name: 'Request', exact: true }).selectOption({ index: 1 });
  await (await code(at, 'Go (SDK v2)')).getByText('&kms.EncryptInput{').waitFor();
  await (await code(at, 'CloudTrail event')).getByText('"errorCode": "AccessDenied"').waitFor();
  opened.check();
  await opened.context.close();
});
