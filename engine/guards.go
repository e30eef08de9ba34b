package engine

import (
	"strings"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// guards are the organization's policies that limit a request of caller for something that owner owns. Where no
// resource is asked about, resource control policies are those of the caller's account.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_authorization_policies.html
func (w *World) guards(caller *iam.Principal, owner string) authz.Guards {
	if owner == "" {
		owner = caller.Account
	}
	return authz.Guards{SCP: w.serviceControl(caller), RCP: w.resourceControl(caller, owner)}
}

// serviceControl limits the users, roles and root users of member accounts. A service in its own name has no account
// and no such limit.
func (w *World) serviceControl(caller *iam.Principal) *authz.Guard {
	switch {
	case !w.iam.ControlPoliciesEnabled(policy.ServiceControlPolicy, caller.Account):
		return nil
	case isServiceLinked(caller):
		return &authz.Guard{Exempt: "service control policies do not bind service-linked roles"}
	}
	levels, bound := w.controlLevels(policy.ServiceControlPolicy, caller.Account)
	if !bound {
		return &authz.Guard{Exempt: "service control policies do not bind the management account of the organization, " + caller.Account}
	}
	return &authz.Guard{Levels: levels}
}

// resourceControl limits what anybody may do with the resources of a member account, a service and the management
// account as callers too (recorded).
func (w *World) resourceControl(caller *iam.Principal, owner string) *authz.Guard {
	switch {
	case !w.iam.ControlPoliciesEnabled(policy.ResourceControlPolicy, owner):
		return nil
	case isServiceLinked(caller):
		return &authz.Guard{Exempt: "resource control policies do not bind service-linked roles"}
	}
	levels, bound := w.controlLevels(policy.ResourceControlPolicy, owner)
	if !bound {
		return &authz.Guard{Exempt: "resource control policies do not bind resources of the management account of the organization, " + owner}
	}
	return &authz.Guard{Levels: levels}
}

func (w *World) controlLevels(k policy.Kind, account string) ([]authz.Level, bool) {
	found, bound := w.iam.ControlPolicies(k, account)
	levels := make([]authz.Level, len(found))
	for i, l := range found {
		levels[i] = authz.Level{Name: l.Name, Policies: l.Policies}
	}
	return levels, bound
}

// isServiceLinked reports whether a service calls as a role that AWS made for it.
func isServiceLinked(p *iam.Principal) bool {
	return p.Kind == iam.AssumedRole && strings.HasPrefix(p.Issuer.Resource, "role/aws-service-role/")
}
