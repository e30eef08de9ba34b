package authz

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

const (
	accountA = "111122223333"
	accountB = "444455556666"
	keyARN   = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

// row is one block of testdata/decisions.txt.
type row map[string][]string

func (r row) one(name string) string {
	if len(r[name]) == 0 {
		return ""
	}
	return r[name][0]
}

func readRows(t testing.TB, file string) []row {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []row
	current := row{}
	flush := func() {
		if len(current) > 0 {
			rows, current = append(rows, current), row{}
		}
	}
	for s := bufio.NewScanner(f); s.Scan(); {
		line := s.Text()
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "":
			flush()
		default:
			name, value, _ := strings.Cut(line, ": ")
			current[name] = append(current[name], value)
		}
	}
	flush()
	return rows
}

func TestDecisions(t *testing.T) {
	for _, r := range readRows(t, "testdata/decisions.txt") {
		t.Run(r.one("name"), func(t *testing.T) { checkRow(t, r) })
	}
}

func TestRetire(t *testing.T) {
	for _, r := range readRows(t, "testdata/retire.txt") {
		t.Run(r.one("name"), func(t *testing.T) {
			x := r.decide(t, true)
			checkAnswer(t, r, &x)
		})
	}
}

// decide answers a row: whether the request is allowed, or whether the grant may be retired.
func (r row) decide(t *testing.T, retire bool) Explanation {
	q := r.request(t)
	if !retire {
		return Decide(q)
	}
	return DecideRetire(&RetireRequest{Principal: q.Principal, Grant: q.Grants[0], KeyARN: keyARN, Owner: accountA, Context: q.Context,
		Now: now, ByToken: r["token"] != nil})
}

func checkRow(t *testing.T, r row) {
	t.Helper()
	x := Decide(r.request(t))
	checkAnswer(t, r, &x)
	if got := implied(&x, r.request(t)); got != x.Decision {
		t.Errorf("the tree implies %q, the decision is %q", got, x.Decision)
	}
}

// places are written as rows state them.
func places(deciding []Place) string {
	texts := make([]string, len(deciding))
	for i, p := range deciding {
		texts[i] = fmt.Sprintf("%s %d", p.Layer, p.Line)
	}
	return strings.Join(texts, ", ")
}

// checkAnswer holds an explanation against the outcome that a row states.
func checkAnswer(t *testing.T, r row, x *Explanation) {
	t.Helper()
	want := map[string]Decision{"allow": Allow, "deny": ImplicitDeny, "explicit": ExplicitDeny}[r.one("want")]
	if x.Decision != want {
		t.Fatalf("decision %q, want %q: %s", x.Decision, want, x.Reason)
	}
	if m := r.one("message"); m != "" {
		full := "User: " + x.Principal + " is not authorized to perform: " + x.Action + " " + strings.ReplaceAll(m, "KEY", keyARN)
		if x.Message != full {
			t.Errorf("message\n  %s, want\n  %s", x.Message, full)
		}
	}
	if (x.Message == "") != (want == Allow) {
		t.Errorf("message %q for decision %q", x.Message, want)
	}
	if !strings.Contains(x.Reason, r.one("because")) {
		t.Errorf("reason %q does not say %q", x.Reason, r.one("because"))
	}
	if at := r.one("at"); at != "" && at != places(x.Deciding[:1]) && at != places(x.Deciding) {
		t.Errorf("decided at %v, want %q", x.Deciding, at)
	}
	if n := r.one("needed"); n != "" && !slices.ContainsFunc(x.Needed, func(got Need) bool { return got.Text == n }) {
		t.Errorf("needed %v, want %q", x.Needed, n)
	}
	if g := r.one("grants"); g != "" && find(x.Layers, Grants).Grants[0].Reason != g {
		t.Errorf("the grant's reason is %q, want %q", find(x.Layers, Grants).Grants[0].Reason, g)
	}
	if want == ImplicitDeny && len(x.Needed) == 0 {
		t.Error("an implicit deny must say what would have been needed")
	}
}

