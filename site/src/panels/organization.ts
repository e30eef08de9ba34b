// An organization as a tree: its root, units and accounts, with the policies that are attached to each.

import { css, html, nothing, type TemplateResult } from 'lit';
import type { NodeView, OrganizationView } from '../engine/messages.js';
import { text } from '../text/text.js';
import base from '../workspace/base.js';
import { defineWhenLoaded } from '../workspace/lazy.js';
import panelStyles, { treeStyles } from './panel-styles.js';
import { TreeView } from './tree-view.js';

const load = () => defineWhenLoaded('kms-organization-node', async () => (await import('./organization-node.js')).KmsOrganizationNode);

export class KmsOrganization extends TreeView {
  static override properties = { ...TreeView.properties, organization: { attribute: false }, search: { attribute: false } };
  static override styles = [base, panelStyles, treeStyles, css`
    h3 { color: var(--text); font-weight: 650; }
    ul ul { padding-inline-start: 12px; border-inline-start: 1px solid var(--line); }
    .node { display: flex; gap: 8px; align-items: baseline; }
    .policies { font-size: var(--small); display: flex; flex-wrap: wrap; gap: 0 8px; padding-inline-start: 8px; }
  `];

  declare organization: OrganizationView;
  declare search: string;

  constructor() {
    super();
    this.search = '';
  }

  protected override render() {
    const words = text().panels.organization;
    const { organization } = this;
    const root = organization.Nodes.find((n) => n.Parent === '');
    if (!root || (this.search && !this.#shown(root))) return nothing;
    return html`<h3>${words.title}</h3><ul aria-label=${words.tree(organization.ID)}>${this.#node(root)}</ul>${this.rest()}`;
  }

  // A node is shown when it or something below it is what is searched.
  #shown(node: NodeView): boolean {
    const wanted = this.search.trim().toLowerCase();
    const texts = [node.ID, node.Name, ...node.Policies.map((p) => p.Name)];
    return texts.some((one) => one.toLowerCase().includes(wanted)) || this.#children(node).some((child) => this.#shown(child));
  }

  #children(node: NodeView): readonly NodeView[] {
    return this.organization.Nodes.filter((n) => n.Parent === node.ID);
  }

  #node(node: NodeView): TemplateResult {
    const words = text().panels.organization;
    const name = node.Type === 'ACCOUNT' ? node.ID : node.Name;
    const children = this.#children(node).filter((child) => this.#shown(child));
    return html`<li>
      <div class="node"><span class="spread break"><span class=${node.Type === 'ACCOUNT' ? 'mono' : ''}>${name}</span>
        <span class="small muted">${words.types[node.Type as keyof typeof words.types] ?? node.Type}${node.ID === this.organization.Management ? ` · ${words.management}` : ''}</span></span>
        ${this.opener(node.ID, name, load)}</div>
      ${node.Policies.length ? html`<div class="policies">${node.Policies.map((policy) => html`<button class="link" title=${policy.Kind} @click=${() => {
        this.workspace?.selectPolicy(policy.ID);
        this.workspace?.setPane('editor');
      }}>${policy.Name}</button>`)}</div>` : nothing}
      ${this.opened(node.ID, () => html`<kms-organization-node .workspace=${this.workspace} .organization=${this.organization} .node=${node}
        .account=${this.organization.Management} .act=${this.acting.act}></kms-organization-node>`)}
      ${children.length ? html`<ul aria-label=${words.below(name)}>${children.map((child) => this.#node(child))}</ul>` : nothing}
    </li>`;
  }
}
