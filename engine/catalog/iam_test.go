package catalog

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestIAMModels(t *testing.T) {
	for service, operations := range map[string][]Operation{"iam": IAM(), "sts": STS(), "organizations": Organizations()} {
		if !slices.IsSortedFunc(operations, func(a, b Operation) int { return strings.Compare(a.Name, b.Name) }) {
			t.Errorf("the operations of %s are not sorted", service)
		}
		for _, op := range operations {
			if op.Service != service || !op.Simulated {
				t.Errorf("%s belongs to %q, simulated %v", op.Name, op.Service, op.Simulated)
			}
			checkFields(t, op.Name, op.Input)
			checkFields(t, op.Name, op.Output)
		}
	}
}

// checkFields looks for shapes that Validate or the AWS CLI could not use.
func checkFields(t *testing.T, path string, fields []Field) {
	t.Helper()
	for _, f := range fields {
		checkShape(t, path+"."+f.Name, f.Shape)
	}
}

func checkShape(t *testing.T, path string, s *Shape) {
	t.Helper()
	if _, err := regexp.Compile(unicodeEscapes(s.Pattern)); err != nil {
		t.Errorf("%s: %v", path, err)
	}
	if document := strings.HasSuffix(path, "PolicyDocument") || strings.HasSuffix(path, ".Document"); document && !s.Document {
		t.Errorf("%s is not marked as a policy document", path)
	}
	if (s.Type == List || s.Type == Map) != (s.Member != nil) || (s.Type == Map) != (s.Key != nil) || (s.Type == Structure) != (len(s.Fields) > 0) {
		t.Errorf("%s: a %s with member %v and %d fields", path, s.Type, s.Member, len(s.Fields))
	}
	checkFields(t, path, s.Fields)
	if s.Member != nil {
		checkShape(t, path, s.Member)
	}
}

func TestManagedPolicies(t *testing.T) {
	for _, p := range ManagedPolicies() {
		if !json.Valid([]byte(p.Text)) || p.ARN != "arn:aws:iam::aws:policy/"+p.Name || p.Description == "" || !strings.HasPrefix(p.VersionId, "v") {
			t.Errorf("%s is not whole", p.Name)
		}
	}
}
