package policy

import (
	"slices"
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/source"
)

var putKeyPolicy = actionsNamed("kms:PutKeyPolicy")

// accountOf is the account that an AWS principal is, or belongs to; "" for others.
func accountOf(p Principal) string {
	if p.Type != "AWS" {
		return ""
	}
	if isAccount(p.Text) {
		return p.Text
	}
	a, _ := arn.Parse(p.Text)
	return a.Account
}

// isAccountPrincipal reports whether p is an account itself, in one of its two spellings.
func isAccountPrincipal(p Principal) bool {
	if p.Type != "AWS" || isAccount(p.Text) {
		return p.Type == "AWS"
	}
	a, ok := arn.Parse(p.Text)
	return ok && a.Service == "iam" && a.Resource == "root"
}

func isEveryone(p Principal) bool { return p.Text == "*" && (p.Type == "*" || p.Type == "AWS") }

// ownerInText is the account whose principals alone may change the key policy: PutKeyPolicy never works across
// accounts, so the key is of that account. It is "" when the text names none or several.
func (c *checker) ownerInText() string {
	if c.kind != KeyPolicy {
		return ""
	}
	owner := ""
	for i := range c.statements {
		f := &c.statements[i]
		if f.Effect != Allow || !f.actions.has(putKeyPolicy) {
			continue
		}
		for _, p := range f.Principals {
			switch account := accountOf(p); {
			case account == "" || account == owner:
			case owner != "":
				return ""
			default:
				owner = account
			}
		}
	}
	return owner
}

// ours reports whether a principal may be of the key's account.
func (c *checker) ours(p Principal) bool {
	account := accountOf(p)
	return c.account == "" || account == "" || account == c.account
}

// rootStatement is the statement that lets IAM policies of the account count; "" when the account is not known.
func (c *checker) rootStatement() string {
	account := c.account
	for i := range c.statements {
		for _, p := range c.statements[i].Principals {
			if c.account == "" && accountOf(p) != "" && account == "" {
				account = accountOf(p)
			} else if c.account == "" && accountOf(p) != "" && account != accountOf(p) {
				return ""
			}
		}
	}
	if !isAccount(account) {
		return ""
	}
	return `{"Sid": "Enable IAM User Permissions", "Effect": "Allow", "Principal": {"AWS": "arn:` + c.partition() + `:iam::` +
		account + `:root"}, "Action": "kms:*", "Resource": "*"}`
}

// delegation looks for the statement without which IAM policies do not count. Where everyone may do everything, they
// are not needed.
func (c *checker) delegation() {
	for i := range c.statements {
		f := &c.statements[i]
		if f.Effect != Allow || f.actions == 0 {
			continue
		}
		for _, p := range f.Principals {
			if isAccountPrincipal(p) && c.ours(p) || isEveryone(p) && f.actions.has(putKeyPolicy) {
				return
			}
		}
		if f.HasNotPrincipal {
			return
		}
	}
	c.report(firstByte(c.doc.Statements[0].Span), source.Warning, "no-delegation",
		"no statement allows the account itself, so IAM policies cannot allow anything on this key; add one with the account's root ARN as principal")
	c.fixWithRoot()
}

func (c *checker) fixWithRoot() {
	if statement := c.rootStatement(); statement != "" {
		c.fix("Let IAM policies of the account count", c.withStatement(statement)...)
	}
}

// lockOut looks for somebody who may change the key policy again.
func (c *checker) lockOut() {
	kept := false
	for i := range c.statements {
		f := &c.statements[i]
		if !f.actions.has(putKeyPolicy) || !f.ResourceSpan.IsValid() {
			continue
		}
		if f.Effect == Deny && len(f.Conditions) == 0 && slices.ContainsFunc(f.Principals, isEveryone) {
			c.report(f.ActionSpan, source.Warning, "lock-out",
				"this denies kms:PutKeyPolicy to everyone, so nobody can change the key policy again; leave the action or a principal out")
			return
		}
		kept = kept || f.Effect == Allow && (f.HasNotPrincipal || slices.ContainsFunc(f.Principals, c.mayManage))
	}
	if kept {
		return
	}
	c.report(firstByte(c.doc.Statements[0].Span), source.Warning, "lock-out",
		"no statement lets a principal of the account call kms:PutKeyPolicy, so nobody could change the key policy again; AWS KMS takes it only with BypassPolicyLockoutSafetyCheck")
	c.fixWithRoot()
}

func (c *checker) mayManage(p Principal) bool {
	return (p.Type == "AWS" || p.Type == "*") && c.ours(p)
}

// otherAccounts remarks on principals of other accounts: what they need on their side, and what never works.
func (c *checker) otherAccounts() {
	told := map[string]bool{}
	for i := range c.statements {
		f := &c.statements[i]
		if f.Effect != Allow || c.account == "" {
			continue
		}
		strangers := 0
		for _, p := range f.Principals {
			if c.ours(p) {
				continue
			}
			strangers++
			if account := accountOf(p); !told[account] && f.actions.where(crossAccount) != 0 {
				told[account] = true
				c.report(p.Span, source.Info, "cross-account-principal",
					"this is a principal of account %s, where an IAM policy has to allow the same actions on the ARN of this key", account)
			}
		}
		if strangers > 0 && strangers == len(f.Principals) {
			c.neverAcrossAccounts(f)
		}
	}
}

func (c *checker) neverAcrossAccounts(f *facts) {
	for i := range f.patterns {
		set := f.patterns[i].where(onKey)
		if set == 0 || set.where(crossAccount) != 0 || set == actionsNamed("kms:SynchronizeMultiRegionKey") {
			continue
		}
		a := &f.Actions[i]
		c.report(a.Span, source.Warning, "cross-account-action",
			"%q does not work on a key of another account, whatever its policy allows; remove it, or let a role of the key's account do it", a.Text)
		c.fix("Remove the action", c.withoutItem(a.Span)...)
	}
}

// partition is that of the Region; without a Region, that of the first ARN of the text.
func (c *checker) partition() string {
	switch {
	case strings.HasPrefix(c.region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(c.region, "us-gov-"):
		return "aws-us-gov"
	case c.region != "":
		return "aws"
	}
	for i := range c.statements {
		for _, v := range c.statements[i].named() {
			if partition := partitionOf(v.Text); partition != "" {
				return partition
			}
		}
	}
	return "aws"
}

// named is the principals and resources of a statement.
func (s *Statement) named() []Value {
	var values []Value
	for _, p := range slices.Concat(s.Principals, s.NotPrincipals) {
		values = append(values, p.Value)
	}
	for _, r := range slices.Concat(s.Resources, s.NotResources) {
		values = append(values, r.Value)
	}
	return values
}

func partitionOf(text string) string {
	parts := strings.SplitN(text, ":", 3)
	if len(parts) < 3 || parts[0] != "arn" || strings.ContainsAny(parts[1], "*?$") {
		return ""
	}
	return parts[1]
}

// partitions remarks on ARNs of another partition than the key's, or than the first ARN's.
func (c *checker) partitions() {
	want := c.partition()
	for i := range c.statements {
		for _, v := range c.statements[i].named() {
			got := partitionOf(v.Text)
			if got == "" || got == want {
				continue
			}
			c.report(v.Span, source.Warning, "other-partition",
				"this ARN is of partition %q, the others are of %q; nothing is shared between partitions", got, want)
			c.fix("Write "+want, replaceString(v.Span, "arn:"+want+strings.TrimPrefix(v.Text, "arn:"+got)))
		}
	}
}
