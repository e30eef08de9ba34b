package kms

import (
	"fmt"
	"testing"

	"github.com/tidwall/gjson"
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
