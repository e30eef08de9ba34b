package authz

import (
	"strings"

	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// caller is a principal as resource-based policies can name it, worked out once per decision.
type caller struct {
	*iam.Principal
	arn      string // of the session, for a session
	issuer   string // of the role, for a session
	root     string // arn:aws:iam::ACCOUNT:root
	issuerID string // AROA… of a session, else the unique id
}

func newCaller(p *iam.Principal) caller {
	if p.Kind == iam.Service {
		return caller{Principal: p, arn: p.Name, issuer: p.Name}
	}
	c := caller{Principal: p, arn: p.ARNText(), issuer: p.IssuerText(), root: p.RootText(), issuerID: p.ID}
	if p.Kind == iam.AssumedRole {
		c.issuerID = p.ID[:max(strings.LastIndexByte(p.ID, ':'), 0)]
	}
	return c
}

// relation says how one principal of a statement names the caller.
//
// A principal that was deleted and made again under the same name is somebody else: bound holds the unique id that
// the name had when the policy was put.
func (c *caller) relation(p policy.Principal, bound map[string]string) Relation {
	switch p.Type {
	case "*":
		return Everyone
	case "Service":
		if c.Kind == iam.Service && p.Text == c.Name {
			return Self
		}
	case "AWS":
		return c.awsRelation(p.Text, bound)
	}
	return Stranger
}

func (c *caller) awsRelation(name string, bound map[string]string) Relation {
	if name == "*" {
		return Everyone
	}
	if c.Kind == iam.Service {
		return Stranger
	}
	if name == c.Account || name == c.root {
		return Account
	}
	if c.Kind == iam.FederatedUser && name == c.FederatingUser.String() {
		return FederatingUser
	}
	if id, isBound := bound[name]; isBound {
		name = id // what the name meant when the policy was put; the principal may have been renamed since
	}
	switch {
	case name == c.arn, name == c.ID:
		return Self
	case c.Kind == iam.AssumedRole && (name == c.issuer || name == c.issuerID):
		return Role
	}
	return Stranger
}

// strength orders relations: the stronger one decides when several principals of a statement name the caller.
func (r Relation) strength() int {
	switch r {
	case Self:
		return 5
	case Everyone:
		return 4
	case Role, FederatingUser:
		return 3
	case Account:
		return 1
	}
	return 0
}

// relations is a set of relations.
type relations uint8

func (r Relation) bit() relations {
	switch r {
	case Self:
		return 1
	case Everyone:
		return 2
	case Role:
		return 4
	case FederatingUser:
		return 8
	case Account:
		return 16
	}
	return 0
}

func (s relations) has(r Relation) bool       { return s&r.bit() != 0 }
func (s relations) with(r Relation) relations { return s | r.bit() }

// named says how a Principal element names the caller, and which of its principals did.
func (c *caller) named(principals []policy.Principal, bound map[string]string) (Relation, int) {
	best, index := Stranger, -1
	for i, p := range principals {
		if r := c.relation(p, bound); r.strength() > best.strength() {
			best, index = r, i
		}
	}
	return best, index
}

// excluded reports whether a NotPrincipal element leaves the caller out. A role session is left out only when both
// its role and the session itself are listed, as the IAM guide says of NotPrincipal with Deny. That naming a user is
// enough, without its account, is our choice: the guide says that it depends on the service.
func (c *caller) excluded(principals []policy.Principal, bound map[string]string) bool {
	var self, role bool
	for _, p := range principals {
		switch c.relation(p, bound) {
		case Everyone:
			return true
		case Self:
			self = true
		case Role:
			role = true
		case Account:
			self = self || c.Kind == iam.Root
		}
	}
	return self && (role || c.Kind != iam.AssumedRole)
}
