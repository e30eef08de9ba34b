package policy

import (
	"math/bits"
	"strings"

	"kmsplayground/engine/catalog"
)

// actionSet is a set of the actions of KMS, as bits by their index in the catalog.
type actionSet uint64

func (s actionSet) has(t actionSet) bool { return s&t == t }

func (s actionSet) list() []catalog.ActionInfo {
	var infos []catalog.ActionInfo
	for ; s != 0; s &= s - 1 {
		infos = append(infos, catalog.KMSActions()[bits.TrailingZeros64(uint64(s))])
	}
	return infos
}

// where is the actions of the set for which keep holds.
func (s actionSet) where(keep func(catalog.ActionInfo) bool) actionSet {
	var kept actionSet
	for rest := s; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(uint64(rest))
		if keep(catalog.KMSActions()[i]) {
			kept |= 1 << i
		}
	}
	return kept
}

// names is the actions of the set as a person lists them; many are cut to the first three.
func (s actionSet) names() string {
	var names []string
	for _, info := range s.list() {
		names = append(names, info.Name)
	}
	switch n := len(names); {
	case n > 4:
		return strings.Join(names[:3], ", ") + " and others"
	case n > 1:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// actionsNamed is the set of actions by name.
func actionsNamed(names ...string) actionSet {
	var s actionSet
	for i, info := range catalog.KMSActions() {
		for _, name := range names {
			if info.Name == name {
				s |= 1 << i
			}
		}
	}
	return s
}

// allActions is every action of KMS.
func allActions() actionSet { return 1<<len(catalog.KMSActions()) - 1 }

func onKey(info catalog.ActionInfo) bool        { return info.Resources&catalog.OnKey != 0 }
func onAccount(info catalog.ActionInfo) bool    { return info.Resources == catalog.OnAccount }
func crossAccount(info catalog.ActionInfo) bool { return info.CrossAccount }

// facts is what the checks ask of a statement again and again.
type facts struct {
	*Statement
	patterns []actionSet // beside Actions: what each covers
	actions  actionSet   // what the statement is about; of NotAction too
	// others: the statement is about actions of other services too.
	others bool
}

func (c *checker) factsOf(s *Statement) facts {
	f := facts{Statement: s, others: len(s.NotActions) > 0}
	for i := range s.Actions {
		covered := c.covered(&s.Actions[i])
		f.patterns = append(f.patterns, covered)
		f.actions |= covered
		service, _, named := strings.Cut(s.Actions[i].Text, ":")
		f.others = f.others || !named || !strings.EqualFold(service, "kms")
	}
	if len(s.NotActions) > 0 {
		f.actions = allActions()
		for i := range s.NotActions {
			f.actions &^= c.covered(&s.NotActions[i])
		}
	}
	if c.kind == KeyPolicy {
		f.others = false // it decides nothing of other services
	}
	return f
}

// covered is the actions of KMS that a pattern covers.
func (c *checker) covered(a *Action) actionSet {
	if covered, ok := c.patterns[a.Text]; ok {
		return covered
	}
	var covered actionSet
	for i, info := range catalog.KMSActions() {
		if a.Match(info.Name) {
			covered |= 1 << i
		}
	}
	c.patterns[a.Text] = covered
	return covered
}

// isPlain reports whether an action is named, without wildcards.
func isPlain(a *Action) bool { return !strings.ContainsAny(a.Text, "*?") }
