package iam

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/catalog"
)

// badCharacters gives IAM's own texts for names, paths and documents with characters that do not belong there. IAM
// says these instead of the general text with the pattern; STS does not.
func badCharacters(service string, op catalog.Operation, input gjson.Result) *Error {
	if service != "iam" {
		return nil
	}
	for _, f := range op.Input {
		value := catalog.Member(input, f.Name).Str
		if rule := characterRule(f.Shape.Name, value); value != "" && rule != "" {
			parameter := strings.ToLower(f.Name[:1]) + f.Name[1:]
			return errorf("ValidationError", "The specified value for %s is invalid. %s", parameter, rule)
		}
	}
	return nil
}

// characterRule is the sentence that a value of a shape violates, "" when it is well.
func characterRule(shape, value string) string {
	switch shape {
	case "userNameType", "existingUserNameType", "groupNameType", "roleNameType", "policyNameType":
		if strings.Trim(value, wordCharacters+"+=,.@-") != "" {
			return "It must contain only alphanumeric characters and/or the following: +=,.@_-"
		}
	case "pathType", "policyPathType":
		if !strings.HasPrefix(value, "/") || !strings.HasSuffix(value, "/") || !within(value, '!', '~') {
			return "It must begin and end with / and contain only alphanumeric characters and/or / characters."
		}
	case "policyDocumentType":
		if !within(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(value), ' ', 0xFF) {
			return "It must contain only printable ASCII characters."
		}
	}
	return ""
}

const wordCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

func within(s string, low, high rune) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < low || r > high })
}

// withoutValues is what IAM says of broken constraints: unlike STS it repeats neither values nor enums (recorded from
// AWS, 2026-02). Its simulator does tell enums, and the values of the exclusion list (recorded, 2026-09).
func withoutValues(op catalog.Operation, input gjson.Result) string {
	op.Input = masked(op.Input)
	if strings.HasPrefix(op.Name, "Simulate") {
		return catalog.Validate(op, input)
	}
	parts := strings.Split(catalog.Validate(op, input), "; ")
	for i, part := range parts {
		head, _, enum := strings.Cut(part, " enum value set: [")
		if enum {
			head += " enum value set"
		}
		parts[i] = head
		if strings.Contains(part, "Member must satisfy constraint: [") {
			parts[i] = strings.TrimSuffix(head, "]") + ", Member must not be null]"
		}
	}
	return strings.Join(parts, "; ")
}

// masked are fields whose values Validate does not repeat.
func masked(fields []catalog.Field) []catalog.Field {
	out := slices.Clone(fields)
	for i := range out {
		if out[i].Name != "PolicyExclusionList" {
			out[i].Shape = maskedShape(out[i].Shape)
		}
	}
	return out
}

func maskedShape(shape *catalog.Shape) *catalog.Shape {
	s := *shape
	s.Sensitive = true
	s.Fields = masked(s.Fields)
	if s.Member != nil {
		s.Member = maskedShape(s.Member)
	}
	return &s
}
