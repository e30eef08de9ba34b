// Does with Node's crypto what engine/keypair's tests ask for: one request as JSON a line on standard input, one answer a
// line on standard output. Bytes are base64.
import * as crypto from 'node:crypto';
import {createInterface} from 'node:readline';

const bytes = (text) => Buffer.from(text, 'base64');
const privateKey = (r) => crypto.createPrivateKey({key: bytes(r.Private), format: 'der', type: 'pkcs8'});
const publicKey = (r) => crypto.createPublicKey({key: bytes(r.Public), format: 'der', type: 'spki'});
const exported = (key) => key.export({type: 'pkcs8', format: 'der'});
const curves = {ECC_NIST_P256: 'P-256', ECC_NIST_P384: 'P-384', ECC_NIST_P521: 'P-521', ECC_SECG_P256K1: 'secp256k1'};

/** What crypto.sign and verify take for a signing algorithm. */
function signing(algorithm, key) {
  if (algorithm.startsWith('ED25519')) return [null, key];
  const hash = 'sha' + algorithm.slice(-3);
  if (!algorithm.startsWith('RSASSA_PSS')) return [hash, key];
  return [hash, {key, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST}];
}

const oaep = (algorithm, key) => ({key, padding: crypto.constants.RSA_PKCS1_OAEP_PADDING, oaepHash: algorithm.includes('SHA_256') ? 'sha256' : 'sha1'});

const does = {
  generate(r) {
    if (r.Spec.startsWith('RSA')) return exported(crypto.generateKeyPairSync('rsa', {modulusLength: Number(r.Spec.slice(4))}).privateKey);
    if (curves[r.Spec]) return exported(crypto.generateKeyPairSync('ec', {namedCurve: curves[r.Spec]}).privateKey);
    return exported(crypto.generateKeyPairSync('ed25519').privateKey);
  },
  public: (r) => crypto.createPublicKey(privateKey(r)).export({type: 'spki', format: 'der'}),
  sign(r) {
    const [hash, key] = signing(r.Algorithm, privateKey(r));
    return crypto.sign(hash, bytes(r.Message), key);
  },
  verify(r) {
    const [hash, key] = signing(r.Algorithm, publicKey(r));
    return Buffer.from(String(crypto.verify(hash, bytes(r.Message), key, bytes(r.Other))));
  },
  encrypt: (r) => crypto.publicEncrypt(oaep(r.Algorithm, publicKey(r)), bytes(r.Message)),
  decrypt: (r) => crypto.privateDecrypt(oaep(r.Algorithm, privateKey(r)), bytes(r.Message)),
  derive: (r) => crypto.diffieHellman({privateKey: privateKey(r), publicKey: publicKey(r)}),
  mac: (r) => crypto.createHmac('sha' + r.Algorithm.slice(-3), bytes(r.Private)).update(bytes(r.Message)).digest(),
  wrap(r) {
    const cipher = crypto.createCipheriv('id-aes256-wrap-pad', bytes(r.Private), Buffer.from('a65959a6', 'hex'));
    return Buffer.concat([cipher.update(bytes(r.Message)), cipher.final()]);
  },
};

for await (const line of createInterface({input: process.stdin})) {
  const request = JSON.parse(line);
  try {
    console.log(JSON.stringify({Bytes: does[request.Do](request).toString('base64')}));
  } catch (error) {
    console.log(JSON.stringify({Error: String(error)}));
  }
}
