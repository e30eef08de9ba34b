package authz

import (
	"encoding/json"
	"slices"
	"strings"

	"kmsplayground/engine/iam"
)

// A second evaluator, deliberately naive: it reads the policies' JSON with encoding/json, matches with regular
// expressions, and walks AWS's published rules from top to bottom. It shares no code with Decide.

// naiveAnswer is what it says: the decision, and the policy type that AWS's message names.
type naiveAnswer struct {
	decision Decision
	layer    string // "hidden" where the message hides the key
}

type naive struct {
	r       *Request
	context map[string]naiveValue
	account string
	home    bool
	service bool
	root    bool
}

type naiveValue struct {
	list         bool
	values       []string
	identityOnly bool
}

func naiveDecide(r *Request) naiveAnswer {
	n := naive{r: r, context: map[string]naiveValue{}, account: r.Principal.Account}
	for _, v := range r.Context.Values() {
		n.context[strings.ToLower(v.Key)] = naiveValue{v.Multi, v.Values, v.IdentityOnly}
	}
	n.service, n.root = r.Principal.Kind == iam.Service, r.Principal.Kind == iam.Root
	n.home = r.Owner == "" || r.Owner == n.account || n.service
	return n.decide()
}

func (n *naive) decide() naiveAnswer {
	p := n.r.Principal
	scp, rcp, vpce := n.guard(n.r.Guards.SCP, false), n.guard(n.r.Guards.RCP, false), n.guard(n.r.Guards.VPCEndpoint, true)
	var key naiveSays
	if n.r.KeyPolicy != nil {
		key = n.ask(n.r.KeyPolicy.Document.Text.String(), true, false)
	}
	identity, boundary, session := n.askAll(p.Identity), naiveSays{allow: true}, naiveSays{allow: true}
	if p.Boundary != nil {
		boundary = n.askAll([]iam.Policy{*p.Boundary})
	}
	if p.HasSessionPolicy {
		session = n.askAll(p.Session)
	} else if p.Kind == iam.FederatedUser {
		session = naiveSays{}
	}
	for _, layer := range []struct {
		name string
		deny bool
	}{{"resource control policy", rcp.deny}, {"service control policy", scp.deny}, {"VPC endpoint policy", vpce.deny},
		{"resource-based policy", key.deny}, {"identity-based policy", identity.deny}, {"permissions boundary", boundary.deny}, {"session policy", session.deny}} {
		if layer.deny {
			if !n.home && layer.name == "resource-based policy" {
				return naiveAnswer{ExplicitDeny, "hidden"}
			}
			return naiveAnswer{ExplicitDeny, layer.name}
		}
	}
	switch {
	case !rcp.allow:
		return naiveAnswer{ImplicitDeny, "resource control policy"}
	case !scp.allow:
		return naiveAnswer{ImplicitDeny, "service control policy"}
	case !vpce.allow:
		return naiveAnswer{ImplicitDeny, "VPC endpoint policy"}
	}
	has := map[string]bool{"identity-based policy": identity.allow || n.root || n.service, "permissions boundary": boundary.allow, "session policy": session.allow}
	ways := n.ways(key)
	best, answer := -1, naiveAnswer{ImplicitDeny, "resource-based policy"}
	if !n.home {
		answer.layer = "hidden"
	} else if n.r.KeyPolicy == nil {
		answer.layer = "identity-based policy"
	}
	for _, way := range ways {
		i := 0
		for i < len(way.needs) && has[way.needs[i]] {
			i++
		}
		if i == len(way.needs) {
			return naiveAnswer{Allow, ""}
		}
		if passed := i + way.start; passed > best {
			best, answer = passed, naiveAnswer{ImplicitDeny, way.needs[i]}
		}
	}
	return answer
}

// naiveWay is one way in: what it needs besides the key policy statement or grant that opens it. start is 1 when
// something opened it.
type naiveWay struct {
	start int
	needs []string
}

func (n *naive) ways(key naiveSays) []naiveWay {
	const id, bound, sess = "identity-based policy", "permissions boundary", "session policy"
	if n.r.KeyPolicy == nil {
		if n.root {
			return []naiveWay{{}}
		}
		if n.service {
			return nil
		}
		return []naiveWay{{0, []string{id, bound, sess}}}
	}
	if !n.home && !n.r.CrossAccount {
		return nil
	}
	var ways []naiveWay
	for _, g := range n.r.Grants {
		if !n.granted(g) {
			continue
		}
		role := n.r.Principal.Kind == iam.AssumedRole && g.GranteeID == strings.Split(n.r.Principal.ID, ":")[0]
		trusted := n.home || g.IssuingAccount == n.account
		switch {
		case !n.service && g.GranteeID == n.account && n.root:
			ways = append(ways, naiveWay{1, nil})
		case !n.service && g.GranteeID == n.account:
			ways = append(ways, naiveWay{1, []string{id, bound, sess}})
		case trusted && !role:
			ways = append(ways, naiveWay{1, nil})
		case trusted:
			ways = append(ways, naiveWay{1, []string{bound, sess}})
		case role:
			ways = append(ways, naiveWay{1, []string{bound, sess, id}})
		default:
			ways = append(ways, naiveWay{1, []string{id, bound, sess}})
		}
	}
	if !n.home && (key.direct || key.limited || key.account) {
		return append(ways, naiveWay{1, []string{id, bound, sess}})
	}
	if key.direct {
		ways = append(ways, naiveWay{1, nil})
	}
	if key.limited {
		ways = append(ways, naiveWay{1, []string{bound, sess}})
	}
	if key.account && n.root {
		ways = append(ways, naiveWay{1, nil})
	} else if key.account {
		ways = append(ways, naiveWay{1, []string{id, bound, sess}})
	}
	return ways
}

