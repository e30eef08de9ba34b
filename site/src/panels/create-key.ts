// A new key: its spec, usage, origin, Region and policy. What AWS would say to it is told in advance.

import { html, nothing } from 'lit';
import { text } from '../text/text.js';
import { onEnter, onPress, valueOf } from '../workspace/parts.js';
import type { Plan } from './acting.js';
import { aliasName } from './names.js';
import { PanelView, type Plans } from './panel-view.js';

interface NewKey {
  readonly spec: string;
  readonly usage: string;
  readonly origin: string;
  readonly region: string;
  readonly multiRegion: boolean;
  readonly alias: string;
  readonly description: string;
  readonly policy: string;
}

const plain: NewKey = { spec: 'SYMMETRIC_DEFAULT', usage: '', origin: 'AWS_KMS', region: '', multiRegion: false, alias: '', description: '', policy: '' };

export class KmsCreateKey extends PanelView {
  static override properties = { ...PanelView.properties, made: { state: true } };

  declare made: NewKey;

  constructor() {
    super();
    this.made = plain;
  }

  #values(parameter: string): readonly string[] {
    return this.state.catalogue.Operations.find((o) => o.Service === 'kms' && o.Name === 'CreateKey')?.Fields.find((f) => f.Name === parameter)?.Enum ?? [];
  }

  #plan(): Plan {
    const { spec, usage, origin, region, multiRegion, description, policy } = this.made;
    const input = {
      ...(spec === plain.spec ? {} : { KeySpec: spec }), ...(usage ? { KeyUsage: usage } : {}), ...(origin === plain.origin ? {} : { Origin: origin }),
      ...(multiRegion ? { MultiRegion: true } : {}), ...(description ? { Description: description } : {}), ...(policy ? { Policy: policy } : {}),
    };
    return { operation: 'CreateKey', input, region: region === this.state.session?.Region ? '' : region, as: this.as };
  }

  protected override plans(): Plans {
    return { create: this.#plan() };
  }

  protected override render() {
    const words = text().panels.createKey;
    const create = () => void this.#create();
    const { made } = this;
    const set = (change: Partial<NewKey>) => { this.made = { ...this.made, ...change }; };
    const choice = (label: string, name: 'spec' | 'usage' | 'origin', parameter: string, none: string) => html`<label class="wide">${label}
      <select @change=${(e: Event) => set({ [name]: valueOf(e) })}>${none ? html`<option value="" .selected=${made[name] === ''}>${none}</option>` : nothing}
        ${this.#values(parameter).map((value) => html`<option .selected=${value === made[name]}>${value}</option>`)}</select></label>`;
    return html`<form @keydown=${onEnter(create)}>
      ${choice(words.spec, 'spec', 'KeySpec', '')}
      ${choice(words.usage, 'usage', 'KeyUsage', words.usualUsage)}
      ${choice(words.origin, 'origin', 'Origin', '')}
      <label class="wide">${words.region}<input autocomplete="off" placeholder=${this.state.session?.Region ?? ''} .value=${made.region} @input=${(e: Event) => set({ region: valueOf(e).trim() })}></label>
      <label class="check wide"><input type="checkbox" .checked=${made.multiRegion} @change=${(e: Event) => set({ multiRegion: (e.target as HTMLInputElement).checked })}>${words.multiRegion}</label>
      <label class="wide">${words.alias}<input autocomplete="off" placeholder="alias/app" .value=${made.alias} @input=${(e: Event) => set({ alias: valueOf(e).trim() })}></label>
      <label class="wide">${words.description}<input autocomplete="off" .value=${made.description} @input=${(e: Event) => set({ description: valueOf(e) })}></label>
      <label class="wide">${words.policy}<textarea rows="3" spellcheck="false" placeholder=${words.usualPolicy} .value=${made.policy} @input=${(e: Event) => set({ policy: valueOf(e) })}></textarea></label>
      <button type="button" @click=${onPress(create)}>${words.create}</button>
      ${this.foretold('create')}
    </form>`;
  }

  async #create(): Promise<void> {
    const plan = this.#plan();
    const answer = await this.act(plan);
    const key = (answer?.Output as { KeyMetadata?: { Arn: string; KeyId: string } } | null | undefined)?.KeyMetadata;
    if (!key) return;
    const { alias } = this.made;
    if (alias && !(await this.act({ ...plan, operation: 'CreateAlias', input: { AliasName: aliasName(alias), TargetKeyId: key.KeyId } }))) return;
    this.made = plain;
    this.workspace?.selectKey(key.Arn);
  }
}
