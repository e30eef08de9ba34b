package engine

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
)

const (
	management = "111122223333:root"
	memberRoot = "444455556666:root"
	memberUser = "444455556666:user/dev"
)

// places are the ids that the tests speak of by name: "$org", "$root", "$unit", "$key" (of the member), "$own" (of the
// management account), "$grant".
type places map[string]string

func (p places) in(text string) string {
	for name, id := range p {
		text = strings.ReplaceAll(text, "$"+name, id)
	}
	return text
}

// result makes a call that has to succeed and reads one member of its output.
func (p places) result(t *testing.T, w *World, as, call, input, member string) string {
	t.Helper()
	service, operation, _ := strings.Cut(call, ":")
	return gjson.GetBytes(must(t, w, as, service, operation, p.in(input)).Output, member).String()
}

// organized is an organization of 111122223333 with 444455556666 in a unit, and 777788889999 outside. Everybody may use
// the member's key as far as its key policy goes; everybody has AdministratorAccess.
func organized(t *testing.T) (*World, places) {
	t.Helper()
	w, p := New(Options{}), places{}
	p["org"] = p.result(t, w, management, "organizations:CreateOrganization", `{}`, "Organization.Id")
	p["root"] = p.result(t, w, management, "organizations:ListRoots", `{}`, "Roots.0.Id")
	p["unit"] = p.result(t, w, management, "organizations:CreateOrganizationalUnit", `{"ParentId":"$root","Name":"Workloads"}`, "OrganizationalUnit.Id")
	h := p.result(t, w, management, "organizations:InviteAccountToOrganization", `{"Target":{"Id":"444455556666","Type":"ACCOUNT"}}`, "Handshake.Id")
	must(t, w, memberRoot, "organizations", "AcceptHandshake", `{"HandshakeId":"`+h+`"}`)
	must(t, w, management, "organizations", "MoveAccount", p.in(`{"AccountId":"444455556666","SourceParentId":"$root","DestinationParentId":"$unit"}`))
	for _, kind := range []string{"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"} {
		must(t, w, management, "organizations", "EnablePolicyType", p.in(`{"RootId":"$root","PolicyType":"`+kind+`"}`))
	}
	for _, account := range []string{"111122223333", "444455556666", "777788889999"} {
		must(t, w, account+":root", "iam", "CreateUser", `{"UserName":"dev"}`)
		must(t, w, account+":root", "iam", "AttachUserPolicy", `{"UserName":"dev","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}`)
	}
	role(t, w, "/", "app")
	role(t, w, "/aws-service-role/rds.amazonaws.com/", "AWSServiceRoleForRDS")
	everybody := `{"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":` +
		`[\"111122223333\",\"444455556666\",\"777788889999\"]},\"Action\":\"kms:*\",\"Resource\":\"*\"}}"}`
	p["key"] = p.result(t, w, memberUser, "kms:CreateKey", everybody, "KeyMetadata.Arn")
	p["own"] = p.result(t, w, "user/dev", "kms:CreateKey", everybody, "KeyMetadata.Arn")
	p["grant"] = p.result(t, w, memberUser, "kms:CreateGrant",
		`{"KeyId":"$key","GranteePrincipal":"arn:aws:iam::444455556666:user/dev","RetiringPrincipal":"arn:aws:iam::444455556666:user/dev","Operations":["Decrypt"]}`, "GrantId")
	return w, p
}

// role makes a role of the member that its user may assume.
func role(t *testing.T, w *World, path, name string) {
	t.Helper()
	input, _ := json.Marshal(map[string]string{"RoleName": name, "Path": path, "AssumeRolePolicyDocument": `{"Version":"2012-10-17","Statement":` +
		`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:user/dev"},"Action":"sts:AssumeRole"}}`})
	must(t, w, memberRoot, "iam", "CreateRole", string(input))
	must(t, w, memberRoot, "iam", "AttachRolePolicy", `{"RoleName":"`+name+`","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}`)
}

// control is a policy of one statement, at a place. Only takes FullAWSAccess away there.
type control struct {
	kind, at  string // "scp" or "rcp"; "root", "unit", or an account
	statement string
	only      bool
}

func (c control) attach(t *testing.T, w *World, p places) {
	t.Helper()
	at, kind := c.at, map[string]string{"scp": "SERVICE_CONTROL_POLICY", "rcp": "RESOURCE_CONTROL_POLICY"}[c.kind]
	if id := p[c.at]; id != "" {
		at = id
	}
	input, _ := json.Marshal(map[string]string{"Name": c.kind + " at " + c.at, "Description": "", "Type": kind,
		"Content": p.in(`{"Version":"2012-10-17","Statement":` + c.statement + `}`)})
	p[c.kind] = p.result(t, w, management, "organizations:CreatePolicy", string(input), "Policy.PolicySummary.Arn")
	id := p[c.kind][strings.LastIndex(p[c.kind], "/")+1:]
	must(t, w, management, "organizations", "AttachPolicy", `{"PolicyId":"`+id+`","TargetId":"`+at+`"}`)
	if c.only {
		must(t, w, management, "organizations", "DetachPolicy", `{"PolicyId":"p-FullAWSAccess","TargetId":"`+at+`"}`)
	}
}

