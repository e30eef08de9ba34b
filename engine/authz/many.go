package authz

import (
	"slices"
	"time"

	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// Many is questions that are asked of one caller after another. It decides as Decide and DecideRetire do, without saying
// why: each statement is read once for all questions, and what does not depend on the caller once for all callers. It is
// of no use once a policy that it has read was changed in place; policies that are replaced do no harm.
type Many struct {
	questions []Question
	scenes    []Scene
	asked     []set // of each scene
	all       set
	retiring  set

	// What was read, nil where there is one question and one caller.
	covered  map[*policy.Statement]cover
	reading  map[*condition.Test]set
	operated map[*Grant]set
}

// Scene is what a question is about; questions about the same thing share one.
type Scene struct {
	Resource string // ARN or "*"
	Owner    string
	// KeyPolicy and Bound are as in a Request.
	KeyPolicy *iam.Policy
	Bound     map[string]string
}

// Question is what a Request asks besides its Scene, whoever the caller is.
type Question struct {
	Scene             int
	Action            string
	Operation         string
	CrossAccount      bool
	EncryptionContext map[string]string
	GrantTokens       []string
	Child             *Grant
	SourceGrants      []*Grant
	// Own is what the request carries beside the context of its scene, before which it counts; nil for nothing.
	Own *condition.Context
	// Retire makes it a question of a RetireRequest about this grant.
	Retire  *Grant
	ByToken bool
}

// Asked is one caller to whom questions are put. What it says of a scene it is asked for when it matters.
type Asked struct {
	Principal *iam.Principal
	Now       time.Time
	Context   func(scene int) *condition.Context
	Guards    func(scene int) Guards
	Grants    func(scene int) []*Grant
}

// cover is which questions a statement's Action and Resource cover. Where the Resource depends on the caller, its part is
// still to be asked.
type cover struct {
	set
	varies bool
}

// NewMany returns a Many of at most MostQuestions questions.
func NewMany(scenes []Scene, questions []Question) *Many {
	m := &Many{
		questions: questions, scenes: scenes, asked: make([]set, len(scenes)),
		covered: map[*policy.Statement]cover{}, reading: map[*condition.Test]set{}, operated: map[*Grant]set{},
	}
	m.sort()
	return m
}

// sort finds which questions are of which kind.
func (m *Many) sort() {
	for i := range m.questions {
		m.all = m.all.with(i)
		scene := m.questions[i].Scene
		m.asked[scene] = m.asked[scene].with(i)
		if m.questions[i].Retire != nil {
			m.retiring = m.retiring.with(i)
		}
	}
}

// Answer decides one request.
func Answer(r *Request) Decision {
	plain := *r
	plain.Context = nil
	return AnswerLazily(&plain, func() *condition.Context { return r.Context })
}

// AnswerLazily decides one request that carries its Context over another one, which is worked out when it matters.
func AnswerLazily(r *Request, beneath func() *condition.Context) Decision {
	m := &Many{scenes: []Scene{{r.Resource, r.Owner, r.KeyPolicy, r.Bound}}, asked: make([]set, 1), questions: []Question{{
		Action: r.Action, Operation: r.Operation, CrossAccount: r.CrossAccount, EncryptionContext: r.EncryptionContext,
		GrantTokens: r.GrantTokens, Child: r.Child, SourceGrants: r.SourceGrants, Own: r.Context,
	}}}
	m.sort()
	var answer [1]Decision
	m.Answers(answer[:], Asked{
		Principal: r.Principal, Now: r.Now,
		Context: func(int) *condition.Context { return beneath() },
		Guards:  func(int) Guards { return r.Guards },
		Grants:  func(int) []*Grant { return r.Grants },
	})
	return answer[0]
}

// Answers puts the decisions for one caller into answers, in the order of the questions.
func (m *Many) Answers(answers []Decision, who Asked) {
	t := turn{Many: m, Asked: who, caller: newCaller(who.Principal)}
	var room [8]*condition.Context
	t.contexts = append(room[:0], make([]*condition.Context, len(m.scenes))...)
	denied, allowed := t.decide()
	for i := range answers {
		switch {
		case denied.has(i):
			answers[i] = ExplicitDeny
		case allowed.has(i):
			answers[i] = Allow
		default:
			answers[i] = ImplicitDeny
		}
	}
}

// covers reads a statement's Action and Resource, once.
func (m *Many) covers(s *policy.Statement, scope condition.Scope) cover {
	c, known := m.covered[s]
	if known {
		return c
	}
	c.varies = slices.ContainsFunc(s.Resources, varies) || slices.ContainsFunc(s.NotResources, varies)
	for scene := range m.scenes {
		if !c.varies && !m.resource(s, scene, nil, scope) {
			continue
		}
		for i := m.asked[scene].first(); i < MostQuestions; i = m.asked[scene].from(i + 1).first() {
			if s.MatchAction(m.questions[i].Action) {
				c.set = c.with(i)
			}
		}
	}
	if m.covered != nil {
		m.covered[s] = c
	}
	return c
}

func varies(r policy.Resource) bool { return r.Template.Varies() }

// resource is as evaluation.resource.
func (m *Many) resource(s *policy.Statement, scene int, ctx *condition.Context, scope condition.Scope) bool {
	at := &m.scenes[scene]
	if s.MatchResource(at.Resource, ctx, scope) {
		return true
	}
	trust := scope == condition.InKeyPolicy && at.KeyPolicy != nil && at.KeyPolicy.Kind == policy.TrustPolicy
	return trust && len(s.Resources)+len(s.NotResources) == 0
}

// reads are the questions that carry something of their own that a test looks at.
func (m *Many) reads(t *condition.Test) set {
	s, known := m.reading[t]
	if known {
		return s
	}
	for i := range m.questions {
		if own := m.questions[i].Own; own != nil && t.Reads(own) {
			s = s.with(i)
		}
	}
	if m.reading != nil {
		m.reading[t] = s
	}
	return s
}

// operations are the questions whose operation a grant has.
func (m *Many) operations(g *Grant) set {
	s, known := m.operated[g]
	if known {
		return s
	}
	for i := range m.questions {
		if operation := m.questions[i].Operation; operation != "" && slices.Contains(g.Operations, operation) {
			s = s.with(i)
		}
	}
	if m.operated != nil {
		m.operated[g] = s
	}
	return s
}
