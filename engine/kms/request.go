// Package kms is the Key Management Service: keys with their policies, aliases, grants and tags, and the operations on
// them. It is the only owner of keys.
package kms

import (
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
)

// Request is one call of a KMS operation.
type Request struct {
	Caller      *iam.Principal
	Operation   string       // "Encrypt"
	Input       gjson.Result // as in AWS JSON 1.1
	Region      string       // of the endpoint that was called
	Now         time.Time
	Environment Environment
	Directory   *iam.Directory
	RequestID   string
	// EventID is the id of the CloudTrail event of the call in an account's trail; nil where there is no trail.
	EventID func(account string) string
	// Guards are the policies that limit the caller and what an account owns; nil for a world without such policies.
	Guards func(owner string) authz.Guards
	// Brief: the Checks of a call are left out when all allow it; Explain gives them.
	Brief bool
}

// Environment is what a request carries besides its parameters.
type Environment struct {
	SourceIP    string
	ViaService  string // "ec2": that service calls in a forward access session of the caller
	VPCEndpoint string // "vpce-…"
	VPC         string // of the endpoint, empty when it is not known
	VPCSourceIP string // of the caller within the VPC
	UserAgent   string
	// SourceArn is the resource for which a service calls in its own name, and SourceAccount the account that owns it;
	// other callers have none.
	SourceArn     string
	SourceAccount string
}

// Result is what came of a call. Checks are there for failed calls too.
type Result struct {
	Output    any                        // a structure with AWS's member names; nil for operations that answer nothing
	Checks    []authz.Explanation        // every authorization check, in order
	Explain   func() []authz.Explanation // what Checks would be, at any time; nil when they are there
	Resources []string                   // ARNs of the keys and aliases that the call was about, as CloudTrail lists them
	Event     Event
}

// Event is what only KMS knows for the CloudTrail record of a call.
type Event struct {
	ReadOnly bool
	// KeyMaterialID and Additional are additionalEventData.
	KeyMaterialID string
	Additional    map[string]string // grantId
}
