// Accounts, who is in them, and their keys.

import { css, html, nothing, type TemplateResult } from 'lit';
import type { AccountView, KeyView, MemberView, PrincipalView } from '../engine/messages.js';
import { said, text, type Texts } from '../text/text.js';
import base from '../workspace/base.js';
import { shape } from '../workspace/parts.js';
import { WorkspaceView } from '../workspace/view.js';
import { stateTone } from './key-state.js';

export class KmsExplorer extends WorkspaceView {
  static override styles = [base, css`
    section { display: grid; gap: 8px; padding: 8px 12px 12px; align-content: start; }
    .account { display: grid; gap: 6px; }
    h3 { font-size: var(--small); font-weight: 650; color: var(--text); font-family: var(--mono); }
    .kind { font-size: var(--small); color: var(--muted); margin-top: 2px; }
    li { display: grid; grid-template-columns: minmax(0, 1fr); }
    .item { display: flex; gap: 4px; align-items: center; width: 100%; text-align: start; background: none;
      border: 0; border-inline-start: 2px solid transparent; border-radius: 0 4px 4px 0; padding: 2px 8px; min-height: 26px; }
    .item:hover { background: var(--raised); }
    .item[aria-pressed="true"] { border-inline-start-color: var(--accent); background: var(--accent-soft); }
    .name { overflow: hidden; text-overflow: ellipsis; }
    .policies { padding-inline-start: 16px; font-size: var(--small); display: flex; flex-wrap: wrap; gap: 0 8px; }
  `];

  protected override render() {
    const session = this.state.session;
    return html`<section aria-label=${text().panels.explorer.title}>
      <h2>${text().panels.explorer.title}</h2>
      ${session?.Accounts.map((account) => this.#account(account, session.Keys.filter((key) => key.Account === account.ID)))}
    </section>`;
  }

  #account(account: AccountView, keys: readonly KeyView[]) {
    const root = this.state.session?.Principals.find((p) => p.ARN === `arn:aws:iam::${account.ID}:root`);
    return html`<div class="account">
      <h3>${account.ID}</h3>
      ${this.#group('users', html`${root ? html`<li>${this.#principal(root, text().panels.explorer.root)}</li>` : nothing}
        ${account.Users.map((user) => this.#member(user, (p) => p.ARN === user.ARN))}`)}
      ${account.Groups.length ? this.#group('groups', html`${account.Groups.map((group) => this.#member(group, () => false))}`) : nothing}
      ${account.Roles.length ? this.#group('roles', html`${account.Roles.map((role) => this.#member(role, (p) =>
        p.ARN === role.ARN || p.ARN.startsWith(`arn:aws:sts::${account.ID}:assumed-role/${role.Name}/`)))}`) : nothing}
      ${keys.length ? this.#group('keys', html`${keys.map((key) => this.#key(key))}`) : nothing}
    </div>`;
  }

  #group(group: keyof Texts['panels']['explorer']['groups'], items: TemplateResult) {
    const name = text().panels.explorer.groups[group];
    return html`<div><div class="kind" id=${group}>${name}</div><ul aria-label=${name}>${items}</ul></div>`;
  }

  #member(member: MemberView, is: (principal: PrincipalView) => boolean) {
    const principal = this.state.session?.Principals.find(is);
    return html`<li>
      ${principal ? this.#principal(principal, member.Name) : html`<span class="item">${member.Name}</span>`}
      ${member.Policies.length || member.Groups.length ? html`<div class="policies">
        ${member.Groups.map((group) => html`<span class="muted">${text().panels.explorer.inGroup(group)}</span>`)}
        ${member.Policies.map((id) => this.#policy(id))}</div>` : nothing}
    </li>`;
  }

  #principal(principal: PrincipalView, name: string) {
    const chosen = this.state.form.principal === principal.Ref;
    return html`<button class="item" aria-pressed=${chosen} title=${text().panels.explorer.sendAs(principal.ARN)}
      @click=${() => this.workspace?.selectPrincipal(principal.Ref)}>
      <span class="name">${name}</span></button>`;
  }

  #policy(id: string) {
    const policy = this.state.session?.Policies.find((p) => p.ID === id);
    const name = policy?.Title.replace(/^[^:]*: /, '').replace(/ \(AWS managed\)$/, '') ?? id;
    return html`<button class="link" title=${said(policy?.Title ?? id)} @click=${() => {
      this.workspace?.selectPolicy(id);
      this.workspace?.setPane('editor');
    }}>${name}</button>`;
  }

  #key(key: KeyView) {
    return html`<li><button class="item" aria-pressed=${this.state.key === key.ARN} title=${key.ARN}
      @click=${() => this.workspace?.selectKey(key.ARN)}>
      <span class="name spread">${key.Label}</span>
      ${shape(stateTone(key.State))}<span class="small ${stateTone(key.State)}">${key.State}</span>
    </button></li>`;
  }
}
