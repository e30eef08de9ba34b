package kms

import (
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// OrganizationContext adds the condition keys that follow from the organizations of the caller, of the account that
// owns the resource, empty for none, and of the one that owns the resource for which a service calls. Outside an
// organization they are absent.
func OrganizationContext(ctx *condition.Context, d *iam.Directory, p *iam.Principal, owner string, env Environment) {
	f := filler{ctx: ctx, values: make([]string, 0, 3)}
	f.organization(d, p, owner, env)
}

func (f *filler) organization(d *iam.Directory, p *iam.Principal, owner string, env Environment) {
	if o, ok := d.OrganizationOf(env.sourceAccount()); ok && p.Kind == iam.Service {
		f.set("aws:SourceOrgID", o.ID)
		f.setList("aws:SourceOrgPaths", o.Paths)
	}
	if o, ok := d.OrganizationOf(p.Account); ok {
		f.set("aws:PrincipalOrgID", o.ID)
		f.setList("aws:PrincipalOrgPaths", o.Paths)
	}
	if o, ok := d.OrganizationOf(owner); ok {
		f.set("aws:ResourceOrgID", o.ID)
		f.setList("aws:ResourceOrgPaths", o.Paths)
	}
}
