package authz

import (
	"strings"

	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/source"
)

// evaluation is one Decide in progress.
type evaluation struct {
	*Request
	caller caller
}

// policies evaluates every statement of every policy.
func (e *evaluation) policies(list []iam.Policy) []PolicyResult {
	results := make([]PolicyResult, len(list))
	for i := range list {
		results[i] = e.policy(&list[i], condition.InIdentityPolicy)
	}
	return results
}

func (e *evaluation) policy(p *iam.Policy, scope condition.Scope) PolicyResult {
	result := PolicyResult{ID: p.ID, Name: p.Name, ARN: p.ARN, Statements: make([]StatementResult, len(p.Document.Statements))}
	for i := range p.Document.Statements {
		s := &p.Document.Statements[i]
		e.statement(&result.Statements[i], p.Document.Text, s, i, scope)
	}
	return result
}

// statement evaluates one statement into r, which is zero.
func (e *evaluation) statement(r *StatementResult, text *source.Text, s *policy.Statement, index int, scope condition.Scope) {
	r.Index, r.Sid, r.Effect, r.Span, r.Line = index, s.Sid.Text, string(s.Effect), s.Span, text.Line(s.Span.Start)
	if scope == condition.InKeyPolicy {
		r.Relation = e.principal(s, &r.Principal)
		r.Principal.Line = line(text, r.Principal.Span)
	} else {
		r.Principal.Matches = true
	}
	e.action(s, &r.Action)
	e.resource(s, scope, &r.Resource)
	r.Action.Line, r.Resource.Line = line(text, r.Action.Span), line(text, r.Resource.Span)
	holds := true
	r.Conditions = noConditions
	if len(s.Conditions) > 0 {
		r.Conditions, holds = e.conditions(text, s, scope)
	}
	known := s.Effect == policy.Allow || s.Effect == policy.Deny
	r.Applies = known && r.Principal.Matches && r.Action.Matches && r.Resource.Matches && holds
	r.Reason = e.reason(s, r, known)
}

// noConditions is never null in JSON, and never written to: it has no room.
var noConditions = []ConditionResult{}

func line(text *source.Text, span source.Span) int {
	if !span.IsValid() {
		return 0
	}
	return text.Line(span.Start)
}

func (e *evaluation) principal(s *policy.Statement, element *ElementResult) Relation {
	element.Span = s.PrincipalSpan
	switch {
	case s.HasPrincipal:
		relation, i := e.caller.named(s.Principals, e.Bound)
		if i >= 0 {
			element.Matches, element.Matched, element.Span = true, s.Principals[i].Text, s.Principals[i].Span
		}
		return relation
	case s.HasNotPrincipal:
		if element.Matches = !e.caller.excluded(s.NotPrincipals, e.Bound); element.Matches {
			return Everyone
		}
	}
	return Stranger
}

func (e *evaluation) action(s *policy.Statement, element *ElementResult) {
	element.Span = s.ActionSpan
	for i := range s.Actions {
		if s.Actions[i].Match(e.Action) {
			element.Matches, element.Matched, element.Span = true, s.Actions[i].Text, s.Actions[i].Span
			return
		}
	}
	for i := range s.NotActions {
		if s.NotActions[i].Match(e.Action) {
			element.Matched, element.Span = s.NotActions[i].Text, s.NotActions[i].Span
			return
		}
	}
	element.Matches = len(s.NotActions) > 0
}

func (e *evaluation) resource(s *policy.Statement, scope condition.Scope, element *ElementResult) {
	element.Span = s.ResourceSpan
	for i := range s.Resources {
		if s.Resources[i].Match(e.Resource, e.Context, scope) {
			element.Matches, element.Matched, element.Span = true, s.Resources[i].Text, s.Resources[i].Span
			return
		}
	}
	for i := range s.NotResources {
		if s.NotResources[i].Match(e.Resource, e.Context, scope) {
			element.Matched, element.Span = s.NotResources[i].Text, s.NotResources[i].Span
			return
		}
	}
	// A trust policy has no Resource: it is always about its own role.
	trust := scope == condition.InKeyPolicy && e.KeyPolicy.Kind == policy.TrustPolicy && len(s.Resources) == 0
	element.Matches = len(s.NotResources) > 0 || trust
}

