// Holds the direction of imports between the rooms of src/: each room imports from itself and from those in its row.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src/', import.meta.url));
const views = ['editor', 'panels', 'console', 'lesson', 'decision'];

/** @type {Record<string, readonly string[]>} */
const may = {
  text: [],
  engine: ['text'],
  workspace: ['engine', 'text'],
  ...Object.fromEntries(views.map((view) => [view, ['engine', 'workspace', 'text']])),
  element: ['engine', 'workspace', 'text', ...views],
  page: ['element', 'text'],
  sdk: ['engine', 'element'],
};

/** @type {string[]} */
const wrong = [];
for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
  if (!/\.[cm]?ts$/.test(file) || !file.includes('/')) continue;
  const room = file.split('/')[0] ?? '';
  const text = readFileSync(join(src, file), 'utf8');
  for (const [, name = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g)) {
    const target = relative(src, normalize(join(src, dirname(file), name))).split('/')[0] ?? '';
    if (target !== room && !may[room]?.includes(target)) wrong.push(`${file}: imports ${name}, but ${room} may import only ${may[room]?.join(', ') || 'nothing'}`);
  }
}
for (const line of wrong) console.error(line);
process.exitCode = wrong.length ? 1 : 0;
