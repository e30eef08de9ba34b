// A user, group or role, open for changes: its policies and boundary, groups, tags, sessions, and its end.

import { css, html, nothing, type TemplateResult } from 'lit';
import type { MemberView, TagView } from '../engine/messages.js';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { onEnter, onPress, valueOf } from '../workspace/parts.js';
import { MemberEditor } from './member-view.js';
import { entered } from './names.js';
import panelStyles from './panel-styles.js';

// What a new inline policy says until it is edited.
const firstPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*' }] }, null, 2);

export class KmsMember extends MemberEditor {
  static override properties = { ...MemberEditor.properties, kind: { attribute: false }, member: { attribute: false }, managed: { state: true }, assumeAs: { state: true } };
  static override styles = [base, panelStyles, css`h4 { margin: 4px 0 0; font-size: var(--small); font-weight: 650; }`];

  declare kind: 'User' | 'Group' | 'Role';
  declare member: MemberView;
  /** ARNs of AWS managed policies. */
  declare managed: readonly string[];
  declare assumeAs: string;

  constructor() {
    super();
    this.managed = [];
    this.assumeAs = '';
  }

  /** {UserName: "ann"} and more. */
  #named(more: Record<string, unknown> = {}): Record<string, unknown> {
    return { [`${this.kind}Name`]: this.member.Name, ...more };
  }

  protected override render() {
    const group = this.kind === 'Group';
    return html`${this.who()}
      ${this.#policies()}
      ${group ? nothing : this.#boundary()}
      ${this.kind === 'User' ? this.#groups() : nothing}
      ${this.kind === 'Role' ? this.#sessions() : nothing}
      ${group ? nothing : this.#tags()}
      <div><button @click=${() => this.do(`Delete${this.kind}`, this.#named())}>${text().panels.member.delete(this.member.Name)}</button></div>`;
  }

  #policies() {
    const words = text().panels.member;
    const attach = async (form: HTMLFormElement) => {
      if (await this.do(`Attach${this.kind}Policy`, this.#named({ PolicyArn: entered(form, 'policy') }))) form.reset();
    };
    const put = async (form: HTMLFormElement) => {
      const name = entered(form, 'name');
      if (!(await this.do(`Put${this.kind}Policy`, this.#named({ PolicyName: name, PolicyDocument: firstPolicy })))) return;
      form.reset();
      this.edit(`${this.account}/${this.kind.toLowerCase()}/${this.member.Name}/inline/${name}`);
    };
    return html`<h4>${words.policies}</h4>
      <ul aria-label=${words.policies}>${this.member.Policies.map((id) => this.#policy(id))}</ul>
      <form @keydown=${onEnter((form) => void attach(form))}>
        <datalist id="policies">${this.#attachable().map((arn) => html`<option value=${arn}></option>`)}</datalist>
        <label class="wide">${words.attach}<input name="policy" list="policies" autocomplete="off" placeholder="arn:aws:iam::aws:policy/…" @focus=${() => this.#listManaged()}></label>
        <button type="button" @click=${onPress((form) => void attach(form))}>${words.attachNow}</button>
      </form>
      <form @keydown=${onEnter((form) => void put(form))}>
        <label class="wide">${words.inline}<input name="name" autocomplete="off"></label>
        <button type="button" @click=${onPress((form) => void put(form))}>${words.inlineNow}</button>
      </form>`;
  }

  #policy(id: string): TemplateResult {
    const words = text().panels.member;
    const title = this.titleOf(id);
    const inline = id.split('/inline/')[1];
    const end = inline !== undefined
      ? html`<button class="link small" aria-label=${words.deleteNamed(title)} @click=${() => this.do(`Delete${this.kind}Policy`, this.#named({ PolicyName: inline }))}>${words.deletePolicy}</button>`
      : id.startsWith('arn:') ? html`<button class="link small" aria-label=${words.detachNamed(title)} @click=${() => this.do(`Detach${this.kind}Policy`, this.#named({ PolicyArn: id }))}>${words.detach}</button>` : nothing;
    return html`<li class="thing"><button class="link spread break" @click=${() => this.edit(id)}>${title}</button>${end}</li>`;
  }

  #attachable(): string[] {
    const own = this.state.session?.Policies.filter((p) => p.ID.startsWith(`arn:aws:iam::${this.account}:policy/`)).map((p) => p.ID) ?? [];
    return [...new Set([...own, ...this.managed])].filter((arn) => !this.member.Policies.includes(arn));
  }

  // The engine knows which policies AWS manages; asked once, when one is about to be attached.
  async #listManaged(): Promise<void> {
    if (this.managed.length) return;
    const call = { As: `${this.account}:root`, Service: 'iam', Operation: 'ListPolicies', Input: { Scope: 'AWS', MaxItems: 1000 } };
    const reply = await this.workspace?.ask({ Type: 'Try', Call: call as never });
    const output = reply?.Answer?.Output as { Policies?: readonly { Arn: string }[] } | null | undefined;
    this.managed = output?.Policies?.map((p) => p.Arn) ?? [];
  }

  #boundary() {
    const words = text().panels.member;
    const set = async (form: HTMLFormElement) => {
      if (await this.do(`Put${this.kind}PermissionsBoundary`, this.#named({ PermissionsBoundary: entered(form, 'boundary') }))) form.reset();
    };
    const { Boundary } = this.member;
    return html`<h4>${words.boundary}</h4>
      ${Boundary ? html`<div class="thing"><button class="link spread break" @click=${() => this.edit(Boundary)}>${this.titleOf(Boundary)}</button>
        <button class="link small" aria-label=${words.removeBoundary} @click=${() => this.do(`Delete${this.kind}PermissionsBoundary`, this.#named())}>${words.remove}</button></div>` : nothing}
      <form @keydown=${onEnter((form) => void set(form))}>
        <label class="wide">${words.newBoundary}<input name="boundary" list="policies" autocomplete="off" placeholder="arn:aws:iam::…" @focus=${() => this.#listManaged()}></label>
        <button type="button" @click=${onPress((form) => void set(form))}>${words.setBoundary}</button>
      </form>`;
  }

  #groups() {
    const words = text().panels.member;
    const groups = this.state.session?.Accounts.find((a) => a.ID === this.account)?.Groups.map((g) => g.Name) ?? [];
    const others = groups.filter((name) => !this.member.Groups.includes(name));
    const add = (form: HTMLFormElement) => void this.do('AddUserToGroup', { UserName: this.member.Name, GroupName: entered(form, 'group') });
    return html`<h4>${words.groups}</h4>
      <ul aria-label=${words.groups}>${this.member.Groups.map((group) => html`<li class="thing"><span class="spread break">${group}</span>
        <button class="link small" aria-label=${words.leave(group)} @click=${() => this.do('RemoveUserFromGroup', { UserName: this.member.Name, GroupName: group })}>${words.remove}</button></li>`)}</ul>
      ${others.length ? html`<form><label class="wide">${words.join}<select name="group">${others.map((name) => html`<option>${name}</option>`)}</select></label>
        <button type="button" @click=${onPress(add)}>${words.joinNow}</button></form>` : html`<p class="small muted">${groups.length ? nothing : words.noGroups}</p>`}`;
  }

  #sessions() {
    const words = text().panels.member;
    const principals = this.state.session?.Principals.filter((p) => !p.ARN.endsWith(':root')) ?? [];
    const as = principals.some((p) => p.Ref === this.assumeAs) ? this.assumeAs : principals[0]?.Ref ?? `${this.account}:root`;
    const assume = async (form: HTMLFormElement) => {
      const name = entered(form, 'session');
      const input = { RoleArn: this.member.ARN, RoleSessionName: name };
      if (!(await this.act({ service: 'sts', operation: 'AssumeRole', input, as }))) return;
      form.reset();
      const session = this.state.session?.Principals.find((p) => p.ARN === `arn:aws:sts::${this.account}:assumed-role/${this.member.Name}/${name}`);
      if (session) this.workspace?.selectPrincipal(session.Ref);
    };
    return html`<h4>${words.assume}</h4>
      <form @keydown=${onEnter((form) => void assume(form))}>
        <label class="wide">${words.assumeAs}<select @change=${(e: Event) => { this.assumeAs = valueOf(e); }}>
          ${principals.map((p) => html`<option value=${p.Ref} .selected=${p.Ref === as}>${p.Label}</option>`)}</select></label>
        <label class="wide">${words.sessionName}<input name="session" autocomplete="off" placeholder=${words.sessionHint}></label>
        <button type="button" @click=${onPress((form) => void assume(form))}>${words.assumeNow}</button>
      </form>`;
  }

  #tags() {
    const words = text().panels.tags;
    const add = async (form: HTMLFormElement) => {
      if (await this.do(`Tag${this.kind}`, this.#named({ Tags: [{ Key: entered(form, 'key'), Value: entered(form, 'value') }] }))) form.reset();
    };
    return html`<h4>${words.tags}</h4>
      <ul aria-label=${words.tags}>${this.member.Tags.map((tag: TagView) => html`<li class="thing"><span class="spread break mono">${tag.Key} = ${tag.Value}</span>
        <button class="link small" aria-label=${words.removeNamed(tag.Key)} @click=${() => this.do(`Untag${this.kind}`, this.#named({ TagKeys: [tag.Key] }))}>${words.remove}</button></li>`)}</ul>
      <form @keydown=${onEnter((form) => void add(form))}>
        <label>${words.key}<input name="key" autocomplete="off"></label><label>${words.value}<input name="value" autocomplete="off"></label>
        <button type="button" @click=${onPress((form) => void add(form))}>${words.add}</button>
      </form>`;
  }
}
