// From a decision to what decided, in Chromium with the real engine: for every policy type, for grants and for the state
// of a key, the path of the decision leads to the right document and the right line, by mouse and by keyboard.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { visible } from './page.mjs';
import { openWorld } from './panels.mjs';
import { browser, site } from './stage.mjs';

const world = readFileSync(fileURLToPath(new URL('data/every-layer.md', import.meta.url)), 'utf8');

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let opened;

before(async () => {
  opened = await openWorld(browser, site.origin, {}, world, 'free');
});

/** The request is the n-th from the end; its decision leads from a layer to a statement of the policy under a tab. */
const statements = [
  { what: 'key policy, allow', request: 14, layer: 'Key policy', tab: 'Key policy alias/app', sid: 'NamesNamed' },
  { what: 'key policy, deny', request: 13, layer: 'Key policy', tab: 'Key policy alias/app', sid: 'KeepsOutKept',
    because: 'the Deny statement "KeepsOutKept" in the key policy applies' },
  { what: 'inline identity policy, deny', request: 12, layer: 'Identity-based policies', tab: 'inlined: inline', sid: 'InlineDenies',
    because: 'the Deny statement "InlineDenies" in the identity-based policy applies' },
  { what: 'managed identity policy, allow', request: 11, layer: 'Identity-based policies', tab: 'encrypts (managed policy)', sid: 'ManagedAllows' },
  { what: 'group policy, a condition that does not hold', request: 10, layer: 'Identity-based policies', tab: 'group engineers: shared', sid: 'GroupAllows',
    because: 'statement "GroupAllows" of shared would apply, but its condition does not hold: kms:EncryptionContext:Department is HR, StringEquals wants IT.' },
  { what: 'permissions boundary, no allow', request: 9, layer: 'Permissions boundary', tab: 'limit (permissions boundary)', sid: 'BoundaryNearly',
    because: 'statement "BoundaryNearly" of limit would apply, but its condition' },
  { what: 'service control policy, deny', request: 8, layer: 'Service control policies', tab: 'fences (service control policy of 111122223333)', sid: 'ScpNoRandom',
    because: 'the Deny statement "ScpNoRandom" in the service control policy applies' },
  { what: 'resource control policy, deny', request: 7, layer: 'Resource control policies', tab: 'insiders (resource control policy of 111122223333)', sid: 'RcpInside',
    because: 'the Deny statement "RcpInside" in the resource control policy applies' },
  { what: 'session policy, no allow', request: 6, layer: 'Session policy', tab: 'role/app (session narrow): session policy', sid: 'SessionNearly',
    because: 'statement "SessionNearly" of session policy would apply, but its condition' },
  { what: 'VPC endpoint policy, deny', request: 5, layer: 'VPC endpoint policy', tab: 'VPC endpoint vpce-0041e2ad913be6a2a', sid: 'EndpointDenies',
    because: 'the Deny statement "EndpointDenies" in the VPC endpoint policy applies' },
  { what: 'trust policy, deny', request: 2, layer: 'Trust policy', tab: 'role app: trust policy', sid: 'TrustWithoutKept',
    because: 'the Deny statement "TrustWithoutKept" in the trust policy applies' },
];

/** Another request is chosen before: that one is shown already would say nothing about its answer. @param {number} fromEnd */
async function choose(fromEnd) {
  await show(fromEnd === 1 ? 2 : 1);
  await show(fromEnd);
  return opened.at.decision.getByRole('list', { name: 'Path of the decision' });
}

/** @param {number} fromEnd */
async function show(fromEnd) {
  const { page } = opened;
  const line = page.getByRole('region', { name: 'Time line', exact: true }).getByRole('list', { name: 'Requests' }).getByRole('button');
  await line.nth(-fromEnd).click();
  await page.waitForFunction((n) => {
    const root = document.querySelector('kms-playground')?.shadowRoot?.querySelector('kms-time-line')?.shadowRoot;
    return [...root?.querySelectorAll('li.request button') ?? []].at(-n)?.getAttribute('aria-current') === 'true';
  }, fromEnd);
}

/** @param {import('playwright-core').Locator} button */
const ways = [
  ['by mouse', async (/** @type {import('playwright-core').Locator} */ button) => button.click()],
  ['by keyboard', async (/** @type {import('playwright-core').Locator} */ button) => button.press('Enter')],
];

/** The editor has the focus, and its cursor stands in the line of a statement. @param {string} sid */
async function cursorIn(sid) {
  const { page } = opened;
  await page.waitForFunction(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.classList.contains('cm-content');
  });
  await visible(page.locator('.cm-line.cm-activeLine').filter({ hasText: `"Sid": "${sid}"` }), `the cursor in the line of ${sid}`);
}

describe('from the decision to what decided', () => {
  for (const { what, request, layer, tab, sid, because } of statements) {
    for (const [how, press] of /** @type {[string, (button: import('playwright-core').Locator) => Promise<void>][]} */ (ways)) {
      test(`${what}, ${how}`, async () => {
        const { page, at } = opened;
        const path = await choose(request);
        if (because) await visible(at.verdict.getByText(because, { exact: false }), 'the reason beside the verdict');
        const node = path.getByRole('listitem').filter({ hasNot: page.getByRole('listitem') }).filter({ hasText: layer });
        await press(node.getByRole('button', { name: /^line \d+$/ }));
        await visible(at.editorRegion.getByRole('tab', { name: tab, exact: true, selected: true }), `the tab ${tab}`);
        await cursorIn(sid);
        const marked = await at.decidingLine.filter({ hasText: sid }).count();
        assert.equal(marked, 1, `the line of ${sid} is marked as deciding`);
      });
    }
  }

  for (const [how, press] of /** @type {[string, (button: import('playwright-core').Locator) => Promise<void>][]} */ (ways)) {
    for (const { what, request, name } of [
      { what: 'a grant that allowed', request: 4, name: 'opens' },
      { what: 'a grant whose constraint does not hold', request: 3, name: 'constrained' },
    ]) {
      test(`${what}, ${how}`, async () => {
        const { page, at } = opened;
        const path = await choose(request);
        await press(path.getByRole('button', { name: `grant ${name}`, exact: true }));
        const shown = at.key.getByRole('listitem').and(page.locator('[aria-current="true"]'));
        await visible(shown.getByText(name, { exact: true }), 'the grant');
        await page.waitForFunction(() => {
          let active = document.activeElement;
          while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
          return active?.getAttribute('aria-current') === 'true' && active.localName === 'li';
        });
        assert.equal(await at.key.locator('.id strong').textContent(), 'alias/app');
      });
    }

    test(`the state of a key, ${how}`, async () => {
      const { at } = opened;
      await choose(1);
      await press(at.decision.getByRole('button', { name: 'State of alias/off', exact: true }));
      const tab = at.key.getByRole('tab', { name: 'State', exact: true, selected: true });
      await visible(tab, 'the tab of the state');
      assert.equal(await at.key.locator('.id strong').textContent(), 'alias/off');
      await visible(at.key.getByRole('tabpanel').getByText('Disabled', { exact: false }).first(), 'the state');
      await tab.press('ArrowLeft'); // it had the focus, else the key does nothing
      opened.check();
    });
  }
});
