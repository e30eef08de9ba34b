package kms

import (
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
)

// AnswersFor are the answers to the same call of many callers: the authorization checks of each, in their order; nil
// where the call would fail before it came to authorization. guards are the policies that limit a caller and what an
// account owns.
//
// What the input means depends on the account of the caller and on nothing else of it, so it is read once an account.
func (s *Service) AnswersFor(r Request, callers []*iam.Principal, guards func(caller *iam.Principal, owner string) authz.Guards) [][]authz.Decision {
	begun := map[string]*call{}
	answers := make([][]authz.Decision, len(callers))
	for i, caller := range callers {
		c, known := begun[caller.Account]
		if !known {
			r.Caller = caller
			var err *Error
			if c, err = s.begin(r); err != nil {
				c = nil
			}
			begun[caller.Account] = c
		}
		if c == nil {
			continue
		}
		one := *c
		one.Caller = caller
		one.Guards = func(owner string) authz.Guards { return guards(caller, owner) }
		answers[i] = []authz.Decision{}
		for _, check := range one.checks() {
			answers[i] = append(answers[i], one.answer(check))
		}
	}
	return answers
}
