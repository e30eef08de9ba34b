package advise

import (
	"slices"
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/iam"
)

// Person is a principal that can send a request, and the shortest text that names it.
type Person struct {
	Ref       string // for Call.As
	Principal *iam.Principal
}

// People are those who can send a request: of each account, the world's own first, the users, a session of each role,
// the sessions that STS issued and that have not expired, and the root user.
func People(w *engine.World) []Person {
	people := []Person{}
	seen := map[string]bool{}
	for _, account := range Accounts(w) {
		for _, ref := range references(w, account) {
			p, err := w.IAM().Principal(ref, account)
			if err != nil || seen[p.ARN.String()] {
				continue
			}
			seen[p.ARN.String()] = true
			people = append(people, Person{reference(w, p), p})
		}
	}
	return people
}

// Accounts returns the accounts of a world, its own first, the others by number.
func Accounts(w *engine.World) []string {
	home := w.Options().Account
	others := slices.DeleteFunc(w.IAM().Accounts(), func(id string) bool { return id == home })
	return append([]string{home}, others...)
}

func references(w *engine.World, account string) []string {
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
	return append(refs, "root")
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
	case p.Kind == iam.Service:
		return p.Name
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
