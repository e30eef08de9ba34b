package capture

import (
	"slices"
	"strings"

	"kmsplayground/engine"
)

const (
	serviceControl  = "SERVICE_CONTROL_POLICY"
	resourceControl = "RESOURCE_CONTROL_POLICY"
)

// below are the units below a parent, and theirs after each; those of which nobody says the parent are below the root.
func (o *organization) below(parent string) (units []*unit) {
	return o.walk(parent, 0)
}

func (o *organization) walk(parent string, depth int) (units []*unit) {
	for _, u := range o.units {
		if o.parentOf(u.id) == parent && depth < 10 {
			units = append(append(units, u), o.walk(u.id, depth+1)...)
		}
	}
	return units
}

// parentOf is the unit that a unit or account is in, empty for the root.
func (o *organization) parentOf(id string) string {
	if parent := o.parents[id]; strings.HasPrefix(parent, "ou-") && parent != id {
		return parent
	}
	return ""
}

// made are the policies that an organization made itself and whose texts are known.
func (o *organization) made() []*control {
	return slices.DeleteFunc(slices.Clone(o.policies), func(c *control) bool { return c.text == "" || strings.HasSuffix(c.id, "FullAWSAccess") })
}

// standIn is the management account of an organization of which nobody says it.
const standIn = "123456789012"

// buildOrganization makes the organization with its units and the accounts that are built here. Its policies come last,
// since they might refuse what is still to be made.
func (b *builder) buildOrganization() {
	o := &b.org
	if !o.isKnown() {
		return
	}
	if o.management == "" {
		o.management = standIn
		b.ask("aws organizations describe-organization", "The management account of the organization; here it is %s.", standIn)
	}
	if !b.organize("CreateOrganization", object{}) {
		return
	}
	b.made["organization"] = true
	for _, u := range o.below("") {
		name := u.name
		if name == "" {
			name = u.id
		}
		b.organize("CreateOrganizationalUnit", object{"ParentId", b.node(o.parentOf(u.id)), "Name", name})
	}
	for _, a := range b.accounts {
		if a.id == o.management || !b.isMember(a.id) {
			continue
		}
		if !b.join(a.id) {
			continue
		}
		if parent := o.parentOf(a.id); parent != "" {
			b.organize("MoveAccount", object{"AccountId", a.id, "SourceParentId", b.node(""), "DestinationParentId", parent})
		} else if o.parents[a.id] == "" {
			b.ask("aws organizations list-parents --child-id "+a.id, "Where account %s is in the organization; here it is in the root.", a.id)
		}
	}
}

// isMember reports whether an account belongs to the organization. Where nobody says, those do to which its policies would
// apply: that of the caller for service control policies, those of the keys for resource control policies.
func (b *builder) isMember(account string) bool {
	o := &b.org
	if len(o.members) > 0 && !(len(o.members) == 1 && o.members[0] == o.management) {
		return slices.Contains(o.members, account)
	}
	applies := func(kind string) bool {
		return slices.ContainsFunc(o.policies, func(c *control) bool { return c.kind == kind })
	}
	r := b.request
	is := applies(serviceControl) && r != nil && r.account == account ||
		applies(resourceControl) && slices.ContainsFunc(b.keys, func(k *key) bool { return k.account == account })
	if is {
		b.ask("aws organizations list-accounts", "Whether account %s is in the organization; here it is.", account)
	}
	return is
}

// organize makes a call of the management account.
func (b *builder) organize(operation string, input object) bool {
	return b.call(b.org.management, "", "organizations", operation, input)
}

// node is the id of a unit, or of the root for the empty one.
func (b *builder) node(id string) string {
	if id != "" {
		return id
	}
	o, _ := b.world.World().IAM().OrganizationOf(b.org.management)
	if len(o.Paths) == 0 {
		return ""
	}
	return strings.Split(o.Paths[0], "/")[1]
}

// join invites an account, and accepts.
func (b *builder) join(account string) bool {
	b.made[account] = true
	invite := b.world.Run(b.org.management+":root", "handshake=$(aws organizations invite-account-to-organization --target Id="+account+",Type=ACCOUNT --query Handshake.Id --output text)", engine.Environment{})
	if invite.Code == "" && invite.ExitCode == 0 {
		if accepted := b.world.Run(account+":root", "aws organizations accept-handshake --handshake-id $handshake", engine.Environment{}); accepted.Code == "" && accepted.ExitCode == 0 {
			return true
		}
		b.world.Undo()
	}
	b.world.Undo()
	b.miss("Account %s could not join the organization: %s", account, strings.TrimSpace(invite.Stderr))
	return false
}

