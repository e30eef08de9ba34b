package scenario

import "kmsplayground/engine"

// Mark is where something begins that Undo takes back.
type Mark struct {
	Length int    // of the text before it, in bytes
	Edit   string // policy that it edits, which a further edit would replace; "" for other steps
}

// History is what a session knows besides its text.
type History struct {
	Opened   int // length of the text as it was opened, in bytes
	Marks    []Mark
	Undone   []Stretch // what Redo appends again, the next one last
	Branches []Branch
}

// History of the session as it stands.
func (s *Session) History() History {
	h := History{Opened: s.open, Marks: []Mark{}, Undone: append([]Stretch{}, s.undone...), Branches: append([]Branch{}, s.branches...)}
	for _, m := range s.marks {
		h.Marks = append(h.Marks, Mark{Length: len(m.text), Edit: m.edit})
	}
	return h
}

// Resume goes on with a session elsewhere: it opens the text, and what could be undone there can be undone here. A
// history that is not of this text is no history. Of the options counts what OpenWith takes.
func Resume(text string, h History, o engine.Options) *Session {
	if !h.fits(text) {
		return OpenWith(text, o)
	}
	s := &Session{options: engine.Options{Algorithms: o.Algorithms}, undone: h.Undone, branches: h.Branches}
	s.doc, _ = Parse(text)
	s.state = s.fresh(text)
	s.open = h.Opened
	s.reparse()
	for i := range s.doc.Blocks {
		for len(h.Marks) > 0 && h.Marks[0].Length <= s.doc.Blocks[i].Span.Start {
			m := mark{state: s.state.clone(), edit: h.Marks[0].Edit}
			m.text = text[:h.Marks[0].Length]
			s.marks, h.Marks = append(s.marks, m), h.Marks[1:]
		}
		s.runBlock(i)
	}
	s.tryGoals()
	return s
}

// fits reports whether the places of a history are those of a text, in order.
func (h History) fits(text string) bool {
	last := h.Opened
	for _, m := range h.Marks {
		if m.Length < last {
			return false
		}
		last = m.Length
	}
	return h.Opened >= 0 && last <= len(text)
}
