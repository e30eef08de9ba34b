package scenario

import (
	"encoding/json"
	"strings"
	"testing"

	"kmsplayground/engine"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
)

// TestDecisionsFollowFromTrees holds that for every check of every story, the decision is what the explanation's tree
// implies by AWS's published rules. The tree is read from its JSON, as the page reads it.
func TestDecisionsFollowFromTrees(t *testing.T) {
	checks := 0
	for _, path := range documents(t) {
		s := open(document(t, path))
		for _, record := range s.Calls() {
			for _, x := range everyCheck(record.Answer) {
				raw, err := json.Marshal(x)
				if err != nil {
					t.Fatal(err)
				}
				var read tree
				if err := json.Unmarshal(raw, &read.Explanation); err != nil {
					t.Fatal(err)
				}
				if got := read.implies(); got != x.Decision {
					t.Errorf("%s: %s\nthe tree implies %q, the decision is %q: %s", path, record.Command, got, x.Decision, x.Reason)
				}
				if len(x.Needed) == 0 && x.Decision == authz.ImplicitDeny {
					t.Errorf("%s: %s\nthe denial does not say what would have been needed", path, record.Command)
				}
				if x.Decision != authz.Allow && !strings.HasPrefix(x.Message, "User: "+x.Principal+" is not authorized to perform: "+x.Action) {
					t.Errorf("%s: %s\nthe denial's message is %q", path, record.Command, x.Message)
				}
				checks++
			}
		}
	}
	t.Logf("%d checks", checks)
}

// everyCheck is the checks of a call and of the calls beneath it.
func everyCheck(a engine.Answer) []authz.Explanation {
	all := a.Checks
	for _, b := range a.Beneath {
		all = append(all[:len(all):len(all)], b.Answer.Checks...)
	}
	return all
}

type tree struct{ authz.Explanation }

func (t *tree) layer(kind authz.LayerType) authz.Layer {
	for _, l := range t.Layers {
		if l.Type == kind {
			return l
		}
	}
	return authz.Layer{}
}

// says reports whether a statement of a layer applies with an effect, naming the caller in one of the relations (any
// when none is given).
func (t *tree) says(kind authz.LayerType, effect string, relations ...authz.Relation) bool {
	for _, p := range t.layer(kind).Policies {
		for _, s := range p.Statements {
			named := len(relations) == 0
			for _, r := range relations {
				named = named || r == s.Relation
			}
			if s.Applies && s.Effect == effect && named {
				return true
			}
		}
	}
	return false
}

func accountOf(arn string) string {
	if part := strings.Split(arn, ":"); len(part) > 4 {
		return part[4]
	}
	return ""
}

func (t *tree) implies() authz.Decision {
	for _, l := range t.Layers {
		if t.says(l.Type, "Deny") {
			return authz.ExplicitDeny
		}
	}
	if !t.withinGuards() {
		return authz.ImplicitDeny
	}
	caller, owner := accountOf(t.Principal), accountOf(t.Resource)
	service, root := caller == "", strings.HasSuffix(t.Principal, ":root")
	session := len(t.layer(authz.SessionPolicy).Policies) == 0 && !strings.Contains(t.Principal, ":federated-user/") || t.says(authz.SessionPolicy, "Allow")
	boundary := len(t.layer(authz.PermissionsBoundary).Policies) == 0 || t.says(authz.PermissionsBoundary, "Allow")
	identity, limits := root || service || t.says(authz.IdentityPolicy, "Allow"), session && boundary
	home := owner == "" || owner == caller || service
	allow := false
	switch action, _ := catalog.LookupAction(t.Action); {
	case t.layer(authz.KeyPolicy).Type == "" && t.Action == "kms:RetireGrant":
		return t.retires()
	case t.layer(authz.KeyPolicy).Type == "":
		allow = root || !service && identity && limits
	case !home && !action.CrossAccount && strings.HasPrefix(t.Action, "kms:"):
		return authz.ImplicitDeny
	case home:
		allow = t.says(authz.KeyPolicy, "Allow", authz.Self, authz.Everyone) ||
			t.says(authz.KeyPolicy, "Allow", authz.Role, authz.FederatingUser) && limits ||
			t.says(authz.KeyPolicy, "Allow", authz.Account) && (root || identity && limits)
	default:
		allow = t.says(authz.KeyPolicy, "Allow") && identity && limits
	}
	for _, g := range t.layer(authz.Grants).Grants {
		toRole := strings.Contains(g.Grantee, ":role/")
		trusted := home || g.IssuingAccount == caller
		allow = allow || g.Allows && (trusted && (!toRole || limits) || identity && limits)
	}
	if allow {
		return authz.Allow
	}
	return authz.ImplicitDeny
}

// withinGuards reports whether every level of the organization's policies allows, where they bind the caller.
func (t *tree) withinGuards() bool {
	for _, kind := range []authz.LayerType{authz.ServiceControlPolicy, authz.ResourceControlPolicy, authz.VPCEndpointPolicy} {
		levels := map[string]bool{}
		for _, p := range t.layer(kind).Policies {
			for _, s := range p.Statements {
				levels[p.Level] = levels[p.Level] || s.Applies && s.Effect == "Allow"
			}
		}
		for _, allows := range levels {
			if !allows {
				return false
			}
		}
	}
	return true
}

// retires reads RetireGrant's own rules: the grant gives the caller a role, and every policy type that this role needs
// allows.
func (t *tree) retires() authz.Decision {
	for _, l := range t.Layers {
		if l.Verdict == authz.NoAllow {
			return authz.ImplicitDeny
		}
	}
	return authz.Allow
}
