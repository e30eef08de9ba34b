// The policy editor, in Chromium with the real engine: completion, help, edits of remarks and comparison by keyboard, and
// what is typed stays whatever AWS says to it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { becomes, open, parts, patience, send, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

const root = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "kms:*",
      "Resource": "*"
    }
  ]
}`;

/**
 * Puts a text into the editor and the cursor, by keyboard alone, at the first place where it has ‸.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} editor
 * @param {string} marked
 */
async function put(page, editor, marked) {
  const text = marked.replace('‸', '');
  await editor.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
  const [before = ''] = marked.split('‸');
  await page.keyboard.press('Control+Home');
  const lines = before.split('\n');
  for (let i = 1; i < lines.length; i++) await page.keyboard.press('ArrowDown');
  const column = (lines.at(-1) ?? '').length;
  const line = text.split('\n')[lines.length - 1] ?? '';
  await page.keyboard.press('End');
  for (let i = line.length; i > column; i--) await page.keyboard.press('ArrowLeft');
}

/** @param {import('playwright-core').Locator} editor */
async function content(editor) {
  return (await editor.locator('.cm-line').allInnerTexts()).map((line) => line.replace(/\n$/, '')).join('\n');
}

/** @param {import('playwright-core').Page} page */
const suggestions = (page) => page.getByRole('listbox', { name: 'Suggestions' });

/**
 * Waits for the suggestions to hold an option, and returns all.
 * @param {import('playwright-core').Page} page
 * @param {string} option
 */
async function offered(page, option) {
  await visible(suggestions(page).getByRole('option', { name: option, exact: true }), `the suggestion ${option}`);
  return suggestions(page).getByRole('option').allInnerTexts();
}

/**
 * Takes the suggestion in hand. The editor ignores an Enter that comes sooner after the list than a person's could.
 * @param {import('playwright-core').Page} page
 */
async function take(page) {
  await page.waitForTimeout(150);
  await page.keyboard.press('Enter');
}

/**
 * Opens the page, and the editor once it can be typed into.
 */
async function start() {
  const opened = await open(browser, site.origin);
  const at = parts(opened.page);
  await visible(at.policy, 'the editor');
  // What helps while typing is loaded when the text gets the focus, and tells its keys.
  await at.policy.focus();
  await visible(opened.page.getByRole('textbox', { name: 'Key policy alias/app', description: /Ctrl Space suggests/ }), 'the help that is loaded');
  return { ...opened, at };
}

describe('completion', () => {
  test('a statement is written by keyboard out of suggestions alone', async () => {
    const { page, at, check, context } = await start();
    await put(page, at.policy, root.replace('\n    }\n  ]', '\n    },‸\n  ]'));
    await page.keyboard.press('Control+ ');
    await offered(page, '{ }');
    await take(page);
    // In the empty action of the new statement, suggestions open by themselves.
    await offered(page, 'kms:Encrypt');
    await page.keyboard.type('kms:enc');
    await suggestions(page).getByRole('option', { name: 'kms:*', exact: true }).waitFor({ state: 'detached' });
    await offered(page, 'kms:Encrypt');
    await take(page);
    await becomes(() => content(at.policy), /"Action": "kms:Encrypt"/);
    await page.keyboard.press('End'); // behind the comma that the statement brought
    await page.keyboard.press('Enter');
    await page.keyboard.type('"Cond');
    await offered(page, 'Condition');
    await take(page);
    await offered(page, 'StringEquals');
    await page.keyboard.type('stringeq');
    await suggestions(page).getByRole('option', { name: 'Bool', exact: true }).waitFor({ state: 'detached' });
    await take(page);
    await offered(page, 'kms:ViaService');
    const keys = await suggestions(page).getByRole('option').allInnerTexts();
    assert.ok(!keys.some((key) => /kms:GrantOperations|kms:ResourceAliases|aws:SourceIp/.test(key)), 'keys that do not fit are left out');
    await page.keyboard.type('"viaserv');
    await suggestions(page).getByRole('option', { name: 'kms:KeySpec', exact: true }).waitFor({ state: 'detached' });
    await offered(page, 'kms:ViaService');
    await take(page);
    await offered(page, 's3.ap-northeast-1.amazonaws.com');
    await page.keyboard.type('s3');
    await suggestions(page).getByRole('option', { name: /^acm/ }).waitFor({ state: 'detached' });
    await take(page);
    await becomes(() => content(at.policy), /"Condition": \{"StringEquals": \{"kms:ViaService": "s3\.ap-northeast-1\.amazonaws\.com"\}\}/);
    check();
    await context.close();
  });

  test('principals of this world; Escape closes the list first and then leaves the editor', async () => {
    const { page, at, check, context } = await start();
    await put(page, at.policy, root.replace('arn:aws:iam::111122223333:root', '‸'));
    await page.keyboard.press('Control+ ');
    const all = await offered(page, 'arn:aws:iam::111122223333:user/kms-test-2');
    assert.ok(all.includes('arn:aws:iam::111122223333:root') && all.includes('*'), all.join());
    await page.keyboard.press('Escape');
    await suggestions(page).waitFor({ state: 'detached' });
    await visible(at.policy.and(page.locator(':focus')), 'that the focus is still in the text');
    await page.keyboard.press('Escape');
    await visible(at.editorRegion.getByRole('combobox', { name: 'Edit as' }).and(page.locator(':focus')), 'that the focus is behind the text');
    check();
    await context.close();
  });

  test('Tab leaves the text until the person types in it', async () => {
    const { page, at, check, context } = await start();
    const focused = () => at.policy.evaluate((el) => el.matches(':focus'));
    await page.keyboard.press('Tab');
    await becomes(focused, false);
    await page.keyboard.press('Shift+Tab');
    await becomes(focused, true);
    await page.keyboard.press('Control+Home');
    await page.keyboard.type(' ');
    await page.keyboard.press('Tab');
    await becomes(() => content(at.policy), /^ {3}\{/, 'after typing, Tab indents');
    assert.equal(await focused(), true);
    await page.keyboard.press('Escape');
    await becomes(focused, false);
    check();
    await context.close();
  });
});

describe('help', () => {
  test('F1 says what stands at the cursor, with the page of AWS', async () => {
    const { page, at, check, context } = await start();
    await put(page, at.policy, root.replace('"kms:*"', '"kms:CreateGr‸ant"'));
    await page.keyboard.press('F1');
    const told = page.getByRole('status', { name: 'Explanation' });
    await visible(told.getByText('Let others use a key by a grant'), 'the explanation');
    assert.equal(await told.getByRole('link', { name: 'AWS documentation' }).getAttribute('href'), 'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html');
    await visible(at.policy.and(page.locator(':focus')), 'that the focus stays');
    await told.getByRole('button', { name: 'Close' }).click();
    await told.getByText('Let others').waitFor({ state: 'detached' });
    check();
    await context.close();
  });

  test('the pointer gets the same', async () => {
    const { page, at, check, context } = await start();
    const name = at.policy.getByText('"Effect"').first();
    const card = page.locator('.cm-tooltip .help').filter({ hasText: 'Whether the statement allows or denies.' });
    // A hand is never still, and the first answer may come with an engine that takes over meanwhile.
    const deadline = Date.now() + patience;
    for (let i = 0; Date.now() < deadline && !(await card.isVisible()); i++) {
      await page.mouse.move(5, 5);
      await name.hover({ position: { x: 10 + (i % 2) * 3, y: 6 }, force: true });
      await card.waitFor({ timeout: 1000 }).catch(() => {});
    }
    await visible(card, 'the card');
    assert.equal(await card.getByRole('link').getAttribute('href'), 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html');
    check();
    await context.close();
  });
});

describe('remarks', () => {
  test('the edit of a remark is made by keyboard, from a menu at the cursor', async () => {
    const { page, at, check, context } = await start();
    await put(page, at.policy, root.replace('"kms:*"', '["kms:*", "kms:Encryp‸"]'));
    await visible(at.editorRegion.getByRole('list', { name: 'Remarks' }).getByText('did you mean'), 'the remark');
    await page.keyboard.press('Control+.');
    const menu = page.getByRole('menu', { name: 'Edits for this line' });
    await visible(menu.getByRole('menuitem', { name: 'Write kms:Encrypt' }), 'the menu');
    await visible(menu.getByRole('menuitem', { name: 'Write kms:Encrypt' }).and(page.locator(':focus')), 'that the focus is in the menu');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await visible(at.policy.and(page.locator(':focus')), 'that Escape goes back to the text');
    await page.keyboard.press('Control+.');
    await visible(menu.getByRole('menuitem').first().and(page.locator(':focus')), 'the menu again');
    await page.keyboard.press('Enter');
    await visible(at.policy.getByText('"kms:Encrypt"'), 'the edit');
    await visible(at.policy.and(page.locator(':focus')), 'that the focus is in the text');
    check();
    await context.close();
  });

  test('each statement\'s answer is there in words', async () => {
    const { at, check, context } = await start();
    await at.policy.fill(root.replace('  ]\n}', `,{ "Sid": "Not for this", "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:Sign", "Resource": "*" }\n  ]\n}`));
    await send(at, /^Allowed/);
    const summary = at.editorRegion.getByText(/How its statements answered: 1 of 2/);
    await visible(summary, 'the summary');
    await summary.click();
    await visible(at.editorRegion.getByText(/kms:Encrypt: match, lets IAM policies decide/), 'the first statement');
    await visible(at.editorRegion.getByText(/kms:Encrypt: no match\. .*action/i), 'the second, and why not');
    check();
    await context.close();
  });
});

describe('comparison', () => {
  test('with the policy in force and with earlier ones, in words too', async () => {
    const { page, at, check, context } = await start();
    await at.editorRegion.getByRole('button', { name: 'Tools' }).click();
    const other = at.editorRegion.getByRole('combobox', { name: 'Compare with' });
    await other.selectOption('before its last change');
    await visible(at.editorRegion.getByText('This policy has not been changed.'), 'that it was not changed');
    await at.policy.fill(root);
    await visible(at.editorRegion.getByText(/^.In force$/), 'the new policy in force');
    await at.policy.fill(root.replace('kms:*', 'kms:Decrypt'));
    await visible(at.editorRegion.getByText(/^.In force$/), 'the next one in force');
    await other.selectOption('as it was opened');
    await visible(at.editorRegion.getByRole('list').getByText('removed').first(), 'what was removed');
    await visible(page.locator('.cm-deletedChunk').first(), 'the same in the editor');
    await at.policy.fill(root.replace('kms:*', 'kms:Decrypt').slice(0, -2));
    await visible(at.editorRegion.getByText('Not in force.', { exact: true }), 'the refusal');
    await other.selectOption('the policy in force'); // the last text that AWS accepted
    await visible(at.editorRegion.getByText('1 difference', { exact: true }), 'the difference');
    await other.selectOption('nothing');
    await page.locator('.cm-deletedChunk').first().waitFor({ state: 'detached' });
    check();
    await context.close();
  });
});

describe('a text that AWS refuses', () => {
  test('stays over other requests, Undo, other tabs and a new load, in every policy; the good one stays in force', async () => {
    const { page, at, check, context } = await start();
    const region = at.editorRegion;
    await at.policy.fill('{ "Version": ');
    await visible(region.getByText('Not in force.', { exact: true }), 'the refusal');
    await visible(region.getByText(/MalformedPolicyDocumentException/).first(), 'AWS\'s words');
    await send(at, /^Denied/);
    await becomes(() => content(at.policy), '{ "Version": ');
    await region.getByRole('tab', { name: /AdministratorAccess/ }).click();
    await visible(page.getByRole('textbox', { name: /AdministratorAccess/ }), 'the other policy');
    await region.getByRole('tab', { name: /Key policy/ }).click();
    await becomes(() => content(at.policy), '{ "Version": ');
    await page.getByRole('button', { name: 'Undo', exact: true }).click(); // the request
    await visible(region.getByText('Not in force.', { exact: true }), 'the refusal, still');
    await becomes(() => content(at.policy), '{ "Version": ');
    await page.reload();
    await visible(at.policy.getByText('{ "Version": '), 'the text after a new load');
    await visible(region.getByText(/^.Not in force$/), 'that it is not in force');
    await region.getByText('The policy in force', { exact: true }).click();
    await visible(region.getByText('"Sid": "Key administrators"').last(), 'the policy in force');
    await region.getByRole('button', { name: 'Go back to the policy in force' }).click();
    await visible(region.getByText(/^.In force$/), 'the policy in force again');
    check();
    await context.close();
  });

  test('an emptied editor stays empty', async () => {
    const { at, check, context } = await start();
    await at.policy.fill('');
    await visible(at.editorRegion.getByText('Not in force.', { exact: true }), 'the refusal');
    await becomes(() => content(at.policy), '');
    check();
    await context.close();
  });
});
