package browser

import (
	"kmsplayground/engine"
	"kmsplayground/engine/advise"
	"kmsplayground/engine/iam"
)

func accountViews(w *engine.World) []AccountView {
	views := []AccountView{}
	for _, id := range advise.Accounts(w) {
		a := AccountView{ID: id, Users: []MemberView{}, Groups: []MemberView{}, Roles: []MemberView{}}
		for _, u := range w.IAM().Users(id) {
			a.Users = append(a.Users, MemberView{
				Name: u.UserName, ARN: u.Arn, Policies: policyIDs(u.UserPolicyList, u.AttachedManagedPolicies),
				Groups: u.GroupList, Boundary: u.PermissionsBoundary, Tags: tagViews(u.Tags),
			})
		}
		for _, g := range w.IAM().Groups(id) {
			a.Groups = append(a.Groups, MemberView{
				Name: g.GroupName, ARN: g.Arn, Policies: policyIDs(g.GroupPolicyList, g.AttachedManagedPolicies),
				Groups: []string{}, Tags: []TagView{},
			})
		}
		for _, r := range w.IAM().Roles(id) {
			a.Roles = append(a.Roles, MemberView{
				Name: r.RoleName, ARN: r.Arn, Policies: policyIDs(r.RolePolicyList, r.AttachedManagedPolicies, r.AssumeRolePolicyDocument),
				Groups: []string{}, Boundary: r.PermissionsBoundary, Tags: tagViews(r.Tags),
			})
		}
		views = append(views, a)
	}
	return views
}

// policyIDs are the ids of inline, then attached, then further policies.
func policyIDs(inline []iam.Policy, attached []iam.AttachedPolicy, more ...iam.Policy) []string {
	ids := []string{}
	for _, p := range inline {
		ids = append(ids, p.ID)
	}
	for _, p := range attached {
		ids = append(ids, p.PolicyArn)
	}
	for _, p := range more {
		ids = append(ids, p.ID)
	}
	return ids
}

func tagViews(tags []iam.Tag) []TagView {
	views := []TagView{}
	for _, t := range tags {
		views = append(views, TagView(t))
	}
	return views
}

// principalViews are those who can send a request.
func principalViews(w *engine.World) []PrincipalView {
	views := []PrincipalView{}
	for _, p := range advise.People(w) {
		views = append(views, PrincipalView{
			Ref: p.Ref, Label: principalLabel(w, p.Principal.ARN), ARN: p.Principal.ARN.String(), Kind: string(p.Principal.Kind),
		})
	}
	return views
}
