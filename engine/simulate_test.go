package engine

import (
	"encoding/json"
	"testing"

	"github.com/tidwall/gjson"
)

// TestSimulationsAreAuthorized holds that the simulator is asked by permission, and that it goes by what is attached.
func TestSimulationsAreAuthorized(t *testing.T) {
	w, key := seed004(t)
	const denied = "User: arn:aws:iam::111122223333:user/kms-test-1 is not authorized to perform: iam:"
	for _, row := range []struct{ as, operation, input, want string }{
		{"kms-test-1", "SimulateCustomPolicy", `{"PolicyInputList":[],"ActionNames":["kms:Encrypt"]}`,
			denied + "SimulateCustomPolicy on resource: * because no identity-based policy allows the iam:SimulateCustomPolicy action"},
		{"kms-test-1", "SimulatePrincipalPolicy", `{"PolicySourceArn":"arn:aws:iam::111122223333:user/kms-test-2","ActionNames":["kms:Encrypt"]}`,
			denied + "SimulatePrincipalPolicy on resource: arn:aws:iam::111122223333:user/kms-test-2 because no identity-based policy allows the iam:SimulatePrincipalPolicy action"},
		{"kms-test-1", "GetContextKeysForPrincipalPolicy", `{"PolicySourceArn":"arn:aws:iam::111122223333:user/kms-test-2"}`,
			denied + "GetContextKeysForPrincipalPolicy on resource: arn:aws:iam::111122223333:user/kms-test-2 because no identity-based policy allows the iam:GetContextKeysForPrincipalPolicy action"},
		{"kms-test-2", "SimulatePrincipalPolicy", `{"PolicySourceArn":"arn:aws:iam::111122223333:user/nobody","ActionNames":["kms:Encrypt"]}`,
			"Unable to retrieve specified IAM entity."},
		{"kms-test-2", "SimulatePrincipalPolicy", `{"PolicySourceArn":"arn:aws:iam::111122223333:user/kms-test-2","ActionNames":["kms:Encrypt"],"ResourceArns":["` + key + `"]}`, "allowed"},
		{"kms-test-2", "SimulatePrincipalPolicy", `{"PolicySourceArn":"arn:aws:iam::111122223333:user/kms-test-1","ActionNames":["kms:Encrypt"],"ResourceArns":["` + key + `"]}`, "implicitDeny"},
	} {
		a := w.Call(Call{As: row.as, Service: "iam", Operation: row.operation, Input: json.RawMessage(row.input)})
		got := gjson.GetBytes(a.Output, "EvaluationResults.0.EvalDecision").String()
		if a.Error != nil {
			got = a.Error.Message
		}
		if got != row.want {
			t.Errorf("%s as %s:\n got %s\nwant %s", row.operation, row.as, got, row.want)
		}
	}
}

// TestSimulationOfAMember holds that the simulator asks the policies of the organization, and names the member's
// account as one of an organization even where nothing binds it.
func TestSimulationOfAMember(t *testing.T) {
	w := New(Options{})
	const root = "111122223333:root"
	must(t, w, root, "organizations", "CreateOrganization", `{}`)
	parent := gjson.GetBytes(must(t, w, root, "organizations", "ListRoots", `{}`).Output, "Roots.0.Id").String()
	must(t, w, root, "organizations", "EnablePolicyType", `{"RootId":"`+parent+`","PolicyType":"SERVICE_CONTROL_POLICY"}`)
	must(t, w, root, "organizations", "CreateAccount", `{"Email":"a@example.com","AccountName":"a"}`)
	member := gjson.GetBytes(must(t, w, root, "organizations", "ListAccounts", `{}`).Output, `Accounts.#(Name=="a").Id`).String()
	content, _ := json.Marshal(`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"kms:ScheduleKeyDeletion","Resource":"*"}]}`)
	scp := must(t, w, root, "organizations", "CreatePolicy", `{"Name":"keep","Description":"","Type":"SERVICE_CONTROL_POLICY","Content":`+string(content)+`}`)
	must(t, w, root, "organizations", "AttachPolicy", `{"PolicyId":"`+gjson.GetBytes(scp.Output, "Policy.PolicySummary.Id").String()+`","TargetId":"`+parent+`"}`)
	for _, row := range []struct{ account, decision, organization string }{
		{member, "explicitDeny", "false"},
		{"111122223333", "allowed", "true"},
	} {
		as := row.account + ":root"
		must(t, w, as, "iam", "CreateUser", `{"UserName":"u"}`)
		must(t, w, as, "iam", "AttachUserPolicy", `{"UserName":"u","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}`)
		out := must(t, w, as, "iam", "SimulatePrincipalPolicy", `{"PolicySourceArn":"arn:aws:iam::`+row.account+`:user/u","ActionNames":["kms:ScheduleKeyDeletion"]}`).Output
		r := gjson.GetBytes(out, "EvaluationResults.0")
		if got := r.Get("EvalDecision").String(); got != row.decision || r.Get("OrganizationsDecisionDetail.AllowedByOrganizations").Raw != row.organization {
			t.Errorf("%s: %s", row.account, r.Raw)
		}
	}
}
