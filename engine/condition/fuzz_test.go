package condition

import (
	"strings"
	"testing"
)

// FuzzEvaluate holds what is true of every test: it does not panic, says the same twice, a negated operator says the
// opposite on text, and IfExists changes nothing for a key that is there.
func FuzzEvaluate(f *testing.F) {
	for _, c := range readOperatorCases(f) {
		ctx := c.context()
		v, present := ctx.Lookup(strings.ToLower(c.key), InIdentityPolicy)
		f.Add(c.operator, strings.Join(c.wanted, "\n"), strings.Join(v.Values, "\n"), present, v.Multi)
	}
	f.Fuzz(func(t *testing.T, operator, wanted, actual string, present, multi bool) {
		op, ok := ParseOperator(operator)
		if !ok {
			return
		}
		ctx := &Context{}
		ctx.SetString("aws:username", actual)
		switch {
		case present && multi:
			ctx.SetList("k", strings.Split(actual, "\n"))
		case present:
			ctx.SetString("k", actual)
		}
		values := strings.Split(wanted, "\n")
		evaluate := func(op Operator) Outcome {
			test := NewTest(op, "K", values, true)
			r := test.Evaluate(ctx, InIdentityPolicy)
			if again := test.Evaluate(ctx, InIdentityPolicy); r.Outcome != again.Outcome || r.Note != again.Note {
				t.Fatalf("%s %q on %q: %+v, then %+v", op, values, actual, r, again)
			}
			if len(r.Wanted) != len(values) || r.Present != present {
				t.Fatalf("%s %q on %q: %+v", op, values, actual, r)
			}
			return r.Outcome
		}
		outcome := evaluate(op)
		if op.Type() == NullType {
			return
		}
		other := op
		other.ifExists = !op.ifExists
		if got := evaluate(other); present && got != outcome {
			t.Errorf("%s %q on %q: %v, %s: %v", op, values, actual, outcome, other, got)
		}
		if twin, ok := negation(op); ok && op.set == scalar && present && !multi && op.Type() == StringType {
			if got := evaluate(twin); got == outcome {
				t.Errorf("%s and %s %q on %q: both %v", op, twin, values, actual, got)
			}
		}
		for _, v := range values {
			op.CheckLiteral(v)
			BadVariables(v)
		}
	})
}

func negation(op Operator) (Operator, bool) {
	name := comparisons[op.comparison].name
	if op.IsNegated() {
		return op, false
	}
	twin, ok := ParseOperator(strings.Replace(name, "String", "StringNot", 1))
	return Operator{comparison: twin.comparison, set: op.set, ifExists: op.ifExists}, ok
}

func BenchmarkEvaluate(b *testing.B) {
	ctx := &Context{}
	for _, key := range []string{"aws:PrincipalAccount", "aws:userid", "aws:username", "aws:PrincipalType", "aws:SourceIp",
		"aws:SecureTransport", "aws:CurrentTime", "aws:EpochTime", "aws:RequestedRegion", "kms:CallerAccount", "kms:KeySpec"} {
		ctx.SetString(key, "x")
	}
	ctx.SetString("kms:ViaService", "s3.us-east-1.amazonaws.com")
	ctx.SetString("aws:PrincipalArn", "arn:aws:iam::111122223333:role/app")
	ctx.SetString("aws:SourceIp", "203.0.113.7")
	ctx.SetString("aws:MultiFactorAuthAge", "300")
	for _, c := range []struct {
		name, operator, key string
		wanted              []string
	}{
		{"StringEquals", "StringEquals", "kms:ViaService", []string{"ec2.us-east-1.amazonaws.com", "s3.us-east-1.amazonaws.com"}},
		{"StringLike", "StringLike", "kms:ViaService", []string{"ec2.*.amazonaws.com", "s3.*.amazonaws.com"}},
		{"Variable", "StringEquals", "kms:ViaService", []string{"${aws:username}"}},
		{"ArnLike", "ArnLike", "aws:PrincipalArn", []string{"arn:aws:iam::*:role/*"}},
		{"IpAddress", "IpAddress", "aws:SourceIp", []string{"198.51.100.0/24", "203.0.113.0/24"}},
		{"Numeric", "NumericLessThan", "aws:MultiFactorAuthAge", []string{"3600"}},
		{"Absent", "StringEquals", "kms:EncryptionContext:Department", []string{"IT"}},
	} {
		op, _ := ParseOperator(c.operator)
		test := NewTest(op, c.key, c.wanted, true)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				test.Evaluate(ctx, InIdentityPolicy)
			}
		})
	}
}
