package iam

import (
	"strings"

	"kmsplayground/engine/condition"
)

// Target is one permission that a call needs.
type Target struct {
	Action   string // "iam:CreateUser"
	Resource string // ARN that policies are matched with, or "*"
	// Shown is how the denial message names the resource: "user alice", "arn:aws:iam::111122223333:user/alice".
	Shown   string
	Owner   string // account of the resource, empty for "*"
	Context []condition.Value
	// Trust is, for the calls that assume a role, its trust policy: the resource-based policy of the check.
	Trust *Policy
	// Bound are the unique ids of the principals that Trust names, as they were when it was stored, by the text that
	// names them. A principal that was deleted and made again has another id and is not meant.
	Bound map[string]string
}

// Targets returns the permissions that a call needs, before it acts. There are none for calls that everybody may make
// (GetCallerIdentity, GetSessionToken). An error means that the call fails before anything is authorized.
func (d *Directory) Targets(service string, r Request) ([]Target, *Error) {
	handler, c, err := d.prepare(service, r)
	if err != nil {
		return nil, err
	}
	return handler.aim(c)
}

// target is the permission to make this call on a resource of the caller's account.
func (c *call) target(resource, shown string, context ...condition.Value) Target {
	owner := c.account
	if resource == "*" {
		owner = ""
	}
	return Target{Action: "iam:" + c.Operation, Resource: resource, Shown: shown, Owner: owner, Context: context}
}

// aimCreate is for the operations that make an entity: its ARN is known from the request. Tags need a permission of
// their own.
//
//go:noinline
func aimCreate(k kind) func(*call) ([]Target, *Error) {
	return func(c *call) ([]Target, *Error) {
		resource := iamARN(c.account, string(k)+c.path("Path")+c.text(k.title()+"Name")).String()
		context := c.requestTags()
		if b := c.text("PermissionsBoundary"); b != "" {
			context = append(context, single("iam:PermissionsBoundary", b))
		}
		targets := []Target{c.target(resource, resource, context...)}
		if len(c.tags()) > 0 {
			tag := c.target(resource, resource, c.requestTags()...)
			tag.Action = "iam:Tag" + k.title()
			targets = append(targets, tag)
		}
		return targets, nil
	}
}

// aimEntity is for the operations on one user, group or role. IAM's denials name it by kind and name alone.
//
//go:noinline
func aimEntity(k kind) func(*call) ([]Target, *Error) {
	return func(c *call) ([]Target, *Error) {
		name := c.text(k.title() + "Name")
		if name == "" && k == userKind {
			name = c.Caller.Name
		}
		resource := iamARN(c.account, string(k)+"/"+name).String()
		var context []condition.Value
		if e := c.find(c.account, k, name); e != nil {
			resource = e.arn().String()
			context = append(context, resourceTags(e.tags)...)
			if b := c.currentBoundary(e); b != "" {
				context = append(context, single("iam:PermissionsBoundary", b))
			}
		}
		if strings.HasPrefix(c.Operation, "Attach") || strings.HasPrefix(c.Operation, "Detach") {
			context = append(context, single("iam:PolicyARN", c.text("PolicyArn")))
		}
		context = append(context, c.requestTags()...)
		return []Target{c.target(resource, string(k)+" "+name, context...)}, nil
	}
}

// currentBoundary is what iam:PermissionsBoundary holds: the boundary that the entity has, or the one that it gets.
// The operations are those that the service authorization reference lists for the key.
func (c *call) currentBoundary(e *entity) string {
	title := e.kind.title()
	switch c.Operation {
	case "Put" + title + "PermissionsBoundary":
		return c.text("PermissionsBoundary")
	case "Put" + title + "Policy", "Delete" + title + "Policy", "Attach" + title + "Policy",
		"Detach" + title + "Policy", "Delete" + title + "PermissionsBoundary":
		return e.boundary
	}
	return ""
}

// aimList is for the operations that list an account's entities; the path prefix is part of the resource.
//
//go:noinline
func aimList(k kind) func(*call) ([]Target, *Error) {
	return func(c *call) ([]Target, *Error) {
		resource := iamARN(c.account, string(k)+c.path("PathPrefix")).String()
		return []Target{c.target(resource, resource)}, nil
	}
}

// aimPolicy is for the operations on one managed policy.
func aimPolicy(c *call) ([]Target, *Error) {
	name := c.text("PolicyArn")
	target := c.target(name, "policy "+name, c.requestTags()...)
	if p := c.policies[name]; p != nil && p.account == c.account {
		target.Context = append(target.Context, resourceTags(p.tags)...)
	}
	return []Target{target}, nil
}

func aimCreatePolicy(c *call) ([]Target, *Error) {
	resource := iamARN(c.account, "policy"+c.path("Path")+c.text("PolicyName")).String()
	targets := []Target{c.target(resource, "policy "+c.text("PolicyName"), c.requestTags()...)}
	if len(c.tags()) > 0 {
		tag := targets[0]
		tag.Action = "iam:TagPolicy"
		targets = append(targets, tag)
	}
	return targets, nil
}

// aimAll is for what is asked of an account as a whole.
func aimAll(c *call) ([]Target, *Error) { return []Target{c.target("*", "*")}, nil }

func aimListPolicies(c *call) ([]Target, *Error) {
	return []Target{c.target("*", "policy path "+c.path("PathPrefix"))}, nil
}

func single(key, value string) condition.Value {
	return condition.Value{Key: key, Values: []string{value}}
}

// requestTags are the keys that the tags of a request fill: aws:RequestTag/…, and aws:TagKeys also when it untags.
func (c *call) requestTags() []condition.Value {
	var values []condition.Value
	var keys []string
	for _, t := range c.tags() {
		values = append(values, single("aws:RequestTag/"+t.Key, t.Value))
		keys = append(keys, t.Key)
	}
	for _, k := range c.Input.Get("TagKeys").Array() {
		keys = append(keys, k.String())
	}
	if keys != nil {
		values = append(values, condition.Value{Key: "aws:TagKeys", Multi: true, Values: keys})
	}
	return values
}

// resourceTags are the keys that a tagged user, role or policy fills.
func resourceTags(tags []Tag) []condition.Value {
	var values []condition.Value
	for _, t := range tags {
		values = append(values, single("aws:ResourceTag/"+t.Key, t.Value), single("iam:ResourceTag/"+t.Key, t.Value))
	}
	return values
}
