// A world with something to do in every panel, and the way to open it.

import { open, parts, visible } from './page.mjs';

export const world = `---
title: Panels
account: 111122223333
region: us-east-1
---
Two keys, a multi-Region key, and users whose access hangs on tags and aliases.

\`\`\`json title="by-request.json"
{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*", "Condition": { "StringEquals": { "kms:RequestAlias": "alias/app" } } } ] }
\`\`\`

\`\`\`json title="by-alias.json"
{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*", "Condition": { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/app" } } } ] }
\`\`\`

\`\`\`json title="by-tag.json"
{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/Project": "Alpha" } } } ] }
\`\`\`

\`\`\`json title="trust.json"
{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "sts:AssumeRole" } ] }
\`\`\`

\`\`\`sh as="111122223333:root"
aws iam create-user --user-name admin
aws iam attach-user-policy --user-name admin --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
for user in by-request by-alias by-tag; do
  aws iam create-user --user-name $user
  aws iam put-user-policy --user-name $user --policy-name access --policy-document file://$user.json
done
aws iam create-group --group-name readers
aws iam create-role --role-name app --assume-role-policy-document file://trust.json
aws organizations create-organization --feature-set ALL
root=$(aws organizations list-roots --query 'Roots[0].Id' --output text)
aws organizations enable-policy-type --root-id $root --policy-type SERVICE_CONTROL_POLICY
aws organizations create-organizational-unit --parent-id $root --name Production
\`\`\`

\`\`\`sh as="admin"
key=$(aws kms create-key --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/app --target-key-id $key
other=$(aws kms create-key --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/old --target-key-id $other
everywhere=$(aws kms create-key --multi-region --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/everywhere --target-key-id $everywhere
\`\`\`
`;

/**
 * Opens a document as a file.
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function openWorld(browser, address, options = {}, document = world, somebody = 'by-request') {
  const opened = await open(browser, address, options);
  const { page } = opened;
  await page.getByText('Loading the engine').waitFor({ state: 'detached' });
  const narrow = (page.viewportSize()?.width ?? 0) < 960;
  if (narrow) await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
  await page.getByLabel('Scenario file').setInputFiles({ name: 'panels.md', mimeType: 'text/markdown', buffer: Buffer.from(document) });
  if (narrow) await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Explorer', exact: true }).click();
  const at = parts(page);
  await visible(at.explorer.getByText(somebody).first(), 'the users of the world');
  return { ...opened, at, narrow };
}

/**
 * The text of what the key panel or the explorer tells about its last action, once it says something.
 * @param {import('playwright-core').Locator} region
 * @param {RegExp} begins
 */
export async function outcome(region, begins) {
  await region.getByRole('group', { name: 'What the last action came to' }).filter({ hasText: begins }).waitFor();
}
