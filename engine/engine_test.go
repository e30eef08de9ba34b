package engine

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"kmsplayground/engine/authz"
)

// must makes a call that has to succeed.
func must(t *testing.T, w *World, as, service, operation, input string) Answer {
	t.Helper()
	a := w.Call(Call{As: as, Service: service, Operation: operation, Input: json.RawMessage(input)})
	if a.Error != nil {
		t.Fatalf("%s as %s: %s: %s", operation, as, a.Error.Code, a.Error.Message)
	}
	return a
}

// seed004 is the world of the article that asks why the key policy needs the root statement.
func seed004(t *testing.T) (w *World, keyARN string) {
	t.Helper()
	w = New(Options{Region: "ap-northeast-1"})
	const root = "111122223333:root"
	for _, user := range []string{"kms-test-1", "kms-test-2", "manabusakai"} {
		must(t, w, root, "iam", "CreateUser", `{"UserName":"`+user+`"}`)
	}
	must(t, w, root, "iam", "AttachUserPolicy", `{"UserName":"kms-test-2","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}`)
	must(t, w, root, "iam", "AttachUserPolicy", `{"UserName":"manabusakai","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}`)
	policy := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:user/kms-test-1","arn:aws:iam::111122223333:user/manabusakai"]},"Action":"kms:*","Resource":"*"}]}`
	input, _ := json.Marshal(map[string]string{"Policy": policy})
	a := must(t, w, "manabusakai", "kms", "CreateKey", string(input))
	var out struct{ KeyMetadata struct{ Arn, KeyId string } }
	if err := json.Unmarshal(a.Output, &out); err != nil {
		t.Fatal(err)
	}
	must(t, w, "manabusakai", "kms", "CreateAlias", `{"AliasName":"alias/app","TargetKeyId":"`+out.KeyMetadata.KeyId+`"}`)
	return w, out.KeyMetadata.Arn
}

func TestSeed004(t *testing.T) {
	w, key := seed004(t)
	const encrypt = `{"KeyId":"alias/app","Plaintext":"SGVsbG8="}`
	must(t, w, "kms-test-1", "kms", "Encrypt", encrypt)
	a := w.Call(Call{As: "kms-test-2", Service: "kms", Operation: "Encrypt", Input: json.RawMessage(encrypt)})
	want := "User: arn:aws:iam::111122223333:user/kms-test-2 is not authorized to perform: kms:Encrypt on resource: " + key +
		" because no resource-based policy allows the kms:Encrypt action"
	if a.Error == nil || a.Error.Code != "AccessDeniedException" || a.Error.Message != want || a.Error.Status != 400 {
		t.Fatalf("got %+v", a.Error)
	}
	if len(a.Checks) != 1 || a.Checks[0].Decision != authz.ImplicitDeny {
		t.Fatalf("checks %+v", a.Checks)
	}
	event := string(a.Event.JSON())
	for _, part := range []string{`"errorCode":"AccessDenied"`, `"eventName":"Encrypt"`, `"userName":"kms-test-2"`} {
		if !strings.Contains(event, part) {
			t.Errorf("event lacks %s: %s", part, event)
		}
	}
}

func TestCallErrors(t *testing.T) {
	for _, row := range []struct{ name, as, service, operation, input, want string }{
		{"unknown service", "111122223333:root", "route53", "ListHostedZones", "{}", "UnknownService: there is no service route53 here; there are kms, iam, sts, organizations, cloudtrail, dynamodb, ec2, lambda, logs, rds, s3, secretsmanager, sns, sqs"},
		{"input that is no object", "111122223333:root", "kms", "ListKeys", "[1]", "SerializationException: the input is not a JSON object"},
		{"broken input", "111122223333:root", "kms", "ListKeys", "{", "SerializationException: the input is not a JSON object"},
		{"a number beyond all numbers", "111122223333:root", "kms", "ListKeys", `{"Limit":1e999}`, ""},
		{"a member without a name", "111122223333:root", "kms", "ListKeys", `{"":{"":[{"":1e999}]}}`, ""},
		{"an encryption context of numbers", "111122223333:root", "kms", "Encrypt", `{"KeyId":"k","Plaintext":"","EncryptionContext":{"a":1e999,"":{}}}`, ""},
		{"unknown operation", "111122223333:root", "kms", "Nope", "{}", "UnknownOperationException: "},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := New(Options{}).Call(Call{As: row.as, Service: row.service, Operation: row.operation, Input: json.RawMessage(row.input)})
			if row.want == "" { // anything but a panic
				if !json.Valid(a.Event.JSON()) || string(a.Event.JSON()) == "null" {
					t.Errorf("event %q", a.Event.JSON())
				}
				return
			}
			if a.Error == nil || a.Error.Code+": "+a.Error.Message != row.want {
				t.Errorf("got %+v, want %s", a.Error, row.want)
			}
			if string(a.Output) != "null" || a.RequestID == "" {
				t.Errorf("a failed call answers output %s, request id %q", a.Output, a.RequestID)
			}
		})
	}
}

