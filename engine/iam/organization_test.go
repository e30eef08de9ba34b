package iam

import (
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/policy"
)

// organized is an organization of home with the member 444455556666 in the unit Prod of the unit Workloads; both types
// of policy are enabled.
func organized(t *testing.T) (d *Directory, unit string) {
	t.Helper()
	d = NewDirectory(fakeEntropy{})
	ask := func(as, call, input string) gjson.Result {
		s := request("organizations:"+call, input)
		s.As = as
		return d.must(t, s)
	}
	ask("", "CreateOrganization", `{}`)
	root := ask("", "ListRoots", `{}`).Get("Roots.0.Id").Str
	ask("", "EnablePolicyType", `{"RootId": "`+root+`", "PolicyType": "SERVICE_CONTROL_POLICY"}`)
	ask("", "EnablePolicyType", `{"RootId": "`+root+`", "PolicyType": "RESOURCE_CONTROL_POLICY"}`)
	above := ask("", "CreateOrganizationalUnit", `{"ParentId": "`+root+`", "Name": "Workloads"}`).Get("OrganizationalUnit.Id").Str
	unit = ask("", "CreateOrganizationalUnit", `{"ParentId": "`+above+`", "Name": "Prod"}`).Get("OrganizationalUnit.Id").Str
	h := ask("", "InviteAccountToOrganization", `{"Target": {"Id": "444455556666", "Type": "ACCOUNT"}}`).Get("Handshake.Id").Str
	ask("444455556666:root", "AcceptHandshake", `{"HandshakeId": "`+h+`"}`)
	ask("", "MoveAccount", `{"AccountId": "444455556666", "SourceParentId": "`+root+`", "DestinationParentId": "`+unit+`"}`)
	return d, unit
}

func TestOrganizationOf(t *testing.T) {
	d, unit := organized(t)
	root := d.organizations[d.nodes[home].organization].root
	above := d.nodes[unit].parent
	for account, want := range map[string]string{
		home: "/" + root + "/", "444455556666": "/" + root + "/" + above + "/" + unit + "/", "777788889999": "", "": "",
	} {
		o, ok := d.OrganizationOf(account)
		switch {
		case ok != (want != ""):
			t.Errorf("OrganizationOf(%q) says %v", account, ok)
		case ok && (len(o.Paths) != 1 || o.Paths[0] != o.ID+want || o.ManagementAccount != home || len(o.ID) != 12):
			t.Errorf("OrganizationOf(%q) is %+v, want %s", account, o, want)
		}
	}
	if _, ok := d.OrganizationOf(unit); ok {
		t.Error("a unit is no account")
	}
}

// levelsOf is the levels in one line: "Root: FullAWSAccess, keys; ou-…: FullAWSAccess".
func levelsOf(levels []PolicyLevel) string {
	lines := []string{}
	for _, l := range levels {
		names := []string{}
		for _, p := range l.Policies {
			names = append(names, p.Name)
		}
		lines = append(lines, l.Name+": "+strings.Join(names, ", "))
	}
	return strings.Join(lines, "; ")
}

