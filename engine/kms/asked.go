package kms

import (
	"kmsplayground/engine/authz"
	"kmsplayground/engine/condition"
)

// asked is a check with all that its decision rests on. It holds what is replaced and never changed, and what was taken
// down when it was asked, so that it has the same explanation whenever somebody wants to see it.
type asked struct {
	request authz.Request // its context is that of the operation and its parameters alone
	general general
	remarks remarks
}

// ask puts a check into a, which is zero.
func (c *call) ask(a *asked, k check) {
	a.request = c.requestOf(k)
	a.request.Context, a.request.Guards = c.specific(k), c.guards(a.request.Owner)
	spare(&a.request.Guards, k.key)
	a.general = c.general(k)
	if k.key != nil && !k.key.missing {
		a.remarks = c.remarks(k.key.key)
	}
}

// answer decides without saying why. Most policies have few conditions, so that the general condition keys are worked
// out when one looks at them.
func (a *asked) answer() authz.Decision {
	return authz.AnswerLazily(&a.request, a.general.context)
}

func (a *asked) explain() authz.Explanation {
	r := a.request
	r.Context = whole(&a.general, r.Context)
	x := authz.Decide(&r)
	a.remarks.annotate(&x, r.Grants, r.Now)
	return x
}

// allowed decides the checks of a brief call. Few people ask why a call was allowed: explain says it when somebody does.
// It is nil unless all checks are allowed.
func (c *call) allowed() (explain func() []authz.Explanation) {
	checks := c.checks()
	all := make([]asked, len(checks))
	for i, k := range checks {
		if k.action == "RetireGrant" || k.key != nil && k.key.missing {
			return nil
		}
		if c.ask(&all[i], k); all[i].answer() != authz.Allow {
			return nil
		}
	}
	return func() []authz.Explanation {
		explained := make([]authz.Explanation, len(all))
		for i := range all {
			explained[i] = all[i].explain()
		}
		return explained
	}
}

// context is every condition key that the request carries in a check.
func (c *call) context(k check) *condition.Context {
	g := c.general(k)
	return whole(&g, c.specific(k))
}

func whole(g *general, specific *condition.Context) *condition.Context {
	ctx := g.context()
	for _, v := range specific.Values() {
		ctx.Set(v)
	}
	return ctx
}

// general is what the condition keys follow from that do not follow from the operation and its parameters.
type general struct {
	request         *Request // the caller, the way it came and the time; the directory is not asked again
	region          string   // where it happens
	ofKey           []condition.Value
	keyed           bool // an existing key is asked about
	alias           string
	ofOrganizations []condition.Value
}

func (c *call) general(k check) general {
	g := general{request: &c.Request, region: or(k.region, c.Region)}
	if k.key != nil && !k.key.missing {
		g.keyed, g.ofKey, g.alias = true, c.seenConditions(k.key.key), k.key.requestAlias
	}
	g.ofOrganizations = organizationConditions(c.Directory, c.Caller, c.ownerOf(k), c.Environment)
	return g
}

// context works out the condition keys.
func (g *general) context() *condition.Context {
	r, ctx := g.request, condition.NewContext(32)
	f := filler{ctx: ctx, values: make([]string, 0, 40)}
	f.global(r.Caller, g.region, r.Environment, r.Now)
	if g.keyed {
		f.callerConditions(r)
		for _, v := range g.ofKey {
			ctx.Set(v)
		}
		if g.alias != "" {
			f.set("kms:RequestAlias", g.alias)
		}
	}
	for _, v := range g.ofOrganizations {
		ctx.Set(v)
	}
	return ctx
}

// specific are the keys that follow from the operation and its parameters.
func (c *call) specific(k check) *condition.Context {
	f := filler{ctx: condition.NewContext(4), values: make([]string, 0, 4)}
	if k.resource != "" {
		f.set("aws:ResourceAccount", c.Caller.Account)
	}
	c.encryptionContext(&f, k.context)
	if c.op.conditions != nil {
		c.op.conditions(c, &f)
	}
	if k.conditions != nil {
		k.conditions(&f)
	}
	return f.ctx
}
