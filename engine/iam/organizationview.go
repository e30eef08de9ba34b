package iam

import "slices"

// OrganizationPolicy is a service or resource control policy with the places where it is attached.
type OrganizationPolicy struct {
	Policy
	PolicyId          string
	Description       string
	AwsManaged        bool
	ManagementAccount string
	Targets           []OrganizationTarget
}

// OrganizationTarget is a root, an organizational unit or an account of an organization.
type OrganizationTarget struct {
	TargetId string
	Name     string
	Type     string // "ROOT", "ORGANIZATIONAL_UNIT", "ACCOUNT"
}

// OrganizationPolicies returns, for the organization that an account belongs to, its own policies in the order in which
// they were made, behind the AWS managed ones of the enabled types.
func (d *Directory) OrganizationPolicies(account string) []OrganizationPolicy {
	views := []OrganizationPolicy{}
	n := d.member(account)
	if n == nil {
		return views
	}
	o, found := d.organizations[n.organization], []*controlPolicy{}
	for _, t := range o.enabled {
		found = append(found, d.control(controlRules[t].managed))
	}
	for _, p := range slices.Concat(found, d.controlsOf(o, "")) {
		v := OrganizationPolicy{
			Policy: p.view(), PolicyId: p.id, Description: p.description, AwsManaged: p.awsManaged(),
			ManagementAccount: o.management, Targets: []OrganizationTarget{},
		}
		for _, at := range d.targetsOf(o, p) {
			v.Targets = append(v.Targets, OrganizationTarget{at.id, d.nodeName(at), string(at.kind)})
		}
		views = append(views, v)
	}
	return views
}

// nodeName is what people call a node.
func (d *Directory) nodeName(n *node) string {
	if n.kind == accountNode {
		return d.accountName(n.id)
	}
	return n.name
}
