// What the playground is for, in Chromium with the real engine: the story of the root statement, sent, shared, embedded;
// and the story of a grant with an encryption context. By keyboard alone: see keyboard.test.mjs.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';
import { becomes, open, parts, send, verdictBegins, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

const rootStatement = `    {
      "Sid": "Enable IAM User Permissions",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "kms:*",
      "Resource": "*"
    },
`;

/**
 * The key policy with the root statement before all others.
 * @param {ReturnType<typeof parts>} at
 */
async function withRootStatement(at) {
  const lines = await at.policy.locator('.cm-line').allTextContents();
  const statement = lines.findIndex((line) => line.includes('"Statement"')) + 1;
  return [...lines.slice(0, statement), rootStatement.trimEnd(), ...lines.slice(statement)].join('\n');
}

/**
 * The verdict with its white space evened out, and the line that decided.
 * @param {ReturnType<typeof parts>} at
 */
async function shown(at) {
  await at.decidingLine.first().waitFor();
  return {
    verdict: ((await at.verdict.textContent()) ?? '').replace(/\s+/g, ' ').trim(),
    line: await at.decidingLine.allTextContents(),
    place: await at.decision.getByRole('button', { name: /^line \d+$/ }).first().textContent(),
  };
}

/**
 * Plays the root statement's story up to the share link.
 * @param {Awaited<ReturnType<typeof open>>} opened
 */
async function playAndShare({ page }) {
  const at = parts(page);
  await visible(at.policy, 'the editor');
  await at.principal.selectOption({ label: 'kms-test-2' });
  await at.policy.fill(await withRootStatement(at));
  await send(at, /^Allowed/);
  await at.share.click();
  await page.waitForURL(/#.+/);
  return { link: page.url(), ...(await shown(at)) };
}

/**
 * A page of somebody else that frames an address.
 * @param {string} address
 * @returns {Promise<{origin: string, close: () => Promise<void>}>}
 */
async function host(address) {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><html lang="en"><title>Somebody's article</title><link rel="icon" href="data:,"><iframe title="Playground" width="1000" height="700" sandbox="allow-scripts" src="${address}"></iframe></html>`);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { origin: `http://127.0.0.1:${port}`, close: () => new Promise((done) => { server.closeAllConnections(); server.close(() => done()); }) };
}

describe('why the key policy needs the root statement', () => {
  test('denied, edited, allowed', async () => {
    const opened = await open(browser, site.origin);
    const at = parts(opened.page);
    await visible(at.policy, 'the editor');
    assert.equal(await at.principal.evaluate((el) => /** @type {HTMLSelectElement} */ (el).selectedOptions[0]?.label), 'kms-test-2');
    assert.equal(await at.operation.evaluate((el) => /** @type {HTMLSelectElement} */ (el).selectedOptions[0]?.label), 'Encrypt');
    assert.equal(await at.keySelect.evaluate((el) => /** @type {HTMLSelectElement} */ (el).selectedOptions[0]?.label), 'alias/app');

    const encrypt = await send(at, /^Denied/);
    assert.match(encrypt, /user\/kms-test-2 is not authorized to perform: kms:Encrypt on resource: .* because no resource-based policy allows the kms:Encrypt action/);
    await at.operation.selectOption({ label: 'Decrypt' });
    await at.console.getByRole('button', { name: 'Use last ciphertext' }).click();
    await becomes(() => at.console.getByRole('textbox', { name: 'Ciphertext', exact: true }).inputValue(), /./);
    await send(at, /^Denied.*kms:Decrypt/s);
    await visible(at.lesson.getByText('Goals: 1 of 2 reached'), 'the goals before');

    await at.policy.fill(await withRootStatement(at));
    await send(at, /^Allowed/);
    await at.operation.selectOption({ label: 'Encrypt' });
    await at.send.click();
    await visible(at.decision.getByText('kms-test-2: Encrypt on alias/app'), 'the allowed Encrypt');
    await verdictBegins(at.verdict, /^Allowed/);
    await visible(at.lesson.getByText('Goals: 2 of 2 reached'), 'the goals');
    await becomes(async () => (await shown(at)).place, 'line 4');
    await becomes(() => at.policy.locator('.cm-line').nth(4).textContent(), /Enable IAM User Permissions/);
    opened.check();
    await opened.context.close();
  });

  test('shared, and opened by somebody else', async () => {
    const first = await open(browser, site.origin);
    const { link, ...sent } = await playAndShare(first);
    first.check();
    await first.context.close();
    assert.match(sent.verdict, /^Allowed/);

    const second = await open(browser, link);
    const at = parts(second.page);
    await verdictBegins(at.verdict, /^Allowed/);
    await becomes(() => shown(at), sent);
    await visible(at.lesson.getByText('Goals: 2 of 2 reached'), 'the goals');
    second.check();
    await second.context.close();
  });

  test('embedded in a sandboxed frame', async () => {
    const first = await open(browser, site.origin);
    const { link, ...sent } = await playAndShare(first);
    await first.context.close();
    const address = link.replace(/\/(index\.html)?#/, '/embed.html#');
    const other = await host(address);
    const article = await open(browser, other.origin, {}, [site.origin]);
    const at = parts(article.page.frameLocator('iframe'));
    await verdictBegins(at.verdict, /^Allowed/);
    await becomes(() => shown(at), sent);
    await at.principal.selectOption({ label: 'kms-test-3' });
    await send(at, /^Denied/);
    article.check();
    await article.context.close();
    await other.close();
  });
});

describe('a grant with an encryption context', () => {
  test('allowed with the context, denied without, retired, denied after', async () => {
    const opened = await open(browser, site.origin);
    const { page } = opened;
    const at = parts(page);
    await visible(at.policy, 'the editor');
    await page.getByRole('combobox', { name: 'Example' }).selectOption({ label: 'What does a grant with an encryption context allow?' });
    await visible(at.lesson.getByText('A grant lends somebody a key').first(), 'the document');

    // The document retires its own grant, so that the key starts without one.
    await at.principal.selectOption({ label: 'root of 111122223333' });
    await at.operation.selectOption({ label: 'Encrypt' });
    await at.keySelect.selectOption({ label: 'alias/files' });
    const context = at.console.getByRole('group', { name: 'Encryption context', exact: true });
    while ((await context.getByRole('button', { name: /^Remove pair/ }).count()) > 0) await context.getByRole('button', { name: /^Remove pair/ }).first().click();
    await context.getByRole('button', { name: 'Add pair' }).click();
    await context.getByRole('textbox', { name: 'Context key' }).fill('Department');
    await context.getByRole('textbox', { name: 'Context value' }).fill('IT');
    await send(at, /^Allowed/);

    await at.operation.selectOption({ label: 'Decrypt' });
    const ciphertext = at.console.getByRole('textbox', { name: 'Ciphertext', exact: true });
    await ciphertext.fill('');
    await at.console.getByRole('button', { name: 'Use last ciphertext' }).click();
    await becomes(() => ciphertext.inputValue(), /./);
    await at.principal.selectOption({ label: 'exampleUser' });
    await send(at, /^Denied/);

    await at.key.getByRole('tab', { name: 'Grants' }).click();
    await at.key.getByRole('combobox', { name: 'Act as' }).selectOption({ label: 'admin' });
    await at.key.getByText('Create a grant').click();
    await at.key.getByRole('combobox', { name: 'Grantee' }).fill('arn:aws:iam::111122223333:user/exampleUser');
    await at.key.getByRole('combobox', { name: 'Retired by' }).fill('arn:aws:iam::111122223333:role/adminRole');
    await at.key.getByRole('combobox', { name: 'Constraint' }).selectOption('EncryptionContextSubset');
    await at.key.getByRole('textbox', { name: 'Constraint key' }).fill('Department');
    await at.key.getByRole('textbox', { name: 'Constraint value' }).fill('IT');
    await at.key.getByRole('button', { name: 'Create grant' }).click();
    await visible(at.key.getByText('EncryptionContextSubset: Department=IT'), 'the grant');

    await at.key.getByRole('button', { name: 'Use token' }).click();
    await becomes(() => at.tokens.inputValue(), /./);
    await send(at, /^Allowed/);
    await at.tokens.fill('');
    await page.getByRole('button', { name: '+5 min' }).click();
    await send(at, /^Allowed/);

    await context.getByRole('button', { name: /^Remove pair/ }).first().click();
    await send(at, /^Denied/);

    await at.key.getByRole('combobox', { name: 'Act as' }).selectOption({ label: 'exampleUser' });
    await at.key.getByRole('button', { name: 'Retire' }).click();
    await visible(at.key.getByText('RetireGrant was refused.'), 'the refusal');
    const adminRole = at.key.getByRole('combobox', { name: 'Act as' }).locator('option', { hasText: 'adminRole' });
    await at.key.getByRole('combobox', { name: 'Act as' }).selectOption((await adminRole.first().getAttribute('value')) ?? assert.fail('no session of adminRole'));
    await at.key.getByRole('button', { name: 'Retire' }).click();
    await verdictBegins(at.verdict, /^Allowed/);
    await at.key.getByText('EncryptionContextSubset: Department=IT').waitFor({ state: 'detached' });

    await page.getByRole('button', { name: '+5 min' }).click();
    await context.getByRole('button', { name: 'Add pair' }).click();
    await context.getByRole('textbox', { name: 'Context key' }).fill('Department');
    await context.getByRole('textbox', { name: 'Context value' }).fill('IT');
    await send(at, /^Denied/);
    opened.check();
    await opened.context.close();
  });
});
