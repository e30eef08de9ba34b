package source

import (
	"cmp"
	"slices"
	"strings"
)

// Edit replaces a span of a text; an empty span inserts.
type Edit struct {
	Span Span
	Text string
}

// Fix is a change of a text that settles a Diagnostic.
type Fix struct {
	Title string // what it does, as on a button: "Add the prefix alias/"
	Edits []Edit // of the text as it was; they do not overlap
}

// Apply gives the text after the edits.
func (f Fix) Apply(text string) string {
	edits := slices.SortedStableFunc(slices.Values(f.Edits), func(a, b Edit) int {
		return cmp.Compare(a.Span.Start, b.Span.Start)
	})
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.Span.Start])
		b.WriteString(e.Text)
		at = e.Span.End
	}
	b.WriteString(text[at:])
	return b.String()
}
