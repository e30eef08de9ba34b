package awscli

import (
	"fmt"
	"strings"
)

// shorthand reads the AWS CLI's short form of structures: TagKey=a,TagValue=b, EncryptionContextSubset={Department=IT},
// Names=a,b, Names=[a,b]. It does not look at the model; fit does that afterwards. Errors come as panics of
// shorthandError and are caught in parseShorthand, so that the grammar below reads as the grammar.
type shorthand struct {
	text  []rune
	at    int
	depth int
}

type shorthandError string

// syntaxError is raised where the text does not go on as it must; a list of values may go back from there.
type syntaxError struct {
	expected, received string
	at                 int
}

// parseShorthand reads one word of the command line.
func parseShorthand(text string) (value object, problem string) {
	p := &shorthand{text: []rune(text)}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case shorthandError:
			problem = string(e)
		case syntaxError:
			problem = fmt.Sprintf("Expected: '%s', received: '%s' for input:\n %s", e.expected, e.received, p.location(e.at))
		default:
			panic(e)
		}
	}()
	return p.parameter(), ""
}

// location shows where at is, with a caret in a line of its own.
func (p *shorthand) location(at int) string {
	start, end := at, at
	for start > 0 && p.text[start-1] != '\n' {
		start--
	}
	for end < len(p.text) && p.text[end] != '\n' {
		end++
	}
	return string(p.text[:end]) + "\n" + strings.Repeat(" ", at-start) + "^" + string(p.text[end:])
}

// parameter = keyval *("," keyval)
func (p *shorthand) parameter() object {
	key, value := p.keyval()
	params := object{{key, value}}
	last := p.at
	for p.at < len(p.text) {
		p.expect(',', true)
		key, value := p.keyval()
		if _, ok := params.get(key); ok {
			panic(shorthandError(fmt.Sprintf("Second instance of key \"%s\" encountered for input:\n%s\n"+
				"This is often because there is a preceding \",\" instead of a space.", key, p.location(last+1))))
		}
		params = append(params, member{key, value})
		last = p.at
	}
	return params
}

func (p *shorthand) keyval() (string, any) {
	key := p.key()
	p.expect('=', true)
	return key, p.values()
}

func (p *shorthand) key() string {
	start := p.at
	for p.at < len(p.text) && isKeyRune(p.text[p.at]) {
		p.at++
	}
	return string(p.text[start:p.at])
}

func isKeyRune(r rune) bool {
	return r < 0x80 && (isUpper(byte(r)) || isLower(byte(r)) || '0' <= r && r <= '9' || strings.ContainsRune("-_.#/:", r))
}

// values = csv-list / explicit-list / hash-literal
func (p *shorthand) values() any {
	switch p.current() {
	case 0:
		return ""
	case '[':
		return p.list()
	case '{':
		return p.hash()
	}
	return p.csv()
}

// csv reads a value or a list of values; in "a=b,c=d" it goes back to the comma when it meets the next "=".
func (p *shorthand) csv() any {
	first := p.firstValue()
	p.space()
	if p.current() != ',' {
		return first
	}
	p.expect(',', true)
	list := []any{first}
	for {
		value, more, ok := p.nextOfList()
		if !ok {
			break
		}
		list = append(list, value)
		if !more {
			break
		}
	}
	if len(list) == 1 {
		return first
	}
	return list
}

func (p *shorthand) nextOfList() (value string, more, ok bool) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case syntaxError:
			if p.at >= len(p.text) {
				panic(e)
			}
			for p.at > 0 && p.text[p.at] != ',' {
				p.at--
			}
			value, more, ok = "", false, false
		default:
			panic(e)
		}
	}()
	value = p.secondValue()
	p.space()
	if p.at >= len(p.text) {
		return value, false, true
	}
	p.expect(',', true)
	return value, true, true
}

func (p *shorthand) list() any {
	p.enter()
	p.expect('[', true)
	list := []any{}
	for p.current() != ']' {
		list = append(list, p.explicit())
		p.space()
		if p.current() != ']' {
			p.expect(',', false)
			p.space()
		}
	}
	p.expect(']', false)
	p.depth--
	return list
}

