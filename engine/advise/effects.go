package advise

import (
	"slices"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
)

// Effects is what calls would change about who may do what with the keys.
type Effects struct {
	Answer engine.Answer // of the last call, or of the first that failed
	Opens  []Change      // newly allowed
	Closes []Change      // newly denied
	Gone   []string      // ARNs of aliases that would name no key any more
}

// settled is longer than it takes in an eventually consistent world until everything is seen.
const settled = 6 * time.Minute

// EffectsOf makes calls on a copy of a world and compares who may do what before and after, once everything is seen:
// with each key by its ARN, and by each of its aliases, since policies ask for the alias in a request. Nothing changes.
func EffectsOf(w *engine.World, calls []engine.Call) Effects {
	before, after := w.Clone(), w.Clone()
	e := Effects{Opens: []Change{}, Closes: []Change{}, Gone: []string{}}
	for _, c := range calls {
		if e.Answer = after.Call(c); e.Answer.Error != nil {
			return e
		}
	}
	if w.Options().Consistency == engine.Eventual {
		before.Advance(settled)
		after.Advance(settled)
	}
	r := reach{people: People(w)}
	for _, key := range askedKeys(before, calls, len(r.people)) {
		e.compare(before, after, Question{Key: key}, Question{Key: key}, r)
	}
	for _, alias := range askedAliases(before, calls) {
		is, still := aliasOf(after, alias.ARN)
		if !still {
			e.Gone = append(e.Gone, alias.ARN)
			continue
		}
		e.compare(before, after, Question{Key: alias.TargetARN, Alias: alias.ARN}, Question{Key: is.TargetARN, Alias: alias.ARN}, r)
	}
	return e
}

func (e *Effects) compare(before, after *engine.World, was, is Question, r reach) {
	r.questions = []Question{was}
	earlier := r.ask(before)[0]
	r.questions = []Question{is}
	for _, c := range Diff(earlier, r.ask(after)[0]) {
		if was.Key == is.Key && slices.Contains(slices.Concat(e.Opens, e.Closes), c) {
			continue // the alias makes no difference
		}
		c.Alias = is.Alias
		if c.Allowed {
			e.Opens = append(e.Opens, c)
		} else {
			e.Closes = append(e.Closes, c)
		}
	}
}

// askedKeys are the keys to ask about, those that the calls name first, as many as can be asked about at once.
func askedKeys(w *engine.World, calls []engine.Call, people int) []string {
	named, others := []string{}, []string{}
	for _, key := range w.KMS().Keys() {
		if slices.ContainsFunc(calls, func(c engine.Call) bool { return names(c, key) }) {
			named = append(named, key.ARN)
		} else {
			others = append(others, key.ARN)
		}
	}
	most := max(mostAsked/max(people, 1), len(named), 1)
	keys := append(named, others...)
	return keys[:min(most, len(keys))]
}

func given(c engine.Call, parameter string) string { return gjson.GetBytes(c.Input, parameter).Str }

// names reports whether a call has something to do with a key.
func names(c engine.Call, key kms.Key) bool {
	for _, parameter := range append([]string{"AliasName"}, keyParameters...) {
		named := given(c, parameter)
		if named == key.ID || named == key.ARN || slices.Contains(key.Aliases, named) {
			return true
		}
	}
	return false
}

// askedAliases are those of the keys that calls name.
func askedAliases(w *engine.World, calls []engine.Call) []kms.Alias {
	asked := []kms.Alias{}
	for _, key := range w.KMS().Keys() {
		for _, alias := range w.KMS().Aliases(key.Account, key.Region) {
			if alias.TargetARN != key.ARN {
				continue
			}
			if slices.ContainsFunc(calls, func(c engine.Call) bool {
				return names(c, key)
			}) {
				asked = append(asked, alias)
			}
		}
	}
	return asked
}

func aliasOf(w *engine.World, aliasARN string) (kms.Alias, bool) {
	a, _ := arn.Parse(aliasARN)
	all := w.KMS().Aliases(a.Account, a.Region)
	i := slices.IndexFunc(all, func(alias kms.Alias) bool { return alias.ARN == aliasARN })
	if i < 0 {
		return kms.Alias{}, false
	}
	return all[i], true
}

// Foreseen is what would come of a call now.
type Foreseen struct {
	Answer engine.Answer
	// Who are those whom authorization lets make the call; for calls to KMS only.
	Who []Person
}

// Foresee makes a call on a copy of a world, and asks who else might make it. Nothing changes.
func Foresee(w *engine.World, c engine.Call) Foreseen {
	f := Foreseen{Answer: w.Clone().Call(c), Who: []Person{}}
	if c.Service != "kms" {
		return f
	}
	people := People(w)
	principals := make([]*iam.Principal, len(people))
	for i, p := range people {
		principals[i] = p.Principal
	}
	for i, answers := range w.Asker().Answers([]engine.Call{c}, principals) {
		if cellOf(answers[0]) == Allowed {
			f.Who = append(f.Who, people[i])
		}
	}
	return f
}
