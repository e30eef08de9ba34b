package policy

import (
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/source"
)

func (c *checker) resource(f *facts) {
	s := f.Statement
	present := s.ResourceSpan.IsValid()
	switch {
	case c.rules.resource == forbidden:
		if present {
			c.report(s.ResourceSpan, source.Error, "resource-not-allowed",
				"a trust policy cannot have Resource: its resource is the role")
		}
		return
	case !present:
		c.missing(s, "Resource")
		c.fix("Add \"Resource\": \"*\"", c.withElement(s, `"Resource": "*"`)...)
	case len(s.Resources)+len(s.NotResources) == 0:
		c.empty(s.ResourceSpan, "Resource")
	}
	for _, r := range s.Resources {
		c.oneResource(f, r)
	}
	for _, r := range s.NotResources {
		c.resourceForm(r)
	}
	if c.kind != KeyPolicy {
		c.otherResources(f)
		c.everyKey(f)
	}
}

func (c *checker) oneResource(f *facts, r Resource) {
	switch {
	case c.kind == KeyPolicy && strings.Trim(r.Text, "*") != "":
		c.report(r.Span, source.Warning, "key-policy-resource",
			"in a key policy, Resource is \"*\", which means this key; %q counts only if it matches the ARN of this key", r.Text)
		if len(f.Resources) == 1 {
			c.fix("Write \"*\"", replaceString(r.Span, "*"))
		}
	case c.kind != KeyPolicy && c.resourceForm(r):
		c.kmsResource(f, r)
	}
}

// resourceForm remarks on a resource that is no ARN.
func (c *checker) resourceForm(r Resource) bool {
	if c.kind == KeyPolicy || strings.Trim(r.Text, "*") == "" && r.Text != "" || strings.HasPrefix(r.Text, "${") {
		return true
	}
	if parts := strings.Split(r.Text, ":"); parts[0] == "arn" && len(parts) >= 3 {
		return true
	}
	c.report(r.Span, source.Error, "invalid-resource", "resource %q must be in ARN format or \"*\"", r.Text)
	if kind := kindOfID(r.Text); kind != "" && c.account != "" && c.region != "" {
		full := "arn:" + c.partition() + ":kms:" + c.region + ":" + c.account + ":" + kind + strings.TrimPrefix(r.Text, kind)
		c.fix("Write the ARN", replaceString(r.Span, full))
	}
	return false
}

// kindOfID is what stands before the name of a key or an alias in its ARN.
func kindOfID(text string) string {
	switch {
	case strings.HasPrefix(text, "alias/"):
		return "alias/"
	case isKeyID(text), strings.HasPrefix(text, "key/"):
		return "key/"
	}
	return ""
}

// isKeyID reports whether text has the form of a key ID: a UUID, or mrk- and 32 hexadecimal digits.
func isKeyID(text string) bool {
	digits := strings.ReplaceAll(text, "-", "")
	if rest, ok := strings.CutPrefix(text, "mrk-"); ok {
		digits = rest
	} else if len(text) != 36 {
		return false
	}
	return len(digits) == 32 && strings.Trim(digits, "0123456789abcdefABCDEF") == ""
}

// kmsResource remarks on resources that the statement's actions are never checked on.
func (c *checker) kmsResource(f *facts, r Resource) {
	a, ok := arn.Parse(r.Text)
	if !ok || len(r.Template.Variables()) > 0 {
		return
	}
	if a.Service == "kms" && !c.keyARN(r, a) {
		return
	}
	on := resourcesOf(f)
	switch {
	case f.others || f.actions == 0:
	case on == catalog.OnAccount && !r.Template.Match("*", nil, 0):
		c.report(r.Span, source.Warning, "account-level-resource",
			"the actions of this statement are checked on \"*\", so %q never matches; write \"*\"", r.Text)
		if len(f.Resources) == 1 {
			c.fix("Write \"*\"", replaceString(r.Span, "*"))
		}
	case a.Service == "kms" && strings.HasPrefix(a.Resource, "alias/") && on&catalog.OnAlias == 0:
		c.report(r.Span, source.Warning, "alias-resource",
			"an alias ARN stands for the alias, not for its key; name the key ARN, or test kms:RequestAlias or kms:ResourceAliases")
	}
}

// keyARN remarks on an ARN of KMS that is that of no key and no alias.
func (c *checker) keyARN(r Resource, a arn.ARN) bool {
	kind, _, _ := strings.Cut(a.Resource, "/")
	switch {
	case strings.ContainsAny(kind, "*?") || kind == "key" || kind == "alias":
		if a.Account != "" && a.Region != "" {
			return true
		}
		c.report(r.Span, source.Warning, "kms-arn-form",
			"the ARN of a key or alias names a Region and an account, so %q matches nothing; write \"*\" for those that do not matter", r.Text)
		parts := strings.SplitN(r.Text, ":", 6)
		for i := 3; i <= 4; i++ {
			if parts[i] == "" {
				parts[i] = "*"
			}
		}
		c.fix("Write \"*\" for what is missing", replaceString(r.Span, strings.Join(parts, ":")))
	default:
		c.report(r.Span, source.Warning, "kms-arn-form",
			"the ARN of a key ends in key/ and the key ID, that of an alias in alias/ and its name, so %q matches nothing", r.Text)
		before := strings.TrimSuffix(r.Text, a.Resource)
		if id := strings.TrimPrefix(a.Resource, "key:"); isKeyID(id) {
			c.fix("Write key/ before the key ID", replaceString(r.Span, before+"key/"+id))
		}
	}
	return false
}

