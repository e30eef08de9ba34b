// The decision view in Chromium with the real engine: the reason first, the path as a list and as a picture, its lines
// one click away, outputs as bytes, and what would allow the request in sight; nothing of it needs scrolling.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { becomes, open, parts, send, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

/** @param {import('playwright-core').Locator} locator */
const lines = async (locator) => (await locator.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());

describe('the decision view', () => {
  test('the reason, the path and the ways are in sight after Send, and lead on', async () => {
    const { page, check, context } = await open(browser, site.origin);
    const at = parts(page);
    await visible(at.policy, 'the editor');
    const verdict = await send(at, /^Denied/);
    assert.match(verdict.replace(/\s+/g, ' '), /^Denied because the key policy neither names the caller nor lets IAM policies of its account count/);
    const path = at.decision.getByRole('list', { name: 'Path of the decision' });
    assert.deepEqual(await lines(path.locator(':scope > li > .stage > ol > li')), ['–Key policy: no allow · line 7', '⊘Identity-based policies: not consulted']);
    assert.deepEqual(await lines(path.locator(':scope > li').last()), ['✕Implicit deny']);
    const ways = at.decision.getByRole('button', { name: /^What would allow it \(\d+\)$/ });
    await visible(ways, 'the count of ways');
    const pane = await page.locator('.decision').boundingBox();
    for (const part of [at.verdict.getByText('because the key policy', { exact: false }).first(), path, ways]) {
      const box = await part.boundingBox();
      assert.ok(box && pane && box.y >= pane.y && box.y + box.height <= pane.y + pane.height + 1, `${JSON.stringify(box)} is not within ${JSON.stringify(pane)}`);
    }
    await ways.click();
    await page.waitForFunction(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return /^What would allow it \(\d+\)$/.test(active?.textContent ?? '') && active?.localName === 'h3';
    });
    await path.getByRole('button', { name: 'line 7' }).click();
    await becomes(() => at.decidingLine.first().textContent(), /Principal/);
    check();
    await context.close();
  });

  test('an output is shown as bytes, copied and kept', async () => {
    const { page, check, context } = await open(browser, site.origin, { permissions: ['clipboard-read', 'clipboard-write'] });
    const at = parts(page);
    await visible(at.policy, 'the editor');
    await at.principal.selectOption({ label: 'kms-test-1' });
    await send(at, /^Allowed/);
    const shown = at.decision.getByLabel('CiphertextBlob', { exact: true });
    await visible(shown, 'the ciphertext');
    const base64 = ((await shown.textContent()) ?? '').trim();
    const bytes = Buffer.from(base64, 'base64');
    await visible(at.decision.getByText(`${bytes.length} bytes`), 'its length');
    await at.decision.getByRole('combobox', { name: 'CiphertextBlob shown as' }).selectOption({ label: 'hex' });
    await becomes(async () => (await shown.textContent())?.trim(), bytes.toString('hex'));
    await at.decision.getByRole('button', { name: 'Copy CiphertextBlob' }).click();
    await visible(at.decision.getByText('CiphertextBlob was copied.'), 'that it was copied');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), bytes.toString('hex'));
    const download = page.waitForEvent('download');
    await at.decision.getByRole('button', { name: 'Download CiphertextBlob' }).click();
    assert.equal((await download).suggestedFilename(), 'CiphertextBlob.bin');
    check();
    await context.close();
  });
});
