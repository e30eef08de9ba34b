package capture

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/arn"
)

// What AWS Organizations prints, and EC2 about VPC endpoints.

// organization is what is known of the one that there is.
type organization struct {
	id, management, root string
	types                []string // of policies that are enabled
	saidTypes            bool
	units                []*unit
	members              []string // account ids
	parents              map[string]string
	policies             []*control
	attached             map[string][]string // ids of policies, by the id of the target
	said                 map[string]bool     // targets of which all policies of a type are said: target and type
}

type unit struct{ id, name string }

// control is a service control policy or resource control policy.
type control struct{ id, name, kind, text string }

func (o *organization) isKnown() bool {
	return o.id != "" || o.root != "" || len(o.units)+len(o.members)+len(o.policies)+len(o.attached) > 0
}

// at notes the organization and its management account, which every ARN has:
// arn:aws:organizations::111122223333:ou/o-exampleorgid/ou-….
func (o *organization) at(name string) {
	a, ok := arn.Parse(name)
	if !ok || a.Service != "organizations" || !isAccount(a.Account) {
		return
	}
	o.management = a.Account
	if _, rest, ok := strings.Cut(a.Resource, "/"); ok && o.id == "" {
		o.id, _, _ = strings.Cut(rest, "/")
	}
}

func (o *organization) unit(id, name string) {
	if root, _, ok := strings.Cut(strings.TrimPrefix(id, "ou-"), "-"); ok && o.root == "" {
		o.root = "r-" + root
	}
	for _, u := range o.units {
		if u.id == id {
			if name != "" {
				u.name = name
			}
			return
		}
	}
	o.units = append(o.units, &unit{id, name})
}

func (o *organization) put(child, parent string) {
	if o.parents == nil {
		o.parents = map[string]string{}
	}
	o.parents[child] = parent
	o.place(parent)
}

// place notes a root, unit or account by its id.
func (o *organization) place(id string) {
	switch {
	case strings.HasPrefix(id, "r-"):
		o.root = id
	case strings.HasPrefix(id, "ou-"):
		o.unit(id, "")
	case isAccount(id) && !slices.Contains(o.members, id):
		o.members = append(o.members, id)
	}
}

func (o *organization) policy(v gjson.Result) *control {
	o.at(v.Get("Arn").Str)
	c := o.control(v.Get("Id").Str)
	if name := v.Get("Name").Str; name != "" {
		c.name = name
	}
	if kind := v.Get("Type").Str; kind != "" {
		c.kind = kind
	}
	return c
}

func (o *organization) control(id string) *control {
	for _, c := range o.policies {
		if c.id == id {
			return c
		}
	}
	c := &control{id: id}
	o.policies = append(o.policies, c)
	return c
}

func (o *organization) attach(policy, target string) {
	if o.attached == nil {
		o.attached = map[string][]string{}
	}
	if !slices.Contains(o.attached[target], policy) {
		o.attached[target] = append(o.attached[target], policy)
	}
	o.place(target)
}

func (m *model) readOrganization(p piece, v gjson.Result) (about, problem string) {
	o := v.Get("Organization")
	m.org.at(o.Get("Arn").Str)
	if m.org.id = o.Get("Id").Str; !isAccount(m.org.management) {
		return "", "the output of describe-organization has no Arn"
	}
	m.org.place(m.org.management)
	return m.org.id, ""
}

func (m *model) readRoots(p piece, v gjson.Result) (about, problem string) {
	root := v.Get("Roots.0")
	m.org.at(root.Get("Arn").Str)
	m.org.place(root.Get("Id").Str)
	m.org.types, m.org.saidTypes = nil, true
	for _, t := range root.Get("PolicyTypes").Array() {
		if t.Get("Status").Str == "ENABLED" {
			m.org.types = append(m.org.types, t.Get("Type").Str)
		}
	}
	return m.org.root, ""
}

// readControlPolicy reads organizations describe-policy, which has the text.
func (m *model) readControlPolicy(p piece, v gjson.Result) (about, problem string) {
	c := m.org.policy(v.Get("Policy.PolicySummary"))
	c.text = document(v.Get("Policy.Content"))
	return "policy " + c.id + " named " + c.name, ""
}

