// The policy of a session can be edited by making the session again: the call that began it is made once more by the same
// caller, with another policy. Loaded when a session policy is in the editor.

import { css, html, nothing } from 'lit';
import type { Answer, Call, PolicyView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { shape, shortARN, valueOf } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';

const beginners = ['AssumeRole', 'GetFederationToken'];

export class KmsSessionPolicy extends WorkspaceView {
  static override properties = {
    ...WorkspaceView.properties, policy: { attribute: false }, call: { state: true }, typed: { state: true }, opened: { state: true }, refusal: { state: true },
  };
  static override styles = [base, css`
    :host { display: grid; gap: 4px; grid-template-columns: minmax(0, 1fr); flex: 1 1 100%; }
    textarea { width: 100%; font-family: var(--mono); }
  `];

  declare policy: PolicyView;
  /** The call that began the session; null when it is not known. */
  declare call: Call | null;
  declare typed: string;
  declare opened: boolean;
  declare refusal: string;
  #for = '';

  constructor() {
    super();
    this.call = null;
    this.typed = '';
    this.opened = false;
    this.refusal = '';
  }

  protected override render() {
    const words = text().editor.session;
    const { call, policy } = this;
    // Of a policy that is not in the call, as a managed one, there is no text to send.
    if (!call || !isIn(call, policy)) return html`<p class="small muted">${words.fixed}</p>`;
    return html`<p class="small muted">${words.again(call.Operation, shortARN(this.#caller(call)))}</p>
      ${this.opened ? html`
        <label class="small">${words.text(said(policy.Title))}<textarea rows="6" spellcheck="false" .value=${this.typed} @input=${(e: Event) => { this.typed = valueOf(e); }}></textarea></label>
        ${this.refusal ? html`<p class="break" role="alert">${shape('denied')}${words.refused(this.refusal)}</p>` : nothing}
        <div class="row"><button class="main" @click=${() => this.#begin(call)}>${words.begin}</button><button @click=${() => this.#open(false)}>${words.drop}</button></div>`
      : html`<div class="row"><button class="open" @click=${() => this.#open(true)}>${words.edit}</button></div>`}`;
  }

  #caller(call: Call): string {
    return this.state.session?.Principals.find((p) => p.Ref === call.As)?.ARN ?? call.As;
  }

  async #open(open: boolean): Promise<void> {
    this.opened = open;
    this.refusal = '';
    this.typed = this.policy.Text;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(open ? 'textarea' : '.open')?.focus();
  }

  async #begin(call: Call): Promise<void> {
    const answer = await this.workspace?.call({ ...call, Input: { ...(call.Input as object), Policy: this.typed } });
    if (!answer) return;
    if (answer.Error) {
      this.refusal = `${answer.Error.Code}: ${answer.Error.Message}`;
      return;
    }
    this.opened = false;
    this.workspace?.notify({ kind: 'info', text: text().editor.session.begun(shortARN(sessionOf(answer))) });
    this.#goOn(sessionOf(answer));
  }

  // The new session sends the next request, and its policy is in the editor: of several of one name the newest is last.
  #goOn(arn: string): void {
    const { session } = this.state;
    const policy = session?.Policies.filter((p) => p.Kind === this.policy.Kind && p.Owner === arn && p.Text === this.typed).at(-1);
    const principal = session?.Principals.find((p) => p.ARN === arn);
    if (principal) this.workspace?.selectPrincipal(principal.Ref);
    if (policy) this.workspace?.selectPolicy(policy.ID);
  }

  protected override updated(): void {
    const { session } = this.state;
    const now = `${this.policy.ID} ${session?.Requests.length ?? 0}`;
    if (now === this.#for) return;
    if (!this.#for.startsWith(`${this.policy.ID} `)) [this.call, this.opened] = [null, false];
    this.#for = now;
    void this.#find(this.policy, now);
  }

  // The newest call whose answer is a session of that ARN with that policy.
  async #find(policy: PolicyView, asked: string): Promise<void> {
    const requests = this.state.session?.Requests.filter((r) => beginners.includes(r.Operation) && r.Code === '') ?? [];
    for (const request of [...requests].reverse()) {
      const reply = await this.workspace?.ask({ Type: 'Answer', Index: request.Index });
      if (asked !== this.#for) return;
      if (!reply?.Answer || !reply.Call || sessionOf(reply.Answer) !== policy.Owner || !isIn(reply.Call, policy)) continue;
      this.call = reply.Call;
      return;
    }
  }
}

function isIn({ Input: input }: Call, policy: PolicyView): boolean {
  return (input as { Policy?: unknown } | null)?.Policy === policy.Text;
}

function sessionOf({ Output: output }: Answer): string {
  const { AssumedRoleUser: role, FederatedUser: user } = (output ?? {}) as { AssumedRoleUser?: { Arn: string }; FederatedUser?: { Arn: string } };
  return role?.Arn ?? user?.Arn ?? '';
}
