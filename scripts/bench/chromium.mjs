// Chromium through the site's playwright-core. CHROMIUM says where it is.

import { createRequire } from 'node:module';

const require = createRequire(new URL('../../site/package.json', import.meta.url));

/** Starts a browser whose new contexts have nothing cached. */
export function chromium() {
  const executablePath = process.env.CHROMIUM;
  if (!executablePath) throw new Error('CHROMIUM does not say where Chromium is; run make bench');
  // Chromium refuses to run as root in its own sandbox.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return require('playwright-core').chromium.launch({ executablePath, args });
}