func (p *shorthand) hash() any {
	p.enter()
	p.expect('{', true)
	o := object{}
	for p.current() != '}' {
		key := p.key()
		p.expect('=', true)
		value := p.explicit()
		p.space()
		if p.current() != '}' {
			p.expect(',', false)
			p.space()
		}
		o = o.with(key, value)
	}
	p.expect('}', false)
	p.depth--
	return o
}

func (o object) with(name string, value any) object {
	for i := range o {
		if o[i].name == name {
			o[i].value = value
			return o
		}
	}
	return append(o, member{name, value})
}

func (p *shorthand) explicit() any {
	switch p.current() {
	case '[':
		return p.list()
	case '{':
		return p.hash()
	}
	return p.firstValue()
}

func (p *shorthand) enter() {
	if p.depth++; p.depth > maxDepth {
		panic(shorthandError(fmt.Sprintf("nested deeper than %d", maxDepth)))
	}
}

func (p *shorthand) firstValue() string {
	if c := p.current(); c == '\'' || c == '"' {
		return p.quoted(c)
	}
	text, ok := p.word(false)
	if !ok {
		return ""
	}
	return text
}

func (p *shorthand) secondValue() string {
	if c := p.current(); c == '\'' || c == '"' {
		return p.quoted(c)
	}
	text, ok := p.word(true)
	if !ok {
		panic(syntaxError{"<second>", "<none>", p.at})
	}
	return text
}

func (p *shorthand) quoted(quote rune) string {
	var b strings.Builder
	for i := p.at + 1; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '\\' && i+1 < len(p.text) && p.text[i+1] == quote:
			i++
			b.WriteRune(quote)
		case c == quote:
			p.at = i + 1
			return strings.ReplaceAll(b.String(), `\\`, `\`)
		default:
			b.WriteRune(c)
		}
	}
	name := map[rune]string{'\'': "<singled quoted>", '"': "<double quoted>"}[quote]
	panic(syntaxError{name, "<none>", p.at})
}

// word reads an unquoted value. The classes of characters are the AWS CLI's regular expressions; in a list that
// began without brackets "=" ends the value.
func (p *shorthand) word(second bool) (string, bool) {
	start := p.at
	for p.at < len(p.text) {
		c := p.text[p.at]
		switch {
		case c == '\\' && p.at+1 < len(p.text) && p.text[p.at+1] == ',':
			p.at += 2
			continue
		case p.at == start && startsWord(c), p.at > start && followsWord(c, second):
			p.at++
			continue
		}
		break
	}
	if p.at == start {
		return "", false
	}
	return strings.TrimRight(strings.ReplaceAll(string(p.text[start:p.at]), `\,`, `,`), " \t\r\n\v\f"), true
}

func startsWord(c rune) bool {
	return c == '!' || in(c, '#', '&') || in(c, '(', '+') || in(c, '-', '<') || in(c, '>', 'Z') || in(c, '\\', 'z') || in(c, '|', 0x10ffff)
}

func followsWord(c rune, second bool) bool {
	if strings.ContainsRune(" \t\r\n\v\f!", c) || in(c, '#', '&') || in(c, '(', '+') {
		return true
	}
	if second {
		return in(c, '-', '<') || in(c, '>', 0x10ffff)
	}
	return in(c, '-', '\\') || in(c, '^', '|') || in(c, '~', 0x10ffff)
}

func in(c, low, high rune) bool { return low <= c && c <= high }

// current is the next character, 0 at the end.
func (p *shorthand) current() rune {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

func (p *shorthand) space() {
	for p.at < len(p.text) && strings.ContainsRune(" \t\r\n\v\f", p.text[p.at]) {
		p.at++
	}
}

func (p *shorthand) expect(want rune, spaces bool) {
	if spaces {
		p.space()
	}
	if p.at >= len(p.text) {
		panic(syntaxError{string(want), "EOF", p.at})
	}
	if p.text[p.at] != want {
		panic(syntaxError{string(want), string(p.text[p.at]), p.at})
	}
	p.at++
	if spaces {
		p.space()
	}
}