// readControlPolicies reads list-policies-for-target and list-policies, which have no texts.
func (m *model) readControlPolicies(p piece, v gjson.Result) (about, problem string) {
	target := p.command.flag("target-id")
	list := v.Get("Policies").Array()
	for _, item := range list {
		c := m.org.policy(item)
		if target != "" {
			m.org.attach(c.id, target)
		}
	}
	if target == "" && p.command.is("list-policies") {
		return namesOnly, ""
	}
	if target == "" {
		return "", "nothing says what these policies are attached to; paste the command with the output: aws organizations list-policies-for-target --target-id ID --filter SERVICE_CONTROL_POLICY"
	}
	if m.org.said == nil {
		m.org.said = map[string]bool{}
	}
	kind := p.command.flag("filter")
	if kind == "" && len(list) > 0 {
		kind = list[0].Get("Type").Str
	}
	m.org.said[target+kind] = true
	m.org.place(target)
	return fmt.Sprintf("%d policies of %s", len(list), target), ""
}

func (m *model) readTargets(p piece, v gjson.Result) (about, problem string) {
	policy := p.command.flag("policy-id")
	if policy == "" && len(m.org.policies) > 0 {
		policy = m.org.policies[len(m.org.policies)-1].id // of the describe-policy output before it
	}
	if policy == "" {
		return "", "nothing says which policy is attached to these; put it after the output of organizations describe-policy"
	}
	targets := v.Get("Targets").Array()
	for _, item := range targets {
		m.org.at(item.Get("Arn").Str)
		id := item.Get("TargetId").Str
		m.org.attach(policy, id)
		if strings.HasPrefix(id, "ou-") {
			m.org.unit(id, item.Get("Name").Str)
		}
	}
	return fmt.Sprintf("%d targets of %s", len(targets), policy), ""
}

func (m *model) readUnits(p piece, v gjson.Result) (about, problem string) {
	units := append(v.Get("OrganizationalUnits").Array(), v.Get("OrganizationalUnit"))
	n := 0
	for _, item := range units {
		id := item.Get("Id").Str
		if id == "" {
			continue
		}
		n++
		m.org.at(item.Get("Arn").Str)
		m.org.unit(id, item.Get("Name").Str)
		if parent := p.command.flag("parent-id"); parent != "" {
			m.org.put(id, parent)
		}
	}
	return counted(n, "organizational units"), ""
}

func (m *model) readMembers(p piece, v gjson.Result) (about, problem string) {
	n := 0
	for _, item := range append(v.Get("Accounts").Array(), v.Get("Account")) {
		id := item.Get("Id").Str
		if !isAccount(id) {
			continue
		}
		n++
		m.org.at(item.Get("Arn").Str)
		m.org.place(id)
		if parent := p.command.flag("parent-id"); parent != "" {
			m.org.put(id, parent)
		}
	}
	return counted(n, "accounts of an organization"), ""
}

func (m *model) readParents(p piece, v gjson.Result) (about, problem string) {
	child, parent := p.command.flag("child-id"), v.Get("Parents.0.Id").Str
	if child == "" {
		return "", "nothing says whose parent this is; paste the command with the output: aws organizations list-parents --child-id ID"
	}
	m.org.place(child)
	m.org.put(child, parent)
	return child + " is below " + parent, ""
}

// readEndpoints takes over the VPC endpoints of KMS.
func (m *model) readEndpoints(p piece, v gjson.Result) (about, problem string) {
	list := v.Get("VpcEndpoints").Array()
	n := 0
	for _, item := range list {
		service := item.Get("ServiceName").Str
		region := strings.TrimSuffix(strings.TrimPrefix(service, "com.amazonaws."), ".kms")
		if !isRegion(region) {
			continue
		}
		n++
		e := endpoint{id: item.Get("VpcEndpointId").Str, account: item.Get("OwnerId").Str, region: region, vpc: item.Get("VpcId").Str, service: service}
		if text := item.Get("PolicyDocument"); text.Exists() {
			e.policy = document(text)
		}
		m.endpoints = append(slices.DeleteFunc(m.endpoints, func(old endpoint) bool { return old.id == e.id }), e)
	}
	return fmt.Sprintf("%d VPC endpoints, %d of them of AWS KMS", len(list), n), ""
}
