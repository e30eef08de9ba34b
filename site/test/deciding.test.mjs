// What decided, in Chromium with the real engine: for an explicit deny the statement that denies, for an implicit deny
// what would have been needed, by policy type.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { becomes, open, parts, send, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

const denying = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Everybody decides in IAM",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "kms:*",
      "Resource": "*"
    },
    {
      "Sid": "But not this user",
      "Effect": "Deny",
      "Principal": { "AWS": "arn:aws:iam::111122223333:user/kms-test-2" },
      "Action": "kms:Encrypt",
      "Resource": "*"
    }
  ]
}`;

describe('what decided', () => {
  test('an explicit deny names its statement, one click away', async () => {
    const opened = await open(browser, site.origin);
    const at = parts(opened.page);
    await visible(at.policy, 'the editor');
    await at.policy.fill(denying);
    const verdict = await send(at, /^Denied/);
    assert.match(verdict, /kms:Encrypt on resource: .* with an explicit deny in a resource-based policy/);
    const place = at.decision.getByRole('button', { name: 'line 11', exact: true }).first();
    await visible(place, 'the place of the deny');
    await place.click();
    await becomes(() => at.decidingLine.first().textContent(), /\{/);
    assert.match((await at.policy.locator('.cm-line').nth(11).textContent()) ?? '', /But not this user/);
    opened.check();
    await opened.context.close();
  });

  test('an implicit deny lists what was needed, by policy type', async () => {
    const opened = await open(browser, site.origin);
    const at = parts(opened.page);
    await visible(at.policy, 'the editor');
    await send(at, /^Denied/);
    await visible(at.decision.getByText('What would have been needed'), 'the needs');
    const needs = (await at.decision.getByRole('listitem').allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
    const wanted = [
      /^›Key policy: a key policy statement that allows kms:Encrypt to arn:aws:iam::111122223333:user\/kms-test-2$/,
      /^›Key policy: a key policy statement that allows kms:Encrypt to the account arn:aws:iam::111122223333:root: then AdministratorAccess counts$/,
      /^›Grants: a grant to arn:aws:iam::111122223333:user\/kms-test-2 with the operation Encrypt$/,
    ];
    for (const need of wanted) assert.ok(needs.some((text) => need.test(text)), `${need} is not among\n${needs.join('\n')}`);
    opened.check();
    await opened.context.close();
  });
});
