package authz

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"kmsplayground/engine/iam"
)

// implied derives the decision from nothing but the tree (after a round trip through JSON) and who asked for what.
// It is written from the published rules and shares no code with Decide.
func implied(x *Explanation, r *Request) Decision {
	raw, err := json.Marshal(x)
	if err != nil {
		panic(err)
	}
	var tree Explanation
	if err := json.Unmarshal(raw, &tree); err != nil {
		panic(err)
	}
	says := func(t LayerType, effect string, relations ...Relation) bool {
		for _, l := range tree.Layers {
			for _, p := range l.Policies {
				for _, s := range p.Statements {
					if l.Type != t || !s.Applies || s.Effect != effect {
						continue
					}
					for _, relation := range relations {
						if s.Relation == relation {
							return true
						}
					}
					if len(relations) == 0 {
						return true
					}
				}
			}
		}
		return false
	}
	for _, t := range []LayerType{ServiceControlPolicy, ResourceControlPolicy, VPCEndpointPolicy, KeyPolicy, IdentityPolicy, PermissionsBoundary, SessionPolicy} {
		if says(t, "Deny") {
			return ExplicitDeny
		}
	}
	for t, g := range map[LayerType]*Guard{ServiceControlPolicy: r.Guards.SCP, ResourceControlPolicy: r.Guards.RCP, VPCEndpointPolicy: r.Guards.VPCEndpoint} {
		if g == nil || g.Exempt != "" {
			continue
		}
		for _, level := range g.Levels {
			if !allowsAt(&tree, t, level.Name) {
				return ImplicitDeny
			}
		}
	}
	p := r.Principal
	root, service := p.Kind == iam.Root, p.Kind == iam.Service
	identity := root || service || says(IdentityPolicy, "Allow")
	boundary := p.Boundary == nil || says(PermissionsBoundary, "Allow")
	session := !p.HasSessionPolicy && p.Kind != iam.FederatedUser || says(SessionPolicy, "Allow")
	limits := boundary && session
	allow := false
	switch home := r.Owner == "" || p.Account == r.Owner || service; {
	case r.KeyPolicy == nil:
		allow = root || !service && identity && limits
	case !home && !r.CrossAccount:
		return ImplicitDeny
	case home:
		allow = says(KeyPolicy, "Allow", Self, Everyone) || says(KeyPolicy, "Allow", Role, FederatingUser) && limits ||
			says(KeyPolicy, "Allow", Account) && (root || identity && limits)
	default:
		allow = says(KeyPolicy, "Allow") && identity && limits
	}
	for _, l := range tree.Layers {
		for i, g := range l.Grants {
			if !g.Allows {
				continue
			}
			toAccount := r.Grants[i].GranteeID == p.Account && !service
			trusted := p.Account == r.Owner || service || r.Grants[i].IssuingAccount == p.Account
			toRole := p.Kind == iam.AssumedRole && !strings.Contains(r.Grants[i].GranteeID, ":")
			switch {
			case toAccount:
				allow = allow || root || identity && limits
			case trusted:
				allow = allow || !toRole || limits
			default:
				allow = allow || identity && limits
			}
		}
	}
	if allow {
		return Allow
	}
	return ImplicitDeny
}

// allowsAt reports whether an Allow statement applies at a level of the organization.
func allowsAt(tree *Explanation, t LayerType, level string) bool {
	for _, l := range tree.Layers {
		for _, p := range l.Policies {
			for _, s := range p.Statements {
				if l.Type == t && p.Level == level && s.Applies && s.Effect == "Allow" {
					return true
				}
			}
		}
	}
	return false
}

// randomWorld draws rows of the language of testdata/decisions.txt, from few words so that they meet often.
type randomWorld struct{ *rand.Rand }

func (w randomWorld) pick(words ...string) string { return words[w.IntN(len(words))] }

var (
	callers = []string{"user/alice", "user/bob", "role/app/s1", "role/app/s2", "fed/carol", "root", "service/cloudtrail.amazonaws.com",
		"B user/x", "B role/r/s1", "B role/r/s1", "B root"}
	named = []string{"*", "*", "account", "account", "account", "account", "account:B", "account:B", "account:B", "user/alice", "role/app", "role/app/s1", "fed/carol", "user/fedder", "B:user/x",
		"B:role/r", "service/cloudtrail.amazonaws.com", "!user/alice", "!role/app", "none"}
	tests = []string{"", "", "", " if StringEquals kms:CallerAccount 111122223333", " if StringNotEquals kms:CallerAccount 111122223333",
		" if StringEquals kms:ViaService s3.us-east-1.amazonaws.com", " if StringNotEqualsIfExists kms:ViaService x", " if Null aws:SourceIp true"}
)