// conditions evaluates all tests. A test whose values cannot be compared lets a Deny apply and an Allow not.
func (e *evaluation) conditions(text *source.Text, s *policy.Statement, scope condition.Scope) ([]ConditionResult, bool) {
	results := make([]ConditionResult, len(s.Conditions))
	holds := true
	for i := range s.Conditions {
		c := &s.Conditions[i]
		r := c.Evaluate(e.Context, scope)
		results[i] = ConditionResult{
			Operator: c.Operator.String(), Key: c.Key, Present: r.Present, Actual: list(r.Actual), Wanted: list(r.Wanted),
			Matches: r.Outcome == condition.Match, Broken: r.Outcome == condition.Broken, Note: r.Note,
			Span: c.Span, Line: text.Line(c.Span.Start),
		}
		holds = holds && (r.Outcome == condition.Match || r.Outcome == condition.Broken && s.Effect == policy.Deny)
	}
	return results, holds
}

func list(values []string) []string {
	if values == nil {
		return []string{}
	}
	return values
}

// reason says in one sentence why the statement applies, or the first thing that keeps it from applying.
func (e *evaluation) reason(s *policy.Statement, r *StatementResult, known bool) string {
	switch {
	case !known:
		return "its Effect is neither Allow nor Deny, so it never applies"
	case !r.Principal.Matches:
		return e.strangerReason(s)
	case !r.Action.Matches:
		return elementReason("Action", "action "+e.Action, r.Action.Matched, len(s.Actions)+len(s.NotActions))
	case !r.Resource.Matches:
		return elementReason("Resource", e.Resource, r.Resource.Matched, len(s.Resources)+len(s.NotResources))
	case !r.Applies:
		for i := range r.Conditions {
			if c := &r.Conditions[i]; !c.Matches && !(c.Broken && s.Effect == policy.Deny) {
				return conditionReason(c)
			}
		}
	}
	if r.Relation == Account && s.Effect == policy.Allow && e.caller.Kind != iam.Root {
		return "it names the account " + e.caller.Account + ", so IAM policies of that account count for " + e.Action
	}
	if len(r.Conditions) > 0 {
		return "it matches, and its conditions hold"
	}
	return "it matches"
}

func (e *evaluation) strangerReason(s *policy.Statement) string {
	switch {
	case s.HasNotPrincipal:
		return "its NotPrincipal lists the caller"
	case !s.HasPrincipal:
		return "it has no Principal, so it applies to nobody"
	}
	for _, p := range s.Principals {
		if id, known := e.Bound[p.Text]; known && (p.Text == e.caller.arn || p.Text == e.caller.issuer) && id != e.caller.issuerID {
			return "it names a principal that was deleted; the caller has the same name but is another (" + e.caller.issuerID + ", not " + id + ")"
		}
	}
	return "its Principal does not name the caller or its account"
}

func elementReason(element, what, matched string, patterns int) string {
	switch {
	case patterns == 0:
		return "it has no " + element + ", so it has no effect"
	case matched != "":
		return "its Not" + element + " lists " + matched
	}
	return "its " + element + " does not cover " + what
}

func conditionReason(c *ConditionResult) string {
	wanted := strings.Join(c.Wanted, " or ")
	switch {
	case c.Broken:
		return "its condition on " + c.Key + " cannot be compared: " + c.Note
	case c.Note != "":
		return "its condition " + c.Operator + " " + c.Key + " does not hold: " + c.Note
	case !c.Present:
		return "its condition " + c.Operator + " " + c.Key + " does not hold: the request does not carry that key"
	}
	return "its condition does not hold: " + c.Key + " is " + strings.Join(c.Actual, ", ") + ", " + c.Operator + " wants " + wanted
}
