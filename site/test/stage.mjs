// What most tests stand on: a browser and the built site, there before the first test of a file and gone after the last.

import { after } from 'node:test';
import { launch } from './chromium.mjs';
import { serve } from './server.mjs';

export const browser = await launch();
export const site = await serve();

after(async () => {
  await browser.close();
  await site.close();
});
