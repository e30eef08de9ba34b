package iam

import (
	"strconv"
	"strings"

	"kmsplayground/engine/policy"
)

// Quota of a trust policy's length, white space not counted, read from the IAM quotas page in 2026.
const maxTrustPolicy = 2048

func (c *call) fillRole(e *entity) *Error {
	trust, err := c.trustPolicy("AssumeRolePolicyDocument")
	if err != nil {
		return err
	}
	e.trust = trust
	e.description = c.text("Description")
	e.maxSession = c.number("MaxSessionDuration", 3600)
	return nil
}

func (c *call) trustPolicy(parameter string) (storedPolicy, *Error) {
	return c.parseTrust(c.text(parameter))
}

func (c *call) parseTrust(text string) (storedPolicy, *Error) {
	p, err := parse(policy.TrustPolicy, text)
	if err != nil {
		return p, err
	}
	if length(p.text) > maxTrustPolicy {
		return p, exceeded("ACLSizePerRole", maxTrustPolicy)
	}
	p.bound = map[string]string{}
	for _, s := range p.document.Statements {
		for _, principal := range append(append([]policy.Principal{}, s.Principals...), s.NotPrincipals...) {
			if err := c.bind(principal, p.bound); err != nil {
				return p, err
			}
		}
	}
	return p, nil
}

// bind remembers which principal a text names now: one that is deleted and made again is another one.
func (c *call) bind(p policy.Principal, bound map[string]string) *Error {
	if p.Type == "Service" && !strings.HasSuffix(p.Text, ".amazonaws.com") {
		return errorf("MalformedPolicyDocument", "Invalid principal in policy: %q:%q", "SERVICE", p.Text)
	}
	if p.Type != "AWS" || p.Text == "*" {
		return nil
	}
	id, ok := c.resolve(p.Text)
	if !ok {
		return errorf("MalformedPolicyDocument", "Invalid principal in policy: %q:%q", p.Type, p.Text)
	}
	bound[p.Text] = id
	return nil
}

// trustText is a role's trust policy as AWS shows it: as typed, but for principals that were renamed, which appear with
// their ARN of today, and for those that are gone, which appear as the unique ids that they had.
func (d *Directory) trustText(e *entity) string {
	text := e.trust.text
	for name, id := range e.trust.bound {
		if now, _ := d.resolve(name); now == id {
			continue
		}
		shown, lives := d.ARNOf(id)
		if !lives {
			shown = id
		}
		text = strings.ReplaceAll(text, strconv.Quote(name), strconv.Quote(shown))
	}
	return text
}

func (c *call) getRole() (Object, *Error) {
	e, err := c.existing(roleKind)
	if err != nil {
		return nil, err
	}
	return Object{{"Role", c.output(e, whole)}}, nil
}

// updateRole changes what the request names; what it leaves out stays.
func (c *call) updateRole() (Object, *Error) {
	e, err := c.existing(roleKind)
	if err != nil {
		return nil, err
	}
	changed := *e
	if c.Input.Get("Description").Exists() {
		changed.description = c.text("Description")
	}
	changed.maxSession = c.number("MaxSessionDuration", e.maxSession)
	c.put(changed)
	return Object{}, nil
}

func (c *call) updateRoleDescription() (Object, *Error) {
	e, err := c.existing(roleKind)
	if err != nil {
		return nil, err
	}
	changed := *e
	changed.description = c.text("Description")
	return Object{{"Role", c.output(c.put(changed), whole)}}, nil
}

func (c *call) updateAssumeRolePolicy() (Object, *Error) {
	e, err := c.existing(roleKind)
	if err != nil {
		return nil, err
	}
	changed := *e
	if changed.trust, err = c.trustPolicy("PolicyDocument"); err != nil {
		return nil, err
	}
	c.put(changed)
	return nothing, nil
}

// length counts a policy as IAM's quotas do: white space is free.
func length(text string) int {
	return len(text) - strings.Count(text, " ") - strings.Count(text, "\n") - strings.Count(text, "\r") - strings.Count(text, "\t")
}
