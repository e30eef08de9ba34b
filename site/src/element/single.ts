// The whole playground as one HTML file that opens from disk without a network: page, engine, every language and the
// scenario. It is put together here, from what the site's build leaves in single.json, or, in such a file, from itself.

import { held, isHeld } from '../engine/held.js';
import { engineAddresses } from './addresses.js';

/** What every such page has in common. */
interface Parts {
  /** The content policy, which allows just this script and this style. */
  readonly csp: string;
  readonly script: string;
  readonly style: string;
  /** Go's runtime and the worker, one after the other. */
  readonly worker: string;
  /** The whole engine, gzipped, in Base64. */
  readonly engine: string;
}

// The engine is packed once.
let parts: Promise<Parts> | undefined;

/** Makes the file of a scenario. */
export async function singlePage(scenario: { readonly document: string; readonly title: string; readonly language: string }): Promise<Blob> {
  parts ??= gather();
  parts.catch(() => { parts = undefined; });
  const { csp, script, style, worker, engine } = await parts;
  return new Blob([`<!doctype html>
<html lang="${attribute(scenario.language)}">
<head>
<meta http-equiv="Content-Security-Policy" content="${attribute(csp)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(scenario.title)}</title>
<style id="kms-style">${style}</style>
</head>
<body>
<main><kms-playground owns-address language="${attribute(scenario.language)}" document="${attribute(scenario.document)}"></kms-playground></main>
<script type="text/plain" id="kms-worker">${worker}</script>
<script type="text/plain" id="kms-engine">${engine}</script>
<script type="module" id="kms-script">${script}</script>
</body>
</html>
`], { type: 'text/html' });
}

function gather(): Promise<Parts> {
  return isHeld(engineAddresses('').moduleURL) ? ofThisPage() : ofTheSite();
}

async function ofThisPage(): Promise<Parts> {
  const csp = document.querySelector<HTMLMetaElement>('meta[http-equiv]')?.content ?? '';
  return { csp, script: held('#kms-script'), style: held('#kms-style'), worker: held('#kms-worker'), engine: held('#kms-engine') };
}

async function ofTheSite(): Promise<Parts> {
  const { wholeURL, runtimeURL, workerURL } = engineAddresses('');
  const [single, runtime, worker, engine] = await Promise.all([
    get(new URL('single.json', new URL(import.meta.env.BASE_URL, document.baseURI)).href, 'no-cache'), get(runtimeURL), get(workerURL), get(wholeURL)]);
  const { csp, script, style } = await single.json() as Omit<Parts, 'worker' | 'engine'>;
  return { csp, script, style, worker: closed(`${await runtime.text()};\n${await worker.text()}`), engine: await packed(engine) };
}

async function get(url: string, cache: RequestCache = 'default'): Promise<Response> {
  const response = await fetch(url, { cache });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

async function packed(engine: Response): Promise<string> {
  const gzipped = await new Response(engine.body!.pipeThrough(new CompressionStream('gzip'))).blob();
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error());
    reader.readAsDataURL(gzipped);
  });
}

/** A script that does not end the element that it stands in. */
const closed = (script: string) => script.replace(/<(?=\/script|script|!--)/gi, '\\x3c');

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
