package policy

import (
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/source"
)

func (c *checker) principal(s *Statement) {
	present := s.HasPrincipal || s.HasNotPrincipal
	switch {
	case c.rules.principal == forbidden:
		if present {
			c.report(s.PrincipalSpan, source.Error, "principal-not-allowed",
				"%s cannot have a principal: it applies to whom it is attached to", article(c.kind))
		}
		return
	case !present:
		c.report(firstByte(s.Span), source.Error, "missing-principal", "statement has no Principal")
		return
	}
	for _, p := range s.Principals {
		c.onePrincipal(p)
	}
	for _, p := range s.NotPrincipals {
		c.onePrincipal(p)
	}
	if len(s.Principals)+len(s.NotPrincipals) == 0 {
		c.emptyPrincipal(s.PrincipalSpan)
	}
	c.everyone(s)
}

func article(kind Kind) string {
	if kind == IdentityPolicy {
		return "an " + string(kind)
	}
	return "a " + string(kind)
}

// emptyPrincipal remarks on {} and {"AWS": []}; other values without principals are of a wrong type, which Parse says.
func (c *checker) emptyPrincipal(span source.Span) {
	text := c.doc.Text.String()[span.Start:span.End]
	if text[0] == '{' && (strings.Trim(text, "{} \t\r\n") == "" || strings.HasSuffix(strings.Trim(text, "} \t\r\n"), "]")) {
		c.report(span, source.Error, "missing-principal", "Principal names nobody")
	}
}

// everyone remarks on statements that reach further than they look.
func (c *checker) everyone(s *Statement) {
	if s.Effect != Allow || c.kind == VPCEndpointPolicy || c.kind == ResourceControlPolicy {
		return
	}
	if s.HasNotPrincipal {
		c.report(s.PrincipalSpan, source.Warning, "notprincipal-with-allow",
			"NotPrincipal with Allow allows everyone who is not listed, anonymous callers included")
	}
	for _, p := range s.Principals {
		if p.Text == "*" && len(s.Conditions) == 0 {
			c.report(p.Span, source.Warning, "public-principal",
				"\"*\" without a Condition allows every principal of every AWS account")
		}
	}
}

func (c *checker) onePrincipal(p Principal) {
	problem := ""
	switch p.Type {
	case "*":
	case "AWS":
		problem = awsPrincipalProblem(p.Text)
	case "Service":
		if !strings.Contains(p.Text, ".") || strings.ContainsAny(p.Text, "*?: ") {
			problem = "a service principal looks like \"lambda.amazonaws.com\""
		}
	case "CanonicalUser":
		if c.kind == KeyPolicy || c.kind == TrustPolicy {
			problem = article(c.kind) + " cannot name a canonical user"
		}
	case "Federated":
		if c.kind == KeyPolicy {
			c.report(p.Span, source.Warning, "federated-principal",
				"a federated identity calls AWS KMS as a role session or federated user; name that under \"AWS\"")
		}
	}
	if problem != "" {
		c.report(p.Span, source.Error, "invalid-principal", "invalid principal %q: %s", p.Text, problem)
	}
}

// awsPrincipalProblem says what is wrong with the text of an AWS principal, if anything. Whether the principal exists
// is for others to say.
func awsPrincipalProblem(text string) string {
	if text == "*" || isAccount(text) || isUniqueID(text) {
		return ""
	}
	a, ok := arn.Parse(text)
	switch {
	case strings.ContainsAny(text, "*?"):
		return "a principal has no wildcards but a lone \"*\"; test aws:PrincipalArn in the Condition instead"
	case !ok:
		return "expected \"*\", an account ID, or the ARN of an account, user, role or session"
	case !isAccount(a.Account) || a.Region != "":
		return "the ARN of a principal has a 12-digit account ID and no Region"
	case a.Service == "iam" && strings.HasPrefix(a.Resource, "group/"):
		return "a group is not a principal"
	case a.Service == "iam" && isIAMPrincipal(a.Resource), a.Service == "sts" && isSession(a.Resource):
		return ""
	}
	return "the ARN is not that of an account, user, role or session"
}

func isAccount(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}

// isUniqueID reports whether s looks like the id of a user or role, which AWS shows when the principal is deleted.
func isUniqueID(s string) bool {
	id, session, hasSession := strings.Cut(s, ":")
	prefixed := strings.HasPrefix(id, "AIDA") || strings.HasPrefix(id, "AROA")
	return prefixed && len(id) >= 16 && strings.IndexFunc(id, notAlphanumeric) < 0 && hasSession == (session != "")
}

func isIAMPrincipal(resource string) bool {
	kind, name, _ := strings.Cut(resource, "/")
	return resource == "root" || (kind == "user" || kind == "role") && name != "" && !strings.HasSuffix(name, "/")
}

func isSession(resource string) bool {
	parts := strings.Split(resource, "/")
	for _, part := range parts {
		if part == "" {
			return false
		}
	}
	return parts[0] == "assumed-role" && len(parts) == 3 || parts[0] == "federated-user" && len(parts) == 2
}
