package authz

import (
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// Evaluate says how each statement of one policy answers a request, and decides nothing. In condition.InKeyPolicy the
// policy is a resource-based one, whose statements name principals.
func Evaluate(r *Request, p *iam.Policy, scope condition.Scope) PolicyResult {
	question := *r
	if scope == condition.InKeyPolicy {
		question.KeyPolicy = p
	}
	e := evaluation{Request: &question, caller: newCaller(r.Principal)}
	return e.policy(p, scope)
}
