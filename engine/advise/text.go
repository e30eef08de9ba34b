package advise

import (
	"encoding/json"
	"slices"
	"strings"

	"kmsplayground/engine/policy"
	"kmsplayground/engine/source"
)

// member is a member of a JSON object, in the order in which people write policies.
type member struct {
	name  string
	value any
}

// object prints members as one line of JSON.
func object(members ...member) string {
	parts := []string{}
	for _, m := range members {
		if m.value != nil {
			parts = append(parts, quote(m.name)+": "+quote(m.value))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// quote prints a value as JSON; HTML characters stay as they are.
func quote(v any) string {
	if text, ok := v.(rawJSON); ok {
		return string(text)
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // strings, lists and maps of them
	}
	return strings.TrimSuffix(b.String(), "\n")
}

type rawJSON string

// documentOf is a policy of one statement.
func documentOf(statement string) string {
	text, _ := policy.Format(object(member{"Version", "2012-10-17"}, member{"Statement", rawJSON("[" + statement + "]")}))
	return text
}

// withStatement puts a statement behind the others; false for no policy, and for one without any.
func withStatement(d *policy.Document, statement string) (string, bool) {
	if d == nil || len(d.Statements) == 0 {
		return "", false
	}
	text := d.Text.String()
	first, last := d.Statements[0].Span, d.Statements[len(d.Statements)-1].Span
	separator := ", "
	if strings.Contains(text, "\n") {
		indent := indentAt(text, last.Start)
		statement, _ = policy.Format(statement)
		statement = strings.ReplaceAll(statement, "\n", "\n"+indent)
		separator = ",\n" + indent
	}
	if inList(text, last) {
		return text[:last.End] + separator + statement + text[last.End:], true
	}
	return text[:first.Start] + "[" + text[first.Start:last.End] + separator + statement + "]" + text[last.End:], true
}

// indentAt is the white space before a statement, or of its line when the statement does not begin it.
func indentAt(text string, at int) string {
	line := text[strings.LastIndexByte(text[:at], '\n')+1 : at]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

func inList(text string, item source.Span) bool {
	before := strings.TrimRight(text[:item.Start], " \t\r\n")
	return strings.HasSuffix(before, "[") || strings.HasSuffix(before, ",")
}

// withoutStatements takes statements out; false when none would be left.
func withoutStatements(d *policy.Document, indexes []int) (string, bool) {
	if len(indexes) >= len(d.Statements) {
		return "", false
	}
	text := d.Text.String()
	for i := len(d.Statements) - 1; i >= 0; i-- {
		if !slices.Contains(indexes, i) {
			continue
		}
		span := d.Statements[i].Span
		before := strings.TrimRight(text[:span.Start], " \t\r\n")
		after := strings.TrimLeft(text[span.End:], " \t\r\n")
		switch {
		case strings.HasSuffix(before, ","):
			text = before[:len(before)-1] + text[span.End:]
		case strings.HasPrefix(after, ","):
			text = text[:span.Start] + strings.TrimLeft(after[1:], " \t\r\n")
		default:
			return "", false
		}
	}
	return text, true
}

const exemption = "aws:PrincipalArn"

// exempting makes Deny statements leave out a principal, by a condition on aws:PrincipalArn.
func exempting(d *policy.Document, indexes []int, arn string) (string, bool) {
	text := d.Text.String()
	for i := len(d.Statements) - 1; i >= 0; i-- {
		if !slices.Contains(indexes, i) {
			continue
		}
		at, with := exemptionEdit(&d.Statements[i], text, arn)
		text = text[:at] + with + text[at:]
	}
	return text, true
}

// exemptionEdit is what to put where.
func exemptionEdit(s *policy.Statement, text, arn string) (at int, with string) {
	for _, c := range s.Conditions {
		if c.Operator.String() != "ArnNotEquals" {
			continue
		}
		if strings.EqualFold(c.Key, exemption) && len(c.ValueSpans) > 0 {
			last := c.ValueSpans[len(c.ValueSpans)-1]
			if inList(text, last) {
				return last.End, ", " + quote(arn)
			}
		}
		if !strings.EqualFold(c.Key, exemption) {
			return c.KeySpan.Start, quote(exemption) + ": " + quote(arn) + ", "
		}
	}
	if len(s.Conditions) > 0 {
		return s.Conditions[0].OperatorSpan.Start, `"ArnNotEquals": {` + quote(exemption) + ": " + quote(arn) + "}, "
	}
	end := len(strings.TrimRight(text[:s.Span.End-1], " \t\r\n"))
	return end, `, "Condition": {"ArnNotEquals": {` + quote(exemption) + ": " + quote(arn) + "}}"
}
