package policy

import (
	"strconv"
	"unicode/utf8"

	"kmsplayground/engine/source"
)

// key reads a key and its colon, and remembers the key to find it again.
func (sc *scanner) key() want {
	start := sc.pos
	sc.str()
	if sc.fatal {
		return wantEnd
	}
	sc.remember(source.Span{Start: start, End: sc.pos})
	sc.space()
	if sc.pos == len(sc.s) || sc.s[sc.pos] != ':' {
		if sc.pos == len(sc.s) {
			sc.unfinished(wantComma)
			return wantEnd
		}
		sc.fail(sc.token(), "syntax-error", "unexpected %s; expected : after the key", sc.quote())
		return wantEnd
	}
	sc.pos++
	return wantValue
}

func (sc *scanner) remember(span source.Span) {
	c := &sc.stack[len(sc.stack)-1]
	key := unquote(sc.s[span.Start:span.End])
	if c.keys == nil {
		c.keys = map[string]source.Span{}
	}
	first, twice := c.keys[key]
	if !twice {
		c.keys[key] = span
		return
	}
	at := sc.text.Position(first.Start)
	sc.report(span, "duplicate-key", "key %q is given twice; the first is at line %d, column %d", key, at.Line, at.Column)
}

// str reads a string. Control characters are reported, and do not end it.
func (sc *scanner) str() {
	start := sc.pos
	for sc.pos++; sc.pos < len(sc.s); sc.pos++ {
		switch b := sc.s[sc.pos]; {
		case b == '"':
			sc.pos++
			return
		case b == '\\':
			if !sc.escape() {
				return
			}
		case b < ' ':
			sc.controlCharacter(start, b)
			if sc.fatal {
				return
			}
		}
	}
	sc.fail(source.Span{Start: start, End: len(sc.s)}, "syntax-error", "string is not closed")
}

// controlCharacter reports a raw control character in a string. A line end means that the quote is missing.
func (sc *scanner) controlCharacter(start int, b byte) {
	if b == '\n' || b == '\r' {
		sc.fail(source.Span{Start: start, End: sc.pos}, "syntax-error", "string is not closed on its line")
		return
	}
	sc.report(source.Span{Start: sc.pos, End: sc.pos + 1}, "control-character",
		"control character U+%04X in a string; write it as \\u%04x", b, b)
}

// escape checks the escape sequence at the backslash and stops at its last character.
func (sc *scanner) escape() bool {
	start := sc.pos
	sc.pos++
	if sc.pos == len(sc.s) {
		return true // the string is not closed, which the caller reports
	}
	switch sc.s[sc.pos] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		if sc.pos+4 < len(sc.s) && isHex(sc.s[sc.pos+1:sc.pos+5]) {
			sc.pos += 4
			return true
		}
	}
	_, size := utf8.DecodeRuneInString(sc.s[sc.pos:])
	span := source.Span{Start: start, End: sc.pos + size}
	sc.fail(span, "syntax-error", "invalid escape %s", sc.s[span.Start:span.End])
	return false
}

func isHex(s string) bool {
	for i := range len(s) {
		b := s[i] | 0x20
		if (s[i] < '0' || s[i] > '9') && (b < 'a' || b > 'f') {
			return false
		}
	}
	return true
}

// scalar reads true, false, null or a number.
func (sc *scanner) scalar(next want) want {
	t := sc.token()
	switch word := sc.s[t.Start:t.End]; {
	case word == "true", word == "false", word == "null", isNumber(word):
		sc.pos = t.End
		return sc.after()
	}
	return sc.unexpected(next)
}

// token is the word or character at the current place.
func (sc *scanner) token() source.Span {
	i := sc.pos
	for i < len(sc.s) && isWord(sc.s[i]) {
		i++
	}
	if i == sc.pos && i < len(sc.s) {
		_, size := utf8.DecodeRuneInString(sc.s[i:])
		i += size
	}
	return source.Span{Start: sc.pos, End: i}
}

func isWord(b byte) bool {
	return 'a' <= b|0x20 && b|0x20 <= 'z' || '0' <= b && b <= '9' || b == '+' || b == '-' || b == '.' || b == '_'
}

// quote shows the token at the current place.
func (sc *scanner) quote() string {
	const most = 20
	t := sc.token()
	word := sc.s[t.Start:t.End]
	switch {
	case word == `"`:
		return "string"
	case !isWord(word[0]):
		return printable(word)
	case len(word) > most:
		word = word[:most] + "…"
	}
	return strconv.Quote(word)
}

// isNumber follows the grammar of JSON numbers: no leading zeros, no plus, digits on both sides of the point.
func isNumber(s string) bool {
	digits := func() bool {
		n := 0
		for n < len(s) && '0' <= s[n] && s[n] <= '9' {
			n++
		}
		s = s[n:]
		return n > 0
	}
	accept := func(set string) bool {
		for i := range len(set) {
			if s != "" && s[0] == set[i] {
				s = s[1:]
				return true
			}
		}
		return false
	}
	accept("-")
	if !accept("0") && !digits() {
		return false
	}
	if accept(".") && !digits() {
		return false
	}
	if accept("eE") {
		accept("+-")
		if !digits() {
			return false
		}
	}
	return s == ""
}
