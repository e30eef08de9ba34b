// dist/sdk.js in a page of somebody else: clients of the AWS SDK call the engine in the page, and no request leaves it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { launch } from './chromium.mjs';
import { open, parts, verdictBegins, visible } from './page.mjs';
import { serve } from './server.mjs';

const tutorial = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A tutorial</title><link rel="icon" href="/icon.svg"><main></main></html>';

const document = `---
title: Two administrators
---
\`\`\`json title="key-policy.json"
{ "Version": "2012-10-17", "Statement": [ {
    "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/kms-test-1" },
    "Action": "kms:*", "Resource": "*" } ] }
\`\`\`

\`\`\`sh as="111122223333:root"
for user in kms-test-1 kms-test-2; do
  aws iam create-user --user-name $user
  aws iam attach-user-policy --user-name $user --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
done
\`\`\`

\`\`\`sh as="kms-test-1"
key=$(aws kms create-key --policy file://key-policy.json --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/app --target-key-id $key
\`\`\`
`;

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('./server.mjs').Served} */
let site;

before(async () => {
  browser = await launch();
  site = await serve({ extra: {
    '/tutorial.html': { type: 'text/html', body: tutorial },
    '/aws.js': { type: 'text/javascript', body: await bundled() },
  } });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

// The clients, as a bundler makes them for browsers.
async function bundled() {
  const root = fileURLToPath(new URL('../../scripts/clients/', import.meta.url));
  const made = await build({
    root, configFile: false, logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry: `${root}page.mjs`, formats: ['es'], fileName: 'aws' }, rolldownOptions: { output: { codeSplitting: false } } },
  });
  const [first] = /** @type {import('vite').Rolldown.RolldownOutput[]} */ ([made].flat());
  return first?.output[0].code ?? '';
}

/** Opens a page of somebody else, and what it asks for. */
async function opened() {
  const it = await open(browser, `${site.origin}/tutorial.html`);
  /** @type {string[]} */
  const asked = [];
  it.context.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  return { ...it, asked };
}

// Runs in the page, as a tutorial does: how they see it is in names, messages and outputs.
/** @param {{document: string, shown: boolean}} given */
async function lesson({ document, shown }) {
  const [sdk, { kms, iam, sts }] = await Promise.all([import(/** @type {any} */ ('/sdk.js')), import(/** @type {any} */ ('/aws.js'))]);
  const playground = shown ? await sdk.showPlayground(globalThis.document.querySelector('main'), { document }) : await sdk.openPlayground({ document });
  /** @param {object} credentials */
  const as = (credentials) => ({ region: 'us-east-1', credentials, requestHandler: playground.requestHandler() });
  /** @param {Promise<any>} call */
  const ended = (call) => call.then(() => ({ name: '', message: '', status: 200 }), (error) => ({ name: error.name, message: error.message, status: error.$metadata?.httpStatusCode }));

  const one = new kms.KMSClient(as(playground.credentials('kms-test-1')));
  const sealed = await one.send(new kms.EncryptCommand({ KeyId: 'alias/app', Plaintext: new TextEncoder().encode('hello'), EncryptionContext: { App: 'käse' } }));
  const opened = await one.send(new kms.DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob, EncryptionContext: { App: 'käse' } }));
  const two = new kms.KMSClient(as(playground.credentials('kms-test-2')));
  const denied = await ended(two.send(new kms.EncryptCommand({ KeyId: 'alias/app', Plaintext: new Uint8Array([1]) })));
  const invalid = await ended(one.send(new kms.EncryptCommand({ KeyId: '', Plaintext: new Uint8Array([1]) })));
  const aliases = [];
  for await (const page of kms.paginateListAliases({ client: one, pageSize: 1 }, {})) aliases.push(...page.Aliases.map((/** @type {any} */ a) => a.AliasName));

  const root = new iam.IAMClient(as({ accessKeyId: '111122223333', secretAccessKey: 'anything' }));
  await root.send(new iam.CreateUserCommand({ UserName: 'dev', Tags: [{ Key: 'team', Value: 'blue' }] }));
  const { AccessKey } = await root.send(new iam.CreateAccessKeyCommand({ UserName: 'dev' }));
  const own = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
  const dev = await new sts.STSClient(as(own)).send(new sts.GetCallerIdentityCommand({}));
  const forged = await ended(new sts.STSClient({ ...as({ ...own, secretAccessKey: 'wrong' }), maxAttempts: 1 }).send(new sts.GetCallerIdentityCommand({})));
  const session = await new sts.STSClient(as(own)).send(new sts.GetSessionTokenCommand({}));
  const temporary = { accessKeyId: session.Credentials.AccessKeyId, secretAccessKey: session.Credentials.SecretAccessKey, sessionToken: session.Credentials.SessionToken };
  const again = await new sts.STSClient(as(temporary)).send(new sts.GetCallerIdentityCommand({}));
  const hidden = await ended(new kms.KMSClient(as(temporary)).send(new kms.DescribeKeyCommand({ KeyId: 'alias/app' })));
  return {
    opened: new TextDecoder().decode(opened.Plaintext), denied, invalid, aliases, arn: dev.Arn, again: again.Arn, forged, hidden,
    document: playground.document,
  };
}

