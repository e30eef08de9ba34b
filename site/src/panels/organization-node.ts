// A root, organizational unit or account of an organization, open for changes: policies, what is below it, where it is.

import { html, nothing } from 'lit';
import type { Answer, NodeView, OrganizationView, PolicyView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { onEnter, onPress } from '../workspace/parts.js';
import { MemberEditor } from './member-view.js';
import { entered } from './names.js';
import panelStyles from './panel-styles.js';

const kinds: Readonly<Record<string, string>> = { SERVICE_CONTROL_POLICY: 'service control policy', RESOURCE_CONTROL_POLICY: 'resource control policy' };

// What a new policy of each type denies until it is edited.
const first: Readonly<Record<string, string>> = {
  SERVICE_CONTROL_POLICY: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'kms:ScheduleKeyDeletion', Resource: '*' }] }, null, 2),
  RESOURCE_CONTROL_POLICY: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 'kms:ScheduleKeyDeletion', Resource: '*' }] }, null, 2),
};

export class KmsOrganizationNode extends MemberEditor {
  static override properties = { ...MemberEditor.properties, organization: { attribute: false }, node: { attribute: false }, failure: { state: true } };
  static override styles = [base, panelStyles];

  declare organization: OrganizationView;
  declare node: NodeView;
  declare failure: string;

  constructor() {
    super();
    this.failure = '';
  }

  protected override render() {
    const { node } = this;
    return html`${this.who()}${this.#policies()}
      ${node.Type === 'ACCOUNT' ? this.#account() : this.#container()}
      ${node.Type === 'ROOT' ? this.#root() : nothing}
      ${node.Type === 'ORGANIZATIONAL_UNIT' ? this.#unit() : nothing}`;
  }

