// Finds a Chromium and starts it. CHROMIUM names one; else the usual names are tried.

import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The path of the browser to test with. */
export function findChromium() {
  const wanted = process.env['CHROMIUM'];
  for (const name of wanted ? [wanted] : names) {
    const places = isAbsolute(name) ? [name] : (process.env['PATH'] ?? '').split(delimiter).map((dir) => join(dir, name));
    const found = places.find(isExecutable);
    if (found) return found;
  }
  throw new Error(wanted ? `CHROMIUM names ${wanted}, which cannot be run` : `no Chromium was found; install one of ${names.join(', ')}, or name it in CHROMIUM`);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A browser for tests. It does not optimise the engine: every page compiles it anew, and optimising took more time than
 * it gave back to tests this short.
 */
export function launch() {
  return chromium.launch({
    executablePath: findChromium(), headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--js-flags=--liftoff-only'],
  });
}
