// Texts that would be script, markup or disorder if the page took them for anything but text, in every place that a text
// can reach: they are shown as they are, nothing runs, nothing is loaded, and the layout holds.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { becomes, open, parts, patience, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {{name: string, text: string}[]} */
const corpus = JSON.parse(readFileSync(new URL('data/hostile.json', import.meta.url), 'utf8'));

/** @param {string} text as one word of a shell */
const word = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

// AWS takes no other characters in a policy.
const isLatin = (/** @type {string} */ text) => /^[\t\n\r\x20-\xff]*$/.test(text);

/** @param {string} text */
const policyOf = (text) => ({ Version: '2012-10-17', Statement: [
  { Sid: text, Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' },
  { Sid: `Deny ${text}`, Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*', Condition: { StringEquals: { 'kms:EncryptionContext:App': text } } },
] });

/** A document with a text in every place of a document. @param {string} text */
function scenarioOf(text) {
  const policy = policyOf(isLatin(text) ? text : 'Sid');
  return `---
title: ${JSON.stringify(text)}
---
A paragraph: ${text}

# ${text}

- [${text}](javascript:globalThis.ran=1) and <javascript:globalThis.ran=1> and [a][r] and ![${text}](x "y")

[r]: javascript:globalThis.ran=1 "${text.replaceAll('"', '')}"

> \`${text}\` &copy; &nosuch;

\`\`\`json title="p-${text.replaceAll(/["\n`/]/g, '')}.json"
${JSON.stringify(policy, null, 2)}
\`\`\`

\`\`\`json title="key-policy.json"
${JSON.stringify(policy, null, 2)}
\`\`\`

\`\`\`sh as="111122223333:root"
aws iam create-user --user-name ${'n'.repeat(64)}
key=$(aws kms create-key --policy file://key-policy.json --description ${word(text)} --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/app --target-key-id $key
aws kms create-alias --alias-name alias/${'z'.repeat(240)} --target-key-id $key
aws kms create-grant --key-id $key --grantee-principal arn:aws:iam::111122223333:user/${'n'.repeat(64)} --operations Decrypt --name ${'g'.repeat(250)} --constraints ${word(JSON.stringify({ EncryptionContextSubset: { App: text } }))}
aws kms encrypt --key-id $key --plaintext SGVsbG8= --encryption-context ${word(JSON.stringify({ App: text, [text]: 'x' }))}
aws kms create-alias --alias-name ${word(`alias/${text}`)} --target-key-id $key || echo ${word(text)}
aws kms tag-resource --key-id $key --tags ${word(JSON.stringify([{ TagKey: text.slice(0, 100), TagValue: text }]))} || true
\`\`\`

\`\`\`sh as="111122223333:root" expect="${text.replaceAll(/["\n`]/g, '')}"
aws kms describe-key --key-id ${word(`alias/${text}`)}
\`\`\`
`;
}

/** What is on the page that no view of ours makes, in every shadow root. @param {Page} page */
const foreign = (page) => page.evaluate(() => {
  /** @type {string[]} */
  const found = [];
  const look = (/** @type {ParentNode} */ root) => {
    for (const el of root.querySelectorAll('*')) {
      if (el.matches('img, script:not([src]), iframe, object, embed, svg, style:not([class*="cm"]):empty, animate, title + title')) found.push(el.outerHTML.slice(0, 100));
      if (el.matches('[href^="javascript:" i], [src^="javascript:" i]')) found.push(el.outerHTML.slice(0, 100));
      for (const { name } of el.attributes) if (/^on/i.test(name)) found.push(`${el.localName} ${name}`);
      if (el.shadowRoot) look(el.shadowRoot);
    }
  };
  look(document.body);
  return found.concat('ran' in globalThis ? ['a script ran'] : []);
});

/** @param {Page} page */
const wide = (page) => page.evaluate(() => {
  // The innermost element that is wider than it may be, for the message.
  const widest = (/** @type {Element} */ el) => {
    let last = el;
    const look = (/** @type {ParentNode} */ at) => {
      for (const child of at.querySelectorAll('*')) {
        if (child.clientWidth > 0 && child.scrollWidth > child.clientWidth + 1 && !child.matches('input, select, textarea, .cm-scroller *')) last = child;
        if (child.shadowRoot) look(child.shadowRoot);
      }
    };
    look(el.shadowRoot ?? el);
    return last.outerHTML.slice(0, 200);
  };
  const root = document.querySelector('kms-playground')?.shadowRoot;
  return [...(root?.querySelectorAll('.bench, .pane, .side > *, .toolbar, .panes, .notice') ?? [])].filter((el) => el.clientWidth > 0 && el.scrollWidth > el.clientWidth + 1)
    .map((el) => `${el.localName}.${el.className}: ${widest(el)}`).concat(document.documentElement.scrollWidth > innerWidth ? ['page'] : []);
});

