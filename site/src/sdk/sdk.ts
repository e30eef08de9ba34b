// dist/sdk.js: clients of the AWS SDK for JavaScript v3 that talk to a playground of this page instead of AWS.
//
//   import { openPlayground } from 'https://…/sdk.js';
//   const playground = await openPlayground({ document });
//   const kms = new KMSClient({
//     region: 'us-east-1', credentials: playground.credentials('kms-test-2'), requestHandler: playground.requestHandler(),
//   });

import type { HTTPRequest, HTTPResponse } from '../engine/messages.js';
import { RequestHandler } from './request-handler.js';

/** A world that SDK clients call; each call is a step of its session, with its explanation. */
export interface Playground {
  /** What a client takes as its requestHandler. No request leaves the page. */
  requestHandler(): RequestHandler;
  /**
   * What a client takes as its credentials to act as a principal: "kms-test-2", "role/app/session",
   * "111122223333:root" or an ARN. Access keys that the world issued work as well, and so do account ids as access keys
   * of root users.
   */
  credentials(principal: string): { accessKeyId: string; secretAccessKey: string };
}

/** Whatever answers requests: the element <kms-playground> does. */
export interface Answering extends Element {
  http(request: HTTPRequest): Promise<HTTPResponse>;
}

/** A playground without a face. */
export interface OpenedPlayground extends Playground {
  /** The session as a scenario document: what was opened, and a step for each call. */
  readonly document: string;
  close(): void;
}

const here = new URL('.', import.meta.url).href;

/** Opens a scenario document, or an empty world, that only clients see. */
export async function openPlayground({ document = '' }: { document?: string } = {}): Promise<OpenedPlayground> {
  const { Alone } = await import('./alone.js');
  const alone = await Alone.open(here, document);
  return {
    ...playground(async () => (request) => alone.http(request)),
    get document() { return alone.document; },
    close: () => alone.close(),
  };
}

/** The playground of an element <kms-playground>: what clients do appears in its time line. */
export function playgroundOf(element: Element): Playground {
  return playground(async () => {
    await element.ownerDocument.defaultView?.customElements.whenDefined('kms-playground');
    return (request) => (element as Answering).http(request);
  });
}

/** Shows a playground at the end of an element of the page. */
export async function showPlayground(into: Element, { document = '' }: { document?: string } = {}): Promise<Playground> {
  await import('../element/define.js');
  const element = into.ownerDocument.createElement('kms-playground');
  Object.assign(element, { document, base: here });
  into.append(element);
  return playgroundOf(element);
}

function playground(answering: () => Promise<(request: HTTPRequest) => Promise<HTTPResponse>>): Playground {
  return {
    requestHandler: () => new RequestHandler(async (request) => (await answering())(request)),
    credentials: (principal) => ({ accessKeyId: `PLAYGROUND${hex(principal)}`, secretAccessKey: 'playground' }),
  };
}

function hex(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
