import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => new URL(path, import.meta.url);

/** The policy of csp.txt, which the server sends too, as the first thing in every page. */
function csp(): Plugin {
  const content = readFileSync(here('csp.txt'), 'utf8').trim();
  return {
    name: 'csp',
    apply: 'build',
    transformIndexHtml: () => [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' }],
  };
}

// Part of the engine's address, so that a cached one is never mistaken for another.
function engineVersion(): string {
  const hash = createHash('sha256');
  for (const file of ['first.wasm', 'whole.wasm', 'wasm_exec.js']) {
    const path = here(`public/engine/${file}`);
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 12);
}

export default defineConfig({
  base: './',
  define: { __ENGINE_VERSION__: JSON.stringify(engineVersion()) },
  plugins: [csp()],
  resolve: { alias: { 'decode-named-character-reference': fileURLToPath(here('src/lesson/character.ts')) } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The policy allows no data: scripts or styles; small files stay files.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { index: 'index.html', embed: 'embed.html', sdk: 'src/sdk/sdk.ts' },
      preserveEntrySignatures: 'exports-only',
      // Tutorials import the adapter for the AWS SDK by this name.
      output: { entryFileNames: ({ name }) => (name === 'sdk' ? 'sdk.js' : 'assets/[name]-[hash].js') },
    },
  },
});
