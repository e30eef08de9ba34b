package policy

import (
	"slices"
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
		c.onePrincipal(s, p)
	}
	for _, p := range s.NotPrincipals {
		c.onePrincipal(s, p)
	}
	if len(s.Principals)+len(s.NotPrincipals) == 0 {
		c.emptyPrincipal(s.PrincipalSpan)
	}
	c.twice(s)
	c.everyone(s)
	c.everyoneBut(s)
}

// twice remarks on a principal that is named again, as it is or in the other spelling of an account.
func (c *checker) twice(s *Statement) {
	seen := map[string]bool{}
	for _, p := range slices.Concat(s.Principals, s.NotPrincipals) {
		name := identity(p)
		if seen[name] {
			c.report(p.Span, source.Info, "principal-twice", "%q names a principal of this statement again; remove it", p.Text)
			c.fix("Remove the principal", c.withoutItem(p.Span)...)
		}
		seen[name] = true
	}
}

// identity is a principal in one spelling.
func identity(p Principal) string {
	switch {
	case isEveryone(p):
		return "*"
	case isAccountPrincipal(p):
		return "account " + accountOf(p)
	}
	return p.Type + " " + p.Text
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
			"NotPrincipal with Allow allows everyone who is not listed, anonymous callers included; list in Principal who is meant")
	}
	for _, p := range s.Principals {
		switch {
		case p.Text != "*":
		case len(s.Conditions) == 0:
			c.report(p.Span, source.Warning, "public-principal",
				"\"*\" without a Condition allows every principal of every AWS account; name principals, or test kms:CallerAccount")
			if c.kind == KeyPolicy && c.account != "" {
				c.fix("Only principals of the account", c.withCondition(s, "StringEquals", "kms:CallerAccount", c.account)...)
			}
		case c.kind == KeyPolicy && !slices.ContainsFunc(s.Conditions, saysWho):
			c.report(p.Span, source.Warning, "public-with-condition",
				"the Condition does not say whose principals are meant, so \"*\" still allows those of every AWS account; test kms:CallerAccount or aws:PrincipalOrgID as well")
			if c.account != "" {
				c.fix("Only principals of the account", c.withCondition(s, "StringEquals", "kms:CallerAccount", c.account)...)
			}
		}
	}
}

// whoKeys are the condition keys that bound who calls, or from where, more than a request could claim by itself.
var whoKeys = []string{
	"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount",
	"aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourcevpc", "aws:sourcevpce", "aws:userid",
	"aws:sourceip", "aws:vpcsourceip", "kms:calleraccount", "aws:principalisawsservice", "aws:principalservicename",
	"aws:principalservicenameslist", "aws:ec2instancesourcevpc",
}

func saysWho(t Condition) bool {
	key := strings.ToLower(t.Key)
	return needsKey(t.Operator) && (slices.Contains(whoKeys, key) ||
		strings.HasPrefix(key, "kms:recipientattestation:") || strings.HasPrefix(key, "aws:principaltag/"))
}

// everyoneBut remarks on a Deny that is to spare a role: the session, which is what calls, has to be spared too.
func (c *checker) everyoneBut(s *Statement) {
	if s.Effect != Deny || !s.HasNotPrincipal {
		return
	}
	for _, p := range s.NotPrincipals {
		role := roleName(p.Text)
		spared := func(q Principal) bool { return strings.Contains(q.Text, ":assumed-role/"+role+"/") }
		if role == "" || slices.ContainsFunc(s.NotPrincipals, spared) {
			continue
		}
		c.report(p.Span, source.Warning, "notprincipal-role",
			"role %q calls as a session, and no session of it is in NotPrincipal, so the Deny hits the role too; deny \"*\" and test aws:PrincipalArn", role)
		c.fixNotPrincipal(s)
		return
	}
}

// roleName is the name of a role by its ARN, without the path.
func roleName(text string) string {
	a, _ := arn.Parse(text)
	if a.Service != "iam" || !strings.HasPrefix(a.Resource, "role/") {
		return ""
	}
	return a.Resource[strings.LastIndexByte(a.Resource, '/')+1:]
}

// fixNotPrincipal writes NotPrincipal as a test of aws:PrincipalArn where all of it is users and roles.
func (c *checker) fixNotPrincipal(s *Statement) {
	key, ok := c.elementKey("NotPrincipal", s.PrincipalSpan)
	var names []string
	for _, p := range s.NotPrincipals {
		ok = ok && p.Type == "AWS" && strings.HasPrefix(p.Text, "arn:")
		names = append(names, quote(p.Text))
	}
	if !ok || len(s.Conditions) > 0 {
		return
	}
	condition := `"Condition": {"ArnNotEquals": {"aws:PrincipalArn": [` + strings.Join(names, ", ") + `]}}`
	if edits := c.withElement(s, condition); edits != nil {
		c.fix("Test aws:PrincipalArn instead",
			append(edits, replaceString(key, "Principal"), replaceString(s.PrincipalSpan, "*"))...)
	}
}

func (c *checker) onePrincipal(s *Statement, p Principal) {
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
	switch {
	case problem != "":
		c.report(p.Span, source.Error, "invalid-principal", "invalid principal %q: %s", p.Text, problem)
		c.fixWildcard(s, p)
	case p.Type == "AWS" && isUniqueID(p.Text):
		c.report(p.Span, source.Warning, "deleted-principal",
			"%q is the unique ID of a user or role; AWS shows it when that has been deleted, and one created again by the same name is somebody else. Name the ARN, or remove it", p.Text)
		c.fix("Remove the principal", c.withoutItem(p.Span)...)
	}
}

// fixWildcard tests a pattern of principals in the Condition, where patterns can stand.
func (c *checker) fixWildcard(s *Statement, p Principal) {
	if p.Type != "AWS" || !strings.HasPrefix(p.Text, "arn:") || !strings.ContainsAny(p.Text, "*?") || len(s.Principals) != 1 {
		return
	}
	if edits := c.withCondition(s, "ArnLike", "aws:PrincipalArn", p.Text); edits != nil {
		c.fix("Test aws:PrincipalArn in the Condition", append(edits, replaceString(p.Span, "*"))...)
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
