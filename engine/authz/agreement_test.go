package authz

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

var (
	agreementCount = flag.Int("agreement.count", 50_000, "generated requests for TestAgreement")
	agreementSeed  = flag.Uint64("agreement.seed", 20260102, "seed of TestAgreement")
)

// TestAgreement holds the engine against the naive evaluator on generated requests: the same decision, and the same
// policy type in the message; and Answer, which does not explain, against Decide. It prints how often each reason occurred.
func TestAgreement(t *testing.T) {
	w := randomWorld{rand.New(rand.NewPCG(*agreementSeed, 0))}
	reasons := map[string]int{}
	for i := range *agreementCount {
		q := w.request(t)
		x, n := Decide(q), naiveDecide(q)
		if x.Decision != n.decision || n.decision != Allow && namedLayer(x.Message) != n.layer {
			t.Fatalf("request %d of seed %d: the engine says %q (%s), the naive evaluator %q (%s)\n%s",
				i, *agreementSeed, x.Decision, x.Message, n.decision, n.layer, describe(q))
		}
		if problem := unexplained(&x); problem != "" {
			t.Fatalf("request %d of seed %d: %s\n%s", i, *agreementSeed, problem, describe(q))
		}
		if a := Answer(q); a != x.Decision {
			t.Fatalf("request %d of seed %d: Decide says %q, Answer %q\n%s", i, *agreementSeed, x.Decision, a, describe(q))
		}
		reasons[reasonKind(q, &x)]++
	}
	least := *agreementCount / 1000
	for _, reason := range allReasons {
		t.Logf("%8d  %s", reasons[reason], reason)
		if reasons[reason] < least {
			t.Errorf("%q occurred %d times in %d requests, wanted at least %d", reason, reasons[reason], *agreementCount, least)
		}
		delete(reasons, reason)
	}
	for reason, count := range reasons {
		t.Errorf("reason %q (%d times) is not in the list of reasons", reason, count)
	}
}

// namedLayer finds the policy type that a message names.
func namedLayer(message string) string {
	if strings.HasSuffix(message, "explicitly denies access") {
		return "hidden"
	}
	for _, l := range append(precedence[:], Grants) {
		if strings.Contains(message, " no "+string(l)+" allows") || strings.Contains(message, "explicit deny in "+article(l)+string(l)) {
			return string(l)
		}
	}
	return "nothing"
}

// reasonKind sorts decisions by what decided.
func reasonKind(q *Request, x *Explanation) string {
	where := "in the key's account"
	switch {
	case q.KeyPolicy == nil:
		where = "without a key"
	case q.Principal.Kind == iam.Service:
		where = "by a service"
	case q.Principal.Account != q.Owner:
		where = "across accounts"
	}
	if x.Decision != Allow {
		kind := "implicit deny"
		if x.Decision == ExplicitDeny {
			kind = "explicit deny"
		}
		return fmt.Sprintf("%s %s: %s", kind, where, namedLayer(x.Message))
	}
	if len(x.Deciding) == 0 {
		return "allow " + where + ": root user"
	}
	return "allow " + where + ": " + string(x.Deciding[0].Layer)
}

var allReasons = []string{
	"allow in the key's account: resource-based policy", "allow in the key's account: grant",
	"allow across accounts: resource-based policy", "allow across accounts: grant",
	"allow by a service: resource-based policy", "allow by a service: grant",
	"allow without a key: identity-based policy", "allow without a key: root user",
	"implicit deny in the key's account: resource-based policy", "implicit deny in the key's account: identity-based policy",
	"implicit deny in the key's account: permissions boundary", "implicit deny in the key's account: session policy",
	"implicit deny in the key's account: service control policy", "implicit deny in the key's account: resource control policy",
	"implicit deny in the key's account: VPC endpoint policy",
	"implicit deny across accounts: hidden", "implicit deny across accounts: identity-based policy",
	"implicit deny across accounts: permissions boundary", "implicit deny across accounts: session policy",
	"implicit deny across accounts: service control policy", "implicit deny across accounts: resource control policy",
	"implicit deny across accounts: VPC endpoint policy",
	"implicit deny by a service: resource-based policy",
	"implicit deny without a key: identity-based policy", "implicit deny without a key: permissions boundary",
	"implicit deny without a key: session policy", "implicit deny without a key: service control policy",
	"implicit deny without a key: VPC endpoint policy", "implicit deny without a key: resource control policy",
	"explicit deny in the key's account: resource-based policy", "explicit deny in the key's account: identity-based policy",
	"explicit deny in the key's account: permissions boundary", "explicit deny in the key's account: session policy",
	"explicit deny in the key's account: service control policy", "explicit deny in the key's account: resource control policy",
	"explicit deny in the key's account: VPC endpoint policy",
	"explicit deny across accounts: hidden", "explicit deny across accounts: identity-based policy",
	"explicit deny across accounts: permissions boundary", "explicit deny across accounts: session policy",
	"explicit deny across accounts: service control policy", "explicit deny across accounts: resource control policy",
	"explicit deny across accounts: VPC endpoint policy",
	"explicit deny by a service: resource-based policy",
	"explicit deny without a key: identity-based policy", "explicit deny without a key: permissions boundary",
	"explicit deny without a key: session policy", "explicit deny without a key: service control policy",
	"explicit deny without a key: resource control policy", "explicit deny without a key: VPC endpoint policy",
}

