package scenario

import (
	"testing"

	"kmsplayground/engine"
)

// TestImportLesson plays what a learner does at the end of the lesson on imported key material.
func TestImportLesson(t *testing.T) {
	for _, test := range []struct {
		script, code string
		holds        bool
	}{
		{"wrap other.bin; hand_over --expiration-model KEY_MATERIAL_EXPIRES", "", false},
		{"wrap other.bin; hand_over --expiration-model KEY_MATERIAL_EXPIRES --key-material-id $first", "IncorrectKeyMaterialException", false},
		{"wrap material.bin; hand_over --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE", "ValidationException", false},
		{"wrap material.bin; hand_over --expiration-model KEY_MATERIAL_EXPIRES", "", true},
		{"wrap material.bin; hand_over --expiration-model KEY_MATERIAL_EXPIRES --key-material-id $first", "", true},
	} {
		s := open(document(t, "stories/imports/key-material-of-your-own.md"))
		step := s.Run("custodian", test.script, engine.Environment{})
		if step.Code != test.code {
			t.Errorf("%s: %q, want %q: %s", test.script, step.Code, test.code, step.Stderr)
		}
		for _, goal := range s.Goals() {
			if goal.Holds != test.holds {
				t.Errorf("%s: %q holds: %v %s", test.script, goal.Title, goal.Holds, goal.Stderr)
			}
		}
	}
}
