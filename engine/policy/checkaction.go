package policy

import (
	"strings"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/source"
)

func (c *checker) action(f *facts) {
	switch {
	case !f.ActionSpan.IsValid():
		c.missing(f.Statement, "Action")
	case len(f.Actions)+len(f.NotActions) == 0:
		c.empty(f.ActionSpan, "Action")
	}
	for i := range f.Actions {
		c.oneAction(f, &f.Actions[i], true)
	}
	for i := range f.NotActions {
		c.oneAction(f, &f.NotActions[i], false)
	}
	c.everythingElse(f)
	c.coveredActions(f)
}

func (c *checker) oneAction(f *facts, a *Action, listed bool) {
	service, _, ok := strings.Cut(a.Text, ":")
	switch {
	case !ok:
		return // "*", or what Parse has refused
	case c.kind == TrustPolicy && !strings.EqualFold(service, "sts"):
		c.report(a.Span, source.Error, "trust-policy-action", "a trust policy allows actions of STS only, not %q", a.Text)
	case !strings.EqualFold(service, "kms"):
		if c.kind == KeyPolicy && listed {
			c.report(a.Span, source.Warning, "other-service-action",
				"a key policy decides actions of AWS KMS only, so %q has no effect; put it into an IAM policy", a.Text)
			c.fix("Remove the action", c.withoutItem(a.Span)...)
		}
	default:
		c.kmsAction(f, a, listed)
	}
}

func (c *checker) kmsAction(f *facts, a *Action, listed bool) {
	covered := c.covered(a)
	if covered == 0 {
		c.noSuchAction(a)
		return
	}
	if f.Effect != Allow || !listed {
		return
	}
	if covered == actionsNamed("kms:SynchronizeMultiRegionKey") {
		c.report(a.Span, source.Warning, "internal-action",
			"only AWS KMS itself makes this call, in the role AWSServiceRoleForKeyManagementServiceMultiRegionKeys; remove it")
		c.fix("Remove the action", c.withoutItem(a.Span)...)
		return
	}
	inKeyPolicy := covered.where(func(info catalog.ActionInfo) bool { return info.KeyPolicy })
	if c.kind != KeyPolicy || inKeyPolicy != 0 {
		return
	}
	if covered.where(onAccount) != 0 {
		c.report(a.Span, source.Warning, "account-action-in-key-policy",
			"a key policy cannot allow %q: it is not an action on a key; allow it in an IAM policy", a.Text)
	} else {
		c.report(a.Span, source.Warning, "retire-grant-in-key-policy",
			"a key policy cannot allow %q: the grant says who may retire it, and the account that made the grant can let others by an IAM policy", a.Text)
	}
	c.fix("Remove the action", c.withoutItem(a.Span)...)
}

func (c *checker) noSuchAction(a *Action) {
	if strings.EqualFold(a.Text, "kms:ReEncrypt") {
		c.report(a.Span, source.Warning, "reencrypt-action",
			"no action has the name %q; ReEncrypt is checked as kms:ReEncryptFrom and kms:ReEncryptTo, so write \"kms:ReEncrypt*\"", a.Text)
		c.fix("Write kms:ReEncrypt*", replaceString(a.Span, "kms:ReEncrypt*"))
		return
	}
	if strings.Contains(a.Text, "${") {
		c.report(a.Span, source.Warning, "variable-in-action",
			"policy variables are not replaced in actions, so %q matches no action; test the variable in the Condition", a.Text)
		return
	}
	names := make([]string, 0, len(catalog.KMSActions()))
	for _, info := range catalog.KMSActions() {
		names = append(names, info.Name)
	}
	best := nearest(strings.TrimRight(a.Text, "*?"), names)
	if !isPlain(a) && !strings.HasSuffix(a.Text, "*") {
		best = ""
	}
	c.report(a.Span, source.Warning, "unknown-action", "AWS KMS has no action %q%s", a.Text, question(best))
	if best != "" {
		c.fix("Write "+best, replaceString(a.Span, best))
	}
}

// everythingElse remarks on Allow statements that name what they leave out.
func (c *checker) everythingElse(f *facts) {
	if f.Effect != Allow || c.kind == ServiceControlPolicy || c.kind == TrustPolicy {
		return
	}
	if len(f.NotActions) > 0 && f.actions.has(putKeyPolicy) && c.kind == KeyPolicy {
		c.report(f.ActionSpan, source.Warning, "notaction-with-allow",
			"NotAction with Allow allows every action that is not listed, kms:PutKeyPolicy and those that AWS adds later included; list in Action what is meant")
	}
	if len(f.NotResources) > 0 && c.kind != KeyPolicy && f.actions != 0 {
		c.report(f.ResourceSpan, source.Warning, "notresource-with-allow",
			"NotResource with Allow reaches every key that is not listed, those of other accounts included; list in Resource what is meant")
	}
}

// coveredActions remarks on actions that another one of the same list covers.
func (c *checker) coveredActions(f *facts) {
	if len(f.Actions) > manyOfThem {
		return
	}
	for i := range f.Actions {
		a := &f.Actions[i]
		for k := range f.Actions {
			b := &f.Actions[k]
			same := strings.EqualFold(a.Text, b.Text)
			if f.patterns[i] == 0 || i == k || same && i < k || !same && !b.Match(a.Text) {
				continue
			}
			c.report(a.Span, source.Info, "covered-action", "%q covers %q already; remove it", b.Text, a.Text)
			c.fix("Remove the action", c.withoutItem(a.Span)...)
			break
		}
	}
}

