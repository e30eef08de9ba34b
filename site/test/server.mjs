// Serves the built site on the loopback with the headers of the real server.

import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const site = fileURLToPath(new URL('../', import.meta.url));
const csp = readFileSync(join(site, 'csp.txt'), 'utf8').trim();

/** @type {Record<string, string>} */
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' };

// The least module there is: it imports and does nothing.
const emptyModule = Buffer.from([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);

/**
 * @typedef {object} Served
 * @property {string} origin
 * @property {() => Promise<void>} close
 */

/**
 * Starts a server for site/dist. With fake, the engine is the stand-in of fake/engine.js.
 * @param {{fake?: boolean, extra?: Record<string, {type: string, body: string | Buffer}>}} [options]
 * @returns {Promise<Served>}
 */
export async function serve({ fake = false, extra = {} } = {}) {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.replace(/\/$/, '/index.html');
    const special = extra[name] ?? (fake ? fakes[name] : undefined);
    if (special) {
      response.writeHead(200, { 'Content-Type': special.type, 'Access-Control-Allow-Origin': '*', 'Content-Length': Buffer.byteLength(special.body) });
      response.end(special.body);
      return;
    }
    const path = join(site, 'dist', name);
    if (name.includes('..') || !isFile(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Content-Length': statSync(path).size,
      'Content-Security-Policy': name === '/embed.html' ? csp : `${csp}; frame-ancestors 'self'`,
      'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin', 'Cross-Origin-Embedder-Policy': 'require-corp',
      'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer',
    });
    createReadStream(path).pipe(response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((done) => { server.closeAllConnections(); server.close(() => done()); }),
  };
}

/** @type {Record<string, {type: string, body: string | Buffer}>} */
const fakes = {
  '/engine/first.wasm': { type: 'application/wasm', body: emptyModule },
  '/engine/whole.wasm': { type: 'application/wasm', body: emptyModule },
  '/engine/wasm_exec.js': { type: 'text/javascript', body: readFileSync(join(site, 'test/fake/engine.js')) },
};

/** @param {string} path */
function isFile(path) {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
