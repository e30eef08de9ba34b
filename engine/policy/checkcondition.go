package policy

import (
	"strings"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/source"
)

func (c *checker) condition(s *Statement, index int) {
	t := &s.Conditions[index]
	if !c.conditionKey(t) {
		return
	}
	c.sameKey(s, index)
	if !t.Operator.IsValid() {
		return
	}
	if len(t.Wanted) == 0 && len(t.ValueSpans) == 0 {
		c.noValues(t)
	}
	c.literals(t)
	info, known := catalog.LookupConditionKey(t.Key)
	if !known {
		c.unknownKey(t)
		return
	}
	if c.kind == KeyPolicy && !info.KeyPolicy {
		c.report(t.KeySpan, source.Warning, "key-not-honoured",
			"a key policy does not see condition key %q; use it in an IAM policy", t.Key)
	}
	c.cardinality(s, t, info)
	c.operatorType(t, info)
	c.carried(s, t)
}

// conditionKey remarks on a key that names no service.
func (c *checker) conditionKey(t *Condition) bool {
	switch service, name, ok := strings.Cut(t.Key, ":"); {
	case c.doc.Version.Text == Version20121017 && strings.Contains(t.Key, "${"):
		c.report(t.KeySpan, source.Error, "variable-in-key", "condition key %q cannot hold a policy variable", t.Key)
	case !ok || service == "" || name == "":
		c.report(t.KeySpan, source.Error, "invalid-condition-key",
			"condition key %q needs a service prefix, as in \"kms:ViaService\"", t.Key)
	default:
		return true
	}
	return false
}

// sameKey remarks on a key that stands twice under one operator in different letter case: AWS takes them as the same.
func (c *checker) sameKey(s *Statement, index int) {
	t := &s.Conditions[index]
	for i := range s.Conditions[:index] {
		first := &s.Conditions[i]
		if first.OperatorSpan == t.OperatorSpan && first.Key != t.Key && strings.EqualFold(first.Key, t.Key) {
			c.report(t.KeySpan, source.Error, "duplicate-condition-key",
				"condition key %q is %q in other letters; both stand under one operator", t.Key, first.Key)
			return
		}
	}
}

func (c *checker) noValues(t *Condition) {
	severity := source.Error
	if c.rules.anyLiteral {
		severity = source.Warning
	}
	if strings.Trim(c.doc.Text.String()[t.KeySpan.End:t.Span.End], ":[] \t\r\n") == "" {
		c.report(t.KeySpan, severity, "empty-values", "condition key %q has no values, so nothing matches it", t.Key)
	}
}

// literals remarks on values that the operator cannot read, and on policy variables that never have a value.
func (c *checker) literals(t *Condition) {
	for i, w := range t.Wanted {
		for _, name := range w.Variables() {
			if info, ok := catalog.LookupConditionKey(name); ok && info.Multi {
				c.report(t.ValueSpans[i], source.Warning, "variable-of-list-key",
					"%q is a list, so the policy variable never has a value", name)
			}
		}
		if len(w.Variables()) > 0 {
			continue
		}
		text, _ := w.Expand(nil, condition.InIdentityPolicy)
		if problem, ok := t.Operator.CheckLiteral(text); !ok {
			c.badLiteral(t, i, text, problem)
		} else if t.Operator.Type() == condition.BoolType || t.Operator.Type() == condition.NullType {
			c.oddBoolean(t, i, text)
		}
	}
}

func (c *checker) badLiteral(t *Condition, i int, text, problem string) {
	severity := source.Error
	if c.rules.anyLiteral && t.Operator.Type() != condition.BinaryType {
		severity = source.Warning
	}
	c.report(t.ValueSpans[i], severity, "invalid-value", "%q %s, which %s compares", text, problem, t.Operator)
}

func (c *checker) oddBoolean(t *Condition, i int, text string) {
	if !strings.EqualFold(text, "true") && !strings.EqualFold(text, "false") {
		c.report(t.ValueSpans[i], source.Warning, "odd-boolean", "%q counts as false", text)
	}
}

