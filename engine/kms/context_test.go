package kms

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// Every key of KMS that a check carries is one that AWS lists for the action.
func TestChecksCarryListedKeys(t *testing.T) {
	w := newWorld()
	for i, s := range []step{
		{Call: "kms:CreateKey", Input: []byte(`{"Tags":[{"TagKey":"a","TagValue":"b"}]}`), Save: map[string]string{"id": "KeyMetadata.KeyId"}},
		{Call: "kms:CreateKey", Save: map[string]string{"other": "KeyMetadata.KeyId"}},
		{Call: "kms:CreateAlias", Input: []byte(`{"AliasName":"alias/app","TargetKeyId":"{{id}}"}`)},
		{Call: "kms:CreateAlias", Input: []byte(`{"AliasName":"alias/other","TargetKeyId":"{{other}}"}`)},
		{Call: "kms:Encrypt", Input: []byte(`{"KeyId":"{{id}}","Plaintext":"eA=="}`), Save: map[string]string{"blob": "CiphertextBlob"}},
		{Call: "kms:Encrypt", Input: []byte(`{"KeyId":"{{other}}","Plaintext":"eA=="}`), Save: map[string]string{"otherblob": "CiphertextBlob"}},
		{Call: "kms:CreateGrant", Input: []byte(`{"KeyId":"{{id}}","GranteePrincipal":"111122223333","Operations":["Encrypt"],"Constraints":{"EncryptionContextEquals":{"k":"v"}}}`), Save: map[string]string{"grant": "GrantId", "token": "GrantToken"}},
	} {
		w.step(t, i+1, s)
	}
	rows := slices.Clone(stateWalk)
	for _, more := range [][2]string{
		{"CreateKey", `{"Tags":[{"TagKey":"a","TagValue":"b"}],"BypassPolicyLockoutSafetyCheck":true}`}, {"ListKeys", `{}`},
		{"GenerateRandom", `{"NumberOfBytes":1}`}, {"ListRetirableGrants", `{"RetiringPrincipal":"111122223333"}`},
		{"Encrypt", `{"KeyId":"alias/app","Plaintext":"eA==","EncryptionContext":{"k":"v"}}`},
		{"CreateGrant", `{"KeyId":"{{id}}","GranteePrincipal":"111122223333","RetiringPrincipal":"111122223333","Operations":["Encrypt"],"Constraints":{"EncryptionContextSubset":{"k":"v"}}}`},
	} {
		rows = append(rows, stateWalk[0])
		rows[len(rows)-1].name, rows[len(rows)-1].input = more[0], more[1]
	}
	for _, row := range rows {
		copied := *w
		copied.kms = w.kms.Clone()
		_, result, _ := copied.call(t, step{Call: "kms:" + operationOf(row.name), Via: "ec2"}, w.fill(row.input))
		if len(result.Checks) == 0 {
			t.Errorf("%s was not checked", operationOf(row.name))
		}
		for _, x := range result.Checks {
			action, _ := catalog.LookupAction(x.Action)
			for _, entry := range x.Context {
				if !action.Carries(entry.Key) {
					t.Errorf("%s carries %s, which AWS does not list for it", x.Action, entry.Key)
				}
			}
		}
	}
}

