package iam

import (
	"kmsplayground/engine/policy"
)

// parse understands a policy once, when it is stored. The text is kept exactly as typed. A refused policy still has
// its document.
func parse(k policy.Kind, text string) (storedPolicy, *Error) {
	document, diagnostics := policy.ParseAs(k, text)
	if policy.Refused(diagnostics) {
		return storedPolicy{document: document}, errorf("MalformedPolicyDocument", "%s", refusal(k, text, diagnostics))
	}
	return storedPolicy{text: text, document: document}, nil
}