// companion is an action that is of little use without another. Whether some other policy allows that is not known,
// so these are advice, and only where an action is named in full.
type companion struct {
	code   string
	action string
	needs  []string // all of them
	keys   bool     // key policies too
	when   func(*checker, *facts) bool
	why    string
}

// The pairs are from the permissions tables of the services' own guides and of the KMS Developer Guide, read 2026-08.
var companions = []companion{
	{"data-key-without-decrypt", "kms:GenerateDataKey", []string{"kms:Decrypt"}, true, (*checker).forReaders,
		"multipart uploads to Amazon S3, and what is sent to Amazon SQS and Amazon SNS, need kms:Decrypt besides kms:GenerateDataKey; allow both"},
	{"create-grant-without-revoke", "kms:CreateGrant", []string{"kms:ListGrants", "kms:RevokeGrant"}, true, (*checker).forServices,
		"services that make grants with kms:CreateGrant look for them and take them back too; allow kms:ListGrants and kms:RevokeGrant"},
	{"tag-on-create", "kms:CreateKey", []string{"kms:TagResource"}, false, (*checker).withTags,
		"to create a key with tags takes kms:TagResource besides kms:CreateKey; this statement wants tags, so allow both"},
	{"replicate-without-create", "kms:ReplicateKey", []string{"kms:CreateKey"}, false, nil,
		"a replica takes kms:ReplicateKey on the primary key and kms:CreateKey in the replica's Region; allow both"},
	{"import-without-parameters", "kms:ImportKeyMaterial", []string{"kms:GetParametersForImport"}, true, nil,
		"key material is imported with the wrapping key and token of kms:GetParametersForImport; allow both"},
	{"reencrypt-one-way", "kms:ReEncryptFrom", []string{"kms:ReEncryptTo"}, false, nil,
		"ReEncrypt takes kms:ReEncryptFrom on the old key and kms:ReEncryptTo on the new one; allow both"},
	{"reencrypt-one-way", "kms:ReEncryptTo", []string{"kms:ReEncryptFrom"}, false, nil,
		"ReEncrypt takes kms:ReEncryptFrom on the old key and kms:ReEncryptTo on the new one; allow both"},
}

// companions remarks on actions whose companion no statement of the policy allows.
func (c *checker) companions() {
	if !c.attached() && c.kind != KeyPolicy {
		return
	}
	var allowed actionSet
	for i := range c.statements {
		if f := &c.statements[i]; f.Effect == Allow {
			allowed |= f.actions
		}
	}
	for _, pair := range companions {
		if c.kind == KeyPolicy && !pair.keys || allowed.has(actionsNamed(pair.needs...)) {
			continue
		}
		for i := range c.statements {
			c.companion(&c.statements[i], pair, allowed)
		}
	}
}

func (c *checker) companion(f *facts, pair companion, allowed actionSet) {
	if f.Effect != Allow || pair.when != nil && !pair.when(c, f) {
		return
	}
	for i := range f.Actions {
		a := &f.Actions[i]
		if !strings.EqualFold(a.Text, pair.action) {
			continue
		}
		c.report(a.Span, source.Info, pair.code, "%s", pair.why)
		for _, need := range pair.needs {
			if len(pair.needs) == 1 && !allowed.has(actionsNamed(need)) {
				c.fix("Add "+need, c.withItem(a.Span, need)...)
			}
		}
		if len(pair.needs) == 2 {
			c.fix("Add "+strings.Join(pair.needs, " and "), c.withItems(a.Span, pair.needs)...)
		}
	}
}

// withItems is withItem for several values.
func (c *checker) withItems(item source.Span, values []string) []source.Edit {
	edits := c.withItem(item, values[0])
	last := &edits[len(edits)-1]
	more := ""
	for _, v := range values[1:] {
		more += ", " + quote(v)
	}
	list := strings.HasSuffix(last.Text, "]")
	last.Text = strings.TrimSuffix(last.Text, "]") + more
	if list {
		last.Text += "]"
	}
	return edits
}

// forReaders reports whether a statement is for services that read what they have just written.
func (c *checker) forReaders(f *facts) bool {
	for _, p := range f.Principals {
		if p.Type == "Service" && (p.Text == "s3.amazonaws.com" || p.Text == "sns.amazonaws.com" || p.Text == "events.amazonaws.com") {
			return true
		}
	}
	for i := range f.Conditions {
		t := &f.Conditions[i]
		if !strings.EqualFold(t.Key, "kms:ViaService") || t.Operator.IsNegated() {
			continue
		}
		for _, w := range t.Wanted {
			service, _, _ := strings.Cut(w.Text(), ".")
			if service == "s3" || service == "sqs" || service == "sns" {
				return true
			}
		}
	}
	return false
}

// forServices reports whether a statement is about the grants that services make.
func (c *checker) forServices(f *facts) bool {
	for i := range f.Conditions {
		if strings.EqualFold(f.Conditions[i].Key, "kms:GrantIsForAWSResource") {
			return c.kind == KeyPolicy
		}
	}
	return false
}

// withTags reports whether a statement wants tags in the request.
func (c *checker) withTags(f *facts) bool {
	for i := range f.Conditions {
		if t := &f.Conditions[i]; isRequestTag(t.Key) && needsKey(t.Operator) {
			return true
		}
	}
	return false
}

func isRequestTag(key string) bool {
	return strings.EqualFold(key, "aws:TagKeys") || hasRequestTag(key)
}

func hasRequestTag(key string) bool {
	const prefix = "aws:RequestTag/"
	return len(key) > len(prefix) && strings.EqualFold(key[:len(prefix)], prefix)
}
