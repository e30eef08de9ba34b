package iam

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"

	"kmsplayground/engine/policy"
)

// controlType is a type of organization policy, in AWS's spelling. Of the types that AWS has, these two authorize.
type controlType string

const (
	serviceControl  controlType = "SERVICE_CONTROL_POLICY"
	resourceControl controlType = "RESOURCE_CONTROL_POLICY"
)

// controlRules is what each type allows (quotas page of AWS Organizations, 2026; the two quotas of service control policies
// were doubled on 2026-05-15).
var controlRules = map[controlType]struct {
	kind      policy.Kind
	size      int // characters, white space included
	perTarget int // the AWS managed policy included
	managed   string
}{
	serviceControl:  {policy.ServiceControlPolicy, 10240, 10, "p-FullAWSAccess"},
	resourceControl: {policy.ResourceControlPolicy, 5120, 5, "p-RCPFullAWSAccess"},
}

func controlTypeOf(k policy.Kind) controlType {
	if k == policy.ResourceControlPolicy {
		return resourceControl
	}
	return serviceControl
}

func controlTypeOutput(t controlType) Object { return Object{{"Type", t}, {"Status", "ENABLED"}} }

// defaults are the policies that every new root, unit and account has.
func (o *organization) defaults() []string {
	ids := []string{}
	for _, t := range o.enabled {
		ids = append(ids, controlRules[t].managed)
	}
	return ids
}

// controlPolicy is a service or resource control policy. It is replaced, never changed.
type controlPolicy struct {
	id           string // p-…
	organization string // empty for the AWS managed ones
	arn          string
	kind         controlType
	name         string
	description  string
	ordinal      int
	text         string
	document     *policy.Document
}

// awsControlPolicies are those that AWS manages, with its texts.
var awsControlPolicies = sync.OnceValue(func() map[string]*controlPolicy {
	found := map[string]*controlPolicy{}
	for _, p := range []controlPolicy{
		{id: "p-FullAWSAccess", kind: serviceControl, name: "FullAWSAccess", description: "Allows access to every operation", text: `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
    }
  ]
}`},
		{id: "p-RCPFullAWSAccess", kind: resourceControl, name: "RCPFullAWSAccess", description: "Allows access to every resource", text: `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
      "Action": "*",
      "Resource": "*"
    }
  ]
}`},
	} {
		p.arn = "arn:aws:organizations::aws:policy/" + strings.ToLower(string(p.kind)) + "/" + p.id
		p.document, _ = policy.Parse(p.text)
		found[p.id] = &p
	}
	return found
})

// control finds a policy by its id.
func (d *Directory) control(id string) *controlPolicy {
	if p := awsControlPolicies()[id]; p != nil {
		return p
	}
	return d.controls[id]
}

func (p *controlPolicy) awsManaged() bool { return p.organization == "" }

func (p *controlPolicy) view() Policy {
	return Policy{ID: p.arn, Name: p.name, ARN: p.arn, Kind: controlRules[p.kind].kind, Document: p.document}
}

// controlsOf returns the policies that an organization made, all of them for the type "", oldest first.
func (d *Directory) controlsOf(o *organization, t controlType) []*controlPolicy {
	found := []*controlPolicy{}
	for _, p := range d.controls {
		if p.organization == o.id && (t == "" || p.kind == t) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b *controlPolicy) int { return a.ordinal - b.ordinal })
	return found
}

// attachedTo returns the policies of a type that are attached to a node itself.
func (d *Directory) attachedTo(n *node, t controlType) []*controlPolicy {
	found := make([]*controlPolicy, 0, len(n.attached))
	for _, id := range n.attached {
		if p := d.control(id); p.kind == t {
			found = append(found, p)
		}
	}
	return found
}

func controlSummary(p *controlPolicy) Object {
	return Object{
		{"Id", p.id}, {"Arn", p.arn}, {"Name", p.name}, {"Description", p.description}, {"Type", p.kind}, {"AwsManaged", p.awsManaged()},
	}
}

func controlOutput(p *controlPolicy) Object {
	return Object{{"Policy", Object{{"PolicySummary", controlSummary(p)}, {"Content", p.text}}}}
}

// policyType reads a parameter that names a type. The types that do not authorize are not part of this world.
func (c *call) policyType(parameter string, o *organization) (controlType, *Error) {
	t := controlType(c.text(parameter))
	if _, ok := controlRules[t]; !ok || o.features != "ALL" {
		return t, errorf("PolicyTypeNotAvailableForOrganizationException",
			"You can't use the specified policy type with the feature set currently enabled for this organization.")
	}
	return t, nil
}

