package browser

import (
	"slices"
	"strings"
	"testing"

	"kmsplayground/engine/policy"
)

// TestCompleteInAWorld holds that what the world has is offered where it fits, and told of.
func TestCompleteInAWorld(t *testing.T) {
	d, s := opened(t, world)
	key := s.Keys[0]
	for _, row := range []struct {
		kind, text string
		want       []string
	}{
		{"key policy", `{"Statement": [{"Principal": {"AWS": "`, []string{"arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:user/bob", "arn:aws:iam::111122223333:role/app"}},
		{"identity-based policy", `{"Statement": [{"Action": "kms:Encrypt", "Resource": "`, []string{key.ARN, "arn:aws:kms:us-east-1:111122223333:alias/app", "arn:aws:kms:us-east-1:111122223333:key/*"}},
		{"key policy", `{"Statement": [{"Condition": {"StringEquals": {"kms:CallerAccount": "`, []string{"111122223333"}},
		{"key policy", `{"Statement": [{"Condition": {"StringEquals": {"kms:RequestAlias": "`, []string{"alias/app"}},
		{"key policy", `{"Statement": [{"Condition": {"ArnLike": {"aws:PrincipalArn": "`, []string{"arn:aws:iam::111122223333:user/bob"}},
		{"identity-based policy", `{"Statement": [{"Condition": {"StringEquals": {"kms:ViaService": "`, []string{"s3.us-east-1.amazonaws.com"}},
	} {
		reply := ask(t, d, Request{Id: 2, Type: Complete, Policy: key.Policy, Kind: row.kind, Text: row.text, Offset: len(row.text)})
		var texts []string
		for _, suggestion := range reply.Completion.Suggestions {
			texts = append(texts, suggestion.Text)
		}
		for _, want := range row.want {
			if !slices.Contains(texts, want) {
				t.Errorf("%s: %q is not among %q", row.text, want, texts)
			}
		}
	}
	text := `{"Statement": [{"Resource": "` + key.ARN + `"}]}`
	help := ask(t, d, Request{Id: 3, Type: Explain, Policy: key.Policy, Kind: "identity-based policy", Text: text, Offset: 40}).Help
	if help == nil || !strings.HasPrefix(help.Text, "Key alias/app: SYMMETRIC_DEFAULT, Enabled.") {
		t.Errorf("%+v", help)
	}
	if help := ask(t, d, Request{Id: 4, Type: Explain, Kind: "key policy", Text: "{", Offset: 9}).Help; help != nil {
		t.Errorf("%+v", help)
	}
}

// TestEncryptionContextsInUse holds that the encryption contexts of requests and grants, and tags, are offered.
func TestEncryptionContextsInUse(t *testing.T) {
	d, s := opened(t, world)
	as, arn := "111122223333:root", s.Keys[0].ARN
	ask(t, d, Request{Id: 2, Type: Command, As: as, Command: "aws kms encrypt --plaintext SGVsbG8= --encryption-context Department=IT --key-id " + arn})
	ask(t, d, Request{Id: 3, Type: Command, As: as, Command: "aws kms tag-resource --tags TagKey=Team,TagValue=blue --key-id " + arn})
	for _, row := range []struct{ text, want string }{
		{`{"Statement": [{"Action": "kms:Encrypt", "Condition": {"StringEquals": {"`, "kms:EncryptionContext:Department"},
		{`{"Statement": [{"Action": "kms:Encrypt", "Condition": {"StringEquals": {"kms:EncryptionContext:Department": "`, "IT"},
		{`{"Statement": [{"Action": "kms:Encrypt", "Condition": {"StringEquals": {"`, "aws:ResourceTag/Team"},
		{`{"Statement": [{"Action": "kms:Encrypt", "Condition": {"StringEquals": {"aws:ResourceTag/Team": "`, "blue"},
	} {
		found := ask(t, d, Request{Id: 4, Type: Complete, Kind: "identity-based policy", Text: row.text, Offset: len(row.text)}).Completion
		if !slices.ContainsFunc(found.Suggestions, func(s policy.Suggestion) bool { return s.Text == row.want }) {
			t.Errorf("%s: %q is not among %v", row.text, row.want, found.Suggestions)
		}
	}
}

// TestEarlier holds that a policy's text can be had as it was opened and before it was last changed, whatever happened
// in between.
func TestEarlier(t *testing.T) {
	d, s := opened(t, world)
	key := s.Keys[0]
	var text string
	for _, p := range s.Policies {
		if p.ID == key.Policy {
			text = p.Text
		}
	}
	check := func(when string, baseline Baseline, want string, there bool) {
		t.Helper()
		if got := ask(t, d, Request{Id: 9, Type: Earlier, Policy: key.Policy, Baseline: baseline}); got.Text != want || got.Applied != there {
			t.Errorf("%s, %s: %q %v", when, baseline, got.Text, got.Applied)
		}
	}
	check("at first", AsOpened, text, true)
	check("at first", LastChange, "", false)
	ask(t, d, Request{Id: 2, Type: Edit, Policy: key.Policy, As: "111122223333:root", Text: text + " "})
	ask(t, d, Request{Id: 3, Type: Command, As: "111122223333:root", Command: "aws kms list-keys"})
	ask(t, d, Request{Id: 4, Type: Edit, Policy: key.Policy, As: "111122223333:root", Text: text + "  "})
	ask(t, d, Request{Id: 5, Type: Command, As: "111122223333:root", Command: "aws kms list-keys"})
	check("after two changes", AsOpened, text, true)
	check("after two changes", LastChange, text+" ", true)
}
