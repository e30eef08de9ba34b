// The time line and pinned requests, in Chromium with the real engine: back, forward and aside, what comes by itself, and
// requests with the end that is expected of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answered, becomes, drawn, focused, keepsFocus, open, parts, send, verdictBegins, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page @typedef {import('playwright-core').Locator} Locator */

/** @param {Page} page */
function line(page) {
  const region = page.getByRole('region', { name: 'Time line', exact: true });
  return {
    region, toggle: region.getByRole('button', { name: /^Time.line/ }), list: region.getByRole('list', { name: 'Requests' }),
    detail: region.getByRole('group', { name: 'The chosen request' }),
    undo: page.getByRole('button', { name: 'Undo', exact: true }), redo: page.getByRole('button', { name: 'Redo', exact: true }),
    clock: page.getByRole('button', { name: /^Simulated time, UTC/ }),
    pins: page.getByRole('button', { name: /^(\W*Pins\b)/ }),
    pinList: page.getByRole('region', { name: 'Pins', exact: true }),
  };
}

/** @param {Parameters<typeof open>[2]} [options] */
async function opened(options = {}) {
  const o = await open(browser, site.origin, options);
  const at = parts(o.page);
  await visible(at.policy, 'the editor');
  await o.page.getByText('Loading the engine').waitFor({ state: 'detached' });
  return { ...o, at, on: line(o.page) };
}

test('back, forward, aside, and to another course', async () => {
  const { page, at, on, check, context } = await opened();
  await send(at, /^Denied/);
  const count = await on.list.getByRole('button').count();
  await page.getByRole('button', { name: '+5 min' }).click();
  await visible(on.list.getByText('+5 min'), 'the time that passed');
  await at.principal.selectOption('kms-test-1');
  await send(at, /^Allowed/);

  // By keys, outside of texts; within a text they are the text's own.
  await at.send.focus();
  await page.keyboard.press('Control+z');
  await visible(on.list.getByRole('button', { name: /^Undone: encrypt/ }), 'what was undone');
  await visible(on.list.getByRole('button', { name: /Encrypt/ }).first(), 'the request that stayed');
  await page.keyboard.press('Control+z');
  await visible(on.list.getByRole('button', { name: 'Undone: sleep 5m' }), 'the time that was undone');
  await visible(on.region.getByText(/^Now 2026-01-01 09:00:00, 1 of 3 actions done\.$/), 'where one stands, as it is said');
  await page.keyboard.press('Control+Shift+z');
  await visible(on.list.getByText('+5 min'), 'the time, again');
  await at.policy.focus();
  await page.keyboard.press('Control+z');
  await drawn(page);
  assert.equal(await on.list.getByText('+5 min').count(), 1);
  await on.redo.click();
  await on.redo.and(page.locator(':disabled')).waitFor();
  await becomes(() => on.list.getByRole('button').count(), count + 1);

  // As a list: a request of before is gone to, and something else is done there.
  await on.toggle.click();
  await on.list.getByRole('button').nth(count - 1).click();
  await verdictBegins(at.verdict, /^Denied/);
  await visible(on.detail.getByText('"eventName": "Encrypt"'), 'the CloudTrail record');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await on.detail.getByRole('button', { name: 'Copy: CloudTrail event' }).click();
  await visible(on.detail.getByText('Copied.'), 'that it was copied');
  await becomes(() => page.evaluate(() => navigator.clipboard.readText()), /"errorCode": "AccessDenied"/);
  await on.detail.getByRole('button', { name: 'Go to this moment' }).click();
  await visible(on.detail.getByText('Nothing was changed since'), 'that this is the present');
  await becomes(() => on.list.getByRole('button', { name: /Undone:/ }).count(), 2);
  await keepsFocus(page);
  await at.principal.selectOption('kms-test-3');
  await send(at, /^Denied/);
  const branches = on.region.getByRole('list', { name: /^Branches/ });
  await branches.getByRole('button', { name: 'Switch to the branch with sleep 5m' }).click();
  await visible(branches.getByRole('button', { name: /^Switch to the branch with aws kms encrypt/ }), 'the course that was left');
  await visible(on.list.getByText('+5 min'), 'what was done in the other course');
  await keepsFocus(page);
  check();
  await context.close();
});

