// A large world as a document: a company's account with 200 principals, 50 keys, their tags, aliases and grants.

const account = '111122223333';
const arn = `arn:aws:iam::${account}`;
const three = (/** @type {number} */ n) => String(n).padStart(3, '0');
const times = (/** @type {number} */ n, /** @type {(i: number) => string | string[]} */ make) => Array.from({ length: n }, (_, i) => make(i)).flat();

const keyPolicy = { Version: '2012-10-17', Statement: [
  { Sid: 'Root', Effect: 'Allow', Principal: { AWS: `${arn}:root` }, Action: 'kms:*', Resource: '*' },
  { Sid: 'Team', Effect: 'Allow', Principal: { AWS: [1, 3, 5, 7, 9].map((n) => `${arn}:user/user-00${n}`) }, Action: 'kms:D*', Resource: '*' },
] };
const use = { Version: '2012-10-17', Statement: [
  { Effect: 'Allow', Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' },
  { Effect: 'Deny', Action: 'kms:ScheduleKeyDeletion', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } },
] };
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `${arn}:root` }, Action: 'sts:AssumeRole' }] };

const file = (/** @type {string} */ name, /** @type {unknown} */ value) => `\`\`\`json title="${name}"\n${JSON.stringify(value, null, 2)}\n\`\`\`\n`;

/** Users, a fifth of them with roles beside them, and keys; the first key is alias/app. */
export function largeWorld({ users = 169, roles = 30, keys = 50, title = 'A large world' } = {}) {
  const commands = [
    ...times(users, (i) => [`aws iam create-user --user-name user-${three(i)}`,
      ...(i % 2 === 0 ? [`aws iam put-user-policy --user-name user-${three(i)} --policy-name use --policy-document file://use.json`] : [])]),
    ...times(roles, (i) => [`aws iam create-role --role-name role-${three(i)} --assume-role-policy-document file://trust.json`,
      `aws iam put-role-policy --role-name role-${three(i)} --policy-name use --policy-document file://use.json`]),
    ...times(keys, (i) => [
      `key=$(aws kms create-key --policy file://key-policy.json --tags TagKey=Department,TagValue=IT-${i} TagKey=Stage,TagValue=prod --query KeyMetadata.KeyId --output text)`,
      `aws kms create-alias --alias-name alias/app${i ? `-${three(i)}` : ''} --target-key-id $key`,
      ...(i % 5 === 0 ? [`aws kms create-grant --key-id $key --grantee-principal ${arn}:user/user-001 --operations Decrypt Encrypt`] : [])]),
  ];
  return [`---\ntitle: ${title}\n---\n`, file('key-policy.json', keyPolicy), file('use.json', use), file('trust.json', trust),
    `\`\`\`sh as="root"\n${commands.join('\n')}\n\`\`\`\n`].join('\n');
}
