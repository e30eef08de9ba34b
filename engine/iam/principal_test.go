package iam

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/arn"
)

const allowAll = `{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}`

// world is an account with a user in a group, a role and a federated user, each with policies.
var world = []step{
	request("iam:CreatePolicy", `{"PolicyName": "Keys", "PolicyDocument": "`+allowAll+`"}`),
	request("iam:CreateUser", `{"UserName": "alice", "Path": "/dev/", "Tags": [{"Key": "team", "Value": "blue"}]}`),
	request("iam:PutUserPolicy", `{"UserName": "alice", "PolicyName": "own", "PolicyDocument": "`+allowAll+`"}`),
	request("iam:AttachUserPolicy", `{"UserName": "alice", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}`),
	request("iam:CreateGroup", `{"GroupName": "devs"}`),
	request("iam:PutGroupPolicy", `{"GroupName": "devs", "PolicyName": "shared", "PolicyDocument": "`+allowAll+`"}`),
	request("iam:AttachGroupPolicy", `{"GroupName": "devs", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}`),
	request("iam:AddUserToGroup", `{"GroupName": "devs", "UserName": "alice"}`),
	request("iam:PutUserPermissionsBoundary", `{"UserName": "alice", "PermissionsBoundary": "arn:aws:iam::aws:policy/PowerUserAccess"}`),
	request("iam:CreateRole", `{"RoleName": "app", "Path": "/svc/", "Tags": [{"Key": "Team", "Value": "red"}, {"Key": "cost", "Value": "1"}], "AssumeRolePolicyDocument":
		"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:user/dev/alice\"},\"Action\":\"sts:*\"}}"}`),
	request("iam:AttachRolePolicy", `{"RoleName": "app", "PolicyArn": "arn:aws:iam::111122223333:policy/Keys"}`),
	{As: "alice", Call: "sts:AssumeRole", Input: json.RawMessage(`{"RoleArn": "arn:aws:iam::111122223333:role/svc/app", "RoleSessionName": "tagged",
		"Policy": "` + allowAll + `", "PolicyArns": [{"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}], "SourceIdentity": "alice",
		"Tags": [{"Key": "team", "Value": "green"}], "TransitiveTagKeys": ["team"]}`)},
	{As: "alice", Call: "sts:GetFederationToken", Input: json.RawMessage(`{"Name": "Bob", "Tags": [{"Key": "team", "Value": "white"}]}`)},
}

func request(name, input string) step { return step{Call: name, Input: json.RawMessage(input)} }

func newWorld(t *testing.T) *Directory {
	t.Helper()
	d := NewDirectory(fakeEntropy{})
	for _, s := range world {
		d.must(t, s)
	}
	return d
}

func (d *Directory) must(t *testing.T, s step) gjson.Result {
	t.Helper()
	out, err := d.perform(t, s, start)
	if err != nil {
		t.Fatalf("%s %s: %v", s.Call, s.Input, err)
	}
	return gjson.Parse(out)
}

// summary is a principal in one line per part.
func summary(p *Principal) string {
	lines := []string{string(p.Kind) + " " + p.Name + " " + p.ARN.String() + " of " + p.Issuer.String(), "id " + p.ID}
	for _, t := range p.Tags {
		lines = append(lines, "tag "+t.Key+"="+t.Value)
	}
	for _, i := range p.Identity {
		lines = append(lines, "identity "+i.ID)
	}
	if p.Boundary != nil {
		lines = append(lines, "boundary "+p.Boundary.ID)
	}
	if p.HasSessionPolicy {
		lines = append(lines, "session policy")
	}
	for _, s := range p.Session {
		lines = append(lines, "session "+s.Name)
	}
	if p.FederatingUser.IsValid() {
		lines = append(lines, "federated by "+p.FederatingUser.String())
	}
	if p.SourceIdentity != "" {
		lines = append(lines, "source identity "+p.SourceIdentity)
	}
	return strings.Join(lines, "\n")
}

