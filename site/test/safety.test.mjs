// What the page refuses: script that is not its own, markup that went past no policy, and other hosts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomes, open, parts, visible } from './page.mjs';
import { browser, site } from './stage.mjs';

/** Ways to bring script into a page; each is to be refused, by an exception or by doing nothing. */
const ways = {
  innerHTML: () => { document.createElement('div').innerHTML = '<img src=x onerror="globalThis.ran = 1">'; },
  'a script element': () => { document.head.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = 1' })); },
  'an event handler': () => { const b = document.createElement('b'); b.setAttribute('onclick', 'globalThis.ran = 1'); document.body.append(b); b.click(); b.remove(); },
  // Later, because what the test itself evaluates may.
  'eval of a text': () => { setTimeout(() => { (0, eval)('globalThis.ran = 1'); }, 0); },
  'a policy of another name': () => { /** @type {any} */ (globalThis).trustedTypes.createPolicy('other', {}); },
  'a worker from elsewhere': () => { new Worker('https://example.com/x.js'); },
};

test('script that is not of the page does not run', async () => {
  for (const address of ['/', '/embed.html']) {
    const { page, context, wrong } = await open(browser, site.origin + address);
    await visible(parts(page).policy, 'the editor');
    assert.deepEqual(wrong, []);
    for (const [name, way] of Object.entries(ways)) {
      const before = wrong.length;
      await page.evaluate(way).catch(() => {});
      const refused = () => wrong.slice(before).some((line) => /refused: (script-src|script-src-attr|script-src-elem|trusted-types|require-trusted-types-for) /.test(line));
      await becomes(refused, true, `${address}: ${name} is reported`).catch((cause) => assert.fail(`${cause.message}, but ${wrong.slice(before).join()}`));
      assert.equal(await page.evaluate('globalThis.ran'), undefined, name);
    }
    await context.close();
  }
});
