// An account, open for changes: who and what is created in it.

import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { onEnter, onPress } from '../workspace/parts.js';
import { MemberEditor } from './member-view.js';
import { entered } from './names.js';
import panelStyles from './panel-styles.js';

const firstPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*' }] }, null, 2);

export class KmsAccount extends MemberEditor {
  static override properties = { ...MemberEditor.properties, making: { state: true } };
  static override styles = [base, panelStyles];

  /** The form for a key is open. */
  declare making: boolean;

  constructor() {
    super();
    this.making = false;
  }

  protected override render() {
    const words = text().panels.account;
    const member = this.state.session?.Organizations.some((o) => o.Nodes.some((n) => n.ID === this.account));
    return html`${this.who()}
      ${this.#maker(words.user, words.userName, words.createUser, (form) => this.do('CreateUser', { UserName: entered(form, 'name') }))}
      ${this.#maker(words.group, words.groupName, words.createGroup, (form) => this.do('CreateGroup', { GroupName: entered(form, 'name') }))}
      ${this.#maker(words.role, words.roleName, words.createRole, (form) => this.do('CreateRole', { RoleName: entered(form, 'name'), AssumeRolePolicyDocument: trust(entered(form, 'trusted')) }), this.#trusted())}
      ${this.#maker(words.policy, words.policyName, words.createPolicy, (form) => this.#createPolicy(entered(form, 'name')))}
      <details @toggle=${(e: Event) => this.#make((e.currentTarget as HTMLDetailsElement).open)}><summary>${words.key}</summary>
        ${this.making ? html`<kms-create-key .workspace=${this.workspace} .act=${this.act} .as=${this.actor()}></kms-create-key>` : nothing}</details>
      ${member ? nothing : html`<div><button @click=${() => this.do('CreateOrganization', { FeatureSet: 'ALL' }, 'organizations')}>${words.createOrganization}</button></div>`}`;
  }

  #maker(title: string, label: string, button: string, make: (form: HTMLFormElement) => Promise<unknown>, more: TemplateResult | typeof nothing = nothing) {
    const create = async (form: HTMLFormElement) => {
      if (await make(form)) form.reset();
    };
    return html`<details><summary>${title}</summary><form @keydown=${onEnter((form) => void create(form))}>
      <label class="wide">${label}<input name="name" autocomplete="off"></label>${more}
      <button type="button" @click=${onPress((form) => void create(form))}>${button}</button></form></details>`;
  }

  #trusted() {
    const arns = [`arn:aws:iam::${this.account}:root`, ...(this.state.session?.Principals.map((p) => p.ARN).filter((arn) => arn.includes(':user/')) ?? []), 'ec2.amazonaws.com', 'lambda.amazonaws.com'];
    return html`<datalist id="trusted">${arns.map((arn) => html`<option value=${arn}></option>`)}</datalist>
      <label class="wide">${text().panels.account.trusted}<input name="trusted" list="trusted" autocomplete="off" value=${arns[0]!}></label>`;
  }

  async #createPolicy(name: string): Promise<boolean> {
    if (!(await this.do('CreatePolicy', { PolicyName: name, PolicyDocument: firstPolicy }))) return false;
    this.edit(`arn:aws:iam::${this.account}:policy/${name}`);
    return true;
  }

  async #make(open: boolean): Promise<void> {
    if (open) await defineWhenLoaded('kms-create-key', async () => (await import('./create-key.js')).KmsCreateKey);
    this.making = open;
  }
}

/** A trust policy that names one principal. */
function trust(principal: string): string {
  const kind = /\.amazonaws\.com(\.cn)?$/.test(principal) ? 'Service' : 'AWS';
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { [kind]: principal }, Action: 'sts:AssumeRole' }] }, null, 2);
}
