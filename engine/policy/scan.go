package policy

import (
	"strings"
	"unicode/utf8"

	"kmsplayground/engine/source"
)

// The limits of a text. AWS accepts at most 131,072 characters of policy anywhere, and a policy needs seven levels.
const (
	maxBytes = 1 << 20
	maxDepth = 32
)

// scanner checks that a text is JSON before a parser sees it, with a loop and not by recursion: it finds the first
// syntax error, nesting that is too deep, keys given twice, characters that JSON or UTF-8 do not allow.
type scanner struct {
	text  *source.Text
	s     string
	pos   int
	stack []container
	diags []source.Diagnostic
	end   int  // of the value, once it is complete
	fatal bool // the text is no JSON; a parser would read nonsense
}

// container is an object or a list that is still open.
type container struct {
	open   int // offset of the brace or bracket
	object bool
	keys   map[string]source.Span
}

const bom = "\ufeff"

// scan reports where the value starts and ends, and what is wrong with the text. It is not ok when the text is not
// JSON at all.
func scan(text *source.Text) (start, end int, diags []source.Diagnostic, ok bool) {
	sc := scanner{text: text, s: text.String(), diags: []source.Diagnostic{}}
	if len(sc.s) > maxBytes {
		sc.fail(source.Span{}, "too-large", "policy has %d bytes; the most that can be read is %d", len(sc.s), maxBytes)
		return 0, 0, sc.diags, false
	}
	if len(sc.s) >= len(bom) && sc.s[:len(bom)] == bom {
		sc.report(source.Span{End: len(bom)}, "byte-order-mark", "policy starts with a byte order mark")
		sc.pos = len(bom)
	}
	sc.checkCharacters()
	sc.space()
	start = sc.pos
	sc.run()
	return start, sc.end, sc.diags, !sc.fatal
}

func (sc *scanner) report(span source.Span, code, format string, args ...any) {
	sc.diags = append(sc.diags, sc.text.Diagnostic(span, source.Error, code, format, args...))
}

func (sc *scanner) fail(span source.Span, code, format string, args ...any) {
	sc.report(span, code, format, args...)
	sc.fatal = true
}

// checkCharacters reports the first bytes that are not UTF-8.
func (sc *scanner) checkCharacters() {
	for i := sc.pos; i < len(sc.s); {
		if sc.s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(sc.s[i:])
		if r == utf8.RuneError && size == 1 {
			sc.report(source.Span{Start: i, End: i + 1}, "invalid-utf8", "byte 0x%02X is not valid UTF-8", sc.s[i])
			return
		}
		i += size
	}
}

func (sc *scanner) space() {
	for sc.pos < len(sc.s) {
		switch sc.s[sc.pos] {
		case ' ', '\t', '\n', '\r':
			sc.pos++
		default:
			return
		}
	}
}

// want is what the grammar expects next.
type want uint8

const (
	wantValue      want = iota
	wantFirstValue      // a value or "]"
	wantKey             // a key
	wantFirstKey        // a key or "}"
	wantComma           // "," or the closing bracket
	wantEnd             // nothing
)

var wantText = [...]string{
	wantValue: "a value", wantFirstValue: "a value or ]", wantKey: "a key in quotes", wantFirstKey: "a key in quotes or }",
}

func (sc *scanner) run() {
	for next := wantValue; !sc.fatal; {
		sc.space()
		if next == wantEnd {
			sc.end = sc.pos
			sc.trailing()
			return
		}
		if sc.pos == len(sc.s) {
			sc.unfinished(next)
			return
		}
		next = sc.step(next)
	}
}

// trailing reports what follows the value. The value itself can be read.
func (sc *scanner) trailing() {
	for sc.end > 0 && isSpace(sc.s[sc.end-1]) {
		sc.end--
	}
	if sc.pos < len(sc.s) {
		sc.report(source.Span{Start: sc.pos, End: len(sc.s)}, "trailing-text", "unexpected %s after the policy", sc.quote())
	}
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// unfinished reports a text that stops too early, at its end or at what was left open.
func (sc *scanner) unfinished(next want) {
	if len(sc.stack) == 0 {
		sc.fail(source.Span{Start: len(sc.s), End: len(sc.s)}, "empty-policy", "policy is empty")
		return
	}
	open := sc.stack[len(sc.stack)-1]
	at := sc.text.Position(open.open)
	sc.fail(source.Span{Start: len(sc.s), End: len(sc.s)}, "syntax-error",
		"policy ends before the %c of line %d, column %d is closed", sc.s[open.open], at.Line, at.Column)
}

// step reads one token and says what may follow it.
func (sc *scanner) step(next want) want {
	b := sc.s[sc.pos]
	inObject := len(sc.stack) > 0 && sc.stack[len(sc.stack)-1].object
	switch {
	case next == wantComma:
		return sc.commaOrClose(b, inObject)
	case b == '}' && next == wantFirstKey, b == ']' && next == wantFirstValue:
		return sc.pop()
	case b == '"' && (next == wantKey || next == wantFirstKey):
		return sc.key()
	case next == wantKey || next == wantFirstKey:
		return sc.unexpected(next)
	case b == '{' || b == '[':
		return sc.push(b == '{')
	case b == '"':
		sc.str()
		return sc.after()
	}
	return sc.scalar(next)
}

func (sc *scanner) commaOrClose(b byte, inObject bool) want {
	switch {
	case b == ',' && inObject:
		sc.pos++
		return wantKey
	case b == ',':
		sc.pos++
		return wantValue
	case b == '}' && inObject, b == ']' && !inObject:
		return sc.pop()
	}
	closing := "]"
	if inObject {
		closing = "}"
	}
	sc.fail(sc.token(), "syntax-error", "unexpected %s; expected , or %s", sc.quote(), closing)
	return wantEnd
}

func (sc *scanner) unexpected(next want) want {
	sc.fail(sc.token(), "syntax-error", "unexpected %s; expected %s%s", sc.quote(), wantText[next], sc.hint())
	return wantEnd
}

// hint says what a person who wrote the unexpected character may have had in mind.
func (sc *scanner) hint() string {
	switch b := sc.s[sc.pos]; {
	case (b == '}' || b == ']') && sc.afterComma():
		return " (nothing follows the comma before it)"
	case b == '/' || b == '#':
		return " (JSON has no comments)"
	case b == '\'' || strings.HasPrefix(sc.s[sc.pos:], "“") || strings.HasPrefix(sc.s[sc.pos:], "”"):
		return " (JSON has plain double quotes)"
	}
	return ""
}

func (sc *scanner) afterComma() bool {
	i := sc.pos - 1
	for i >= 0 && isSpace(sc.s[i]) {
		i--
	}
	return i >= 0 && sc.s[i] == ','
}

func (sc *scanner) push(object bool) want {
	if len(sc.stack) == maxDepth {
		sc.fail(sc.token(), "nested-too-deep", "policy is nested more than %d levels deep", maxDepth)
		return wantEnd
	}
	sc.stack = append(sc.stack, container{open: sc.pos, object: object})
	sc.pos++
	if object {
		return wantFirstKey
	}
	return wantFirstValue
}

func (sc *scanner) pop() want {
	sc.pos++
	sc.stack = sc.stack[:len(sc.stack)-1]
	return sc.after()
}

// after is what follows a complete value.
func (sc *scanner) after() want {
	if len(sc.stack) == 0 {
		return wantEnd
	}
	return wantComma
}
