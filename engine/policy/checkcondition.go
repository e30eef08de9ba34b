package policy

import (
	"slices"
	"strings"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/source"
)

func (c *checker) condition(f *facts, index int) {
	s := f.Statement
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
		c.unknownKey(s, t)
		return
	}
	if c.kind == KeyPolicy && !info.KeyPolicy {
		c.report(t.KeySpan, source.Warning, "key-not-honoured",
			"a key policy does not see condition key %q; use it in an IAM policy", t.Key)
		return
	}
	c.cardinality(f, t, info)
	c.operatorType(t, info)
	c.carried(f, t)
	c.missingMatches(f, t)
	c.origin(f, t)
	c.values(f, t, info)
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
		c.variables(t, i)
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

// variables remarks on policy variables that never have a value.
func (c *checker) variables(t *Condition, i int) {
	for _, name := range t.Wanted[i].Variables() {
		info, known := catalog.LookupConditionKey(name)
		service, _, _ := strings.Cut(name, ":")
		switch {
		case known && info.Multi:
			c.report(t.ValueSpans[i], source.Warning, "variable-of-list-key",
				"%q is a list, so the policy variable never has a value", name)
		case !known && (strings.EqualFold(service, "aws") || strings.EqualFold(service, "kms")):
			best := nearest(name, keyNames())
			c.report(t.ValueSpans[i], source.Warning, "unknown-variable",
				"no request carries %q, so the policy variable never has a value%s", name, question(best))
			if best != "" && !strings.HasSuffix(best, "*") {
				c.fix("Write "+best, replaceString(t.ValueSpans[i], strings.ReplaceAll(t.Wanted[i].Text(), "${"+name, "${"+best)))
			}
		}
	}
}

func keyNames() []string {
	var names []string
	for _, info := range catalog.ConditionKeys() {
		names = append(names, info.Name)
	}
	return names
}

func (c *checker) badLiteral(t *Condition, i int, text, problem string) {
	severity := source.Error
	if c.rules.anyLiteral && t.Operator.Type() != condition.BinaryType {
		severity = source.Warning
	}
	c.report(t.ValueSpans[i], severity, "invalid-value", "%q %s, which %s compares", text, problem, t.Operator)
}

func (c *checker) oddBoolean(t *Condition, i int, text string) {
	switch {
	case strings.EqualFold(text, "true") || strings.EqualFold(text, "false"):
	case strings.Contains(text, "${"):
		c.report(t.ValueSpans[i], source.Warning, "variable-not-read",
			"%s does not read policy variables, so %q counts as false; write \"true\" or \"false\"", t.Operator, text)
	default:
		c.report(t.ValueSpans[i], source.Warning, "odd-boolean", "%q counts as false; write \"true\" or \"false\"", text)
		c.fix("Write \"true\"", replaceString(t.ValueSpans[i], "true"))
		c.fix("Write \"false\"", replaceString(t.ValueSpans[i], "false"))
	}
}

func (c *checker) unknownKey(s *Statement, t *Condition) {
	service, _, _ := strings.Cut(t.Key, ":")
	if !strings.EqualFold(service, "kms") && !strings.EqualFold(service, "aws") {
		return
	}
	if strings.EqualFold(t.Key, "kms:EncryptionContext") {
		c.report(t.KeySpan, source.Warning, "encryption-context-without-key",
			"the key of the pair belongs into the condition key, as in \"kms:EncryptionContext:Department\"; kms:EncryptionContextKeys tests the keys alone")
		return
	}
	best := nearest(t.Key, keyNames())
	c.report(t.KeySpan, source.Warning, "unknown-condition-key", "unknown condition key %q%s", t.Key, question(best))
	if best != "" && !strings.HasSuffix(best, "*") && !hasKeyBeside(s, t, best) {
		c.fix("Write "+best, replaceString(t.KeySpan, best))
	}
}

// hasKeyBeside reports whether another condition under t's operator has that key: written for t's, it would stand twice.
func hasKeyBeside(s *Statement, t *Condition, key string) bool {
	for i := range s.Conditions {
		other := &s.Conditions[i]
		if other != t && other.OperatorSpan == t.OperatorSpan && strings.EqualFold(other.Key, key) {
			return true
		}
	}
	return false
}

// cardinality remarks on operators for one value with a list key, and the other way around.
func (c *checker) cardinality(f *facts, t *Condition, info catalog.ConditionKeyInfo) {
	s, op := f.Statement, t.Operator
	switch {
	case info.Multi && !op.IsSet() && op.Type() != condition.NullType:
		c.report(t.OperatorSpan, source.Warning, "set-operator-needed",
			"%q is a list, which %s never matches; put ForAnyValue: or ForAllValues: before it", t.Key, op)
		for _, prefix := range []string{"ForAnyValue:", "ForAllValues:"} {
			c.fix("Put "+prefix+" before it", c.withOperator(s, t, prefix+op.String(), isList)...)
		}
	case !info.Multi && op.IsForAllValues() && c.kind == KeyPolicy && isOverlyPermissive(info.Name):
		c.report(t.OperatorSpan, source.Error, "overly-permissive-condition",
			"ForAllValues: is refused with %q in a key policy: it is true when the request does not carry the key", t.Key)
	case !info.Multi && op.IsSet():
		c.report(t.OperatorSpan, source.Warning, "set-operator-on-single-value",
			"%q is a single value; %s needs no set prefix", t.Key, op)
		_, scalar, _ := strings.Cut(op.String(), ":")
		c.fix("Write "+scalar, c.withOperator(s, t, scalar, func(o *Condition) bool { return !isList(o) })...)
	case op.IsForAllValues() && f.Effect == Allow && !testsPresence(s, t.Key) && !alwaysCarried(f, t.Key):
		c.report(t.OperatorSpan, source.Info, "for-all-values-allows-missing",
			"ForAllValues: is also true when the request does not carry %q; add Null: false to require it", t.Key)
		c.fix("Require the key", c.withCondition(s, "Null", t.Key, "false")...)
	}
}

