// The rotation of the selected key and its key materials; for a key of origin EXTERNAL, the import of material.

import { html, nothing, type PropertyValues } from 'lit';
import type { MaterialView } from '../engine/messages.js';
import { text } from '../text/text.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { clock, onEnter, onPress, shape, valueOf } from '../workspace/parts.js';
import { KeyPart } from './key-part.js';
import type { Plans } from './panel-view.js';

export class KmsKeyRotation extends KeyPart {
  static override properties = { ...KeyPart.properties, period: { state: true } };

  declare period: number;

  constructor() {
    super();
    this.period = 365;
  }

  protected override plans(): Plans {
    const key = this.selected;
    if (!key) return {};
    return {
      on: this.callOn(key, 'EnableKeyRotation', { RotationPeriodInDays: this.period }),
      off: this.callOn(key, 'DisableKeyRotation'), now: this.callOn(key, 'RotateKeyOnDemand'),
    };
  }

  protected override render() {
    const { detail } = this;
    const words = text().panels.rotation;
    if (!this.selected) return nothing;
    if (!detail) return html`<p class="muted small">${words.loading}</p>`;
    const plans = this.plans();
    const enable = () => void this.act(plans['on']!);
    return html`
      <p class="small">${detail.RotationEnabled ? html`${shape('allowed')}${words.every(detail.RotationPeriod, clock(detail.NextRotation, true))}` : html`${shape('grey')}${words.off}`}</p>
      ${detail.OnDemandStarted ? html`<p class="small waiting">${shape('waiting')}${words.running(clock(detail.OnDemandStarted, true))}</p>` : nothing}
      <form @keydown=${onEnter(enable)}>
        <label class="wide">${words.period}<input type="number" min="90" max="2560" .value=${String(this.period)} @input=${(e: Event) => { this.period = Number(valueOf(e)); }}></label>
        <div class="row buttons"><button type="button" @click=${onPress(enable)}>${words.enable}</button>
          <button type="button" @click=${() => this.act(plans['off']!)}>${words.disable}</button>
          <button type="button" @click=${() => this.act(plans['now']!)}>${words.rotateNow}</button></div>
      </form>
      ${this.foretold('on')}${this.foretold('off')}${this.foretold('now')}
      ${detail.Materials.length ? html`<h3>${words.materials(detail.Materials.length)}</h3>
        <ul aria-label=${words.materialList}>${[...detail.Materials].reverse().map((m) => this.#material(m))}</ul>` : nothing}
      ${detail.Origin === 'EXTERNAL' ? html`<kms-key-material .workspace=${this.workspace} .act=${this.act} .as=${this.as} .detail=${detail}></kms-key-material>` : nothing}`;
  }

  #material(m: MaterialView) {
    const words = text().panels.rotation;
    return html`<li class="thing small">
      <span class="mono break spread">${m.KeyMaterialId.slice(0, 16)}…</span><span class=${m.KeyMaterialState === 'CURRENT' ? 'allowed' : 'grey'}>${m.KeyMaterialState}</span>
      <span class="inline">${m.RotationDate ? words.made(m.RotationType, clock(m.RotationDate, true)) : words.first}${m.ImportState ? ` · ${m.ImportState}` : ''}${m.Description ? ` · ${m.Description}` : ''}
        ${m.ValidTo ? html` · ${words.validTo(clock(m.ValidTo, true))}` : nothing}</span>
    </li>`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.detail?.Origin === 'EXTERNAL') void defineWhenLoaded('kms-key-material', async () => (await import('./key-material.js')).KmsKeyMaterial);
  }
}
