package advise

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// document finds a policy that took part in a decision, nil when it is not there any more.
func document(w *engine.World, d denial, id string) *policy.Document {
	if key, ok := w.KMS().Key(id); ok {
		return key.Policy.Document
	}
	all := slices.Concat(d.caller.Identity, d.caller.Session)
	if d.caller.Boundary != nil {
		all = append(all, *d.caller.Boundary)
	}
	for _, account := range []string{d.caller.Account, d.owner()} {
		for _, p := range w.IAM().OrganizationPolicies(account) {
			all = append(all, p.Policy)
		}
		for _, r := range w.IAM().Roles(account) {
			all = append(all, r.AssumeRolePolicyDocument)
		}
	}
	for _, p := range all {
		if p.ID == id {
			return p.Document
		}
	}
	if account, endpoint, ok := strings.Cut(id, "/vpc-endpoint/"); ok {
		listed := w.Clone().Call(root(account, "ec2", "DescribeVpcEndpoints", map[string]any{"VpcEndpointIds": []string{endpoint}}))
		parsed, _ := policy.ParseAs(policy.VPCEndpointPolicy, gjson.GetBytes(listed.Output, "VpcEndpoints.0.PolicyDocument").Str)
		return parsed
	}
	return nil
}

// put are the calls that give a policy a new text, nil for one that cannot be changed.
func put(w *engine.World, id, text string) []engine.Call {
	if key, ok := w.KMS().Key(id); ok {
		return onKey(w, key.ARN, "PutKeyPolicy", map[string]any{"PolicyName": "default", "Policy": text})
	}
	if account, endpoint, ok := strings.Cut(id, "/vpc-endpoint/"); ok {
		return []engine.Call{root(account, "ec2", "ModifyVpcEndpoint", map[string]any{"VpcEndpointId": endpoint, "PolicyDocument": text})}
	}
	if a, ok := arn.Parse(id); ok && a.Service == "organizations" {
		return putControl(w, a, text)
	} else if ok && a.Account != "aws" {
		return newVersion(w, a.Account, id, text)
	}
	part := strings.SplitN(id, "/", 5)
	switch {
	case len(part) == 4 && part[3] == "trust":
		return []engine.Call{root(part[0], "iam", "UpdateAssumeRolePolicy", map[string]any{"RoleName": part[2], "PolicyDocument": text})}
	case len(part) == 5 && part[3] == "inline":
		kind := strings.ToUpper(part[1][:1]) + part[1][1:]
		return []engine.Call{root(part[0], "iam", "Put"+kind+"Policy", map[string]any{kind + "Name": part[2], "PolicyName": part[4], "PolicyDocument": text})}
	}
	return nil
}

// mostVersions is how many versions a managed policy can have.
const mostVersions = 5

// newVersion makes a version of a managed policy the default one, and room for it.
func newVersion(w *engine.World, account, id, text string) []engine.Call {
	calls := []engine.Call{}
	listed := w.Clone().Call(root(account, "iam", "ListPolicyVersions", map[string]any{"PolicyArn": id}))
	versions := gjson.GetBytes(listed.Output, "Versions").Array()
	for i := len(versions) - 1; i >= 0 && len(versions) >= mostVersions; i-- { // newest first
		if !versions[i].Get("IsDefaultVersion").Bool() {
			calls = append(calls, root(account, "iam", "DeletePolicyVersion", map[string]any{"PolicyArn": id, "VersionId": versions[i].Get("VersionId").Str}))
			break
		}
	}
	return append(calls, root(account, "iam", "CreatePolicyVersion", map[string]any{"PolicyArn": id, "PolicyDocument": text, "SetAsDefault": true}))
}

func putControl(w *engine.World, a arn.ARN, text string) []engine.Call {
	for _, p := range w.IAM().OrganizationPolicies(a.Account) {
		if p.ARN == a.String() && !p.AwsManaged {
			return []engine.Call{root(p.ManagementAccount, "organizations", "UpdatePolicy", map[string]any{"PolicyId": p.PolicyId, "Content": text})}
		}
	}
	return nil
}

// root is a call of an account's root user.
func root(account, service, operation string, values map[string]any) engine.Call {
	return engine.Call{As: account + ":root", Service: service, Operation: operation, Input: encode(values)}
}

// onKey is a call about a key by somebody who may make it: the root user of the key's account, else the first who is
// found; nil when nobody may.
func onKey(w *engine.World, key, operation string, values map[string]any) []engine.Call {
	a, _ := arn.Parse(key)
	name := "KeyId"
	if operation == "CreateAlias" {
		name = "TargetKeyId"
	}
	values[name] = key
	c := engine.Call{Service: "kms", Operation: operation, Input: encode(values)}
	if a.Region != w.Options().Region {
		c.Region = a.Region
	}
	may := whoMay(w, c)
	if len(may) == 0 {
		return nil
	}
	c.As = may[0].Ref
	for _, p := range may {
		if p.Principal.Kind == iam.Root && p.Principal.Account == a.Account {
			c.As = p.Ref
		}
	}
	return []engine.Call{c}
}

// whoMay are those who may make a call to KMS.
func whoMay(w *engine.World, c engine.Call) []Person {
	people := People(w)
	list := make([]*iam.Principal, len(people))
	for i, p := range people {
		list[i] = p.Principal
	}
	may := []Person{}
	for i, calls := range w.Asker().Answers([]engine.Call{c}, list) {
		if answers := calls[0]; len(answers) > 0 && !slices.ContainsFunc(answers, func(a authz.Decision) bool { return a != authz.Allow }) {
			may = append(may, people[i])
		}
	}
	return may
}
