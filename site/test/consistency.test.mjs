// A change that authorization does not see yet, in Chromium with the real engine: the decision says so, the grant token
// helps at once, and time does.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, parts, send, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

test('a new grant waits for consistency, its token does not', async () => {
  const opened = await open(browser, site.origin);
  const { page } = opened;
  const at = parts(page);
  await visible(at.policy, 'the editor');
  await page.getByRole('combobox', { name: 'Example' }).selectOption({ label: 'Why is the grant I just made denied?' });
  await visible(at.lesson.getByText('CreateGrant answers, and the grant exists.').first(), 'the document');

  await at.key.getByRole('tab', { name: 'Grants' }).click();
  await at.key.getByRole('combobox', { name: 'Act as' }).selectOption({ label: 'root of 111122223333' });
  await at.key.getByText('Create a grant').click();
  await at.key.getByRole('combobox', { name: 'Grantee' }).fill('arn:aws:iam::111122223333:user/appUser');
  await at.key.getByRole('checkbox', { name: 'Encrypt', exact: true }).check();
  await at.key.getByRole('button', { name: 'Create grant' }).click();
  await visible(at.key.getByText('its token works now'), 'the grant that is not visible yet');

  await at.principal.selectOption({ label: 'appUser' });
  await at.operation.selectOption({ label: 'Encrypt' });
  await send(at, /^Denied/);
  await visible(at.decision.getByRole('list', { name: 'Waiting for consistency' }).getByText(/is not visible yet/), 'what the decision waits for');
  const moment = (await at.decision.getByText(/That changes at \d\d:\d\d:\d\d/).textContent()) ?? '';
  assert.match(moment, /Waiting for consistency: grant [0-9a-f]{8}… is not visible yet\. That changes at \d\d:\d\d:\d\d\./);

  await at.key.getByRole('button', { name: 'Use token' }).click();
  await send(at, /^Allowed/);
  await at.tokens.fill('');
  await send(at, /^Denied/);
  await page.getByRole('button', { name: /5\s*m/ }).first().click();
  await send(at, /^Allowed/);
  await at.decision.getByText('Waiting for consistency').waitFor({ state: 'detached' });

  // A new key policy waits as well; the one before it can be read beside it.
  const policy = at.editorRegion.getByRole('textbox');
  await policy.fill(((await policy.locator('.cm-line').allTextContents()).join('\n')).replace('"key-default-1"', '"key-default-2"'));
  await visible(at.editorRegion.getByText('Waiting for consistency: the policy before it decides'), 'what the editor says of it');
  await visible(at.editorRegion.getByRole('tab', { name: /^Key policy .*, in force until \d\d:\d\d:\d\d$/ }), 'the policy before it');
  await page.getByRole('button', { name: /5\s*m/ }).first().click();
  await visible(at.editorRegion.getByText(/In force$/), 'that it is in force');
  await at.editorRegion.getByRole('tab', { name: /in force until/ }).waitFor({ state: 'detached' });
  opened.check();
  await opened.context.close();
});
