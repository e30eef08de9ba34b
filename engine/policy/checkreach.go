package policy

import (
	"slices"
	"strings"

	"kmsplayground/engine/source"
)

// manyOfThem is a number of elements beyond which they are not compared with each other: no policy that AWS stores has
// as many that mean something, and a text may be pasted that has.
const manyOfThem = 500

// reach remarks on statements that another one of the policy makes pointless.
func (c *checker) reach() {
	if c.kind == TrustPolicy || len(c.statements) > manyOfThem {
		return
	}
	for i := range c.statements {
		f := &c.statements[i]
		if f.others || f.decided(c.kind) == 0 || f.Effect != Allow && f.Effect != Deny {
			continue
		}
		for k := range c.statements {
			if i != k && c.overtaken(f, &c.statements[k], i < k) {
				break
			}
		}
	}
}

// decided is the actions that a statement can decide.
func (f *facts) decided(kind Kind) actionSet {
	if kind == KeyPolicy {
		return f.actions.where(onKey)
	}
	return f.actions
}

// overtaken remarks on inner when outer makes it pointless. Of two statements that say the same, the later one goes.
func (c *checker) overtaken(inner, outer *facts, before bool) bool {
	at := c.doc.Text.Line(outer.Span.Start)
	switch {
	case outer.Effect == Deny && inner.Effect == Allow && c.appliesAlways(outer) && c.within(inner, outer):
		c.report(inner.EffectSpan, source.Warning, "unreachable-allow",
			"the Deny at line %d always wins over this Allow, which so allows nothing; narrow the Deny or remove this statement", at)
	case outer.Effect == inner.Effect && c.says(outer, inner) && !(before && c.says(inner, outer)):
		c.report(inner.EffectSpan, source.Info, "covered-statement",
			"the statement at line %d says all of this already; remove this one", at)
	default:
		return false
	}
	c.fix("Remove the statement", c.withoutStatement(inner.Statement)...)
	return true
}

// says reports whether a statement says all that another one of the same effect does.
func (c *checker) says(outer, inner *facts) bool {
	return (c.appliesAlways(outer) || c.sameConditions(inner, outer)) && c.within(inner, outer)
}

func (c *checker) appliesAlways(f *facts) bool {
	return len(f.Conditions) == 0 && !strings.Contains(c.text()[f.Span.Start:f.Span.End], `"Condition"`)
}

// sameConditions compares the text of the tests.
func (c *checker) sameConditions(a, b *facts) bool {
	if len(a.Conditions) != len(b.Conditions) {
		return false
	}
	for i := range a.Conditions {
		s, t := &a.Conditions[i], &b.Conditions[i]
		if s.Operator != t.Operator || c.text()[s.Span.Start:s.Span.End] != c.text()[t.Span.Start:t.Span.End] {
			return false
		}
	}
	return true
}

// within reports whether whatever inner is about, outer is about too, Conditions aside.
func (c *checker) within(inner, outer *facts) bool {
	return outer.actions.has(inner.decided(c.kind)) && c.principalsWithin(inner, outer) && c.resourcesWithin(inner, outer)
}

func (c *checker) principalsWithin(inner, outer *facts) bool {
	if c.rules.principal == forbidden {
		return true
	}
	if inner.HasNotPrincipal || outer.HasNotPrincipal || len(inner.Principals) == 0 {
		return false
	}
	for _, p := range inner.Principals {
		covers := func(q Principal) bool {
			switch {
			case isEveryone(q):
				return p.Type == "AWS" || p.Type == "*"
			case outer.Effect == Deny && isAccountPrincipal(q):
				return accountOf(p) == accountOf(q) // a Deny that names an account hits everyone in it
			}
			return identity(p) == identity(q)
		}
		if !slices.ContainsFunc(outer.Principals, covers) {
			return false
		}
	}
	return true
}

func (c *checker) resourcesWithin(inner, outer *facts) bool {
	if len(inner.Resources) == 0 {
		return false
	}
	for _, r := range inner.Resources {
		covers := func(q Resource) bool {
			wild := strings.ContainsAny(r.Text, "*?$")
			return q.Text == r.Text || strings.Trim(q.Text, "*") == "" && q.Text != "" ||
				!strings.ContainsAny(q.Text, "?$") && (!wild || !strings.Contains(r.Text, "$")) && q.Template.Match(r.Text, nil, 0)
		}
		if !slices.ContainsFunc(outer.Resources, covers) {
			return false
		}
	}
	return true
}
