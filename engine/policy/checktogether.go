package policy

import (
	"strconv"
	"strings"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/source"
)

// conditionsTogether remarks on tests that make no sense beside each other.
func (c *checker) conditionsTogether(f *facts) {
	if len(f.Conditions) > manyOfThem {
		return
	}
	for i := range f.Conditions {
		for k := range f.Conditions {
			if i != k && c.contradiction(&f.Conditions[i], &f.Conditions[k]) {
				return
			}
		}
	}
	c.contextCase(f.Statement)
	if f.Effect == Allow {
		c.keyProperties(f)
	}
}

// contradiction remarks on a test that no value which another one asks for can pass.
func (c *checker) contradiction(exact, other *Condition) bool {
	if !strings.EqualFold(exact.Key, other.Key) || exact.OperatorSpan == other.OperatorSpan || !isExact(exact) || other.Operator.IsSet() || !other.Operator.IsValid() || len(other.Wanted) == 0 ||
		len(exact.Wanted) > manyOfThem || len(other.Wanted) > manyOfThem {
		return false
	}
	for _, w := range other.Wanted {
		if len(w.Variables()) > 0 {
			return false
		}
	}
	for _, w := range exact.Wanted {
		ctx := &condition.Context{}
		ctx.SetString(other.Key, w.Text())
		if other.Evaluate(ctx, condition.InIdentityPolicy).Outcome == condition.Match {
			return false
		}
	}
	c.report(other.KeySpan, source.Warning, "contradicting-conditions",
		"no value of %q passes both %s and %s, so the statement never applies", other.Key, exact.Operator, other.Operator)
	return true
}

// isExact reports whether a test asks for one of some values, and says them in full.
func isExact(t *Condition) bool {
	switch t.Operator.String() {
	case "StringEquals", "Bool", "ArnEquals":
	default:
		return false
	}
	for _, w := range t.Wanted {
		if len(w.Variables()) > 0 || strings.Contains(w.Text(), "${") || t.Operator.Type() == condition.ARNType && w.HasWildcard() {
			return false
		}
	}
	return len(t.Wanted) > 0 && !isList(t)
}

// contextCase remarks on pairs of the encryption context whose keys differ in letter case only.
func (c *checker) contextCase(s *Statement) {
	for i := range s.Conditions {
		t := &s.Conditions[i]
		if !strings.HasPrefix(strings.ToLower(t.Key), "kms:encryptioncontext:") {
			continue
		}
		for k := range s.Conditions[:i] {
			first := &s.Conditions[k]
			if first.OperatorSpan != t.OperatorSpan && first.Key != t.Key && strings.EqualFold(first.Key, t.Key) {
				c.report(t.KeySpan, source.Warning, "encryption-context-case",
					"condition keys are compared ignoring letter case, so %q and %q are the same pair; test kms:EncryptionContextKeys for the exact key", t.Key, first.Key)
				break
			}
		}
	}
}

// keyProperties remarks on actions that never work on keys of the spec or usage that the statement asks for.
func (c *checker) keyProperties(f *facts) {
	var tests []*Condition
	for i := range f.Conditions {
		switch t := &f.Conditions[i]; strings.ToLower(t.Key) {
		case "kms:keyspec", "kms:keyusage":
			if !t.Operator.IsSet() && t.Operator.Type() == condition.StringType {
				tests = append(tests, t)
			}
		}
	}
	if len(tests) == 0 {
		return
	}
	var keys []catalog.KeySpec
	for _, key := range catalog.KeySpecs() {
		if passes(tests, key) {
			keys = append(keys, key)
		}
	}
	for i := range f.Actions {
		a, covered := &f.Actions[i], f.patterns[i]
		if len(keys) == 0 || covered == 0 || possible(covered, keys) {
			continue
		}
		c.report(a.Span, source.Warning, "action-not-of-such-keys",
			"%q does not work on the keys that %s lets through, so this statement never allows it; correct the one or the other", a.Text, tests[0].Key)
		c.fix("Remove the action", c.withoutItem(a.Span)...)
	}
}

func passes(tests []*Condition, key catalog.KeySpec) bool {
	ctx := &condition.Context{}
	ctx.SetString("kms:KeySpec", key.Spec)
	ctx.SetString("kms:KeyUsage", key.Usage)
	for _, t := range tests {
		if t.Evaluate(ctx, condition.InIdentityPolicy).Outcome != condition.Match {
			return false
		}
	}
	return true
}

func possible(actions actionSet, keys []catalog.KeySpec) bool {
	for _, info := range actions.list() {
		for _, key := range keys {
			if worksOn(strings.TrimPrefix(info.Name, "kms:"), key) {
				return true
			}
		}
	}
	return false
}

// worksOn reports whether an operation is one for keys of a spec and usage.
func worksOn(operation string, key catalog.KeySpec) bool {
	bound := false // some kind of key has it among its operations, so that those that lack it do not take it
	for _, k := range catalog.KeySpecs() {
		for _, name := range k.GrantOperations() {
			if name == operation {
				bound = true
				if k.Spec == key.Spec && k.Usage == key.Usage {
					return true
				}
			}
		}
	}
	return !bound
}

// bounds are the values that numeric parameters can have. API reference, read 2026-08.
var bounds = map[string][2]int{
	"kms:rotationperiodindays":                   {90, 2560},
	"kms:schedulekeydeletionpendingwindowindays": {7, 30},
}

// numbers remarks on comparisons that come out the same for every value that the parameter can have.
func (c *checker) numbers(t *Condition) {
	bound, ok := bounds[strings.ToLower(t.Key)]
	if !ok || len(t.Wanted) == 0 || len(t.Wanted) > manyOfThem {
		return
	}
	some, all := false, true
	for n := bound[0]; n <= bound[1]; n++ {
		ctx := &condition.Context{}
		ctx.SetString(t.Key, strconv.Itoa(n))
		match := t.Evaluate(ctx, condition.InIdentityPolicy).Outcome == condition.Match
		some, all = some || match, all && match
	}
	outcome := "never"
	switch {
	case all:
		outcome = "always"
	case some:
		return
	}
	c.report(t.Span, source.Warning, "number-out-of-range",
		"%q is from %d to %d, so this comparison is %s true", t.Key, bound[0], bound[1], outcome)
}
