// What a call answered: bytes as text, in hex or as Base64, to copy or to keep; the rest as JSON.

import { css, html, nothing } from 'lit';
import { LitElement } from 'lit';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { bytesOf, encodings, isProblem, written, type Encoding } from '../workspace/bytes.js';
import { copy } from '../workspace/link.js';
import { valueOf } from '../workspace/parts.js';

// The members of AWS KMS's answers that are bytes.
const binary = new Set(['Plaintext', 'CiphertextBlob', 'CiphertextForRecipient', 'PrivateKeyPlaintext', 'PrivateKeyCiphertextBlob', 'PublicKey',
  'Signature', 'Mac', 'SharedSecret', 'SharedSecretCiphertextBlob', 'ImportToken']);

export class KmsOutput extends LitElement {
  static override properties = { output: { attribute: false }, shownAs: { state: true }, told: { state: true } };
  static override styles = [base, css`
    dl { margin: 0; display: grid; gap: 4px; grid-template-columns: minmax(0, 1fr); }
    dt { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; color: var(--muted); font-size: var(--small); }
    dd { margin: 0 0 4px; }
    pre { background: var(--raised); padding: 4px 8px; border-radius: 4px; font-size: var(--small); max-height: 160px; white-space: pre-wrap; overflow-wrap: anywhere; }
    button, select { min-height: 24px; padding-block: 0; font-size: var(--small); }
  `];

  declare output: Readonly<Record<string, unknown>>;
  declare shownAs: Readonly<Record<string, Encoding>>;
  declare told: string;

  constructor() {
    super();
    this.output = {};
    this.shownAs = {};
    this.told = '';
  }

  protected override render() {
    const words = text().decision.output;
    return html`<dl>${Object.entries(this.output).map(([name, value]) => this.#member(name, value))}</dl>
      <p class="small" aria-live="polite">${this.told}</p>
      <details><summary>${words.json}</summary><pre tabindex="0" aria-label=${words.json}>${JSON.stringify(this.output, null, 2)}</pre></details>`;
  }

  #member(name: string, value: unknown) {
    const bytes = binary.has(name) && typeof value === 'string' ? bytesOf(value, 'Base64') : null;
    if (bytes && !isProblem(bytes)) return this.#bytes(name, bytes);
    const shown = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    return html`<dt>${name} ${this.#copyButton(name, shown)}</dt><dd><pre tabindex="0" aria-label=${name}>${shown}</pre></dd>`;
  }

  #bytes(name: string, bytes: Uint8Array) {
    const words = text().decision.output;
    const asText = written(bytes, 'text');
    const readable = name === 'Plaintext' && asText !== null && !/[\p{Cc}\p{Co}\p{Cn}]/u.test(asText.replace(/[\t\r\n]/g, ''));
    const encoding = this.shownAs[name] ?? (readable ? 'text' : 'Base64');
    const shown = written(bytes, encoding) ?? '';
    return html`<dt>${name} <span>${words.length(bytes.length)}</span>
        <select aria-label=${words.shownAs(name)} @change=${(e: Event) => { this.shownAs = { ...this.shownAs, [name]: valueOf(e) as Encoding }; }}>${encodings.map((value) => html`
          <option value=${value} .selected=${value === encoding} ?disabled=${value === 'text' && asText === null}>${words.encodings[value]}</option>`)}</select>
        ${this.#copyButton(name, shown)}
        <button aria-label=${words.downloadOne(name)} @click=${() => download(`${name}.bin`, bytes)}>${words.download}</button></dt>
      <dd>${shown === '' ? nothing : html`<pre tabindex="0" aria-label=${name}>${shown}</pre>`}</dd>`;
  }

  #copyButton(name: string, shown: string) {
    const words = text().decision.output;
    return html`<button aria-label=${words.copyOne(name)} @click=${async () => { this.told = (await copy(shown)) ? words.copied(name) : words.select; }}>${words.copy}</button>`;
  }
}

function download(name: string, bytes: Uint8Array): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
