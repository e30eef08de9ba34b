package policy

import (
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/source"
)

func (c *checker) action(s *Statement) {
	switch {
	case !s.ActionSpan.IsValid():
		c.missing(s, "Action")
	case len(s.Actions)+len(s.NotActions) == 0:
		c.empty(s.ActionSpan, "Action")
	}
	for i := range s.Actions {
		c.oneAction(s, &s.Actions[i], true)
	}
	for i := range s.NotActions {
		c.oneAction(s, &s.NotActions[i], false)
	}
}

func (c *checker) oneAction(s *Statement, a *Action, listed bool) {
	service, _, ok := strings.Cut(a.Text, ":")
	switch {
	case !ok:
		return // "*", or what Parse has refused
	case c.kind == TrustPolicy && !strings.EqualFold(service, "sts"):
		c.report(a.Span, source.Error, "trust-policy-action", "a trust policy allows actions of STS only, not %q", a.Text)
	case !strings.EqualFold(service, "kms"):
		if c.kind == KeyPolicy && listed {
			c.report(a.Span, source.Warning, "action-not-in-key-policy",
				"a key policy decides actions of AWS KMS only, so %q has no effect", a.Text)
		}
	default:
		c.kmsAction(s, a, listed)
	}
}

func (c *checker) kmsAction(s *Statement, a *Action, listed bool) {
	covered := coveredActions(a)
	if len(covered) == 0 {
		c.report(a.Span, source.Warning, "unknown-action", "AWS KMS has no action %q%s", a.Text, suggestAction(a.Text))
		return
	}
	if c.kind != KeyPolicy || s.Effect != Allow || !listed {
		return
	}
	for _, info := range covered {
		if info.KeyPolicy {
			return
		}
	}
	c.report(a.Span, source.Warning, "action-not-in-key-policy",
		"a key policy cannot allow %q: %s", a.Text, whyNotInKeyPolicy(covered))
}

func whyNotInKeyPolicy(covered []catalog.ActionInfo) string {
	for _, info := range covered {
		if info.Resources&catalog.OnAccount == 0 {
			return "only a grant or an IAM policy can"
		}
	}
	return "it is not an action on a key"
}

// coveredActions is the actions of KMS that a pattern covers.
func coveredActions(a *Action) []catalog.ActionInfo {
	var covered []catalog.ActionInfo
	for _, info := range catalog.KMSActions() {
		if a.Match(info.Name) {
			covered = append(covered, info)
		}
	}
	return covered
}

func suggestAction(text string) string {
	if strings.EqualFold(text, "kms:ReEncrypt") {
		return "; ReEncrypt is checked as \"kms:ReEncryptFrom\" and \"kms:ReEncryptTo\", which \"kms:ReEncrypt*\" covers"
	}
	if strings.ContainsAny(text, "*?") {
		return ""
	}
	names := make([]string, 0, len(catalog.KMSActions()))
	for _, info := range catalog.KMSActions() {
		names = append(names, info.Name)
	}
	return didYouMean(text, names)
}

func (c *checker) resource(s *Statement) {
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
	case len(s.Resources)+len(s.NotResources) == 0:
		c.empty(s.ResourceSpan, "Resource")
	}
	for _, r := range s.Resources {
		c.oneResource(s, r)
	}
	for _, r := range s.NotResources {
		c.resourceForm(r)
	}
}

func (c *checker) oneResource(s *Statement, r Resource) {
	switch {
	case c.kind == KeyPolicy && strings.Trim(r.Text, "*") != "":
		c.report(r.Span, source.Warning, "key-policy-resource",
			"in a key policy, Resource is \"*\", which means this key; %q counts only if it matches the ARN of this key", r.Text)
	case c.kind != KeyPolicy && c.resourceForm(r):
		c.kmsResource(s, r)
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
	return false
}

// kmsResource remarks on resources that the statement's actions are never checked on.
func (c *checker) kmsResource(s *Statement, r Resource) {
	on, known := resourcesOf(s)
	a, ok := arn.Parse(r.Text)
	if !known || !ok || len(r.Template.Variables()) > 0 {
		return
	}
	switch {
	case on == catalog.OnAccount && !r.Template.Match("*", nil, 0):
		c.report(r.Span, source.Warning, "account-level-resource",
			"the actions of this statement are checked on \"*\", so %q never matches", r.Text)
	case a.Service == "kms" && strings.HasPrefix(a.Resource, "alias/") && on&catalog.OnAlias == 0:
		c.report(r.Span, source.Warning, "alias-resource",
			"an alias ARN stands for the alias, not for its key; name the key ARN, or test kms:RequestAlias or kms:ResourceAliases")
	}
}

// resourcesOf is what the actions of the statement are checked on; not known when it has others than those of KMS.
func resourcesOf(s *Statement) (on catalog.Resources, known bool) {
	for i := range s.Actions {
		covered := coveredActions(&s.Actions[i])
		if len(covered) == 0 || s.Actions[i].Text == "*" {
			return 0, false
		}
		for _, info := range covered {
			on |= info.Resources
		}
	}
	return on, len(s.Actions) > 0
}
