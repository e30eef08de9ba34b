// What the selected key is.

import { html, nothing } from 'lit';
import { text } from '../text/text.js';
import { copy } from '../workspace/link.js';
import { clock, onEnter, onPress, valueOf } from '../workspace/parts.js';
import { KeyPart } from './key-part.js';
import type { Plans } from './panel-view.js';

export class KmsKeyFacts extends KeyPart {
  static override properties = { ...KeyPart.properties, description: { state: true }, said: { state: true } };

  /** As typed; null for as it is. */
  declare description: string | null;
  declare said: string;

  constructor() {
    super();
    this.description = null;
    this.said = '';
  }

  protected override plans(): Plans {
    const key = this.selected;
    if (!key || this.description === null) return {};
    return { describe: this.callOn(key, 'UpdateKeyDescription', { Description: this.description }) };
  }

  protected override render() {
    const key = this.selected;
    if (!key) return nothing;
    const words = text().panels.facts;
    const { detail } = this;
    const save = async () => {
      const plan = this.plans()['describe'];
      if (plan && await this.act(plan)) this.description = null;
    };
    return html`
      <dl>
        <dt>ARN</dt><dd class="mono">${key.ARN} <button class="link" aria-label=${words.copyARN} @click=${() => this.#copy(key.ARN)}>${words.copy}</button></dd>
        <dt>${words.spec}</dt><dd>${key.Spec}</dd>
        <dt>${words.usage}</dt><dd>${key.Usage}</dd>
        ${detail ? html`
          <dt>${words.algorithms}</dt><dd>${detail.Algorithms.join(', ') || '–'}</dd>
          <dt>${words.origin}</dt><dd>${detail.Origin}</dd>
          <dt>${words.manager}</dt><dd>${detail.Manager}</dd>
          ${detail.CustomKeyStoreId ? html`<dt>${words.store}</dt><dd class="mono">${detail.CustomKeyStoreId}</dd>` : nothing}
          ${detail.CurrentMaterialId ? html`<dt>${words.material}</dt><dd class="mono">${detail.CurrentMaterialId}</dd>` : nothing}
          ${detail.ExpirationModel ? html`<dt>${words.expires}</dt><dd>${detail.ExpirationModel}${detail.ValidTo ? `, ${clock(detail.ValidTo, true)} UTC` : ''}</dd>` : nothing}
          <dt>${words.multiRegion}</dt><dd>${detail.MultiRegionType || words.no}</dd>` : nothing}
        <dt>${words.account}</dt><dd>${key.Account}, ${key.Region}</dd>
        <dt>${words.created}</dt><dd>${clock(key.Created, true)} UTC</dd>
      </dl>
      <p class="small" aria-live="polite">${this.said}</p>
      <form @keydown=${onEnter(() => void save())}>
        <label class="wide">${words.description}<input autocomplete="off" .value=${this.description ?? key.Description} @input=${(e: Event) => { this.description = valueOf(e); }}></label>
        <button type="button" @click=${onPress(() => void save())}>${words.save}</button>
      </form>
      ${this.foretold('describe')}`;
  }

  async #copy(arn: string): Promise<void> {
    this.said = (await copy(arn)) ? text().panels.facts.copied : text().panels.facts.notCopied;
  }
}
