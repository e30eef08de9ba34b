package policy

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/source"
)

func readValid(t testing.TB) []policyCase {
	t.Helper()
	return readCorpus(t, "testdata/valid.txt")
}

// The spans of every element hold the text that was parsed.
func TestSpans(t *testing.T) {
	for _, c := range readValid(t) {
		doc, diags := ParseAs(Kind(c.kind), c.written)
		if Refused(diags) {
			t.Errorf("%s: %v", c.name, diags)
		}
		checkSpans(t, c.name, doc)
	}
}

func checkSpans(t *testing.T, name string, doc *Document) {
	t.Helper()
	text := doc.Text.String()
	at := func(span source.Span) gjson.Result {
		if !span.IsValid() || span.End > len(text) {
			t.Fatalf("%s: bad span %v", name, span)
		}
		return gjson.Parse(text[span.Start:span.End])
	}
	value := func(v Value) {
		r := at(v.Span)
		if r.Raw != text[v.Span.Start:v.Span.End] || r.Str != v.Text || r.Type != gjson.String {
			t.Errorf("%s: span of %q holds %s", name, v.Text, text[v.Span.Start:v.Span.End])
		}
	}
	optional := func(v Value) {
		if v.Span.IsValid() || v.Text != "" {
			value(v)
		}
	}
	object := func(span source.Span) {
		if raw := text[span.Start:span.End]; raw[0] != '{' || raw[len(raw)-1] != '}' || !gjson.Valid(raw) {
			t.Errorf("%s: %q is not one object", name, raw)
		}
	}
	optional(doc.Version)
	optional(doc.ID)
	for _, s := range doc.Statements {
		object(s.Span)
		optional(s.Sid)
		value(Value{string(s.Effect), s.EffectSpan})
		for _, p := range append(s.Principals, s.NotPrincipals...) {
			value(p.Value)
			inside(t, name, s.PrincipalSpan, p.Span)
		}
		for _, a := range append(s.Actions, s.NotActions...) {
			value(a.Value)
			inside(t, name, s.ActionSpan, a.Span)
		}
		for _, r := range append(s.Resources, s.NotResources...) {
			value(r.Value)
			inside(t, name, s.ResourceSpan, r.Span)
		}
		for _, test := range s.Conditions {
			checkConditionSpans(t, name, text, test)
			inside(t, name, s.Span, test.Span)
		}
	}
}

func inside(t *testing.T, name string, outer, inner source.Span) {
	t.Helper()
	if inner.Start < outer.Start || inner.End > outer.End {
		t.Errorf("%s: %v is not inside %v", name, inner, outer)
	}
}

func checkConditionSpans(t *testing.T, name, text string, c Condition) {
	t.Helper()
	if got := unquote(text[c.KeySpan.Start:c.KeySpan.End]); got != c.Key {
		t.Errorf("%s: span of key %q holds %q", name, c.Key, got)
	}
	if got := unquote(text[c.OperatorSpan.Start:c.OperatorSpan.End]); !strings.EqualFold(got, c.Operator.String()) {
		t.Errorf("%s: span of operator %s holds %q", name, c.Operator, got)
	}
	if c.Span.Start != c.KeySpan.Start || len(c.ValueSpans) != len(c.Wanted) {
		t.Errorf("%s: %s has span %v, %d values and %d places", name, c.Key, c.Span, len(c.Wanted), len(c.ValueSpans))
	}
	for i, w := range c.Wanted {
		span := c.ValueSpans[i]
		inside(t, name, c.Span, span)
		if raw := text[span.Start:span.End]; raw != w.Text() && unquote(raw) != w.Text() {
			t.Errorf("%s: span of %q holds %s", name, w.Text(), raw)
		}
	}
}

// Parse, Format and Parse again give the same document, and Format changes nothing the second time.
func TestFormat(t *testing.T) {
	for _, c := range readValid(t) {
		formatted, ok := Format(c.written)
		if !ok {
			t.Errorf("%s: not formatted", c.name)
		}
		if again, ok := Format(formatted); !ok || again != formatted {
			t.Errorf("%s: formatted twice:\n%s\nonce:\n%s", c.name, again, formatted)
		}
		before, _ := Parse(c.written)
		after, diags := ParseAs(Kind(c.kind), formatted)
		if Refused(diags) || !sameDocument(before, after) {
			t.Errorf("%s: another policy after Format: %v\n%s", c.name, diags, formatted)
		}
	}
	for _, c := range []struct{ text, want string }{
		{`{"b":[1,{"a":"c\"]"},{ },[ ]],"a":-1.5e3 ,"é":null}`, "{\n  \"b\": [\n    1,\n    {\n      \"a\": \"c\\\"]\"\n    },\n    {},\n    []\n  ],\n  \"a\": -1.5e3,\n  \"é\": null\n}"},
		{" {} ", "{}"},
		{`"a"`, "\"a\""},
	} {
		if got, ok := Format(c.text); got != c.want || !ok {
			t.Errorf("Format(%q) = %q, %v", c.text, got, ok)
		}
	}
	for _, text := range []string{"", "{", `{"a": 1,}`, `{} {}`, "{\"a\": \"\t\"}", "\"\xff\"", strings.Repeat("[", 100) + strings.Repeat("]", 100)} {
		if got, ok := Format(text); got != text || ok {
			t.Errorf("Format(%q) = %q, %v, want the text back", text, got, ok)
		}
	}
}

