package policy

import (
	"slices"
	"strings"

	"kmsplayground/engine/source"
)

// place is where in a policy an offset is. The text may be broken off anywhere.
type place struct {
	// path leads there from the top by keys: Statement, Condition, StringEquals. Lists leave no trace.
	path []string
	key  bool   // it is, or will be, a key
	in   *piece // the string or word in which the offset is, nil for none
	// container is the object or list around it, nil at the top.
	container *piece
	statement *piece // the statement around it, nil for none
	version   string
}

// locate finds the place of an offset. Where it touches a word without quotes, it is in that word.
func locate(root *piece, offset int) place {
	p := place{}
	if v := root.get("Version"); v != nil {
		p.version = v.text
	}
	for at := root; ; {
		if at == nil || !at.holds(offset) {
			return p
		}
		if at.kind == '"' || at.kind == 'w' {
			p.in = at
			return p
		}
		p.container = at
		if at.kind == '{' && len(p.path) == 1 && p.path[0] == "Statement" && p.statement == nil {
			p.statement = at
		}
		next, ok := p.enter(at, offset)
		if !ok {
			return p
		}
		at = next
	}
}

// holds reports whether an offset is within a piece: between its quotes or brackets, or at the end of one that has
// no end yet.
func (p *piece) holds(offset int) bool {
	switch {
	case p.kind == 'w':
		return p.span.Start <= offset && offset <= p.span.End
	case p.closed:
		return p.span.Start < offset && offset < p.span.End
	}
	return p.span.Start < offset && offset <= p.span.End
}

// enter goes from a container to what of it holds the offset. It is not ok when nothing does.
func (p *place) enter(at *piece, offset int) (next *piece, ok bool) {
	if at.kind == '[' {
		for _, item := range at.items {
			if item.holds(offset) {
				return item, true
			}
		}
		return nil, false
	}
	p.key = true
	for i := range at.members {
		m := &at.members[i]
		if m.key != nil && m.key.holds(offset) {
			return m.key, true
		}
		if m.value != nil && m.value.holds(offset) || m.awaits(offset) && !nextHolds(at.members[i+1:], offset) {
			p.key = false
			if m.key != nil {
				p.path = append(p.path, m.key.text)
			}
			return m.value, m.value != nil && m.value.holds(offset)
		}
	}
	return nil, false
}

// awaits reports whether an offset is behind the colon of a member, where its value begins or is to begin.
func (m *entry) awaits(offset int) bool {
	return m.colon >= 0 && m.colon < offset && (m.value == nil || offset <= m.value.span.Start)
}

// nextHolds reports whether a later member has begun before an offset.
func nextHolds(members []entry, offset int) bool {
	return slices.ContainsFunc(members, func(m entry) bool {
		return m.key != nil && m.key.span.Start < offset || m.value != nil && m.value.span.Start < offset
	})
}

// slot is what belongs at a place.
type slot uint8

const (
	nothing slot = iota
	policyValue
	documentElement
	versionValue
	statementValue
	statementElement
	effectValue
	principalValue
	principalType
	principalName
	actionValue
	resourceValue
	conditionValue
	operatorKey
	operatorValue
	conditionKey
	testValue
)

var elementSlots = map[string]slot{
	"Effect": effectValue, "Principal": principalValue, "NotPrincipal": principalValue, "Action": actionValue, "NotAction": actionValue,
	"Resource": resourceValue, "NotResource": resourceValue, "Condition": conditionValue,
}

// slot says what belongs at the place.
func (p place) slot() slot {
	switch depth := len(p.path); {
	case depth == 0 && p.key:
		return documentElement
	case depth == 0:
		return policyValue
	case depth == 1 && p.path[0] == "Version" && !p.key:
		return versionValue
	case p.path[0] != "Statement":
		return nothing
	case depth == 1 && p.key:
		return statementElement
	case depth == 1:
		return statementValue
	default:
		return p.inStatement(elementSlots[p.path[1]], depth)
	}
}

func (p place) inStatement(element slot, depth int) slot {
	switch {
	case depth == 2 && !p.key:
		return element
	case element == principalValue && depth == 2:
		return principalType
	case element == principalValue && depth == 3 && !p.key:
		return principalName
	case element == conditionValue && depth == 2:
		return operatorKey
	case element == conditionValue && depth == 3 && p.key:
		return conditionKey
	case element == conditionValue && depth == 3:
		return operatorValue
	case element == conditionValue && depth == 4 && !p.key:
		return testValue
	}
	return nothing
}

// typed is the part of the text, before the offset, that a suggestion completes, and whole what it replaces.
func (p place) typed(text string, offset int) (typed, whole source.Span) {
	switch {
	case p.in == nil:
		here := source.Span{Start: offset, End: offset}
		return here, here
	case p.in.kind == 'w':
		return source.Span{Start: p.in.span.Start, End: offset}, p.in.span
	}
	start, end := p.in.span.Start, offset
	if rest := text[offset:p.in.span.End]; p.in.closed && !strings.ContainsAny(rest[:len(rest)-1], "{}[]\"") && !strings.Contains(rest, ", ") {
		end = p.in.span.End
	} else {
		for end < p.in.span.End && (isWord(text[end]) || strings.IndexByte(":/*", text[end]) >= 0) {
			end++
		}
	}
	return source.Span{Start: start + 1, End: offset}, source.Span{Start: start, End: end}
}
