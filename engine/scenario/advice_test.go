package scenario

import (
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/policy"
)

// TestStoriesRaiseNoAdvice holds the policy files of every document to the checks of package policy. What a policy does
// wrong on purpose, its fence says in advice="…", and nothing more.
func TestStoriesRaiseNoAdvice(t *testing.T) {
	policies := 0
	for _, path := range documents(t) {
		s := open(document(t, path))
		for i := range s.doc.Blocks {
			b := &s.doc.Blocks[i]
			if b.Kind != File || !gjson.Get(b.Text, "Statement").Exists() {
				if b.Advice != "" {
					t.Errorf("%s:%d: %q is no policy, so advice means nothing", path, s.line(i), b.Title)
				}
				continue
			}
			policies++
			checkAdvice(t, path, s, i)
		}
	}
	t.Logf("%d policy files", policies)
}

func checkAdvice(t *testing.T, path string, s *Session, block int) {
	t.Helper()
	b := &s.doc.Blocks[block]
	kind, o := s.use(b.Text)
	if kind == "" {
		t.Errorf("%s:%d: no call puts the policy %q", path, s.line(block), b.Title)
		return
	}
	_, diags := policy.ParseWith(kind, b.Text, o)
	told := strings.Fields(b.Advice)
	raised := []string{}
	for _, d := range diags {
		if raised = append(raised, d.Code); !slices.Contains(told, d.Code) {
			t.Errorf("%s:%d: %s, line %s (%s)", path, s.line(block), b.Title, d, d.Code)
		}
	}
	for _, code := range told {
		if !slices.Contains(raised, code) {
			t.Errorf("%s:%d: %s does not raise %q", path, s.line(block), b.Title, code)
		}
	}
}

// use is the kind of policy that the session puts a text as, and whose key or principals it is for.
func (s *Session) use(text string) (policy.Kind, policy.Options) {
	calls := s.Calls()
	for _, g := range s.Goals() {
		calls = append(calls, g.Calls...)
	}
	world := s.World().Options()
	for _, record := range calls {
		call := record.Call
		name := ""
		gjson.ParseBytes(call.Input).ForEach(func(k, v gjson.Result) bool {
			if v.String() == text || v.IsArray() && slices.ContainsFunc(v.Array(), func(r gjson.Result) bool { return r.String() == text }) {
				name = k.String()
			}
			return name == ""
		})
		if name == "" {
			continue
		}
		o := policy.Options{Account: world.Account, Region: world.Region}
		if call.Region != "" {
			o.Region = call.Region
		}
		if account, _, ok := strings.Cut(call.As, ":"); ok && len(account) == 12 {
			o.Account = account
		}
		return kindOf(call.Service, call.Operation, name, gjson.GetBytes(call.Input, "Type").String()), o
	}
	return "", policy.Options{}
}

// kindOf is the kind of policy that a parameter takes.
func kindOf(service, operation, parameter, policyType string) policy.Kind {
	switch {
	case service == "kms":
		return policy.KeyPolicy
	case parameter == "AssumeRolePolicyDocument", operation == "UpdateAssumeRolePolicy":
		return policy.TrustPolicy
	case service == "sts":
		return policy.SessionPolicy
	case service == "organizations" && policyType == "RESOURCE_CONTROL_POLICY":
		return policy.ResourceControlPolicy
	case service == "organizations":
		return policy.ServiceControlPolicy
	case service == "ec2":
		return policy.VPCEndpointPolicy
	case parameter == "ResourcePolicy":
		return policy.KeyPolicy
	}
	return policy.IdentityPolicy
}