// sameDocument compares what two documents say, places aside.
func sameDocument(a, b *Document) bool { return reflect.DeepEqual(said(a), said(b)) }

func said(doc *Document) []any {
	out := []any{doc.Version.Text, doc.ID.Text}
	for _, s := range doc.Statements {
		out = append(out, s.Sid.Text, s.Effect, s.HasPrincipal, s.HasNotPrincipal)
		for i, p := range append(append([]Principal{}, s.Principals...), s.NotPrincipals...) {
			out = append(out, i < len(s.Principals), p.Type, p.Text)
		}
		for i, a := range append(append([]Action{}, s.Actions...), s.NotActions...) {
			out = append(out, i < len(s.Actions), a.Text)
		}
		for i, r := range append(append([]Resource{}, s.Resources...), s.NotResources...) {
			out = append(out, i < len(s.Resources), r.Text)
		}
		for _, c := range s.Conditions {
			out = append(out, c.Operator, c.Key)
			for _, w := range c.Wanted {
				out = append(out, w.Text())
			}
		}
	}
	return out
}

func TestParseSays(t *testing.T) {
	doc, diags := Parse(`{"Id": "key-default-1", "Version": "2012-10-17", "Statement": {
		"Sid": "a", "Effect": "Deny", "NotPrincipal": {"AWS": ["111122223333", "*"], "Service": "s3.amazonaws.com"},
		"NotAction": ["kms:Get*"], "NotResource": "arn:aws:kms:*:*:key/${aws:username}",
		"Condition": {"bool": {"aws:SecureTransport": false}, "NumericLessThan": {"aws:MultiFactorAuthAge": [1.50, "2"]}}}}`)
	want := []any{
		"2012-10-17", "key-default-1", "a", Deny, false, true,
		false, "AWS", "111122223333", false, "AWS", "*", false, "Service", "s3.amazonaws.com",
		false, "kms:Get*", false, "arn:aws:kms:*:*:key/${aws:username}",
		operator("Bool"), "aws:SecureTransport", "false",
		operator("NumericLessThan"), "aws:MultiFactorAuthAge", "1.50", "2",
	}
	if got := said(doc); len(diags) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n%v, want\n%v", diags, got, want)
	}
}

func operator(name string) condition.Operator {
	op, _ := condition.ParseOperator(name)
	return op
}

func TestMatchAction(t *testing.T) {
	for _, c := range []struct {
		element, action string
		want            bool
	}{
		{`"Action": "kms:Encrypt"`, "kms:Encrypt", true},
		{`"Action": "KMS:ENCRYPT"`, "kms:Encrypt", true},
		{`"Action": "kms:encrypt"`, "KMS:Encrypt", true},
		{`"Action": ["kms:Get*", "kms:?ncrypt"]`, "kms:Encrypt", true},
		{`"Action": "*"`, "kms:Encrypt", true},
		{`"Action": "kms:ReEncrypt*"`, "kms:ReEncryptFrom", true},
		{`"Action": "kms:ReEncrypt"`, "kms:ReEncryptFrom", false},
		{`"Action": "kms:${*}"`, "kms:Encrypt", false},
		{`"Action": []`, "kms:Encrypt", false},
		{`"NotAction": []`, "kms:Encrypt", false},
		{`"NotAction": "kms:Decrypt"`, "kms:Encrypt", true},
		{`"NotAction": ["iam:*", "KMS:*"]`, "kms:Encrypt", false},
		{`"Resource": "*"`, "kms:Encrypt", false},
	} {
		doc, _ := Parse(`{"Version": "2012-10-17", "Statement": {` + c.element + `}}`)
		if got := doc.Statements[0].MatchAction(c.action); got != c.want {
			t.Errorf("%s and %s: %v", c.element, c.action, got)
		}
	}
}

