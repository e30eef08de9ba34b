package kms

import (
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// OrganizationContext adds the condition keys that follow from the organizations of the caller, of the account that
// owns the resource, empty for none, and of the one that owns the resource for which a service calls. Outside an
// organization they are absent.
func OrganizationContext(ctx *condition.Context, d *iam.Directory, p *iam.Principal, owner string, env Environment) {
	for _, v := range organizationConditions(d, p, owner, env) {
		ctx.Set(v)
	}
}

func organizationConditions(d *iam.Directory, p *iam.Principal, owner string, env Environment) []condition.Value {
	var values []condition.Value
	add := func(id, paths, account string) {
		if o, ok := d.OrganizationOf(account); ok {
			values = append(values, condition.Value{Key: id, Values: []string{o.ID}}, condition.Value{Key: paths, Multi: true, Values: o.Paths})
		}
	}
	if p.Kind == iam.Service {
		add("aws:SourceOrgID", "aws:SourceOrgPaths", env.sourceAccount())
	}
	add("aws:PrincipalOrgID", "aws:PrincipalOrgPaths", p.Account)
	add("aws:ResourceOrgID", "aws:ResourceOrgPaths", owner)
	return values
}