// request draws a row and then gives its policies the whole language and its context the whole range.
func (w randomWorld) request(t testing.TB) *Request {
	q := w.row().request(t)
	if w.IntN(6) == 0 && q.Principal.Kind != iam.Service {
		q.KeyPolicy, q.Owner, q.Resource, q.Grants, q.Operation, q.CrossAccount = nil, "", "*", nil, "", false
	}
	w.fill(q.Context)
	for _, p := range w.policiesOf(q) {
		p.Document = w.enrich(t, p)
	}
	return q
}

// policiesOf lists the policies of a request that enrich rewrites.
func (w randomWorld) policiesOf(q *Request) []*iam.Policy {
	var all []*iam.Policy
	p := q.Principal
	for i := range p.Identity {
		all = append(all, &p.Identity[i])
	}
	for i := range p.Session {
		all = append(all, &p.Session[i])
	}
	for _, g := range []*Guard{q.Guards.SCP, q.Guards.RCP, q.Guards.VPCEndpoint} {
		for i := range levels(g) {
			all = append(all, &g.Levels[i].Policies[0])
		}
	}
	for _, p := range []*iam.Policy{p.Boundary, q.KeyPolicy} {
		if p != nil {
			all = append(all, p)
		}
	}
	return all
}

func levels(g *Guard) []Level {
	if g == nil {
		return nil
	}
	return g.Levels
}

// fill sets some of the condition keys that a request may carry.
func (w randomWorld) fill(ctx *condition.Context) {
	set := func(key string, values ...string) {
		if w.IntN(2) == 0 {
			ctx.SetString(key, values[w.IntN(len(values))])
		}
	}
	set("kms:ViaService", "s3.us-east-1.amazonaws.com", "ec2.us-east-1.amazonaws.com")
	set("kms:EncryptionContext:Department", "IT", "HR", "alice")
	set("aws:username", "alice", "bob", "a*")
	set("aws:SourceArn", "arn:aws:s3:::a", "arn:aws:s3:::b")
	set("aws:SourceIp", "198.51.100.7", "10.1.2.3", "2001:db8::1")
	set("aws:CurrentTime", "2026-01-01T09:00:00Z", "2026-06-01T00:00:00Z")
	set("aws:MultiFactorAuthPresent", "true", "false")
	set("kms:RotationPeriodInDays", "90", "365")
	set("aws:PrincipalArn", "arn:aws:iam::111122223333:role/app", "arn:aws:iam::111122223333:user/alice")
	if w.IntN(2) == 0 {
		ctx.Set(condition.Value{Key: "aws:ResourceTag/Purpose", Values: []string{w.pick("Test", "alice")}, IdentityOnly: true})
	}
	if w.IntN(2) == 0 {
		ctx.Set(condition.Value{Key: "kms:ResourceAliases", Multi: true, Values: []string{"alias/app", "alias/test"}[:1+w.IntN(2)], IdentityOnly: true})
	}
	if w.IntN(2) == 0 {
		ctx.SetList("aws:TagKeys", []string{"Project", "Owner"}[:1+w.IntN(2)])
	}
}

var (
	stringTests = []string{"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike"}
	orderTests  = []string{"Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"}
)

