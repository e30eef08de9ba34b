package policy

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kmsplayground/engine/source"
)

// piece is a value of a text that may be broken off or mistyped anywhere: what is there of it. The zero kind is nothing.
type piece struct {
	kind    byte // '{', '[', '"', or 'w' for a word without quotes
	span    source.Span
	closed  bool // its closing quote or bracket is there
	text    string
	members []entry  // of an object
	items   []*piece // of a list
}

// entry is a member of an object as far as it is there.
type entry struct {
	key   *piece
	colon int // offset of the colon, -1 for none
	value *piece
}

// outline reads any text as well as it can: a string without its closing quote ends with its line, a bracket closes
// what was left open within it, commas do not matter. What is nested too deeply is left out.
func outline(text string) *piece {
	o := outliner{s: text}
	for o.pos < len(text) {
		o.step()
	}
	for _, open := range o.stack {
		open.span.End = len(text)
	}
	return o.root
}

type outliner struct {
	s     string
	pos   int
	stack []*piece // the objects and lists that are open
	root  *piece
}

func (o *outliner) step() {
	start := o.pos
	switch b := o.s[o.pos]; {
	case isSpace(b) || b == ',':
		o.pos++
	case b == '{' || b == '[':
		o.pos++
		o.open(&piece{kind: b, span: source.Span{Start: start}})
	case b == '}' || b == ']':
		o.pos++
		o.close(b - 2) // the opening bracket is two characters before, in ASCII
	case b == ':':
		o.colon()
		o.pos++
	case b == '"':
		o.put(o.str())
	default:
		o.put(o.word())
	}
}

func (o *outliner) str() *piece {
	p := &piece{kind: '"', span: source.Span{Start: o.pos}}
	for o.pos++; o.pos < len(o.s); o.pos++ {
		switch b := o.s[o.pos]; {
		case b == '"':
			o.pos++
			p.closed = true
			p.span.End = o.pos
			p.text = unquote(o.s[p.span.Start:o.pos])
			return p
		case b == '\\' && o.pos+1 < len(o.s) && o.s[o.pos+1] != '\n':
			o.pos++
		case b == '\n' || b == '\r':
			p.span.End = o.pos
			p.text = o.s[p.span.Start+1 : o.pos]
			return p
		}
	}
	o.pos = len(o.s)
	p.span.End = o.pos
	p.text = o.s[p.span.Start+1:]
	return p
}

func (o *outliner) word() *piece {
	start := o.pos
	for o.pos < len(o.s) && !isSpace(o.s[o.pos]) && !strings.ContainsRune(`{}[],"`, rune(o.s[o.pos])) && (o.s[o.pos] != ':' || !o.wantsKey()) {
		_, size := utf8.DecodeRuneInString(o.s[o.pos:])
		o.pos += size
	}
	return &piece{kind: 'w', span: source.Span{Start: start, End: o.pos}, closed: true, text: o.s[start:o.pos]}
}

// top is the innermost object or list that is open, nil for none.
func (o *outliner) top() *piece {
	if len(o.stack) == 0 {
		return nil
	}
	return o.stack[len(o.stack)-1]
}

// last is the member of an object that was begun last, nil for none.
func (p *piece) last() *entry {
	if len(p.members) == 0 {
		return nil
	}
	return &p.members[len(p.members)-1]
}

// wantsKey reports whether the next string is a key.
func (o *outliner) wantsKey() bool {
	top := o.top()
	if top == nil || top.kind != '{' {
		return false
	}
	last := top.last()
	return last == nil || last.value != nil || last.colon < 0
}

func (o *outliner) put(p *piece) {
	top := o.top()
	switch {
	case top == nil:
		if o.root == nil {
			o.root = p
		}
	case top.kind == '[':
		top.items = append(top.items, p)
	case !o.wantsKey():
		top.last().value = p
	case p.kind == '"' || p.kind == 'w':
		top.members = append(top.members, entry{key: p, colon: -1})
	case top.last() != nil && top.last().value == nil:
		top.last().value = p // the colon is missing
	default:
		top.members = append(top.members, entry{colon: -1, value: p})
	}
}

func (o *outliner) open(p *piece) {
	if len(o.stack) >= maxDepth {
		return
	}
	if len(o.stack) > 0 || o.root == nil {
		o.put(p)
		o.stack = append(o.stack, p)
	}
}

// close ends the innermost container of a kind, and those within it; a bracket too many ends nothing.
func (o *outliner) close(kind byte) {
	for i, open := range slices.Backward(o.stack) {
		if open.kind != kind {
			continue
		}
		for _, within := range o.stack[i+1:] {
			within.span.End = o.pos - 1
		}
		open.span.End, open.closed = o.pos, true
		o.stack = o.stack[:i]
		return
	}
}

// colon belongs to the key before it. In a list it tells that the list was left open before that key.
func (o *outliner) colon() {
	top := o.top()
	if top == nil {
		return
	}
	if n := len(top.items); top.kind == '[' && n > 0 && top.items[n-1].kind == '"' && len(o.stack) > 1 && o.stack[len(o.stack)-2].kind == '{' {
		key := top.items[n-1]
		top.items, top.span.End = top.items[:n-1], key.span.Start
		o.stack = o.stack[:len(o.stack)-1]
		o.put(key)
		top = o.top()
	}
	if last := top.last(); top.kind == '{' && last != nil && last.value == nil && last.colon < 0 {
		last.colon = o.pos
	}
}

// get finds the value of a key of an object.
func (p *piece) get(key string) *piece {
	if p == nil {
		return nil
	}
	for i := range p.members {
		if m := &p.members[i]; m.key != nil && m.key.text == key && m.value != nil {
			return m.value
		}
	}
	return nil
}

// keys are the keys of an object but for one.
func (p *piece) keys(but *piece) []string {
	var keys []string
	for i := range p.members {
		if key := p.members[i].key; key != nil && key != but {
			keys = append(keys, key.text)
		}
	}
	return keys
}

// texts are the strings of a value: itself, or its items.
func (p *piece) texts(but *piece) []string {
	var texts []string
	switch {
	case p == nil || p == but:
	case p.kind == '"':
		texts = append(texts, p.text)
	case p.kind == '[':
		for _, item := range p.items {
			if item.kind == '"' && item != but {
				texts = append(texts, item.text)
			}
		}
	}
	return texts
}
