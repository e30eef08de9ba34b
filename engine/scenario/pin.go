package scenario

import (
	"kmsplayground/engine"
	"kmsplayground/engine/awscli"
)

// Pin appends a call with how it is expected to end, as a goal: it is tried again after every change. expect is an AWS
// error code, "" for success. It is undone and redone like everything that a person does.
func (s *Session) Pin(c engine.Call, title, expect string) {
	s.branchOff()
	a := addition{step: Attributes{
		As: c.As, Expect: expect, Service: c.Environment.ViaService, SourceIP: c.Environment.SourceIP, VPCE: c.Environment.VPCEndpoint,
		SourceArn: c.Environment.SourceArn,
	}}
	c.Region = s.region(c.Region)
	s.marks = append(s.marks, mark{state: s.state.clone()})
	script := s.credentials(c.Credentials) + awscli.Print(c, func(name, content string) string { return s.addFile(&a, name, content) })
	s.text = closed(s.text)
	s.appendFiles(a)
	s.text += "\n" + fenced(a.step.plain(s.rootRef()).info("sh")+writeAttribute("goal", plainScript(title)), plainScript(script))
	s.reparse()
	s.tryGoals()
}

// Unpin takes a goal that a person appended out of the document. What came after it stays, and Redo brings it back. It
// reports false when the block is no such goal.
func (s *Session) Unpin(block int) bool {
	if block < 0 || block >= len(s.doc.Blocks) || s.doc.Blocks[block].Kind != Goal || !s.doc.Blocks[block].Appended {
		return false
	}
	goal, h := s.doc.Blocks[block].Span, s.History()
	action := len(h.Marks) - 1
	for action > 0 && h.Marks[action].Length > goal.Start {
		action--
	}
	if action < 0 || h.Marks[action].Length > goal.Start {
		return false
	}
	start, end := h.Marks[action].Length, len(s.text)
	if action+1 < len(h.Marks) {
		end = h.Marks[action+1].Length
	}
	h.Undone = append(h.Undone, Stretch{Text: s.text[start:end]})
	h.Marks = append(h.Marks[:action], h.Marks[action+1:]...)
	for i := action; i < len(h.Marks); i++ {
		h.Marks[i].Length -= end - start
	}
	*s = *Resume(s.text[:start]+s.text[end:], h, s.options)
	return true
}
