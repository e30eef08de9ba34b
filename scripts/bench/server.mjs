// scripts/serve on a free port.

import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Serves dir; address ends with '/'. */
export async function serve(dir) {
  // Built, not run with go run, so that the signal reaches the server itself.
  const bin = mkdtempSync(join(tmpdir(), 'kms-playground-serve-'));
  execFileSync('go', ['build', '-o', join(bin, 'serve'), './scripts/serve']);
  const child = spawn(join(bin, 'serve'), ['-dir', dir], { env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const address = /http:\S+/.exec(line)[0];
  const close = async () => {
    child.kill('SIGINT');
    await once(child, 'exit');
    rmSync(bin, { recursive: true, force: true });
  };
  return { address, close };
}
