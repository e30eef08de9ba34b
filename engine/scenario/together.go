package scenario

import "kmsplayground/engine"

// Together makes all that change appends one thing to Undo.
func (s *Session) Together(change func()) {
	before := len(s.marks)
	change()
	s.marks = s.marks[:min(len(s.marks), before+1)]
}

// bulk is whether many steps are being appended, of which only the last can be undone meanwhile.
type bulk struct {
	on, begun bool
	from      int // marks before it
}

// marks leaves room for the last step's alone, besides the first one's.
func (b bulk) marks(all []mark) []mark {
	if b.on {
		return all[:min(len(all), b.from+1)]
	}
	return all
}

// Bulk is Together for thousands of steps: the document is read again once, after the last. Until then Blocks,
// Diagnostics and Goals are those of before, and nothing but the last step can be undone.
func (s *Session) Bulk(change func()) {
	before := len(s.marks)
	s.bulk = bulk{on: true, from: before}
	change()
	s.bulk = bulk{}
	s.marks = s.marks[:min(len(s.marks), before+1)]
	s.settle()
	step := 0
	for i, block := range s.doc.Blocks {
		if block.Kind == Step {
			s.steps[step].Block = i
			step++
		}
	}
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
