// Package denial holds denials and their explanations against the forms that AWS gives them. It stands in testdata because
// only tests need it.
package denial

import (
	"regexp"
	"strings"
	"testing"

	"kmsplayground/engine/authz"
)

const (
	user     = `User: (?:arn:aws[a-z-]*:(?:iam|sts)::\d{12}:\S+|[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?)`
	refused  = `^` + user + ` is not authorized to perform: (?P<action>[A-Za-z0-9-]+:[A-Za-z]+)`
	on       = ` on resource: (?:arn:\S+|\*|"arn:\S+")` // Amazon S3 puts it in quotes
	unseen   = ` because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access$`
	limit    = `(?:service control policy|VPC endpoint policy|permissions boundary|session policy)`
	denier   = `(?:a (?:service control policy|resource control policy|VPC endpoint policy|permissions boundary|session policy|resource-based policy)|an identity-based policy)(?:: arn:\S+)?$`
	allowing = ` allows the (?P<again>[A-Za-z0-9-]+:[A-Za-z]+) action$`
)

// form is one of AWS's forms of a denial.
type form struct {
	name    string
	pattern *regexp.Regexp
}

// forms are all there are, the ones that others would match too first.
var forms = []form{
	{"T7: account-level, no identity-based policy allows it", regexp.MustCompile(refused + ` on resource: \* because no identity-based policy` + allowing)},
	{"T1: no identity-based policy allows it", regexp.MustCompile(refused + on + ` because no identity-based policy` + allowing)},
	{"T2: no resource-based policy allows it", regexp.MustCompile(refused + on + ` because no resource-based policy` + allowing)},
	{"T3: an explicit deny", regexp.MustCompile(refused + on + ` with an explicit deny in ` + denier)},
	{"T4: a policy that limits does not allow it", regexp.MustCompile(refused + on + ` because no ` + limit + allowing)},
	{"T5: a resource of another account, hidden", regexp.MustCompile(refused + ` on this resource` + unseen)},
	{"T6: the resource associated with a ciphertext", regexp.MustCompile(refused + ` on the resource associated with this ciphertext(?: with an explicit deny in ` + denier + `| because no (?:identity-based policy|resource-based policy|` + limit + `)` + allowing + `|` + unseen + `)`)},
	{"T8: tags of a key that is to be made", regexp.MustCompile(`^` + user + ` is not authorized to perform: (?P<action>kms:TagResource)(?: with an explicit deny in ` + denier + `| because no (?:identity-based policy|` + limit + `)` + allowing + `)`)},
	{"T9: without a reason", regexp.MustCompile(`^` + user + ` is not authorized to perform: (?P<action>sts:[A-Za-z]+)` + on + `$`)},
	{"a resource of another account that is shared", regexp.MustCompile(refused + ` on this resource(?: with an explicit deny in ` + denier + `| because no (?:identity-based policy|` + limit + `)` + allowing + `)`)},
	{"the key of a ciphertext is not there", regexp.MustCompile(`^The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access\.$`)},
	{"AWS Organizations", regexp.MustCompile(`^You don't have permissions to access this resource\.$`)},
}

// Forms are the names of all forms.
func Forms() []string {
	names := make([]string, len(forms))
	for i := range forms {
		names[i] = forms[i].name
	}
	return names
}

// Form finds the form that a message has from its beginning to its end, "" for none.
func Form(message string) string {
	for i := range forms {
		found := forms[i].pattern.FindStringSubmatch(message)
		if found == nil || !sameAction(forms[i].pattern, found) {
			continue
		}
		return forms[i].name
	}
	return ""
}

// sameAction: a message that repeats the action repeats the same one.
func sameAction(pattern *regexp.Regexp, found []string) bool {
	action := ""
	for i, name := range pattern.SubexpNames() {
		switch {
		case name == "action":
			action = found[i]
		case name == "again" && found[i] != "" && found[i] != action:
			return false
		}
	}
	return true
}

// Explained holds that an explanation names what decided: of an explicit deny the Deny statements with their places in
// the text, of an implicit deny what would have been needed, by policy type; and that its message has one of the forms.
func Explained(t testing.TB, place string, x *authz.Explanation) {
	t.Helper()
	if denied := x.Decision != authz.Allow; denied != (x.Message != "") || x.Reason == "" || denied && Form(x.Message) == "" {
		t.Errorf("%s: %s is %q with the message %q and the reason %q", place, x.Action, x.Decision, x.Message, x.Reason)
	}
	switch x.Decision {
	case authz.Allow:
		if len(x.Needed) > 0 {
			t.Errorf("%s: the allow of %s needs %+v", place, x.Action, x.Needed)
		}
	case authz.ExplicitDeny:
		whole := len(x.Deciding) > 0
		for _, d := range x.Deciding {
			whole = whole && denies(x, d)
		}
		if !whole {
			t.Errorf("%s: the explicit deny of %s names %+v", place, x.Action, x.Deciding)
		}
	default:
		whole := len(x.Needed) > 0
		for _, n := range x.Needed {
			whole = whole && n.Layer != "" && strings.TrimSpace(n.Text) != ""
		}
		if !whole {
			t.Errorf("%s: the implicit deny of %s needs %+v", place, x.Action, x.Needed)
		}
	}
}

// denies reports whether a place is a whole Deny statement that applies, of the layer and the policy that it names.
func denies(x *authz.Explanation, d authz.Place) bool {
	for _, l := range x.Layers {
		for _, p := range l.Policies {
			for _, s := range p.Statements {
				if l.Type == d.Layer && p.ID == d.PolicyID && s.Index == d.Statement && s.Span == d.Span {
					return s.Effect == "Deny" && s.Applies && d.Span.IsValid() && d.Line > 0
				}
			}
		}
	}
	return false
}
