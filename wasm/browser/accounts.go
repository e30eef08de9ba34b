package main

import (
	"slices"
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/iam"
)

// accounts returns the accounts of a world, its own first, the others by number.
func accounts(w *engine.World) []string {
	home := w.Options().Account
	others := slices.DeleteFunc(w.IAM().Accounts(), func(id string) bool { return id == home })
	return append([]string{home}, others...)
}

func accountViews(w *engine.World) []AccountView {
	views := []AccountView{}
	for _, id := range accounts(w) {
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

// principalViews are those who can send a request: of each account the users, a session of each role, the sessions
// that STS issued and that have not expired, and the root user.
func principalViews(w *engine.World) []PrincipalView {
	views := []PrincipalView{}
	for _, id := range accounts(w) {
		for _, p := range principalsOf(w, id) {
			if !slices.ContainsFunc(views, func(v PrincipalView) bool { return v.ARN == p.ARN }) {
				views = append(views, p)
			}
		}
	}
	return views
}

func principalsOf(w *engine.World, account string) []PrincipalView {
	refs := []string{}
	for _, u := range w.IAM().Users(account) {
		refs = append(refs, "user/"+u.UserName)
	}
	for _, r := range w.IAM().Roles(account) {
		refs = append(refs, "role/"+r.RoleName)
	}
	for _, s := range w.IAM().Sessions(account) {
		if ref := sessionRef(s, w.Now()); ref != "" {
			refs = append(refs, ref)
		}
	}
	views := []PrincipalView{}
	for _, ref := range append(refs, "root") {
		if p, err := w.IAM().Principal(ref, account); err == nil {
			views = append(views, PrincipalView{
				Ref: reference(w, p), Label: principalLabel(w, p.ARN), ARN: p.ARN.String(), Kind: string(p.Kind),
			})
		}
	}
	return views
}

// sessionRef names a session that STS issued; empty when it has expired or is a user's own (GetSessionToken), who is
// listed anyway.
func sessionRef(s iam.Session, now time.Time) string {
	p := s.Principal
	switch {
	case !now.Before(s.Expiration):
		return ""
	case p.Kind == iam.AssumedRole:
		return "role/" + p.Name + "/" + p.SessionName
	case p.Kind == iam.FederatedUser:
		return p.ARN.Resource
	}
	return ""
}

// reference is the shortest text by which the engine finds p in the world of w, as people write it in documents.
func reference(w *engine.World, p *iam.Principal) string {
	home := w.Options().Account
	short := p.ARN.Resource
	switch {
	case p.Kind == iam.User:
		short = "user/" + p.Name
		if p.Account == home && p.Name != "root" {
			return p.Name // bare names are users first
		}
	case p.Kind == iam.AssumedRole && p.SessionName == iam.DefaultSessionName:
		short = "role/" + p.Name
	case p.Kind == iam.AssumedRole:
		short = "role/" + p.Name + "/" + p.SessionName
	case p.Kind == iam.Root:
		return p.Account + ":root"
	}
	if p.Account == home {
		return short
	}
	return p.Account + ":" + short
}