// request builds the Request of a row.
func (r row) request(t testing.TB) *Request {
	t.Helper()
	p := principal(r.one("caller"))
	if r["identity"] != nil {
		p.Identity = []iam.Policy{*document(t, "identity", policy.IdentityPolicy, r["identity"])}
	}
	if r["boundary"] != nil {
		p.Boundary = document(t, "boundary", policy.PermissionsBoundary, r["boundary"])
	}
	if r["session"] != nil {
		p.HasSessionPolicy, p.Session = true, []iam.Policy{*document(t, "session", policy.SessionPolicy, r["session"])}
	}
	action := r.one("action")
	guards := Guards{SCP: guard(t, policy.ServiceControlPolicy, r["scp"]), RCP: guard(t, policy.ResourceControlPolicy, r["rcp"]),
		VPCEndpoint: guard(t, policy.VPCEndpointPolicy, r["vpce"])}
	q := &Request{Principal: p, Action: "kms:" + action, Resource: "*", Context: &condition.Context{}, Guards: guards, Now: now, GrantTokens: r["token"]}
	q.Context.SetString("kms:CallerAccount", p.Account)
	if r["key"] != nil {
		q.Resource, q.Owner, q.KeyPolicy = keyARN, accountA, document(t, "key", policy.KeyPolicy, r["key"])
	}
	switch action {
	case "Encrypt", "Decrypt", "ReEncryptTo", "CreateGrant", "DescribeKey", "GenerateDataKey":
		q.CrossAccount, q.Operation = true, action
	}
	if c := r.one("context"); c != "" {
		q.EncryptionContext = pairsOf(c)
	}
	if c := r.one("child"); c != "" {
		q.Child = grantOf(t, "child", c)
	}
	for i, g := range r["source grant"] {
		q.SourceGrants = append(q.SourceGrants, grantOf(t, "source-"+strconv.Itoa(i), g))
	}
	if s := r.one("source"); s != "" {
		q.Context.SetString("aws:SourceArn", s)
	}
	for i, g := range r["grant"] {
		q.Grants = append(q.Grants, grantOf(t, "grant-"+strconv.Itoa(i), g))
	}
	return q
}

// guard reads the statements of SCPs, RCPs and VPC endpoint policies: "LEVEL: allow|deny ACTION …", or "exempt WHY".
func guard(t testing.TB, kind policy.Kind, statements []string) *Guard {
	if statements == nil {
		return nil
	}
	g := &Guard{}
	for _, s := range statements {
		if why, ok := strings.CutPrefix(s, "exempt "); ok {
			g.Exempt = why
			continue
		}
		level, statement, _ := strings.Cut(s, ": ")
		p := *document(t, level, kind, []string{statement})
		p.ARN = "arn:aws:organizations::111122223333:policy/o-a/" + level
		g.Levels = append(g.Levels, Level{Name: level, Policies: []iam.Policy{p}})
	}
	return g
}

// principal builds a caller from "user/alice", "B role/r/s1", "root", "fed/carol", "service/x.amazonaws.com".
func principal(text string) *iam.Principal {
	account, name := accountA, text
	if rest, ok := strings.CutPrefix(text, "B "); ok {
		account, name = accountB, rest
	}
	p := &iam.Principal{Account: account}
	p.ARN, _ = arn.Parse(principalARN(account, name))
	p.Issuer, p.ID = p.ARN, principalID(account, name)
	part := strings.Split(name, "/")
	switch part[0] {
	case "root":
		p.Kind = iam.Root
	case "user":
		p.Kind, p.Name = iam.User, part[1]
	case "role":
		p.Kind, p.Name = iam.AssumedRole, part[1]
		p.Issuer, _ = arn.Parse(principalARN(account, "role/"+part[1]))
	case "fed":
		p.Kind, p.Name = iam.FederatedUser, part[1]
		p.FederatingUser, _ = arn.Parse(principalARN(account, "user/fedder"))
	case "service":
		*p = iam.Principal{Kind: iam.Service, Name: part[1], ID: part[1]}
	}
	return p
}

func principalARN(account, name string) string {
	part := strings.Split(name, "/")
	switch {
	case name == "root", part[0] == "user", part[0] == "role" && len(part) == 2:
		return "arn:aws:iam::" + account + ":" + name
	case part[0] == "role":
		return "arn:aws:sts::" + account + ":assumed-role/" + part[1] + "/" + part[2]
	case part[0] == "fed":
		return "arn:aws:sts::" + account + ":federated-user/" + part[1]
	}
	return part[1]
}

func principalID(account, name string) string {
	part := strings.Split(name, "/")
	switch part[0] {
	case "root":
		return account
	case "service":
		return part[1]
	case "user":
		return "AIDA" + account + part[1]
	case "role":
		return strings.Join(append([]string{"AROA" + account + part[1]}, part[2:]...), ":")
	case "fed":
		return account + ":" + part[1]
	}
	return ""
}

func pairsOf(text string) map[string]string {
	pairs := map[string]string{}
	for _, pair := range strings.Split(text, ",") {
		k, v, _ := strings.Cut(pair, "=")
		pairs[k] = v
	}
	return pairs
}

