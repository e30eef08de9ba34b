// A copy of the built site with each file compressed beside it, as a host would serve it.

import { cp, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

/** Copies the site and compresses it; files maps names such as 'assets/a.js' to sizes in bytes. */
export async function packed(source) {
  const dir = await mkdtemp(join(tmpdir(), 'kms-playground-'));
  await cp(source, dir, { recursive: true });
  const files = new Map();
  for (const entry of await readdir(dir, { recursive: true })) {
    const path = join(dir, entry);
    if (!(await stat(path)).isFile()) continue;
    const bytes = await readFile(path);
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
    const br = await brotli(bytes, { params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length } });
    const gz = await gzip(bytes, { level: 9 });
    await writeFile(`${path}.br`, br);
    await writeFile(`${path}.gz`, gz);
    files.set(relative(dir, path).split(sep).join('/'), { raw: bytes.length, gz: gz.length, br: br.length });
  }
  return { dir, files, remove: () => rm(dir, { recursive: true, force: true }) };
}
