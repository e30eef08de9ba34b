package kms

import (
	"strings"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/source"
)

// check is one question to authorization: may the caller do action on that key, that alias, or at all?
type check struct {
	action string  // "ReEncryptFrom", without the service prefix; of another service with it: "iam:…"
	region string  // where it happens; empty for the Region of the call
	key    *target // nil when no existing key is asked about
	// resource is the ARN of the alias or of the key to be, when key is nil; empty for account-level operations.
	resource string
	// grantable operations can be allowed by a grant, under the name of the action.
	grantable  bool
	context    map[string]string // encryption context of this check
	child      *authz.Grant      // CreateGrant: the new grant
	noResource bool              // the denial leaves out the resource
	ciphertext bool              // the key is known from the ciphertext only
	conditions func(*filler)     // condition keys of this check alone
}

// authorize asks all checks, also those after a denial: whoever mends the first wants to know of the next. The first
// that fails answers.
func (c *call) authorize() *Error {
	if c.Brief {
		if c.result.Explain = c.allowed(); c.result.Explain != nil {
			return nil
		}
	}
	var first *Error
	for _, check := range c.checks() {
		x := c.decide(check)
		c.result.Checks = append(c.result.Checks, x)
		switch {
		case first != nil:
		case x.Decision != authz.Allow:
			first = errorf(accessDenied, "%s", x.Message)
		case check.key != nil && check.key.missing:
			first = check.key.foundMissing
		}
	}
	return first
}

// checks are those of the operation: unless its row says otherwise, one on its first key.
func (c *call) checks() []check {
	if c.op.checks != nil {
		return c.op.checks(c)
	}
	one := check{action: c.op.name, grantable: c.op.grantable}
	if len(c.keys) > 0 {
		one.key = c.keys[0]
	}
	return []check{one}
}

func (c *call) decide(k check) authz.Explanation {
	if k.action == "RetireGrant" {
		return c.decideRetire(k)
	}
	var a asked
	c.ask(&a, k)
	return a.explain()
}

// answer decides a check without explaining it.
func (c *call) answer(k check) authz.Decision {
	if k.action == "RetireGrant" {
		return c.decideRetire(k).Decision
	}
	var a asked
	c.ask(&a, k)
	return a.answer()
}

// requestOf is a check without the request context and the policies that limit the caller.
func (c *call) requestOf(k check) authz.Request {
	action := k.action
	if !strings.Contains(action, ":") {
		action = "kms:" + action
	}
	r := authz.Request{
		Principal: c.Caller, Action: action, Resource: "*", Now: c.Now,
		CrossAccount: c.op.crossAccount, EncryptionContext: k.context, Child: k.child,
		Texts: authz.Texts{NoResource: k.noResource, Ciphertext: k.ciphertext && c.Environment.ViaService != ""},
	}
	if k.resource != "" {
		r.Resource, r.Owner = k.resource, c.Caller.Account
	}
	if k.key != nil {
		c.askKey(&r, k)
	}
	return r
}

func (c *call) guards(owner string) authz.Guards {
	if c.Guards == nil {
		return authz.Guards{}
	}
	return c.Guards(owner)
}

// askKey makes r ask about a key. That the key of another account is missing is not told: it is as if the key existed
// and shared nothing.
func (c *call) askKey(r *authz.Request, k check) {
	key := k.key.key
	r.Resource, r.Owner = key.ARN, key.Account
	if k.key.missing {
		r.KeyPolicy = &noPolicy
		return
	}
	seen := key.seenPolicy(c.Now)
	r.KeyPolicy, r.Bound = seen.policy, seen.bound
	if k.grantable {
		r.Operation, r.Grants, r.GrantTokens = k.action, c.grantsOf(key.ARN, c.Caller), c.tokens
	}
	if k.action == "ReEncryptTo" && c.Caller.Kind == iam.Service {
		r.SourceGrants = c.sourceGrants()
	}
}

// sourceGrants are the grants that allow the ReEncryptFrom of a ReEncrypt, nil when it needs none.
func (c *call) sourceGrants() (allow []*authz.Grant) {
	var from asked
	c.ask(&from, c.checks()[0])
	all := from.request.Grants
	if from.request.Grants = nil; from.answer() == authz.Allow {
		return nil
	}
	for i := range all {
		if from.request.Grants = all[i : i+1]; from.answer() == authz.Allow {
			allow = append(allow, all[i])
		}
	}
	return allow
}

// noPolicy is what another account shows of a key that does not exist.
var noPolicy = iam.Policy{Kind: policy.KeyPolicy, Document: &policy.Document{Text: source.NewText("")}}

// grantsOf are the grants on a key that name the caller: its user, its session, the role of the session, or its account.
func (s *Service) grantsOf(keyARN string, p *iam.Principal) []*authz.Grant {
	grants := s.granted[grantee{keyARN, p.ID}]
	add := func(id string) {
		switch more := s.granted[grantee{keyARN, id}]; {
		case len(grants) == 0:
			grants = more
		case len(more) > 0:
			grants = append(grants[:len(grants):len(grants)], more...)
		}
	}
	if p.Kind == iam.AssumedRole {
		add(p.ID[:max(strings.LastIndexByte(p.ID, ':'), 0)])
	}
	if p.Account != "" && p.ID != p.Account {
		add(p.Account)
	}
	return grants
}

// ownerOf is the account that owns what a check is about, empty for account-level operations.
func (c *call) ownerOf(k check) string {
	switch {
	case k.key != nil:
		return k.key.key.Account
	case k.resource != "":
		return c.Caller.Account
	}
	return ""
}
