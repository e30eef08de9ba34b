package iam

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/catalog"
)

// describe is a target in one line: what is asked, how a denial names it, and the condition keys that IAM fills.
func describe(targets []Target) string {
	lines := []string{}
	for _, t := range targets {
		line := t.Action + " on " + t.Resource
		if t.Shown != t.Resource {
			line += " (" + t.Shown + ")"
		}
		line += " of " + t.Owner
		for _, v := range t.Context {
			line += "; " + v.Key + "=" + strings.Join(v.Values, ",")
		}
		if t.Trust != nil {
			line += "; trust " + t.Trust.ID
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestTargets(t *testing.T) {
	const a = "arn:aws:iam::111122223333:"
	const tags = `[{"Key": "x", "Value": "1"}, {"Key": "y", "Value": "2"}]`
	for _, test := range []struct{ as, call, input, want string }{
		{"root", "iam:CreateUser", `{"UserName": "bob", "Path": "/p/"}`, "iam:CreateUser on " + a + "user/p/bob of 111122223333"},
		{"root", "iam:CreateUser", `{"UserName": "bob", "PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess", "Tags": ` + tags + `}`,
			"iam:CreateUser on " + a + "user/bob of 111122223333; aws:RequestTag/x=1; aws:RequestTag/y=2; aws:TagKeys=x,y; iam:PermissionsBoundary=arn:aws:iam::aws:policy/ReadOnlyAccess\n" +
				"iam:TagUser on " + a + "user/bob of 111122223333; aws:RequestTag/x=1; aws:RequestTag/y=2; aws:TagKeys=x,y"},
		{"root", "iam:GetUser", `{"UserName": "Alice"}`, "iam:GetUser on " + a + "user/dev/alice (user Alice) of 111122223333; aws:ResourceTag/team=blue; iam:ResourceTag/team=blue"},
		{"alice", "iam:GetUser", `{}`, "iam:GetUser on " + a + "user/dev/alice (user alice) of 111122223333; aws:ResourceTag/team=blue; iam:ResourceTag/team=blue"},
		{"root", "iam:GetUser", `{"UserName": "nobody"}`, "iam:GetUser on " + a + "user/nobody (user nobody) of 111122223333"},
		{"root", "iam:ListUsers", `{}`, "iam:ListUsers on " + a + "user/ of 111122223333"},
		{"root", "iam:ListRoles", `{"PathPrefix": "/svc/"}`, "iam:ListRoles on " + a + "role/svc/ of 111122223333"},
		{"root", "iam:ListPolicies", `{}`, "iam:ListPolicies on * (policy path /) of "},
		{"root", "iam:AttachUserPolicy", `{"UserName": "alice", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}`,
			"iam:AttachUserPolicy on " + a + "user/dev/alice (user alice) of 111122223333; aws:ResourceTag/team=blue; iam:ResourceTag/team=blue" +
				"; iam:PermissionsBoundary=arn:aws:iam::aws:policy/PowerUserAccess; iam:PolicyARN=arn:aws:iam::aws:policy/ReadOnlyAccess"},
		{"root", "iam:PutUserPermissionsBoundary", `{"UserName": "alice", "PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess"}`,
			"iam:PutUserPermissionsBoundary on " + a + "user/dev/alice (user alice) of 111122223333; aws:ResourceTag/team=blue; iam:ResourceTag/team=blue" +
				"; iam:PermissionsBoundary=arn:aws:iam::aws:policy/ReadOnlyAccess"},
		{"root", "iam:UntagRole", `{"RoleName": "app", "TagKeys": ["cost"]}`,
			"iam:UntagRole on " + a + "role/svc/app (role app) of 111122223333; aws:ResourceTag/Team=red; iam:ResourceTag/Team=red; aws:ResourceTag/cost=1; iam:ResourceTag/cost=1; aws:TagKeys=cost"},
		{"root", "iam:AddUserToGroup", `{"GroupName": "devs", "UserName": "alice"}`, "iam:AddUserToGroup on " + a + "group/devs (group devs) of 111122223333"},
		{"root", "iam:UpdateUser", `{"UserName": "alice", "NewPath": "/"}`,
			"iam:UpdateUser on " + a + "user/dev/alice (user alice) of 111122223333; aws:ResourceTag/team=blue; iam:ResourceTag/team=blue\n" +
				"iam:UpdateUser on " + a + "user/alice of 111122223333"},
		{"root", "iam:CreatePolicy", `{"PolicyName": "p", "PolicyDocument": "{}"}`, "iam:CreatePolicy on " + a + "policy/p (policy p) of 111122223333"},
		{"root", "iam:GetPolicy", `{"PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}`,
			"iam:GetPolicy on arn:aws:iam::aws:policy/ReadOnlyAccess (policy arn:aws:iam::aws:policy/ReadOnlyAccess) of 111122223333"},
		{"alice", "sts:GetCallerIdentity", `{}`, ""},
		{"alice", "sts:GetSessionToken", `{}`, ""},
		{"alice", "sts:GetFederationToken", `{"Name": "Bob"}`, "sts:GetFederationToken on arn:aws:sts::111122223333:federated-user/Bob of 111122223333"},
		{"alice", "sts:AssumeRole", `{"RoleArn": "` + a + `role/svc/app", "RoleSessionName": "ss", "ExternalId": "e1", "Tags": [{"Key": "x", "Value": "1"}], "SourceIdentity": "al"}`,
			strings.ReplaceAll("sts:AssumeRole@\nsts:TagSession@\nsts:SetSourceIdentity@", "@", " on "+a+"role/svc/app of 111122223333; sts:RoleSessionName=ss"+
				"; aws:RequestTag/x=1; aws:TagKeys=x; sts:ExternalId=e1; sts:SourceIdentity=al; aws:ResourceTag/Team=red; iam:ResourceTag/Team=red"+
				"; aws:ResourceTag/cost=1; iam:ResourceTag/cost=1; trust 111122223333/role/app/trust")},
		{"444455556666:root", "sts:AssumeRole", `{"RoleArn": "` + a + `role/svc/app", "RoleSessionName": "ss"}`, "AccessDenied: Roles may not be assumed by root accounts."},
		{"lambda.amazonaws.com", "sts:AssumeRole", `{"RoleArn": "` + a + `role/svc/app", "RoleSessionName": "ss"}`,
			"sts:AssumeRole on " + a + "role/svc/app of 111122223333; sts:RoleSessionName=ss; aws:ResourceTag/Team=red; iam:ResourceTag/Team=red" +
				"; aws:ResourceTag/cost=1; iam:ResourceTag/cost=1; trust 111122223333/role/app/trust"},
	} {
		checkTargets(t, test.as, test.call, test.input, test.want)
	}
}

func checkTargets(t *testing.T, as, call, input, want string) {
	t.Helper()
	d := newWorld(t)
	caller, err := d.Principal(as, home)
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid([]byte(input)) {
		t.Fatal(input)
	}
	service, operation, _ := strings.Cut(call, ":")
	targets, e := d.Targets(service, Request{Caller: caller, Operation: operation, Input: gjson.Parse(input), Now: start})
	got := describe(targets)
	if e != nil {
		got = e.Error()
	}
	if got != want {
		t.Errorf("%s %s:\n got %s\nwant %s", call, input, got, want)
	}
}

// Every operation of the catalog can be performed, and none is performed that the catalog does not know.
func TestOperationsAreThoseOfTheCatalog(t *testing.T) {
	known := map[string]bool{}
	for _, op := range catalogOperations() {
		known[op] = true
		if _, ok := operations[op]; !ok {
			t.Errorf("%s is in the catalog only", op)
		}
	}
	for op := range operations {
		if !known[op] {
			t.Errorf("%s is not in the catalog", op)
		}
	}
}

func catalogOperations() []string {
	names := []string{}
	for _, op := range slices.Concat(catalog.IAM(), catalog.STS(), catalog.Organizations()) {
		names = append(names, op.Service+":"+op.Name)
	}
	return names
}