// limit attaches the policies of the organization, after everything that they might refuse.
func (b *builder) limit() {
	o := &b.org
	if !b.made["organization"] {
		return
	}
	for _, kind := range [...]string{serviceControl, resourceControl} {
		if b.enable(kind) {
			b.attachAll(kind)
		}
	}
	for _, c := range o.policies {
		if c.text == "" && !strings.HasSuffix(c.id, "FullAWSAccess") {
			b.ask("aws organizations describe-policy --policy-id "+c.id, "What policy %s of the organization says.", c.id)
		}
	}
}

// enable enables a type of policy that is enabled in the real organization, or of which there are policies.
func (b *builder) enable(kind string) bool {
	o := &b.org
	if o.saidTypes && !slices.Contains(o.types, kind) || !o.saidTypes && !slices.ContainsFunc(o.policies, func(c *control) bool { return c.kind == kind }) {
		return false
	}
	return b.organize("EnablePolicyType", object{"RootId", b.node(""), "PolicyType", kind})
}

// attachAll makes the policies of a type, attaches them, and detaches what allows everything where that is not attached.
func (b *builder) attachAll(kind string) {
	o := &b.org
	for _, c := range o.made() {
		if c.kind != kind {
			continue
		}
		name := c.name
		if name == "" {
			name = c.id
		}
		if !b.organize("CreatePolicy", object{"Name", name, "Description", "", "Type", kind, "Content", c.text}) {
			continue
		}
		attached := false
		for _, target := range b.targets() {
			if slices.Contains(o.attached[target], c.id) {
				attached = true
				b.organize("AttachPolicy", object{"PolicyId", c.id, "TargetId", target})
			}
		}
		if !attached && !o.isAttached(c.id) {
			b.ask("aws organizations list-targets-for-policy --policy-id "+c.id, "What policy %s is attached to; here it is attached to the root.", c.id)
			b.organize("AttachPolicy", object{"PolicyId", c.id, "TargetId", b.node("")})
		}
	}
	everything := map[string]string{serviceControl: "p-FullAWSAccess", resourceControl: "p-RCPFullAWSAccess"}[kind]
	for _, target := range b.targets() {
		if o.said[target+kind] && !slices.Contains(o.attached[target], everything) {
			b.organize("DetachPolicy", object{"PolicyId", everything, "TargetId", target})
		}
	}
}

func (o *organization) isAttached(policy string) bool {
	for _, ids := range o.attached {
		if slices.Contains(ids, policy) {
			return true
		}
	}
	return false
}

// targets are the places of the organization that are built here.
func (b *builder) targets() []string {
	all := []string{b.node("")}
	for _, u := range b.org.units {
		all = append(all, u.id)
	}
	for _, a := range b.accounts {
		if a.id == b.org.management || b.made[a.id] {
			all = append(all, a.id)
		}
	}
	return all
}

// buildEndpoint makes a VPC endpoint with its policy.
func (b *builder) buildEndpoint(e endpoint) {
	account := e.account
	if !isAccount(account) {
		account = b.home()
	}
	input := object{"VpcEndpointType", "Interface", "VpcId", e.vpc, "ServiceName", "com.amazonaws." + e.region + ".kms"}
	if e.policy != "" {
		input = append(input, "PolicyDocument", e.policy)
	}
	b.call(account, e.region, "ec2", "CreateVpcEndpoint", input)
}

// askGuards asks for the organization's policies that nobody gave: service control policies of the caller's account,
// resource control policies of the key's.
func (b *builder) askGuards() {
	ask := func(kind, words, account string) {
		if account == "" || account == b.org.management || b.org.said[account+kind] || b.org.saidTypes && !slices.Contains(b.org.types, kind) {
			return
		}
		b.ask("aws organizations list-policies-for-target --target-id "+account+" --filter "+kind, "The "+words+" of account %s, if it is in an organization.", account)
	}
	if r := b.request; r != nil {
		if !strings.HasSuffix(r.as, ".amazonaws.com") {
			ask(serviceControl, "service control policies", r.account)
		}
	}
	for _, k := range b.keys {
		ask(resourceControl, "resource control policies", k.account)
	}
	if b.request == nil && len(b.keys) == 0 {
		ask(serviceControl, "service control policies", b.home())
	}
}
