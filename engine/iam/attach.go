package iam

import (
	"slices"
	"strings"
)

// maxAttached is how many managed policies an entity may carry (IAM quotas page, 2026: the default quotas).
const maxAttached = 10

// policyARN returns a parameter that must be the ARN of a managed policy.
func (c *call) policyARN(name string) (string, *Error) {
	text := c.text(name)
	parts := strings.SplitN(text, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" || parts[2] != "iam" || !strings.HasPrefix(parts[5], "policy/") ||
		parts[4] != "aws" && !isAccountID(parts[4]) {
		return "", errorf("ValidationError", "ARN %s is not valid.", text)
	}
	return text, nil
}

// attachable finds a policy that the caller's account may attach.
func (c *call) attachable(name string) (*managedPolicy, *Error) {
	text, err := c.policyARN(name)
	if err != nil {
		return nil, err
	}
	p := c.policies[text]
	if p == nil || p.account != "aws" && p.account != c.account {
		return nil, errorf("NoSuchEntity", "Policy %s does not exist or is not attachable.", text)
	}
	return p, nil
}

//go:noinline
func attach(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, err := c.existing(k)
		if err != nil {
			return nil, err
		}
		p, err := c.attachable("PolicyArn")
		if err != nil {
			return nil, err
		}
		if slices.Contains(e.attached, p.arn()) {
			return nothing, nil
		}
		if len(e.attached) >= maxAttached {
			return nil, exceeded("PoliciesPer"+k.title(), maxAttached)
		}
		changed := *e
		changed.attached = append(slices.Clone(e.attached), p.arn())
		c.put(changed)
		return nothing, nil
	}
}

//go:noinline
func detach(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, err := c.existing(k)
		if err != nil {
			return nil, err
		}
		text, err := c.policyARN("PolicyArn")
		if err != nil {
			return nil, err
		}
		i := slices.Index(e.attached, text)
		if i < 0 {
			return nil, errorf("NoSuchEntity", "Policy %s was not found.", text)
		}
		changed := *e
		changed.attached = slices.Delete(slices.Clone(e.attached), i, i+1)
		c.put(changed)
		return nothing, nil
	}
}

//go:noinline
func listAttached(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, err := c.existing(k)
		if err != nil {
			return nil, err
		}
		found := []*managedPolicy{}
		for _, name := range e.attached {
			if p := c.policies[name]; strings.HasPrefix(p.path, c.text("PathPrefix")) {
				found = append(found, p)
			}
		}
		return paginate(c, "AttachedPolicies", found, func(p *managedPolicy) any {
			return Object{{"PolicyName", p.name}, {"PolicyArn", p.arn()}}
		})
	}
}

// boundary returns the permissions boundary that a request names, "" for none.
func (c *call) boundary() (string, *Error) {
	if c.text("PermissionsBoundary") == "" {
		return "", nil
	}
	p, err := c.attachable("PermissionsBoundary")
	if err != nil {
		return "", err
	}
	return p.arn(), nil
}

func putBoundary(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, err := c.existing(k)
		if err != nil {
			return nil, err
		}
		changed := *e
		if changed.boundary, err = c.boundary(); err != nil {
			return nil, err
		}
		c.put(changed)
		return nothing, nil
	}
}

func deleteBoundary(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, err := c.existing(k)
		if err != nil {
			return nil, err
		}
		if e.boundary == "" {
			return nil, errorf("NoSuchEntity", "%s %s does not have a permissions boundary.", k.title(), e.name)
		}
		changed := *e
		changed.boundary = ""
		c.put(changed)
		return nothing, nil
	}
}
