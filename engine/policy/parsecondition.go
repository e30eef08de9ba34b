package policy

import (
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/condition"
	"kmsplayground/engine/source"
)

// conditions reads the Condition element: operators, each with keys, each with a value or a list of values.
func (p *parser) conditions(n node) []Condition {
	if !n.IsObject() {
		p.wrongType(n, "Condition", "an object")
		return nil
	}
	var conditions []Condition
	for _, m := range p.members(n) {
		op, ok := condition.ParseOperator(m.key)
		if !ok {
			p.report(m.at, "unknown-operator", "unknown condition operator %q%s", m.key, didYouMean(m.key, operatorNames()))
		}
		if !m.value.IsObject() {
			p.wrongType(m.value, fmt.Sprintf("condition operator %q", m.key), "an object of condition keys")
			continue
		}
		keys := p.members(m.value)
		if len(keys) == 0 {
			p.report(m.value.span, "empty-operator", "condition operator %q has no condition key", m.key)
		}
		for _, key := range keys {
			conditions = append(conditions, p.condition(op, m.at, key))
		}
	}
	return conditions
}

// condition reads one key with its values. Under an unknown operator it never matches.
func (p *parser) condition(op condition.Operator, at source.Span, m member) Condition {
	values := p.conditionValues(m)
	wanted := make([]string, len(values))
	spans := make([]source.Span, len(values))
	for i, v := range values {
		wanted[i], spans[i] = v.Text, v.Span
		if op.TakesVariables() {
			p.checkVariables(v)
		}
	}
	return Condition{
		Test:         condition.NewTest(op, m.key, wanted, p.variables),
		Span:         source.Span{Start: m.at.Start, End: m.value.span.End},
		OperatorSpan: at,
		KeySpan:      m.at,
		ValueSpans:   spans,
	}
}

// conditionValues reads strings, and Booleans and numbers as the text that was typed.
func (p *parser) conditionValues(m member) []Value {
	items := []node{m.value}
	if m.value.IsArray() {
		items = p.items(m.value)
	}
	values := make([]Value, 0, len(items))
	for _, item := range items {
		switch {
		case item.Type == gjson.String:
			values = append(values, Value{Text: item.Str, Span: item.span})
		case item.Type == gjson.Number, item.IsBool():
			values = append(values, Value{Text: item.Raw, Span: item.span})
		default:
			p.wrongType(item, fmt.Sprintf("a value of condition key %q", m.key), "a string")
		}
	}
	return values
}

// operatorNames is every operator with every prefix and suffix, for suggestions.
func operatorNames() []string {
	names := condition.Operators()
	for _, name := range slices.Clone(names) {
		if name == "Null" {
			continue
		}
		for _, prefix := range []string{"", "ForAllValues:", "ForAnyValue:"} {
			if prefix != "" {
				names = append(names, prefix+name)
			}
			names = append(names, prefix+name+"IfExists")
		}
	}
	return names
}