func (n *naive) granted(g *Grant) bool {
	if !slices.Contains(g.Operations, n.r.Operation) {
		return false
	}
	known := !g.VisibleAt.After(n.r.Now) || slices.Contains(n.r.GrantTokens, g.ID)
	if over := !g.EndsAt.IsZero() && !g.EndsAt.After(n.r.Now); !known || over {
		return false
	}
	if source := n.context["aws:sourcearn"]; n.service && g.SourceArn != "" && n.r.Operation != "RetireGrant" && !slices.Equal(source.values, []string{g.SourceArn}) {
		return false
	}
	contains := func(have, want map[string]string) bool {
		for k, v := range want {
			found := false
			for hk, hv := range have {
				found = found || strings.EqualFold(hk, k) && hv == v
			}
			if !found {
				return false
			}
		}
		return true
	}
	switch n.r.Operation {
	case "DescribeKey", "RetireGrant":
		return true
	case "CreateGrant":
		c := n.r.Child
		if c == nil {
			return true
		}
		for _, o := range c.Operations {
			if !slices.Contains(g.Operations, o) {
				return false
			}
		}
		if g.SourceArn != "" && c.SourceArn != g.SourceArn {
			return false
		}
		if g.ConstraintEquals != nil {
			return len(c.ConstraintEquals) == len(g.ConstraintEquals) && contains(c.ConstraintEquals, g.ConstraintEquals)
		}
		return g.ConstraintSubset == nil || contains(c.ConstraintEquals, g.ConstraintSubset) || contains(c.ConstraintSubset, g.ConstraintSubset)
	}
	have := n.r.EncryptionContext
	if g.ConstraintEquals != nil && (len(have) != len(g.ConstraintEquals) || !contains(have, g.ConstraintEquals)) {
		return false
	}
	return g.ConstraintSubset == nil || contains(have, g.ConstraintSubset)
}

// naiveSays is what one or more policies say. direct, limited and account are how the allows of a resource-based
// policy name the caller.
type naiveSays struct{ allow, deny, direct, limited, account bool }

func (n *naive) guard(g *Guard, principals bool) naiveSays {
	all := naiveSays{allow: true}
	if g == nil || g.Exempt != "" {
		return all
	}
	for _, level := range g.Levels {
		said := naiveSays{}
		for _, p := range level.Policies {
			s := n.ask(p.Document.Text.String(), false, principals)
			said.allow, said.deny = said.allow || s.allow, said.deny || s.deny
		}
		all.allow, all.deny = all.allow && said.allow, all.deny || said.deny
	}
	return all
}

func (n *naive) askAll(policies []iam.Policy) naiveSays {
	var all naiveSays
	for _, p := range policies {
		s := n.ask(p.Document.Text.String(), false, false)
		all.allow, all.deny = all.allow || s.allow, all.deny || s.deny
	}
	return all
}

func (n *naive) ask(text string, keyPolicy, principals bool) naiveSays {
	var doc struct {
		Version   string
		Statement []map[string]any
	}
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		panic(err)
	}
	var said naiveSays
	for _, s := range doc.Statement {
		direct, limited, account := true, false, false
		if keyPolicy || principals {
			direct, limited, account = n.names(s)
			if !direct && !limited && !account {
				continue
			}
		}
		if !n.covers(s, "Action", n.r.Action, true) || !n.covers(s, "Resource", n.r.Resource, false) {
			continue
		}
		holds := n.holds(s, keyPolicy, s["Effect"] == "Deny")
		if holds && s["Effect"] == "Deny" {
			said.deny = true
		}
		if holds && s["Effect"] == "Allow" {
			said.allow = true
			said.direct, said.limited, said.account = said.direct || direct, said.limited || limited, said.account || account
		}
	}
	return said
}

// names reads Principal and NotPrincipal.
func (n *naive) names(s map[string]any) (direct, limited, account bool) {
	p := n.r.Principal
	each := func(element any) (direct, limited, account bool) {
		if element == "*" {
			return true, false, false
		}
		m, _ := element.(map[string]any)
		for kind, values := range m {
			for _, v := range strs(values) {
				switch {
				case kind == "Service":
					direct = direct || n.service && v == p.Name
				case v == "*":
					direct = true
				case n.service:
				case v == n.account, v == "arn:aws:iam::"+n.account+":root":
					account = true
				case v == p.ARN.String():
					direct = true
				case p.Kind == iam.AssumedRole && v == p.Issuer.String(), p.Kind == iam.FederatedUser && v == p.FederatingUser.String():
					limited = true
				}
			}
		}
		return direct, limited, account
	}
	if not, ok := s["NotPrincipal"]; ok {
		d, l, a := each(not)
		spared := d && (l || p.Kind != iam.AssumedRole) || n.root && a
		return !spared, false, false
	}
	d, l, a := each(s["Principal"])
	// the strongest way in which one statement names the caller is the one that counts
	switch {
	case d:
		return true, false, false
	case l:
		return false, true, false
	}
	return false, false, a
}

func (n *naive) covers(s map[string]any, element, text string, fold bool) bool {
	match := func(list any) bool {
		for _, pattern := range strs(list) {
			pattern, _ = n.expand(pattern, false)
			if fold {
				pattern, text = strings.ToLower(pattern), strings.ToLower(text)
			}
			if glob(pattern, text) {
				return true
			}
		}
		return false
	}
	if not, ok := s["Not"+element]; ok {
		return !match(not)
	}
	return match(s[element])
}
