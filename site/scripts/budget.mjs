// Says how much the first screen loads, brotli-compressed, and fails above the budget.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

// Bytes of JavaScript before the first decision, brotli.
const budget = 220_000;

const assets = fileURLToPath(new URL('../dist/assets/', import.meta.url));
if (!existsSync(assets)) throw new Error('site/dist is not there: run npm run build first');
let total = 0;
for (const file of readdirSync(assets).filter((name) => name.endsWith('.js')).sort()) {
  const bytes = readFileSync(assets + file);
  const size = brotliCompressSync(bytes).length;
  total += size;
  console.log(`${file.padEnd(40)} ${String(bytes.length).padStart(9)} B ${String(size).padStart(9)} B brotli`);
}
console.log(`JavaScript: ${total} B brotli of ${budget}`);
process.exitCode = total > budget ? 1 : 0;