test('what was undone and the branches outlive a reload, and travel with the scenario into another tab', async () => {
  const { page, at, on, check, context } = await opened();
  await send(at, /^Denied/);
  await page.getByRole('button', { name: '+5 min' }).click();
  await visible(on.list.getByText('+5 min'), 'the time that passed');
  await on.undo.click();
  await at.principal.selectOption('kms-test-3');
  await send(at, /^Denied/);
  await page.getByRole('button', { name: '+1 min', exact: true }).click();
  await visible(on.list.getByText('+1 min'), 'the time that passed');
  await on.undo.click();
  await visible(on.list.getByRole('button', { name: /Undone: sleep 1m/ }), 'what was undone');
  const before = await on.list.getByRole('button').allTextContents();

  /** @param {Page} where */
  const asBefore = async (where) => {
    const there = line(where);
    await visible(there.list.getByRole('button', { name: /Undone: sleep 1m/ }), 'what was undone');
    assert.deepEqual(await there.list.getByRole('button').allTextContents(), before);
    await there.toggle.filter({ hasText: '1 branch' }).click();
    await visible(there.region.getByRole('button', { name: 'Switch to the branch with sleep 5m' }), 'the branch');
    return there;
  };
  await page.reload();
  const again = await asBefore(page);
  await again.redo.click();
  await visible(again.list.getByText('+1 min'), 'that it is done again');
  await again.undo.click();
  await visible(again.list.getByRole('button', { name: /Undone: sleep 1m/ }), 'that it is undone again');

  // Another tab opens the scenario that was kept; what it does there is its own.
  const other = await context.newPage();
  await other.goto(site.origin);
  await visible(parts(other).policy, 'the editor of the other tab');
  await other.getByRole('button', { name: 'Scenarios', exact: true }).click();
  await other.getByRole('list', { name: 'Kept scenarios' }).getByRole('button').first().click();
  const there = await asBefore(other);
  await there.region.getByRole('button', { name: 'Switch to the branch with sleep 5m' }).click();
  await visible(there.list.getByText('+5 min'), 'the other course');
  await visible(page.getByText('was changed in another tab'), 'the conflict in the first tab');
  await page.reload();
  await visible(line(page).list.getByRole('button', { name: /Undone: sleep 1m/ }), 'the course of the first tab');
  check();
  await context.close();
});

test('by keyboard alone', async () => {
  const { page, at, on, check, context } = await opened();
  await page.keyboard.press('Control+Enter');
  await answered(at, /^Denied/);
  await on.toggle.focus();
  await page.keyboard.press('Tab');
  await becomes(() => focused(page), /Denied:\s*Encrypt/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Home');
  await becomes(() => focused(page), /CreateUser/);
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await visible(on.list.getByRole('button').nth(-2).and(page.locator('[aria-current="true"]')), 'the chosen request');
  await keepsFocus(page);

  // The present decision is pinned, seen to hold, and taken away.
  await on.list.getByRole('button').last().focus();
  await page.keyboard.press('Enter');
  await visible(on.list.getByRole('button').last().and(page.locator('[aria-current="true"]')), 'the last request');
  await at.decision.getByRole('button', { name: 'Pin…' }).focus();
  await page.keyboard.press('Enter');
  await visible(on.pinList.getByRole('form', { name: 'New pin' }).or(on.pinList.getByRole('combobox', { name: 'Expected end' })).first(), 'the form');
  await page.waitForFunction(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.localName === 'select';
  });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await visible(on.pinList.getByText('Pinned: kms-test-2 may not Encrypt on alias/app.'), 'that it is pinned');
  await visible(page.getByRole('button', { name: 'Pins 1/1 hold' }), 'how the pins stand');
  await becomes(() => focused(page), 'Why? kms-test-2 may not Encrypt on alias/app');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await visible(on.pinList.getByText(/^Taken away/), 'that it is gone');
  await keepsFocus(page);
  await page.keyboard.press('Escape');
  await keepsFocus(page);
  check();
  await context.close();
});

