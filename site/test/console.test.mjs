// The console: shell text run as a principal, in Chromium with the real engine.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomes, open, parts, verdictBegins, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

/** @param {import('playwright-core').Page} page */
function shell(page) {
  const region = page.getByRole('region', { name: 'Console', exact: true });
  return {
    region,
    toggle: region.getByRole('button', { name: 'Console', exact: true }),
    command: region.getByRole('textbox', { name: 'Command', exact: true }),
    as: region.getByRole('combobox', { name: 'Run as', exact: true }),
    run: region.getByRole('button', { name: 'Run', exact: true }),
    log: region.getByRole('log', { name: 'Output', exact: true }),
  };
}

/** @param {import('playwright-core').Locator} box @param {string} value */
async function holds(box, value) {
  await becomes(() => box.inputValue(), value);
}

test('commands run as a principal, with their calls, errors and history', async () => {
  const opened = await open(browser, site.origin);
  const { page } = opened;
  const at = parts(page);
  const sh = shell(page);
  await visible(at.policy, 'the editor');
  const loaded = () => page.evaluate(() => performance.getEntriesByType('resource').filter((r) => /\/shell-[^/]*\.js/.test(r.name)).length);
  assert.equal(await loaded(), 0);
  await sh.toggle.click();
  await visible(sh.log.getByText('The AWS CLI in a shell'), 'what the console is for');
  assert.equal(await loaded(), 1);

  const requests = page.getByRole('region', { name: 'Time line' }).getByRole('button');
  const before = await requests.count();
  await sh.as.selectOption({ label: 'kms-test-1' });
  const script = 'for text in SGVsbG8= V29ybGQ=; do\n  aws kms encrypt --key-id alias/app --plaintext $text --query KeyId --output text\ndone\necho "<b>done</b>"';
  await sh.command.fill(script);
  await sh.run.click();
  await visible(sh.log.getByText('<b>done</b>').last(), 'the output, as text');
  await becomes(() => requests.count(), before + 2);
  await becomes(() => sh.log.getByRole('button', { name: 'Encrypt on alias/app' }).count(), 2);
  await holds(sh.command, '');
  await verdictBegins(at.verdict, /^Allowed/);

  // A denial: the call leads to its decision, the place to the command that stopped.
  await sh.as.selectOption({ label: 'kms-test-2' });
  const denied = 'echo one\naws kms encrypt --key-id alias/app --plaintext SGVsbG8=\necho never';
  await sh.command.fill(denied);
  await page.keyboard.press('Control+Enter');
  await visible(sh.log.getByText('(AccessDeniedException)'), 'what the AWS CLI says');
  assert.equal(await sh.log.getByText('never', { exact: true }).count(), 0);
  await holds(sh.command, denied);
  await sh.command.fill('');
  await sh.log.getByRole('button', { name: '2:1', exact: true }).click();
  await holds(sh.command, denied);
  await becomes(() => sh.command.evaluate((el) => /** @type {HTMLTextAreaElement} */ (el).value.slice(/** @type {HTMLTextAreaElement} */ (el).selectionStart).split('\n')[0]), 'aws kms encrypt --key-id alias/app --plaintext SGVsbG8=');
  await sh.log.getByRole('button', { name: 'Encrypt on alias/app' }).first().click();
  await visible(at.decision.getByText('kms-test-1: Encrypt on alias/app'), 'the decision of the first call');
  await sh.log.getByRole('button', { name: 'Encrypt on alias/app' }).last().click();
  await verdictBegins(at.verdict, /^Denied/);

  // What the shell cannot read points at its place as well.
  await sh.command.fill('echo "é" (');
  await page.keyboard.press('Meta+Enter');
  await visible(sh.log.getByRole('button', { name: /^1:\d+$/ }), 'the place');

  // History, and undo takes the entry away again.
  await sh.command.fill('draft');
  await page.keyboard.press('ArrowUp');
  await holds(sh.command, 'echo "é" (');
  await page.keyboard.press('ArrowUp');
  await holds(sh.command, denied);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await holds(sh.command, 'draft');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await sh.log.getByRole('button', { name: /^1:\d+$/ }).waitFor({ state: 'detached' });

  // It is part of the document: a reload has it, and variables live on in it.
  await sh.command.fill('greeting=hello');
  await sh.run.click();
  await holds(sh.command, '');
  await page.reload();
  await visible(at.policy, 'the editor');
  await sh.toggle.click();
  await sh.command.fill('echo $greeting again');
  await sh.run.click();
  await visible(sh.log.getByText('hello again', { exact: true }), 'the variable after a reload');
  opened.check();
  await opened.context.close();
});
