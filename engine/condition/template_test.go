package condition

import (
	"slices"
	"testing"
)

func TestExpand(t *testing.T) {
	ctx := &Context{}
	ctx.SetString("aws:username", "bob")
	ctx.SetString("aws:PrincipalTag/team", "")
	ctx.SetList("aws:TagKeys", []string{"a"})
	for _, c := range []struct {
		text, want string
		resolved   bool
		variables  []string
	}{
		{"plain*", "plain*", true, nil},
		{"", "", true, nil},
		{"user/${aws:username}", "user/bob", true, []string{"aws:username"}},
		{"${aws:username}-${AWS:USERNAME}", "bob-bob", true, []string{"aws:username", "AWS:USERNAME"}},
		{"${ aws:username }", "bob", true, []string{"aws:username"}},
		{"${aws:PrincipalTag/team}x", "x", true, []string{"aws:PrincipalTag/team"}},
		{"${aws:userid}", "${aws:userid}", false, []string{"aws:userid"}},
		{"${aws:userid, 'nobody'}", "nobody", true, []string{"aws:userid"}},
		{"${aws:userid,'a}b'}", "a}b", true, []string{"aws:userid"}},
		{"${aws:userid, ''}", "", true, []string{"aws:userid"}},
		{"${aws:username, 'nobody'}", "bob", true, []string{"aws:username"}},
		{"${aws:TagKeys, 'a'}", "${aws:TagKeys, 'a'}", false, []string{"aws:TagKeys"}},
		{"${*}${?}${$}", "*?$", true, nil},
		{"$", "$", true, nil},
		{"$${aws:username}", "$bob", true, []string{"aws:username"}},
		{"${", "${", true, nil},
		{"${}", "${}", true, nil},
		{"${aws:userid, bare}", "${aws:userid, bare}", true, nil},
		{"${a${aws:username}", "${a${aws:username}", true, nil},
	} {
		template := NewTemplate(c.text, true)
		got, resolved := template.Expand(ctx, InIdentityPolicy)
		if got != c.want || resolved != c.resolved || !slices.Equal(template.Variables(), c.variables) || template.Text() != c.text {
			t.Errorf("%q: %q, %v, %q; want %q, %v, %q", c.text, got, resolved, template.Variables(), c.want, c.resolved, c.variables)
		}
		if plain, ok := NewTemplate(c.text, false).Expand(ctx, InIdentityPolicy); plain != c.text || !ok {
			t.Errorf("%q without variables: %q, %v", c.text, plain, ok)
		}
	}
}

func TestBadVariables(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"plain", nil},
		{"${aws:username}${*}", nil},
		{"${}", []string{"${}"}},
		{"a${b", []string{"${b"}},
		{"${aws:userid, bare}/${aws:userid, 'x'}/${ }", []string{"${aws:userid, bare}", "${ }"}},
		{"${kms:*}", []string{"${kms:*}"}},
	} {
		if got := BadVariables(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTemplateMatch(t *testing.T) {
	ctx := &Context{}
	ctx.SetString("aws:username", "b*b")
	for _, c := range []struct {
		text, s   string
		variables bool
		want      bool
	}{
		{"arn:aws:kms:*:*:key/*", "arn:aws:kms:us-east-1:111122223333:key/1234", true, true},
		{"*/${aws:username}", "user/b*b", true, true},
		{"*/${aws:username}", "user/bob", true, false},
		{"*/${aws:username}", "user/${aws:username}", false, true},
		{"${aws:userid}", "${aws:userid}", true, false},
		{"a${*}", "ab", true, false},
		{"a${*}", "a*", true, true},
	} {
		if got := NewTemplate(c.text, c.variables).Match(c.s, ctx, InIdentityPolicy); got != c.want {
			t.Errorf("%q and %q: %v", c.text, c.s, got)
		}
	}
}

// What a Result says, apart from its outcome.
func TestResult(t *testing.T) {
	ctx := &Context{}
	ctx.SetString("aws:username", "bob")
	ctx.SetList("aws:TagKeys", []string{"a", "b"})
	for _, c := range []struct {
		operator, key string
		wanted        []string
		outcome       Outcome
		actual, shown []string
		note          string
	}{
		{"StringEquals", "aws:username", []string{"${aws:username}", "x${*}"}, Match, []string{"bob"}, []string{"bob", "x*"}, ""},
		{"StringEquals", "aws:userid", []string{"x"}, NoMatch, nil, []string{"x"}, noteAbsent},
		{"StringNotEquals", "aws:userid", []string{"x"}, Match, nil, []string{"x"}, noteAbsentNegated},
		{"StringEqualsIfExists", "aws:userid", []string{"x"}, Match, nil, []string{"x"}, noteAbsentIfExists},
		{"ForAllValues:StringEquals", "aws:userid", []string{"x"}, Match, nil, []string{"x"}, noteAbsentAll},
		{"ForAnyValue:StringEquals", "aws:userid", []string{"x"}, NoMatch, nil, []string{"x"}, noteAbsentAny},
		{"StringEquals", "aws:TagKeys", []string{"a"}, NoMatch, []string{"a", "b"}, []string{"a"}, noteScalarOnList},
		{"StringEquals", "aws:username", []string{"${aws:userid}"}, NoMatch, []string{"bob"}, []string{"${aws:userid}"}, noteUnresolved},
		{"ArnLike", "aws:username", []string{"*"}, NoMatch, []string{"bob"}, []string{"*"}, noteNotARN},
		{"NotIpAddress", "aws:username", []string{"::/0"}, NoMatch, []string{"bob"}, []string{"::/0"}, noteNotAddress},
		{"NumericNotEquals", "aws:username", []string{"one"}, Match, []string{"bob"}, []string{"one"}, noteBadLiteral},
		{"StringNotEquals", "aws:username", []string{}, NoMatch, []string{"bob"}, []string{}, noteNoValues},
		{"Null", "aws:userid", []string{"true"}, Match, nil, []string{"true"}, ""},
	} {
		op, _ := ParseOperator(c.operator)
		test := NewTest(op, c.key, c.wanted, true)
		r := test.Evaluate(ctx, InIdentityPolicy)
		if r.Outcome != c.outcome || !slices.Equal(r.Actual, c.actual) || !slices.Equal(r.Wanted, c.shown) || r.Note != c.note {
			t.Errorf("%s %s %q: %+v", c.operator, c.key, c.wanted, r)
		}
	}
}
