// Organizations, accounts, who is in them, and their keys. What is shown can be searched, and changed in its place.

import { css, html, nothing, type TemplateResult } from 'lit';
import type { AccountView, KeyView, MemberView, PolicyView, PrincipalView, State } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import { onEnter, onPress, shape, valueOf } from '../workspace/parts.js';
import type { WorkspaceState } from '../workspace/state.js';
import { stateTone } from './key-state.js';
import { entered } from './names.js';
import panelStyles, { treeStyles } from './panel-styles.js';
import { TreeView } from './tree-view.js';

const loadMember = () => defineWhenLoaded('kms-member', async () => (await import('./member.js')).KmsMember);
const loadAccount = () => defineWhenLoaded('kms-account', async () => (await import('./account.js')).KmsAccount);

export class KmsExplorer extends TreeView {
  static override properties = { ...TreeView.properties, search: { state: true } };
  static override styles = [base, panelStyles, treeStyles, css`
    :host { display: block; }
    section { display: grid; gap: 8px; padding: 8px 12px 12px; align-content: start; grid-template-columns: minmax(0, 1fr); }
    .account { display: grid; gap: 6px; grid-template-columns: minmax(0, 1fr); }
    h3 { font-size: var(--small); font-weight: 650; color: var(--text); font-family: var(--mono); overflow-wrap: anywhere; }
    .kind { font-size: var(--small); color: var(--muted); margin-top: 2px; }
    .row { flex-wrap: nowrap; gap: 4px; }
    .row > :first-child { flex: 1; min-width: 0; }
    li { display: grid; grid-template-columns: minmax(0, 1fr); }
    .item { display: flex; flex-wrap: wrap; gap: 0 4px; align-items: center; width: 100%; text-align: start; background: none;
      border: 0; border-inline-start: 2px solid transparent; border-radius: 0 4px 4px 0; padding: 2px 8px; min-height: 26px; }
    button.item:hover { background: var(--raised); }
    .item[aria-pressed="true"] { border-inline-start-color: var(--accent); background: var(--accent-soft); }
    .name { overflow: hidden; text-overflow: ellipsis; flex: 1; }
    .badges { flex: 1 0 100%; color: var(--muted); font-size: var(--small); white-space: normal; }
    .policies { padding-inline-start: 16px; font-size: var(--small); display: flex; flex-wrap: wrap; gap: 0 8px; }
    .sessions { padding-inline-start: 12px; }
  `];

  declare search: string;
  #found = 0;
  #index: Index | undefined;

  constructor() {
    super();
    this.search = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#onSlash);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#onSlash);
  }

