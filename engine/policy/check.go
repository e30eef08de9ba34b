package policy

import (
	"slices"
	"strconv"
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

// Options say whose key, or whose principals, a policy is for. The zero Options says nothing; some checks then stay
// silent, and some edits cannot be offered.
type Options struct {
	Account string // "111122223333": of the key; of other policies, of the principals
	Region  string // "us-east-1": of the key
}

// Check remarks on what a policy of a kind must or must not hold: what AWS would refuse (errors), what it would
// accept although it does not do what it seems to do (warnings), and advice. It says nothing of what Parse said
// already.
func Check(doc *Document, kind Kind, o Options) []source.Diagnostic {
	c := checker{
		doc: doc, kind: kind, rules: rulesOf(kind), account: o.Account, region: o.Region,
		patterns: map[string]actionSet{}, diags: []source.Diagnostic{},
	}
	c.size()
	c.characters()
	for i := range doc.Statements {
		c.statements = append(c.statements, c.factsOf(&doc.Statements[i]))
	}
	if c.account == "" {
		c.account = c.ownerInText()
	}
	for i := range c.statements {
		c.statement(&c.statements[i])
	}
	c.sids()
	c.advise()
	sortDiagnostics(c.diags)
	return c.diags
}

type checker struct {
	doc        *Document
	kind       Kind
	rules      rules
	account    string // of the key or of the principals; "" when not known
	region     string
	statements []facts
	patterns   map[string]actionSet // what action patterns cover, by their text
	diags      []source.Diagnostic
}

// advise is what concerns the policy as a whole.
func (c *checker) advise() {
	if len(c.doc.Statements) == 0 {
		return
	}
	c.version()
	c.partitions()
	c.companions()
	c.reach()
	if c.kind == KeyPolicy {
		c.otherAccounts()
	}
	if c.kind == KeyPolicy && c.isComplete() {
		c.delegation()
		c.lockOut()
	}
}

// isComplete reports whether every statement says who may do what; of others nothing can be said about the whole.
func (c *checker) isComplete() bool {
	for i := range c.statements {
		f := &c.statements[i]
		if f.Effect != Allow && f.Effect != Deny || len(f.Principals)+len(f.NotPrincipals) == 0 ||
			len(f.Actions)+len(f.NotActions) == 0 || !f.ResourceSpan.IsValid() {
			return false
		}
	}
	return !Refused(c.diags)
}

// attached reports whether the policy is attached to a user, role, group or session.
func (c *checker) attached() bool {
	return c.kind == IdentityPolicy || c.kind == PermissionsBoundary || c.kind == SessionPolicy
}

func (c *checker) report(span source.Span, sev source.Severity, code, format string, args ...any) {
	c.diags = append(c.diags, c.doc.Text.Diagnostic(span, sev, code, format, args...))
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
			c.fixSid(s.Sid.Span, plain(sid))
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
		number := 2
		for c.hasSid(sid + strconv.Itoa(number)) {
			number++
		}
		c.fix("Number the Sid", replaceString(s.Sid.Span, sid+strconv.Itoa(number)))
	}
}

// plain is what of a Sid may stay.
func plain(sid string) string {
	return strings.Map(func(r rune) rune {
		if notAlphanumeric(r) {
			return -1
		}
		return r
	}, sid)
}

func (c *checker) fixSid(span source.Span, sid string) {
	if sid != "" && !c.hasSid(sid) {
		c.fix("Keep the letters and digits", replaceString(span, sid))
	}
}

func (c *checker) hasSid(sid string) bool {
	return slices.ContainsFunc(c.doc.Statements, func(s Statement) bool { return s.Sid.Text == sid })
}

func notAlphanumeric(r rune) bool {
	return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}

func (c *checker) statement(f *facts) {
	s := f.Statement
	c.principal(s)
	c.action(f)
	c.resource(f)
	for i := range s.Conditions {
		c.condition(f, i)
	}
	c.conditionsTogether(f)
	switch {
	case c.kind == ResourceControlPolicy:
		c.resourceControl(s)
	case c.kind == KeyPolicy:
		c.servicePrincipals(f)
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