func TestControlPolicies(t *testing.T) {
	d, unit := organized(t)
	d.must(t, request("organizations:CreatePolicy", `{"Name": "keys", "Description": "", "Type": "SERVICE_CONTROL_POLICY", "Content": "`+allowAll+`"}`))
	var keys *controlPolicy
	for _, p := range d.controls {
		keys = p
	}
	d.must(t, request("organizations:AttachPolicy", `{"PolicyId": "`+keys.id+`", "TargetId": "`+unit+`"}`))
	shown := []string{}
	for _, v := range d.OrganizationPolicies("444455556666") {
		targets := []string{}
		for _, at := range v.Targets {
			targets = append(targets, at.Name)
		}
		shown = append(shown, v.Name+" at "+strings.Join(targets, ", "))
	}
	const everywhere = " at Root, account-111122223333, Workloads, Prod, account-444455556666; "
	if got := strings.Join(shown, "; "); got != "FullAWSAccess"+everywhere+"RCPFullAWSAccess"+everywhere+"keys at Prod" {
		t.Errorf("OrganizationPolicies: %s", got)
	}
	check := func(k policy.Kind, account, want string, bound bool) {
		t.Helper()
		levels, got := d.ControlPolicies(k, account)
		if levelsOf(levels) != want || got != bound || levels == nil {
			t.Errorf("%s of %s: %q %v, want %q %v", k, account, levelsOf(levels), got, want, bound)
		}
	}
	above := d.nodes[unit].parent
	check(policy.ServiceControlPolicy, "444455556666",
		"Root: FullAWSAccess; "+above+": FullAWSAccess; "+unit+": FullAWSAccess, keys; 444455556666: FullAWSAccess", true)
	check(policy.ResourceControlPolicy, "444455556666",
		"Root: RCPFullAWSAccess; "+above+": RCPFullAWSAccess; "+unit+": RCPFullAWSAccess; 444455556666: RCPFullAWSAccess", true)
	check(policy.ServiceControlPolicy, home, "", false)
	check(policy.ServiceControlPolicy, "777788889999", "", false)
	levels, _ := d.ControlPolicies(policy.ServiceControlPolicy, "444455556666")
	o, _ := d.OrganizationOf(home)
	if p := levels[2].Policies[1]; p.ARN != "arn:aws:organizations::111122223333:policy/"+o.ID+"/service_control_policy/"+keys.id ||
		p.Kind != policy.ServiceControlPolicy || len(p.Document.Statements) != 1 {
		t.Errorf("the policy is %+v", p)
	}
	root := d.organizations[o.ID].root
	d.must(t, request("organizations:DisablePolicyType", `{"RootId": "`+root+`", "PolicyType": "SERVICE_CONTROL_POLICY"}`))
	check(policy.ServiceControlPolicy, "444455556666", "", false)
	if d.ControlPoliciesEnabled(policy.ServiceControlPolicy, home) || !d.ControlPoliciesEnabled(policy.ResourceControlPolicy, home) {
		t.Error("the enabled types are wrong")
	}
}

// TestControlPolicySizes holds the quotas at their edges; white space counts.
func TestControlPolicySizes(t *testing.T) {
	d, _ := organized(t)
	const rcp = `{"Statement":{"Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*"}}`
	const scp = `{"Statement":{"Effect":"Deny","Action":"kms:*","Resource":"*"}}`
	check := func(kind, text string, size int, want string) {
		t.Helper()
		text = strings.ReplaceAll(text+strings.Repeat(" ", size-len(text)), `"`, `\"`)
		_, err := d.perform(t, request("organizations:CreatePolicy", `{"Name": "`+want+kind+`", "Description": "", "Type": "`+kind+`", "Content": "`+text+`"}`), start)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s of %d characters: %s", kind, size, got)
		}
	}
	const over = "ConstraintViolationException: You have exceeded the maximum policy size."
	check("SERVICE_CONTROL_POLICY", scp, 10240, "")
	check("SERVICE_CONTROL_POLICY", scp, 10241, over)
	check("RESOURCE_CONTROL_POLICY", rcp, 5120, "")
	check("RESOURCE_CONTROL_POLICY", rcp, 5121, over)
}

