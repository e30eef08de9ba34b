package engine

import (
	"testing"

	"kmsplayground/engine/authz"
)

// explained holds that every denial of an answer names what decided: an explicit deny the statement with its place in
// the text, an implicit deny what would have been needed, by policy type.
func explained(t *testing.T, place string, a Answer) {
	t.Helper()
	for i := range a.Checks {
		explainedCheck(t, place, &a.Checks[i])
	}
	for _, b := range a.Beneath {
		explained(t, place+", beneath it "+b.Operation, b.Answer)
	}
}

func explainedCheck(t *testing.T, place string, x *authz.Explanation) {
	t.Helper()
	switch {
	case x.Decision == authz.Allow && x.Message != "", x.Decision != authz.Allow && x.Message == "", x.Reason == "":
		t.Errorf("%s: %s is %q with the message %q and the reason %q", place, x.Action, x.Decision, x.Message, x.Reason)
	case x.Decision == authz.ExplicitDeny:
		denies := len(x.Deciding) > 0
		for _, d := range x.Deciding {
			denies = denies && d.Statement >= 0 && d.Span.IsValid() && d.Line > 0 && isDeny(x, d)
		}
		if !denies {
			t.Errorf("%s: the explicit deny of %s names %+v", place, x.Action, x.Deciding)
		}
	case x.Decision == authz.ImplicitDeny:
		needs := len(x.Needed) > 0
		for _, n := range x.Needed {
			needs = needs && n.Layer != "" && n.Text != ""
		}
		if !needs {
			t.Errorf("%s: the implicit deny of %s needs %+v", place, x.Action, x.Needed)
		}
	}
}

// isDeny reports whether a place is a Deny statement that applies, of the layer and the policy that it names.
func isDeny(x *authz.Explanation, d authz.Place) bool {
	for _, l := range x.Layers {
		for _, p := range l.Policies {
			if l.Type == d.Layer && p.ID == d.PolicyID && d.Statement < len(p.Statements) {
				s := p.Statements[d.Statement]
				return s.Effect == "Deny" && s.Applies && s.Span == d.Span
			}
		}
	}
	return false
}
