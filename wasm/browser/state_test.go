package browser

import (
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestState compares what the page shows of one of everything with a golden file.
func TestState(t *testing.T) {
	_, state := opened(t, world)
	state.Document, state.Lesson = "", nil // they repeat the document
	if state.Keys[0].Grants[0].Token == "" {
		t.Error("the grant's token is not shown")
	}
	state.Keys[0].Grants[0].Token = "" // its form is for package kms to hold
	got, err := json.MarshalIndent(state, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/state.json"
	if *update {
		if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(got)+"\n" != string(want) {
		t.Errorf("the state differs from %s; go test ./wasm/browser -update writes it anew. Got:\n%s", golden, got)
	}
}

// TestWhoIsThere states the parts of the same that a person picks from.
func TestWhoIsThere(t *testing.T) {
	_, state := opened(t, world)
	check := func(what string, got []string, want ...string) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\ngot  %q\nwant %q", what, got, want)
		}
	}
	var refs, labels, titles, goals, blocks []string
	for _, p := range state.Principals {
		refs, labels = append(refs, p.Ref), append(labels, p.Label)
	}
	for _, p := range state.Policies {
		titles = append(titles, p.Title)
	}
	for _, g := range state.Goals {
		goals = append(goals, g.Title)
		if !g.Holds {
			t.Errorf("%s: %s", g.Title, g.Detail)
		}
	}
	for _, b := range state.Lesson {
		blocks = append(blocks, b.Type)
		if b.Step != nil && !b.Step.Holds {
			t.Errorf("a step as %s does not hold: %s", b.Step.As, b.Step.Problem)
		}
	}
	check("references", refs, "ann", "bob", "role/app", "role/app/s1", "111122223333:root", "444455556666:user/eve", "444455556666:root")
	check("labels", labels, "ann", "bob", "role/app (session playground)", "role/app (session s1)", "root of 111122223333",
		"eve of 444455556666", "root of 444455556666")
	check("policies", titles, "Key policy alias/app", "ann: dev", "role app: trust policy", "limit (permissions boundary)",
		"AdministratorAccess (AWS managed)")
	check("managers", state.Keys[0].Managers, "ann", "bob", "111122223333:root")
	check("goals", goals, "Bob may describe the key")
	check("blocks", blocks, "prose", "file", "prose", "file", "prose", "step", "prose", "step", "prose", "step", "prose", "step",
		"prose", "step", "prose", "goal")
}

func TestOrganizationPolicies(t *testing.T) {
	d, _ := opened(t, "")
	reply := ask(t, d, Request{Id: 2, Type: Command, As: "111122223333:root", Command: `aws organizations create-organization --feature-set ALL > /dev/null
root=$(aws organizations list-roots --query 'Roots[0].Id' --output text)
aws organizations enable-policy-type --root-id $root --policy-type SERVICE_CONTROL_POLICY > /dev/null
aws organizations create-policy --name no-kms --description x --type SERVICE_CONTROL_POLICY --content '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"kms:*","Resource":"*"}]}' > /dev/null`})
	if !reply.Step.Holds {
		t.Fatal(reply.Step.Stderr)
	}
	var titles []string
	for _, p := range reply.State.Policies {
		if p.Kind == "service control policy" {
			titles = append(titles, p.Title)
			if p.ReadOnly != (p.Title == "FullAWSAccess (AWS managed)") {
				t.Errorf("%s: read-only %v", p.Title, p.ReadOnly)
			}
		}
	}
	if want := []string{"FullAWSAccess (AWS managed)", "no-kms (service control policy)"}; !reflect.DeepEqual(titles, want) {
		t.Errorf("got %q, want %q", titles, want)
	}
}

// TestEveryKindOfPolicy holds that whatever policy a world has can be opened in the editor, and edited where AWS has a
// call for that.
func TestEveryKindOfPolicy(t *testing.T) {
	d, _ := opened(t, "")
	reply := ask(t, d, Request{Id: 2, Type: Command, As: "111122223333:root", Command: `allow='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}'
trust='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}'
guard='{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"kms:Decrypt","Resource":"*"}]}'
{
aws kms create-key
aws iam create-policy --policy-name bound --policy-document "$allow"
aws iam create-policy --policy-name both --policy-document "$allow"
aws iam create-user --user-name u --permissions-boundary arn:aws:iam::111122223333:policy/bound
aws iam attach-user-policy --user-name u --policy-arn arn:aws:iam::111122223333:policy/both
aws iam put-user-policy --user-name u --policy-name own --policy-document "$allow"
aws iam create-group --group-name g
aws iam put-group-policy --group-name g --policy-name own --policy-document "$allow"
aws iam create-role --role-name r --assume-role-policy-document "$trust"
aws iam put-role-policy --role-name r --policy-name own --policy-document "$allow"
aws iam create-user --user-name v
aws iam put-user-policy --user-name v --policy-name sts --policy-document "${allow//kms:/sts:}"
aws ec2 create-vpc-endpoint --vpc-id vpc-1 --service-name com.amazonaws.us-east-1.kms
aws organizations create-organization --feature-set ALL
root=$(aws organizations list-roots --query 'Roots[0].Id' --output text)
for type in SERVICE_CONTROL_POLICY RESOURCE_CONTROL_POLICY; do aws organizations enable-policy-type --root-id $root --policy-type $type; done
aws organizations create-policy --name scp --description x --type SERVICE_CONTROL_POLICY --content "$allow"
aws organizations create-policy --name rcp --description x --type RESOURCE_CONTROL_POLICY --content "$guard"
} > /dev/null`})
	if reply.Step.Code != "" {
		t.Fatal(reply.Step.Stderr)
	}
	reply = ask(t, d, Request{Id: 3, Type: Command, As: "v", Command: `aws sts get-federation-token --name fed --policy '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}' > /dev/null`})
	if reply.Step.Code != "" {
		t.Fatal(reply.Step.Stderr)
	}
	var got []string
	for _, p := range reply.State.Policies {
		line := p.Kind
		if p.ReadOnly {
			line += ", read-only"
		} else if edited := ask(t, d, Request{Id: 4, Type: Edit, Policy: p.ID, As: "111122223333:root", Text: p.Text + " "}); !edited.Applied {
			t.Errorf("%s: %+v", p.Title, edited.Answer.Error)
		}
		if !slices.Contains(got, line) {
			got = append(got, line)
		}
	}
	want := []string{
		"key policy", "identity-based policy", "trust policy", "permissions boundary", "VPC endpoint policy", "service control policy, read-only",
		"resource control policy, read-only", "service control policy", "resource control policy", "session policy, read-only",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestWaitingForConsistency holds what the page shows of changes that authorization does not see yet: when a grant will
// be visible, and the key policy that was replaced and still decides, to be read beside the new one.
func TestWaitingForConsistency(t *testing.T) {
	_, state := opened(t, "---\nconsistency: eventual\n---\n```sh as=\"111122223333:root\"\n"+
		"aws iam create-user --user-name u\nkey=$(aws kms create-key --query KeyMetadata.Arn --output text)\n"+
		"aws kms create-grant --key-id $key --grantee-principal arn:aws:iam::111122223333:user/u --operations Encrypt\n"+
		"aws kms put-key-policy --key-id $key --policy '{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}}'\n```\n"+
		"```sh as=\"u\" expect=\"AccessDeniedException\"\naws kms encrypt --key-id $key --plaintext eA==\n```\n")
	key := state.Keys[0]
	if at := key.Grants[0].VisibleAt; at <= state.Now || at > "2026-01-01T09:05:00Z" {
		t.Errorf("the grant will be visible at %q", at)
	}
	var titles []string
	for _, p := range state.Policies {
		titles = append(titles, p.Title)
	}
	earlier := state.Policies[1]
	if len(titles) != 2 || !earlier.ReadOnly || earlier.ID != key.Policy+"#earlier" || !strings.HasPrefix(earlier.Title, state.Policies[0].Title+", in force until 09:0") {
		t.Errorf("the policies are %q", titles)
	}
	last := state.Requests[len(state.Requests)-1]
	if last.Decision != denied {
		t.Errorf("the last request was %+v", last)
	}
}
