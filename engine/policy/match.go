package policy

import (
	"kmsplayground/engine/arn"
	"kmsplayground/engine/condition"
)

func newAction(v Value) Action { return Action{Value: v, pattern: arn.CompileFold(v.Text)} }

// Match reports whether the action pattern covers action ("kms:Encrypt"), without regard to letter case.
func (a Action) Match(action string) bool { return a.pattern.Match(action) }

// Match reports whether the resource pattern covers resource, an ARN or "*".
func (r Resource) Match(resource string, ctx *condition.Context, scope condition.Scope) bool {
	return r.Template.Match(resource, ctx, scope)
}

// MatchAction reports whether the statement is about action. A statement with NotAction is about what none of its
// patterns covers; one with neither is about nothing.
func (s *Statement) MatchAction(action string) bool {
	for i := range s.Actions {
		if s.Actions[i].pattern.Match(action) {
			return true
		}
	}
	if len(s.NotActions) == 0 {
		return false
	}
	for i := range s.NotActions {
		if s.NotActions[i].pattern.Match(action) {
			return false
		}
	}
	return true
}

// MatchResource reports whether the statement is about resource. A statement with neither Resource nor NotResource
// is about none.
func (s *Statement) MatchResource(resource string, ctx *condition.Context, scope condition.Scope) bool {
	for i := range s.Resources {
		if s.Resources[i].Match(resource, ctx, scope) {
			return true
		}
	}
	if len(s.NotResources) == 0 {
		return false
	}
	for i := range s.NotResources {
		if s.NotResources[i].Match(resource, ctx, scope) {
			return false
		}
	}
	return true
}
