package iam

import (
	"slices"
	"strings"
)

// OrganizationTree is an organization as a tree. Its nodes stand parents first, in the order in which they came.
type OrganizationTree struct {
	ID                string // "o-…"
	ManagementAccount string
	Enabled           []string // policy types: "SERVICE_CONTROL_POLICY", …
	Nodes             []OrganizationNode
}

// OrganizationNode is a root, an organizational unit or an account.
type OrganizationNode struct {
	ID       string // "r-…", "ou-…", or the account's
	Parent   string // empty for the root
	Type     string // "ROOT", "ORGANIZATIONAL_UNIT", "ACCOUNT"
	Name     string
	Policies []OrganizationPolicy // attached to the node itself, without their Targets
}

// Organizations returns all organizations, by id.
func (d *Directory) Organizations() []OrganizationTree {
	trees := make([]OrganizationTree, 0, len(d.organizations))
	for _, o := range d.organizations {
		tree := OrganizationTree{ID: o.id, ManagementAccount: o.management, Enabled: []string{}, Nodes: []OrganizationNode{}}
		for _, t := range o.enabled {
			tree.Enabled = append(tree.Enabled, string(t))
		}
		for _, n := range d.nodesOf(o, func(n *node) bool { return n.kind == rootNode }) {
			d.addNodes(o, n, &tree)
		}
		trees = append(trees, tree)
	}
	slices.SortFunc(trees, func(a, b OrganizationTree) int { return strings.Compare(a.ID, b.ID) })
	return trees
}

// addNodes adds a node and all that is below it, units before accounts.
func (d *Directory) addNodes(o *organization, n *node, tree *OrganizationTree) {
	view := OrganizationNode{ID: n.id, Parent: n.parent, Type: string(n.kind), Name: d.nodeName(n), Policies: []OrganizationPolicy{}}
	for _, t := range o.enabled {
		for _, p := range d.attachedTo(n, t) {
			view.Policies = append(view.Policies, OrganizationPolicy{
				Policy: p.view(), PolicyId: p.id, Description: p.description, AwsManaged: p.awsManaged(), ManagementAccount: o.management,
				Targets: []OrganizationTarget{},
			})
		}
	}
	tree.Nodes = append(tree.Nodes, view)
	for _, below := range slices.Concat(d.children(o, n.id, unitNode), d.children(o, n.id, accountNode)) {
		d.addNodes(o, below, tree)
	}
}
