// Imported key material: the wrapping key and the import token are asked for, the material is wrapped in this page, and
// handed over. What is imported can be deleted again, and imported again.

import { html, nothing } from 'lit';
import { text } from '../text/text.js';
import { bytesOf, fromBase64, inBase64, inHex, isProblem } from '../workspace/bytes.js';
import { onEnter, onPress, valueOf } from '../workspace/parts.js';
import type { Plan } from './acting.js';
import { KeyPart } from './key-part.js';
import type { Plans } from './panel-view.js';

export class KmsKeyMaterial extends KeyPart {
  static override properties = { ...KeyPart.properties, material: { state: true }, days: { state: true }, failure: { state: true } };

  /** Hexadecimal. */
  declare material: string;
  /** Until it expires; empty for never. */
  declare days: string;
  declare failure: string;

  constructor() {
    super();
    this.days = '';
    this.failure = '';
    this.material = random();
  }

  #plan(operation: string, input: Record<string, unknown> = {}): Plan {
    return this.callOn(this.selected!, operation, input);
  }

  #parameters(): Plan {
    return this.#plan('GetParametersForImport', { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' });
  }

  protected override plans(): Plans {
    return this.selected ? { parameters: this.#parameters(), delete: this.#plan('DeleteImportedKeyMaterial') } : {};
  }

  protected override render() {
    if (!this.selected) return nothing;
    const words = text().panels.material;
    const load = () => void this.#import();
    return html`<h3>${words.title}</h3>
      <form class="stack" @keydown=${onEnter(load)}>
        <label>${words.material}<input class="mono" autocomplete="off" spellcheck="false" .value=${this.material} @input=${(e: Event) => { this.material = valueOf(e).trim(); }}></label>
        <div><button type="button" class="link small" @click=${() => { this.material = random(); }}>${words.another}</button></div>
        <label>${words.days}<input type="number" min="1" max="365" placeholder=${words.never} .value=${this.days} @input=${(e: Event) => { this.days = valueOf(e); }}></label>
        <div class="row"><button type="button" @click=${onPress(load)}>${words.load}</button>
          <button type="button" @click=${() => this.act(this.#plan('DeleteImportedKeyMaterial'))}>${words.delete}</button></div>
        <p class="small denied" aria-live="polite">${this.failure}</p>
      </form>
      ${this.foretold('parameters')}${this.foretold('delete')}`;
  }

  async #import(): Promise<void> {
    const bytes = bytesOf(this.material, 'hex');
    this.failure = isProblem(bytes) || bytes.length === 0 ? text().panels.material.notHex : '';
    if (isProblem(bytes) || bytes.length === 0) return;
    const parameters = (await this.act(this.#parameters()))?.Output as { PublicKey: string; ImportToken: string } | null | undefined;
    if (!parameters) return;
    let wrapped: string;
    try {
      wrapped = await wrap(parameters.PublicKey, bytes);
    } catch (cause) {
      this.failure = text().panels.material.notWrapped(String(cause));
      return;
    }
    await this.act(this.#plan('ImportKeyMaterial', { ImportToken: parameters.ImportToken, EncryptedKeyMaterial: wrapped, ...this.#expiry() }));
  }

  #expiry(): Record<string, unknown> {
    if (this.days === '') return { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
    const seconds = Math.floor(Date.parse(this.state.session?.Now ?? '') / 1000) + Number(this.days) * 86_400;
    return { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: seconds };
  }
}

/** 256 bits. */
function random(): string {
  return inHex(crypto.getRandomValues(new Uint8Array(32)));
}

/** Wraps material as RSAES_OAEP_SHA_256 does; Base64 in and out. */
async function wrap(publicKey: string, material: Uint8Array<ArrayBuffer>): Promise<string> {
  const key = await crypto.subtle.importKey('spki', fromBase64(publicKey), { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt']);
  return inBase64(new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, key, material)));
}