// policyContent understands a policy of a type, or refuses it with the one text that AWS has for all mistakes.
func policyContent(t controlType, text string) (*policy.Document, *Error) {
	if len(utf16.Encode([]rune(text))) > controlRules[t].size {
		return nil, errorf("ConstraintViolationException", "You have exceeded the maximum policy size.")
	}
	document, diagnostics := policy.ParseAs(controlRules[t].kind, text)
	if policy.Refused(diagnostics) || t == resourceControl && !controllable(document) {
		return nil, errorf("MalformedPolicyDocumentException", "The provided policy document does not meet the requirements of the specified policy type.")
	}
	return document, nil
}

// resourceControlled are the service prefixes that resource control policies may name (AWS Organizations User Guide,
// services that support them, 2026).
const resourceControlled = " aoss cognito-identity cognito-idp dynamodb ecr kms logs s3 secretsmanager sqs sts "

// controllable reports whether the principals are AWS's forms for everybody, not in a list, and the actions those of
// services that support resource control policies (recorded, 2026-09).
func controllable(d *policy.Document) bool {
	for i := range d.Statements {
		s := &d.Statements[i]
		if strings.Contains(d.Text.String()[s.PrincipalSpan.Start:s.PrincipalSpan.End], "[") {
			return false
		}
		for _, a := range s.Actions {
			service, _, _ := strings.Cut(strings.ToLower(a.Text), ":")
			if !strings.Contains(resourceControlled, " "+service+" ") {
				return false
			}
		}
	}
	return true
}

// uniqueName refuses a name that another policy of the type has.
func (c *call) uniqueName(o *organization, t controlType, name, self string) *Error {
	taken := controlRules[t].managed == "p-"+name
	for _, p := range c.controlsOf(o, t) {
		taken = taken || p.name == name && p.id != self
	}
	if taken {
		return errorf("DuplicatePolicyException", "A policy with the specified name and type already exists.")
	}
	return nil
}

func (c *call) createControl(o *organization) (Object, *Error) {
	t, err := c.policyType("Type", o)
	if err != nil {
		return nil, err
	}
	document, err := policyContent(t, c.text("Content"))
	if err != nil {
		return nil, err
	}
	if err := c.uniqueName(o, t, c.text("Name"), ""); err != nil {
		return nil, err
	}
	o, ordinal := c.next(o)
	p := &controlPolicy{
		id: c.orGiven("p-", "p-"+c.drawLower(fmt.Sprintf("organizations/%s/policy/%d", o.id, ordinal), 8)), organization: o.id, kind: t,
		name: c.text("Name"), description: c.text("Description"), ordinal: ordinal, text: c.text("Content"), document: document,
	}
	p.arn = organizationARN(o, "policy/"+o.id+"/"+strings.ToLower(string(t))+"/"+p.id)
	c.controls[p.id] = p
	return controlOutput(p), nil
}

// organizationPolicy finds what PolicyId names.
func (c *call) organizationPolicy(o *organization) (*controlPolicy, *Error) {
	if p := c.control(c.text("PolicyId")); p != nil && (p.awsManaged() || p.organization == o.id) {
		return p, nil
	}
	return nil, errorf("PolicyNotFoundException", "You specified a policy that doesn't exist.")
}

// ownControl finds a policy that the organization may change.
func (c *call) ownControl(o *organization) (*controlPolicy, *Error) {
	p, err := c.organizationPolicy(o)
	if err == nil && p.awsManaged() {
		return nil, errorf("InvalidInputException", "You specified a policy that is managed by AWS and can't be modified.")
	}
	return p, err
}

func (c *call) updateControl(o *organization) (Object, *Error) {
	p, err := c.ownControl(o)
	if err != nil {
		return nil, err
	}
	changed := *p
	if text := c.text("Content"); text != "" {
		if changed.document, err = policyContent(p.kind, text); err != nil {
			return nil, err
		}
		changed.text = text
	}
	if name := c.text("Name"); name != "" {
		if err := c.uniqueName(o, p.kind, name, p.id); err != nil {
			return nil, err
		}
		changed.name = name
	}
	if d := c.Input.Get("Description"); d.Exists() {
		changed.description = d.Str
	}
	c.controls[p.id] = &changed
	return controlOutput(&changed), nil
}

func (c *call) deleteControl(o *organization) (Object, *Error) {
	p, err := c.ownControl(o)
	if err != nil {
		return nil, err
	}
	if len(c.targetsOf(o, p)) > 0 {
		return nil, errorf("PolicyInUseException", "You specified a policy that is attached to one or more entities.") // text is ours
	}
	delete(c.controls, p.id)
	return nothing, nil
}

func (c *call) describeControl(o *organization) (Object, *Error) {
	p, err := c.organizationPolicy(o)
	if err != nil {
		return nil, err
	}
	return controlOutput(p), nil
}

func (c *call) listControls(o *organization) (Object, *Error) {
	t, err := c.policyType("Filter", o)
	if err != nil {
		return nil, err
	}
	found := append([]*controlPolicy{c.control(controlRules[t].managed)}, c.controlsOf(o, t)...)
	return organizationPage(c, "Policies", found, controlSummary)
}
