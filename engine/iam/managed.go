package iam

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/policy"
)

// Quotas of managed policies (IAM quotas page, 2026).
const (
	maxManagedPolicy  = 6144 // characters, white space not counted
	maxPolicyVersions = 5
)

// managedPolicy is a customer or AWS managed policy. It is replaced, never changed.
type managedPolicy struct {
	account     string // "aws" for AWS managed policies
	path        string
	name        string
	id          string // ANPA…
	description string
	created     time.Time
	updated     time.Time
	tags        []Tag
	versions    []policyVersion // oldest first
	isDefault   string          // "v1"
	nextVersion int
}

type policyVersion struct {
	id      string
	created time.Time
	storedPolicy
}

func (p *managedPolicy) arn() string { return iamARN(p.account, "policy"+p.path+p.name).String() }

func (p *managedPolicy) index(version string) int {
	return slices.IndexFunc(p.versions, func(v policyVersion) bool { return v.id == version })
}

// inForce is the default version.
func (p *managedPolicy) inForce() policyVersion { return p.versions[p.index(p.isDefault)] }

// awsEpoch is when AWS managed policies began; the exact dates of the versions are not kept.
var awsEpoch = time.Date(2015, 2, 6, 18, 39, 0, 0, time.UTC)

// awsManagedPolicies parses the policies that AWS offers in every account.
func awsManagedPolicies() map[string]*managedPolicy {
	found := map[string]*managedPolicy{}
	for i, m := range catalog.ManagedPolicies() {
		stored, err := parse(policy.IdentityPolicy, m.Text)
		if err != nil {
			panic("iam: " + m.ARN + ": " + err.Error())
		}
		path := strings.TrimSuffix(strings.TrimPrefix(m.ARN, "arn:aws:iam::aws:policy"), m.Name)
		found[m.ARN] = &managedPolicy{
			account: "aws", path: path, name: m.Name, id: fmt.Sprintf("ANPAKMSPLAYGROUND%04d", i),
			description: m.Description, created: awsEpoch, updated: awsEpoch, isDefault: m.VersionId,
			versions: []policyVersion{{m.VersionId, awsEpoch, stored}},
		}
	}
	return found
}

// inUse are the customer managed policies of an account and the AWS managed policies that are attached in it, sorted by
// ARN.
func (d *Directory) inUse(account string) []*managedPolicy {
	found := []*managedPolicy{}
	for _, p := range d.policies {
		attached, boundaries := d.users(p, account)
		if p.account == account || p.account == "aws" && attached+boundaries > 0 {
			found = append(found, p)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].arn() < found[j].arn() })
	return found
}

// users counts the entities that carry p, as a policy and as a boundary. An AWS managed policy is counted per account.
func (d *Directory) users(p *managedPolicy, account string) (attached, boundaries int) {
	name := p.arn()
	for key, e := range d.entities {
		if key.account != account {
			continue
		}
		if slices.Contains(e.attached, name) {
			attached++
		}
		if e.boundary == name {
			boundaries++
		}
	}
	return attached, boundaries
}

func (c *call) policyOutput(p *managedPolicy, form form) Object {
	attached, boundaries := c.users(p, c.account)
	o := Object{
		{"PolicyName", p.name}, {"PolicyId", p.id}, {"Arn", p.arn()}, {"Path", p.path}, {"DefaultVersionId", p.isDefault},
		{"AttachmentCount", attached}, {"PermissionsBoundaryUsageCount", boundaries}, {"IsAttachable", true},
	}
	if form == whole {
		o = o.with("Description", p.description)
	}
	o = append(o, Member{"CreateDate", stamp(p.created)}, Member{"UpdateDate", stamp(p.updated)})
	switch {
	case form == whole:
		o = append(o, Member{"Tags", append([]Tag{}, p.tags...)})
	case form == fresh && len(p.tags) > 0:
		o = append(o, Member{"Tags", c.tags()})
	}
	return o
}