  #call(operation: string, input: Record<string, unknown>) {
    return this.do(operation, input, 'organizations');
  }

  #policies() {
    const words = text().panels.organization;
    const attached = this.node.Policies.map((p) => p.ID);
    const others = (this.state.session?.Policies ?? []).filter((p: PolicyView) => Object.values(kinds).includes(p.Kind) && !attached.includes(p.ID));
    const attach = (form: HTMLFormElement) => void this.#call('AttachPolicy', { PolicyId: idOf(entered(form, 'policy')), TargetId: this.node.ID });
    return html`<ul aria-label=${words.policies}>${this.node.Policies.map((p) => html`<li class="thing">
        <button class="link spread break" @click=${() => this.edit(p.ID)}>${p.Name}</button><span class="small muted">${p.Kind}</span>
        <button class="link small" aria-label=${words.detachNamed(p.Name)} @click=${() => this.#call('DetachPolicy', { PolicyId: idOf(p.ID), TargetId: this.node.ID })}>${words.detach}</button></li>`)}</ul>
      ${others.length ? html`<form><label class="wide">${words.attach}<select name="policy">${others.map((p) => html`<option value=${p.ID}>${said(p.Title)}</option>`)}</select></label>
        <button type="button" @click=${onPress(attach)}>${words.attachNow}</button></form>` : nothing}
      ${this.organization.Enabled.length ? this.#maker() : nothing}`;
  }

  #maker() {
    const words = text().panels.organization;
    const create = async (form: HTMLFormElement) => {
      const type = entered(form, 'type');
      const made = await this.#call('CreatePolicy', { Name: entered(form, 'name'), Description: '', Type: type, Content: first[type] });
      const summary = (made?.Output as { Policy?: { PolicySummary?: { Id: string; Arn: string } } } | null | undefined)?.Policy?.PolicySummary;
      if (!summary || !(await this.#call('AttachPolicy', { PolicyId: summary.Id, TargetId: this.node.ID }))) return;
      form.reset();
      this.edit(summary.Arn);
    };
    return html`<details><summary>${words.newPolicy}</summary><form @keydown=${onEnter((form) => void create(form))}>
      <label class="wide">${words.policyName}<input name="name" autocomplete="off"></label>
      <label class="wide">${words.policyType}<select name="type">${this.organization.Enabled.filter((t) => first[t]).map((t) => html`<option>${t}</option>`)}</select></label>
      <button type="button" @click=${onPress((form) => void create(form))}>${words.createPolicy}</button></form></details>`;
  }

  #container() {
    const words = text().panels.organization;
    const unit = async (form: HTMLFormElement) => {
      if (await this.#call('CreateOrganizationalUnit', { ParentId: this.node.ID, Name: entered(form, 'name') })) form.reset();
    };
    const account = async (form: HTMLFormElement) => {
      if (await this.#createAccount(entered(form, 'name'), entered(form, 'email'))) form.reset();
    };
    return html`<details><summary>${words.newUnit}</summary><form @keydown=${onEnter((form) => void unit(form))}>
        <label class="wide">${words.unitName}<input name="name" autocomplete="off"></label>
        <button type="button" @click=${onPress((form) => void unit(form))}>${words.createUnit}</button></form></details>
      <details><summary>${words.newAccount}</summary><form @keydown=${onEnter((form) => void account(form))}>
        <label class="wide">${words.accountName}<input name="name" autocomplete="off"></label>
        <label class="wide">${words.email}<input name="email" type="email" autocomplete="off" placeholder=${words.emailHint}></label>
        <button type="button" @click=${onPress((form) => void account(form))}>${words.createAccount}</button>
        <p class="small denied" aria-live="polite">${this.failure}</p></form></details>`;
  }

  // AWS makes accounts in the background, below the root: what became of it is asked for, then the account is moved here.
  async #createAccount(name: string, email: string): Promise<boolean> {
    this.failure = '';
    const asked = statusOf(await this.#call('CreateAccount', { AccountName: name, Email: email }));
    if (!asked) return false;
    const status = statusOf(await this.#call('DescribeCreateAccountStatus', { CreateAccountRequestId: asked.Id }));
    if (!status?.AccountId) {
      this.failure = text().panels.organization.notCreated(status?.FailureReason ?? '');
      return false;
    }
    const root = this.organization.Nodes.find((n) => n.Parent === '')?.ID;
    if (this.node.ID === root) return true;
    return !!(await this.#call('MoveAccount', { AccountId: status.AccountId, SourceParentId: root, DestinationParentId: this.node.ID }));
  }

  #root() {
    const words = text().panels.organization;
    const missing = Object.keys(kinds).filter((type) => !this.organization.Enabled.includes(type));
    return html`${missing.map((type) => html`<div><button @click=${() => this.#call('EnablePolicyType', { RootId: this.node.ID, PolicyType: type })}>${words.enable(type)}</button></div>`)}`;
  }

  #unit() {
    const words = text().panels.organization;
    const rename = (form: HTMLFormElement) => void this.#call('UpdateOrganizationalUnit', { OrganizationalUnitId: this.node.ID, Name: entered(form, 'name') });
    return html`<form @keydown=${onEnter(rename)}><label class="wide">${words.unitName}<input name="name" autocomplete="off" .value=${this.node.Name}></label>
        <button type="button" @click=${onPress(rename)}>${words.rename}</button></form>
      <div><button @click=${() => this.#call('DeleteOrganizationalUnit', { OrganizationalUnitId: this.node.ID })}>${words.deleteUnit(this.node.Name)}</button></div>`;
  }

  #account() {
    const words = text().panels.organization;
    const places = this.organization.Nodes.filter((n) => n.Type !== 'ACCOUNT' && n.ID !== this.node.Parent);
    const move = (form: HTMLFormElement) => void this.#call('MoveAccount', { AccountId: this.node.ID, SourceParentId: this.node.Parent, DestinationParentId: entered(form, 'to') });
    return html`${places.length ? html`<form><label class="wide">${words.moveTo}<select name="to">${places.map((n) => html`<option value=${n.ID}>${n.Name}</option>`)}</select></label>
        <button type="button" @click=${onPress(move)}>${words.move(this.node.ID)}</button></form>` : nothing}
      ${this.node.ID === this.organization.Management ? nothing : html`<div><button @click=${() => this.#call('RemoveAccountFromOrganization', { AccountId: this.node.ID })}>${words.remove(this.node.ID)}</button></div>`}`;
  }
}

interface AccountStatus {
  readonly Id: string;
  readonly AccountId?: string;
  readonly FailureReason?: string;
}

function statusOf(answer: Answer | null): AccountStatus | undefined {
  return (answer?.Output as { CreateAccountStatus?: AccountStatus } | null | undefined)?.CreateAccountStatus;
}

/** "p-FullAWSAccess" of an ARN. */
function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
