package authz

import (
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// Answer decides as Decide does, without saying why: for questions about many decisions at once. It concludes from the
// same layers by the same paths, and stops at the first element of a statement that does not match.
func Answer(r *Request) Decision {
	e := evaluation{Request: r, caller: newCaller(r.Principal)}
	var room [8]Layer
	layers := room[:0]
	add := func(t LayerType, v Verdict) { layers = append(layers, Layer{Type: t, Verdict: v}) }
	for _, t := range guards {
		if g := e.guard(t); g != nil {
			add(t, e.guardVerdict(t, g))
		}
	}
	var named relations
	if r.KeyPolicy != nil {
		denied := false
		denied, named = e.keyAnswer()
		add(KeyPolicy, e.verdictOf(denied, named))
	}
	p := r.Principal
	add(IdentityPolicy, e.identityVerdict(p))
	if p.Boundary != nil {
		add(PermissionsBoundary, e.answer(e.documentAnswer(p.Boundary.Document)))
	} else {
		add(PermissionsBoundary, NotPresent)
	}
	switch {
	case p.HasSessionPolicy:
		add(SessionPolicy, e.answer(e.policiesAnswer(p.Session)))
	case p.Kind == iam.FederatedUser:
		add(SessionPolicy, NoAllow)
	default:
		add(SessionPolicy, NotPresent)
	}
	allows, grants := make([]bool, len(r.Grants)), NotPresent
	for i, g := range r.Grants {
		if allows[i] = e.grantProblem(g) == ""; allows[i] {
			grants = Allowed
		} else if grants == NotPresent {
			grants = NoAllow
		}
	}
	add(Grants, grants)
	return conclude(layers, e.paths(named, allows)).decision
}

func (e *evaluation) identityVerdict(p *iam.Principal) Verdict {
	if len(p.Identity) == 0 && (p.Kind == iam.Root || p.Kind == iam.Service) {
		return NotPresent
	}
	return e.answer(e.policiesAnswer(p.Identity))
}

func (e *evaluation) answer(allowed, denied bool) Verdict {
	switch {
	case denied:
		return Denied
	case allowed:
		return Allowed
	}
	return NoAllow
}

func (e *evaluation) policiesAnswer(policies []iam.Policy) (allowed, denied bool) {
	for i := range policies {
		a, d := e.documentAnswer(policies[i].Document)
		allowed, denied = allowed || a, denied || d
	}
	return allowed, denied
}

// documentAnswer reports whether any Allow and any Deny statement applies.
func (e *evaluation) documentAnswer(d *policy.Document) (allowed, denied bool) {
	for i := range d.Statements {
		s := &d.Statements[i]
		if (s.Effect == policy.Deny && !denied || s.Effect == policy.Allow && !allowed) && e.applies(s, condition.InIdentityPolicy) {
			allowed, denied = allowed || s.Effect == policy.Allow, denied || s.Effect == policy.Deny
		}
	}
	return allowed, denied
}

func (e *evaluation) keyAnswer() (denied bool, named relations) {
	d := e.KeyPolicy.Document
	for i := range d.Statements {
		s := &d.Statements[i]
		relation, known := e.relation(s)
		if !known || !e.applies(s, condition.InKeyPolicy) {
			continue
		}
		if s.Effect == policy.Deny {
			denied = true
		} else {
			named = named.with(relation)
		}
	}
	return denied, named
}

// relation says how a statement with a known effect names the caller; ok is false when it does not.
func (e *evaluation) relation(s *policy.Statement) (r Relation, ok bool) {
	if s.Effect != policy.Allow && s.Effect != policy.Deny {
		return Stranger, false
	}
	var element ElementResult
	r = e.principal(s, &element)
	return r, element.Matches
}

// applies reports whether action, resource and conditions of a statement match.
func (e *evaluation) applies(s *policy.Statement, scope condition.Scope) bool {
	var action, resource ElementResult
	if e.action(s, &action); !action.Matches {
		return false
	}
	if e.resource(s, scope, &resource); !resource.Matches {
		return false
	}
	for i := range s.Conditions {
		outcome := s.Conditions[i].Evaluate(e.Context, scope).Outcome
		if outcome != condition.Match && (outcome != condition.Broken || s.Effect != policy.Deny) {
			return false
		}
	}
	return true
}

func (e *evaluation) guardVerdict(t LayerType, g *Guard) Verdict {
	if g.Exempt != "" {
		return Exempt
	}
	verdict := Allowed
	for _, level := range g.Levels {
		switch e.answer(e.levelAnswer(t, level)) {
		case Denied:
			return Denied
		case NoAllow:
			verdict = NoAllow
		}
	}
	return verdict
}

func (e *evaluation) levelAnswer(t LayerType, level Level) (allowed, denied bool) {
	if t != VPCEndpointPolicy {
		return e.policiesAnswer(level.Policies)
	}
	for i := range level.Policies {
		d := level.Policies[i].Document
		for j := range d.Statements {
			s := &d.Statements[j]
			if _, named := e.relation(s); named && e.applies(s, condition.InIdentityPolicy) {
				allowed, denied = allowed || s.Effect == policy.Allow, denied || s.Effect == policy.Deny
			}
		}
	}
	return allowed, denied
}