// TestOrganizationClone holds that what happens to an organization in a clone stays there, and that ids come again.
func TestOrganizationClone(t *testing.T) {
	d, unit := organized(t)
	before, _ := d.OrganizationOf("444455556666")
	c := d.Clone()
	root := c.organizations[before.ID].root
	c.must(t, request("organizations:CreatePolicy", `{"Name": "keys", "Description": "", "Type": "SERVICE_CONTROL_POLICY", "Content": "`+allowAll+`"}`))
	c.must(t, request("organizations:MoveAccount", `{"AccountId": "444455556666", "SourceParentId": "`+unit+`", "DestinationParentId": "`+root+`"}`))
	c.must(t, request("organizations:DisablePolicyType", `{"RootId": "`+root+`", "PolicyType": "SERVICE_CONTROL_POLICY"}`))
	c.must(t, request("organizations:CreateAccount", `{"AccountName": "new", "Email": "new@example.com"}`))
	c.must(t, request("organizations:RemoveAccountFromOrganization", `{"AccountId": "444455556666"}`))
	if after, ok := d.OrganizationOf("444455556666"); !ok || after.Paths[0] != before.Paths[0] {
		t.Errorf("the account went from %+v to %+v", before, after)
	}
	if !d.ControlPoliciesEnabled(policy.ServiceControlPolicy, home) || len(d.controls) != 0 || len(d.requests) != 0 || len(d.Accounts()) != 2 {
		t.Error("the clone's changes show in the original")
	}
	again, _ := organized(t)
	if o, _ := again.OrganizationOf("444455556666"); o.Paths[0] != before.Paths[0] {
		t.Errorf("the same calls made %s, then %s", before.Paths[0], o.Paths[0])
	}
}

// TestOrganizationTargets holds which permissions the calls need: one on each resource, with the type of policy.
func TestOrganizationTargets(t *testing.T) {
	d, unit := organized(t)
	d.must(t, request("organizations:CreatePolicy", `{"Name": "keys", "Description": "", "Type": "SERVICE_CONTROL_POLICY", "Content": "`+allowAll+`"}`))
	o, _ := d.OrganizationOf(home)
	kept := strings.NewReplacer("$org", o.ID, "$root", d.organizations[o.ID].root, "$unit", unit, "$above", d.nodes[unit].parent,
		"$policy", d.controlsOf(d.organizations[o.ID], "")[0].id, "ARN:", "arn:aws:organizations::111122223333:")
	check := func(call, input, want string) {
		t.Helper()
		caller, _ := d.Principal("root", home)
		targets, err := d.Targets("organizations", Request{Caller: caller, Operation: call, Input: gjson.Parse(kept.Replace(input)), Now: start})
		if got := describe(targets); err != nil || got != kept.Replace(want) {
			t.Errorf("%s: %v\n got %s\nwant %s", call, err, got, kept.Replace(want))
		}
	}
	check("DescribeOrganization", `{}`, "organizations:DescribeOrganization on * of ")
	check("ListPolicies", `{"Filter": "RESOURCE_CONTROL_POLICY"}`, "organizations:ListPolicies on * of ; organizations:PolicyType=RESOURCE_CONTROL_POLICY")
	check("CreatePolicy", `{"Name": "n", "Description": "", "Type": "SERVICE_CONTROL_POLICY", "Content": "{}"}`,
		"organizations:CreatePolicy on * of ; organizations:PolicyType=SERVICE_CONTROL_POLICY")
	check("AttachPolicy", `{"PolicyId": "$policy", "TargetId": "$unit"}`,
		"organizations:AttachPolicy on ARN:policy/$org/service_control_policy/$policy of 111122223333; organizations:PolicyType=SERVICE_CONTROL_POLICY\n"+
			"organizations:AttachPolicy on ARN:ou/$org/$unit of 111122223333; organizations:PolicyType=SERVICE_CONTROL_POLICY")
	check("MoveAccount", `{"AccountId": "444455556666", "SourceParentId": "$unit", "DestinationParentId": "$root"}`,
		"organizations:MoveAccount on ARN:account/$org/444455556666 of 111122223333\norganizations:MoveAccount on ARN:ou/$org/$unit of 111122223333\n"+
			"organizations:MoveAccount on ARN:root/$org/$root of 111122223333")
	check("DescribePolicy", `{"PolicyId": "p-FullAWSAccess"}`,
		"organizations:DescribePolicy on arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess of 111122223333; organizations:PolicyType=SERVICE_CONTROL_POLICY")
	check("DescribeAccount", `{"AccountId": "777788889999"}`, "organizations:DescribeAccount on * of ")
}