var tagging = actionsNamed("kms:TagResource", "kms:UntagResource")

// alwaysCarried reports whether a request that the statement allows carries a list key in any case: the parameter is
// required, or another test asks for one of the tags.
func alwaysCarried(f *facts, key string) bool {
	if strings.EqualFold(key, "kms:GrantOperations") {
		return true
	}
	asks := func(t Condition) bool { return hasRequestTag(t.Key) && needsKey(t.Operator) }
	return strings.EqualFold(key, "aws:TagKeys") && (!f.others && tagging.has(f.actions) || slices.ContainsFunc(f.Conditions, asks))
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

// carried remarks on a test of a key that the requests for an action never carry.
func (c *checker) carried(f *facts, t *Condition) {
	if f.others || f.actions == 0 || t.Operator.Type() == condition.NullType {
		return
	}
	about := f.decided(c.kind)
	without := about.where(func(info catalog.ActionInfo) bool { return !info.Carries(t.Key) })
	switch {
	case without == 0:
	case f.Effect == Deny && t.Operator.IsNegated():
		c.deniedWithout(f, t, about, without)
	case !needsKey(t.Operator):
	case without == about && f.Effect == Deny:
		c.report(t.KeySpan, source.Warning, "deny-never-applies",
			"no request for these actions carries %q, so this Deny never applies; test a key that they carry, or deny without it", t.Key)
	case without == about:
		c.report(t.KeySpan, source.Warning, "key-never-present",
			"no request for these actions carries %q, so the statement never applies", t.Key)
	case f.Effect == Allow:
		for i := range f.Actions {
			if a, covered := &f.Actions[i], f.patterns[i]; covered != 0 && without.has(covered) {
				c.report(a.Span, source.Info, "key-not-in-request",
					"a request for %q does not carry %q, so this statement never allows it; give the action a statement without this Condition", a.Text, t.Key)
			}
		}
	}
}

// deniedWithout remarks on a Deny that also hits, or only hits, what never carries the key.
func (c *checker) deniedWithout(f *facts, t *Condition, about, without actionSet) {
	if testsPresence(f.Statement, t.Key) {
		return
	}
	if without == about {
		c.report(t.KeySpan, source.Warning, "deny-always-applies",
			"no request for these actions carries %q, and a negated operator matches what is missing, so this Deny always applies", t.Key)
		return
	}
	c.report(t.KeySpan, source.Warning, "deny-reaches-further",
		"a negated operator matches what is missing, so this also denies %s, which never carry %q; name the actions that do, or add Null: false",
		without.names(), t.Key)
	c.fix("Require the key", c.withCondition(f.Statement, "Null", t.Key, "false")...)
}

// optionalKeys are keys that a caller can leave out of a request, and which people test to bound its use.
var optionalKeys = []string{
	"kms:viaservice", "kms:requestalias", "kms:grantconstrainttype", "aws:sourcevpc", "aws:sourcevpce",
}

// missingMatches remarks on an Allow that a request meets by leaving the key out.
func (c *checker) missingMatches(f *facts, t *Condition) {
	key := strings.ToLower(t.Key)
	optional := slices.Contains(optionalKeys, key) || strings.HasPrefix(key, "kms:encryptioncontext:")
	switch {
	case f.Effect == Deny && key == "aws:multifactorauthpresent" && t.Operator.String() == "Bool" && wants(t, "false"):
		c.report(t.OperatorSpan, source.Warning, "mfa-deny-needs-if-exists",
			"requests with an access key do not carry %q, so Bool lets them pass; write BoolIfExists", t.Key)
		c.fix("Write BoolIfExists", c.withOperator(f.Statement, t, "BoolIfExists", isMFA)...)
	case f.Effect != Allow || testsPresence(f.Statement, t.Key):
	case key == "aws:multifactorauthpresent" && t.Operator.String() == "BoolIfExists" && wants(t, "true"):
		c.report(t.OperatorSpan, source.Warning, "mfa-allow-if-exists",
			"requests with an access key do not carry %q, so IfExists lets them pass without MFA; write Bool", t.Key)
		c.fix("Write Bool", c.withOperator(f.Statement, t, "Bool", isMFA)...)
	case optional && (t.Operator.IfExists() || t.Operator.IsNegated()) && !t.Operator.IsSet():
		c.report(t.OperatorSpan, source.Info, "allow-without-key",
			"%s is also true when the request does not carry %q; add Null: false to require it", t.Operator, t.Key)
		c.fix("Require the key", c.withCondition(f.Statement, "Null", t.Key, "false")...)
	}
}

func wants(t *Condition, value string) bool {
	return slices.ContainsFunc(t.Wanted, func(w condition.Template) bool { return strings.EqualFold(w.Text(), value) })
}

func isMFA(t *Condition) bool { return strings.EqualFold(t.Key, "aws:MultiFactorAuthPresent") }

func isList(t *Condition) bool {
	info, ok := catalog.LookupConditionKey(t.Key)
	return ok && info.Multi
}

// needsKey reports whether the operator fails when the request does not carry the key.
func needsKey(op condition.Operator) bool {
	return !op.IsNegated() && !op.IfExists() && !op.IsForAllValues() && op.Type() != condition.NullType
}
