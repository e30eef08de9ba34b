package browser

import (
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/scenario"
)

// acts are what a person does in place of what was undone.
var acts = map[RequestType]bool{Call: true, Command: true, Edit: true, Wait: true, Apply: true, Pin: true, HTTP: true}

// beforeActing forgets the edits that were undone, when something else takes their place.
func (d *Door) beforeActing(kind RequestType) {
	if acts[kind] {
		d.drafts = d.drafts.within(len(d.session.Text()))
	}
}

func (d *Door) redo(Request) Reply {
	if !d.session.Redo() {
		return failure("there is nothing to redo")
	}
	return d.changed(Reply{})
}

func (d *Door) step(r Request) Reply {
	d.session.Step(r.Index)
	return d.changed(Reply{})
}

func (d *Door) switchTo(r Request) Reply {
	if !d.session.Switch(r.Index) {
		return failure("there is no branch %d", r.Index)
	}
	d.drafts = nil
	return d.changed(Reply{})
}

// pin keeps a request with how it is expected to end.
func (d *Door) pin(r Request) Reply {
	if r.Call == nil {
		return failure("a Pin request carries a Call")
	}
	d.session.Pin(*r.Call, r.Text, r.Expect)
	return d.changed(Reply{})
}

func (d *Door) unpin(r Request) Reply {
	goals := d.session.Goals()
	if r.Index < 0 || r.Index >= len(goals) || !d.session.Unpin(goals[r.Index].Block) {
		return failure("there is no pinned request %d", r.Index)
	}
	return d.changed(Reply{})
}

// goal tells the last request of a goal, as it was answered when the goal was tried.
func (d *Door) goal(r Request) Reply {
	goals := d.session.Goals()
	if r.Index < 0 || r.Index >= len(goals) {
		return failure("there is no goal %d", r.Index)
	}
	calls := goals[r.Index].Calls
	if len(calls) == 0 {
		return failure("the goal made no request: %s", goals[r.Index].Problem)
	}
	last := &calls[len(calls)-1]
	return Reply{Answer: &last.Answer, Call: &last.Call}
}

func comingViews(w *engine.World) []ComingView {
	views := []ComingView{}
	for _, c := range w.KMS().Coming(w.Now()) {
		v := ComingView{Kind: c.Kind, What: c.What, MadeAt: stamp(c.MadeAt), At: authz.Stamp(c.At)}
		if key, ok := w.KMS().Key(c.KeyARN); ok {
			v.Key = keyLabel(w, key)
		}
		views = append(views, v)
	}
	return views
}

func undoneViews(s *scenario.Session) []string {
	views := []string{}
	undone := s.History().Undone
	for i := len(undone) - 1; i >= 0; i-- {
		views = append(views, firstCommand(undone[i].Text))
	}
	return views
}

func branchViews(s *scenario.Session) []BranchView {
	views := []BranchView{}
	for _, b := range s.Branches() {
		views = append(views, BranchView{Text: firstCommand(b.Text[common(b.Text, s.Text()):]), Actions: len(b.Marks)})
	}
	return views
}

// common is where the first of the lines begins in which two texts differ.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return strings.LastIndexByte(a[:n], '\n') + 1
}

// firstCommand is the first line of the first script of a piece of a document.
func firstCommand(text string) string {
	document, _ := scenario.Parse(text)
	for _, b := range document.Blocks {
		if b.Kind == scenario.Step || b.Kind == scenario.Goal {
			line, _, _ := strings.Cut(strings.TrimSpace(b.Text), "\n")
			return line
		}
	}
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
