// Remarks on a policy, in Chromium with the real engine: what the root statement's lesson lacks is remarked on, explained,
// and put in by one click.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, parts, send } from './page.mjs';
import { browser, site } from './stage.mjs';

test('the edit that settles a remark is one click away', async () => {
  const { page, context, check } = await open(browser, site.origin);
  const at = parts(page);
  const remarks = at.editorRegion.getByRole('list', { name: 'Remarks', exact: true });
  await remarks.getByText('no statement allows the account itself').waitFor();
  const link = remarks.getByRole('link', { name: 'IAM policies have no effect on the key', exact: true });
  assert.equal(await link.getAttribute('href'), 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html');
  await remarks.getByRole('button', { name: 'Let IAM policies of the account count', exact: true }).click();
  await at.policy.getByText('arn:aws:iam::111122223333:root').waitFor();
  await remarks.waitFor({ state: 'detached' });
  await send(at, /^Allowed/);
  check();
  await context.close();
});
