package arn

// Matcher is an ARN as a policy's condition writes it, compiled: each of the six parts is a Pattern of its own, so
// that a star does not reach over the colons before the resource.
type Matcher struct{ parts [6]Pattern }

// CompileMatcher compiles the parts joined together. It reports false when they do not make an ARN.
func CompileMatcher(parts ...Part) (Matcher, bool) {
	var m Matcher
	field := 0
	var current []Part
	for _, p := range parts {
		start := 0
		for i := 0; i < len(p.Text) && field < 5; i++ {
			if p.Text[i] != ':' {
				continue
			}
			current = append(current, Part{Text: p.Text[start:i], Literal: p.Literal})
			m.parts[field] = CompileParts(current...)
			current, start = nil, i+1
			field++
		}
		current = append(current, Part{Text: p.Text[start:], Literal: p.Literal})
	}
	if field < 5 {
		return Matcher{}, false
	}
	m.parts[5] = CompileParts(current...)
	return m, m.parts[0].kind == exact && m.parts[0].text == "arn"
}

// Match reports whether every part of s fits. A text that is no ARN does not.
func (m *Matcher) Match(s string) bool {
	f, ok := split(s)
	if !ok {
		return false
	}
	for i := range f {
		if !m.parts[i].Match(f[i]) {
			return false
		}
	}
	return true
}
