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

const input = { index: 'index.html', embed: 'embed.html', sdk: 'src/sdk/sdk.ts' };

const site = defineConfig({
  base: './',
  define: { __ENGINE_VERSION__: JSON.stringify(engineVersion()), __SINGLE__: 'false' },
  plugins: [csp()],
  resolve: { alias: { 'decode-named-character-reference': fileURLToPath(here('src/lesson/character.ts')) } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The policy allows no data: scripts or styles; small files stay files.
    assetsInlineLimit: 0,
    rollupOptions: {
      input,
      preserveEntrySignatures: 'exports-only',
      // Tutorials import the adapter for the AWS SDK by this name.
      output: { entryFileNames: ({ name }) => (name === 'sdk' ? 'sdk.js' : 'assets/[name]-[hash].js') },
    },
  },
});

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Leaves the page's script, style and content policy in single.json, from which the page makes itself as one file. */
function single(): Plugin {
  const worker = '\0no-worker';
  return {
    name: 'single',
    enforce: 'pre',
    resolveId: (id) => (id.endsWith('?worker&url') ? worker : null), // the page holds the worker's text
    load: (id) => (id === worker ? 'export default ""' : null),
    // After Vite has put in what it knows at the end alone.
    generateBundle: { order: 'post', handler(_, bundle) {
      let [script, style] = ['', ''];
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') script += file.code;
        else if (name.endsWith('.css')) style += file.source;
        delete bundle[name];
      }
      script = script.replace(/<(?=\/script|script|!--)/gi, '\\x3c'); // which would end the element
      const csp = `default-src 'none'; script-src ${sha256(script)} 'wasm-unsafe-eval'; style-src ${sha256(style)}; worker-src blob:; img-src data:; ` +
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html kms-worker kms-character";
      this.emitFile({ type: 'asset', fileName: 'single.json', source: JSON.stringify({ csp, script, style }) });
    } },
  };
}

const alone = defineConfig({
  ...site,
  define: { ...site.define, __SINGLE__: 'true' },
  plugins: [single()],
  publicDir: false,
  build: { ...site.build, emptyOutDir: false, rollupOptions: { input: 'src/page/main.ts', output: { codeSplitting: false } } },
});

export default defineConfig(({ mode }) => (mode === 'single' ? alone : site));
