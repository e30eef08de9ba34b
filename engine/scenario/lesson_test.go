package scenario

import (
	"strings"
	"testing"
)

// TestLessonGoals plays what learners try in the lesson on the root statement: the goals hold together only when IAM
// policies count and nobody else got in.
func TestLessonGoals(t *testing.T) {
	statement := func(principal, action string) string {
		return `{ "Effect": "Allow", "Principal": ` + principal + `, "Action": "` + action + `", "Resource": "*" },`
	}
	for _, test := range []struct {
		name, added       string
		first, third      bool
		firstEnds, refuse string // error code of the first goal, and of the edit
	}{
		{name: "untouched", third: true, firstEnds: "AccessDeniedException"},
		{name: "root statement", added: statement(`{ "AWS": "arn:aws:iam::111122223333:root" }`, "kms:*"), first: true, third: true},
		{name: "account id", added: statement(`{ "AWS": "111122223333" }`, "kms:*"), first: true, third: true},
		{name: "root statement without encrypt", added: statement(`{ "AWS": "arn:aws:iam::111122223333:root" }`, "kms:Decrypt"), third: true, firstEnds: "AccessDeniedException"},
		{name: "another account", added: statement(`{ "AWS": "arn:aws:iam::444455556666:root" }`, "kms:*"), third: true, firstEnds: "AccessDeniedException"},
		{name: "everybody", added: statement(`"*"`, "kms:*"), first: true},
		{name: "nobody of that name", added: statement(`{ "AWS": "arn:aws:iam::111122223333:user/kms-test-9" }`, "kms:*"), third: true, firstEnds: "AccessDeniedException", refuse: "MalformedPolicyDocumentException"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := open(document(t, "stories/004-root-statement/why-the-root-statement.md"))
			keys := s.World().KMS().Keys()
			if len(keys) != 1 {
				t.Fatalf("%d keys", len(keys))
			}
			text := strings.Replace(s.Files()["key-policy.json"], `"Statement": [`, `"Statement": [`+test.added, 1)
			result := s.Edit(keys[0].ARN, "manabusakai", text)
			refuse := ""
			if result.Answer.Error != nil {
				refuse = result.Answer.Error.Code
			}
			goals := s.Goals()
			if len(goals) != 2 {
				t.Fatalf("%d goals", len(goals))
			}
			if refuse != test.refuse || goals[0].Holds != test.first || goals[0].Code != test.firstEnds || goals[1].Holds != test.third {
				t.Errorf("edit %q; %q %v %q; %q %v", refuse, goals[0].Title, goals[0].Holds, goals[0].Code, goals[1].Title, goals[1].Holds)
			}
		})
	}
}

// TestOrganizationLessons plays what learners try in the lessons on organizations: an edit of the one policy that they
// speak of, and which goals hold then.
func TestOrganizationLessons(t *testing.T) {
	const scp, rcp = "stories/organizations/an-scp-limits-even-the-root-user.md", "stories/organizations/an-rcp-guards-the-key.md"
	check := func(lesson, policy, old, new, refuse string, want ...bool) {
		t.Helper()
		s := open(document(t, lesson))
		for _, p := range s.World().IAM().OrganizationPolicies("111122223333") {
			if p.Name != policy {
				continue
			}
			text := strings.Replace(p.Document.Text.String(), old, new, 1)
			result := s.Edit(p.ID, "", text)
			got := ""
			if result.Answer.Error != nil {
				got = result.Answer.Error.Code
			}
			if got != refuse {
				t.Errorf("%s: the edit ended with %q", new, got)
			}
		}
		for i, g := range s.Goals() {
			if g.Holds != want[i] {
				t.Errorf("%s: %q is %v, %s", new, g.Title, g.Holds, g.Problem)
			}
		}
	}
	const sid = `"Sid": "KeepTheKeys",`
	check(scp, "KeepTheKeys", sid, sid, "", false, true, true)
	check(scp, "KeepTheKeys", sid, sid+`"Condition": {"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::444455556666:user/security"}},`, "", true, true, true)
	check(scp, "KeepTheKeys", sid, sid+`"Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:user/*"}},`, "", true, false, true)
	check(scp, "KeepTheKeys", `"Effect": "Deny"`, `"Effect": "Allow"`, "", true, false, false)
	check(scp, "KeepTheKeys", sid, sid+`"NotPrincipal": {"AWS": "arn:aws:iam::444455556666:user/security"},`, "MalformedPolicyDocumentException", false, true, true)
	const condition = `"Condition": {`
	check(rcp, "OnlyUs", condition, condition, "", false, true)
	check(rcp, "OnlyUs", condition, condition+`"StringNotEquals": {"aws:PrincipalAccount": "888877776666"},`, "", true, true)
	check(rcp, "OnlyUs", `"kms:*"`, `"kms:Decrypt"`, "", true, false)
	check(rcp, "OnlyUs", `"kms:*"`, `"*"`, "MalformedPolicyDocumentException", false, true)
}
