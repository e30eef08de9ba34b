package browser

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/kms"
)

// The question that is measured: a user with an identity-based policy of four statements encrypts under a key with the
// four statements that the console writes, and is allowed by the third of them.

const benchIdentityPolicy = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Look", "Effect": "Allow", "Action": ["kms:List*", "kms:Describe*", "kms:Get*"], "Resource": "*" },
    { "Sid": "Use", "Effect": "Allow", "Action": ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*"],
      "Resource": "arn:aws:kms:*:111122223333:key/*",
      "Condition": { "StringEquals": { "kms:EncryptionContext:App": "billing" } } },
    { "Sid": "Tags", "Effect": "Allow", "Action": "kms:TagResource", "Resource": "*",
      "Condition": { "StringLike": { "aws:RequestTag/Team": ["red-*", "blue-*"] } } },
    { "Sid": "Here", "Effect": "Deny", "Action": "kms:*", "Resource": "*",
      "Condition": { "StringNotEquals": { "aws:RequestedRegion": "us-east-1" } } }
  ]
}`

const benchKeyPolicy = `{
  "Version": "2012-10-17",
  "Id": "key-consolepolicy-3",
  "Statement": [
    { "Sid": "Enable IAM User Permissions", "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" },
    { "Sid": "Allow access for Key Administrators", "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:user/admin" },
      "Action": ["kms:Create*", "kms:Describe*", "kms:Enable*", "kms:List*", "kms:Put*", "kms:Update*", "kms:Revoke*",
        "kms:Disable*", "kms:Get*", "kms:Delete*", "kms:TagResource", "kms:UntagResource", "kms:ScheduleKeyDeletion",
        "kms:CancelKeyDeletion", "kms:RotateKeyOnDemand"],
      "Resource": "*" },
    { "Sid": "Allow use of the key", "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:user/app" },
      "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      "Resource": "*" },
    { "Sid": "Allow attachment of persistent resources", "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:user/app" },
      "Action": ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      "Resource": "*", "Condition": { "Bool": { "kms:GrantIsForAWSResource": "true" } } }
  ]
}`

// benchmark answers a question count times, each time with the whole explanation: the input is checked, the key looked
// up, the request context built, every statement evaluated.
func benchmark(count int) BenchResult {
	ask := benchQuestion()
	start := time.Now()
	for range count {
		ask()
	}
	return BenchResult{Count: count, Milliseconds: float64(time.Since(start).Microseconds()) / 1000}
}

// benchQuestion makes a world and returns a function that asks the question once.
func benchQuestion() func() authz.Explanation {
	w := engine.New(engine.Options{})
	send := func(service, operation string, input map[string]any) json.RawMessage {
		text, err := json.Marshal(input)
		if err != nil {
			panic(err)
		}
		a := w.Call(engine.Call{As: "111122223333:root", Service: service, Operation: operation, Input: text})
		if a.Error != nil {
			panic(fmt.Sprintf("%s: %s: %s", operation, a.Error.Code, a.Error.Message))
		}
		return a.Output
	}
	for _, name := range []string{"admin", "app"} {
		send("iam", "CreateUser", map[string]any{"UserName": name})
	}
	send("iam", "PutUserPolicy", map[string]any{"UserName": "app", "PolicyName": "use", "PolicyDocument": benchIdentityPolicy})
	key := gjson.GetBytes(send("kms", "CreateKey", map[string]any{"Policy": benchKeyPolicy}), "KeyMetadata.Arn").Str
	caller, err := w.IAM().Principal("app", "111122223333")
	if err != nil {
		panic(err)
	}
	r := kms.Request{
		Caller: caller, Operation: "Encrypt", Region: "us-east-1", Now: w.Now(), Directory: w.IAM(),
		Environment: kms.Environment{SourceIP: defaultSourceIP},
		Input:       gjson.Parse(`{"KeyId":"` + key + `","Plaintext":"SGVsbG8=","EncryptionContext":{"App":"billing"}}`),
	}
	return func() authz.Explanation {
		checks, refused := w.KMS().Decide(r)
		if refused != nil || len(checks) != 1 {
			panic("the question of the benchmark is not answered")
		}
		return checks[0]
	}
}
