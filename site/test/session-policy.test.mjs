// The policy of a session, in Chromium with the real engine: the call that began the session is made again with another text.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from './axe.mjs';
import { send, visible } from './page.mjs';
import { openWorld } from './panels.mjs';
import { browser, site } from './stage.mjs';

const world = readFileSync(fileURLToPath(new URL('data/every-layer.md', import.meta.url)), 'utf8');


test('a session is begun anew with an edited policy, by the same caller', { timeout: 120_000 }, async () => {
  const { page, at, check, context } = await openWorld(browser, site.origin, {}, world, 'free');
  const region = at.editorRegion;
  await at.principal.selectOption({ label: 'role/app (session narrow)' });
  await at.operation.selectOption({ label: 'Encrypt' });
  await at.keySelect.selectOption({ label: 'alias/app' });
  await send(at, /^Denied\s.*session policy/s);
  await region.getByRole('tab', { name: 'role/app (session narrow): session policy', exact: true }).click();
  await visible(region.getByText('AWS never changes the policies of a session. With another text, user/free calls AssumeRole again', { exact: false }), 'what AWS does');
  await region.getByRole('button', { name: 'Edit for a new session…' }).press('Enter');
  const draft = region.getByRole('textbox', { name: 'Text for a new session, role/app (session narrow): session policy' });
  assert.match(await draft.inputValue(), /SessionNearly/);
  await inspect(page, 'session-policy');

  await draft.fill('{ "Version": ');
  await region.getByRole('button', { name: 'Begin the session anew' }).click();
  await visible(region.getByRole('alert').getByText(/No session was made\. MalformedPolicyDocument/), 'what AWS says to it');
  await draft.fill('{ "Version": "2012-10-17", "Statement": [ { "Sid": "SessionEncrypts", "Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*" } ] }');
  await region.getByRole('button', { name: 'Begin the session anew' }).press('Enter');
  await visible(page.getByText('A new session began: assumed-role/app/narrow. It is in the request form now.'), 'that it began');
  await visible(region.getByRole('textbox', { name: /session policy$/ }).getByText('SessionEncrypts').first(), 'the new policy in the editor');
  await page.waitForFunction(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active && active !== document.body;
  });
  await send(at, /^Allowed/);
  check();
  await context.close();
});
