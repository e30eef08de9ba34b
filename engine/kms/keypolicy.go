package kms

import (
	"slices"
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/source"
)

const policyName = "default" // the only one there is

// defaultPolicy is what a key gets when CreateKey brings no policy: the account may use IAM policies, nobody else may
// anything. Spelled as AWS returns it.
func defaultPolicy(partition, account string) string {
	return `{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "arn:` + partition + `:iam::` + account + `:root"
    },
    "Action" : "kms:*",
    "Resource" : "*"
  } ]
}`
}

func bypassCondition(c *call, f *filler) {
	if c.has("BypassPolicyLockoutSafetyCheck") {
		f.setBool("kms:BypassPolicyLockoutSafetyCheck", c.bool("BypassPolicyLockoutSafetyCheck"))
	}
}

// setPolicy gives key a policy, unless AWS would refuse it.
func (c *call) setPolicy(key *Key, text string) *Error {
	if len(text) > catalog.KeyPolicyBytes {
		return errorf(limitExceeded, "") // AWS's text is not known
	}
	document, diags := policy.ParseAs(policy.KeyPolicy, text)
	if err := refusal(diags); err != nil {
		return err
	}
	bound, ok := c.bind(document)
	if !ok {
		return invalidPrincipals()
	}
	key.PolicyText, key.bound = text, bound
	key.Policy = &iam.Policy{ID: key.ARN, Name: policyName, Kind: policy.KeyPolicy, Document: document}
	if !c.bool("BypassPolicyLockoutSafetyCheck") && !c.couldPutPolicy(key) {
		return errorf(malformedPolicy, "The new key policy will not allow you to update the key policy in the future.")
	}
	return nil
}

func invalidPrincipals() *Error {
	return errorf(malformedPolicy, "Policy contains a statement with one or more invalid principals.")
}

// refusal is AWS's answer to a policy with errors. Only the texts about principals were recorded; for the rest it
// is IAM's.
func refusal(diags []source.Diagnostic) *Error {
	if !policy.Refused(diags) {
		return nil
	}
	codes := map[string]bool{}
	for _, d := range diags {
		if d.Severity == source.Error {
			codes[d.Code] = true
		}
	}
	switch {
	case codes["missing-principal"]:
		return errorf(malformedPolicy, "Policy contains a statement with no principal.")
	case codes["invalid-principal"], codes["principal-not-allowed"]:
		return invalidPrincipals()
	case codes["overly-permissive-condition"]:
		return errorf(malformedPolicy, "OverlyPermissiveCondition")
	}
	return errorf(malformedPolicy, "Syntax errors in policy.")
}

// bind finds the unique id of every principal that the policy names; ok is false when one does not exist.
func (c *call) bind(document *policy.Document) (bound map[string]string, ok bool) {
	bound = map[string]string{}
	for i := range document.Statements {
		s := &document.Statements[i]
		for _, p := range slices.Concat(s.Principals, s.NotPrincipals) {
			id, ok := c.principalID(p)
			if !ok {
				return nil, false
			}
			if id != "" {
				bound[p.Text] = id
			}
		}
	}
	return bound, true
}

// principalID is the unique id of a principal; empty for those that have none: everyone, accounts, services.
func (c *call) principalID(p policy.Principal) (id string, ok bool) {
	switch {
	case p.Text == "*":
		return "", true
	case p.Type == "Service":
		return "", strings.HasSuffix(p.Text, ".amazonaws.com") || strings.HasSuffix(p.Text, ".amazonaws.com.cn")
	case p.Type != "AWS":
		return "", p.Type == "Federated" // unknown whether KMS refuses it; it matches nobody here
	case isAccountID(p.Text):
		return "", true
	}
	a, isARN := arn.Parse(p.Text)
	if !isARN {
		_, ok := c.Directory.ARNOf(p.Text)
		return p.Text, ok
	}
	if a.Service == "iam" && a.Resource == "root" {
		return "", isAccountID(a.Account)
	}
	return c.Directory.Lookup(a)
}

func isAccountID(s string) bool { return len(s) == 12 && strings.Trim(s, "0123456789") == "" }

// couldPutPolicy is the lock-out check: would the key's policy let the caller call PutKeyPolicy again? A delegation
// to the caller's account is enough, whatever its IAM policies say; whether AWS looks at those is not known.
func (c *call) couldPutPolicy(key *Key) bool {
	again, put := *c, *key
	again.op = &operation{name: "PutKeyPolicy", conditions: bypassCondition}
	put.conditions = put.ownConditions(c.quotas.AliasesPerKey) // a key to be has none yet
	key = &put
	k := check{action: "PutKeyPolicy", key: &target{key: key}}
	x := authz.Decide(&authz.Request{
		Principal: c.Caller, Action: "kms:PutKeyPolicy", Resource: key.ARN, Owner: key.Account,
		Context: again.context(k), KeyPolicy: key.Policy, Bound: key.bound,
	})
	for _, layer := range x.Layers {
		if layer.Type == authz.KeyPolicy {
			return layer.Verdict == authz.Allowed || layer.Verdict == authz.Delegates
		}
	}
	return false
}

func putKeyPolicy(c *call) (any, *Error) {
	if err := checkPolicyName(c); err != nil {
		return nil, err
	}
	key := *c.keys[0].key
	before := keyPolicy{key.Policy, key.bound}
	if err := c.setPolicy(&key, c.str("Policy")); err != nil {
		return nil, err
	}
	key.past.policies = key.past.policies.with(before, keyPolicy{key.Policy, key.bound}, c.Now, c.visibleAt(&key, "policy", policyLag))
	c.put(key)
	return nil, nil
}

func checkPolicyName(c *call) *Error {
	if or(c.str("PolicyName"), policyName) != policyName {
		return errorf(notFound, "No such policy exists")
	}
	return nil
}

func getKeyPolicy(c *call) (any, *Error) {
	if err := checkPolicyName(c); err != nil {
		return nil, err
	}
	return struct{ Policy, PolicyName string }{shownPolicy(c.keys[0].key, c.Directory), policyName}, nil
}

// shownPolicy is the policy text in which principals that are gone show as their unique ids.
func shownPolicy(key *Key, directory *iam.Directory) string {
	text := key.PolicyText
	document := key.Policy.Document
	for i := len(document.Statements) - 1; i >= 0; i-- { // from the end, so that the places before stay right
		s := &document.Statements[i]
		for _, p := range slices.Backward(slices.Concat(s.Principals, s.NotPrincipals)) {
			id := key.bound[p.Text]
			if _, exists := directory.ARNOf(id); id == "" || exists {
				continue
			}
			text = text[:p.Span.Start] + `"` + id + `"` + text[p.Span.End:]
		}
	}
	return text
}

func listKeyPolicies(c *call) (any, *Error) {
	page, err := paginate(c, []string{policyName}, func(name string) string { return name })
	if err != nil {
		return nil, err
	}
	return struct {
		PolicyNames []string
		pageOutput
	}{page.items, page.pageOutput}, nil
}
