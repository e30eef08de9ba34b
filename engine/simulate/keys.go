package simulate

import (
	"fmt"
	"slices"
	"strings"

	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/source"
)

func (r *Request) customKeys() (iam.Object, *iam.Error) { return r.keys(nil) }

// principalKeys reads the policies of a user with those of its groups, of a group or of a role, and the boundary.
func (r *Request) principalKeys() (iam.Object, *iam.Error) {
	e, err := r.Directory.Simulated(r.member("PolicySourceArn").String(), r.Caller.Account)
	if err != nil {
		return nil, err
	}
	var documents []*policy.Document
	for i := range e.Policies {
		documents = append(documents, e.Policies[i].Document)
	}
	if e.Boundary != nil {
		documents = append(documents, e.Boundary.Document)
	}
	return r.keys(documents)
}

// keys lists the context keys of policies, those of the request last. Each policy tells its own, so that a key may
// appear more than once.
func (r *Request) keys(documents []*policy.Document) (iam.Object, *iam.Error) {
	for i, text := range texts(r.member("PolicyInputList")) {
		document, remarks := policy.Parse(text)
		if slices.ContainsFunc(remarks, stopsReading) {
			return nil, invalid(fmt.Sprintf("Policy input list item %d has invalid content", i+1))
		}
		documents = append(documents, document)
	}
	names := []string{}
	for _, d := range documents {
		names = append(names, contextKeys(d)...)
	}
	return iam.Object{{Name: "ContextKeyNames", Value: names}}, nil
}

// stopsReading reports whether a policy with that mistake is refused here: what is unfinished is not, and neither are
// actions that are none (recorded).
func stopsReading(d source.Diagnostic) bool {
	switch d.Code {
	case "missing-statement", "empty-statement", "action-without-service", "action-without-name", "invalid-service-prefix", "empty-operator", "invalid-variable":
		return false
	}
	return d.Severity == source.Error
}

// contextKeys are the keys that a policy asks for, as they are spelled and in their order: those of conditions, and
// those of policy variables in Resource and in the values of conditions, whether the operator takes variables or not.
func contextKeys(d *policy.Document) []string {
	var names []string
	variables := func(text string) {
		if d.Version.Text == policy.Version20121017 {
			for _, name := range variableNames(text) {
				names = appendNew(names, name)
			}
		}
	}
	for i := range d.Statements {
		st := &d.Statements[i]
		for _, r := range slices.Concat(st.Resources, st.NotResources) {
			variables(r.Text)
		}
		for j := range st.Conditions {
			names = appendNew(names, st.Conditions[j].Key)
			for _, wanted := range st.Conditions[j].Wanted {
				variables(wanted.Text())
			}
		}
	}
	return names
}

// variableNames are the keys of policy variables; ${*}, ${?} and ${$} count as keys too (recorded).
func variableNames(text string) []string {
	names := condition.NewTemplate(text, true).Variables()
	for _, literal := range []string{"*", "?", "$"} {
		if strings.Contains(text, "${"+literal+"}") {
			names = append(names, literal)
		}
	}
	return names
}

// isLiteral tells the names that stand for a character from keys, which a request could carry.
func isLiteral(name string) bool { return name == "*" || name == "?" || name == "$" }
