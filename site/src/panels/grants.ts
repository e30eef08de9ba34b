// The grants of the selected key: listed, used by their tokens, retired, revoked. Who may do that is told in advance.

import { css, html, nothing } from 'lit';
import type { GrantView, KeyView, TagView } from '../engine/messages.js';
import { text } from '../text/text.js';
import { words as split } from '../workspace/form.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { clock, shape, shortARN } from '../workspace/parts.js';
import type { RevealKey } from '../workspace/state.js';
import type { Plan } from './acting.js';
import { KeyPart } from './key-part.js';
import type { Plans } from './panel-view.js';

// How many grants are looked into at once.
const most = 40;

export class KmsGrants extends KeyPart {
  static override properties = { ...KeyPart.properties, operations: { attribute: false }, wish: { attribute: false }, open: { state: true } };
  static override styles = [KeyPart.styles, css`
    .grant { border-bottom: 1px solid var(--line); padding: 4px 0 8px; display: grid; gap: 2px; grid-template-columns: minmax(0, 1fr); }
    .grant[aria-current] { background: var(--accent-soft); padding-inline: 6px; border-inline-start: 3px solid var(--accent); }
  `];

  /** Those that a grant on the key can allow; empty until they are known. */
  declare operations: readonly string[];
  /** A grant that the panel is asked to show. */
  declare wish: RevealKey | null;
  declare open: boolean;
  #revealed = 0;

  constructor() {
    super();
    this.operations = [];
    this.wish = null;
    this.open = false;
  }

  protected override plans(): Plans {
    const key = this.selected;
    const plans: Record<string, Plan> = {};
    for (const grant of key?.Grants.slice(0, most) ?? []) {
      plans[`retire-${grant.GrantId}`] = this.#retire(key!, grant);
      plans[`revoke-${grant.GrantId}`] = this.#revoke(key!, grant);
    }
    return plans;
  }

  #retire(key: KeyView, grant: GrantView): Plan {
    return this.callBeside(key, 'RetireGrant', { KeyId: key.ARN, GrantId: grant.GrantId });
  }

  #revoke(key: KeyView, grant: GrantView): Plan {
    return this.callOn(key, 'RevokeGrant', { GrantId: grant.GrantId });
  }

  protected override render() {
    const key = this.selected;
    if (!key) return nothing;
    const words = text().panels.grants;
    return html`
      ${key.Grants.length ? html`<ul aria-label=${words.grants}>${key.Grants.map((grant) => this.#grant(key, grant))}</ul>`
        : html`<p class="muted small">${words.none}</p>`}
      <details @toggle=${(e: Event) => this.#toggle((e.currentTarget as HTMLDetailsElement).open)}><summary>${words.create}</summary>
        ${this.open ? html`<kms-grant-form .workspace=${this.workspace} .act=${this.act} .as=${this.as} .operations=${this.operations}></kms-grant-form>` : nothing}
      </details>`;
  }

  protected override updated(): void {
    super.updated();
    if (!this.wish?.grant || this.wish.serial === this.#revealed) return;
    this.#revealed = this.wish.serial;
    // On a phone the pane is only now about to be seen.
    requestAnimationFrame(() => {
      const place = this.renderRoot.querySelector<HTMLElement>('[aria-current]');
      place?.focus();
      place?.scrollIntoView({ block: 'nearest' });
    });
  }

  async #toggle(open: boolean): Promise<void> {
    if (open) await defineWhenLoaded('kms-grant-form', async () => (await import('./grant-form.js')).KmsGrantForm);
    this.open = open;
  }

  #grant(key: KeyView, grant: GrantView) {
    const words = text().panels.grants;
    const name = grant.Name || words.unnamed(grant.GrantId.slice(0, 8));
    const shown = this.wish?.grant === grant.GrantId;
    return html`<li class="grant" tabindex=${shown ? -1 : nothing} aria-current=${shown ? 'true' : nothing}>
      <strong class="break">${name}</strong>
      <dl>
        <dt>${words.grantee}</dt><dd>${shortARN(grant.GranteePrincipal)}${grant.GranteeService ? html` <span class="muted">(${words.service})</span>` : nothing}</dd>
        <dt>${words.may}</dt><dd>${grant.Operations.join(', ')}</dd>
        ${grant.ConstraintType ? html`<dt>${words.onlyIf}</dt><dd>${grant.ConstraintType}: ${pairText(grant.Constraint)}</dd>` : nothing}
        ${grant.SourceArn ? html`<dt>${words.onlyFor}</dt><dd>SourceArn: ${grant.SourceArn}</dd>` : nothing}
        ${grant.VisibleAt ? html`<dt>${words.visible}</dt><dd class="waiting">${shape('waiting')}${words.visibleAt(clock(grant.VisibleAt))}</dd>` : nothing}
        ${grant.RetiringPrincipal ? html`<dt>${words.retiredBy}</dt><dd>${shortARN(grant.RetiringPrincipal)}${grant.RetiringService ? html` <span class="muted">(${words.service})</span>` : nothing}</dd>` : nothing}
        <dt>${words.issued}</dt><dd>${grant.IssuingAccount}${grant.Created ? html`, ${clock(grant.Created, true)} UTC` : nothing}</dd>
      </dl>
      <div class="row small">
        <button class="link" title=${name} @click=${() => this.act(this.#retire(key, grant))}>${words.retire}</button>
        <button class="link" title=${name} @click=${() => this.act(this.#revoke(key, grant))}>${words.revoke}</button>
        ${grant.Token ? html`<button class="link" title=${name} @click=${() => this.#use(grant.Token)}>${words.useToken}</button>` : nothing}
      </div>
      ${this.foretold(`retire-${grant.GrantId}`)}${this.foretold(`revoke-${grant.GrantId}`)}
    </li>`;
  }

  #use(token: string): void {
    const form = this.state.form;
    const tokens = split(form.text['grant tokens'] ?? '');
    if (tokens.includes(token)) return;
    this.workspace?.setForm({ text: { ...form.text, 'grant tokens': [...tokens, token].join('\n') } });
    this.workspace?.notify({ kind: 'info', text: text().panels.grants.tokenUsed });
  }
}

function pairText(pairs: readonly TagView[]): string {
  return pairs.map((pair) => `${pair.Key}=${pair.Value}`).join(', ');
}
