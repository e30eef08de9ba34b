// Measures what the playground promises and prints one table: sizes, time to the first decision, decisions per second.
// Run by make bench, after the site is built. Exits with 1 when a target is missed.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { chromium } from './chromium.mjs';
import { packed } from './pack.mjs';
import { serve } from './server.mjs';
import { firstDecisions, decisionsInWorker } from './page.mjs';
import { matrixEdits } from './matrix.mjs';
import { smoothness } from './smooth.mjs';
import { decisionsInNode, keyInNode } from './node.mjs';
import { print } from './table.mjs';

const rounds = 7;
const decisions = 20_000;

// Targets: what must load before the first decision, when that comes, how many follow a second, how soon the matrix follows
// a key stroke, and how long the thread of the page may be held.
const target = { bytes: 2.4e6, coldMilliseconds: 1500, decisionsPerSecond: 20_000, matrixMilliseconds: 100, keyMilliseconds: 300, taskMilliseconds: 50 };

const rows = [];
const row = (what, value, unit, good) => rows.push({ what, value, unit, good });

const site = await packed('site/dist');
const server = await serve(site.dir);
const browser = await chromium();
try {
  for (const name of ['first', 'whole']) {
    const wasm = site.files.get(`engine/${name}.wasm`);
    row(`${name} engine, raw`, wasm.raw / 1e6, 'MB');
    row(`${name} engine, gzip -9`, wasm.gz / 1e6, 'MB');
    row(`${name} engine, brotli 11`, wasm.br / 1e6, 'MB');
  }

  const { loaded, cold, warm } = await firstDecisions(browser, server.address, rounds);
  const sum = (names) => names.reduce((bytes, name) => bytes + site.files.get(name).br, 0);
  row('site JavaScript before the first decision, brotli 11', sum(loaded.filter((name) => /^assets\/.*\.m?js$/.test(name))) / 1e3, 'KB');
  const before = sum(loaded);
  row(`everything before the first decision (${loaded.length} files), brotli 11`, before / 1e6, 'MB', before <= target.bytes);
  row(`first decision, nothing cached, median of ${rounds}`, cold, 'ms', cold <= target.coldMilliseconds);
  row(`first decision, HTTP cache warm, median of ${rounds}`, warm, 'ms');

  row('explained decisions natively', await decisionsNatively(), '/s');
  for (const [name, perSecond] of await decisionsByKind()) row(`decisions natively: ${name}`, perSecond, '/s');
  row('explained decisions in WASM in Node', await decisionsInNode('site/public/engine', decisions), '/s');
  for (const spec of ['RSA_2048', 'RSA_4096', 'ECC_NIST_P256']) {
    const took = await keyInNode('site/public/engine', spec);
    row(`CreateKey ${spec} in WASM in Node`, took, 'ms', spec === 'RSA_2048' ? took <= target.keyMilliseconds : undefined);
  }
  const inBrowser = await decisionsInWorker(browser, server.address, site.files, decisions);
  row('explained decisions in WASM in the browser', inBrowser, '/s', inBrowser >= target.decisionsPerSecond);

  const { principals, milliseconds, worst, typed, long } = await matrixEdits(browser, server.address);
  row(`matrix of ${principals} principals and 56 operations after a key stroke, median of 20`, milliseconds, 'ms', milliseconds <= target.matrixMilliseconds);
  row('the slowest of them', worst, 'ms');
  row('the typed character on the screen meanwhile, median', typed, 'ms');
  row('tasks above 50 ms of the main thread meanwhile', long.length, '');
  row('the longest of them', Math.max(0, ...long), 'ms');
  for (const { what, world, took } of await smoothness(browser, server.address)) {
    const long = took.filter((ms) => ms > target.taskMilliseconds).length;
    row(`tasks above ${target.taskMilliseconds} ms while ${what}, ${world}`, long, '', long === 0);
    row('the longest', took[0], 'ms');
  }
} finally {
  await browser.close();
  await server.close();
  await site.remove();
}
print(rows);
process.exitCode = rows.some((r) => r.good === false) ? 1 : 0;

async function decisionsNatively() {
  const { stdout } = await promisify(execFile)('go', ['test', '-run', '^$', '-bench', '^BenchmarkExplainedDecision$', './wasm/browser']);
  const found = /([\d.]+) decisions\/s/.exec(stdout);
  if (!found) throw new Error(`the benchmark printed no decisions/s:\n${stdout}`);
  return Number(found[1]);
}

// What limits and grants cost: the rows of the engine's own benchmark, as decisions per second.
async function decisionsByKind() {
  const { stdout } = await promisify(execFile)('go', ['test', '-run', '^$', '-bench', '^BenchmarkDecisions$', './engine/kms']);
  const rows = [...stdout.matchAll(/^BenchmarkDecisions\/(\S+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns\/op/gm)];
  if (rows.length === 0) throw new Error(`the benchmark printed no rows:\n${stdout}`);
  return rows.map(([, name, ns]) => [name.replaceAll('_', ' '), 1e9 / Number(ns)]);
}
