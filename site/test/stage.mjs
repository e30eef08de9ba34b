// What most tests stand on: the built site and a browser, there before the first test of a file and gone after the last.

import { after, before } from 'node:test';
import { launch } from './chromium.mjs';
import { serve } from './server.mjs';

/** @type {import('playwright-core').Browser} */
export let browser;
/** @type {import('./server.mjs').Served} */
export let site;

before(async () => {
  browser = await launch();
  site = await serve();
});
after(async () => {
  await browser?.close();
  await site?.close();
});
