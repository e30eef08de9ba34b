package scenario

import "strings"

// line is one line of a text with the offsets of its ends; the line break belongs to it.
type line struct {
	start, end int
	text       string // without the line break
}

func lines(text string) []line {
	var all []line
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i + 1
		}
		all = append(all, line{start, end, strings.TrimRight(text[start:end], "\r\n")})
		start = end
	}
	return all
}

// fence is the opening line of a fenced code block (CommonMark 4.5).
type fence struct {
	mark   byte // '`' or '~'
	length int
	indent int
	info   string
	at     int // offset of info within the line
}

// openFence reads the opening line of a fenced code block.
func openFence(text string) (fence, bool) {
	rest := strings.TrimLeft(text, " ")
	f := fence{indent: len(text) - len(rest)}
	if f.indent > 3 || rest == "" || rest[0] != '`' && rest[0] != '~' {
		return f, false
	}
	f.mark = rest[0]
	for f.length < len(rest) && rest[f.length] == f.mark {
		f.length++
	}
	after := rest[f.length:]
	if f.length < 3 || f.mark == '`' && strings.Contains(after, "`") {
		return f, false
	}
	f.info = strings.Trim(after, " \t")
	f.at = f.indent + f.length + len(after) - len(strings.TrimLeft(after, " \t"))
	return f, true
}

// closes reports whether text ends the block that f opened.
func (f fence) closes(text string) bool {
	rest := strings.TrimLeft(text, " ")
	if len(text)-len(rest) > 3 {
		return false
	}
	marks := strings.TrimRight(rest, " \t")
	return len(marks) >= f.length && strings.Trim(marks, string(f.mark)) == ""
}

// fenceFor returns a fence that text does not close.
func fenceFor(text string) string {
	longest, run := 2, 0
	for i := range len(text) {
		if text[i] != '`' {
			run = 0
			continue
		}
		if run++; run > longest {
			longest = run
		}
	}
	return strings.Repeat("`", longest+1)
}
