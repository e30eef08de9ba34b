package browser

import (
	"strings"
	"testing"
)

// root-statement is a key policy that names one of two administrators.
const twoAdministrators = "```json title=\"key-policy.json\"\n" +
	`{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/kms-test-1" }, "Action": "kms:*", "Resource": "*" } ] }` +
	"\n```\n\n```sh as=\"111122223333:root\"\n" + `for user in kms-test-1 kms-test-2; do
  aws iam create-user --user-name $user
  aws iam attach-user-policy --user-name $user --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
done` + "\n```\n\n```sh as=\"kms-test-1\"\n" + `key=$(aws kms create-key --policy file://key-policy.json --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/app --target-key-id $key` + "\n```\n\n```sh as=\"kms-test-2\" expect=\"AccessDeniedException\"\n" +
	"aws kms encrypt --key-id alias/app --plaintext SGVsbG8=\n```\n"

// Every suggestion of the root statement's story is applied, allows the request, and is taken back by one Undo.
func TestSuggestAndApply(t *testing.T) {
	d, state := opened(t, twoAdministrators)
	last := len(state.Requests) - 1
	advice := ask(t, d, Request{Id: 2, Type: Suggest, Index: last}).Advice
	titles := []string{}
	for _, s := range advice.Suggestions {
		titles = append(titles, s.Title)
		if len(s.Commands) == 0 || !strings.HasPrefix(s.Commands[0].Text, "aws kms ") {
			t.Errorf("%s: its commands are %v", s.Title, s.Commands)
		}
	}
	want := []string{
		"Give user/kms-test-2 a grant of Encrypt on alias/app", "Let the policy of alias/app allow kms:Encrypt to user/kms-test-2",
		"Let the policy of alias/app leave kms:Encrypt to the IAM policies of account 111122223333", "Send it as user/kms-test-1",
	}
	for _, title := range want {
		if !strings.Contains(strings.Join(titles, "\n"), title) {
			t.Errorf("%q is not suggested, but\n%s", title, strings.Join(titles, "\n"))
		}
	}
	for _, s := range advice.Suggestions {
		applied := ask(t, d, Request{Id: 3, Type: Apply, Index: last, Text: s.Title})
		if !applied.Applied {
			t.Errorf("%s is refused", s.Title)
		}
		sent := s.Commands[len(s.Commands)-1].Request
		if got := ask(t, d, Request{Id: 4, Type: Suggest, Index: last}).Advice; !sent && !got.Allowed {
			t.Errorf("%s: not allowed after it", s.Title)
		}
		if sent && (applied.Answer == nil || applied.Answer.Error != nil) {
			t.Errorf("%s: the request is answered %v", s.Title, applied.Answer)
		}
		back := ask(t, d, Request{Id: 5, Type: Undo}).State
		if back.Document != state.Document || back.CanUndo {
			t.Errorf("%s: one Undo leaves\n%s", s.Title, back.Document)
		}
	}
	if got := send(t, d, Request{Id: 6, Type: Apply, Index: last, Text: "Something else"}).Failure; got != "the world has changed: this is not suggested for request 6 any more" {
		t.Error(got)
	}
	if got := send(t, d, Request{Id: 6, Type: Suggest, Index: 99}).Failure; got != "there is no request 99" {
		t.Error(got)
	}
}
