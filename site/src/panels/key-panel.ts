// The selected key, part by part. Every action is a call made as somebody, and is refused when that principal may not.

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { KeyDetail, KeyView, State } from '../engine/messages.js';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { principalOptions, shape, tabKeys, valueOf } from '../workspace/parts.js';
import { actor, selectedKey, type RevealKey, type WorkspaceState } from '../workspace/state.js';
import { WorkspaceView } from '../workspace/view.js';
import { Acting } from './acting.js';
import { stateTone } from './key-state.js';
import panelStyles from './panel-styles.js';

const tabs = ['policy', 'grants', 'tags', 'aliases', 'state', 'rotation', 'regions', 'publicKey', 'facts'] as const;
type Tab = (typeof tabs)[number];

// What is not on the first screen is loaded when its tab is chosen.
const later: Readonly<Partial<Record<Tab, () => Promise<void>>>> = {
  policy: () => defineWhenLoaded('kms-key-policy', async () => (await import('./key-policy.js')).KmsKeyPolicy),
  tags: () => withEffects(defineWhenLoaded('kms-key-tags', async () => (await import('./key-tags.js')).KmsKeyTags)),
  aliases: () => withEffects(defineWhenLoaded('kms-key-aliases', async () => (await import('./key-aliases.js')).KmsKeyAliases)),
  state: () => defineWhenLoaded('kms-key-life', async () => (await import('./key-life.js')).KmsKeyLife),
  rotation: () => defineWhenLoaded('kms-key-rotation', async () => (await import('./key-rotation.js')).KmsKeyRotation),
  regions: () => defineWhenLoaded('kms-key-regions', async () => (await import('./key-regions.js')).KmsKeyRegions),
  publicKey: () => defineWhenLoaded('kms-key-public', async () => (await import('./key-public.js')).KmsKeyPublic),
  facts: () => defineWhenLoaded('kms-key-facts', async () => (await import('./key-facts.js')).KmsKeyFacts),
};

async function withEffects(part: Promise<void>): Promise<void> {
  await defineWhenLoaded('kms-effects', async () => (await import('./effects.js')).KmsEffects);
  await part;
}

export class KmsKeyPanel extends WorkspaceView {
  static override properties = {
    ...WorkspaceView.properties, tab: { state: true }, engaged: { state: true }, detail: { state: true }, failure: { state: true },
  };
  static override styles = [base, panelStyles, css`
    :host { display: block; }
    section { display: grid; gap: 8px; padding: 8px 12px 12px; align-content: start; grid-template-columns: minmax(0, 1fr); }
    .outcome:has(*) { background: var(--bg); }
    .id { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; }
    .id strong { font-weight: 650; }
    [role="tabpanel"] { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
    [role="tab"] { padding-inline: 7px; }
    [role="tablist"] { border-bottom: 1px solid var(--line); flex-wrap: wrap; overflow: visible; }
  `];

  declare tab: Tab;
  /** The person has turned to the panel. */
  declare engaged: boolean;
  declare detail: KeyDetail | null;
  declare failure: string;
  readonly #acting = new Acting(this, () => actor(this.state));
  #session: State | null = null;
  #key = '';
  #revealed = 0;
  // Until the person turns to something else.
  #wish: RevealKey | null = null;

  constructor() {
    super();
    this.tab = 'grants';
    this.engaged = false;
    this.detail = null;
    this.failure = '';
    const engage = () => { this.engaged = true; };
    this.addEventListener('focusin', engage);
    this.addEventListener('pointerdown', engage);
  }

  protected override drawnFrom({ session, key, actAs, revealKey }: WorkspaceState) {
    return [session, key, actAs, revealKey];
  }

  protected override render() {
    const words = text().panels.key;
    const key = selectedKey(this.state);
    return html`<section aria-label=${words.key}>
      <h2>${words.key}</h2>
      ${key ? this.#whole(key) : html`<p class="muted">${words.none}</p>`}
    </section>`;
  }