func TestPrincipal(t *testing.T) {
	const alice = `User alice arn:aws:iam::111122223333:user/dev/alice of arn:aws:iam::111122223333:user/dev/alice
id AIDA…
tag team=blue
identity 111122223333/user/alice/inline/own
identity arn:aws:iam::aws:policy/ReadOnlyAccess
identity 111122223333/group/devs/inline/shared
boundary arn:aws:iam::aws:policy/PowerUserAccess`
	const app = `AssumedRole app arn:aws:sts::111122223333:assumed-role/app/%s of arn:aws:iam::111122223333:role/svc/app
id AROA…:%s
tag Team=red
tag cost=1
identity arn:aws:iam::111122223333:policy/Keys`
	session := func(name string) string { return strings.ReplaceAll(app, "%s", name) }
	const there = "account 111122223333 has root, user/alice, role/app"
	for _, test := range []struct{ ref, want string }{
		{"alice", alice}, {"ALICE", alice}, {"user/alice", alice}, {"user/dev/alice", alice}, {"111122223333:user/alice", alice},
		{"arn:aws:iam::111122223333:user/dev/alice", alice},
		{"app", session("playground")}, {"role/app", session("playground")}, {"role/App/s1", session("s1")},
		{"arn:aws:iam::111122223333:role/svc/app", session("playground")},
		{"arn:aws:sts::111122223333:assumed-role/app/s1", session("s1")},
		{"role/app/tagged", strings.Replace(strings.Replace(session("tagged"), "tag Team=red\ntag cost=1", "tag cost=1\ntag team=green", 1),
			"policy/Keys", "policy/Keys\nsession policy\nsession session policy\nsession ReadOnlyAccess\nsource identity alice", 1)},
		{"arn:aws:sts::111122223333:federated-user/Bob", `FederatedUser Bob arn:aws:sts::111122223333:federated-user/Bob of arn:aws:sts::111122223333:federated-user/Bob
id 111122223333:Bob
tag team=white
identity 111122223333/user/alice/inline/own
identity arn:aws:iam::aws:policy/ReadOnlyAccess
identity 111122223333/group/devs/inline/shared
boundary arn:aws:iam::aws:policy/PowerUserAccess
session policy
federated by arn:aws:iam::111122223333:user/dev/alice`},
		{"root", "Root root arn:aws:iam::111122223333:root of arn:aws:iam::111122223333:root\nid 111122223333"},
		{"444455556666:root", "Root root arn:aws:iam::444455556666:root of arn:aws:iam::444455556666:root\nid 444455556666"},
		{"arn:aws:iam::444455556666:root", "Root root arn:aws:iam::444455556666:root of arn:aws:iam::444455556666:root\nid 444455556666"},
		{"ec2.amazonaws.com", "Service ec2.amazonaws.com ::::: of :::::\nid ec2.amazonaws.com"},

		{"bob", `error: no principal "bob" in account 111122223333: ` + there},
		{"role/app/", `error: no principal "role/app/" in account 111122223333: ` + there},
		{"group/devs", `error: no principal "group/devs" in account 111122223333: ` + there},
		{"federated-user/Eve", `error: no principal "federated-user/Eve" in account 111122223333: ` + there},
		{"777788889999:user/alice", `error: no principal "user/alice" in account 777788889999: account 777788889999 has root`},
		{"arn:aws:iam::111122223333:user/alice", `error: no principal arn:aws:iam::111122223333:user/alice: ` + there},
		{"arn:aws:iam::111122223333:user/dev/Alice", `error: no principal arn:aws:iam::111122223333:user/dev/Alice: ` + there},
		{"arn:aws:iam::111122223333:group/devs", `error: "arn:aws:iam::111122223333:group/devs" is not the ARN of a principal`},
		{"arn:aws:s3:::bucket", `error: "arn:aws:s3:::bucket" is not the ARN of a principal`},
	} {
		checkPrincipal(t, newWorld(t), test.ref, test.want)
	}
}

func checkPrincipal(t *testing.T, d *Directory, ref, want string) {
	t.Helper()
	p, err := d.Principal(ref, home)
	got := ""
	if err != nil {
		got = "error: " + err.Error()
	} else {
		got = summary(p)
	}
	if p != nil && p.Kind == Service {
		want = strings.ReplaceAll(want, ":::::", p.ARN.String())
	}
	for _, prefix := range []string{"AIDA", "AROA"} {
		if i := strings.Index(got, "id "+prefix); i >= 0 {
			got = got[:i+7] + "…" + got[i+3+21:]
		}
	}
	if got != want {
		t.Errorf("Principal(%q):\n got %s\nwant %s", ref, got, want)
	}
}

func TestAccountsComeIntoBeing(t *testing.T) {
	d := newWorld(t)
	if _, err := d.Principal("444455556666:root", home); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(d.Accounts(), " "); got != "111122223333 444455556666" {
		t.Errorf("accounts %s", got)
	}
}

