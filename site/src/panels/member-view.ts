// What the editors of accounts, members and organizations share: whom of an account they act as.

import { html, type TemplateResult } from 'lit';
import type { Answer } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { valueOf } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';
import type { Act } from './acting.js';

export class MemberEditor extends WorkspaceView {
  static override properties = { ...WorkspaceView.properties, account: { attribute: false }, act: { attribute: false }, as: { state: true } };

  /** The account that is changed. */
  declare account: string;
  declare act: Act;
  /** PrincipalView.Ref; empty for the account's root user. */
  declare as: string;

  constructor() {
    super();
    this.account = '';
    this.as = '';
  }

  /** Whose name calls carry: the one chosen, while there is such a one, else the account's root user. */
  protected actor(): string {
    const there = this.state.session?.Principals.some((p) => p.Ref === this.as && p.ARN.split(':')[4] === this.account);
    return there ? this.as : `${this.account}:root`;
  }

  protected who(): TemplateResult {
    const words = text().panels.member;
    const actor = this.actor();
    const others = this.state.session?.Principals.filter((p) => p.ARN.split(':')[4] === this.account && p.Ref !== `${this.account}:root`) ?? [];
    return html`<label>${text().panels.key.actAs}<select @change=${(e: Event) => { this.as = valueOf(e); }}>
      <option value="" .selected=${actor === `${this.account}:root`}>${words.root(this.account)}</option>
      ${others.map((p) => html`<option value=${p.Ref} .selected=${p.Ref === actor}>${p.Label}</option>`)}</select></label>`;
  }

  /** Makes a call to IAM, or to another service, as the chosen one. */
  protected do(operation: string, input: Record<string, unknown>, service = 'iam'): Promise<Answer | null> {
    return this.act({ service, operation, input, as: this.actor() });
  }

  /** Opens a policy in the editor. */
  protected edit(id: string): void {
    this.workspace?.selectPolicy(id);
    this.workspace?.setPane('editor');
  }

  protected titleOf(id: string): string {
    return said(this.state.session?.Policies.find((p) => p.ID === id)?.Title ?? id);
  }
}
