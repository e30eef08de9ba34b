package kms

import (
	"time"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// Asker answers calls for many callers at once, without explaining them. It is of no use once anything has changed.
type Asker struct {
	service *Service
	guards  func(caller *iam.Principal, owner string) authz.Guards
}

// Asker returns an Asker. guards are the policies that limit a caller and what an account owns.
func (s *Service) Asker(guards func(caller *iam.Principal, owner string) authz.Guards) *Asker {
	return &Asker{service: s, guards: guards}
}

// Answers are the answers to calls that came the same way, by caller and call: the authorization checks of each, in their
// order; nil where the call would fail before it came to authorization. The callers of the calls themselves do not count.
//
// What an input means depends on the account of the caller and on nothing else of it, so it is read once an account.
func (a *Asker) Answers(calls []Request, callers []*iam.Principal) [][][]authz.Decision {
	begun := map[string]*questions{}
	answers := make([][][]authz.Decision, len(callers))
	for i, caller := range callers {
		q := begun[caller.Account]
		if q == nil || caller.Kind == iam.Service { // two services have nothing in common
			q = a.begin(calls, caller)
			begun[caller.Account] = q
		}
		answers[i] = q.answersFor(caller)
	}
	return answers
}

// questions are the checks of calls that the callers of an account may make.
type questions struct {
	asker  *Asker
	now    time.Time
	checks []int // of each call; -1 where it fails before it comes to them
	parts  []*part
}

// part is as many of the checks, in order, as fit into one authz.Many.
type part struct {
	scenes    []authz.Scene
	views     []view // beside scenes
	questions []authz.Question
	many      *authz.Many
}

// view is a check as those of its scene are alike: see scene.
type view struct {
	call  *call
	check check
}

// begin reads the calls.
func (a *Asker) begin(calls []Request, caller *iam.Principal) *questions {
	q := &questions{asker: a, checks: make([]int, len(calls))}
	p := &part{}
	for i, r := range calls {
		r.Caller = caller
		c, err := a.service.begin(r)
		if err != nil {
			q.checks[i] = -1
			continue
		}
		q.now, c.Guards = r.Now, func(owner string) authz.Guards { return a.guards(caller, owner) }
		checks := c.checks()
		q.checks[i] = len(checks)
		if len(p.questions)+len(checks) > authz.MostQuestions {
			q.parts = append(q.parts, p)
			p = &part{}
		}
		for _, k := range checks {
			p.add(c, k)
		}
	}
	q.parts = append(q.parts, p)
	for _, p := range q.parts {
		p.many = authz.NewMany(p.scenes, p.questions)
	}
	return q
}

// add adds a check as a question.
func (p *part) add(c *call, k check) {
	r := c.requestOf(k)
	question := authz.Question{
		Scene: p.scene(c, k, r), Action: r.Action, Operation: r.Operation, CrossAccount: r.CrossAccount,
		EncryptionContext: r.EncryptionContext, GrantTokens: r.GrantTokens, Child: r.Child, SourceGrants: r.SourceGrants, Own: c.specific(k),
	}
	if k.action == "RetireGrant" {
		question.Retire, question.ByToken = &c.grant.Grant, c.has("GrantToken")
	}
	p.questions = append(p.questions, question)
}

// scene finds or adds what a check is about: its resource and its owner, and how the request named the key. The answer
// to whether somebody may retire a grant does not rest on the key policy.
func (p *part) scene(c *call, k check, r authz.Request) int {
	s := authz.Scene{Resource: r.Resource, Owner: r.Owner, KeyPolicy: r.KeyPolicy, Bound: r.Bound}
	if k.action == "RetireGrant" {
		s.KeyPolicy, s.Bound = nil, nil
	}
	for i, other := range p.scenes {
		v := p.views[i]
		if other.Resource == s.Resource && other.Owner == s.Owner && (other.KeyPolicy == nil) == (s.KeyPolicy == nil) &&
			v.check.region == k.region && v.aliasAsked() == (view{c, k}).aliasAsked() {
			return i
		}
	}
	p.scenes, p.views = append(p.scenes, s), append(p.views, view{c, k})
	return len(p.scenes) - 1
}

func (v view) aliasAsked() string {
	if v.check.key == nil {
		return ""
	}
	return v.check.key.requestAlias
}

// by is the view of another caller.
func (v view) by(caller *iam.Principal) *call {
	c := *v.call
	c.Caller = caller
	return &c
}

func (q *questions) answersFor(caller *iam.Principal) [][]authz.Decision {
	n := 0
	for _, p := range q.parts {
		n += len(p.questions)
	}
	all := make([]authz.Decision, n)
	rest := all
	for _, p := range q.parts {
		p.many.Answers(rest[:len(p.questions)], q.asked(p, caller))
		rest = rest[len(p.questions):]
	}
	answers := make([][]authz.Decision, len(q.checks))
	for i, n := range q.checks {
		if n >= 0 {
			answers[i], all = all[:n:n], all[n:]
		}
	}
	return answers
}

func (q *questions) asked(p *part, caller *iam.Principal) authz.Asked {
	return authz.Asked{
		Principal: caller, Now: q.now,
		Context: func(scene int) *condition.Context {
			v := p.views[scene]
			g := v.by(caller).general(v.check)
			return g.context()
		},
		Guards: func(scene int) authz.Guards {
			g := q.asker.guards(caller, p.scenes[scene].Owner)
			spare(&g, p.views[scene].check.key)
			return g
		},
		Grants: func(scene int) []*authz.Grant {
			v := p.views[scene]
			return v.call.grantsOf(v.check.key.key.ARN, caller)
		},
	}
}
