package scenario

import (
	"fmt"

	"kmsplayground/engine"
	"kmsplayground/engine/shell"
	"kmsplayground/engine/source"
)

// Preload returns the world that a document leads to, for hosts that go on with it by themselves. Start and Entropy of o
// stand in for the document's own start and seed. A document that is not understood, or a step that does not go as it
// says, is an error; goals are not tried.
func Preload(text string, o engine.Options) (*engine.World, error) {
	s := &Session{}
	s.doc, s.diagnostics = Parse(text)
	for _, d := range s.diagnostics {
		if d.Severity == source.Error {
			return nil, fmt.Errorf("%d:%d: %s", d.Line, d.Column, d.Message)
		}
	}
	f := s.doc.Front
	o.Seed, o.Region, o.Account, o.Consistency, o.Keys, o.IDs = f.Seed, f.Region, f.Account, f.Consistency, f.Keys, f.IDs
	if o.Start.IsZero() {
		o.Start = f.Start
	}
	world := engine.New(o)
	s.state = state{text: text, open: len(text), world: world, shell: shell.New(shell.Options{Call: world.Call, Sleep: world.Advance, Tools: world})}
	for i := range s.doc.Blocks {
		s.runBlock(i)
		if n := len(s.steps); n > 0 && !s.steps[n-1].Holds {
			at := s.doc.Text.Position(s.doc.Blocks[i].Span.Start)
			return nil, fmt.Errorf("%d:%d: the step does not go as the document says: %s", at.Line, at.Column, s.steps[n-1].Problem)
		}
	}
	return s.world, nil
}
