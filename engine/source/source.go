// Package source is a text that a person wrote, and places in it.
package source

import (
	"fmt"
	"sort"
	"unicode/utf8"
)

// Span is a half-open range of a text, in bytes from its start. The zero Span points nowhere.
type Span struct{ Start, End int }

// IsValid reports whether s points somewhere.
func (s Span) IsValid() bool { return s.End > s.Start }

// Position is a place as people name it. Both count from 1; Column counts characters (code points).
type Position struct{ Line, Column int }

// Severity says what a Diagnostic means for the text.
type Severity string

// An Error makes AWS refuse the text; a Warning is accepted by AWS but does not do what it seems to do;
// an Info is advice.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Diagnostic is a remark about a place in a text. Codes are stable: tests, documents and links name them.
type Diagnostic struct {
	Span     Span
	Line     int // of Span.Start, from 1
	Column   int // of Span.Start, from 1, in characters
	Severity Severity
	Code     string // "unknown-element"
	Message  string
	Fixes    []Fix // edits that settle it, each by itself; never nil in what Text.Diagnostic makes
}

// String gives the place and the message: "3:17: unknown element \"Actoin\"".
func (d Diagnostic) String() string { return fmt.Sprintf("%d:%d: %s", d.Line, d.Column, d.Message) }

// Text is a text with an index of its lines. It does not change.
type Text struct {
	text  string
	lines []int // byte offset at which each line starts
}

// NewText indexes text. LF, CR LF and a lone CR end a line.
func NewText(text string) *Text {
	t := &Text{text: text, lines: []int{0}}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\n', text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n'):
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

// String returns the text as it was written.
func (t *Text) String() string { return t.text }

// Len is the length of the text in bytes.
func (t *Text) Len() int { return len(t.text) }

// Line gives the line of a byte offset, from 1. Offsets outside the text count as its nearest end.
func (t *Text) Line(offset int) int {
	return sort.Search(len(t.lines), func(i int) bool { return t.lines[i] > t.clamp(offset) })
}

// Position gives the place of a byte offset. An offset inside a character counts as that character.
func (t *Text) Position(offset int) Position {
	offset = t.clamp(offset)
	line := t.Line(offset)
	column := 1
	for i := t.lines[line-1]; ; column++ {
		_, size := utf8.DecodeRuneInString(t.text[i:])
		if i += size; size == 0 || i > offset {
			return Position{Line: line, Column: column}
		}
	}
}

// Diagnostic makes a remark about span; format and args are those of fmt.Sprintf.
func (t *Text) Diagnostic(span Span, sev Severity, code, format string, args ...any) Diagnostic {
	at := t.Position(span.Start)
	return Diagnostic{
		Span: span, Line: at.Line, Column: at.Column, Severity: sev, Code: code,
		Message: fmt.Sprintf(format, args...), Fixes: []Fix{},
	}
}

func (t *Text) clamp(offset int) int { return min(max(offset, 0), len(t.text)) }
