package scenario

import (
	"strings"
	"testing"
)

// TestSimulatorLesson plays what learners try in the lesson on the policy simulator: both goals hold only when the
// user's IAM policy counts and the key policy does not let her in by itself.
func TestSimulatorLesson(t *testing.T) {
	for _, test := range []struct {
		added string
		want  [2]bool
	}{
		{"", [2]bool{false, true}},
		{`{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" },`, [2]bool{true, true}},
		{`{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/rosa" }, "Action": "kms:*", "Resource": "*" },`, [2]bool{true, false}},
	} {
		s := open(document(t, "stories/simulate/ask-before-you-act.md"))
		key := ""
		for _, k := range s.World().KMS().Keys() {
			if s.World().KMS().KeyPolicy(k.ARN).Document.Text.String() == s.Files()["closed-key.json"] {
				key = k.ARN
			}
		}
		text := strings.Replace(s.Files()["closed-key.json"], `"Statement": [`, `"Statement": [`+test.added, 1)
		if a := s.Edit(key, "admin", text).Answer; a.Error != nil {
			t.Fatalf("%s: %s: %s", test.added, a.Error.Code, a.Error.Message)
		}
		goals := s.Goals()
		if len(goals) != 2 || goals[0].Holds != test.want[0] || goals[1].Holds != test.want[1] {
			t.Errorf("%s: %+v", test.added, goals)
		}
	}
}
