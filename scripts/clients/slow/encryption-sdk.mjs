// Encrypts and decrypts with the AWS Encryption SDK: node encryption-sdk.mjs ENDPOINT KEY_ARN ENCRYPTER DECRYPTER DENIED,
// each of the last three "ACCESS_KEY_ID:SECRET". Prints what it saw as one line of JSON.

import { buildClient, CommitmentPolicy, KMS, KmsKeyringNode } from '@aws-crypto/client-node';

const [endpoint, key, encrypter, decrypter, denied] = process.argv.slice(2);
const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);

/** A keyring whose calls are those of an access key. */
function keyring(pair, names) {
  const [accessKeyId, secretAccessKey] = pair.split(':');
  return new KmsKeyringNode({
    ...names,
    clientProvider: (region) => new KMS({ region, endpoint, maxAttempts: 1, credentials: { accessKeyId, secretAccessKey } }),
  });
}

const encryptionContext = { tenant: '1', purpose: 'round trip ü' };
const { result } = await encrypt(keyring(encrypter, { generatorKeyId: key }), 'a secret', { encryptionContext });
const { plaintext, messageHeader } = await decrypt(keyring(decrypter, { keyIds: [key] }), result);
let refused = 'nothing';
try {
  await decrypt(keyring(denied, { keyIds: [key] }), result);
} catch (error) {
  refused = `${error.message} ${(error.errors ?? []).map(({ errPlus }) => errPlus).join(' ')}`;
}
console.log(JSON.stringify({ plaintext: plaintext.toString(), tenant: messageHeader.encryptionContext.tenant, refused }));
