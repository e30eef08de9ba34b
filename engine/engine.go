// Package engine is a world of AWS accounts with KMS, IAM, STS, Organizations and the services that use KMS keys in it,
// and the one front door to it: calls go in, answers with their explanations come out.
package engine

import (
	"encoding/json"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/cloudtrail"
)

// Call is one request to an AWS service.
type Call struct {
	// As names the caller when Credentials are empty. References: "kms-test-1" (a user, else a role, of the world's
	// account), "user/NAME", "role/NAME/SESSION", "111122223333:root", "444455556666:user/x", "ec2.amazonaws.com" and
	// full ARNs.
	As          string
	Credentials Credentials
	Service     string          // "kms", "iam", "sts", "organizations", "cloudtrail", and those of package service: "ec2"
	Operation   string          // "Encrypt"
	Input       json.RawMessage // as in AWS JSON 1.1; null or empty for none
	Region      string          // empty: the world's Region
	Environment Environment
}

// Credentials are an access key as a client holds it.
type Credentials struct{ AccessKeyId, SecretAccessKey, SessionToken string }

// Environment is what a request carries besides its parameters.
type Environment struct {
	SourceIP    string // empty: 198.51.100.7
	ViaService  string // "ec2": a forward access session of that service for the caller
	VPCEndpoint string // "vpce-…"
	UserAgent   string
	SourceArn   string // the resource for which a service calls in its own name; empty for none
}

// Answer is what came of a call.
type Answer struct {
	Output    json.RawMessage // null when the call failed
	Error     *Error          // nil when it succeeded
	RequestID string
	Principal string              // ARN of the caller, empty when it is unknown
	Checks    []authz.Explanation // every authorization check of the call, in order
	Event     cloudtrail.Event
	Beneath   []Beneath // the calls that the service made to KMS for this one, in order
}

// Error is an AWS error as a client sees it.
type Error struct {
	Code    string
	Message string
	Status  int // HTTP status
}
