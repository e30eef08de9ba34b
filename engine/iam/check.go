package iam

import (
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/source"
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

// refusal is IAM's text for a policy that it does not take. IAM names no place and only one mistake; which of several
// comes first is ours: the first in the text.
func refusal(diagnostics []source.Diagnostic) string {
	for _, d := range diagnostics {
		if d.Severity != source.Error {
			continue
		}
		if text, ok := refusals[d.Code]; ok {
			return text
		}
		return "Syntax errors in policy."
	}
	return "Syntax errors in policy."
}

// refusals are IAM's texts by the code of the diagnostic; everything else is a syntax error to IAM.
var refusals = map[string]string{
	"missing-action":   "Policy statement must contain actions.",
	"missing-resource": "Policy statement must contain resources.",
}
