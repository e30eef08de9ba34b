package authz

import (
	"time"

	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// Request is one question: may Principal do Action on Resource?
type Request struct {
	Principal *iam.Principal
	Action    string // "kms:ReEncryptFrom"
	Resource  string // ARN of the key or alias, or "*"
	Owner     string // account that owns the resource; empty for "*"
	Context   *condition.Context
	// Now is the moment of the request; it matters to grants that are not visible yet or that ended.
	Now time.Time

	// Guards are the policies that limit everything else: nil where the world has none of that type.
	Guards Guards

	// KeyPolicy is nil when no key is asked about: account-level operations and the alias half of alias operations.
	KeyPolicy *iam.Policy
	// CrossAccount: the operation works on keys of other accounts.
	CrossAccount bool
	// Grants are the grants on the key that name this principal as grantee; nil when the operation cannot be granted.
	Grants []*Grant
	// Operation is the grant operation that the call needs ("ReEncryptTo"), "" when it cannot be granted.
	Operation string
	// GrantTokens of the request, as grant ids.
	GrantTokens []string
	// EncryptionContext of this check, nil when the operation has none.
	EncryptionContext map[string]string
	// Child is set for CreateGrant: what the new grant would allow.
	Child *Grant
	// SourceGrants are set for the ReEncryptTo half of a ReEncrypt whose ReEncryptFrom rests on grants: those that allow it.
	SourceGrants []*Grant

	// Bound is, for principals that the key policy names, the unique id that the name had when the policy was put. A
	// user or role of the same name made later does not match. Names that are missing here are matched by name.
	Bound map[string]string

	Texts Texts
}

// Guards are the policy types that give nothing but must allow before anything else counts.
type Guards struct {
	SCP         *Guard // of the organization of the caller's account
	RCP         *Guard // of the organization of the account that owns the resource
	VPCEndpoint *Guard // of the endpoint through which the request came
}

// Guard is the policies of one such type.
type Guard struct {
	// Levels must each allow: the organization's root, the OUs down to the account, the account.
	Levels []Level
	// Exempt says why the policies do not bind this request; empty when they do.
	Exempt string
}

// Level is one place where policies are attached.
type Level struct {
	Name     string // "Root", "ou-…", the account id
	Policies []iam.Policy
}

// Texts chooses among AWS's forms of a denial message.
type Texts struct {
	// NoResource leaves out "on resource: …" (kms:TagResource within CreateKey).
	NoResource bool
	// Bare leaves out why (sts:AssumeRole, and KMS until about 2021).
	Bare bool
	// Shown is how the resource is named when it is not by its ARN.
	Shown string
	// Ciphertext says "on the resource associated with this ciphertext" (calls through services without KeyId).
	Ciphertext bool
}

// Grant is what authorization knows of a grant on a key.
type Grant struct {
	ID             string
	Name           string
	GranteeARN     string // as listed
	GranteeID      string // unique id it is bound to: AIDA…, AROA…, AROA…:session; empty for services and accounts
	RetiringARN    string
	RetiringID     string
	IssuingAccount string // account of the principal that created it
	Operations     []string
	// At most one of the two constraint maps is set.
	ConstraintEquals map[string]string
	ConstraintSubset map[string]string
	SourceArn        string // pattern of the SourceArn constraint, "" for none
	// GranteeService and RetiringService: the principal was named as a service principal, not by GranteePrincipal or
	// RetiringPrincipal. They matter for how the grant is listed.
	GranteeService  bool
	RetiringService bool
	CreatedAt       time.Time
	// VisibleAt is when authorization begins to see the grant, and EndsAt when it stops; zero for at once and for never.
	VisibleAt time.Time
	EndsAt    time.Time
}