const (
	denyKMS    = `{"Effect":"Deny","Action":"kms:*","Resource":"*"}`
	allowKMS   = `{"Effect":"Allow","Action":"kms:*","Resource":"*"}`
	allowEC2   = `{"Effect":"Allow","Action":"ec2:*","Resource":"*"}`
	denyAllKMS = `{"Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*"}`
	outsiders  = `{"Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"$org"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}`

	describe     = `{"KeyId":"$key"}`
	userMay      = "User: arn:aws:iam::444455556666:user/dev is not authorized to perform: "
	scpDenies    = " on resource: $key with an explicit deny in a service control policy: $scp"
	scpIsMissing = " on resource: $key because no service control policy allows the kms:DescribeKey action"
)

func TestGuards(t *testing.T) {
	world, at := organized(t)
	scp := func(at, statement string) control { return control{kind: "scp", at: at, statement: statement} }
	only := func(at, statement string) control {
		return control{kind: "scp", at: at, statement: statement, only: true}
	}
	rcp := func(at, statement string) control { return control{kind: "rcp", at: at, statement: statement} }
	const member, describeKey = "444455556666", "kms:DescribeKey"
	for _, row := range []struct {
		name     string
		controls []control
		as       string
		call     string
		input    string
		want     string // the error, empty for success
	}{
		{"FullAWSAccess everywhere", nil, memberUser, describeKey, describe, ""},
		{"deny at the root", []control{scp("root", denyKMS)}, memberUser, describeKey, describe, userMay + describeKey + scpDenies},
		{"deny at the unit", []control{scp("unit", denyKMS)}, memberUser, describeKey, describe, userMay + describeKey + scpDenies},
		{"deny at the account", []control{scp(member, denyKMS)}, memberUser, describeKey, describe, userMay + describeKey + scpDenies},
		{"deny at another account", []control{scp("111122223333", denyKMS)}, memberUser, describeKey, describe, ""},
		{"the root user of a member", []control{scp("root", denyKMS)}, memberRoot, describeKey, describe,
			"User: arn:aws:iam::444455556666:root is not authorized to perform: kms:DescribeKey" + scpDenies},
		{"a role of a member", []control{scp("root", denyKMS)}, "444455556666:role/app/s1", describeKey, describe,
			"User: arn:aws:sts::444455556666:assumed-role/app/s1 is not authorized to perform: kms:DescribeKey" + scpDenies},
		{"a service-linked role", []control{scp("root", denyKMS)}, "444455556666:role/AWSServiceRoleForRDS/s1", describeKey, describe, ""},
		{"the management account", []control{scp("root", denyKMS), scp("111122223333", denyKMS)}, "user/dev", describeKey, `{"KeyId":"$own"}`, ""},
		{"the management account at a member's key", []control{scp("root", denyKMS)}, "user/dev", describeKey, describe, ""},
		{"an account outside", []control{scp("root", denyKMS)}, "777788889999:user/dev", describeKey, describe, ""},
		{"a member at a key of the management account", []control{scp("root", denyKMS)}, memberUser, describeKey, `{"KeyId":"$own"}`,
			userMay + "kms:DescribeKey on this resource with an explicit deny in a service control policy: $scp"},

		{"allow list at the account", []control{only(member, allowEC2)}, memberUser, describeKey, describe, userMay + describeKey + scpIsMissing},
		{"allow list at the unit", []control{only("unit", allowEC2)}, memberUser, describeKey, describe, userMay + describeKey + scpIsMissing},
		{"allow list at the root", []control{only("root", allowEC2)}, memberUser, describeKey, describe, userMay + describeKey + scpIsMissing},
		{"allow list with the action", []control{only("root", allowKMS), only("unit", allowKMS), only(member, allowKMS)}, memberUser, describeKey, describe, ""},
		{"every level must allow", []control{only("unit", allowEC2), scp(member, allowKMS)}, memberUser, describeKey, describe, userMay + describeKey + scpIsMissing},
		{"allow list and the root user", []control{only("unit", allowEC2)}, memberRoot, describeKey, describe,
			"User: arn:aws:iam::444455556666:root is not authorized to perform: kms:DescribeKey" + scpIsMissing},
		{"allow list with a condition that fails", []control{only("unit", `{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}}`)},
			memberUser, describeKey, describe, userMay + describeKey + scpIsMissing},
		{"an exception by condition", []control{scp("root", `{"Effect":"Deny","Action":"kms:*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/dev"}}}`)},
			memberUser, describeKey, describe, ""},

		{"keys of the organization only", []control{scp("root", `{"Effect":"Deny","Action":"kms:*","Resource":"*","Condition":{"StringNotEquals":{"aws:ResourceOrgID":"$org"}}}`)},
			memberUser, describeKey, describe, ""},
		{"keys of the unit only", []control{scp("root", `{"Effect":"Deny","Action":"kms:*","Resource":"*","Condition":{"ForAllValues:StringNotLike":{"aws:ResourceOrgPaths":"$org/$root/$unit/*"}}}`)},
			memberUser, describeKey, `{"KeyId":"$own"}`, userMay + "kms:DescribeKey on this resource with an explicit deny in a service control policy: $scp"},

		{"RCP at the root, the member itself", []control{rcp("root", denyAllKMS)}, memberUser, describeKey, describe,
			userMay + "kms:DescribeKey on resource: $key with an explicit deny in a resource control policy: $rcp"},
		{"RCP and the management account as caller", []control{rcp("unit", denyAllKMS)}, "user/dev", describeKey, describe,
			"User: arn:aws:iam::111122223333:user/dev is not authorized to perform: kms:DescribeKey on this resource with an explicit deny in a resource control policy: $rcp"},
		{"RCP and a key of the management account", []control{rcp("root", denyAllKMS), rcp("111122223333", denyAllKMS)}, memberUser, describeKey, `{"KeyId":"$own"}`, ""},
		{"RCP and a service-linked role", []control{rcp("root", denyAllKMS)}, "444455556666:role/AWSServiceRoleForRDS/s1", describeKey, describe, ""},
		{"RCP against outsiders, one of them", []control{rcp("root", outsiders)}, "777788889999:user/dev", describeKey, describe,
			"User: arn:aws:iam::777788889999:user/dev is not authorized to perform: kms:DescribeKey on this resource with an explicit deny in a resource control policy: $rcp"},
		{"RCP against outsiders, the management account", []control{rcp("root", outsiders)}, "user/dev", describeKey, describe, ""},
		{"RCP of the caller's account where there is no resource", []control{rcp("root", denyAllKMS)}, memberUser, "kms:CreateKey", `{}`,
			userMay + "kms:CreateKey on resource: * with an explicit deny in a resource control policy: $rcp"},
		{"RetireGrant ignores RCPs", []control{rcp("root", denyAllKMS)}, memberUser, "kms:RetireGrant", `{"KeyId":"$key","GrantId":"$grant"}`, ""},
		{"RetireGrant heeds SCPs", []control{scp("root", denyKMS)}, memberUser, "kms:RetireGrant", `{"KeyId":"$key","GrantId":"$grant"}`, userMay + "kms:RetireGrant" + scpDenies},

		{"SCP and IAM", []control{scp("root", `{"Effect":"Deny","Action":"iam:*","Resource":"*"}`)}, memberRoot, "iam:CreateUser", `{"UserName":"eve"}`,
			"User: arn:aws:iam::444455556666:root is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::444455556666:user/eve with an explicit deny in a service control policy: $scp"},
		{"a Region for everything, and IAM is in us-east-1", []control{scp("root", `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"us-east-1"}}}`)},
			memberRoot, "iam:CreateUser", `{"UserName":"eve"}`, ""},
		{"RCP and AssumeRole", []control{rcp("unit", `{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}`)}, memberUser, "sts:AssumeRole",
			`{"RoleArn":"arn:aws:iam::444455556666:role/app","RoleSessionName":"s1"}`, userMay + "sts:AssumeRole on resource: arn:aws:iam::444455556666:role/app"},
		{"SCP keeps members from leaving", []control{scp("root", `{"Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}`)}, memberRoot,
			"organizations:LeaveOrganization", `{}`, "You don't have permissions to access this resource."},
		{"members may leave", nil, memberRoot, "organizations:LeaveOrganization", `{}`, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			w, p := world.Clone(), places{}
			for name, id := range at {
				p[name] = id
			}
			for _, c := range row.controls {
				c.attach(t, w, p)
			}
			service, operation, _ := strings.Cut(row.call, ":")
			a := w.Call(Call{As: row.as, Service: service, Operation: operation, Input: json.RawMessage(p.in(row.input)), Region: regionOf(row.name)})
			got := ""
			if a.Error != nil {
				got = a.Error.Message
			}
			if want := p.in(row.want); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if a.Error != nil && a.Checks[len(a.Checks)-1].Message != got {
				t.Errorf("the explanation says %s", a.Checks[len(a.Checks)-1].Message)
			}
		})
	}
}