// test draws one operator, key and values.
func (w randomWorld) test() (operator, key string, values []string) {
	suffix := w.pick("", "", "IfExists")
	switch w.IntN(8) {
	case 0:
		return w.pick("IpAddress", "NotIpAddress") + suffix, "aws:SourceIp", []string{w.pick("198.51.100.0/24", "10.0.0.0/8", "2001:db8::/32")}
	case 1:
		return "Date" + w.pick(orderTests...) + suffix, "aws:CurrentTime", []string{w.pick("2026-01-01T09:00:00Z", "2026-03-01T00:00:00Z")}
	case 2:
		return "Bool" + suffix, "aws:MultiFactorAuthPresent", []string{w.pick("true", "false")}
	case 3:
		return "Numeric" + w.pick(orderTests...) + suffix, "kms:RotationPeriodInDays", []string{w.pick("90", "180", "365")}
	case 4:
		return w.pick("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike") + suffix, "aws:PrincipalArn",
			[]string{w.pick("arn:aws:iam::111122223333:role/app", "arn:aws:iam::*:user/*", "arn:aws:iam::111122223333:user/${aws:username}")}
	case 5:
		set := w.pick("ForAllValues:", "ForAnyValue:", "ForAnyValue:", "")
		return set + w.pick(stringTests...) + suffix, w.pick("aws:TagKeys", "kms:ResourceAliases"), []string{"Project", w.pick("alias/app", "alias/*", "Owner")}
	case 6:
		return "Null", w.pick("kms:ViaService", "aws:TagKeys", "aws:ResourceTag/Purpose"), []string{w.pick("true", "false")}
	}
	key = w.pick("kms:EncryptionContext:Department", "kms:encryptioncontext:department", "aws:ResourceTag/Purpose", "kms:ViaService", "aws:username")
	return w.pick(stringTests...) + suffix, key, []string{w.pick("IT", "Test", "${aws:username}", "${aws:username, 'IT'}", "s3.*", "?T", "a${*}", "${aws:TagKeys}")}
}

// enrich gives a document conditions, NotAction, resources and lists, from what the row language cannot say.
func (w randomWorld) enrich(t testing.TB, p *iam.Policy) *policy.Document {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal([]byte(p.Document.Text.String()), &doc); err != nil {
		t.Fatal(err)
	}
	for _, s := range doc["Statement"].([]any) {
		w.enrichStatement(s.(map[string]any))
	}
	text, _ := json.Marshal(doc)
	d, diagnostics := policy.Parse(string(text))
	if policy.Refused(diagnostics) {
		t.Fatalf("%s: %v", text, diagnostics)
	}
	return d
}

func (w randomWorld) enrichStatement(s map[string]any) {
	if w.IntN(10) == 0 {
		delete(s, "Action")
		s["NotAction"] = w.pick("kms:Decrypt", "kms:De*", "s3:*")
	}
	switch w.IntN(12) {
	case 0:
		s["Resource"] = []string{w.pick("arn:aws:kms:*:111122223333:key/*", keyARN, "arn:aws:s3:::*")}
	case 1:
		delete(s, "Resource")
		s["NotResource"] = w.pick("arn:aws:kms:us-east-1:*:key/1234abcd*", "arn:aws:s3:::*")
	}
	if w.IntN(4) > 0 {
		return
	}
	operator, key, values := w.test()
	conditions, _ := s["Condition"].(map[string]any)
	if conditions == nil {
		conditions = map[string]any{}
		s["Condition"] = conditions
	}
	tests, _ := conditions[operator].(map[string]any)
	if tests == nil {
		tests = map[string]any{}
		conditions[operator] = tests
	}
	tests[key] = values
}

func describe(q *Request) string {
	var b strings.Builder
	fmt.Fprintf(&b, "caller %s %s, action %s, owner %s\n", q.Principal.Kind, q.Principal.ARN, q.Action, q.Owner)
	for _, v := range q.Context.Values() {
		fmt.Fprintf(&b, "  %s = %v\n", v.Key, v.Values)
	}
	for _, p := range (randomWorld{}).policiesOf(q) {
		fmt.Fprintf(&b, "%s: %s\n", p.ID, p.Document.Text)
	}
	for _, g := range q.Grants {
		fmt.Fprintf(&b, "grant %+v\n", *g)
	}
	if q.Child != nil {
		fmt.Fprintf(&b, "child %+v\n", *q.Child)
	}
	return b.String()
}
