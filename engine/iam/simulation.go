package iam

import (
	"slices"
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/policy"
)

// Entity is a user, group or role with the policies that the policy simulator reads for it. Trust policies, session
// policies and policies of organizations are not among them.
type Entity struct {
	Kind     string // "user", "group", "role"
	Name     string
	ARN      arn.ARN
	ID       string // AIDA…, AGPA…, AROA…
	Policies []Attachment
	Boundary *Attachment // nil for none
}

// Attachment is a policy, and for an inline policy to whom it belongs.
type Attachment struct {
	Policy
	OwnerKind string // "user", "group", "role"; empty for a managed policy
	OwnerName string
}

// Simulated finds the user, group or role that a policy source ARN names, for a caller of account. The path in the ARN
// does not matter (recorded from AWS, 2026-09).
func (d *Directory) Simulated(source, account string) (*Entity, *Error) {
	a, k, err := ParseEntity(source)
	if err != nil {
		return nil, err
	}
	if a.Account != account {
		return nil, errorf("InvalidInput", "Invalid Policy Source Arn: caller's account %s does not have access to policies in account %s.", account, a.Account)
	}
	e := d.find(a.Account, kind(k), a.Resource[strings.LastIndexByte(a.Resource, '/')+1:])
	if e == nil {
		return nil, errorf("NoSuchEntity", "Unable to retrieve specified IAM entity.")
	}
	found := &Entity{Kind: string(e.kind), Name: e.name, ARN: e.arn(), ID: e.id, Policies: d.attachments(nil, e)}
	if e.kind == userKind {
		for _, g := range d.groupsOf(e) {
			found.Policies = d.attachments(found.Policies, g)
		}
	}
	if e.boundary != "" {
		found.Boundary = &Attachment{Policy: d.policies[e.boundary].view(policy.PermissionsBoundary)}
	}
	return found, nil
}

// ParseEntity takes the ARN of a user, group or role apart.
func ParseEntity(text string) (a arn.ARN, entityKind string, err *Error) {
	a, ok := arn.Parse(text)
	entityKind, name, found := strings.Cut(a.Resource, "/")
	known := entityKind == string(userKind) || entityKind == string(groupKind) || entityKind == string(roleKind)
	if !ok || a.Service != "iam" || a.Region != "" || !isAccountID(a.Account) || !known || !found || name == "" {
		return arn.ARN{}, "", errorf("InvalidInput", "Invalid ARN provided in the request: %s", text)
	}
	return a, entityKind, nil
}

// attachments adds the policies of an entity, inline ones first. A managed policy that is there already is not repeated.
func (d *Directory) attachments(list []Attachment, e *entity) []Attachment {
	for _, in := range e.inline {
		list = append(list, Attachment{Policy: in.view(e), OwnerKind: string(e.kind), OwnerName: e.name})
	}
	for _, name := range e.attached {
		view := d.policies[name].view(policy.IdentityPolicy)
		if !slices.ContainsFunc(list, func(a Attachment) bool { return a.ID == view.ID }) {
			list = append(list, Attachment{Policy: view})
		}
	}
	return list
}

// aimSimulateCustom is for the simulations of policies that nobody has.
func aimSimulateCustom(c *call) ([]Target, *Error) { return []Target{c.target("*", "*")}, nil }

// aimSimulatePrincipal is for the simulations of a user, group or role. Their denials name it by its ARN.
func aimSimulatePrincipal(c *call) ([]Target, *Error) {
	source := c.text("PolicySourceArn")
	a, k, err := ParseEntity(source)
	if err != nil {
		return nil, err
	}
	if e := c.find(a.Account, kind(k), a.Resource[strings.LastIndexByte(a.Resource, '/')+1:]); e != nil {
		source = e.arn().String()
	}
	return []Target{c.target(source, source)}, nil
}