func TestMatchResource(t *testing.T) {
	const key = "arn:aws:kms:us-east-1:111122223333:key/bob"
	ctx := &condition.Context{}
	ctx.SetString("aws:username", "bob")
	ctx.Set(condition.Value{Key: "aws:ResourceTag/owner", Values: []string{"bob"}, IdentityOnly: true})
	for _, c := range []struct {
		element string
		want    bool
	}{
		{`"Resource": "*"`, true},
		{`"Resource": "arn:aws:kms:*:111122223333:key/*"`, true},
		{`"Resource": ["arn:aws:s3:::b", "` + key + `"]`, true},
		{`"Resource": "arn:aws:kms:us-east-1:111122223333:key/BOB"`, false},
		{`"Resource": "arn:aws:kms:*:*:key/${aws:username}"`, true},
		{`"Resource": "arn:aws:kms:*:*:key/${aws:ResourceTag/owner}"`, true},
		{`"Resource": "arn:aws:kms:*:*:key/${aws:userid}"`, false},
		{`"Resource": "arn:aws:kms:*:*:key/${aws:userid, 'bob'}"`, true},
		{`"NotResource": "arn:aws:kms:*:*:key/${aws:username}"`, false},
		{`"NotResource": "arn:aws:kms:*:*:key/${aws:userid}"`, true},
		{`"NotResource": "arn:aws:kms:*:*:alias/*"`, true},
		{`"Resource": "arn:aws:kms"`, true},
		{`"Resource": "arn:aws:kms:us-east-1"`, true},
		{`"Resource": "arn:aws:kms:us-*:111122223333"`, true},
		{`"Resource": "arn:aws:kms:eu-west-1"`, false},
		{`"Resource": "arn:aws:kms:*:${aws:username}"`, false},
		{`"NotResource": []`, false},
		{`"Action": "*"`, false},
	} {
		doc, _ := Parse(`{"Version": "2012-10-17", "Statement": {` + c.element + `}}`)
		if got := doc.Statements[0].MatchResource(key, ctx, condition.InIdentityPolicy); got != c.want {
			t.Errorf("%s: %v", c.element, got)
		}
	}
}

// FuzzParse holds what is true of any text: nothing panics, the text is kept, remarks point into it; what Format
// prints says the same; gjson agrees on what is JSON.
func FuzzParse(f *testing.F) {
	for _, file := range corpora {
		for _, c := range readCorpus(f, file) {
			f.Add(c.text(f), c.kind)
			f.Add(c.text(f), "")
		}
	}
	f.Fuzz(func(t *testing.T, text, kind string) {
		doc, diags := ParseAs(Kind(kind), text)
		checkParsed(t, "fuzz", text, doc, diags)
		checkFixes(t, policyCase{name: "fuzz", kind: kind}, text, diags)
		for i := range doc.Statements {
			doc.Statements[i].MatchAction("kms:Encrypt")
			doc.Statements[i].MatchResource("arn:aws:kms:us-east-1:111122223333:key/a", &condition.Context{}, 0)
		}
		refused := hasCode(diags, "syntax-error", "empty-policy", "trailing-text", "byte-order-mark", "control-character")
		if gjson.Valid(text) == refused && !hasCode(diags, "too-large", "nested-too-deep") {
			t.Errorf("%q: JSON %v, but %v", text, gjson.Valid(text), diags)
		}
		formatted, ok := Format(text)
		if !ok {
			return
		}
		if after, _ := Parse(formatted); !sameDocument(doc, after) {
			t.Errorf("%q says something else after Format: %q", text, formatted)
		}
	})
}

func hasCode(diags []source.Diagnostic, codes ...string) bool {
	for _, d := range diags {
		for _, code := range codes {
			if d.Code == code {
				return true
			}
		}
	}
	return false
}

func BenchmarkParse(b *testing.B) {
	data, err := os.ReadFile("testdata/console.json")
	if err != nil {
		b.Fatal(err)
	}
	text := string(data)
	b.Run("Parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Parse(text)
		}
	})
	b.Run("ParseAs", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			ParseAs(KeyPolicy, text)
		}
	})
}

// BenchmarkStatements asks every statement of the console's key policy what a decision asks.
func BenchmarkStatements(b *testing.B) {
	data, err := os.ReadFile("testdata/console.json")
	if err != nil {
		b.Fatal(err)
	}
	doc, _ := Parse(string(data))
	ctx := &condition.Context{}
	ctx.SetString("kms:GrantIsForAWSResource", "false")
	b.ReportAllocs()
	for b.Loop() {
		for i := range doc.Statements {
			s := &doc.Statements[i]
			s.MatchAction("kms:GenerateDataKey")
			s.MatchResource("arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", ctx, condition.InKeyPolicy)
			for k := range s.Conditions {
				s.Conditions[k].Evaluate(ctx, condition.InKeyPolicy)
			}
		}
	}
}

// The policies that AWS manages are policies that AWS accepts.
func TestManagedPolicies(t *testing.T) {
	for _, m := range catalog.ManagedPolicies() {
		doc, diags := ParseAs(IdentityPolicy, m.Text)
		if len(diags) > 0 {
			t.Errorf("%s: %v", m.ARN, diags)
		}
		checkSpans(t, m.ARN, doc)
	}
}
