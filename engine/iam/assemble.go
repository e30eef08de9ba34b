package iam

import (
	"slices"

	"kmsplayground/engine/policy"
)

func (d *Directory) root(account string) *Principal {
	a := iamARN(account, "root")
	return &Principal{Kind: Root, ARN: a, Issuer: a, Account: account, ID: account, Name: "root", Tags: []Tag{}, Identity: []Policy{}}
}

func service(name string) *Principal {
	return &Principal{Kind: Service, Name: name, ID: name, Tags: []Tag{}, Identity: []Policy{}}
}

// user assembles a user: its own policies first, then those of its groups.
func (d *Directory) user(e *entity) *Principal {
	p := d.assemble(e)
	p.Kind = User
	p.ARN = e.arn()
	p.Issuer = p.ARN
	p.ID = e.id
	for _, g := range d.groupsOf(e) {
		p.Identity = d.appendPolicies(p.Identity, g)
	}
	for _, k := range d.keysOf(e) {
		if !k.inactive && p.AccessKeyID == "" {
			p.AccessKeyID = k.accessKeyID
		}
	}
	return p
}

// session is the newest session of a role and session name, or a plain one.
func (d *Directory) session(e *entity, name string) *Principal {
	if c := d.latest(stsARN(e.account, "assumed-role/"+e.name+"/"+name)); c != nil {
		return d.holder(c)
	}
	return d.roleSession(e, name)
}

// roleSession assembles a plain session of a role. Its ARN never carries the role's path.
func (d *Directory) roleSession(e *entity, name string) *Principal {
	p := d.assemble(e)
	p.Kind = AssumedRole
	p.ARN = stsARN(e.account, "assumed-role/"+e.name+"/"+name)
	p.Issuer = e.arn()
	p.ID = e.id + ":" + name
	p.SessionName = name
	return p
}

func (d *Directory) assemble(e *entity) *Principal {
	p := &Principal{
		Account: e.account, Name: e.name, Tags: append([]Tag{}, e.tags...), Identity: d.appendPolicies([]Policy{}, e),
	}
	if e.boundary != "" {
		boundary := d.policies[e.boundary].view(policy.PermissionsBoundary)
		p.Boundary = &boundary
	}
	return p
}

// appendPolicies adds the policies of an entity, inline ones first. One that is there already is not repeated.
func (d *Directory) appendPolicies(list []Policy, e *entity) []Policy {
	for _, in := range e.inline {
		list = append(list, in.view(e))
	}
	for _, name := range e.attached {
		view := d.policies[name].view(policy.IdentityPolicy)
		if !slices.ContainsFunc(list, func(p Policy) bool { return p.ID == view.ID }) {
			list = append(list, view)
		}
	}
	return list
}

func (in inlinePolicy) view(e *entity) Policy {
	return Policy{ID: e.policyID(in.name), Name: in.name, Kind: policy.IdentityPolicy, Document: in.document}
}

// view is the default version of a managed policy, used as k.
func (p *managedPolicy) view(k policy.Kind) Policy {
	return Policy{ID: p.arn(), Name: p.name, ARN: p.arn(), Kind: k, Document: p.inForce().document}
}

// trustPolicyOf is a role's trust policy as the resource-based policy of a check.
func trustPolicyOf(e *entity) *Policy {
	return &Policy{
		ID: e.account + "/role/" + e.name + "/trust", Name: "trust policy of " + e.name, Kind: policy.TrustPolicy,
		Document: e.trust.document,
	}
}
