// Says how much the first screen loads, brotli-compressed, and fails above the budget. What is loaded when it is first
// wanted is listed and does not count.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

// Bytes of JavaScript before the first decision, brotli.
const budget = 220_000;

const assets = fileURLToPath(new URL('../dist/assets/', import.meta.url));
if (!existsSync(assets)) throw new Error('site/dist is not there: run npm run build first');
const names = readdirSync(assets).filter((name) => name.endsWith('.js')).sort();
const first = new Set(names.filter((name) => /^(main|worker|index|embed)-/.test(name)));
for (const name of first) {
  for (const [, other = ''] of readFileSync(assets + name, 'utf8').matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) first.add(other);
}
let total = 0;
for (const file of names) {
  const bytes = readFileSync(assets + file);
  const size = brotliCompressSync(bytes).length;
  if (first.has(file)) total += size;
  console.log(`${file.padEnd(40)} ${String(bytes.length).padStart(9)} B ${String(size).padStart(9)} B brotli${first.has(file) ? '' : ', later'}`);
}
console.log(`JavaScript: ${total} B brotli of ${budget}`);
process.exitCode = total > budget ? 1 : 0;