func (w randomWorld) statement(key bool, effect string) string {
	s := effect
	if key {
		s += " " + w.pick(named...)
	}
	return s + " " + w.pick("*", "*", "kms:*", "kms:*", "kms:*", "kms:Encrypt", "kms:De*", "s3:*", "s3:*") + w.pick(tests...)
}

func (w randomWorld) statements(key bool) []string {
	list := make([]string, 1+w.IntN(3))
	for i := range list {
		list[i] = w.statement(key, w.pick("allow", "allow", "allow", "allow", "deny"))
	}
	return list
}

func (w randomWorld) row() row {
	r := row{"caller": {w.pick(callers...)}, "action": {w.pick("Encrypt", "Decrypt", "DescribeKey", "CreateGrant", "DisableKey")}}
	if w.IntN(14) > 0 {
		r["key"] = w.statements(true)
	}
	attachable := !strings.HasSuffix(r.one("caller"), "root") && !strings.HasPrefix(r.one("caller"), "service")
	for i, layer := range []string{"identity", "boundary", "session"} {
		if chance := w.IntN(100); attachable && chance < []int{80, 40, 35}[i] {
			r[layer] = w.statements(false)
		}
	}
	for _, layer := range []string{"scp", "rcp", "vpce"} {
		if w.IntN(10) == 0 && !strings.HasPrefix(r.one("caller"), "service") {
			r[layer] = w.guard(layer)
		}
	}
	if w.IntN(2) == 0 {
		r["context"] = []string{w.pick("Department=IT", "Department=HR", "Department=IT,Project=X")}
	}
	grantee := w.grantee(r.one("caller"))
	if w.IntN(2) == 0 && grantee != "" && r["key"] != nil {
		r["grant"] = []string{"to " + grantee + " by " + w.pick("A", "B") + " ops " + w.pick("Decrypt", "Encrypt", "CreateGrant,Decrypt", "DescribeKey") +
			w.pick("", "", " subset Department=IT", " equals Department=IT") +
			w.pick("", "", " source arn:aws:s3:::a", " source arn:aws:s3:::b") +
			w.pick("", "", "", "", " visible 10s", " visible 0s", " ends 10s", " ends 0s", " visible 10s ends 20s")}
		if w.IntN(3) == 0 {
			r["token"] = []string{w.pick("grant-0", "grant-1")}
		}
		r["child"] = []string{"to user/dan by A ops " + w.pick("Decrypt", "Encrypt", "Decrypt subset Department=IT", "Decrypt source arn:aws:s3:::a")}
	}
	return r
}

// guard draws two levels of SCPs or RCPs, or an endpoint policy.
func (w randomWorld) guard(layer string) []string {
	key := layer == "vpce"
	list := []string{"Root: " + w.statement(key, w.pick("allow", "deny"))}
	if !key && w.IntN(2) == 0 {
		list = append(list, "ou-a: "+w.statement(key, "allow"))
	}
	if w.IntN(10) == 0 {
		list = append(list, "exempt for a test")
	}
	return list
}

// grantee names the caller, the role of its session, or its account, as a grant does.
func (w randomWorld) grantee(caller string) string {
	account, name := "", caller
	if rest, ok := strings.CutPrefix(caller, "B "); ok {
		account, name = "B:", rest
	}
	part := strings.Split(name, "/")
	switch {
	case part[0] == "service":
		return name
	case part[0] == "root", w.IntN(8) == 0:
		return account + "root"
	case part[0] == "role" && w.IntN(2) == 0:
		return account + "role/" + part[1]
	}
	return account + name
}

// rank orders decisions by how much they allow.
func rank(d Decision) int {
	if d == Allow {
		return 1
	}
	return 0
}

