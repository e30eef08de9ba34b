// Package iam is who there is: accounts, users, groups, roles and sessions, and which policies are attached to whom.
package iam

import (
	"time"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/policy"
)

// PrincipalKind is what sort of identity makes a request.
type PrincipalKind string

// The kinds of caller that AWS knows.
const (
	Root          PrincipalKind = "Root"
	User          PrincipalKind = "User"
	AssumedRole   PrincipalKind = "AssumedRole"
	FederatedUser PrincipalKind = "FederatedUser"
	Service       PrincipalKind = "Service" // an AWS service with its own identity, not a forward access session
)

// Policy is one policy document that is attached somewhere, parsed once.
type Policy struct {
	// ID names the policy within the world, for links and for the editor's tabs:
	// "111122223333/user/kms-test-2/inline/dev", "arn:aws:iam::aws:policy/AdministratorAccess".
	ID       string
	Name     string // as people call it: "AdministratorAccess", "dev"
	ARN      string // empty for inline policies
	Kind     policy.Kind
	Document *policy.Document
}

// Principal is an authenticated caller with everything that an authorization needs to know about it.
type Principal struct {
	Kind    PrincipalKind
	ARN     arn.ARN // of the caller; for a role session the session's: arn:aws:sts::A:assumed-role/R/S
	Issuer  arn.ARN // aws:PrincipalArn: the role of a session; otherwise equal to ARN
	Account string  // home account, 12 digits; empty for a Service
	ID      string  // unique id: AIDA…, AROA…:session, account:name of a federated user, the account id of root
	Name    string  // user name, role name, service name "ec2.amazonaws.com"
	Tags    []Tag   // of the user or role, and session tags over them; sorted by key

	Identity []Policy // identity-based policies: inline first, then attached, of the user and its groups or of the role
	Boundary *Policy  // permissions boundary, nil for none
	Session  []Policy // session policies; nil when the session was made without
	// HasSessionPolicy is true when a session policy was given, even one that allows nothing.
	HasSessionPolicy bool

	// FederatingUser is, for a FederatedUser, the IAM user that called GetFederationToken.
	FederatingUser arn.ARN

	SessionName    string
	SourceIdentity string
	IssuedAt       time.Time // of temporary credentials; zero for long-term ones
	MFA            bool
	AccessKeyID    string

	texts texts
}

// Tag is a key and its value.
type Tag struct{ Key, Value string }
