package simulate

import (
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// decision is spelled as results spell it.
type decision string

const (
	allowed      decision = "allowed"
	explicitDeny decision = "explicitDeny"
	implicitDeny decision = "implicitDeny"
)

// narrower is what holds of two decisions that must both allow.
func narrower(a, b decision) decision {
	switch {
	case a == explicitDeny || b == explicitDeny:
		return explicitDeny
	case a == implicitDeny || b == implicitDeny:
		return implicitDeny
	}
	return allowed
}

// match is a statement that decided.
type match struct {
	source *policySource
	index  int
}

// outcome is what came of one action on one resource, or of an action as a whole.
type outcome struct {
	decision      decision
	matches       []match
	missing       []string
	boundary      *bool
	organizations *bool
	details       map[string]decision // by type of policy; nil unless the resource belongs to another account
}

// layer is what some policies say together.
type layer struct {
	decision decision
	allows   []match
	denies   []match
}

// layer asks the policies of a layer. A resource-based policy allows whom it names, by account or otherwise.
func (s *simulation) layer(action, resource string, scope condition.Scope, sources ...*policySource) layer {
	l := layer{decision: implicitDeny}
	request := authz.Request{Principal: s.caller, Action: action, Resource: resource, Context: &s.context}
	for _, from := range sources {
		for _, st := range authz.Evaluate(&request, &from.policy, scope).Statements {
			switch {
			case !st.Applies:
			case st.Effect == string(policy.Deny):
				l.denies = append(l.denies, match{from, st.Index})
			default:
				l.allows = append(l.allows, match{from, st.Index})
			}
		}
	}
	switch {
	case len(l.denies) > 0:
		l.decision = explicitDeny
	case len(l.allows) > 0:
		l.decision = allowed
	}
	return l
}

// decide evaluates an action on a resource. When the organization does not allow, the other policies go unmentioned.
func (s *simulation) decide(action, resource string) outcome {
	var o outcome
	if s.controls != nil {
		control := s.control(action, resource)
		passed := control == allowed
		if o.organizations = &passed; !passed {
			o.decision = control
			return o
		}
	}
	identity, boundary, attached := layer{decision: implicitDeny}, layer{decision: implicitDeny}, layer{decision: implicitDeny}
	if fits(action, resource) {
		identity, boundary, attached = s.layers(action, resource)
	}
	if s.boundary != nil {
		passed := boundary.decision == allowed
		o.boundary = &passed
	} else {
		boundary.decision = allowed
	}
	if s.crosses(action, resource) {
		o.details = map[string]decision{identityPolicy: identity.decision, resourcePolicy: attached.decision}
		if s.boundary != nil {
			o.details[boundaryPolicy] = boundary.decision
		}
		o.decision = narrower(narrower(identity.decision, attached.decision), boundary.decision)
	} else {
		o.decision = compose(identity.decision, boundary.decision, attached.decision)
	}
	switch o.decision {
	case allowed:
		o.matches = append(identity.allows, attached.allows...)
	case explicitDeny:
		o.matches = append(append(identity.denies, attached.denies...), boundary.denies...)
	default:
		o.missing = s.missing()
	}
	return o
}

func (s *simulation) layers(action, resource string) (identity, boundary, attached layer) {
	sources := make([]*policySource, len(s.identity))
	for i := range s.identity {
		sources[i] = &s.identity[i]
	}
	identity = s.layer(action, resource, condition.InIdentityPolicy, sources...)
	boundary, attached = layer{decision: implicitDeny}, layer{decision: implicitDeny}
	if s.boundary != nil {
		boundary = s.layer(action, resource, condition.InIdentityPolicy, s.boundary)
	}
	if s.reads(action) {
		attached = s.layer(action, resource, condition.InKeyPolicy, s.resource)
	}
	return identity, boundary, attached
}

// compose is the decision within one account. A resource-based policy that names the caller or its account gets past a
// missing identity-based Allow and past a boundary without one; it does so for every service, though KMS for one
// decides otherwise.
func compose(identity, boundary, attached decision) decision {
	switch {
	case identity == explicitDeny || boundary == explicitDeny || attached == explicitDeny:
		return explicitDeny
	case attached == allowed:
		return allowed
	}
	return narrower(identity, boundary)
}

// reads reports whether the resource-based policy counts. The simulator takes none for the actions that assume a role
// (reported to AWS: https://github.com/aws/aws-cli/issues/10314).
func (s *simulation) reads(action string) bool {
	const assume = "sts:Assume"
	return s.resource != nil && (len(action) < len(assume) || !strings.EqualFold(action[:len(assume)], assume))
}

// crosses reports whether a resource-based policy is that of another account. ResourceOwner counts where the ARN of the
// resource has no account.
func (s *simulation) crosses(action, resource string) bool {
	owner := s.owner
	if a, ok := arn.Parse(resource); ok && a.Account != "" {
		owner = a.Account
	}
	return s.reads(action) && owner != "" && owner != s.account
}

// control asks the service control policies: every level must allow.
func (s *simulation) control(action, resource string) decision {
	all := allowed
	for _, level := range s.controls.Levels {
		sources := make([]*policySource, len(level.Policies))
		for i := range level.Policies {
			sources[i] = &policySource{policy: level.Policies[i]}
		}
		all = narrower(all, s.layer(action, resource, condition.InIdentityPolicy, sources...).decision)
	}
	return all
}

// missing are the keys that some policy asks for, of any of its statements, and that no context entry gives, as they
// are spelled there.
func (s *simulation) missing() []string {
	var names []string
	documents := make([]*policy.Document, 0, len(s.identity)+2)
	for i := range s.identity {
		documents = append(documents, s.identity[i].policy.Document)
	}
	for _, one := range []*policySource{s.boundary, s.resource} {
		if one != nil {
			documents = append(documents, one.policy.Document)
		}
	}
	for _, d := range documents {
		for _, name := range contextKeys(d) {
			if !s.given[strings.ToLower(name)] && !isLiteral(name) {
				names = appendNew(names, name)
			}
		}
	}
	return names
}

// evaluate is the result of an action on all resources of the request.
func (s *simulation) evaluate(action string) iam.Object {
	whole := outcome{decision: allowed}
	specific := []iam.Object{}
	for _, resource := range s.resources {
		one := s.decide(action, resource)
		whole.add(&one)
		specific = append(specific, one.specific(resource))
	}
	return whole.result(action, s.shown(action), s.specific, specific)
}

// add joins what came of one more resource.
func (o *outcome) add(one *outcome) {
	o.decision = narrower(o.decision, one.decision)
	for _, m := range one.matches {
		o.matches = appendNew(o.matches, m)
	}
	for _, name := range one.missing {
		o.missing = appendNew(o.missing, name)
	}
	o.boundary, o.organizations = both(o.boundary, one.boundary), both(o.organizations, one.organizations)
	for kind, d := range one.details {
		if o.details == nil {
			o.details = map[string]decision{}
		}
		if before, ok := o.details[kind]; ok {
			d = narrower(before, d)
		}
		o.details[kind] = d
	}
}

func both(a, b *bool) *bool {
	if a == nil || b == nil {
		if a == nil {
			return b
		}
		return a
	}
	all := *a && *b
	return &all
}

func appendNew[T comparable](list []T, v T) []T {
	for _, have := range list {
		if have == v {
			return list
		}
	}
	return append(list, v)
}
