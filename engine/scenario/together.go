package scenario

import "kmsplayground/engine"

// Together makes all that change appends one thing to Undo.
func (s *Session) Together(change func()) {
	before := len(s.marks)
	change()
	s.marks = s.marks[:min(len(s.marks), before+1)]
}

// Earlier is the newest world before something that Undo would take back for which is holds, nil when there is none.
// is only looks at it.
func (s *Session) Earlier(is func(*engine.World) bool) *engine.World {
	for i := len(s.marks) - 1; i >= 0; i-- {
		if is(s.marks[i].world) {
			return s.marks[i].world
		}
	}
	return nil
}
