// The transport of a client of the AWS SDK for JavaScript v3, in the shapes of @smithy/types: no code of the SDK is
// needed here.

import type { HTTPRequest, HTTPResponse } from '../engine/messages.js';

/** What the SDK hands to a transport. */
export interface SDKRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the SDK takes back. */
export interface SDKResponse {
  readonly response: { readonly statusCode: number; readonly headers: Record<string, string>; readonly body: Uint8Array };
}

export class RequestHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #answer: (request: HTTPRequest) => Promise<HTTPResponse>;

  constructor(answer: (request: HTTPRequest) => Promise<HTTPResponse>) {
    this.#answer = answer;
  }

  async handle(request: SDKRequest, { abortSignal }: { readonly abortSignal?: AbortSignal } = {}): Promise<SDKResponse> {
    if (abortSignal?.aborted) throw aborted();
    const answer = this.#answer({
      Method: request.method, URL: urlOf(request), Body: textOf(request.body),
      Header: Object.entries(request.headers).map(([Key, Value]) => ({ Key, Value })),
    });
    const { Status, Header, Body } = await Promise.race([answer, abortion(abortSignal)]);
    const headers = Object.fromEntries(Header.map(({ Key, Value }) => [Key.toLowerCase(), Value]));
    return { response: { statusCode: Status, headers, body: new TextEncoder().encode(Body) } };
  }

  // A client may change the settings of its transport, and ask for them; this one has none.
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
  destroy(): void {}
}

function urlOf({ protocol, hostname, port, path, query = {} }: SDKRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one ?? ''] as [string, string]));
  const asked = pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  return `${protocol}//${hostname}${port ? `:${port}` : ''}${path}${asked && `?${asked}`}`;
}

function textOf(body: unknown): string {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  throw new TypeError('The playground takes bodies of text.'); // KMS, IAM and STS send no others
}

function abortion(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(aborted()), { once: true }));
}

// The name is what the SDK looks at.
function aborted(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}
