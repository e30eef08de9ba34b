package advise

import (
	"slices"
	"strings"
	"time"

	"kmsplayground/engine"
)

// Suggestion is a way in which a denied request becomes allowed. It was tried.
type Suggestion struct {
	Title string // what is done, in words
	Steps []Step // in order
	// Opens is what else becomes allowed, by the matrices of the keys, beside the request itself; Closes what does not
	// stay allowed.
	Opens  []Change
	Closes []Change
}

// Step is one thing to do: a call, or nothing for a while.
type Step struct {
	Call engine.Call
	Wait time.Duration // above zero: simulated time passes, there is no call
	// Request: the call is the denied request itself, as it has to be sent instead. It was tried, and is not performed
	// by the other steps.
	Request bool
}

// Advice is what would allow a request.
type Advice struct {
	Allowed     bool // it is allowed as it is
	Suggestions []Suggestion
}

// What a search may cost. Three moves at most: no denial was seen that needed more, but a caller of another account
// under two kinds of control policies.
const (
	deepest  = 3
	mostTry  = 240
	mostFind = 12
)

// Suggest looks for the smallest changes of a world that turn a denied call into an allowed one, those first that open
// least. Every suggestion was performed on a copy of the world, and the call was allowed after it. Nothing changes.
func Suggest(w *engine.World, c engine.Call) Advice {
	d, denied := denialOf(w, c)
	if !denied {
		return Advice{Allowed: true, Suggestions: []Suggestion{}}
	}
	s := &search{world: w, first: d, seen: map[string]bool{}}
	if d.x == nil {
		return Advice{Suggestions: []Suggestion{}}
	}
	s.run(plan{world: w, call: c, denial: d})
	return Advice{Suggestions: s.measured()}
}

// search tries moves on copies of a world, one after the other, then two together, then three.
type search struct {
	world *engine.World
	first denial
	tries int
	found []plan
	seen  map[string]bool // what moves were tried together, in any order
}

// plan is a row of moves and the world after them. The denial is what the call still runs into.
type plan struct {
	world  *engine.World
	call   engine.Call // the request as it is sent after the moves
	moves  []move
	denial denial
}

// move is one change that may help.
type move struct {
	words   string
	calls   []engine.Call
	wait    time.Duration
	request *engine.Call // the request as it is sent instead, nil for as it is
}

// run goes deeper only while no change of the world alone was found: who sends something else has not been allowed
// what was asked.
func (s *search) run(start plan) {
	level := []plan{start}
	for depth := 0; depth < deepest && len(level) > 0; depth++ {
		next := []plan{}
		for _, p := range level {
			for _, m := range movesFor(p) {
				if q, ok := s.try(p, m); ok {
					next = append(next, q)
				}
			}
		}
		if slices.ContainsFunc(s.found, plan.changesWorld) {
			return
		}
		level = next
	}
}

func (p plan) changesWorld() bool {
	return slices.ContainsFunc(p.moves, func(m move) bool { return len(m.calls) > 0 }) &&
		!slices.ContainsFunc(p.moves, func(m move) bool { return m.request != nil })
}

// try makes a move. It returns the plan when the call is denied still, for another reason.
func (s *search) try(p plan, m move) (plan, bool) {
	q := plan{call: p.call, moves: append(slices.Clip(p.moves), m)}
	if s.tries++; s.tries > mostTry || s.known(q) {
		return q, false
	}
	if m.request != nil {
		q.call = *m.request
	}
	q.world = p.world.Clone()
	if !m.perform(q.world) {
		return q, false
	}
	denied := false
	if q.denial, denied = denialOf(q.world, q.call); denied && q.denial.pending() > 0 {
		q, denied = q.later()
	}
	if !denied {
		s.keep(q)
		return q, false
	}
	return q, q.denial.x != nil && q.denial.sign() != p.denial.sign()
}

// perform makes the calls of a move; each must succeed.
func (m move) perform(w *engine.World) bool {
	for _, c := range m.calls {
		if w.Call(c).Error != nil {
			return false
		}
	}
	if m.wait > 0 {
		w.Advance(m.wait)
	}
	return true
}

// later waits until what is not seen yet is seen.
func (p plan) later() (plan, bool) {
	wait := p.denial.pending()
	q := p
	q.world = p.world.Clone()
	q.world.Advance(wait)
	d, denied := denialOf(q.world, q.call)
	if denied {
		return p, true
	}
	q.moves = append(slices.Clip(p.moves), move{words: "wait " + wait.String() + " until it is seen", wait: wait})
	q.denial = d
	return q, false
}

// known reports whether the same moves were tried before.
func (s *search) known(p plan) bool {
	words := make([]string, len(p.moves))
	for i, m := range p.moves {
		words[i] = m.words
	}
	slices.Sort(words)
	key := strings.Join(words, "\n")
	known := s.seen[key]
	s.seen[key] = true
	return known
}

// keep keeps a plan of which no move can be left out.
func (s *search) keep(p plan) {
	for i := range p.moves {
		if len(p.moves) > 1 && s.allowedWithout(p, i) {
			return
		}
	}
	if len(s.found) < mostFind {
		s.found = append(s.found, p)
	}
}

func (s *search) allowedWithout(p plan, left int) bool {
	w, call := s.world.Clone(), s.first.call
	for i, m := range p.moves {
		if i == left {
			continue
		}
		if !m.perform(w) {
			return false
		}
		if m.request != nil {
			call = *m.request
		}
	}
	_, denied := denialOf(w, call)
	return !denied
}

// measured are the plans as suggestions, what opens least first.
func (s *search) measured() []Suggestion {
	r := newReach(s)
	list := []Suggestion{}
	for _, p := range s.found {
		one := Suggestion{Title: p.title(), Steps: p.steps()}
		one.Opens, one.Closes = r.compare(p.world)
		list = append(list, one)
	}
	slices.SortStableFunc(list, func(a, b Suggestion) int { return len(a.Opens) - len(b.Opens) })
	return list
}

func (p plan) title() string {
	words := make([]string, len(p.moves))
	for i, m := range p.moves {
		words[i] = m.words
	}
	text := strings.Join(words, ", and ")
	return strings.ToUpper(text[:1]) + text[1:]
}

func (p plan) steps() []Step {
	steps, changed := []Step{}, false
	for _, m := range p.moves {
		for _, c := range m.calls {
			steps = append(steps, Step{Call: c})
		}
		if m.wait > 0 {
			steps = append(steps, Step{Wait: m.wait})
		}
		changed = changed || m.request != nil
	}
	if changed {
		steps = append(steps, Step{Call: p.call, Request: true})
	}
	return steps
}