test('pins are tried again after every change, and travel', async () => {
  const { page, at, on, check, context } = await opened();
  await at.principal.selectOption('kms-test-2');
  await at.console.getByRole('button', { name: 'Pin…' }).click();
  await on.pinList.getByRole('combobox', { name: 'Expected end' }).selectOption('succeeds');
  await becomes(() => on.pinList.getByRole('textbox', { name: 'Title' }).inputValue(), 'kms-test-2 may Encrypt on alias/app');
  await on.pinList.getByRole('textbox', { name: 'Title' }).fill('the second one "may" <b>encrypt</b>');
  await on.pinList.getByRole('button', { name: 'Pin', exact: true }).click();
  await visible(page.getByRole('button', { name: 'Pins 0/1 hold' }), 'that it does not hold');
  await visible(on.pinList.getByText(/^it ended with AccessDeniedException: /), 'how it ended');
  // A lesson's goals stay by themselves.
  await becomes(() => at.lesson.getByRole('list', { name: 'Goals' }).getByRole('listitem').count(), 2);

  await on.pinList.getByRole('button', { name: /^Why\?/ }).click();
  await verdictBegins(at.verdict, /^Denied/);
  await visible(at.decision.getByText('Tried on a copy of the world as it is now'), 'of what it is');
  await on.pins.click();
  await page.keyboard.press('Escape');

  // What would allow it holds it, which is said; Undo fails it again.
  await send(at, /^Denied/);
  await page.getByRole('button', { name: /^Apply: / }).first().click();
  await visible(page.getByRole('button', { name: 'Pins 1/1 hold' }), 'that it holds');
  await visible(page.getByText('The pin holds now: the second one "may" <b>encrypt</b>.'), 'what is said');
  await on.undo.click();
  await visible(page.getByRole('button', { name: 'Pins 0/1 hold' }), 'that it fails again');
  await visible(page.getByText(/^The pin fails now: /), 'what is said');

  // A cell of the matrix.
  await page.getByRole('tab', { name: 'Matrix' }).click();
  await page.getByRole('gridcell', { name: 'kms-test-1, Encrypt: allowed' }).or(page.getByRole('button', { name: 'kms-test-1, Encrypt: allowed' })).first().click();
  await page.getByRole('button', { name: 'Pin this cell…' }).click();
  await on.pinList.getByRole('button', { name: 'Pin', exact: true }).click();
  await visible(page.getByRole('button', { name: 'Pins 1/2 hold' }), 'both');
  await page.keyboard.press('Escape');

  // In a link they are what they were, and can be taken away.
  await at.share.click();
  await page.waitForURL(/#.+/);
  const other = await open(browser, page.url());
  const there = line(other.page);
  await visible(other.page.getByRole('button', { name: 'Pins 1/2 hold' }), 'the pins of the link');
  await there.pins.click();
  await there.pinList.getByRole('button', { name: /^Unpin: the second one/ }).click();
  await visible(other.page.getByRole('button', { name: 'Pins 1/1 hold' }), 'the other one');
  other.check();
  await other.context.close();
  check();
  await context.close();
});

test('what is not seen yet, and waits as long as AWS makes one wait', async () => {
  const { page, at, on, check, context } = await opened();
  await page.getByRole('combobox', { name: 'Example' }).selectOption({ label: 'Why is the grant I just made denied?' });
  await visible(at.lesson.getByText('CreateGrant answers, and the grant exists.').first(), 'the document');
  await at.key.getByRole('tab', { name: 'Grants' }).click();
  await at.key.getByRole('combobox', { name: 'Act as' }).selectOption({ label: 'root of 111122223333' });
  await at.key.getByText('Create a grant').click();
  await at.key.getByRole('combobox', { name: 'Grantee' }).fill('arn:aws:iam::111122223333:user/appUser');
  await at.key.getByRole('checkbox', { name: 'Encrypt', exact: true }).check();
  await at.key.getByRole('button', { name: 'Create grant' }).click();
  await visible(on.list.getByRole('button', { name: /CreateGrant.*not seen by authorization yet/ }), 'the mark on the request');
  await visible(on.list.getByText(/is not visible yet, until 2026-01-01 09:/).first(), 'the mark after the present');

  await at.key.getByRole('tab', { name: 'State' }).click();
  await at.key.getByRole('button', { name: /^Schedule/ }).click();
  await on.clock.click();
  const sheet = page.getByRole('region', { name: 'Let time pass' });
  const coming = sheet.getByRole('list', { name: 'What happens by itself' });
  await visible(coming.getByText(/is deleted at 2026-01-31/), 'the deletion');
  await sheet.getByRole('button', { name: 'Until the next thing happens' }).click();
  await coming.getByText(/is not visible yet/).waitFor({ state: 'detached' });
  await becomes(() => coming.getByText(/is deleted at 2026-01-31/).count(), 1);
  await sheet.getByRole('spinbutton', { name: 'Amount' }).fill('29');
  await sheet.getByRole('combobox', { name: 'Unit' }).selectOption('days');
  await sheet.getByRole('button', { name: 'Let it pass' }).click();
  await visible(sheet.getByText('2026-01-30'), 'the time');
  await visible(at.explorer.getByText('PendingDeletion').first(), 'the state of the key');
  await sheet.getByRole('button', { name: '+1 day' }).click();
  await visible(sheet.getByText('Nothing happens to the keys by itself'), 'that nothing comes any more');
  await becomes(() => at.explorer.getByText('PendingDeletion').count(), 0);
  await keepsFocus(page);
  check();
  await context.close();
});

test('the list is as tall as the person makes it', async () => {
  const { page, on, check, context } = await opened();
  await on.toggle.click();
  const height = async () => (await on.region.boundingBox())?.height ?? 0;
  const separator = page.getByRole('separator', { name: 'Height of the time line' });
  await separator.focus();
  const before = await height();
  await page.keyboard.press('Shift+ArrowUp');
  await becomes(async () => await height() > before, true, `taller than ${before} px`);
  await page.keyboard.press('Home');
  await becomes(async () => await height() <= 121, true, 'as low as it gets');
  check();
  await context.close();
});
