// An engine without a page around it, for clients of the AWS SDK.

import { engineAddresses } from '../element/addresses.js';
import { EngineClient } from '../engine/client.js';
import type { HTTPRequest, HTTPResponse, State } from '../engine/messages.js';

export class Alone {
  readonly #client: EngineClient;
  #document = '';

  private constructor(base: string) {
    const { wholeURL, ...addresses } = engineAddresses(base);
    this.#client = new EngineClient({
      ...addresses, moduleURL: wholeURL, wholeURL: '', // calls take the whole engine
      onProgress: () => {}, onWaiting: () => {}, onReplayed: (state) => this.#keep(state),
    });
  }

  /** Opens a document in an engine that lies at base. */
  static async open(base: string, document: string): Promise<Alone> {
    const alone = new Alone(base);
    alone.#keep((await alone.#client.send({ Type: 'Open', Document: document })).State);
    return alone;
  }

  get document(): string {
    return this.#document;
  }

  async http(request: HTTPRequest): Promise<HTTPResponse> {
    const reply = await this.#client.send({ Type: 'HTTP', HTTP: request });
    this.#keep(reply.State);
    return reply.HTTP!;
  }

  close(): void {
    this.#client.close();
  }

  #keep(state: State | null): void {
    if (state) this.#document = state.Document;
  }
}
