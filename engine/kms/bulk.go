package kms

import (
	"time"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// Asker answers calls for many callers at once, without explaining them. It remembers what the same callers carry from
// one call to the next, and is of no use once anything has changed.
type Asker struct {
	service *Service
	guards  func(caller *iam.Principal, owner string) authz.Guards
	bases   map[baseOf]*condition.Context
	came    came
	room    condition.Context // of the question in hand
}

// baseOf is what the general part of a request context follows from, beside how the request came.
type baseOf struct {
	caller        *iam.Principal
	key           *Key
	alias, region string // of the identifier and of the check
	owner         string
}

// came is how requests came.
type came struct {
	environment Environment
	region      string
	now         time.Time
}

// Asker returns an Asker. guards are the policies that limit a caller and what an account owns.
func (s *Service) Asker(guards func(caller *iam.Principal, owner string) authz.Guards) *Asker {
	return &Asker{service: s, guards: guards, bases: map[baseOf]*condition.Context{}}
}

// Answers are the answers to the same call of many callers: the authorization checks of each, in their order; nil where
// the call would fail before it came to authorization.
//
// What the input means depends on the account of the caller and on nothing else of it, so it is read once an account.
func (a *Asker) Answers(r Request, callers []*iam.Principal) [][]authz.Decision {
	if how := (came{r.Environment, r.Region, r.Now}); a.came != how {
		a.came = how
		clear(a.bases)
	}
	begun := map[string]*call{}
	answers := make([][]authz.Decision, len(callers))
	for i, caller := range callers {
		c, known := begun[caller.Account]
		if !known {
			c = a.begin(r, caller)
			begun[caller.Account] = c
		}
		if c != nil {
			answers[i] = c.answersFor(caller)
		}
	}
	return answers
}

// begin reads a call; nil when it fails.
func (a *Asker) begin(r Request, caller *iam.Principal) *call {
	r.Caller = caller
	c, err := a.service.begin(r)
	if err != nil {
		return nil
	}
	c.asker = a
	return c
}

func (c *call) answersFor(caller *iam.Principal) []authz.Decision {
	one := *c
	one.Caller = caller
	one.Guards = func(owner string) authz.Guards { return c.asker.guards(caller, owner) }
	checks := one.checks()
	answers := make([]authz.Decision, len(checks))
	for i, check := range checks {
		answers[i] = one.answer(check)
	}
	return answers
}

// base is a copy of the general part of a check's context, good until the next question.
func (a *Asker) base(c *call, k check) *condition.Context {
	of := baseOf{caller: c.Caller, region: k.region, owner: c.ownerOf(k)}
	if k.key != nil && !k.key.missing {
		of.key, of.alias = k.key.key, k.key.requestAlias
	}
	known, ok := a.bases[of]
	if !ok {
		known = c.general(k)
		a.bases[of] = known
	}
	a.room.CopyFrom(known)
	return &a.room
}
