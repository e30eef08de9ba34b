package scenario

import "slices"

// Stretch is what one action appended to the document.
type Stretch struct {
	Text string
	Edit string // policy that it edits, "" for other actions
}

// Branch is another course that a session took: the document of it, and what can be undone there.
type Branch struct {
	Text   string
	Opened int
	Marks  []Mark
}

// mostBranches is how many are kept; the oldest go first.
const mostBranches = 20

// CanRedo reports whether there is something that Undo took back.
func (s *Session) CanRedo() bool { return len(s.undone) > 0 }

// Redo appends again what Undo took back last.
func (s *Session) Redo() bool {
	if !s.CanRedo() {
		return false
	}
	last := len(s.undone) - 1
	next := s.undone[last]
	s.undone = s.undone[:last:last]
	s.marks = append(s.marks, mark{state: s.state.clone(), edit: next.Edit})
	from := len(s.text)
	s.text += next.Text
	s.reparse()
	for i := range s.doc.Blocks {
		if s.doc.Blocks[i].Span.Start >= from {
			s.runBlock(i)
		}
	}
	s.tryGoals()
	return true
}

// Step goes back or forward to where n actions of the person are done.
func (s *Session) Step(n int) {
	for len(s.marks) > n && s.Undo() {
	}
	for len(s.marks) < n && s.Redo() {
	}
}

// Branches are the courses that were left: those that something else was done in place of. The oldest comes first.
func (s *Session) Branches() []Branch { return s.branches }

// branchOff keeps what was undone as a branch, before something else is done in its place.
func (s *Session) branchOff() {
	if !s.CanRedo() {
		return
	}
	s.keep(s.whole())
	s.undone = nil
}

// whole is the course that the session is on, with what was undone.
func (s *Session) whole() Branch {
	b := Branch{Text: s.text, Opened: s.open, Marks: s.History().Marks}
	for _, stretch := range slices.Backward(s.undone) {
		b.Marks = append(b.Marks, Mark{Length: len(b.Text), Edit: stretch.Edit})
		b.Text += stretch.Text
	}
	return b
}

func (s *Session) keep(b Branch) {
	same := func(other Branch) bool { return other.Text == b.Text }
	if slices.ContainsFunc(s.branches, same) {
		return
	}
	s.branches = append(slices.Clip(s.branches), b)
	if n := len(s.branches); n > mostBranches {
		s.branches = s.branches[n-mostBranches:]
	}
}

// Switch goes on with a branch; the course that the session was on becomes one in its place. It reports false when there
// is no such branch.
func (s *Session) Switch(branch int) bool {
	if branch < 0 || branch >= len(s.branches) {
		return false
	}
	b, left := s.branches[branch], s.whole()
	other := Resume(b.Text, History{Opened: b.Opened, Marks: b.Marks}, s.options)
	other.branches = slices.Delete(slices.Clone(s.branches), branch, branch+1)
	if left.Text != b.Text {
		other.keep(left)
	}
	*s = *other
	return true
}