func (c *checker) unknownKey(t *Condition) {
	service, _, _ := strings.Cut(t.Key, ":")
	if !strings.EqualFold(service, "kms") && !strings.EqualFold(service, "aws") {
		return
	}
	var names []string
	for _, info := range catalog.ConditionKeys() {
		names = append(names, info.Name)
	}
	c.report(t.KeySpan, source.Warning, "unknown-condition-key",
		"unknown condition key %q%s", t.Key, didYouMean(t.Key, names))
}

// cardinality remarks on operators for one value with a list key, and the other way around.
func (c *checker) cardinality(s *Statement, t *Condition, info catalog.ConditionKeyInfo) {
	op := t.Operator
	switch {
	case info.Multi && !op.IsSet() && op.Type() != condition.NullType:
		c.report(t.OperatorSpan, source.Warning, "set-operator-needed",
			"%q is a list, which %s never matches; put ForAnyValue: or ForAllValues: before it", t.Key, op)
	case !info.Multi && op.IsForAllValues() && c.kind == KeyPolicy && isOverlyPermissive(info.Name):
		c.report(t.OperatorSpan, source.Error, "overly-permissive-condition",
			"ForAllValues: is refused with %q in a key policy: it is true when the request does not carry the key", t.Key)
	case !info.Multi && op.IsSet():
		c.report(t.OperatorSpan, source.Warning, "set-operator-on-single-value",
			"%q is a single value; %s needs no set prefix", t.Key, op)
	case op.IsForAllValues() && s.Effect == Allow && !testsPresence(s, t.Key):
		c.report(t.OperatorSpan, source.Info, "for-all-values-allows-missing",
			"ForAllValues: is also true when the request does not carry %q; add Null: false to require it", t.Key)
	}
}

// isOverlyPermissive names the families that a policy given to KMS cannot test with ForAllValues.
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html, read 2026-08.
func isOverlyPermissive(name string) bool {
	return name == "kms:EncryptionContext:*" || name == "aws:RequestTag/*"
}

func testsPresence(s *Statement, key string) bool {
	for i := range s.Conditions {
		t := &s.Conditions[i]
		if t.Operator.Type() == condition.NullType && strings.EqualFold(t.Key, key) {
			return true
		}
	}
	return false
}

// operatorType remarks on operators that cannot read the values of a key. Text operators read all but addresses,
// whose text has many spellings.
func (c *checker) operatorType(t *Condition, info catalog.ConditionKeyInfo) {
	op, key := t.Operator.Type(), condition.Type(info.Type)
	fits := op == key || op == condition.NullType || op == condition.StringType && key != condition.IPAddressType
	switch key {
	case condition.StringType:
		fits = true // tags and encryption contexts hold any text
	case condition.DateType:
		fits = fits || op == condition.NumericType
	}
	if !fits {
		c.report(t.OperatorSpan, source.Warning, "operator-type",
			"condition key %q is of type %s, which %s does not compare", t.Key, key, t.Operator)
	}
}

// carried remarks on an Allow that waits for a key which the request for an action never carries.
func (c *checker) carried(s *Statement, t *Condition) {
	if s.Effect != Allow || !needsKey(t.Operator) {
		return
	}
	var without []*Action
	for i := range s.Actions {
		a := &s.Actions[i]
		covered := coveredActions(a)
		if len(covered) == 0 || a.Text == "*" {
			return // the statement is about other services too
		}
		if !someCarries(covered, t.Key) {
			without = append(without, a)
		}
	}
	if len(without) > 0 && len(without) == len(s.Actions) {
		c.report(t.KeySpan, source.Warning, "key-never-present",
			"no request for these actions carries %q, so the statement never applies", t.Key)
		return
	}
	for _, a := range without {
		c.report(a.Span, source.Info, "key-not-in-request",
			"a request for %q does not carry %q, so this statement never allows it", a.Text, t.Key)
	}
}

// needsKey reports whether the operator fails when the request does not carry the key.
func needsKey(op condition.Operator) bool {
	return !op.IsNegated() && !op.IfExists() && !op.IsForAllValues() && op.Type() != condition.NullType
}

func someCarries(actions []catalog.ActionInfo, key string) bool {
	for _, info := range actions {
		if info.Carries(key) {
			return true
		}
	}
	return false
}
