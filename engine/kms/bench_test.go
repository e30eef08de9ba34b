package kms

import (
	"fmt"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// The bar of the project is 20,000 explained decisions a second in the browser, for an identity policy of four
// statements and the four statements of a console key policy.
func BenchmarkDecide(b *testing.B) {
	w, r := benchWorld(b)
	b.ReportAllocs()
	for b.Loop() {
		if checks, err := w.kms.Decide(r); err != nil || checks[0].Decision != "Allow" {
			b.Fatal(err, checks)
		}
	}
}

// BenchmarkDecisions are the figures of make bench: the same question plainly, without its explanation, under every
// type of policy that limits, and with more and more grants on the key. Grants to others must cost nothing.
func BenchmarkDecisions(b *testing.B) {
	ask := func(b *testing.B, s *Service, r Request) {
		for b.Loop() {
			if checks, err := s.Decide(r); err != nil || checks[0].Decision != authz.Allow {
				b.Fatal(err, checks)
			}
		}
	}
	b.Run("plain", func(b *testing.B) {
		w, r := benchWorld(b)
		ask(b, w.kms, r)
	})
	b.Run("without explanation", func(b *testing.B) {
		w, r := benchWorld(b)
		for b.Loop() {
			if answers, err := w.kms.Answers(r); err != nil || answers[0] != authz.Allow {
				b.Fatal(err, answers)
			}
		}
	})
	b.Run("SCP, RCP, boundary and session policy", func(b *testing.B) {
		w, r := benchWorld(b)
		limit(&r)
		ask(b, w.kms, r)
	})
	for _, grants := range []int{50, 1000, 50_000} {
		b.Run(fmt.Sprintf("%d grants to others", grants), func(b *testing.B) {
			w, r := benchWorld(b)
			key := w.kms.Keys()[0].ARN
			for i := range grants {
				id := fmt.Sprintf("AIDAOTHER%d", i)
				w.kms.granted[grantee{key, id}] = []*authz.Grant{{ID: id, GranteeID: id, Operations: []string{"Encrypt"}}}
			}
			ask(b, w.kms, r)
		})
	}
	b.Run("50 grants to the caller", func(b *testing.B) {
		w, r := benchWorld(b)
		mine := grantee{w.kms.Keys()[0].ARN, r.Caller.ID}
		for i := range 50 {
			w.kms.granted[mine] = append(w.kms.granted[mine], &authz.Grant{ID: fmt.Sprint(i), GranteeID: r.Caller.ID, Operations: []string{"Decrypt"}})
		}
		ask(b, w.kms, r)
	})
}

// limit puts the caller under two levels of SCPs and RCPs, a permissions boundary and a session policy.
func limit(r *Request) {
	parsed := func(kind policy.Kind) iam.Policy {
		d, _ := policy.Parse(fourStatements)
		return iam.Policy{ID: string(kind), Kind: kind, Document: d}
	}
	caller := *r.Caller
	boundary := parsed(policy.PermissionsBoundary)
	caller.Boundary, caller.HasSessionPolicy, caller.Session = &boundary, true, []iam.Policy{parsed(policy.SessionPolicy)}
	r.Caller = &caller
	levels := func(kind policy.Kind) *authz.Guard {
		return &authz.Guard{Levels: []authz.Level{{Name: "Root", Policies: []iam.Policy{parsed(kind)}}, {Name: "account", Policies: []iam.Policy{parsed(kind)}}}}
	}
	guards := authz.Guards{SCP: levels(policy.ServiceControlPolicy), RCP: levels(policy.ResourceControlPolicy)}
	r.Guards = func(string) authz.Guards { return guards }
}

func BenchmarkEncrypt(b *testing.B) {
	w, r := benchWorld(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := w.kms.Do(r); err != nil {
			b.Fatal(err)
		}
	}
}

const fourStatements = `{"Version":"2012-10-17","Statement":[
	{"Sid":"A","Effect":"Allow","Action":["s3:*"],"Resource":"*"},
	{"Sid":"B","Effect":"Allow","Action":["kms:Encrypt","kms:Decrypt"],"Resource":"arn:aws:kms:*:111122223333:key/*","Condition":{"StringEquals":{"kms:EncryptionContext:Department":"IT"}}},
	{"Sid":"C","Effect":"Allow","Action":"kms:List*","Resource":"*"},
	{"Sid":"D","Effect":"Deny","Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/Restricted":"true"}}}]}`

const consolePolicy = `{"Version":"2012-10-17","Statement":[
	{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},
	{"Sid":"Allow access for Key Administrators","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/admin"},"Action":["kms:Create*","kms:Describe*","kms:Enable*","kms:List*","kms:Put*","kms:Update*","kms:Revoke*","kms:Disable*","kms:Get*","kms:Delete*","kms:TagResource","kms:UntagResource","kms:ScheduleKeyDeletion","kms:CancelKeyDeletion"],"Resource":"*"},
	{"Sid":"Allow use of the key","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/admin"},"Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*","kms:DescribeKey"],"Resource":"*"},
	{"Sid":"Allow attachment of persistent resources","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/admin"},"Action":["kms:CreateGrant","kms:ListGrants","kms:RevokeGrant"],"Resource":"*","Condition":{"Bool":{"kms:GrantIsForAWSResource":"true"}}}]}`

func benchWorld(b *testing.B) (*world, Request) {
	w := newWorld()
	root, _ := w.iam.Principal("root", home)
	do := func(service, operation, format string, args ...any) string {
		r := w.request(root, operation, gjson.Parse(fmt.Sprintf(format, args...)))
		if service == "iam" {
			if _, err := w.iam.Do("iam", iamRequest(r)); err != nil {
				b.Fatal(err)
			}
			return ""
		}
		result, err := w.kms.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		if len(result.Resources) == 0 {
			return ""
		}
		return result.Resources[0]
	}
	do("iam", "CreateUser", `{"UserName":"admin"}`)
	do("iam", "CreateUser", `{"UserName":"dev"}`)
	do("iam", "PutUserPolicy", `{"UserName":"dev","PolicyName":"p","PolicyDocument":%q}`, fourStatements)
	key := do("kms", "CreateKey", `{"Policy":%q,"Tags":[{"TagKey":"Purpose","TagValue":"Test"}]}`, consolePolicy)
	do("kms", "CreateAlias", `{"AliasName":"alias/app","TargetKeyId":%q}`, key)
	dev, _ := w.iam.Principal("dev", home)
	return w, w.request(dev, "Encrypt", gjson.Parse(`{"KeyId":"alias/app","Plaintext":"SGVsbG8=","EncryptionContext":{"Department":"IT"}}`))
}
