package scenario

import (
	"strings"

	"kmsplayground/engine"
)

// Moment is a state that a session was in.
type Moment struct {
	// Text is the document up to there: two moments of the same text have equal worlds.
	Text string
	// World makes it; the caller only looks at it.
	World func() *engine.World
}

// Opened is the moment before what a person did.
func (s *Session) Opened() Moment { return s.marked(0) }

// Before is the moment before the last thing that Undo would take back.
func (s *Session) Before() Moment { return s.marked(len(s.marks) - 1) }

// Beneath is the moment that an edit of a policy starts from: see Edit.
func (s *Session) Beneath(policyID string) Moment {
	n := len(s.marks)
	for n > 0 && s.marks[n-1].edit == policyID {
		n--
	}
	return s.marked(n)
}

// marked is the moment of a mark; the present one behind the last.
func (s *Session) marked(i int) Moment {
	at := s.state
	if i >= 0 && i < len(s.marks) {
		at = s.marks[i].state
	}
	return Moment{at.text, func() *engine.World { return at.world }}
}

// Of is where a text of the same session leads, as it was at some time: what was edited since may have taken the place of
// calls that it made.
func (s *Session) Of(text string) Moment {
	return Moment{text, func() *engine.World { return OpenWith(text, s.options).world }}
}

// After is the moment after the first calls of the session, as many as there are at most. Its world is made by performing
// them again.
func (s *Session) After(calls int) Moment {
	calls = max(0, min(calls, len(s.records)))
	if calls == len(s.records) {
		return s.marked(len(s.marks))
	}
	text := ""
	if calls > 0 {
		step := s.steps[s.records[calls-1].Step]
		// Within a step it is the calls that count.
		text = s.text[:s.doc.Blocks[step.Block].Span.End] + strings.Repeat("\n", calls-step.Calls[0])
	}
	return Moment{text, func() *engine.World { return s.replay(calls) }}
}

// replay performs the first calls in a fresh world, each at its time.
func (s *Session) replay(calls int) *engine.World {
	w := s.fresh("").world
	done := 0
	for i := range s.steps {
		step := &s.steps[i]
		if done == calls {
			break
		}
		state{world: w}.before(&Block{Attributes: Attributes{Quota: step.Quota}})
		for _, n := range step.Calls {
			if done == calls {
				break
			}
			w.Advance(s.records[n].Time.Sub(w.Now()))
			w.Call(s.records[n].Call)
			done++
		}
	}
	return w
}
