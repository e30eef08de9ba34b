// Package authz decides whether a request is allowed, and says why. It changes nothing.
//
// The explanation is the evaluation: Decide evaluates every statement and every grant, and the decision is read off
// the tree that it returns.
package authz

import (
	"kmsplayground/engine/condition"
	"kmsplayground/engine/source"
)

// Decision is the answer to an authorization question. The zero Decision is the implicit deny.
type Decision string

// The three answers.
const (
	ImplicitDeny Decision = ""
	ExplicitDeny Decision = "ExplicitDeny"
	Allow        Decision = "Allow"
)

// LayerType is a kind of policy that takes part in a decision.
type LayerType string

// The layers, named as AWS's denial messages name them where they do.
const (
	ServiceControlPolicy  LayerType = "service control policy"
	ResourceControlPolicy LayerType = "resource control policy"
	VPCEndpointPolicy     LayerType = "VPC endpoint policy"
	KeyPolicy             LayerType = "resource-based policy"
	IdentityPolicy        LayerType = "identity-based policy"
	PermissionsBoundary   LayerType = "permissions boundary"
	SessionPolicy         LayerType = "session policy"
	Grants                LayerType = "grant"
)

// Verdict is what one layer said.
type Verdict string

// What a layer can say. Exempt: its policies do not bind this request. Delegates: the key policy allows nobody itself but lets IAM policies of the caller's account
// count. NotConsulted: the layer has policies, but nothing that they allow could count here (IAM
// policies without a delegation in the key policy). NotPresent: there is no policy of that type.
const (
	Allowed      Verdict = "allowed"
	Denied       Verdict = "explicit deny"
	Delegates    Verdict = "delegates to IAM"
	NoAllow      Verdict = "no allow"
	NotConsulted Verdict = "not consulted"
	NotPresent   Verdict = "not present"
	Exempt       Verdict = "exempt"
)

// Explanation is one authorization check, whole.
type Explanation struct {
	Decision  Decision
	Principal string // ARN of the caller
	Action    string // "kms:Encrypt"
	Resource  string // key ARN, alias ARN or "*"
	// Message is AWS's text of the AccessDeniedException; empty when allowed.
	Message string
	// Reason says in one sentence why, and names what decided.
	Reason string
	// Deciding are the places that decided: the deny statements, the statement or grant that allowed; for an implicit
	// deny the places where an allow was looked for and stopped.
	Deciding []Place
	// Needed says, for an implicit deny, what would have been needed, by policy type.
	Needed  []Need
	Layers  []Layer // in the order of evaluation
	Context []ContextEntry
	// Pending are the changes that authorization did not see yet.
	Pending []Pending
}

// Place is a statement of a policy, or a grant.
type Place struct {
	Layer     LayerType
	PolicyID  string // iam.Policy.ID, or GrantID for a grant
	Statement int    // index in the document; -1 for a grant or a whole policy
	Sid       string
	Span      source.Span
	Line      int // from 1; 0 for a grant
}

// Need is one way in which the request would have been allowed, as far as one policy type is concerned.
type Need struct {
	Layer LayerType
	Text  string
}

// Layer is what one type of policy said.
type Layer struct {
	Type     LayerType
	Verdict  Verdict
	Summary  string // one sentence
	Policies []PolicyResult
	Grants   []GrantResult
}

// PolicyResult is one document.
type PolicyResult struct {
	ID         string
	Name       string
	ARN        string
	Level      string // where it is attached in the organization; empty for other types
	Statements []StatementResult
}

// StatementResult is how one statement answered. A statement applies when all its elements match.
type StatementResult struct {
	Index   int
	Sid     string
	Effect  string
	Span    source.Span
	Line    int
	Applies bool
	// Relation is how the Principal element names the caller; empty when it does not, and outside resource-based
	// policies.
	Relation Relation
	// Principal, Action, Resource are how those elements answered; Principal is empty outside resource-based policies.
	Principal  ElementResult
	Action     ElementResult
	Resource   ElementResult
	Conditions []ConditionResult
	Reason     string // one sentence: why it applies, or the first thing that did not match
}

// Relation is how a statement's principals name a caller.
type Relation string

// The relations, strongest first. Account in an Allow delegates: it allows nobody by itself (but the account's root
// user) and lets IAM policies of that account count. Role and FederatingUser are limited by permissions boundary and
// session policy, the others are not.
const (
	Stranger       Relation = ""
	Self           Relation = "caller"          // the user, session, federated user or service by name
	Everyone       Relation = "everyone"        // "*", or a NotPrincipal that does not list the caller
	Role           Relation = "role"            // the role of the caller's session
	FederatingUser Relation = "federating user" // the user whose GetFederationToken session the caller is
	Account        Relation = "account"         // the caller's account
)

// ElementResult is how one element answered. An element that was not reached is still evaluated.
type ElementResult struct {
	Matches bool
	Matched string // the pattern that matched, as written
	Span    source.Span
	Line    int
}

// ConditionResult is how one operator-key pair answered.
type ConditionResult struct {
	Operator string
	Key      string
	Matches  bool
	Broken   bool // the values could not be compared; a Deny applies then, an Allow does not
	Present  bool
	Actual   []string
	Wanted   []string
	Note     string
	Span     source.Span
	Line     int
}

// GrantResult is how one grant answered.
type GrantResult struct {
	GrantID string
	Name    string
	Grantee string
	// IssuingAccount made the grant: a grant of the caller's own account stands for that account's trust.
	IssuingAccount string
	Allows         bool
	ByToken        bool // the request carried its grant token
	Reason         string
	VisibleAt      string // RFC 3339: when it becomes visible; empty when it is
	EndsAt         string // RFC 3339: when it stops working, revoked or retired; empty when it was not
}

// ContextEntry is one condition key that the request carried.
type ContextEntry struct {
	Key    string
	Multi  bool
	Values []string
	// IdentityOnly keys do not count in key policies.
	IdentityOnly bool
}

func contextEntries(ctx *condition.Context) []ContextEntry {
	values := ctx.Values()
	entries := make([]ContextEntry, len(values))
	for i, v := range values {
		entries[i] = ContextEntry{Key: v.Key, Multi: v.Multi, Values: v.Values, IdentityOnly: v.IdentityOnly}
		if v.Values == nil {
			entries[i].Values = []string{}
		}
	}
	return entries
}
