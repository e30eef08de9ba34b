package policy

import (
	"slices"
	"strings"

	"kmsplayground/engine/source"
)

// Format prints a policy the way AWS's console does: two spaces, one element a line, keys in the order of the text.
// It reports false, and returns the text as it is, when the text is not JSON.
func Format(text string) (string, bool) {
	start, end, diags, ok := scan(source.NewText(text))
	if !ok || slices.ContainsFunc(diags, isNotJSON) {
		return text, false
	}
	f := formatter{s: text[start:end]}
	f.value(0)
	return f.out.String(), true
}

// isNotJSON tells the remarks of scan apart: keys given twice are JSON, and Format drops a byte order mark.
func isNotJSON(d source.Diagnostic) bool {
	return d.Code != "duplicate-key" && d.Code != "byte-order-mark"
}

// formatter copies the tokens of a text that scan has accepted; scan bounds how deep it goes.
type formatter struct {
	s   string
	pos int
	out strings.Builder
}

func (f *formatter) space() {
	for f.pos < len(f.s) && isSpace(f.s[f.pos]) {
		f.pos++
	}
}

func (f *formatter) value(depth int) {
	f.space()
	switch b := f.s[f.pos]; b {
	case '{', '[':
		f.container(depth, b+2) // the closing bracket is two characters on, in ASCII
	case '"':
		f.str()
	default:
		start := f.pos
		for f.pos < len(f.s) && isWord(f.s[f.pos]) {
			f.pos++
		}
		f.out.WriteString(f.s[start:f.pos])
	}
}

func (f *formatter) container(depth int, closing byte) {
	f.out.WriteByte(f.s[f.pos])
	f.pos++
	for n := 0; ; n++ {
		f.space()
		if f.s[f.pos] == closing {
			f.pos++
			if n > 0 {
				f.line(depth)
			}
			f.out.WriteByte(closing)
			return
		}
		if f.s[f.pos] == ',' {
			f.pos++
			f.out.WriteByte(',')
		}
		f.line(depth + 1)
		f.space()
		if closing == '}' {
			f.str()
			f.space()
			f.pos++ // the colon
			f.out.WriteString(": ")
		}
		f.value(depth + 1)
	}
}

func (f *formatter) line(depth int) {
	f.out.WriteByte('\n')
	for range depth {
		f.out.WriteString("  ")
	}
}

func (f *formatter) str() {
	start := f.pos
	for f.pos++; f.s[f.pos] != '"'; f.pos++ {
		if f.s[f.pos] == '\\' {
			f.pos++
		}
	}
	f.pos++
	f.out.WriteString(f.s[start:f.pos])
}