/** Opens a text as a file. @param {Page} page @param {string} name @param {string | Buffer} content */
async function openFile(page, name, content) {
  const menu = page.getByRole('button', { name: 'Scenarios', exact: true });
  await menu.click();
  await page.getByLabel('Scenario file').setInputFiles({ name, mimeType: 'text/markdown', buffer: Buffer.from(content) });
}

/** Whether a text stands somewhere on the page as a person would read it. @param {Page} page @param {import('playwright-core').Locator} region @param {string} text @param {string} where */
async function reads(page, region, text, where) {
  const even = (/** @type {string} */ s) => s.replace(/\s+/g, ' ');
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const all = await region.evaluateAll((els) => els.map((el) => {
      const texts = (/** @type {Node} */ node) => {
        /** @type {string} */
        let sum = node.nodeType === Node.TEXT_NODE ? node.nodeValue ?? '' : '';
        if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) sum += node.value;
        if (node instanceof Element && node.shadowRoot) sum += texts(node.shadowRoot);
        for (const child of node.childNodes) sum += texts(child);
        return sum;
      };
      return texts(el);
    }).join(' '));
    if (even(all).includes(even(text))) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`${where} does not show ${text}`);
}

test('hostile texts are texts wherever they stand', async () => {
  const opened = await open(browser, site.origin);
  const { page } = opened;
  const at = parts(page);
  await visible(at.policy, 'the editor');
  await page.getByText('Loading the engine').waitFor({ state: 'detached' });
  for (const { name, text } of corpus) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await openFile(page, 'scenario.md', scenarioOf(text));
    await reads(page, page.locator('kms-lesson .title'), text, `${name}: the title of the document`);
    await reads(page, at.lesson, `A paragraph: `, `${name}: a paragraph`);
    await at.policy.waitFor();
    if (!isLatin(text)) {
      await at.policy.fill(JSON.stringify(policyOf(text), null, 2));
      await visible(at.editorRegion.getByText('AWS refused').or(at.editorRegion.getByText('Not in force.')).first(), `${name}: the refusal`);
    }
    await reads(page, at.policy, JSON.stringify(text).slice(1, -1), `${name}: the Sid in the editor`);
    if (!isLatin(text)) await at.editorRegion.getByRole('button', { name: 'Go back to the policy in force' }).click();
    // A message of the engine, a command of the time line, a request with it in the encryption context.
    await page.getByRole('region', { name: 'Time line' }).getByRole('button').last().click();
    await reads(page, at.decision, text, `${name}: the error and the command of a request`);
    await at.operation.selectOption({ label: 'Decrypt' });
    await at.operation.selectOption({ label: 'Encrypt' });
    const context = at.console.getByRole('group', { name: 'Encryption context', exact: true });
    while ((await context.getByRole('button', { name: /^Remove pair/ }).count()) > 0) await context.getByRole('button', { name: /^Remove pair/ }).first().click();
    await context.getByRole('button', { name: 'Add pair' }).click();
    await context.getByRole('textbox', { name: 'Context key' }).fill('App');
    await context.getByRole('textbox', { name: 'Context value' }).fill(text);
    await at.keySelect.selectOption({ label: 'alias/app' });
    await at.send.click();
    await reads(page, at.decision, '"eventName": "Encrypt"', `${name}: the request`);
    await reads(page, at.decision, text, `${name}: the request context`);
    assert.deepEqual(await foreign(page), [], name);
    assert.deepEqual(await wide(page), [], `${name}, 1280 px`);
    // Its name in the list of scenarios, in the snippet of the embed, in a notice as the name of a file.
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('button', { name: 'Embed', exact: true }).click();
    const frame = page.getByRole('textbox', { name: 'HTML of the frame' });
    await frame.waitFor();
    await becomes(() => frame.inputValue(), /./, 'the snippet');
    const tags = (await frame.inputValue()).match(/<\/?[a-z]+/gi);
    assert.deepEqual(tags, ['<iframe', '</iframe'], `${name}: the snippet`);
    await page.keyboard.press('Escape');
    await openFile(page, text.slice(0, 120).replaceAll('/', '-'), Buffer.from([0xff, 0xfe, 0x00]));
    await visible(page.getByText('was not opened').first(), `${name}: the notice`);
    assert.deepEqual(await foreign(page), [], name);
    await page.setViewportSize({ width: 360, height: 740 });
    for (const pane of ['Lesson', 'Editor', 'Request', 'Decision', 'Explorer', 'Console']) {
      await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: pane, exact: true }).click();
      assert.deepEqual(await wide(page), [], `${name}, ${pane}, 360 px`);
    }
    await page.getByRole('button', { name: 'Close', exact: true }).first().click();
  }
  opened.check();
  await opened.context.close();
});
