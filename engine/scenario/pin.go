package scenario

import (
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/awscli"
	"kmsplayground/engine/source"
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
	s.text += "\n" + fenced(a.step.plain(s.rootRef()).info("sh")+writeAttribute("pin", plainScript(title)), plainScript(script))
	s.reparse()
	s.tryGoals()
}

// Unpin takes a pinned goal out of the document. What came after it stays, and Redo brings it back. It reports false when
// the block is no such goal.
func (s *Session) Unpin(block int) bool {
	if block < 0 || block >= len(s.doc.Blocks) || !s.doc.Blocks[block].Pinned {
		return false
	}
	h := s.History()
	cut, action := s.cutOf(block, h)
	n := cut.End - cut.Start
	h.Undone = append(h.Undone, Stretch{Text: s.text[cut.Start:cut.End]})
	if action >= 0 {
		h.Marks = append(h.Marks[:action], h.Marks[action+1:]...)
	} else {
		h.Opened -= n
	}
	for i := max(action, 0); i < len(h.Marks); i++ {
		h.Marks[i].Length -= n
	}
	*s = *Resume(s.text[:cut.Start]+s.text[cut.End:], h, s.options)
	return true
}

// cutOf is what goes with a block, and the action that appended that: -1 for a block that was opened with the document.
func (s *Session) cutOf(block int, h History) (cut source.Span, action int) {
	cut, action = s.doc.Blocks[block].Span, len(h.Marks)-1
	for action >= 0 && h.Marks[action].Length > cut.Start {
		action--
	}
	switch {
	case action < 0:
		if strings.HasSuffix(s.text[:cut.Start], "\n\n") {
			cut.Start--
		}
	case action+1 < len(h.Marks):
		cut = source.Span{Start: h.Marks[action].Length, End: h.Marks[action+1].Length}
	default:
		cut = source.Span{Start: h.Marks[action].Length, End: len(s.text)}
	}
	return cut, action
}
