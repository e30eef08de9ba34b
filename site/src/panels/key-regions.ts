// A multi-Region key and its related keys.

import { html, nothing } from 'lit';
import type { RelatedKey } from '../engine/messages.js';
import { text } from '../text/text.js';
import { onEnter, onPress, valueOf } from '../workspace/parts.js';
import type { Plan } from './acting.js';
import { KeyPart } from './key-part.js';
import type { Plans } from './panel-view.js';

export class KmsKeyRegions extends KeyPart {
  static override properties = { ...KeyPart.properties, region: { state: true } };

  declare region: string;

  constructor() {
    super();
    this.region = '';
  }

  #replicate(): Plan | null {
    const key = this.selected;
    if (!key || !this.region) return null;
    return this.callOn(key, 'ReplicateKey', { ReplicaRegion: this.region });
  }

  /** The call goes to the Region of the present primary key. */
  #promote(related: RelatedKey): Plan {
    const session = this.state.session;
    const primary = this.detail?.Primary.Region ?? '';
    return { operation: 'UpdatePrimaryRegion', input: { KeyId: this.detail?.Primary.Arn, PrimaryRegion: related.Region }, region: primary === session?.Region ? '' : primary };
  }

  protected override plans(): Plans {
    const replicate = this.#replicate();
    const replica = this.detail?.Replicas[0];
    return { ...(replicate ? { replicate } : {}), ...(replica ? { promote: this.#promote(replica) } : {}) };
  }

  protected override render() {
    const key = this.selected;
    const { detail } = this;
    const words = text().panels.regions;
    if (!key) return nothing;
    if (!detail) return html`<p class="muted small">${words.loading}</p>`;
    if (!detail.MultiRegionType) return html`<p class="small">${words.single(key.Region)}</p><p class="small muted">${words.howTo}</p>`;
    const replicate = () => {
      const plan = this.#replicate();
      if (plan) void this.act(plan).then((done) => { if (done) this.region = ''; });
    };
    return html`
      <p class="small">${words.kind(detail.MultiRegionType)}</p>
      <ul aria-label=${words.related}>${[detail.Primary, ...detail.Replicas].map((related, i) => this.#related(related, i === 0, key.ARN))}</ul>
      ${this.foretold('promote')}
      <form @keydown=${onEnter(replicate)}>
        <datalist id="regions">${regions.filter((r) => r !== key.Region).map((r) => html`<option value=${r}></option>`)}</datalist>
        <label class="wide">${words.to}<input list="regions" autocomplete="off" placeholder="eu-west-1" .value=${this.region} @input=${(e: Event) => { this.region = valueOf(e).trim(); }}></label>
        <button type="button" @click=${onPress(replicate)}>${words.replicate}</button>
      </form>
      ${this.foretold('replicate')}`;
  }

  #related(related: RelatedKey, primary: boolean, shown: string) {
    const words = text().panels.regions;
    return html`<li class="thing">
      <span class="break spread"><span class="mono">${related.Region}</span> <span class="small muted">${primary ? words.primary : words.replica}</span></span>
      ${related.Arn === shown ? html`<span class="small muted">${words.shown}</span>`
        : html`<button class="link small" aria-label=${words.showIn(related.Region)} @click=${() => this.workspace?.selectKey(related.Arn)}>${words.show}</button>`}
      ${primary ? nothing : html`<button class="link small" aria-label=${words.promoteNamed(related.Region)} @click=${() => this.act(this.#promote(related))}>${words.promote}</button>`}
    </li>`;
  }
}

// Offered while typing; any other is AWS's to accept or refuse.
const regions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'eu-north-1', 'ap-northeast-1', 'ap-northeast-3', 'ap-southeast-1', 'ap-southeast-2', 'sa-east-1'];
