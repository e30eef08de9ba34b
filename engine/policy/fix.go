package policy

import (
	"encoding/json"
	"slices"
	"strings"

	"kmsplayground/engine/source"
)

// fix adds an edit to the remark that was reported last; without edits there is nothing to offer.
func (c *checker) fix(title string, edits ...source.Edit) {
	if len(edits) == 0 || len(c.diags) == 0 {
		return
	}
	last := &c.diags[len(c.diags)-1]
	last.Fixes = append(last.Fixes, source.Fix{Title: title, Edits: edits})
}

func replace(span source.Span, text string) source.Edit { return source.Edit{Span: span, Text: text} }

func insert(at int, text string) source.Edit {
	return source.Edit{Span: source.Span{Start: at, End: at}, Text: text}
}

// replaceString puts a string, quoted, in the place of another.
func replaceString(span source.Span, text string) source.Edit { return replace(span, quote(text)) }

// quote writes text as JSON, with the characters that a policy can hold as they are.
func quote(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic("policy: " + err.Error()) // a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (c *checker) text() string { return c.doc.Text.String() }

// withoutItem takes a value out of its list; nothing when it is not in a list, or alone in it.
func (c *checker) withoutItem(item source.Span) []source.Edit {
	text := c.text()
	before := strings.TrimRight(text[:item.Start], " \t\r\n")
	after := strings.TrimLeft(text[item.End:], " \t\r\n")
	switch {
	case strings.HasSuffix(before, ",") && (strings.HasPrefix(after, ",") || strings.HasPrefix(after, "]")):
		return []source.Edit{replace(source.Span{Start: len(before) - 1, End: item.End}, "")}
	case strings.HasSuffix(before, "[") && strings.HasPrefix(after, ","):
		rest := strings.TrimLeft(after[1:], " \t\r\n")
		return []source.Edit{replace(source.Span{Start: item.Start, End: len(text) - len(rest)}, "")}
	}
	return nil
}

// withoutStatement takes a statement out of the list of statements; nothing when it is the only one.
func (c *checker) withoutStatement(s *Statement) []source.Edit { return c.withoutItem(s.Span) }

// withItem puts a value behind another, in its list or, where there is none, in a new one with it.
func (c *checker) withItem(item source.Span, value string) []source.Edit {
	text := c.text()
	before := strings.TrimRight(text[:item.Start], " \t\r\n")
	if strings.HasSuffix(before, ":") {
		return []source.Edit{insert(item.Start, "["), insert(item.End, ", "+quote(value)+"]")}
	}
	return []source.Edit{insert(item.End, ", "+quote(value))}
}

// withStatement puts a statement before all others.
func (c *checker) withStatement(statement string) []source.Edit {
	if len(c.doc.Statements) == 0 {
		return nil
	}
	first := c.doc.Statements[0].Span
	before := c.text()[:first.Start]
	if strings.HasSuffix(strings.TrimRight(before, " \t\r\n"), ":") {
		return []source.Edit{insert(first.Start, "["+statement+", "), insert(first.End, "]")}
	}
	space := before[strings.LastIndexByte(before, '\n')+1:]
	if strings.Trim(space, " \t") != "" || len(space) == len(before) {
		return []source.Edit{insert(first.Start, statement+", ")}
	}
	return []source.Edit{insert(first.Start, statement+",\n"+space)}
}

// withCondition adds a test with one value to a statement; nothing where it has one for that operator and key.
func (c *checker) withCondition(s *Statement, op, key, value string) []source.Edit {
	pair := quote(key) + ": " + quote(value)
	for i := range s.Conditions {
		t := &s.Conditions[i]
		if !strings.EqualFold(t.Operator.String(), op) {
			continue
		}
		if s.hasTest(op, key) {
			return nil
		}
		return []source.Edit{insert(t.KeySpan.Start, pair+", ")}
	}
	test := quote(op) + ": {" + pair + "}"
	if len(s.Conditions) > 0 {
		return []source.Edit{insert(s.Conditions[0].OperatorSpan.Start, test+", ")}
	}
	if strings.Contains(c.text()[s.Span.Start:s.Span.End], `"Condition"`) {
		return nil // an empty one, or one that could not be read
	}
	return c.withElement(s, `"Condition": {`+test+`}`)
}

func (s *Statement) hasTest(op, key string) bool {
	return slices.ContainsFunc(s.Conditions, func(t Condition) bool {
		return strings.EqualFold(t.Operator.String(), op) && strings.EqualFold(t.Key, key)
	})
}

// withElement adds an element at the end of a statement.
func (c *checker) withElement(s *Statement, element string) []source.Edit {
	inner := strings.TrimRight(c.text()[:s.Span.End-1], " \t\r\n")
	if strings.HasSuffix(inner, "{") {
		return nil
	}
	return []source.Edit{insert(len(inner), ", "+element)}
}

// withOperator gives a test another operator; nothing when other tests stand under it that fits does not hold for, or
// when the statement has the new operator already.
func (c *checker) withOperator(s *Statement, t *Condition, name string, fits func(*Condition) bool) []source.Edit {
	for i := range s.Conditions {
		other := &s.Conditions[i]
		together := other.OperatorSpan == t.OperatorSpan
		if together && !fits(other) || !together && strings.EqualFold(other.Operator.String(), name) {
			return nil
		}
	}
	return []source.Edit{replaceString(t.OperatorSpan, name)}
}

// elementKey finds the name of a statement's element by the place of its value.
func (c *checker) elementKey(name string, value source.Span) (source.Span, bool) {
	before := strings.TrimRight(c.text()[:value.Start], " \t\r\n")
	before, ok := strings.CutSuffix(before, ":")
	before = strings.TrimRight(before, " \t\r\n")
	if !ok || !strings.HasSuffix(before, `"`+name+`"`) {
		return source.Span{}, false
	}
	return source.Span{Start: len(before) - len(name) - 2, End: len(before)}, true
}
