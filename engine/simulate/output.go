package simulate

import (
	"maps"
	"slices"
	"strings"

	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/source"
)

// result is the form of an action's result. Without named resources it has neither details nor a part for each.
func (o *outcome) result(action, resource string, named bool, specific []iam.Object) iam.Object {
	r := iam.Object{{Name: "EvalActionName", Value: action}}
	if resource != "" {
		r = append(r, iam.Member{Name: "EvalResourceName", Value: resource})
	}
	missing := o.missing
	if missing == nil {
		missing = []string{}
	}
	r = append(r, iam.Member{Name: "EvalDecision", Value: o.decision}, iam.Member{Name: "MatchedStatements", Value: statements(o.matches)},
		iam.Member{Name: "MissingContextValues", Value: missing})
	if o.organizations != nil {
		r = append(r, iam.Member{Name: "OrganizationsDecisionDetail", Value: iam.Object{{Name: "AllowedByOrganizations", Value: *o.organizations}}})
	}
	r = o.withBoundary(r)
	if named {
		r = append(r, iam.Member{Name: "EvalDecisionDetails", Value: details(o.details)}, iam.Member{Name: "ResourceSpecificResults", Value: specific})
	}
	return r
}

// specific is the form of one resource's result, which leaves out what is empty.
func (o *outcome) specific(resource string) iam.Object {
	r := iam.Object{{Name: "EvalResourceName", Value: resource}, {Name: "EvalResourceDecision", Value: o.decision}}
	if len(o.matches) > 0 {
		r = append(r, iam.Member{Name: "MatchedStatements", Value: statements(o.matches)})
	}
	if len(o.missing) > 0 {
		r = append(r, iam.Member{Name: "MissingContextValues", Value: o.missing})
	}
	if o.details != nil {
		r = append(r, iam.Member{Name: "EvalDecisionDetails", Value: details(o.details)})
	}
	return o.withBoundary(r)
}

func (o *outcome) withBoundary(r iam.Object) iam.Object {
	if o.boundary == nil {
		return r
	}
	return append(r, iam.Member{Name: "PermissionsBoundaryDecisionDetail", Value: iam.Object{{Name: "AllowedByPermissionsBoundary", Value: *o.boundary}}})
}

func details(by map[string]decision) iam.Object {
	r := iam.Object{}
	for _, kind := range slices.Sorted(maps.Keys(by)) {
		r = append(r, iam.Member{Name: kind, Value: by[kind]})
	}
	return r
}

func statements(matches []match) []iam.Object {
	list := []iam.Object{}
	for _, m := range matches {
		start, end := positions(m.source.policy.Document, m.index)
		list = append(list, iam.Object{
			{Name: "SourcePolicyId", Value: m.source.id}, {Name: "SourcePolicyType", Value: m.source.kind},
			{Name: "StartPosition", Value: start}, {Name: "EndPosition", Value: end},
		})
	}
	return list
}

// positions says where a statement is in its text, as the simulator does: from behind the token before it (the bracket
// of the list, the end of the statement before, or its own brace when there is no list) to behind its last brace.
func positions(d *policy.Document, i int) (start, end source.Position) {
	span := d.Statements[i].Span
	at := span.Start + 1
	switch before := strings.TrimRight(d.Text.String()[:span.Start], " \t\r\n"); {
	case strings.HasSuffix(before, "["):
		at = len(before)
	case strings.HasSuffix(before, ","):
		at = d.Statements[i-1].Span.End
	}
	return d.Text.Position(at), d.Text.Position(span.End)
}
