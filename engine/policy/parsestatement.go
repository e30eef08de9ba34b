package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/condition"
	"kmsplayground/engine/source"
)

func (p *parser) statements(n node) {
	switch {
	case n.IsObject():
		p.statement(n)
	case !n.IsArray():
		p.wrongType(n, "Statement", "an object or a list of objects")
	default:
		items := p.items(n)
		if len(items) == 0 {
			p.report(n.span, "empty-statement", "Statement is empty")
		}
		for _, item := range items {
			if !item.IsObject() {
				p.wrongType(item, "a statement", "an object")
				continue
			}
			p.statement(item)
		}
	}
}

var statementElements = []string{
	"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
}

// exclusive is the elements of which a statement has one at most.
var exclusive = [...][2]string{{"Principal", "NotPrincipal"}, {"Action", "NotAction"}, {"Resource", "NotResource"}}

func (p *parser) statement(n node) {
	s := Statement{Span: n.span}
	seen := map[string]source.Span{}
	for _, m := range p.members(n) {
		p.statementElement(&s, m)
		if _, twice := seen[m.key]; !twice {
			seen[m.key] = m.at
		}
	}
	if _, ok := seen["Effect"]; !ok {
		p.report(firstByte(n.span), "missing-effect", "statement has no Effect")
	}
	for _, pair := range exclusive {
		_, a := seen[pair[0]]
		if at, b := seen[pair[1]]; a && b {
			p.report(at, "conflicting-elements", "statement has both %s and %s", pair[0], pair[1])
		}
	}
	p.doc.Statements = append(p.doc.Statements, s)
}

// firstByte is where remarks about a whole object point: its opening brace.
func firstByte(span source.Span) source.Span {
	return source.Span{Start: span.Start, End: span.Start + 1}
}

func (p *parser) statementElement(s *Statement, m member) {
	switch m.key {
	case "Sid":
		s.Sid = p.text(m.value, m.key)
	case "Effect":
		p.effect(s, m.value)
	case "Principal":
		s.HasPrincipal, s.PrincipalSpan = true, m.value.span
		s.Principals = p.principals(m.value, m.key)
	case "NotPrincipal":
		s.HasNotPrincipal, s.PrincipalSpan = true, m.value.span
		s.NotPrincipals = p.principals(m.value, m.key)
	case "Action":
		s.ActionSpan, s.Actions = m.value.span, p.actions(m)
	case "NotAction":
		s.ActionSpan, s.NotActions = m.value.span, p.actions(m)
	case "Resource":
		s.ResourceSpan, s.Resources = m.value.span, p.resources(m)
	case "NotResource":
		s.ResourceSpan, s.NotResources = m.value.span, p.resources(m)
	case "Condition":
		s.Conditions = append(s.Conditions, p.conditions(m.value)...)
	default:
		p.unknown(m, statementElements)
	}
}

func (p *parser) effect(s *Statement, n node) {
	v := p.text(n, "Effect")
	s.Effect, s.EffectSpan = Effect(v.Text), v.Span
	if n.Type == gjson.String && s.Effect != Allow && s.Effect != Deny {
		p.report(v.Span, "invalid-effect", "Effect must be \"Allow\" or \"Deny\", not %q", v.Text)
	}
}

var principalTypes = []string{"AWS", "Service", "Federated", "CanonicalUser"}

func (p *parser) principals(n node, element string) []Principal {
	if n.Type == gjson.String {
		if n.Str == "*" {
			return []Principal{{Type: "*", Value: Value{Text: "*", Span: n.span}}}
		}
		p.report(n.span, "invalid-principal", "%s must be \"*\" or an object such as {\"AWS\": %q}", element, n.Str)
		return nil
	}
	if !n.IsObject() {
		p.wrongType(n, element, "\"*\" or an object")
		return nil
	}
	var principals []Principal
	for _, m := range p.members(n) {
		if !slices.Contains(principalTypes, m.key) {
			p.report(m.at, "unknown-principal-type", "unknown principal type %q%s", m.key, didYouMean(m.key, principalTypes))
			continue
		}
		for _, v := range p.texts(m.value, fmt.Sprintf("%s %q", element, m.key)) {
			principals = append(principals, Principal{Type: m.key, Value: v})
		}
	}
	return principals
}

func (p *parser) actions(m member) []Action {
	values := p.texts(m.value, m.key)
	actions := make([]Action, len(values))
	for i, v := range values {
		actions[i] = newAction(v)
		p.checkAction(v)
	}
	return actions
}

func (p *parser) resources(m member) []Resource {
	values := p.texts(m.value, m.key)
	resources := make([]Resource, len(values))
	for i, v := range values {
		text := v.Text
		if !p.variables || !strings.Contains(text, "${") {
			text = completeARN(text)
		}
		resources[i] = Resource{Value: v, Template: condition.NewTemplate(text, p.variables)}
		p.checkVariables(v)
	}
	return resources
}

// completeARN gives an ARN that stops after its service, Region or account a "*" for each part that it lacks: so AWS
// reads it, unless it holds policy variables.
func completeARN(text string) string {
	if parts := strings.Count(text, ":") + 1; strings.HasPrefix(text, "arn:") && parts >= 3 && parts < 6 {
		return text + strings.Repeat(":*", 6-parts)
	}
	return text
}
