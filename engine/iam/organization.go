package iam

import (
	"slices"
	"strings"
	"time"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/policy"
)

// organization is what AWS Organizations keeps of one. It is replaced, never changed.
type organization struct {
	id         string // o-…
	root       string // r-…
	management string // account
	features   string // "ALL", "CONSOLIDATED_BILLING"
	enabled    []controlType
	count      int // of units, policies, handshakes, requests and members so far; never goes back
}

// node is a root, an organizational unit or an account of an organization. It is replaced, never changed.
type node struct {
	kind         nodeKind
	id           string // r-…, ou-…, or the account's
	organization string
	parent       string // empty for a root
	name         string // of a unit
	ordinal      int
	attached     []string // ids of policies of the enabled types, in the order of attachment

	method string // of an account: "INVITED", "CREATED"
	joined time.Time
}

type nodeKind string

const (
	rootNode    nodeKind = "ROOT"
	unitNode    nodeKind = "ORGANIZATIONAL_UNIT"
	accountNode nodeKind = "ACCOUNT"
)

// Organization is an AWS organization as an account belongs to it.
type Organization struct {
	ID                string // "o-…"
	ManagementAccount string
	// Paths is the account's place in it, as aws:PrincipalOrgPaths has it: "o-…/r-…/ou-…/". There is one.
	Paths []string
}

// member is an account's place in its organization, nil when it belongs to none.
func (d *Directory) member(account string) *node {
	if n := d.nodes[account]; n != nil && n.kind == accountNode {
		return n
	}
	return nil
}

// OrganizationOf returns the organization that an account is a member of.
func (d *Directory) OrganizationOf(account string) (Organization, bool) {
	n := d.member(account)
	if n == nil {
		return Organization{}, false
	}
	o := d.organizations[n.organization]
	return Organization{ID: o.id, ManagementAccount: o.management, Paths: []string{d.place(d.nodes[n.parent])}}, true
}

// PolicyLevel is one place of an organization at which policies are attached: "Root", "ou-…", the account's id.
type PolicyLevel struct {
	Name     string
	Policies []Policy
}

// ControlPolicies returns the policies of a kind that are attached from the root down to an account. There are none,
// and bound is false, when the account belongs to no organization with that kind enabled, or manages it.
func (d *Directory) ControlPolicies(kind policy.Kind, account string) (levels []PolicyLevel, bound bool) {
	n := d.member(account)
	if n == nil {
		return []PolicyLevel{}, false
	}
	o, t := d.organizations[n.organization], controlTypeOf(kind)
	if !slices.Contains(o.enabled, t) || o.management == account {
		return []PolicyLevel{}, false
	}
	line := d.line(n)
	levels = make([]PolicyLevel, len(line))
	for i, at := range line {
		levels[i].Name = at.id
		if at.kind == rootNode {
			levels[i].Name = "Root"
		}
		for _, p := range d.attachedTo(at, t) {
			levels[i].Policies = append(levels[i].Policies, p.view())
		}
	}
	return levels, true
}

// ControlPoliciesEnabled reports whether the organization of an account has a kind of policy enabled.
func (d *Directory) ControlPoliciesEnabled(kind policy.Kind, account string) bool {
	n := d.member(account)
	return n != nil && slices.Contains(d.organizations[n.organization].enabled, controlTypeOf(kind))
}

// line is the way from the root down to n.
func (d *Directory) line(n *node) []*node {
	line := []*node{n}
	for n.parent != "" {
		n = d.nodes[n.parent]
		line = append(line, n)
	}
	slices.Reverse(line)
	return line
}

// place is a node's place as AWS writes it: "o-…/r-…/ou-…/", for accounts with their id at the end.
func (d *Directory) place(n *node) string {
	text := n.organization + "/"
	for _, at := range d.line(n) {
		text += at.id + "/"
	}
	return text
}

// nodesOf returns the nodes of an organization that want accepts, in the order in which they came.
func (d *Directory) nodesOf(o *organization, want func(*node) bool) []*node {
	found := []*node{}
	for _, n := range d.nodes {
		if n.organization == o.id && want(n) {
			found = append(found, n)
		}
	}
	slices.SortFunc(found, func(a, b *node) int { return a.ordinal - b.ordinal })
	return found
}

// children are the units or accounts directly below a node.
func (d *Directory) children(o *organization, parent string, k nodeKind) []*node {
	return d.nodesOf(o, func(n *node) bool { return n.kind == k && n.parent == parent })
}

func isAccount(n *node) bool { return n.kind == accountNode }

// email of an account that did not say one is ours.
func (d *Directory) email(account string) string {
	if e := d.accounts[account].Email; e != "" {
		return e
	}
	return "aws-" + account + "@example.com"
}

func (d *Directory) accountName(account string) string {
	if n := d.accounts[account].Name; n != "" {
		return n
	}
	return "account-" + account
}

// organizationARN is the ARN of something that belongs to o: "organization/o-…", "ou/o-…/ou-…".
func organizationARN(o *organization, resource string) string {
	return arn.ARN{Partition: "aws", Service: "organizations", Account: o.management, Resource: resource}.String()
}

func (o *organization) arn() string { return organizationARN(o, "organization/"+o.id) }

// words are what ARNs call the nodes.
var words = map[nodeKind]string{rootNode: "root", unitNode: "ou", accountNode: "account"}

func (o *organization) arnOf(n *node) string {
	return organizationARN(o, words[n.kind]+"/"+o.id+"/"+n.id)
}

// next counts one thing more and stores the organization.
func (d *Directory) next(o *organization) (*organization, int) {
	changed := *o
	changed.count++
	d.organizations[o.id] = &changed
	return &changed, changed.count
}

// put stores what takes the place of the node of that id.
func (d *Directory) putNode(n node) *node {
	d.nodes[n.id] = &n
	return &n
}

// drawLower draws n lower-case letters and digits, the alphabet of AWS Organizations' ids.
func (d *Directory) drawLower(purpose string, n int) string {
	const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"
	var b strings.Builder
	for _, x := range d.draw(purpose, n) {
		b.WriteByte(alphabet[int(x)%len(alphabet)])
	}
	return b.String()
}
