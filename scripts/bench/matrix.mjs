// How soon the matrix follows a key stroke: 200 principals, every operation, in the site's own page.

import { median } from './table.mjs';

const users = 199; // and the root user of their account

const edits = 20;

/** A world of 200 principals, half of them with a policy of their own, and a key policy that covers some by a pattern. */
export function scenario() {
  const commands = [];
  for (let i = 0; i < users; i++) {
    const name = `user-${String(i).padStart(3, '0')}`;
    commands.push(`aws iam create-user --user-name ${name}`);
    if (i % 2 === 0) commands.push(`aws iam put-user-policy --user-name ${name} --policy-name use --policy-document file://use.json`);
  }
  const arn = 'arn:aws:iam::111122223333';
  const policy = { Version: '2012-10-17', Statement: [
    { Sid: 'Root', Effect: 'Allow', Principal: { AWS: `${arn}:root` }, Action: 'kms:*', Resource: '*' },
    { Sid: 'Team', Effect: 'Allow', Principal: { AWS: [1, 3, 5, 7, 9].map((n) => `${arn}:user/user-00${n}`) }, Action: 'kms:D*', Resource: '*' },
    { Sid: 'Context', Effect: 'Deny', Principal: '*', Action: 'kms:GenerateDataKey*', Resource: '*', Condition: { StringNotLike: { 'aws:PrincipalArn': `${arn}:*` } } },
  ] };
  const use = { Version: '2012-10-17', Statement: [
    { Effect: 'Allow', Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' },
    { Effect: 'Deny', Action: 'kms:ScheduleKeyDeletion', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } },
  ] };
  const file = (name, value) => `\`\`\`json title="${name}"\n${JSON.stringify(value, null, 2)}\n\`\`\`\n`;
  return `${file('key-policy.json', policy)}\n${file('use.json', use)}\n\`\`\`sh as="root"\n${commands.join('\n')}\n` +
    'key=$(aws kms create-key --policy file://key-policy.json --query KeyMetadata.KeyId --output text)\n' +
    'aws kms create-alias --alias-name alias/app --target-key-id $key\n```\n';
}

/**
 * Types into the key policy beside the matrix. milliseconds is the median from the key stroke to the frame after the
 * changed cells, typed to the frame with the character; long are the long tasks of the main thread meanwhile and while the
 * text is put into force.
 */
export async function matrixEdits(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(address);
  const policy = page.getByRole('textbox', { name: 'Key policy alias/app', exact: true });
  await policy.waitFor();
  await page.evaluate((text) => document.querySelector('kms-playground').workspace.openText(text), scenario());
  await page.getByRole('tab', { name: 'Matrix', exact: true }).click();
  const grid = page.getByRole('grid', { name: 'Who may do what with alias/app', exact: true });
  await grid.getByRole('gridcell', { name: 'user-001, Decrypt: allowed', exact: true }).waitFor({ timeout: 60_000 });
  const cells = Number(await grid.getAttribute('aria-rowcount')) - 1;
  await policy.getByText('kms:D*').click();
  await page.keyboard.press('End');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft'); // between D and *
  await grid.evaluate(watch);
  const times = [];
  for (let i = 0; i < edits; i++) {
    await page.keyboard.press(i % 2 === 0 ? 'e' : 'Backspace');
    times.push(await page.evaluate(() => globalThis.refreshed()));
    await page.waitForTimeout(200);
  }
  await page.waitForTimeout(2000); // the text is put into force
  const { long, typed } = await page.evaluate(() => ({ long: globalThis.longTasks, typed: globalThis.typed }));
  await context.close();
  return { principals: cells, milliseconds: median(times), worst: Math.max(...times), typed: median(typed), long };
}

// Runs in the page: keeps when the last key went down, and when the cells had changed after it.
function watch(grid) {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });
  globalThis.typed = [];
  let pressed = 0;
  let done;
  let waiting;
  addEventListener('keydown', (event) => {
    pressed = event.timeStamp;
    requestAnimationFrame(() => setTimeout(() => globalThis.typed.push(performance.now() - event.timeStamp)));
    done = new Promise((resolve) => { waiting = resolve; });
  }, true);
  new MutationObserver(() => {
    const resolve = waiting;
    waiting = undefined;
    if (resolve) requestAnimationFrame((frame) => resolve(Math.max(frame, performance.now()) - pressed));
  }).observe(grid, { subtree: true, attributes: true, attributeFilter: ['class'] });
  globalThis.refreshed = () => done;
}