func TestGlobalContext(t *testing.T) {
	now := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	user := &iam.Principal{
		Kind: iam.User, ARN: parse(t, "arn:aws:iam::111122223333:user/dev"), Issuer: parse(t, "arn:aws:iam::111122223333:user/dev"),
		Account: home, ID: "AIDA1", Name: "dev", Tags: []iam.Tag{{Key: "Team", Value: "a"}},
	}
	session := &iam.Principal{
		Kind: iam.AssumedRole, ARN: parse(t, "arn:aws:sts::111122223333:assumed-role/app/s"), Issuer: parse(t, "arn:aws:iam::111122223333:role/app"),
		Account: home, ID: "AROA1:s", Name: "app", SourceIdentity: "me", IssuedAt: now.Add(-time.Minute), MFA: true,
	}
	always := "aws:RequestedRegion=us-east-1 aws:CurrentTime=2026-01-01T09:00:00Z aws:EpochTime=1767258000 aws:SecureTransport=true"
	rows := []struct {
		name string
		p    *iam.Principal
		env  Environment
		want string
	}{
		{"user", user, Environment{SourceIP: "198.51.100.7", UserAgent: "cli"},
			"aws:PrincipalIsAWSService=false aws:PrincipalArn=arn:aws:iam::111122223333:user/dev aws:PrincipalAccount=111122223333 aws:PrincipalType=User aws:userid=AIDA1 aws:username=dev aws:PrincipalTag/Team=a aws:ViaAWSService=false aws:SourceIp=198.51.100.7 " + always + " aws:UserAgent=cli"},
		{"session through an endpoint", session, Environment{SourceIP: "198.51.100.7", VPCEndpoint: "vpce-1"},
			"aws:PrincipalIsAWSService=false aws:PrincipalArn=arn:aws:iam::111122223333:role/app aws:PrincipalAccount=111122223333 aws:PrincipalType=AssumedRole aws:userid=AROA1:s aws:SourceIdentity=me aws:TokenIssueTime=2026-01-01T08:59:00Z aws:MultiFactorAuthPresent=true aws:MultiFactorAuthAge=60 aws:ViaAWSService=false aws:SourceVpce=vpce-1 " + always},
		{"session of a service that chains calls", user, Environment{SourceIP: "198.51.100.7", ViaService: "dynamodb.us-east-1.amazonaws.com"},
			"aws:PrincipalIsAWSService=false aws:PrincipalArn=arn:aws:iam::111122223333:user/dev aws:PrincipalAccount=111122223333 aws:PrincipalType=User aws:userid=AIDA1 aws:username=dev aws:PrincipalTag/Team=a aws:ViaAWSService=true aws:CalledVia=[dynamodb.amazonaws.com] aws:CalledViaFirst=dynamodb.amazonaws.com aws:CalledViaLast=dynamodb.amazonaws.com aws:SourceIp=203.0.113.10 " + always},
		{"service that does not", &iam.Principal{Kind: iam.Root, ARN: parse(t, "arn:aws:iam::111122223333:root"), Issuer: parse(t, "arn:aws:iam::111122223333:root"), Account: home, ID: home}, Environment{ViaService: "ec2"},
			"aws:PrincipalIsAWSService=false aws:PrincipalArn=arn:aws:iam::111122223333:root aws:PrincipalAccount=111122223333 aws:PrincipalType=Account aws:userid=111122223333 aws:ViaAWSService=true aws:SourceIp=203.0.113.10 " + always},
		{"a service in its own name", &iam.Principal{Kind: iam.Service, Name: "cloudtrail.amazonaws.com"}, Environment{},
			"aws:PrincipalIsAWSService=true aws:PrincipalServiceName=cloudtrail.amazonaws.com aws:PrincipalServiceNamesList=[cloudtrail.amazonaws.com] aws:ViaAWSService=false aws:SourceIp=203.0.113.10 " + always},
		{"a service for a resource", &iam.Principal{Kind: iam.Service, Name: "dynamodb.amazonaws.com"}, Environment{SourceArn: "arn:aws:dynamodb:us-east-1:111122223333:table/T"},
			"aws:PrincipalIsAWSService=true aws:PrincipalServiceName=dynamodb.amazonaws.com aws:PrincipalServiceNamesList=[dynamodb.amazonaws.com] aws:ViaAWSService=false aws:SourceIp=203.0.113.10 aws:SourceArn=arn:aws:dynamodb:us-east-1:111122223333:table/T aws:SourceAccount=111122223333 " + always},
		{"a service for a bucket", &iam.Principal{Kind: iam.Service, Name: "s3.amazonaws.com"}, Environment{SourceArn: "arn:aws:s3:::b", SourceAccount: "444455556666"},
			"aws:PrincipalIsAWSService=true aws:PrincipalServiceName=s3.amazonaws.com aws:PrincipalServiceNamesList=[s3.amazonaws.com] aws:ViaAWSService=false aws:SourceIp=203.0.113.10 aws:SourceArn=arn:aws:s3:::b aws:SourceAccount=444455556666 " + always},
		{"a user has no source", user, Environment{SourceIP: "198.51.100.7", SourceArn: "arn:aws:s3:::b"},
			"aws:PrincipalIsAWSService=false aws:PrincipalArn=arn:aws:iam::111122223333:user/dev aws:PrincipalAccount=111122223333 aws:PrincipalType=User aws:userid=AIDA1 aws:username=dev aws:PrincipalTag/Team=a aws:ViaAWSService=false aws:SourceIp=198.51.100.7 " + always},
	}
	for _, row := range rows {
		ctx := &condition.Context{}
		GlobalContext(ctx, row.p, region, row.env, now)
		if got := printed(ctx.Values()); got != row.want {
			t.Errorf("%s:\n got %s\nwant %s", row.name, got, row.want)
		}
	}
}

func parse(t *testing.T, text string) arn.ARN {
	t.Helper()
	a, ok := arn.Parse(text)
	if !ok {
		t.Fatalf("%s is no ARN", text)
	}
	return a
}

func printed(values []condition.Value) string {
	var parts []string
	for _, v := range values {
		text := strings.Join(v.Values, ",")
		if v.Multi {
			text = "[" + text + "]"
		}
		if v.IdentityOnly {
			text += " (identity only)"
		}
		parts = append(parts, v.Key+"="+text)
	}
	return strings.Join(parts, " ")
}

// The condition values of a key, up to the quota of aliases and above it.
func TestKeyConditions(t *testing.T) {
	key := Key{Spec: "SYMMETRIC_DEFAULT", Usage: "ENCRYPT_DECRYPT", Origin: "AWS_KMS", Account: home,
		Tags: []iam.Tag{{Key: "Purpose", Value: "Test"}}, Aliases: []string{"alias/a", "alias/b"}}
	kind := "kms:KeySpec=SYMMETRIC_DEFAULT kms:CustomerMasterKeySpec=SYMMETRIC_DEFAULT kms:KeyUsage=ENCRYPT_DECRYPT kms:CustomerMasterKeyUsage=ENCRYPT_DECRYPT kms:KeyOrigin=AWS_KMS kms:MultiRegion=false aws:ResourceAccount=111122223333"
	tag := " aws:ResourceTag/Purpose=Test (identity only)"
	if got, want := printed(key.ownConditions(catalog.AliasesPerKey)), kind+" kms:ResourceAliases=[alias/a,alias/b] (identity only)"+tag; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	for i := len(key.Aliases); i <= catalog.AliasesPerKey; i++ {
		key.Aliases = append(key.Aliases, fmt.Sprintf("alias/%d", i))
	}
	if got, want := printed(key.ownConditions(catalog.AliasesPerKey)), kind+tag; got != want {
		t.Errorf("with %d aliases:\n got %s\nwant %s", len(key.Aliases), got, want)
	}
}
