// Package policy is the IAM policy document: parsed with the place of every element, printed and checked.
package policy

import (
	"kmsplayground/engine/arn"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/source"
)

// Kind is where a policy is used; it decides which elements and keys are allowed in it.
type Kind string

// The kinds of policy that take part in a KMS decision, named as AWS's denial messages name them.
const (
	KeyPolicy             Kind = "key policy"
	IdentityPolicy        Kind = "identity-based policy"
	PermissionsBoundary   Kind = "permissions boundary"
	SessionPolicy         Kind = "session policy"
	TrustPolicy           Kind = "trust policy"
	ServiceControlPolicy  Kind = "service control policy"
	ResourceControlPolicy Kind = "resource control policy"
	VPCEndpointPolicy     Kind = "VPC endpoint policy"
)

// Effect is "Allow" or "Deny"; anything else is invalid and the statement never applies.
type Effect string

// The two effects.
const (
	Allow Effect = "Allow"
	Deny  Effect = "Deny"
)

// Value is a string of the document and its place, quotes included in the span.
type Value struct {
	Text string
	Span source.Span
}

// Document is a policy as written. What could not be understood is in the diagnostics that Parse returns beside it.
type Document struct {
	Text       *source.Text
	Version    Value // "2012-10-17"; empty means 2008-10-17
	ID         Value
	Statements []Statement
}

// Statement is one member of "Statement".
type Statement struct {
	Span       source.Span
	Sid        Value
	Effect     Effect
	EffectSpan source.Span

	HasPrincipal    bool // "Principal" is present, even when empty
	Principals      []Principal
	HasNotPrincipal bool
	NotPrincipals   []Principal
	PrincipalSpan   source.Span // the value of whichever of the two is present

	Actions      []Action // "Action": "kms:Encrypt"
	NotActions   []Action
	ActionSpan   source.Span // the value of Action or NotAction
	Resources    []Resource
	NotResources []Resource
	ResourceSpan source.Span
	Conditions   []Condition // ANDed
}

// Principal is one principal: {"AWS": "arn:…"} gives {Type: "AWS", Text: "arn:…"}; the bare "*" has Type "*".
type Principal struct {
	Type string // "AWS", "Service", "Federated", "CanonicalUser", "*"
	Value
}

// Action is one action pattern, matched without regard to letter case.
type Action struct {
	Value
	pattern arn.Pattern
}

// Resource is one resource pattern; it may hold policy variables.
type Resource struct {
	Value
	Template condition.Template
}

// Condition is one operator-key pair with its places.
type Condition struct {
	condition.Test
	Span         source.Span // from the key to the end of its values
	OperatorSpan source.Span
	KeySpan      source.Span
	ValueSpans   []source.Span // beside Test.Wanted
}
