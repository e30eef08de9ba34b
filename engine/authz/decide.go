package authz

import (
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// Decide answers a request. Every statement and every grant is evaluated; the decision is read off the layers.
//
// The order of the layers is the one in which the IAM guide draws the evaluation; AWS's own order cannot be observed,
// only its precedence: an explicit deny anywhere, then any path on which every layer allows.
func Decide(r *Request) Explanation {
	e := evaluation{Request: r, caller: newCaller(r.Principal)}
	layers := e.layers()
	grants := e.grantLayer()
	layers = append(layers, grants)
	paths := e.paths(allowRelations(find(layers, KeyPolicy)), allowing(&grants))
	verdict := conclude(layers, paths)
	e.mute(layers, paths)
	x := Explanation{
		Decision: verdict.decision, Principal: e.caller.arn, Action: r.Action, Resource: r.Resource,
		Layers: layers, Context: contextEntries(r.Context), Deciding: []Place{}, Needed: []Need{}, Pending: []Pending{},
	}
	for i := range layers {
		layers[i].Summary = e.summary(&layers[i])
	}
	e.explain(&x, verdict)
	return x
}

// layers evaluates all policies. A layer's verdict is first what its statements say; mute corrects those that could
// not count.
func (e *evaluation) layers() []Layer {
	layers := e.guardLayers()
	if e.KeyPolicy != nil {
		l := Layer{Type: KeyPolicy, Policies: []PolicyResult{e.policy(e.KeyPolicy, condition.InKeyPolicy)}, Grants: []GrantResult{}}
		l.Verdict = e.keyVerdict(&l)
		layers = append(layers, l)
	}
	p := e.Principal
	identity := identityLayer(IdentityPolicy, e.policies(p.Identity))
	if len(p.Identity) == 0 {
		identity.Verdict = NoAllow
		if p.Kind == iam.Root || p.Kind == iam.Service {
			identity.Verdict = NotPresent
		}
	}
	layers = append(layers, identity)
	boundary := Layer{Type: PermissionsBoundary, Verdict: NotPresent, Policies: []PolicyResult{}, Grants: []GrantResult{}}
	if p.Boundary != nil {
		boundary = identityLayer(PermissionsBoundary, []PolicyResult{e.policy(p.Boundary, condition.InIdentityPolicy)})
	}
	layers = append(layers, boundary)
	session := Layer{Type: SessionPolicy, Verdict: NotPresent, Policies: []PolicyResult{}, Grants: []GrantResult{}}
	switch {
	case p.HasSessionPolicy:
		session = identityLayer(SessionPolicy, e.policies(p.Session))
	case p.Kind == iam.FederatedUser: // without a session policy it has no permission of its own
		session.Verdict = NoAllow
	}
	return append(layers, session)
}

// identityLayer is a layer whose policies name no principal: any Deny denies, any Allow allows.
func identityLayer(t LayerType, policies []PolicyResult) Layer {
	l := Layer{Type: t, Verdict: NoAllow, Policies: policies, Grants: []GrantResult{}}
	for i := range policies {
		for j := range policies[i].Statements {
			if s := &policies[i].Statements[j]; s.Applies {
				if s.Effect == string(policy.Deny) {
					l.Verdict = Denied
					return l
				}
				l.Verdict = Allowed
			}
		}
	}
	return l
}

// keyVerdict reads the key policy: a Deny that names the caller or its account, else the strongest Allow.
func (e *evaluation) keyVerdict(l *Layer) Verdict {
	return e.verdictOf(denies(l), allowRelations(l))
}

func (e *evaluation) verdictOf(denied bool, named relations) Verdict {
	switch {
	case denied:
		return Denied
	case named == 0:
		return NoAllow
	case named == relations(0).with(Account) && e.caller.Kind != iam.Root:
		return Delegates
	}
	return Allowed
}

func denies(l *Layer) bool {
	for i := range l.Policies {
		for j := range l.Policies[i].Statements {
			if s := &l.Policies[i].Statements[j]; s.Applies && s.Effect == string(policy.Deny) {
				return true
			}
		}
	}
	return false
}

// allowRelations are the relations of the Allow statements that apply.
func allowRelations(l *Layer) relations {
	var named relations
	if l == nil {
		return named
	}
	for i := range l.Policies {
		for j := range l.Policies[i].Statements {
			if s := &l.Policies[i].Statements[j]; s.Applies && s.Effect == string(policy.Allow) {
				named = named.with(s.Relation)
			}
		}
	}
	return named
}

// allowing reads which grants allow.
func allowing(l *Layer) []bool {
	allows := make([]bool, len(l.Grants))
	for i := range l.Grants {
		allows[i] = l.Grants[i].Allows
	}
	return allows
}

// sameAccount reports whether the caller belongs to the account that owns the resource. A service has no account.
func (e *evaluation) sameAccount() bool { return e.Owner == "" || e.caller.Account == e.Owner }

// mute marks layers that no path leads through: what they allow could not count. Their denies did.
func (e *evaluation) mute(layers []Layer, paths []path) {
	consulted := map[LayerType]bool{KeyPolicy: true, Grants: true}
	for _, t := range guards {
		consulted[t] = true
	}
	for _, p := range paths {
		for _, t := range p.layers {
			consulted[t] = true
		}
	}
	for i := range layers {
		if l := &layers[i]; !consulted[l.Type] && (l.Verdict == Allowed || l.Verdict == NoAllow) {
			l.Verdict = NotConsulted
		}
	}
}