func TestTransitiveTagsAndSourceIdentityPassOn(t *testing.T) {
	d := newWorld(t)
	d.must(t, step{As: "role/app/tagged", Call: "sts:AssumeRole", Input: json.RawMessage(
		`{"RoleArn": "arn:aws:iam::111122223333:role/svc/app", "RoleSessionName": "chained"}`)})
	p, _ := d.Principal("role/app/chained", home)
	if got := summary(p); !strings.Contains(got, "tag team=green") || !strings.HasSuffix(got, "source identity alice") {
		t.Errorf("chained session: %s", got)
	}
	_, err := d.perform(t, step{As: "role/app/tagged", Call: "sts:AssumeRole", Input: json.RawMessage(
		`{"RoleArn": "arn:aws:iam::111122223333:role/svc/app", "RoleSessionName": "c2", "Tags": [{"Key": "TEAM", "Value": "x"}]}`)}, start)
	want := "InvalidParameterValue: One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session."
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestRecreatedPrincipalIsAnother(t *testing.T) {
	d := newWorld(t)
	ref := func(s string) arn.ARN {
		a, ok := arn.Parse(s)
		if !ok {
			t.Fatal(s)
		}
		return a
	}
	role, session := ref("arn:aws:iam::111122223333:role/svc/app"), ref("arn:aws:sts::111122223333:assumed-role/app/never-issued")
	before, _ := d.Lookup(role)
	if id, ok := d.Lookup(session); !ok || id != before+":never-issued" {
		t.Errorf("session has id %q", id)
	}
	key := d.latest(ref("arn:aws:sts::111122223333:assumed-role/app/tagged"))
	d.must(t, request("iam:DetachRolePolicy", `{"RoleName": "app", "PolicyArn": "arn:aws:iam::111122223333:policy/Keys"}`))
	d.must(t, request("iam:DeleteRole", `{"RoleName": "app"}`))
	if id, ok := d.Lookup(role); ok {
		t.Errorf("deleted role is still %s", id)
	}
	if name, ok := d.ARNOf(before); ok {
		t.Errorf("deleted role is still %s", name)
	}
	d.must(t, request("iam:CreateRole", `{"RoleName": "app", "Path": "/svc/", "AssumeRolePolicyDocument":
		"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}"}`))
	after, ok := d.Lookup(role)
	if !ok || after == before || len(after) != 21 {
		t.Errorf("recreated role has id %q, before %q", after, before)
	}
	if name, _ := d.ARNOf(after + ":s"); name != "arn:aws:sts::111122223333:assumed-role/app/s" {
		t.Errorf("ARNOf gives %q", name)
	}
	if _, ok := d.ARNOf(before); ok {
		t.Error("the old id lives again")
	}
	if _, err := d.Authenticate(key.accessKeyID, key.secret, key.token, start); err == nil {
		t.Error("credentials of the deleted role still work")
	}
}

func TestTrustPolicyFollowsItsPrincipals(t *testing.T) {
	d := newWorld(t)
	id, _ := d.Principal("alice", home)
	shows := func(principal string) {
		t.Helper()
		got := d.must(t, request("iam:GetRole", `{"RoleName": "app"}`)).Get("Role.AssumeRolePolicyDocument").String()
		if want := `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"` + principal + `"},"Action":"sts:*"}}`; got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	}
	d.must(t, request("iam:UpdateUser", `{"UserName": "alice", "NewUserName": "eve"}`))
	shows("arn:aws:iam::111122223333:user/dev/eve")
	d.must(t, request("iam:UpdateUser", `{"UserName": "eve", "NewUserName": "alice"}`))
	shows("arn:aws:iam::111122223333:user/dev/alice")
	for _, s := range []step{
		request("iam:DeleteUserPolicy", `{"UserName": "alice", "PolicyName": "own"}`),
		request("iam:DetachUserPolicy", `{"UserName": "alice", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}`),
		request("iam:RemoveUserFromGroup", `{"UserName": "alice", "GroupName": "devs"}`),
		request("iam:DeleteUser", `{"UserName": "alice"}`),
		request("iam:CreateUser", `{"UserName": "alice", "Path": "/dev/"}`),
	} {
		d.must(t, s)
	}
	shows(id.ID)
}

func TestCloneIsIsolated(t *testing.T) {
	d := newWorld(t)
	show := func(d *Directory) string {
		text, err := json.Marshal([]any{d.Accounts(), d.Users(home), d.Groups(home), d.Roles(home), d.Policies(home), d.Sessions(home)})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	before := show(d)
	c := d.Clone()
	if show(c) != before {
		t.Fatal("the clone differs")
	}
	for _, s := range []step{
		request("iam:PutUserPolicy", `{"UserName": "alice", "PolicyName": "own", "PolicyDocument": "{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"kms:*\",\"Resource\":\"*\"}}"}`),
		request("iam:TagUser", `{"UserName": "alice", "Tags": [{"Key": "x", "Value": "y"}]}`),
		request("iam:DetachRolePolicy", `{"RoleName": "app", "PolicyArn": "arn:aws:iam::111122223333:policy/Keys"}`),
		request("iam:CreatePolicyVersion", `{"PolicyArn": "arn:aws:iam::111122223333:policy/Keys", "SetAsDefault": true, "PolicyDocument": "`+allowAll+`"}`),
		request("iam:RemoveUserFromGroup", `{"UserName": "alice", "GroupName": "devs"}`),
		request("iam:CreateUser", `{"UserName": "eve"}`),
		request("iam:DeleteRole", `{"RoleName": "app"}`),
		{As: "444455556666:root", Call: "iam:CreateAccessKey", Input: json.RawMessage(`{"UserName": "none"}`), Error: "x"},
	} {
		if _, err := c.perform(t, s, start.Add(time.Hour)); (err != nil) != (s.Error != "") {
			t.Fatal(s.Call, err)
		}
	}
	if show(d) != before {
		t.Errorf("the original changed:\n got %s\nwant %s", show(d), before)
	}
	if show(c) == before {
		t.Error("the clone did not change")
	}
}

// A call that fails leaves no trace: what is made after it has the same ids.
func TestFailedCallsChangeNoIDs(t *testing.T) {
	plain := newWorld(t)
	d := NewDirectory(fakeEntropy{})
	for _, s := range world {
		for _, bad := range []step{
			request("iam:CreateUser", `{"UserName": "bad name"}`),
			request("iam:CreateUser", `{"UserName": "x", "PermissionsBoundary": "arn:aws:iam::aws:policy/None"}`),
			request("iam:CreateRole", `{"RoleName": "x", "AssumeRolePolicyDocument": "{}"}`),
			request("iam:CreateAccessKey", `{"UserName": "nobody"}`),
			request("iam:CreatePolicy", `{"PolicyName": "x", "PolicyDocument": "{}"}`),
		} {
			if _, err := d.perform(t, bad, start); err == nil {
				t.Fatalf("%s %s succeeded", bad.Call, bad.Input)
			}
		}
		d.must(t, s)
	}
	for _, ref := range []string{"alice", "role/app/tagged", "arn:aws:sts::111122223333:federated-user/Bob"} {
		a, _ := plain.Principal(ref, home)
		b, _ := d.Principal(ref, home)
		if a.ID != b.ID || a.AccessKeyID != b.AccessKeyID {
			t.Errorf("%s: %s %s, then %s %s", ref, a.ID, a.AccessKeyID, b.ID, b.AccessKeyID)
		}
	}
}

func TestAuthenticate(t *testing.T) {
	d := newWorld(t)
	key := d.must(t, request("iam:CreateAccessKey", `{"UserName": "alice"}`)).Get("AccessKey")
	id, secret := key.Get("AccessKeyId").String(), key.Get("SecretAccessKey").String()
	if len(id) != 20 || len(secret) != 40 {
		t.Errorf("access key %q, secret %q", id, secret)
	}
	temporary := d.must(t, step{As: "alice", Call: "sts:AssumeRole", Input: json.RawMessage(
		`{"RoleArn": "arn:aws:iam::111122223333:role/svc/app", "RoleSessionName": "work", "SerialNumber": "arn:aws:iam::111122223333:mfa/a", "TokenCode": "123456"}`)}).Get("Credentials")
	tid, tsecret, token := temporary.Get("AccessKeyId").String(), temporary.Get("SecretAccessKey").String(), temporary.Get("SessionToken").String()
	const unknown = "UnrecognizedClientException: The security token included in the request is invalid."
	check := func(id, secret, token string, later time.Duration, want string) {
		t.Helper()
		p, err := d.Authenticate(id, secret, token, start.Add(later))
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = p.ARN.String()
		}
		if got != want {
			t.Errorf("Authenticate(%s, %v): got %s, want %s", id, later, got, want)
		}
	}
	check(id, secret, "", 0, "arn:aws:iam::111122223333:user/dev/alice")
	check(id, secret, "token", 0, unknown)
	check("AKIAIOSFODNN7EXAMPLE", secret, "", 0, unknown)
	check(id, "wrong", "", 0, "InvalidSignatureException: The request signature we calculated does not match the signature you provided. "+
		"Check your AWS Secret Access Key and signing method. Consult the service documentation for details.")
	check(tid, tsecret, token, 59*time.Minute, "arn:aws:sts::111122223333:assumed-role/app/work")
	check(tid, tsecret, "", 0, unknown)
	check(tid, tsecret, token, time.Hour, "ExpiredTokenException: The security token included in the request is expired")
	p, _ := d.Authenticate(tid, tsecret, token, start)
	if !p.MFA || !p.IssuedAt.Equal(start) || p.AccessKeyID != tid || p.SessionName != "work" {
		t.Errorf("session is %+v", p)
	}
	d.must(t, request("iam:UpdateAccessKey", `{"UserName": "alice", "AccessKeyId": "`+id+`", "Status": "Inactive"}`))
	check(id, secret, "", 0, unknown)
	d.must(t, request("iam:UpdateAccessKey", `{"UserName": "alice", "AccessKeyId": "`+id+`", "Status": "Active"}`))
	check(id, secret, "", 0, "arn:aws:iam::111122223333:user/dev/alice")
	d.must(t, request("iam:DeleteAccessKey", `{"UserName": "alice", "AccessKeyId": "`+id+`"}`))
	check(id, secret, "", 0, unknown)
}
