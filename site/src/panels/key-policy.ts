// The policy of the selected key: who may change it, and the way to the editor.

import { html, nothing } from 'lit';
import { text } from '../text/text.js';
import { KeyPart } from './key-part.js';
import type { Plans } from './panel-view.js';

export class KmsKeyPolicy extends KeyPart {

  protected override plans(): Plans {
    const key = this.selected;
    const policy = this.state.session?.Policies.find((p) => p.ID === key?.Policy);
    if (!key || !policy) return {};
    return { get: this.callOn(key, 'GetKeyPolicy'), put: this.callOn(key, 'PutKeyPolicy', { Policy: policy.Text }) };
  }

  protected override render() {
    const key = this.selected;
    const policy = this.state.session?.Policies.find((p) => p.ID === key?.Policy);
    if (!key || !policy) return nothing;
    const words = text().panels.keyPolicy;
    const managers = key.Managers.map((ref) => this.state.session?.Principals.find((p) => p.Ref === ref)?.Label ?? ref);
    return html`
      <p class="small">${words.about(statements(policy.Text), new TextEncoder().encode(policy.Text).length)}</p>
      <p class="small break">${managers.length ? words.managers(managers.join(', ')) : html`<span class="denied">${words.nobody}</span>`}</p>
      <div><button @click=${() => { this.workspace?.selectPolicy(policy.ID); this.workspace?.setPane('editor'); }}>${policy.ReadOnly ? words.show : words.edit}</button></div>
      ${this.foretold('get')}${this.foretold('put')}`;
  }
}

function statements(policy: string): number {
  try {
    return [(JSON.parse(policy) as { Statement?: unknown }).Statement].flat().filter((s) => s !== undefined).length;
  } catch {
    return 0;
  }
}
