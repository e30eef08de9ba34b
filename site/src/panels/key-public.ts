// The public key of the selected key, as GetPublicKey gives it to whoever may ask.

import { css, html, nothing } from 'lit';
import { text } from '../text/text.js';
import { fromBase64 } from '../workspace/bytes.js';
import { copy } from '../workspace/link.js';
import { KeyPart } from './key-part.js';
import type { Plans } from './panel-view.js';

export class KmsKeyPublic extends KeyPart {
  static override properties = { ...KeyPart.properties, pem: { state: true }, key: { state: true }, said: { state: true } };
  static override styles = [KeyPart.styles, css`pre { max-height: 220px; border: 1px solid var(--line); padding: 4px 8px; font-size: var(--small); }`];

  /** Base64 of the DER, and of which key. */
  declare pem: string;
  declare key: string;
  declare said: string;

  constructor() {
    super();
    this.pem = '';
    this.key = '';
    this.said = '';
  }

  protected override plans(): Plans {
    const key = this.selected;
    return key ? { get: this.callOn(key, 'GetPublicKey') } : {};
  }

  protected override render() {
    const key = this.selected;
    if (!key) return nothing;
    const words = text().panels.publicKey;
    const pem = this.key === key.ARN ? pemOf(this.pem) : '';
    return html`
      <div><button @click=${() => this.#get(key.ARN)}>${words.get}</button></div>
      ${this.foretold('get')}
      ${pem ? html`<pre tabindex="0" role="region" aria-label=${words.pem}>${pem}</pre>
        <div class="row">
          <button @click=${() => this.#copy(pem)}>${words.copy}</button>
          <button @click=${() => download(`${key.KeyId}.pem`, new Blob([pem], { type: 'application/x-pem-file' }))}>${words.downloadPEM}</button>
          <button @click=${() => download(`${key.KeyId}.der`, new Blob([fromBase64(this.pem)], { type: 'application/octet-stream' }))}>${words.downloadDER}</button>
        </div>` : nothing}
      <p class="small" aria-live="polite">${this.said}</p>`;
  }

  async #get(key: string): Promise<void> {
    const answer = await this.act(this.plans()['get']!);
    if (!answer) return;
    this.pem = (answer.Output as { PublicKey?: string } | null)?.PublicKey ?? '';
    this.key = key;
  }

  async #copy(pem: string): Promise<void> {
    this.said = (await copy(pem)) ? text().panels.publicKey.copied : text().panels.publicKey.notCopied;
  }
}

function pemOf(base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return lines.length ? ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n') : '';
}


function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
