package condition

import (
	"strings"

	"kmsplayground/engine/arn"
)

// Outcome is how one test ended. The zero Outcome is no match.
type Outcome int

// Broken is a test that could not be made (a literal that is no ARN met with a request ARN, recorded from AWS):
// an Allow statement does not apply, a Deny statement does.
const (
	NoMatch Outcome = iota
	Match
	Broken
)

// Test is one line of a Condition element, compiled: {"StringEquals": {"kms:ViaService": ["a", "b"]}}.
type Test struct {
	Operator Operator
	Key      string     // as typed
	Wanted   []Template // the values, as typed
	lower    string
	operands []operand // beside Wanted; of those without variables only when dynamic
	texts    []string  // beside Wanted, as a Result shows them
	dynamic  bool      // some value has a policy variable
}

// Result is what a Test found.
type Result struct {
	Outcome Outcome
	Present bool     // the request carries the key, and this kind of policy honours it
	Actual  []string // what the request carries
	Wanted  []string // what the policy wants, variables replaced
	Note    string   // why the outcome may surprise: "the key is absent, and a negated operator matches an absent key"
}

// NewTest compiles a test. Variables says whether ${…} is a policy variable: only from Version 2012-10-17 on, and
// only for operators that take them.
func NewTest(op Operator, key string, wanted []string, variables bool) Test {
	t := Test{
		Operator: op, Key: key, lower: strings.ToLower(key),
		Wanted: make([]Template, len(wanted)), operands: make([]operand, len(wanted)), texts: make([]string, len(wanted)),
	}
	for i, text := range wanted {
		template := NewTemplate(text, variables && op.TakesVariables())
		t.Wanted[i] = template
		t.texts[i] = text
		if template.keys {
			t.dynamic = true
			continue
		}
		parts := template.literalParts()
		t.texts[i] = join(parts)
		t.operands[i] = op.compile(parts)
	}
	return t
}

// The notes of a Result.
const (
	noteAbsent         = "the request does not carry the key"
	noteAbsentNegated  = "the key is absent, and a negated operator matches an absent key"
	noteAbsentIfExists = "the key is absent, and IfExists matches an absent key"
	noteAbsentAll      = "the key is absent, and ForAllValues matches an absent key"
	noteAbsentAny      = "the key is absent, and ForAnyValue needs at least one value"
	noteEmptyAll       = "the list is empty, and ForAllValues matches an empty list"
	noteEmptyAny       = "the list is empty, and ForAnyValue needs at least one value"
	noteScalarOnList   = "the key is a list, and an operator without ForAllValues or ForAnyValue never matches a list"
	noteUnresolved     = "a policy variable has no value in this request, so the value that holds it equals nothing"
	noteNotARN         = "the request's value is not an ARN, and neither ArnLike nor ArnNotLike matches it"
	noteBrokenARN      = "the policy's value is not an ARN: an Allow statement does not apply, a Deny statement does"
	noteNotAddress     = "the request's value is not an IP address, and neither IpAddress nor NotIpAddress matches it"
	noteBadLiteral     = "the policy's value cannot be read, so it equals nothing"
	noteNoValues       = "the policy wants no value, so no value of the request matches"
)

// noValues is what a request carries for a key that it does not carry: [] in JSON.
var noValues = []string{}

// Evaluate compares what the request carries with what the policy wants.
func (t *Test) Evaluate(ctx *Context, scope Scope) Result {
	r := Result{Wanted: t.texts, Actual: noValues}
	v, present := ctx.Lookup(t.lower, scope)
	if r.Present = present; present && v.Values != nil {
		r.Actual = v.Values
	}
	switch {
	case t.Operator.comparison == null:
		r.Outcome = t.testNull(present)
	case !present:
		r.Outcome, r.Note = t.testAbsent()
	case v.Multi && t.Operator.set == scalar:
		r.Note = noteScalarOnList
	case len(t.Wanted) == 0:
		r.Outcome, r.Note = t.testNothing(len(v.Values))
	default:
		t.testValues(&r, ctx, scope)
	}
	return r
}

func (t *Test) testNull(present bool) Outcome {
	for i := range t.operands {
		if t.operands[i].boolean == !present {
			return Match
		}
	}
	return NoMatch
}

func (t *Test) testAbsent() (Outcome, string) {
	switch op := t.Operator; {
	case op.set == forAllValues:
		return Match, noteAbsentAll
	case op.set == forAnyValue:
		return NoMatch, noteAbsentAny
	case op.ifExists:
		return Match, noteAbsentIfExists
	case op.IsNegated() && len(t.Wanted) > 0:
		return Match, noteAbsentNegated
	}
	return NoMatch, noteAbsent
}

// testNothing is a test that wants an empty list of values: a present value never matches, negated or not.
func (t *Test) testNothing(values int) (Outcome, string) {
	if t.Operator.set == forAllValues && values == 0 {
		return Match, noteEmptyAll
	}
	return NoMatch, noteNoValues
}

// testValues compares a present key. A set operator takes a single-valued key as a list of one.
func (t *Test) testValues(r *Result, ctx *Context, scope Scope) {
	operands := t.operands
	unresolved := false
	if t.dynamic {
		operands, r.Wanted, unresolved = t.resolve(ctx, scope)
	}
	r.Outcome = t.combine(r.Actual, operands, ctx.simulated)
	switch {
	case len(r.Actual) == 0 && t.Operator.set == forAllValues:
		r.Note = noteEmptyAll
	case len(r.Actual) == 0:
		r.Note = noteEmptyAny
	case unresolved:
		r.Note = noteUnresolved
	default:
		r.Note = t.Operator.surprise(r.Outcome, r.Actual, operands)
	}
}

func (t *Test) combine(actual []string, operands []operand, simulated bool) Outcome {
	outcome := NoMatch
	if t.Operator.set == forAllValues {
		outcome = Match
	}
	satisfied := Operator.satisfied
	if simulated {
		satisfied = Operator.satisfiedInSimulator
	}
	for _, a := range actual {
		switch o := satisfied(t.Operator, a, operands); {
		case o == Broken:
			return Broken
		case t.Operator.set == forAllValues && o == NoMatch:
			return NoMatch
		case t.Operator.set != forAllValues && o == Match:
			outcome = Match
		}
	}
	return outcome
}

// resolve replaces the policy variables.
func (t *Test) resolve(ctx *Context, scope Scope) (operands []operand, texts []string, unresolved bool) {
	operands = append(operands, t.operands...)
	texts = append(texts, t.texts...)
	for i := range t.Wanted {
		template := &t.Wanted[i]
		if !template.keys {
			continue
		}
		parts, ok := template.expand(ctx, scope)
		if !ok {
			unresolved = true
			operands[i] = operand{}
			continue
		}
		texts[i] = join(parts)
		operands[i] = t.Operator.compile(parts)
	}
	return operands, texts, unresolved
}

// surprise explains outcomes that come from text that cannot be read as the operator's type.
func (op Operator) surprise(outcome Outcome, actual []string, operands []operand) string {
	switch op.Type() {
	case ARNType:
		if outcome == Broken {
			return noteBrokenARN
		}
		if outcome == NoMatch && !arn.HasForm(actual[0]) {
			return noteNotARN
		}
	case IPAddressType:
		if _, ok := parseAddress(actual[0]); !ok && outcome == NoMatch {
			return noteNotAddress
		}
	}
	for i := range operands {
		if !operands[i].usable && !operands[i].broken {
			return noteBadLiteral
		}
	}
	return ""
}