func (c *call) createPolicy() (Object, *Error) {
	p := managedPolicy{
		account: c.account, path: c.path("Path"), name: c.text("PolicyName"), description: c.text("Description"),
		created: c.Now, updated: c.Now, isDefault: "v1", nextVersion: 2,
	}
	for _, other := range c.policies {
		if other.account == c.account && strings.EqualFold(other.name, p.name) {
			return nil, errorf("EntityAlreadyExists", "A policy called %s already exists. Duplicate names are not allowed.", p.name)
		}
	}
	stored, err := c.managedText()
	if err != nil {
		return nil, err
	}
	if p.tags, err = policyTags(c.tags()); err != nil {
		return nil, err
	}
	p.versions = []policyVersion{{"v1", c.Now, stored}}
	a := c.accounts[c.account]
	a.Policies++
	c.accounts[c.account] = a
	p.id = c.drawID(purpose(c.account, "policy", a.Policies), "ANPA", 21)
	c.policies[p.arn()] = &p
	return Object{{"Policy", c.policyOutput(&p, fresh)}}, nil
}

// managedText is the text of a managed policy. Unlike inline policies it must have today's version.
func (c *call) managedText() (storedPolicy, *Error) {
	stored, err := parse(policy.IdentityPolicy, c.text("PolicyDocument"))
	switch {
	case err != nil && err.Message == syntaxErrors:
		return stored, err
	case stored.document.Version.Text != policy.Version20121017:
		return stored, errorf("MalformedPolicyDocument", "Policy document must be version 2012-10-17 or greater.")
	case err != nil:
		return stored, err
	case length(stored.text) > maxManagedPolicy:
		return stored, exceeded("PolicySize", maxManagedPolicy)
	}
	return stored, nil
}

// managed finds the policy that PolicyArn names.
func (c *call) managed() (*managedPolicy, *Error) {
	text, err := c.policyARN("PolicyArn")
	if err != nil {
		return nil, err
	}
	if p := c.policies[text]; p != nil && (p.account == "aws" || p.account == c.account) {
		return p, nil
	}
	return nil, errorf("NoSuchEntity", "Policy %s was not found.", text)
}

// own finds a policy that the account may change.
func (c *call) own() (*managedPolicy, *Error) {
	p, err := c.managed()
	if err == nil && p.account == "aws" {
		return nil, errorf("AccessDenied", "User: %s is not authorized to perform: iam:%s on resource: policy %s",
			c.Caller.ARN, c.Operation, p.arn())
	}
	return p, err
}

func (c *call) getPolicy() (Object, *Error) {
	p, err := c.managed()
	if err != nil {
		return nil, err
	}
	return Object{{"Policy", c.policyOutput(p, whole)}}, nil
}

func (c *call) listPolicies() (Object, *Error) {
	found := []*managedPolicy{}
	for _, p := range c.policies {
		if c.listed(p) {
			found = append(found, p)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].arn() < found[j].arn() })
	return paginate(c, "Policies", found, func(p *managedPolicy) any { return c.policyOutput(p, listed) })
}

// listed applies the filters of ListPolicies.
func (c *call) listed(p *managedPolicy) bool {
	scope := c.text("Scope")
	if p.account != "aws" && p.account != c.account || scope == "AWS" && p.account != "aws" || scope == "Local" && p.account == "aws" {
		return false
	}
	if !strings.HasPrefix(p.path, c.text("PathPrefix")) {
		return false
	}
	attached, boundaries := c.users(p, c.account)
	switch c.text("PolicyUsageFilter") {
	case "PermissionsPolicy":
		boundaries = 0
	case "PermissionsBoundary":
		attached = 0
	}
	return !c.flag("OnlyAttached") && c.text("PolicyUsageFilter") == "" || attached+boundaries > 0
}

func (c *call) deletePolicy() (Object, *Error) {
	p, err := c.own()
	if err != nil {
		return nil, err
	}
	if attached, boundaries := c.users(p, c.account); attached+boundaries > 0 {
		return nil, errorf("DeleteConflict", "Cannot delete a policy attached to entities.")
	}
	if len(p.versions) > 1 {
		return nil, errorf("DeleteConflict", "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.")
	}
	delete(c.policies, p.arn())
	return nothing, nil
}
