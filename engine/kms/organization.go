package kms

import (
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// OrganizationContext adds the condition keys that follow from the organizations of the caller and of the account that
// owns the resource, empty for none. Outside an organization they are absent.
func OrganizationContext(ctx *condition.Context, d *iam.Directory, p *iam.Principal, owner string) {
	f := filler{ctx: ctx, values: make([]string, 0, 2)}
	f.organization(d, p, owner)
}

func (f *filler) organization(d *iam.Directory, p *iam.Principal, owner string) {
	if o, ok := d.OrganizationOf(p.Account); ok {
		f.set("aws:PrincipalOrgID", o.ID)
		f.setList("aws:PrincipalOrgPaths", o.Paths)
	}
	if o, ok := d.OrganizationOf(owner); ok {
		f.set("aws:ResourceOrgID", o.ID)
		f.setList("aws:ResourceOrgPaths", o.Paths)
	}
}
