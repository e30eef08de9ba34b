package kms

import (
	"slices"
	"strings"
	"time"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// AWS managed keys belong to an account and are managed by a service: alias/aws/ebs. There is none until somebody asks
// for it: the service when it first needs it, or a DescribeKey with its alias, as the API reference says. ListAliases
// leaves out those that nobody asked for.
//
// Nothing here forbids to edit, tag, disable or delete them. Their policy delegates none of that to the account, and
// nobody can put another policy: the denials follow from that, as they do at AWS (recorded).

// IsManaged reports whether a service ("ebs") has AWS managed keys.
func IsManaged(service string) bool { return managedKeyOf(service) != nil }

func managedKeyOf(service string) *managedKey {
	i := slices.IndexFunc(managedKeys, func(m managedKey) bool { return m.name == service })
	if i < 0 {
		return nil
	}
	return &managedKeys[i]
}

// ManagedKey returns the ARN of an account's AWS managed key for a service, and brings the key into being when there is
// none. It panics for a service that has none.
func (s *Service) ManagedKey(account, region, service string, now time.Time) string {
	c := &call{Service: s, Request: Request{Region: region, Now: now}}
	if alias := s.aliases[c.aliasARN(account, "alias/aws/"+service)]; alias != nil {
		return alias.TargetARN
	}
	key := c.newManagedKey(account, managedKeyOf(service))
	c.adopt(*key)
	return key.ARN
}

// newManagedKey makes a key without bringing it into being.
func (c *call) newManagedKey(account string, m *managedKey) *Key {
	purpose := "kms/" + account + "/" + c.Region + "/aws/" + m.name
	id := hsm.UUID(c.entropy.Reader(purpose))
	key := &Key{
		ARN: c.keyARN(account, id), ID: id, Account: account, Region: c.Region, Description: m.description(),
		Spec: symmetricDefault, Usage: "ENCRYPT_DECRYPT", Origin: "AWS_KMS", Manager: "AWS", State: catalog.Enabled,
		CreatedAt: c.Now, Tags: []iam.Tag{}, Aliases: []string{m.alias()}, PolicyText: m.policy(c.partition(), account, c.Region),
	}
	key.material = hsm.NewMaterial(key.ARN, c.entropy.Reader(purpose+"/material/1"))
	document, diags := policy.ParseAs(policy.KeyPolicy, key.PolicyText)
	if policy.Refused(diags) {
		panic("kms: the policy of an AWS managed key: " + diags[0].Message)
	}
	key.Policy = &iam.Policy{ID: key.ARN, Name: policyName, Kind: policy.KeyPolicy, Document: document}
	key.bound = map[string]string{}
	key.conditions = key.ownConditions(c.quotas.AliasesPerKey)
	return key
}

// adopt brings a managed key and its alias into being.
func (c *call) adopt(key Key) {
	alias := Alias{
		ARN: c.aliasARN(key.Account, key.Aliases[0]), Name: key.Aliases[0], Account: key.Account, Region: key.Region,
		TargetARN: key.ARN, TargetID: key.ID, CreatedAt: c.Now, UpdatedAt: c.Now,
	}
	c.aliases[alias.ARN] = &alias
	c.put(key)
}

// predefined is the managed key that DescribeKey brings into being, nil for anything else.
func (c *call) predefined(account, alias string) *target {
	service, ok := strings.CutPrefix(alias, "alias/aws/")
	if m := managedKeyOf(service); ok && m != nil && account == c.Caller.Account && c.op.name == "DescribeKey" {
		return &target{key: c.newManagedKey(account, m), requestAlias: alias, predefined: true}
	}
	return nil
}

// spare exempts a request about an AWS managed key from resource control policies, which do not bind those.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html, read 2026-08
func spare(g *authz.Guards, t *target) {
	if t != nil && t.key.Manager == "AWS" && g.RCP != nil {
		g.RCP = &authz.Guard{Exempt: "resource control policies do not bind AWS managed keys"}
	}
}
