package policy

import (
	"strings"
	"unicode/utf8"

	"kmsplayground/engine/source"
)

// rules is what a kind of policy wants of its statements.
type rules struct {
	principal presence
	resource  presence
	// lenient: the policy is stored although statements lack Action or Resource; they have no effect.
	lenient bool
	// plainSid: a Sid has letters and digits only, and is unique.
	plainSid bool
	// anyLiteral: literals that cannot be read are accepted, bad binary excepted (recorded from AWS, 2026-09).
	anyLiteral bool
	// anyCharacter: characters beyond U+00FF need not be escaped.
	anyCharacter bool
}

type presence uint8

const (
	required presence = iota
	forbidden
)

func rulesOf(kind Kind) rules {
	switch kind {
	case KeyPolicy:
		return rules{lenient: true}
	case TrustPolicy:
		return rules{resource: forbidden, plainSid: true}
	case SessionPolicy:
		return rules{principal: forbidden, plainSid: true, anyLiteral: true}
	case ServiceControlPolicy:
		return rules{principal: forbidden, anyCharacter: true}
	case ResourceControlPolicy:
		return rules{anyCharacter: true}
	case VPCEndpointPolicy:
		return rules{}
	}
	return rules{principal: forbidden, plainSid: true}
}

// maxKeyPolicy is the quota of a key policy document, in bytes.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html, read 2026-08.
const maxKeyPolicy = 32768

// Check remarks on what a policy of a kind must or must not hold: what AWS would refuse (errors), and what it would
// accept although it does not do what it seems to do (warnings). It says nothing of what Parse said already.
func Check(doc *Document, kind Kind) []source.Diagnostic {
	c := checker{doc: doc, kind: kind, rules: rulesOf(kind), diags: []source.Diagnostic{}}
	c.size()
	c.characters()
	for i := range doc.Statements {
		c.statement(&doc.Statements[i])
	}
	c.sids()
	sortDiagnostics(c.diags)
	return c.diags
}

type checker struct {
	doc   *Document
	kind  Kind
	rules rules
	diags []source.Diagnostic
}

func (c *checker) report(span source.Span, sev source.Severity, code, format string, args ...any) {
	c.diags = append(c.diags, c.doc.Text.Diagnostic(span, sev, code, format, args...))
}

func (c *checker) size() {
	if n := c.doc.Text.Len(); c.kind == KeyPolicy && n > maxKeyPolicy {
		c.report(source.Span{}, source.Error, "too-long",
			"a key policy has at most %d bytes; this one has %d", maxKeyPolicy, n)
	}
}

// characters finds the first character that the API's pattern for policies does not allow. Invalid UTF-8 and control
// characters are Parse's.
func (c *checker) characters() {
	if c.rules.anyCharacter {
		return
	}
	for i, r := range c.doc.Text.String() {
		if r <= 0xff || r == utf8.RuneError || i == 0 && r == '\ufeff' {
			continue
		}
		c.report(source.Span{Start: i, End: i + utf8.RuneLen(r)}, source.Error, "character-not-allowed",
			"character %q is beyond U+00FF, which a policy has to write as an escape", r)
		return
	}
}

func (c *checker) sids() {
	first := map[string]source.Span{}
	for _, s := range c.doc.Statements {
		sid := s.Sid.Text
		if c.rules.plainSid && strings.IndexFunc(sid, notAlphanumeric) >= 0 {
			c.report(s.Sid.Span, source.Error, "invalid-sid", "Sid %q has characters other than letters and digits", sid)
		}
		if sid == "" {
			continue
		}
		before, twice := first[sid]
		if !twice {
			first[sid] = s.Sid.Span
			continue
		}
		severity := source.Warning
		if c.rules.plainSid {
			severity = source.Error
		}
		at := c.doc.Text.Position(before.Start)
		c.report(s.Sid.Span, severity, "duplicate-sid",
			"Sid %q is used twice; the first is at line %d, column %d", sid, at.Line, at.Column)
	}
}

func notAlphanumeric(r rune) bool {
	return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}

func (c *checker) statement(s *Statement) {
	c.principal(s)
	c.action(s)
	c.resource(s)
	for i := range s.Conditions {
		c.condition(s, i)
	}
	if c.kind == ResourceControlPolicy {
		c.resourceControl(s)
	}
}

// missing remarks that a statement lacks an element; where AWS stores such a policy, the statement has no effect.
func (c *checker) missing(s *Statement, element string) {
	code := "missing-" + strings.ToLower(element)
	if c.rules.lenient {
		c.report(firstByte(s.Span), source.Warning, code, "statement has no %s, so it has no effect", element)
		return
	}
	c.report(firstByte(s.Span), source.Error, code, "statement has no %s", element)
}

// empty remarks on an element whose list holds nothing. What is there but of a wrong type is Parse's.
func (c *checker) empty(span source.Span, element string) {
	inner := strings.Trim(c.doc.Text.String()[span.Start:span.End], "[] \t\r\n")
	if inner != "" {
		return
	}
	if c.rules.lenient {
		c.report(span, source.Warning, "empty-list", "%s is empty, so the statement has no effect", element)
		return
	}
	c.report(span, source.Error, "empty-list", "%s is empty", element)
}

// resourceControl holds what AWS Organizations wants of a resource control policy (recorded, 2026-09).
func (c *checker) resourceControl(s *Statement) {
	if s.Effect == Allow {
		c.report(s.EffectSpan, source.Error, "rcp-allow", "a resource control policy can only Deny")
	}
	if s.HasNotPrincipal {
		c.report(s.PrincipalSpan, source.Error, "rcp-principal", "a resource control policy cannot have NotPrincipal")
	}
	for _, p := range s.Principals {
		if p.Text != "*" || p.Type != "*" && p.Type != "AWS" {
			c.report(p.Span, source.Error, "rcp-principal", "the principal of a resource control policy is \"*\"")
		}
	}
	if len(s.NotActions) > 0 {
		c.report(s.ActionSpan, source.Error, "rcp-action", "a resource control policy cannot have NotAction")
	}
	for _, a := range s.Actions {
		if a.Text == "*" {
			c.report(a.Span, source.Error, "rcp-action",
				"an action of a resource control policy needs a service prefix, as in \"kms:*\"")
		}
	}
}
