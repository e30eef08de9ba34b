package iam

import (
	"strconv"
	"strings"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
)

// What the calls to AWS Organizations share: who may make them, what they need, how they say no.

// OrganizationsDenied is all that AWS Organizations says of a denial, whatever denied.
const OrganizationsDenied = "You don't have permissions to access this resource."

func notPermitted() *Error { return errorf("AccessDeniedException", OrganizationsDenied) }

// membership finds the organization of the caller.
func (c *call) membership() (*organization, *Error) {
	if n := c.nodes[c.account]; n != nil {
		return c.organizations[n.organization], nil
	}
	return nil, errorf("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")
}

// byManagement is for the operations that only the management account may call. There are no delegated administrators.
//
//go:noinline
func byManagement(do func(*call, *organization) (Object, *Error)) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		o, err := c.membership()
		if err != nil {
			return nil, err
		}
		if o.management != c.account {
			return nil, notPermitted()
		}
		return do(c, o)
	}
}

// invalidInput gives AWS's text of each reason for an InvalidInputException. The texts are those of the reference
// (API reference of AWS Organizations, 2026), except the one about patterns, which was seen.
func invalidInput(violation string) *Error {
	for _, r := range []struct{ part, text string }{
		{"must not be null", "You must include a value for all required parameters."},
		{"enum value set", "You specified an invalid value."},
		{"length less than", "You provided a string parameter that is longer than allowed."},
		{"length greater than", "You provided a string parameter that is shorter than allowed."},
		{"value less than", "You provided a numeric parameter that has a larger value than allowed."},
		{"value greater than", "You provided a numeric parameter that has a smaller value than allowed."},
	} {
		if strings.Contains(violation, r.part) {
			return errorf("InvalidInputException", "%s", r.text)
		}
	}
	return errorf("InvalidInputException", "You provided a value that does not match the required pattern.")
}

func (c *call) validateOrganizations() *Error {
	for _, op := range catalog.Organizations() {
		if op.Name != c.Operation {
			continue
		}
		if text := catalog.Decodable(op, c.Input); text != "" {
			return errorf("SerializationException", "%s", text)
		}
		if text := catalog.Validate(op, c.Input); text != "" {
			return invalidInput(text)
		}
	}
	return nil
}

// aimOrganization needs one permission on each resource that the named parameters name, or on "*" without any.
//
//go:noinline
func aimOrganization(parameters ...string) func(*call) ([]Target, *Error) {
	return func(c *call) ([]Target, *Error) {
		resources := []string{}
		for _, p := range parameters {
			resources = append(resources, c.organizationResource(c.text(p)))
		}
		if len(resources) == 0 {
			resources = append(resources, "*")
		}
		targets := []Target{}
		for _, r := range resources {
			t := Target{Action: "organizations:" + c.Operation, Resource: r, Shown: r, Context: c.controlTypeContext()}
			if r != "*" {
				t.Owner = c.account
			}
			targets = append(targets, t)
		}
		return targets, nil
	}
}

// organizationResource is the ARN of what an id names; of what does not exist there is none.
func (c *call) organizationResource(id string) string {
	if n := c.nodes[id]; n != nil {
		return c.organizations[n.organization].arnOf(n)
	}
	if p := c.control(id); p != nil {
		return p.arn
	}
	if h := c.handshakes[id]; h != nil {
		return h.arn
	}
	return "*"
}

// controlTypeContext is organizations:PolicyType, of the request or of the policy that it names.
func (c *call) controlTypeContext() []condition.Value {
	for _, name := range []string{"PolicyType", "Type", "Filter"} {
		if v := c.Input.Get(name); v.Str != "" {
			return []condition.Value{single("organizations:PolicyType", v.Str)}
		}
	}
	if p := c.control(c.text("PolicyId")); p != nil {
		return []condition.Value{single("organizations:PolicyType", string(p.kind))}
	}
	return nil
}

// organizationPage answers a list in pages of 20 at most. A token is where the next page starts; AWS's are opaque.
func organizationPage[T any](c *call, name string, all []T, form func(T) Object) (Object, *Error) {
	start := 0
	if token := c.text("NextToken"); token != "" {
		n, err := strconv.Atoi(token)
		if err != nil || n < 0 || n > len(all) {
			return nil, errorf("InvalidInputException", "Get the value for the NextToken parameter from the response to a previous call of the operation.")
		}
		start = n
	}
	end := min(start+c.number("MaxResults", 20), len(all))
	page := Object{{name, objects(all[start:end], form)}}
	if end < len(all) {
		page = append(page, Member{"NextToken", strconv.Itoa(end)})
	}
	return page, nil
}