  // In somebody else's page the key counts within the playground only.
  readonly #onSlash = (event: KeyboardEvent): void => {
    const host = (this.getRootNode() as ShadowRoot).host;
    const path = event.composedPath();
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!host?.hasAttribute('owns-address') && !path.includes(host)) return;
    if (path.some((at) => at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)))) return;
    event.preventDefault();
    this.workspace?.setPane('explorer');
    setTimeout(() => this.renderRoot.querySelector<HTMLInputElement>('input[type="search"]')?.focus());
  };

  protected override drawnFrom({ session, form, key }: WorkspaceState) {
    return [session?.Accounts, session?.Organizations, session?.Principals, session?.Keys, session?.Policies, session?.Region, form.principal, key];
  }

  protected override render() {
    const words = text().panels.explorer;
    const session = this.state.session;
    this.#found = 0;
    if (session) this.#index = indexOf(session, this.#index);
    const organizations = session?.Organizations ?? [];
    if (organizations.length) void defineWhenLoaded('kms-organization', async () => (await import('./organization.js')).KmsOrganization);
    for (const node of organizations.flatMap((o) => o.Nodes)) if (node.Type !== 'ACCOUNT') this.#matches(node.ID, node.Name, ...node.Policies.map((p) => p.Name));
    const accounts = session?.Accounts.map((account) => this.#account(account, session.Keys.filter((key) => key.Account === account.ID)));
    return html`<section aria-label=${words.title}>
      <h2>${words.title}</h2>
      <input type="search" aria-label=${words.search} placeholder=${words.searchHint} aria-keyshortcuts="/" autocomplete="off"
        .value=${this.search} @input=${(e: Event) => { this.search = valueOf(e); }}>
      <p class="small muted" aria-live="polite" ?hidden=${!this.search}>${this.search ? words.found(this.#found) : nothing}</p>
      ${organizations.map((organization) => html`<kms-organization .workspace=${this.workspace} .organization=${organization} .search=${this.search}></kms-organization>`)}
      ${accounts}
      ${this.search ? nothing : this.#adder()}
      ${this.rest()}
    </section>`;
  }

  #matches(...texts: readonly string[]): boolean {
    const wanted = this.search.trim().toLowerCase();
    const matches = texts.some((one) => one.toLowerCase().includes(wanted));
    if (matches) this.#found++;
    return matches;
  }

  #account(account: AccountView, keys: readonly KeyView[]) {
    const words = text().panels.explorer;
    const root = this.#index?.principals.get(`arn:aws:iam::${account.ID}:root`);
    const search = this.search;
    const of = (members: readonly MemberView[]) => members.filter((m) => this.#matches(m.Name, m.ARN, ...m.Groups, ...m.Tags.flatMap((t) => [t.Key, t.Value]), ...m.Policies));
    const users = of(account.Users), groups = of(account.Groups), roles = of(account.Roles);
    const shown = keys.filter((key) => this.#matches(key.ARN, key.Spec, key.Usage, key.State, ...key.Aliases, ...key.Tags.flatMap((t) => [t.Key, t.Value])));
    const whole = root !== undefined && this.#matches(account.ID, 'root');
    if (search && !whole && !users.length && !groups.length && !roles.length && !shown.length) return nothing;
    const regions = [...new Set(shown.map((key) => key.Region))].sort();
    return html`<div class="account">
      <div class="row"><h3>${account.ID}</h3>${this.opener(account.ID, words.accountNamed(account.ID), loadAccount)}</div>
      ${this.opened(account.ID, () => html`<kms-account .workspace=${this.workspace} .account=${account.ID} .act=${this.acting.act}></kms-account>`)}
      ${this.#group(words.groups.users, html`${root && whole ? html`<li>${this.#principal(root, words.root)}</li>` : nothing}
        ${users.map((user) => this.#member(user, account.ID, 'User'))}`)}
      ${groups.length ? this.#group(words.groups.groups, html`${groups.map((group) => this.#member(group, account.ID, 'Group'))}`) : nothing}
      ${roles.length ? this.#group(words.groups.roles, html`${roles.map((role) => this.#member(role, account.ID, 'Role'))}`) : nothing}
      ${regions.map((region) => this.#group(region === this.state.session?.Region ? words.groups.keys : words.keysIn(region),
        html`${shown.filter((key) => key.Region === region).map((key) => this.#key(key))}`))}
    </div>`;
  }

  #group(name: string, items: TemplateResult) {
    return html`<div><div class="kind" aria-hidden="true">${name}</div><ul aria-label=${name}>${items}</ul></div>`;
  }

  #member(member: MemberView, account: string, kind: 'User' | 'Group' | 'Role') {
    const words = text().panels.explorer;
    const sessions = this.#sessions(member, account, kind);
    const principal = kind === 'Role' ? sessions[0] : this.#index?.principals.get(member.ARN);
    return html`<li>
      <div class="row">${principal ? this.#principal(principal, member.Name) : html`<span class="item">${member.Name}</span>`}
        ${this.opener(member.ARN, member.Name, loadMember)}</div>
      ${this.opened(member.ARN, () => html`<kms-member .workspace=${this.workspace} .account=${account} .kind=${kind} .member=${member} .act=${this.acting.act}></kms-member>`)}
      ${member.Policies.length || member.Groups.length ? html`<div class="policies">
        ${member.Groups.map((group) => html`<span class="muted">${words.inGroup(group)}</span>`)}
        ${member.Policies.map((id) => this.#policy(id))}</div>` : nothing}
      ${sessions.length > 1 ? html`<ul class="sessions" aria-label=${words.sessions(member.Name)}>${sessions.slice(1).map((s) =>
        html`<li>${this.#principal(s, words.session(s.ARN.split('/').at(-1) ?? ''))}</li>`)}</ul>` : nothing}
    </li>`;
  }

  /** The sessions of a role, its usual one first. */
  #sessions(member: MemberView, account: string, kind: string): readonly PrincipalView[] {
    if (kind !== 'Role') return [];
    return this.#index?.sessions.get(`arn:aws:sts::${account}:assumed-role/${member.Name}`) ?? [];
  }

  #principal(principal: PrincipalView, name: string) {
    const chosen = this.state.form.principal === principal.Ref;
    return html`<button class="item" aria-pressed=${chosen} title=${text().panels.explorer.sendAs(principal.ARN)}
      @click=${() => this.workspace?.selectPrincipal(principal.Ref)}>
      <span class="name">${name}</span></button>`;
  }

  #policy(id: string) {
    const policy = this.#index?.policies.get(id);
    const title = policy ? said(policy.Title) : id;
    const name = policy ? title.replace(/^[^:]*: /, '').replace(/ \(AWS( managed| 管理)\)$/, '') : id;
    return html`<button class="link" title=${title} @click=${() => {
      this.workspace?.selectPolicy(id);
      this.workspace?.setPane('editor');
    }}>${name}</button>`;
  }

  #key(key: KeyView) {
    const words = text().panels.explorer;
    const badges = [key.Spec, ...(key.KeyId.startsWith('mrk-') ? [words.multiRegion] : []), ...(key.Grants.length ? [words.grants(key.Grants.length)] : []),
      ...(key.Tags.length ? [words.tags(key.Tags.length)] : []), ...(key.Aliases.length > 1 ? [words.aliases(key.Aliases.length)] : [])];
    return html`<li><button class="item" aria-pressed=${this.state.key === key.ARN} title=${key.ARN}
      @click=${() => this.workspace?.selectKey(key.ARN)}>
      <span class="name">${key.Label}</span>
      ${shape(stateTone(key.State))}<span class="small ${stateTone(key.State)}">${key.State}</span>
      <span class="badges">${badges.join(' · ')}</span>
    </button></li>`;
  }

  // An account of the world comes into being when somebody of it calls.
  #adder() {
    const words = text().panels.explorer;
    const add = async (form: HTMLFormElement) => {
      const id = entered(form, 'account');
      if (await this.acting.act({ service: 'sts', operation: 'GetCallerIdentity', input: {}, as: `${id}:root` })) form.reset();
    };
    return html`<details><summary>${words.addAccount}</summary><form @keydown=${onEnter((form) => void add(form))}>
      <label class="wide">${words.accountID}<input name="account" inputmode="numeric" maxlength="12" autocomplete="off" placeholder="444455556666"></label>
      <button type="button" @click=${onPress((form) => void add(form))}>${words.addNow}</button></form></details>`;
  }
}

/** Where things of the session are found by their names. */
interface Index {
  readonly from: readonly [readonly PrincipalView[], readonly PolicyView[]];
  readonly principals: ReadonlyMap<string, PrincipalView>;
  /** By the ARN of the role without the name of the session. */
  readonly sessions: ReadonlyMap<string, readonly PrincipalView[]>;
  readonly policies: ReadonlyMap<string, PolicyView>;
}

function indexOf({ Principals, Policies }: State, known: Index | undefined): Index {
  if (known?.from[0] === Principals && known.from[1] === Policies) return known;
  const sessions = new Map<string, PrincipalView[]>();
  for (const principal of Principals) {
    const role = /^(arn:aws:sts::\d+:assumed-role\/.+)\/[^/]*$/.exec(principal.ARN)?.[1];
    if (role) sessions.set(role, [...(sessions.get(role) ?? []), principal]);
  }
  return {
    from: [Principals, Policies], sessions, principals: new Map([...Principals].reverse().map((p) => [p.ARN, p])), policies: new Map(Policies.map((p) => [p.ID, p])),
  };
}
