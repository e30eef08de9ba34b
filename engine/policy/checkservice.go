package policy

import (
	"slices"
	"strings"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/source"
)

// callersServices are services that use a key with their caller's identity only (a forward access session), and the
// name that kms:ViaService has for them. Their own guides, read 2026-08.
var callersServices = map[string]string{
	"ec2.amazonaws.com": "ec2", "secretsmanager.amazonaws.com": "secretsmanager", "ssm.amazonaws.com": "ssm", "sqs.amazonaws.com": "sqs",
}

// sourceKeys are what a service says about the resource for which it calls in its own name.
var sourceKeys = []string{"aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"}

func isSourceKey(key string) bool { return slices.Contains(sourceKeys, strings.ToLower(key)) }

// servicePrincipals remarks on what a key policy allows services.
func (c *checker) servicePrincipals(f *facts) {
	if f.Effect != Allow {
		return
	}
	services := 0
	for _, p := range f.Principals {
		if p.Type != "Service" || !strings.Contains(p.Text, ".") {
			continue
		}
		services++
		switch service := callersServices[p.Text]; {
		case service != "":
			c.report(p.Span, source.Warning, "service-uses-caller",
				"%s uses keys in the name of whoever calls it, so this statement never applies; allow those principals, and test kms:ViaService \"%s.%s.amazonaws.com\"",
				p.Text, service, c.regionOr("us-east-1"))
		case !slices.ContainsFunc(f.Conditions, saysForWhom) && f.actions.where(notReading) != 0:
			c.report(p.Span, source.Info, "confused-deputy",
				"%s may be made to use this key for resources of other accounts; test aws:SourceArn or aws:SourceAccount", p.Text)
			if c.account != "" && services == 1 && len(f.Principals) == 1 {
				c.fix("Only for resources of the account", c.withCondition(f.Statement, "StringEquals", "aws:SourceAccount", c.account)...)
			}
		}
	}
	if services > 0 && services == len(f.Principals) {
		c.serviceVia(f)
	}
}

// serviceVia remarks on kms:ViaService in a statement for services.
func (c *checker) serviceVia(f *facts) {
	for i := range f.Conditions {
		t := &f.Conditions[i]
		if strings.EqualFold(t.Key, "kms:ViaService") && needsKey(t.Operator) {
			c.report(t.KeySpan, source.Warning, "via-service-of-service",
				"a service that calls in its own name carries no kms:ViaService, so this statement never applies; test aws:SourceArn instead")
		}
	}
}

func notReading(info catalog.ActionInfo) bool {
	return info.AccessLevel != catalog.LevelRead && info.AccessLevel != catalog.LevelList
}

// saysForWhom reports whether a test bounds the resources for which a service may call.
func saysForWhom(t Condition) bool {
	key := strings.ToLower(t.Key)
	return isSourceKey(key) || strings.HasPrefix(key, "kms:encryptioncontext:") || key == "kms:viaservice"
}

func (c *checker) regionOr(other string) string {
	if c.region != "" {
		return c.region
	}
	return other
}

// used is the actions by which services use a key in the name of their caller.
var used = actionsNamed("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
	"kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:CreateGrant")

// origin remarks on tests of where a request comes from.
func (c *checker) origin(f *facts, t *Condition) {
	key := strings.ToLower(t.Key)
	switch {
	case isSourceKey(key):
		c.serviceSource(f, t)
	case f.Effect != Deny || !t.Operator.IsNegated() || f.actions&used == 0 || slices.ContainsFunc(f.Conditions, sparesServices):
	case key == "aws:sourceip":
		c.report(t.KeySpan, source.Warning, "deny-by-source-ip",
			"when a service uses the key for somebody, aws:SourceIp is not that person's address, so this Deny stops integrated services; add aws:ViaAWSService false")
		c.fix("Leave out calls through AWS services", c.withCondition(f.Statement, "Bool", "aws:ViaAWSService", "false")...)
	case key == "aws:sourcevpc" || key == "aws:sourcevpce":
		c.report(t.KeySpan, source.Warning, "deny-by-source-vpc",
			"when a service uses the key for somebody, the request does not come through your VPC endpoint, so this Deny stops integrated services; add aws:ViaAWSService false")
		c.fix("Leave out calls through AWS services", c.withCondition(f.Statement, "Bool", "aws:ViaAWSService", "false")...)
	}
}

// sparesServices reports whether a test tells calls through services apart.
func sparesServices(t Condition) bool {
	switch strings.ToLower(t.Key) {
	case "aws:viaawsservice", "kms:viaservice", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast":
		return true
	}
	return false
}

// serviceSource remarks on the keys that only services in their own name bring.
func (c *checker) serviceSource(f *facts, t *Condition) {
	guarded := slices.ContainsFunc(f.Conditions, func(o Condition) bool {
		return o.Operator.Type() == condition.NullType && isSourceKey(o.Key) || strings.EqualFold(o.Key, "aws:PrincipalIsAWSService")
	})
	switch people := c.onlyPeople(f.Statement); {
	case f.Effect == Allow && people && needsKey(t.Operator) && c.kind != TrustPolicy:
		c.report(t.KeySpan, source.Warning, "source-key-of-people",
			"only a service that calls in its own name carries %q, so this statement never applies; test aws:PrincipalArn or kms:ViaService for users and roles", t.Key)
	case f.Effect == Deny && t.Operator.IsNegated() && !guarded && !onlyServices(f.Statement) && f.actions != 0:
		c.report(t.KeySpan, source.Warning, "deny-by-source-account",
			"requests of users and roles do not carry %q, and a negated operator matches what is missing, so this denies all of them; add aws:PrincipalIsAWSService true", t.Key)
		c.fix("Only calls of AWS services", c.withCondition(f.Statement, "Bool", "aws:PrincipalIsAWSService", "true")...)
	}
}

// onlyPeople reports whether a statement is about users, roles and accounts only.
func (c *checker) onlyPeople(s *Statement) bool {
	if c.attached() {
		return true
	}
	return c.kind == KeyPolicy && len(s.Principals) > 0 &&
		!slices.ContainsFunc(s.Principals, func(p Principal) bool { return p.Type != "AWS" || p.Text == "*" })
}

func onlyServices(s *Statement) bool {
	return len(s.Principals) > 0 && !slices.ContainsFunc(s.Principals, func(p Principal) bool { return p.Type != "Service" })
}
