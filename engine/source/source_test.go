package source

import (
	"reflect"
	"testing"
)

func TestPosition(t *testing.T) {
	const text = "ab\ncé𐐀d\r\n\re\n"
	for _, c := range []struct{ offset, line, column int }{
		{-1, 1, 1}, {0, 1, 1}, {1, 1, 2}, {2, 1, 3},
		{3, 2, 1}, {4, 2, 2}, {5, 2, 2}, {6, 2, 3}, {9, 2, 3}, {10, 2, 4}, {11, 2, 5}, {12, 2, 6},
		{13, 3, 1}, {14, 4, 1}, {15, 4, 2}, {16, 5, 1}, {99, 5, 1},
	} {
		if got := NewText(text).Position(c.offset); got != (Position{c.line, c.column}) {
			t.Errorf("%d: %d:%d, want %d:%d", c.offset, got.Line, got.Column, c.line, c.column)
		}
		if got := NewText(text).Line(c.offset); got != c.line {
			t.Errorf("%d: line %d, want %d", c.offset, got, c.line)
		}
	}
	if got := NewText("").Position(0); got != (Position{1, 1}) {
		t.Errorf("empty text: %v", got)
	}
}

func TestDiagnostic(t *testing.T) {
	text := NewText("{\n  \"Actoin\": 1 }")
	d := text.Diagnostic(Span{4, 12}, Error, "unknown-element", "unknown element %q", "Actoin")
	want := Diagnostic{Span{4, 12}, 2, 3, Error, "unknown-element", `unknown element "Actoin"`, []Fix{}}
	if !reflect.DeepEqual(d, want) || d.String() != `2:3: unknown element "Actoin"` {
		t.Errorf("%+v", d)
	}
}

func TestApply(t *testing.T) {
	for _, c := range []struct {
		edits []Edit
		want  string
	}{
		{nil, "abcdef"},
		{[]Edit{{Span{2, 4}, "X"}}, "abXef"},
		{[]Edit{{Span{4, 6}, ""}, {Span{0, 0}, "<"}, {Span{2, 2}, "|"}}, "<ab|cd"},
		{[]Edit{{Span{6, 6}, "1"}, {Span{6, 6}, "2"}}, "abcdef12"},
	} {
		if got := (Fix{Edits: c.edits}).Apply("abcdef"); got != c.want {
			t.Errorf("%v: %q, want %q", c.edits, got, c.want)
		}
	}
}