// grantOf reads "to B:role/r/s1 by A ops Decrypt,Encrypt subset K=V".
func grantOf(t testing.TB, id, text string) *Grant {
	t.Helper()
	word := strings.Fields(text)
	account, name := accountA, word[1]
	if rest, ok := strings.CutPrefix(name, "B:"); ok {
		account, name = accountB, rest
	}
	g := &Grant{ID: id, GranteeARN: principalARN(account, name), GranteeID: principalID(account, name)}
	for i := 2; i+1 < len(word); i += 2 {
		switch word[i] {
		case "by":
			g.IssuingAccount = map[string]string{"A": accountA, "B": accountB}[word[i+1]]
		case "ops":
			g.Operations = strings.Split(word[i+1], ",")
		case "equals":
			g.ConstraintEquals = pairsOf(word[i+1])
		case "subset":
			g.ConstraintSubset = pairsOf(word[i+1])
		case "source":
			g.SourceArn = word[i+1]
		case "visible":
			g.VisibleAt = later(t, word[i+1])
		case "ends":
			g.EndsAt = later(t, word[i+1])
		case "retiring":
			account, name := accountA, word[i+1]
			if rest, ok := strings.CutPrefix(name, "B:"); ok {
				account, name = accountB, rest
			}
			g.RetiringARN, g.RetiringID = principalARN(account, name), principalID(account, name)
		default:
			t.Fatalf("grant %q: unknown word %q", text, word[i])
		}
	}
	return g
}

// now is when the requests of the rows are made.
var now = time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)

// later reads "10s" or "-1ms", counted from now.
func later(t testing.TB, text string) time.Time {
	t.Helper()
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	return now.Add(d)
}

// document builds a policy, one statement a line, so that line n is statement n.
func document(t testing.TB, name string, kind policy.Kind, statements []string) *iam.Policy {
	t.Helper()
	var parts []string
	for _, s := range statements {
		parts = append(parts, statementJSON(kind, s))
	}
	text := `{"Version":"2012-10-17","Statement":[` + strings.Join(parts, ",\n") + `]}`
	d, diagnostics := policy.Parse(text)
	if policy.Refused(diagnostics) {
		t.Fatalf("%s: %v", text, diagnostics)
	}
	return &iam.Policy{ID: name, Name: name, Kind: kind, Document: d}
}

func statementJSON(kind policy.Kind, text string) string {
	text, test, _ := strings.Cut(text, " if ")
	word := strings.Fields(text)
	s := `{"Effect":"` + map[string]string{"allow": "Allow", "deny": "Deny"}[word[0]] + `","Resource":"*"`
	if kind == policy.KeyPolicy || kind == policy.VPCEndpointPolicy {
		s += principalJSON(word[1])
		word = word[1:]
	}
	s += `,"Action":"` + word[1] + `"`
	if w := strings.Fields(test); len(w) == 3 {
		s += fmt.Sprintf(`,"Condition":{%q:{%q:%q}}`, w[0], w[1], w[2])
	}
	return s + "}"
}

func principalJSON(name string) string {
	element := "Principal"
	if rest, ok := strings.CutPrefix(name, "!"); ok {
		element, name = "NotPrincipal", rest
	}
	account := accountA
	if rest, ok := strings.CutPrefix(name, "B:"); ok {
		account, name = accountB, rest
	}
	switch {
	case name == "none":
		return ""
	case name == "*":
		return `,"` + element + `":"*"`
	case name == "account":
		return `,"` + element + `":{"AWS":"arn:aws:iam::` + accountA + `:root"}`
	case name == "account:B":
		return `,"` + element + `":{"AWS":"` + accountB + `"}`
	case strings.HasPrefix(name, "service/"):
		return `,"` + element + `":{"Service":"` + name[len("service/"):] + `"}`
	}
	return `,"` + element + `":{"AWS":"` + principalARN(account, name) + `"}`
}

// TestBoundPrincipals holds that a key policy names the principal that had the name when the policy was put.
func TestBoundPrincipals(t *testing.T) {
	r := row{"caller": {"user/alice"}, "action": {"Encrypt"}, "key": {"allow user/alice kms:*"}}
	alice := principalARN(accountA, "user/alice")
	for _, row := range []struct {
		name  string
		bound map[string]string
		want  Decision
	}{
		{"not bound: by name", nil, Allow},
		{"the same user", map[string]string{alice: principalID(accountA, "user/alice")}, Allow},
		{"a user of that name was deleted and made again", map[string]string{alice: "AIDAOLD"}, ImplicitDeny},
	} {
		q := r.request(t)
		q.Bound = row.bound
		if x := Decide(q); x.Decision != row.want {
			t.Errorf("%s: %q, want %q (%s)", row.name, x.Decision, row.want, x.Layers[0].Policies[0].Statements[0].Reason)
		}
	}
	q := row{"caller": {"user/renamed"}, "action": {"Encrypt"}, "key": {"allow user/alice kms:*"}}.request(t)
	q.Bound = map[string]string{alice: principalID(accountA, "user/renamed")}
	if x := Decide(q); x.Decision != Allow {
		t.Errorf("a renamed user is no longer known: %s", x.Reason)
	}
}
