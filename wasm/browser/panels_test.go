package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kmsplayground/engine"
)

func TestDetail(t *testing.T) {
	d, state := opened(t, world)
	key := state.Keys[0].ARN
	got := ask(t, d, Request{Id: 2, Type: Detail, Key: key}).Detail
	if got.Origin != "AWS_KMS" || !slices.Equal(got.Algorithms, []string{"SYMMETRIC_DEFAULT"}) || len(got.Materials) != 1 ||
		got.Materials[0].KeyMaterialState != "CURRENT" || got.Materials[0].KeyMaterialId != got.CurrentMaterialId || got.RotationEnabled {
		t.Errorf("the key is %+v", got)
	}
	ask(t, d, Request{Id: 3, Type: Command, As: "111122223333:root", Command: "aws kms enable-key-rotation --rotation-period-in-days 90 --key-id " + key +
		"\naws kms rotate-key-on-demand --key-id " + key + "\nsleep 5m"})
	got = ask(t, d, Request{Id: 4, Type: Detail, Key: key}).Detail
	if !got.RotationEnabled || got.RotationPeriod != 90 || got.NextRotation == "" || len(got.Materials) != 2 ||
		got.Materials[1].RotationType != "ON_DEMAND" || got.Materials[1].RotationDate == "" {
		t.Errorf("the rotated key is %+v", got)
	}
	if got := send(t, d, Request{Id: 5, Type: Detail, Key: "x"}).Failure; got != `there is no key "x"` {
		t.Error(got)
	}
}

func TestForeseeAndEffects(t *testing.T) {
	d, state := opened(t, world)
	key := state.Keys[0]
	retire := engine.Call{Service: "kms", Operation: "RetireGrant", Input: []byte(`{"KeyId":"` + key.ARN + `","GrantId":"` + key.Grants[0].GrantId + `"}`)}
	as := func(who string) engine.Call {
		c := retire
		c.As = who
		return c
	}
	got := ask(t, d, Request{Id: 2, Type: Foresee, Calls: []engine.Call{as("111122223333:root"), as("bob")}}).Foreseen.Calls
	if len(got) != 2 || got[0].Decision != allowed || got[0].Code != "" || got[0].Reason == "" {
		t.Errorf("root is told %+v", got)
	}
	if len(got[1].Who) == 0 || !slices.Contains(got[1].Who, "root of 111122223333") {
		t.Errorf("bob is told %+v", got[1])
	}
	move := engine.Call{As: "111122223333:root", Service: "kms", Operation: "DeleteAlias", Input: []byte(`{"AliasName":"alias/app"}`)}
	e := ask(t, d, Request{Id: 3, Type: Effects, Calls: []engine.Call{move}}).Effects
	if e.Code != "" || !slices.Equal(e.Gone, []string{"alias/app"}) {
		t.Errorf("without its alias: %+v", e)
	}
	if now := ask(t, d, Request{Id: 4, Type: Share}); now.Text == "" || len(d.session.Calls()) != len(state.Requests) {
		t.Error("a question became part of the session")
	}
}

func TestOrganizationViews(t *testing.T) {
	_, state := opened(t, "---\naccount: 111122223333\n---\n```sh as=\"111122223333:root\"\n"+`aws organizations create-organization --feature-set ALL
root=$(aws organizations list-roots --query 'Roots[0].Id' --output text)
aws organizations enable-policy-type --root-id $root --policy-type SERVICE_CONTROL_POLICY
unit=$(aws organizations create-organizational-unit --parent-id $root --name Production --query OrganizationalUnit.Id --output text)
aws organizations create-account --email a@example.com --account-name data
account=$(aws organizations list-accounts --query 'Accounts[1].Id' --output text)
aws organizations move-account --account-id $account --source-parent-id $root --destination-parent-id $unit`+"\n```\n")
	if len(state.Organizations) != 1 {
		t.Fatalf("there are the organizations %v", state.Organizations)
	}
	o := state.Organizations[0]
	names := []string{}
	for _, n := range o.Nodes {
		policies := []string{}
		for _, p := range n.Policies {
			policies = append(policies, p.Name)
		}
		names = append(names, fmt.Sprintf("%s %s %v", n.Type, n.Name, policies))
	}
	want := []string{"ROOT Root [FullAWSAccess]", "ORGANIZATIONAL_UNIT Production [FullAWSAccess]", "ACCOUNT data [FullAWSAccess]", "ACCOUNT account-111122223333 [FullAWSAccess]"}
	if o.Management != "111122223333" || !slices.Equal(o.Enabled, []string{"SERVICE_CONTROL_POLICY"}) || !slices.Equal(names, want) {
		t.Errorf("the organization is %s", strings.Join(names, "; "))
	}
}
