package authz

import (
	"slices"

	"kmsplayground/engine/condition"
	"kmsplayground/engine/policy"
)

// guards is the order in which a message names the first of these that lacks an Allow.
var guards = [...]LayerType{ResourceControlPolicy, ServiceControlPolicy, VPCEndpointPolicy}

func isGuard(t LayerType) bool { return slices.Contains(guards[:], t) }

func (g *Guards) count() int {
	n := 0
	for _, guard := range []*Guard{g.SCP, g.RCP, g.VPCEndpoint} {
		if guard != nil {
			n++
		}
	}
	return n
}

func (e *evaluation) guard(t LayerType) *Guard {
	switch t {
	case ResourceControlPolicy:
		return e.Guards.RCP
	case ServiceControlPolicy:
		return e.Guards.SCP
	case VPCEndpointPolicy:
		return e.Guards.VPCEndpoint
	}
	return nil
}

// guardLayers evaluates the guards that the world has.
func (e *evaluation) guardLayers() []Layer {
	layers := make([]Layer, 0, 5+e.Guards.count())
	for _, t := range guards {
		if g := e.guard(t); g != nil {
			layers = append(layers, e.guardLayer(t, g))
		}
	}
	return layers
}

// guardLayer allows when every level allows: an SCP that allows at the account does not help where an OU above it
// does not.
func (e *evaluation) guardLayer(t LayerType, g *Guard) Layer {
	l := Layer{Type: t, Verdict: Exempt, Policies: []PolicyResult{}, Grants: []GrantResult{}}
	if g.Exempt != "" {
		return l
	}
	l.Verdict = Allowed
	for _, level := range g.Levels {
		results := make([]PolicyResult, len(level.Policies))
		for i := range level.Policies {
			results[i] = e.guardPolicy(t, level, i)
		}
		if at := identityLayer(t, results); at.Verdict == Denied || at.Verdict == NoAllow && l.Verdict == Allowed {
			l.Verdict = at.Verdict
		}
		l.Policies = append(l.Policies, results...)
	}
	if denies(&l) {
		l.Verdict = Denied
	}
	return l
}

// guardPolicy evaluates one policy. VPC endpoint policies name principals, as key policies do; a named account stands
// for everybody in it.
func (e *evaluation) guardPolicy(t LayerType, level Level, index int) PolicyResult {
	p := &level.Policies[index]
	result := PolicyResult{ID: p.ID, Name: p.Name, ARN: p.ARN, Level: level.Name, Statements: make([]StatementResult, len(p.Document.Statements))}
	for i := range p.Document.Statements {
		s := &p.Document.Statements[i]
		r := &result.Statements[i]
		e.statement(r, p.Document.Text, s, i, condition.InIdentityPolicy)
		if t == VPCEndpointPolicy {
			r.Principal = ElementResult{}
			r.Relation = e.principal(s, &r.Principal)
			r.Principal.Line = line(p.Document.Text, r.Principal.Span)
			r.Applies = r.Applies && r.Principal.Matches
			r.Reason = e.reason(s, r, s.Effect == policy.Allow || s.Effect == policy.Deny)
		}
	}
	return result
}

// atLevel names the first level that lacks an Allow: " at ou-abcd".
func (e *evaluation) atLevel(l *Layer) string {
	for _, level := range e.guard(l.Type).Levels {
		if level.Name == "" {
			continue
		}
		allowed := slices.ContainsFunc(l.Policies, func(p PolicyResult) bool {
			return p.Level == level.Name && slices.ContainsFunc(p.Statements, func(s StatementResult) bool { return s.Applies && s.Effect == "Allow" })
		})
		if !allowed {
			return " at " + level.Name
		}
	}
	return ""
}