const deniedMessage = 'User: arn:aws:iam::111122223333:user/kms-test-2 is not authorized to perform: kms:Encrypt on resource: arn:aws:kms:us-east-1:111122223333:key/';

/** @param {Awaited<ReturnType<typeof lesson>>} seen */
function right(seen) {
  assert.equal(seen.opened, 'hello');
  assert.equal(seen.denied.name, 'AccessDeniedException');
  assert.equal(seen.denied.status, 400);
  assert.ok(seen.denied.message.startsWith(deniedMessage), seen.denied.message);
  assert.match(seen.denied.message, / because no resource-based policy allows the kms:Encrypt action$/);
  assert.equal(seen.invalid.name, 'ValidationException');
  assert.match(seen.invalid.message, /^1 validation error detected: Value '' at 'keyId' failed to satisfy constraint/);
  assert.deepEqual(seen.aliases.filter((name) => !name.startsWith('alias/aws/')), ['alias/app']);
  assert.equal(seen.arn, 'arn:aws:iam::111122223333:user/dev');
  assert.equal(seen.again, 'arn:aws:iam::111122223333:user/dev');
  assert.equal(seen.forged.name, 'SignatureDoesNotMatch');
  assert.equal(seen.hidden.name, 'AccessDeniedException');
}

// Nothing was asked of the network but the files of the site.
const siteOnly = (/** @type {string[]} */ asked) =>
  assert.deepEqual(asked.filter((line) => !/^GET \/(sdk\.js|aws\.js|icon\.svg|assets\/|engine\/)/.test(line)), []);

test('clients of the AWS SDK call an engine without a face, and the session replays to the same', async () => {
  const { page, context, check, asked } = await opened();
  const seen = await page.evaluate(lesson, { document, shown: false });
  right(seen);
  assert.ok(seen.document.startsWith(document));
  assert.match(seen.document, /```sh as="kms-test-2" expect="AccessDeniedException"\naws kms encrypt --key-id alias\/app --plaintext AQ==\n```/);
  assert.doesNotMatch(seen.document, /ParamValidation|ValidationException/);
  const replayed = await page.evaluate(async (text) => {
    const { openPlayground } = await import(/** @type {any} */ ('/sdk.js'));
    const again = await openPlayground({ document: text });
    return again.document;
  }, seen.document);
  assert.equal(replayed, seen.document);
  siteOnly(asked);
  assert.ok(!asked.includes('GET /engine/first.wasm'), 'the first engine is loaded for nothing');
  check();
  await context.close();
});

test('what clients do appears in the playground that the page shows', async () => {
  const { page, context, check, asked } = await opened();
  right(await page.evaluate(lesson, { document, shown: true }));
  const at = parts(page);
  await verdictBegins(at.verdict, /^Denied/);
  const line = page.getByRole('region', { name: 'Time line', exact: true });
  await line.getByRole('button', { name: /^Denied\W*Encrypt/ }).click();
  await visible(at.decision.getByText(/the key policy neither names the caller nor lets IAM policies of its account count/i).first(), 'the reason');
  siteOnly(asked);
  check();
  await context.close();
});