  #whole(key: KeyView) {
    const words = text().panels.key;
    const as = actor(this.state);
    const shown = this.tab === 'publicKey' && !hasPublicKey(key) ? 'facts' : this.tab;
    return html`
      <div>
        <div class="id"><strong class="break">${key.Label}</strong><span class="small ${stateTone(key.State)}">${shape(stateTone(key.State))}${key.State}</span></div>
        <div class="small muted mono break">${key.KeyId}</div>
      </div>
      <label>${words.actAs}
        <select @change=${(e: Event) => this.workspace?.chooseActor(valueOf(e))}>
          ${principalOptions(this.state.session?.Principals ?? [], as)}
        </select>
      </label>
      <div role="tablist" aria-label=${words.parts} @keydown=${tabKeys}>
        ${tabs.filter((tab) => tab !== 'publicKey' || hasPublicKey(key)).map((tab) => html`<button role="tab" id="tab-${tab}" aria-controls="panel"
          aria-selected=${tab === shown} tabindex=${tab === shown ? 0 : -1} @click=${() => this.#show(tab)}>${words.tabs[tab]}</button>`)}
      </div>
      <div role="tabpanel" id="panel" aria-labelledby="tab-${shown}">
        ${this.#acting.template()}
        ${this.failure ? html`<p class="denied small" role="alert">${this.failure}</p>` : nothing}
        ${this.#part(shown, as)}
      </div>`;
  }

  #show(tab: Tab): void {
    if (tab !== this.tab) this.#acting.clear();
    this.tab = tab;
    this.#wish = null;
    this.failure = '';
    later[tab]?.().catch(() => { this.failure = text().panels.key.notLoaded; });
  }

  #part(tab: Tab, as: string): TemplateResult {
    const { workspace, engaged, detail } = this;
    const act = this.#acting.act;
    switch (tab) {
      case 'policy':
        return html`<kms-key-policy .workspace=${workspace} .act=${act} .as=${as}></kms-key-policy>`;
      case 'grants':
        return html`<kms-grants .workspace=${workspace} .act=${act} .as=${as} .engaged=${engaged} .wish=${this.#wish} .operations=${detail?.GrantOperations ?? []}></kms-grants>`;
      case 'tags':
        return html`<kms-key-tags .workspace=${workspace} .act=${act} .as=${as}></kms-key-tags>`;
      case 'aliases':
        return html`<kms-key-aliases .workspace=${workspace} .act=${act} .as=${as}></kms-key-aliases>`;
      case 'state':
        return html`<kms-key-life .workspace=${workspace} .act=${act} .as=${as} .detail=${detail}></kms-key-life>`;
      case 'rotation':
        return html`<kms-key-rotation .workspace=${workspace} .act=${act} .as=${as} .detail=${detail}></kms-key-rotation>`;
      case 'regions':
        return html`<kms-key-regions .workspace=${workspace} .act=${act} .as=${as} .detail=${detail}></kms-key-regions>`;
      case 'publicKey':
        return html`<kms-key-public .workspace=${workspace} .act=${act} .as=${as}></kms-key-public>`;
      case 'facts':
        return html`<kms-key-facts .workspace=${workspace} .act=${act} .as=${as} .detail=${detail}></kms-key-facts>`;
    }
  }

  // What another part of the page wants to be seen here: a grant shows itself.
  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const wish = this.state.revealKey;
    if (!wish || wish.serial === this.#revealed) return;
    this.#revealed = wish.serial;
    this.engaged = true;
    this.#show(wish.tab);
    this.#wish = wish;
    if (!wish.grant) requestAnimationFrame(() => this.renderRoot.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus());
  }

  // The details are asked for anew whenever the session or the key changes.
  protected override updated(): void {
    const { session } = this.state;
    const key = selectedKey(this.state);
    if (!this.engaged || !session || !key || (session === this.#session && key.ARN === this.#key)) return;
    if (key.ARN !== this.#key) this.detail = null;
    this.#session = session;
    this.#key = key.ARN;
    void this.workspace?.ask({ Type: 'Detail', Key: key.ARN }).then((reply) => {
      if (reply?.Detail && session === this.#session && reply.Detail.Key === this.#key) this.detail = reply.Detail;
    });
  }
}

/** Whether a key is one of a pair. */
function hasPublicKey(key: KeyView): boolean {
  return !/^(SYMMETRIC_DEFAULT|HMAC_)/.test(key.Spec);
}