// regionOf calls IAM from another Region where that is the point.
func regionOf(name string) string {
	if strings.HasPrefix(name, "a Region") {
		return "eu-west-1"
	}
	return ""
}

// TestGuardsAreExplained holds that the tree says who is not bound and why, and at which level an Allow is missing.
func TestGuardsAreExplained(t *testing.T) {
	world, p := organized(t)
	check := func(as, key string, controls []control, kind authz.LayerType, verdict authz.Verdict, summary string) {
		t.Helper()
		w := world.Clone()
		for _, c := range controls {
			c.attach(t, w, p)
		}
		a := w.Call(Call{As: as, Service: "kms", Operation: "DescribeKey", Input: json.RawMessage(p.in(key))})
		for _, l := range a.Checks[0].Layers {
			if l.Type == kind {
				if l.Verdict != verdict || l.Summary != p.in(summary) {
					t.Errorf("%s as %s: %s, %s", kind, as, l.Verdict, l.Summary)
				}
				return
			}
		}
		if verdict != "" {
			t.Errorf("%s as %s: the layer is missing", kind, as)
		}
	}
	allowList := []control{{kind: "scp", at: "unit", statement: allowEC2, only: true}}
	check(memberUser, describe, allowList, authz.ServiceControlPolicy, authz.NoAllow, "no Allow statement applies to kms:DescribeKey at $unit")
	check("user/dev", describe, nil, authz.ServiceControlPolicy, authz.Exempt, "service control policies do not bind the management account of the organization, 111122223333")
	check("444455556666:role/AWSServiceRoleForRDS/s1", describe, nil, authz.ServiceControlPolicy, authz.Exempt, "service control policies do not bind service-linked roles")
	check("444455556666:role/AWSServiceRoleForRDS/s1", describe, nil, authz.ResourceControlPolicy, authz.Exempt, "resource control policies do not bind service-linked roles")
	check(memberUser, `{"KeyId":"$own"}`, nil, authz.ResourceControlPolicy, authz.Exempt, "resource control policies do not bind resources of the management account of the organization, 111122223333")
	check("777788889999:user/dev", describe, nil, authz.ServiceControlPolicy, "", "")
	check("rds.amazonaws.com", describe, nil, authz.ServiceControlPolicy, "", "")
}