// resourcesOf is what the actions of the statement are checked on.
func resourcesOf(f *facts) (on catalog.Resources) {
	for _, info := range f.actions.list() {
		on |= info.Resources
	}
	return on
}

// otherResources remarks on actions that are checked on something that the statement does not name, while others of
// the same statement are.
func (c *checker) otherResources(f *facts) {
	if len(f.Resources) == 0 || f.others || f.Effect != Allow {
		return
	}
	keys, aliases := 0, 0
	for _, r := range f.Resources {
		a, ok := arn.Parse(r.Text)
		if !ok || a.Service != "kms" || len(r.Template.Variables()) > 0 {
			return
		}
		switch {
		case strings.HasPrefix(a.Resource, "key/"):
			keys++
		case strings.HasPrefix(a.Resource, "alias/"):
			aliases++
		default:
			return
		}
	}
	on := resourcesOf(f)
	for i := range f.Actions {
		a, covered := &f.Actions[i], f.patterns[i]
		if covered == 0 || !isPlain(a) {
			continue
		}
		switch info := covered.list()[0]; {
		case info.Resources == catalog.OnAccount && on != catalog.OnAccount:
			c.report(a.Span, source.Warning, "account-action-on-keys",
				"%q is checked on \"*\", which no resource of this statement matches, so it is not allowed; give it a statement with \"Resource\": \"*\"", a.Text)
			c.fix("Give it a statement of its own", c.ownStatement(a, `"*"`)...)
		case info.Resources == catalog.OnKey && keys == 0 && on&catalog.OnAlias != 0:
			c.report(a.Span, source.Warning, "key-action-on-aliases",
				"%q is checked on the key, and this statement names aliases only, so it is not allowed; add the key ARN to Resource", a.Text)
		case info.Resources&catalog.OnAlias != 0:
			c.bothSides(f, a, covered, keys, aliases)
		}
	}
}

// ownStatement moves an action out of its list into a statement before all others.
func (c *checker) ownStatement(a *Action, resource string) []source.Edit {
	without := c.withoutItem(a.Span)
	if without == nil {
		return nil
	}
	return append(without, c.withStatement(`{"Effect": "Allow", "Action": `+quote(a.Text)+`, "Resource": `+resource+`}`)...)
}

// bothSides looks for the other half of an alias operation, which is checked on the alias and on the key.
func (c *checker) bothSides(f *facts, a *Action, covered actionSet, keys, aliases int) {
	if keys > 0 && aliases > 0 || !c.attached() {
		return
	}
	missing, name := "arn:aws:kms:us-east-1:111122223333:alias/a", "the alias"
	if keys == 0 {
		missing, name = "arn:aws:kms:us-east-1:111122223333:key/a", "the key"
	}
	prefix := missing[:strings.LastIndexByte(missing, '/')+1]
	for i := range c.statements {
		other := &c.statements[i]
		if other.Effect != Allow || !other.actions.has(covered) || other.Statement == f.Statement {
			continue
		}
		for _, r := range other.Resources {
			kind := prefix[strings.LastIndexByte(prefix, ':')+1:]
			if r.Template.Match(missing, nil, 0) || strings.Contains(r.Text, ":"+kind) {
				return
			}
		}
	}
	c.report(a.Span, source.Info, "alias-operation-half",
		"%q is checked on the alias and on the key, and no statement of this policy names %s; allow it there too", a.Text, name)
}

// everyKey remarks on policies that reach into every account whose key policies let them.
func (c *checker) everyKey(f *facts) {
	if !c.attached() || c.kind != IdentityPolicy || f.Effect != Allow || len(f.Conditions) > 0 {
		return
	}
	all := source.Span{}
	for _, r := range f.Resources {
		if r.Text == "*" {
			all = r.Span
		}
	}
	if !all.IsValid() {
		return
	}
	for i := range f.Actions {
		switch a := &f.Actions[i]; {
		case strings.EqualFold(a.Text, "kms:*"):
			c.report(all, source.Info, "every-key",
				"with kms:*, \"*\" is every key of every account that lets yours in; name the keys, as in \"arn:aws:kms:*:%s:key/*\"", c.accountOr("111122223333"))
			return
		case f.patterns[i]&decrypting != 0 && isPlain(a):
			c.report(all, source.Info, "decrypt-every-key",
				"with %s, \"*\" reads what any key protects, also in other accounts that let yours in; name the keys", a.Text)
			if on := resourcesOf(f); c.account != "" && on&catalog.OnAccount == 0 && !f.others {
				c.fix("Name the keys of the account", replaceString(all, "arn:"+c.partition()+":kms:*:"+c.account+":key/*"))
			}
			return
		}
	}
}

var decrypting = actionsNamed("kms:Decrypt", "kms:ReEncryptFrom")

func (c *checker) accountOr(other string) string {
	if c.account != "" {
		return c.account
	}
	return other
}
