package authz

import (
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// guards are the questions that SCPs, RCPs and endpoint policies deny, and those that they do not allow. Resource control
// policies do not bind RetireGrant: see DecideRetire.
func (t *turn) guards() (denied, blocked set) {
	for scene := range t.scenes {
		g := t.Guards(scene)
		asked := t.asked[scene]
		for _, one := range [...]struct {
			guard *Guard
			among set
			named bool
		}{{g.RCP, asked.without(t.retiring), false}, {g.SCP, asked, false}, {g.VPCEndpoint, asked, true}} {
			if one.guard == nil || one.guard.Exempt != "" {
				continue
			}
			for _, level := range one.guard.Levels {
				allowed, no := t.level(level, scene, one.among, one.named)
				denied, blocked = denied.or(no), blocked.or(one.among.without(allowed))
			}
		}
	}
	return denied, blocked
}

func (t *turn) level(level Level, scene int, among set, named bool) (allowed, denied set) {
	if !named {
		return t.policies(level.Policies, among)
	}
	for i := range level.Policies {
		statements := level.Policies[i].Document.Statements
		for j := range statements {
			s := &statements[j]
			if _, ok := t.relation(s, t.scenes[scene].Bound); ok {
				allowed, denied = t.said(s, among, allowed, denied)
			}
		}
	}
	return allowed, denied
}

func (t *turn) policies(list []iam.Policy, among set) (allowed, denied set) {
	for i := range list {
		a, d := t.document(list[i].Document, among)
		allowed, denied = allowed.or(a), denied.or(d)
	}
	return allowed, denied
}

// document are the questions to which some Allow and some Deny statement of a policy without principals applies.
func (t *turn) document(d *policy.Document, among set) (allowed, denied set) {
	for i := range d.Statements {
		allowed, denied = t.said(&d.Statements[i], among, allowed, denied)
	}
	return allowed, denied
}

// said adds to which questions a statement applies. What is known already is not asked again.
func (t *turn) said(s *policy.Statement, among, allowed, denied set) (set, set) {
	switch s.Effect {
	case policy.Allow:
		allowed = allowed.or(t.applies(s, condition.InIdentityPolicy, among.without(allowed)))
	case policy.Deny:
		denied = denied.or(t.applies(s, condition.InIdentityPolicy, among.without(denied)))
	}
	return allowed, denied
}

// relation says how a statement with a known effect names the caller; ok is false when it does not.
func (t *turn) relation(s *policy.Statement, bound map[string]string) (r Relation, ok bool) {
	if s.Effect != policy.Allow && s.Effect != policy.Deny {
		return Stranger, false
	}
	e := evaluation{Request: &Request{Bound: bound}, caller: t.caller}
	var element ElementResult
	r = e.principal(s, &element)
	return r, element.Matches
}

// applies are the questions for which action, resource and conditions of a statement match.
func (t *turn) applies(s *policy.Statement, scope condition.Scope, among set) set {
	c := t.covers(s, scope)
	hit := c.and(among)
	if c.varies {
		for i := hit.first(); i < MostQuestions; i = hit.from(i + 1).first() {
			if !t.resource(s, t.questions[i].Scene, t.context(i), scope) {
				hit = hit.without(set{}.with(i))
			}
		}
	}
	for i := range s.Conditions {
		if hit.empty() {
			break
		}
		hit = t.holds(&s.Conditions[i].Test, s.Effect, scope, hit)
	}
	return hit
}

// holds are the questions for which a test holds. Questions of one scene that carry nothing of their own for it have one
// answer.
func (t *turn) holds(test *condition.Test, effect policy.Effect, scope condition.Scope, among set) set {
	own := t.reads(test)
	for scene := range t.scenes {
		alike := among.and(t.asked[scene]).without(own)
		if !alike.empty() && !passed(test.Evaluate(t.sceneContext(scene), scope).Outcome, effect) {
			among = among.without(alike)
		}
	}
	own = own.and(among)
	for i := own.first(); i < MostQuestions; i = own.from(i + 1).first() {
		if !passed(test.Evaluate(t.context(i), scope).Outcome, effect) {
			among = among.without(set{}.with(i))
		}
	}
	return among
}

// passed: a test whose values cannot be compared lets a Deny apply and an Allow not.
func passed(outcome condition.Outcome, effect policy.Effect) bool {
	return outcome == condition.Match || outcome == condition.Broken && effect == policy.Deny
}

// context is what the request of a question carries.
func (t *turn) context(i int) *condition.Context {
	q := &t.questions[i]
	scene := t.sceneContext(q.Scene)
	if q.Own == nil {
		return scene
	}
	q.Own.LayOver(scene)
	return q.Own
}

func (t *turn) sceneContext(scene int) *condition.Context {
	if t.contexts[scene] == nil {
		t.contexts[scene] = t.Context(scene)
	}
	return t.contexts[scene]
}
