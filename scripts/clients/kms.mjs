// Calls the endpoint as an application would: node kms.mjs ENDPOINT. Prints what it saw as one line of JSON.

import { CreateKeyCommand, DecryptCommand, EncryptCommand, GenerateDataKeyCommand, KMSClient, KMSServiceException } from '@aws-sdk/client-kms';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, ListUsersCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

const [endpoint] = process.argv.slice(2);
const region = 'eu-west-1';
const as = (accessKeyId, secretAccessKey) => ({ endpoint, region, maxAttempts: 1, credentials: { accessKeyId, secretAccessKey } });
const root = as('100000000010', 'any');

const iam = new IAMClient(root);
await iam.send(new CreateUserCommand({ UserName: 'dev', Tags: [{ Key: 'team', Value: 'blue' }] }));
await iam.send(new PutUserPolicyCommand({
  UserName: 'dev', PolicyName: 'p',
  PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' }] }),
}));
const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'dev' }));
const dev = as(AccessKey.AccessKeyId, AccessKey.SecretAccessKey);

const kms = new KMSClient(root);
const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'from Node ü' }));
const EncryptionContext = { tenant: '1' };
const sealed = await new KMSClient(dev).send(new EncryptCommand({ KeyId: KeyMetadata.KeyId, Plaintext: Buffer.from('hello'), EncryptionContext }));
const opened = await kms.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob, EncryptionContext }));
const dataKey = await kms.send(new GenerateDataKeyCommand({ KeyId: KeyMetadata.Arn, KeySpec: 'AES_256' }));

/** What a call that must fail threw. */
async function failure(promise) {
  try {
    await promise;
    return 'nothing';
  } catch (error) {
    return `${error instanceof KMSServiceException ? 'KMSServiceException ' : ''}${error.name}: ${error.message}`;
  }
}

console.log(JSON.stringify({
  who: (await new STSClient(dev).send(new GetCallerIdentityCommand())).Arn,
  users: (await iam.send(new ListUsersCommand())).Users.map((user) => `${user.UserName} ${user.CreateDate instanceof Date}`),
  description: KeyMetadata.Description,
  opened: Buffer.from(opened.Plaintext).toString(),
  dataKey: dataKey.Plaintext.length,
  denied: (await failure(new KMSClient(dev).send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob, EncryptionContext })))).replace(KeyMetadata.Arn, 'KEY'),
  context: await failure(kms.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob }))),
  secret: (await failure(new KMSClient(as(AccessKey.AccessKeyId, 'wrong')).send(new CreateKeyCommand()))).slice(0, 60),
}));
