package iam

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"
)

// checkRemembered holds every principal that a directory remembers against one that is assembled anew, by a copy that
// remembers nothing. All tests that make calls check it before and after each.
func checkRemembered(t *testing.T, d *Directory, call string, now time.Time) {
	t.Helper()
	fresh := d.Clone()
	for id, c := range d.credentials {
		got, gotErr := d.Authenticate(id, c.secret, c.token, now)
		want, wantErr := fresh.Authenticate(id, c.secret, c.token, now)
		if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(gotErr, wantErr) {
			t.Fatalf("%s: %s is %+v %v, and would be %+v %v", call, id, got, gotErr, want, wantErr)
		}
	}
}

// TestRemembered holds that whatever changes who a caller is changes what is remembered.
func TestRemembered(t *testing.T) {
	d := newWorld(t)
	who := func() string {
		all := ""
		for _, id := range slices.Sorted(maps.Keys(d.credentials)) {
			c := d.credentials[id]
			if p, err := d.Authenticate(id, c.secret, c.token, start); err != nil {
				all += err.Message + "\n"
			} else {
				all += summary(p) + "\n"
				for _, i := range p.Identity {
					all += i.Document.Text.String() + "\n"
				}
			}
		}
		return all
	}
	key := d.must(t, request("iam:CreateAccessKey", `{"UserName": "alice"}`)).Get("AccessKey.AccessKeyId").Str
	const denyAll = `{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}`
	const keys = "arn:aws:iam::111122223333:policy/Keys"
	for _, s := range []step{
		request("iam:AttachUserPolicy", `{"UserName": "alice", "PolicyArn": "`+keys+`"}`),
		request("iam:DetachUserPolicy", `{"UserName": "alice", "PolicyArn": "`+keys+`"}`),
		request("iam:PutGroupPolicy", `{"GroupName": "devs", "PolicyName": "more", "PolicyDocument": "`+denyAll+`"}`),
		request("iam:RemoveUserFromGroup", `{"GroupName": "devs", "UserName": "alice"}`),
		request("iam:TagUser", `{"UserName": "alice", "Tags": [{"Key": "floor", "Value": "3"}]}`),
		request("iam:DeleteUserPermissionsBoundary", `{"UserName": "alice"}`),
		request("iam:PutUserPolicy", `{"UserName": "alice", "PolicyName": "own", "PolicyDocument": "`+denyAll+`"}`),
		request("iam:CreatePolicyVersion", `{"PolicyArn": "`+keys+`", "PolicyDocument": "`+denyAll+`", "SetAsDefault": true}`),
		request("iam:SetDefaultPolicyVersion", `{"PolicyArn": "`+keys+`", "VersionId": "v1"}`),
		request("iam:UpdateAccessKey", `{"UserName": "alice", "AccessKeyId": "`+key+`", "Status": "Inactive"}`),
		request("iam:DeleteAccessKey", `{"UserName": "alice", "AccessKeyId": "`+key+`"}`),
		request("iam:DetachRolePolicy", `{"RoleName": "app", "PolicyArn": "`+keys+`"}`),
	} {
		before := who()
		d.must(t, s)
		if after := who(); after == before {
			t.Errorf("%s changes nothing:\n%s", s.Call, after)
		}
	}
}
