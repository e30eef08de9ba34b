package iam

import (
	"fmt"
	"strings"

	"kmsplayground/engine/policy"
	"kmsplayground/engine/source"
)

// refusal is the text of IAM and STS for a policy that they do not take. They name no place and only one mistake;
// which of several comes first is ours: the first in the text.
func refusal(k policy.Kind, text string, diagnostics []source.Diagnostic) string {
	for _, d := range diagnostics {
		if d.Severity == source.Error {
			return refusalOf(k, d, spelled(text, d.Span))
		}
	}
	return ""
}

const syntaxErrors = "Syntax errors in policy."

func refusalOf(k policy.Kind, d source.Diagnostic, value string) string {
	switch d.Code {
	case "syntax-error", "empty-policy", "trailing-text", "byte-order-mark", "nested-too-deep", "control-character":
		return invalidJSON[k]
	case "action-without-service":
		return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
	case "invalid-service-prefix":
		vendor, _, _ := strings.Cut(value, ":")
		return fmt.Sprintf("Vendor %s is not valid", vendor)
	case "empty-list":
		if strings.Contains(d.Message, "Resource") {
			return refusals["missing-resource"]
		}
		return refusals["missing-action"]
	case "invalid-resource":
		return fmt.Sprintf("Resource %s must be in ARN format or \"*\".", value)
	case "invalid-principal":
		if k == policy.TrustPolicy {
			return fmt.Sprintf("Invalid principal in policy: \"AWS\":%q", value)
		}
	}
	if text, ok := refusals[d.Code]; ok {
		return text
	}
	return syntaxErrors
}

// invalidJSON is what each writer of policies says of a text that is no JSON.
var invalidJSON = map[policy.Kind]string{
	policy.IdentityPolicy: syntaxErrors,
	policy.TrustPolicy:    "This policy contains invalid Json",
	policy.SessionPolicy:  "The policy is not in the valid JSON format.",
}

// refusals are IAM's texts by the code of the diagnostic; everything else is a syntax error to IAM.
var refusals = map[string]string{
	"missing-action":        "Policy statement must contain actions.",
	"missing-resource":      "Policy statement must contain resources.",
	"principal-not-allowed": "Policy document should not specify a principal.",
	"missing-principal":     "Missing required field Principal",
	"resource-not-allowed":  "Has prohibited field Resource",
	"trust-policy-action":   "AssumeRole policy may only specify STS AssumeRole actions.",
	"duplicate-sid":         "Statement IDs (SID) in a single policy must be unique.",
	"invalid-sid":           "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
	"invalid-effect":        "The policy failed legacy parsing",
	"invalid-value":         "The policy failed legacy parsing",
}

// spelled is a string of the document without its quotes.
func spelled(text string, s source.Span) string {
	value := text[s.Start:s.End]
	if len(value) >= 2 && value[0] == '"' {
		return value[1 : len(value)-1]
	}
	return value
}