// TestProperties holds for generated requests: the decision is what the tree implies, adding a Deny never allows more,
// adding an Allow never allows less, and the order of statements does not matter.
func TestProperties(t *testing.T) {
	const count, seed = 100_000, 20260101
	w := randomWorld{rand.New(rand.NewPCG(seed, 0))}
	decisions := map[Decision]int{}
	for i := range count {
		r := w.row()
		q := r.request(t)
		x := Decide(q)
		decisions[x.Decision]++
		if got := implied(&x, q); got != x.Decision {
			t.Fatalf("request %d of seed %d: the tree implies %q, the decision is %q\n%v", i, seed, got, x.Decision, r)
		}
		if (x.Message == "") != (x.Decision == Allow) || x.Reason == "" || len(x.Deciding) == 0 && explainable(q, &x) {
			t.Fatalf("request %d of seed %d: message %q, reason %q, places %v\n%v", i, seed, x.Message, x.Reason, x.Deciding, r)
		}
		if problem := unexplained(&x); problem != "" {
			t.Fatalf("request %d of seed %d: %s\n%v", i, seed, problem, r)
		}
		layer := w.pick("key", "identity", "boundary", "session")
		if len(r[layer]) == 0 {
			continue
		}
		more := r.with(layer, w.statement(layer == "key", "deny"))
		if y := Decide(more.request(t)); rank(y.Decision) > rank(x.Decision) {
			t.Fatalf("request %d of seed %d: a Deny more allows it\n%v", i, seed, more)
		}
		more = r.with(layer, w.statement(layer == "key", "allow"))
		if y := Decide(more.request(t)); rank(y.Decision) < rank(x.Decision) {
			t.Fatalf("request %d of seed %d: an Allow more denies it\n%v", i, seed, more)
		}
		if y := Decide(r.reversed(layer).request(t)); y.Decision != x.Decision || y.Message != x.Message {
			t.Fatalf("request %d of seed %d: the order of statements matters\n%v", i, seed, r)
		}
	}
	for _, d := range []Decision{Allow, ImplicitDeny, ExplicitDeny} {
		if decisions[d] < count/20 {
			t.Errorf("only %d of %d requests ended in %q: the generator does not reach it", decisions[d], count, d)
		}
	}
}

// unexplained is what an explanation of a denial lacks: of an explicit deny the Deny statements that apply, each with its
// place in the text, of an implicit deny what would have been needed, by policy type.
func unexplained(x *Explanation) string {
	if x.Decision == ImplicitDeny {
		for _, n := range x.Needed {
			if n.Layer == "" || n.Text == "" {
				return fmt.Sprintf("a need says nothing: %+v", n)
			}
		}
		if len(x.Needed) == 0 {
			return "nothing would have been needed"
		}
	}
	if x.Decision == ExplicitDeny {
		for _, d := range x.Deciding {
			if d.Statement < 0 || !d.Span.IsValid() || d.Line == 0 || d.Layer == "" || d.PolicyID == "" {
				return fmt.Sprintf("a deciding place is none: %+v", d)
			}
		}
		if len(x.Deciding) == 0 {
			return "nothing denies"
		}
	}
	return ""
}

// explainable: an implicit deny without any Allow statement to point at, and the root user's own rights, have no place.
func explainable(q *Request, x *Explanation) bool {
	if x.Decision != Allow {
		return false
	}
	return q.KeyPolicy != nil || q.Principal.Kind != iam.Root
}

func (r row) with(layer, statement string) row {
	c := row{}
	for k, v := range r {
		c[k] = v
	}
	c[layer] = append(append([]string{}, r[layer]...), statement)
	return c
}

func (r row) reversed(layer string) row {
	c := r.with(layer, "")
	s := c[layer][:len(c[layer])-1]
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
	c[layer] = s
	return c
}

// BenchmarkDecide decides with an explanation: the four statements of the console's key policy and four of an
// identity-based policy.
func BenchmarkDecide(b *testing.B) {
	r := row{"caller": {"user/bob"}, "action": {"Encrypt"},
		"key":      {"allow account kms:*", "allow user/alice kms:Create*", "allow user/alice kms:Encrypt", "allow user/alice kms:CreateGrant if Bool kms:GrantIsForAWSResource true"},
		"identity": {"allow s3:*", "allow kms:Describe*", "allow kms:Decrypt if StringEquals kms:ViaService s3.us-east-1.amazonaws.com", "allow kms:Encrypt"}}
	q := r.request(b)
	b.ReportAllocs()
	for b.Loop() {
		if x := Decide(q); x.Decision != Allow {
			b.Fatal(x.Reason)
		}
	}
}
