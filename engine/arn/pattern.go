package arn

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Part is a piece of a pattern. The "*" and "?" of a literal part stand for themselves: text that a policy variable
// brought in is literal.
type Part struct {
	Text    string
	Literal bool
}

// Pattern is text with wildcards, compiled: "*" is any run of characters, also of none, and of "/", ":" and line
// ends; "?" is exactly one UTF-16 unit, so that a supplementary character takes two (as AWS does). Letter case
// counts. The zero Pattern matches the empty string only.
type Pattern struct {
	kind     kind
	text     string // of an exact pattern
	segments []segment
	single   bool // some segment has a "?"
	fold     bool // ASCII letters match without regard to case; the pattern is in lower case
	shortest int  // of the text that can match, in bytes when it is ASCII
}

type kind uint8

const (
	exact    kind = iota // no wildcard
	anything             // nothing but "*"
	general              // segments between stars
)

// segment is the text between two stars. It is kept as bytes and, when the pattern has a "?", as UTF-16 too.
type segment struct {
	text string
	any  []bool // which bytes of text are "?"; nil when none is
	wide []uint16
	wany []bool
}

// CompilePattern compiles text, in which every "*" and "?" is a wildcard.
func CompilePattern(text string) Pattern {
	if !strings.ContainsAny(text, "*?") {
		return Pattern{text: text}
	}
	return CompileParts(Part{Text: text})
}

// CompileParts compiles the parts joined together.
func CompileParts(parts ...Part) Pattern {
	c := compiler{}
	for _, p := range parts {
		c.add(p)
	}
	return c.pattern()
}

// CompileFold compiles text to a pattern that takes ASCII letters without regard to their case, as AWS compares
// action names.
func CompileFold(text string) Pattern {
	lower := []byte(text)
	for i := range lower {
		lower[i] = lowerASCII(lower[i])
	}
	p := CompilePattern(string(lower))
	p.fold = true
	return p
}

func lowerASCII(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		b += 'a' - 'A'
	}
	return b
}

type compiler struct {
	done     []segment
	text     []byte
	any      []bool
	hasAny   bool
	stars    bool
	wildcard bool
}

func (c *compiler) add(p Part) {
	for i := 0; i < len(p.Text); i++ {
		b := p.Text[i]
		switch {
		case b == '*' && !p.Literal:
			c.stars = true
			c.flush()
		default:
			single := b == '?' && !p.Literal
			c.hasAny = c.hasAny || single
			c.text = append(c.text, b)
			c.any = append(c.any, single)
		}
	}
}

func (c *compiler) flush() {
	s := segment{text: string(c.text)}
	if c.hasAny {
		s.any = c.any
		c.wildcard = true
	}
	c.done = append(c.done, s)
	c.text, c.any, c.hasAny = nil, nil, false
}

func (c *compiler) pattern() Pattern {
	c.flush()
	if !c.stars && !c.wildcard {
		return Pattern{text: c.done[0].text}
	}
	p := Pattern{kind: general, segments: c.done, single: c.wildcard}
	for i := range p.segments {
		p.shortest += len(p.segments[i].text)
		if p.single {
			p.segments[i].widen()
		}
	}
	if c.stars && p.shortest == 0 {
		return Pattern{kind: anything}
	}
	return p
}

// widen keeps the segment as UTF-16 too.
func (s *segment) widen() {
	for i, r := range s.text {
		n := len(s.wide)
		s.wide = utf16.AppendRune(s.wide, r)
		for range s.wide[n:] {
			s.wany = append(s.wany, s.any != nil && s.any[i])
		}
	}
}

// HasWildcard reports whether p matches more than one text.
func (p Pattern) HasWildcard() bool { return p.kind != exact }

// IsAnything reports whether p is nothing but stars.
func (p Pattern) IsAnything() bool { return p.kind == anything }

// Match reports whether the whole of s fits the pattern. Stars never make it try again from an earlier star, so the
// time does not grow with their number.
func (p Pattern) Match(s string) bool {
	switch {
	case p.kind == anything:
		return true
	case p.fold:
		return p.matchFold(s)
	case p.kind == exact:
		return s == p.text
	case !p.single:
		return p.matchText(s)
	case isASCII(s):
		return match(p.segments, s, (*segment).atBytes, (*segment).lenBytes)
	}
	return match(p.segments, utf16.Encode([]rune(s)), (*segment).atUnits, (*segment).lenUnits)
}

// matchFold counts bytes: the names that are compared so are ASCII.
func (p *Pattern) matchFold(s string) bool {
	if p.kind == exact {
		g := segment{text: p.text}
		return len(s) == len(p.text) && g.atFold(s, 0)
	}
	return match(p.segments, s, (*segment).atFold, (*segment).lenBytes)
}

// matchText matches a pattern that has stars only; bytes are enough for it.
func (p *Pattern) matchText(s string) bool {
	first, last := p.segments[0].text, p.segments[len(p.segments)-1].text
	if len(s) < p.shortest || !strings.HasPrefix(s, first) || !strings.HasSuffix(s, last) {
		return false
	}
	s = s[len(first) : len(s)-len(last)]
	for _, seg := range p.segments[1 : len(p.segments)-1] {
		i := strings.Index(s, seg.text)
		if i < 0 {
			return false
		}
		s = s[i+len(seg.text):]
	}
	return true
}

// match finds the first segment at the start, the last at the end, and each one between as early as it fits.
func match[S string | []uint16](segments []segment, s S, at func(*segment, S, int) bool, length func(*segment) int) bool {
	first, last := &segments[0], &segments[len(segments)-1]
	if len(segments) == 1 {
		return length(first) == len(s) && at(first, s, 0)
	}
	end := len(s) - length(last)
	if length(first) > end || !at(first, s, 0) || !at(last, s, end) {
		return false
	}
	i := length(first)
	for k := 1; k < len(segments)-1; k++ {
		seg := &segments[k]
		for ; i+length(seg) <= end && !at(seg, s, i); i++ {
		}
		if i+length(seg) > end {
			return false
		}
		i += length(seg)
	}
	return true
}

func (g *segment) lenBytes() int { return len(g.text) }
func (g *segment) lenUnits() int { return len(g.wide) }

func (g *segment) atBytes(s string, i int) bool {
	if g.any == nil {
		return s[i:i+len(g.text)] == g.text
	}
	for k := 0; k < len(g.text); k++ {
		if !g.any[k] && s[i+k] != g.text[k] {
			return false
		}
	}
	return true
}

func (g *segment) atFold(s string, i int) bool {
	for k := 0; k < len(g.text); k++ {
		if (g.any == nil || !g.any[k]) && lowerASCII(s[i+k]) != g.text[k] {
			return false
		}
	}
	return true
}

func (g *segment) atUnits(s []uint16, i int) bool {
	for k, u := range g.wide {
		if !g.wany[k] && s[i+k] != u {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
