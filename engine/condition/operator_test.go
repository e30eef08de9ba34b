package condition

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// operatorCase is one line of testdata/operators.txt.
type operatorCase struct {
	operator, key string
	wanted        []string
	request       map[string]any
	outcome       string
	line          string
}

func readOperatorCases(t testing.TB) []operatorCase {
	t.Helper()
	data, err := os.ReadFile("testdata/operators.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []operatorCase
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "[") {
			continue
		}
		c := operatorCase{line: strings.TrimSpace(line)}
		fields := []any{&c.operator, &c.key, &c.wanted, &c.request, &c.outcome}
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		cases = append(cases, c)
	}
	return cases
}

func (c operatorCase) context() *Context {
	ctx := &Context{}
	for key, value := range c.request {
		switch v := value.(type) {
		case string:
			ctx.SetString(key, v)
		case []any:
			list := make([]string, len(v))
			for i := range v {
				list[i] = v[i].(string)
			}
			ctx.SetList(key, list)
		}
	}
	return ctx
}

var outcomeNames = map[Outcome]string{NoMatch: "no", Match: "match", Broken: "broken"}

func TestOperators(t *testing.T) {
	for _, c := range readOperatorCases(t) {
		op, ok := ParseOperator(c.operator)
		if !ok {
			t.Fatalf("%s: unknown operator", c.line)
		}
		test := NewTest(op, c.key, c.wanted, true)
		r := test.Evaluate(c.context(), InIdentityPolicy)
		if got := outcomeNames[r.Outcome]; got != c.outcome {
			t.Errorf("%s: %s (%s)", c.line, got, r.Note)
		}
		if _, present := c.request[c.key]; r.Present != present {
			t.Errorf("%s: present %v", c.line, r.Present)
		}
	}
}

// Every operator of the corpus is there, and every operator is in the corpus.
func TestEveryOperatorIsTested(t *testing.T) {
	tested := map[string]bool{}
	for _, c := range readOperatorCases(t) {
		op, _ := ParseOperator(c.operator)
		tested[comparisons[op.comparison].name] = true
	}
	for _, name := range Operators() {
		if !tested[name] {
			t.Errorf("no test of %s", name)
		}
	}
}

func TestParseOperator(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"StringEquals", "StringEquals"},
		{"stringequals", "StringEquals"},
		{"STRINGLIKEIFEXISTS", "StringLikeIfExists"},
		{"forallvalues:arnlike", "ForAllValues:ArnLike"},
		{"ForAnyValue:stringNotEqualsIgnoreCaseIfExists", "ForAnyValue:StringNotEqualsIgnoreCaseIfExists"},
		{"Null", "Null"},
		{"NullIfExists", ""},
		{"ForAnyValue:Null", ""},
		{"IfExists", ""},
		{"ForAnyValue:", ""},
		{"ForAllValues:ForAnyValue:StringEquals", ""},
		{"StringEqualsIfExistsIfExists", ""},
		{"StringNotEqualsLike", ""},
		{" StringEquals", ""},
		{"", ""},
	} {
		op, ok := ParseOperator(c.name)
		if got := op.String(); got != c.want || ok != (c.want != "") || op.IsValid() != ok {
			t.Errorf("ParseOperator(%q) = %q, %v; want %q", c.name, got, ok, c.want)
		}
	}
	for _, name := range Operators() {
		if op, ok := ParseOperator(name); !ok || op.String() != name {
			t.Errorf("ParseOperator(%q) = %q, %v", name, op, ok)
		}
	}
	if n := len(Operators()); n != 27 {
		t.Errorf("%d operators, want 27", n)
	}
}

// What PutUserPolicy and its like refuse, and what they accept.
func TestCheckLiteral(t *testing.T) {
	for _, c := range []struct{ operator, text, problem string }{
		{"NumericEquals", "01.50", ""},
		{"NumericLessThan", "NaN", "is not a number"},
		{"DateEquals", "2030-01-01", ""},
		{"DateLessThanIfExists", "tomorrow", "is not a date"},
		{"Bool", "yes", ""},
		{"Null", "perhaps", ""},
		{"BinaryEquals", "YQ==", ""},
		{"BinaryEquals", "YQ", "is not base64"},
		{"BinaryEquals", "YR==", "is not base64"},
		{"BinaryEquals", "YQ==\n", "is not base64"},
		{"IpAddress", "203.0.113.5/24", ""},
		{"IpAddress", "010.0.0.1", ""},
		{"IpAddress", "::ffff:cb00:7101/128", ""},
		{"IpAddress", "2001:db8::5/64", "is not an IP address or CIDR block"},
		{"NotIpAddress", "::ffff:203.0.113.1", "is not an IP address or CIDR block"},
		{"IpAddress", "203.0.113.0/33", "is not an IP address or CIDR block"},
		{"ArnLike", "arn:aws:iam::*:role/*", ""},
		{"ArnLike", "*", ""},
		{"ForAnyValue:ArnNotEquals", "role/app", "is not an ARN"},
		{"ArnEquals", "arn:aws:iam::111122223333", "is not an ARN"},
		{"StringLike", "anything", ""},
	} {
		op, _ := ParseOperator(c.operator)
		if problem, ok := op.CheckLiteral(c.text); problem != c.problem || ok != (c.problem == "") {
			t.Errorf("%s %q: %q, %v; want %q", c.operator, c.text, problem, ok, c.problem)
		}
	}
}

// A key policy does not see a key that only IAM policies honour: there it is a missing key.
func TestScope(t *testing.T) {
	ctx := &Context{}
	ctx.Set(Value{Key: "aws:ResourceTag/team", Values: []string{"a"}, IdentityOnly: true})
	for _, c := range []struct {
		operator string
		scope    Scope
		want     Outcome
		present  bool
	}{
		{"StringEquals", InIdentityPolicy, Match, true},
		{"StringEquals", InKeyPolicy, NoMatch, false},
		{"StringNotEquals", InIdentityPolicy, NoMatch, true},
		{"StringNotEquals", InKeyPolicy, Match, false},
		{"StringEqualsIfExists", InKeyPolicy, Match, false},
	} {
		op, _ := ParseOperator(c.operator)
		test := NewTest(op, "AWS:resourcetag/Team", []string{"a"}, true)
		if r := test.Evaluate(ctx, c.scope); r.Outcome != c.want || r.Present != c.present {
			t.Errorf("%s in scope %d: %+v", c.operator, c.scope, r)
		}
	}
}