// TestClone holds that a world and its clone go their own ways and that the same calls answer the same in both.
func TestClone(t *testing.T) {
	w, key := seed004(t)
	c := w.Clone()
	input := `{"KeyId":"` + key + `","PendingWindowInDays":7}`
	a := must(t, c, "kms-test-1", "kms", "ScheduleKeyDeletion", input)
	c.Advance(8 * 24 * time.Hour)
	must(t, w, "kms-test-1", "kms", "DescribeKey", `{"KeyId":"`+key+`"}`)
	if gone := c.Call(Call{As: "kms-test-1", Service: "kms", Operation: "DescribeKey", Input: json.RawMessage(`{"KeyId":"` + key + `"}`)}); gone.Error == nil {
		t.Error("the key outlived its waiting period in the clone")
	}
	again, _ := seed004(t)
	if b := must(t, again, "kms-test-1", "kms", "ScheduleKeyDeletion", input); string(a.Output) != string(b.Output) || a.RequestID != b.RequestID {
		t.Errorf("replay differs:\n%s\n%s", a.Output, b.Output)
	}
}

// TestLastUsageNamesItsEvent holds that GetKeyLastUsage names the event in the trail of the account that owns the key.
func TestLastUsageNamesItsEvent(t *testing.T) {
	w, key := seed004(t)
	used := must(t, w, "kms-test-1", "kms", "Encrypt", `{"KeyId":"`+key+`","Plaintext":"SGVsbG8="}`)
	var event struct{ EventID, RequestID string }
	if err := json.Unmarshal(used.Event.JSON(), &event); err != nil || event.RequestID != used.RequestID {
		t.Fatalf("%s %v", used.Event, err)
	}
	out := string(must(t, w, "kms-test-1", "kms", "GetKeyLastUsage", `{"KeyId":"`+key+`"}`).Output)
	for _, want := range []string{`"Operation":"Encrypt"`, `"CloudTrailEventId":"` + event.EventID + `"`, `"KmsRequestId":"` + used.RequestID + `"`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s lacks %s", out, want)
		}
	}
}

// TestIAMIsAuthorized holds that IAM calls go through the same decisions.
func TestIAMIsAuthorized(t *testing.T) {
	w, _ := seed004(t)
	a := w.Call(Call{As: "kms-test-1", Service: "iam", Operation: "CreateUser", Input: json.RawMessage(`{"UserName":"eve"}`)})
	want := "User: arn:aws:iam::111122223333:user/kms-test-1 is not authorized to perform: iam:CreateUser on resource: " +
		"arn:aws:iam::111122223333:user/eve because no identity-based policy allows the iam:CreateUser action"
	if a.Error == nil || a.Error.Code != "AccessDenied" || a.Error.Message != want || a.Error.Status != 403 {
		t.Errorf("got %+v", a.Error)
	}
	must(t, w, "kms-test-2", "iam", "CreateUser", `{"UserName":"eve"}`)
}

// TestAssumeRole holds that the trust policy decides, and that the credentials then act as the session.
func TestAssumeRole(t *testing.T) {
	w, key := seed004(t)
	const role = "arn:aws:iam::111122223333:role/app"
	trust, _ := json.Marshal(map[string]string{"RoleName": "app",
		"AssumeRolePolicyDocument": `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/kms-test-1"},"Action":"sts:AssumeRole"}]}`})
	must(t, w, "111122223333:root", "iam", "CreateRole", string(trust))
	a := must(t, w, "kms-test-1", "sts", "AssumeRole", `{"RoleArn":"`+role+`","RoleSessionName":"s1"}`)
	var out struct{ Credentials Credentials }
	if err := json.Unmarshal(a.Output, &out); err != nil {
		t.Fatal(err)
	}
	denied := w.Call(Call{Credentials: out.Credentials, Service: "kms", Operation: "DescribeKey", Input: json.RawMessage(`{"KeyId":"` + key + `"}`)})
	if denied.Error == nil || denied.Principal != "arn:aws:sts::111122223333:assumed-role/app/s1" {
		t.Errorf("got %+v as %s", denied.Error, denied.Principal)
	}
	other := w.Call(Call{As: "manabusakai", Service: "sts", Operation: "AssumeRole", Input: json.RawMessage(`{"RoleArn":"` + role + `","RoleSessionName":"s1"}`)})
	want := "User: arn:aws:iam::111122223333:user/manabusakai is not authorized to perform: sts:AssumeRole on resource: " + role
	if other.Error == nil || other.Error.Message != want {
		t.Errorf("got %+v", other.Error)
	}
}
