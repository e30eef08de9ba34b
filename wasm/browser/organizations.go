package browser

import "kmsplayground/engine"

// OrganizationView is an organization of the world.
type OrganizationView struct {
	ID         string
	Management string     // account
	Enabled    []string   // policy types: "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"
	Nodes      []NodeView // parents first
}

// NodeView is a root, an organizational unit or an account of an organization.
type NodeView struct {
	ID       string
	Parent   string // empty for the root
	Type     string // "ROOT", "ORGANIZATIONAL_UNIT", "ACCOUNT"
	Name     string
	Policies []ControlView // attached to it
}

// ControlView is a service or resource control policy.
type ControlView struct {
	ID   string // PolicyView.ID
	Name string
	Kind string // policy.Kind
}

func organizationViews(w *engine.World) []OrganizationView {
	views := []OrganizationView{}
	for _, o := range w.IAM().Organizations() {
		v := OrganizationView{ID: o.ID, Management: o.ManagementAccount, Enabled: o.Enabled, Nodes: []NodeView{}}
		for _, n := range o.Nodes {
			node := NodeView{ID: n.ID, Parent: n.Parent, Type: n.Type, Name: n.Name, Policies: []ControlView{}}
			for _, p := range n.Policies {
				node.Policies = append(node.Policies, ControlView{p.ID, p.Name, string(p.Kind)})
			}
			v.Nodes = append(v.Nodes, node)
		}
		views = append(views, v)
	}
	return views
}