// TestOrganizationKeys holds which condition keys an organization fills, and that there are none without.
func TestOrganizationKeys(t *testing.T) {
	w, p := organized(t)
	check := func(as, key, want string) {
		t.Helper()
		a := w.Call(Call{As: as, Service: "kms", Operation: "DescribeKey", Input: json.RawMessage(p.in(key))})
		got := []string{}
		for _, e := range a.Checks[0].Context {
			if strings.Contains(e.Key, "Org") {
				got = append(got, e.Key+"="+strings.Join(e.Values, ","))
			}
		}
		if text := strings.Join(got, " "); text != p.in(want) {
			t.Errorf("%s: got  %s\nwant %s", as, text, p.in(want))
		}
	}
	check(memberUser, describe, "aws:PrincipalOrgID=$org aws:PrincipalOrgPaths=$org/$root/$unit/ aws:ResourceOrgID=$org aws:ResourceOrgPaths=$org/$root/$unit/")
	check("user/dev", describe, "aws:PrincipalOrgID=$org aws:PrincipalOrgPaths=$org/$root/ aws:ResourceOrgID=$org aws:ResourceOrgPaths=$org/$root/$unit/")
	check("777788889999:user/dev", describe, "aws:ResourceOrgID=$org aws:ResourceOrgPaths=$org/$root/$unit/")
	check("rds.amazonaws.com", describe, "aws:ResourceOrgID=$org aws:ResourceOrgPaths=$org/$root/$unit/")
	must(t, w, memberRoot, "organizations", "LeaveOrganization", `{}`)
	check(memberUser, describe, "")
}

// TestOrganizationsAreReplayed holds that ids follow from the seed and the calls.
func TestOrganizationsAreReplayed(t *testing.T) {
	a, p := organized(t)
	b, q := organized(t)
	for name, id := range p {
		if q[name] != id {
			t.Errorf("%s is %s, then %s", name, id, q[name])
		}
	}
	const input = `{"AccountName":"new","Email":"new@example.com"}`
	if x, y := must(t, a, management, "organizations", "CreateAccount", input), must(t, b, management, "organizations", "CreateAccount", input); string(x.Output) != string(y.Output) {
		t.Errorf("replay differs:\n%s\n%s", x.Output, y.Output)
	}
	other := New(Options{Seed: "another"})
	if id := places.result(p, t, other, management, "organizations:CreateOrganization", `{}`, "Organization.Id"); id == p["org"] {
		t.Error("the seed does not matter")
	}
}
