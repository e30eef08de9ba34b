// The five main journeys by keyboard alone, in Chromium with the real engine: nothing is clicked, and the focus goes only
// where Tab, arrow keys and the page's own keys take it.

import { describe, test } from 'node:test';
import { answered, becomes, focused, open, parts, tabTo, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * @param {string} name
 * @param {(page: Page, at: ReturnType<typeof parts>) => Promise<void>} body
 */
function journey(name, body) {
  test(name, async () => {
    const opened = await open(browser, site.origin);
    const at = parts(opened.page);
    await visible(at.policy, 'the editor');
    await body(opened.page, at);
    opened.check();
    await opened.context.close();
  });
}

/** @param {Page} page @param {readonly string[]} keys */
async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

/** Goes to a thing and presses it. @param {Page} page @param {RegExp | string} name */
async function activate(page, name) {
  await tabTo(page, name);
  await press(page, 'Enter');
}

/** Goes to a field and types into it in place of what was there. @param {Page} page @param {RegExp | string} name @param {string} text */
async function type(page, name, text) {
  await tabTo(page, name);
  await press(page, 'Control+a');
  await page.keyboard.type(text);
}

/** Goes to a menu and types the beginning of an option. @param {Page} page @param {RegExp | string} name @param {string} option */
async function choose(page, name, option) {
  await tabTo(page, name);
  await page.keyboard.type(option);
}

const user = (/** @type {string} */ name) => `arn:aws:iam::111122223333:user/${name}`;

describe('by keyboard alone', () => {
  journey('a policy is written, and the decision changes', async (page, at) => {
    await choose(page, 'Principal', 'kms-test-2');
    await press(page, 'Control+Enter');
    await answered(at, /^Denied/);
    await tabTo(page, 'Key policy alias/app'); // its tab, and its text behind it
    await press(page, 'Tab');
    await visible(at.policy.and(page.locator(':focus')), 'that one is in the text');
    const lines = await at.policy.locator('.cm-line').allTextContents();
    await press(page, 'Control+Home', ...Array(lines.findIndex((line) => line.includes('"Statement"'))).fill('ArrowDown'), 'End', 'Enter');
    await page.keyboard.type('{ "Sid": "Account", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" },');
    await visible(at.editorRegion.getByText(/^.In force$/), 'that it is in force');
    await press(page, 'Escape', 'Escape');
    await becomes(async () => /^Key policy/.test(await focused(page)), false, 'Escape leaves the editor');
    await press(page, 'Control+Enter');
    await answered(at, /^Allowed/);
    await becomes(() => at.decidingLine.first().textContent(), /"Sid": "Account"/);
    await visible(at.lesson.getByText('Goals: 2 of 2 reached'), 'the goals');
  });

  journey('a request is denied, what would allow it is applied, and undone', async (page, at) => {
    await press(page, 'Control+Enter');
    await answered(at, /^Denied/);
    await activate(page, /^What would allow it \(\d+\)$/);
    await activate(page, 'Apply: Let the policy of alias/app allow kms:Encrypt to user/kms-test-2');
    await visible(page.getByText(/^Done: Let the policy/), 'what was done');
    await activate(page, 'Send it again');
    await answered(at, /^Allowed/);
    await press(page, 'Control+z');
    await visible(page.getByRole('button', { name: /^Undone: encrypt/ }), 'the request that was undone');
    await press(page, 'Control+z');
    await visible(page.getByRole('button', { name: /^Undone: put-key-policy/ }), 'the change that was undone');
    await press(page, 'Control+Enter');
    await answered(at, /^Denied/);
  });

  journey('a grant is created, used by its token, and retired', async (page, at) => {
    await tabTo(page, 'Grants');
    await press(page, 'ArrowLeft');
    await becomes(() => focused(page), 'Policy');
    await press(page, 'ArrowRight');
    await becomes(() => focused(page), 'Grants');
    await choose(page, 'Act as', 'kms-test-1');
    await activate(page, 'Create a grant');
    await type(page, /^Grantee/, user('kms-test-3'));
    await tabTo(page, 'Encrypt');
    await press(page, 'Space');
    await type(page, /^Retired by/, user('kms-test-1'));
    await activate(page, 'Create grant');
    await visible(at.key.getByText('CreateGrant was accepted, as kms-test-1.'), 'that it was created');
    await activate(page, 'Use token');
    await becomes(() => at.tokens.inputValue(), /./);
    await choose(page, 'Principal', 'kms-test-3');
    await press(page, 'Control+Enter');
    await answered(at, /^Allowed/);
    await activate(page, 'Retire');
    await visible(at.key.getByText('RetireGrant was accepted, as kms-test-1.'), 'that it was retired');
    await tabTo(page, 'Grant tokens');
    await press(page, 'Control+a', 'Delete');
    await activate(page, '+5 min');
    await visible(page.getByRole('group', { name: 'Simulated time' }).getByText('09:05:00'), 'the time');
    await press(page, 'Control+Enter');
    await answered(at, /^Denied/);
  });

  journey('access is compared in the matrix, and a cell explained', async (page) => {
    const matrix = page.getByRole('region', { name: 'Access matrix', exact: true });
    await tabTo(page, 'Lesson');
    await press(page, 'ArrowRight');
    await visible(matrix.getByRole('gridcell', { name: 'kms-test-1, Encrypt: allowed', exact: true }), 'the matrix');
    await choose(page, 'Compare with', 'an earlier');
    await tabTo(page, 'Moment');
    await press(page, 'Home');
    await visible(matrix.getByRole('gridcell', { name: 'kms-test-1, Encrypt: newly allowed', exact: true }), 'what is new since then');
    await type(page, 'Filter', 'kms-test crypt');
    await becomes(() => matrix.getByRole('columnheader').allTextContents(), ['Principal', 'Decrypt', 'Encrypt', 'ReEncrypt']);
    await tabTo(page, /^kms-test-\d, \w+: /);
    await press(page, 'Control+Home', 'ArrowRight');
    await becomes(() => focused(page), 'kms-test-1, Encrypt: newly allowed');
    await press(page, 'Enter');
    await visible(matrix.getByRole('heading', { name: 'kms-test-1: Encrypt is allowed' }), 'the explanation');
  });

  journey('work is kept: a new scenario, a link, and a step back on the time line', async (page, at) => {
    const title = 'Why does the key policy need the root statement?';
    await press(page, 'Control+Enter');
    await answered(at, /^Denied/);
    await activate(page, 'Scenarios');
    await activate(page, 'New');
    await visible(page.getByText(`Your work is kept under Scenarios as “${title}”.`), 'where the work is');
    await activate(page, '+1 min');
    await visible(page.getByRole('group', { name: 'Simulated time' }).getByText('09:01:00'), 'the time');
    await activate(page, 'Scenarios');
    await activate(page, title);
    await visible(page.getByRole('list', { name: 'Requests' }).getByRole('button', { name: /^Denied: Encrypt/ }).last(), 'the work');
    await press(page, 'Control+s');
    await page.waitForURL(/#.+/);
    const other = await open(browser, page.url());
    await answered(parts(other.page), /^Denied/);
    other.check();
    await other.context.close();
    await activate(page, '+5 min');
    await visible(page.getByRole('group', { name: 'Simulated time' }).getByText('09:05:00'), 'the time that passed');
    await activate(page, /Time line/);
    await tabTo(page, /Denied.*Encrypt/);
    await press(page, 'Home', 'Enter');
    await activate(page, 'Go to where the document was opened');
    await visible(page.getByRole('button', { name: /Undone:.*sleep 5m/ }), 'what was done after that moment');
    await visible(page.getByRole('group', { name: 'Simulated time' }).getByText('09:00:00'), 'the time of that moment');
    await press(page, 'Control+Shift+z');
    await page.getByRole('button', { name: /Undone:.*encrypt/ }).waitFor({ state: 'detached' });
    await press(page, 'Control+Shift+z');
    await page.getByRole('button', { name: /Undone:/ }).waitFor({ state: 'detached' });
    await visible(page.getByRole('group', { name: 'Simulated time' }).getByText('09:05:00'), 'the time, again');
  });
});
