package kms

import (
	"slices"
	"strings"
	"time"

	"kmsplayground/engine/catalog"
)

// checkAliasName checks what the pattern of the model lets through.
func checkAliasName(c *call) *Error {
	name := c.str("AliasName")
	switch {
	case !strings.HasPrefix(name, "alias/") || name == "alias/":
		return errorf(validation, `Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html`)
	case strings.Contains(name, ":"):
		return errorf(validation, "%s contains invalid characters for an alias", name)
	case strings.HasPrefix(name, "alias/aws/"):
		return errorf(notAuthorized, "")
	}
	return nil
}

// findAlias looks for the alias that the request names; there need be none.
func findAlias(c *call) *Error {
	c.alias = c.aliases[c.aliasARN(c.Caller.Account, c.str("AliasName"))]
	return nil
}

// findAliasTarget looks for an alias that must be there.
func findAliasTarget(c *call) *Error {
	if findAlias(c); c.alias == nil {
		return errorf(notFound, "Alias %s is not found.", c.aliasARN(c.Caller.Account, c.str("AliasName")))
	}
	return nil
}

// aliasChecks asks about the alias, which only IAM policies can allow, and then about each key: the one that the
// alias stands for now and the one that it is to stand for.
func aliasChecks(c *call) []check {
	checks := []check{{action: c.op.name, resource: c.aliasARN(c.Caller.Account, c.str("AliasName"))}}
	if c.alias != nil && c.op.name != "CreateAlias" {
		checks = append(checks, check{action: c.op.name, key: &target{key: c.Service.keys[c.alias.TargetARN]}})
	}
	if len(c.keys) > 0 {
		checks = append(checks, check{action: c.op.name, key: c.keys[0]})
	}
	return checks
}

func createAlias(c *call) (any, *Error) {
	key, name := c.keys[0].key, c.str("AliasName")
	if c.alias != nil {
		return nil, errorf(alreadyExists, "An alias with the name %s already exists", c.alias.ARN)
	}
	if err := c.checkAliasQuota(key); err != nil {
		return nil, err
	}
	alias := &Alias{
		ARN: c.aliasARN(key.Account, name), Name: name, Account: key.Account, Region: key.Region,
		TargetARN: key.ARN, TargetID: key.ID, CreatedAt: c.Now, UpdatedAt: c.Now,
	}
	c.aliases[alias.ARN] = alias
	c.rename(key.ARN, "", name, c.visibleAt(key, "alias", tagLag))
	return nil, nil
}

func (s *Service) checkAliasQuota(key *Key) *Error {
	if n := len(key.Aliases); n >= s.quotas.AliasesPerKey {
		return errorf(limitExceeded, "Aliases per key quota for this account in this region is %d, current usage is %d.", s.quotas.AliasesPerKey, n)
	}
	return nil
}

// rename takes a name from the aliases of a key, and adds one; authorization sees it from a moment on.
func (c *call) rename(keyARN, drop, add string, from time.Time) {
	key := *c.Service.keys[keyARN]
	before := key.Aliases
	key.Aliases = slices.DeleteFunc(slices.Clone(key.Aliases), func(n string) bool { return n == drop })
	if add != "" {
		key.Aliases = append(key.Aliases, add)
		slices.Sort(key.Aliases)
	}
	key.past.aliases = key.past.aliases.with(before, key.Aliases, c.Now, from)
	c.put(key)
}

func updateAlias(c *call) (any, *Error) {
	alias, key := *c.alias, c.keys[0].key
	old := c.Service.keys[alias.TargetARN]
	if old.Usage != key.Usage {
		return nil, errorf(validation, "Alias %s cannot be changed from a CMK with key usage %s to a CMK with key usage %s. The key usage of the current CMK and the new CMK must be the same.", alias.Name, old.Usage, key.Usage)
	}
	if kindOf(old.spec()) != kindOf(key.spec()) { // documented; the text is ours
		return nil, errorf(validation, "Alias %s cannot be changed from the %s key type to the %s one.", alias.Name, kindOf(old.spec()), kindOf(key.spec()))
	}
	if old.ARN != key.ARN {
		if err := c.checkAliasQuota(key); err != nil {
			return nil, err
		}
		from := c.visibleAt(key, "alias", tagLag)
		c.rename(old.ARN, alias.Name, "", from)
		c.rename(key.ARN, "", alias.Name, from)
	}
	alias.TargetARN, alias.TargetID, alias.UpdatedAt = key.ARN, key.ID, c.Now
	c.aliases[alias.ARN] = &alias
	return nil, nil
}

func deleteAlias(c *call) (any, *Error) {
	delete(c.aliases, c.alias.ARN)
	key := c.Service.keys[c.alias.TargetARN]
	c.rename(key.ARN, c.alias.Name, "", c.visibleAt(key, "alias", tagLag))
	return nil, nil
}

type aliasListEntry struct {
	AliasName       string
	AliasArn        string
	TargetKeyId     string
	CreationDate    float64
	LastUpdatedDate float64
}

// hideForeignKey: no key is asked about, so that nothing could say no. Whether another account has a key of that ARN is
// not told; what AWS answers is not known.
func hideForeignKey(c *call) *Error {
	if t := c.keys[0]; t != nil && t.key.Account != c.Caller.Account {
		c.keys[0] = &target{key: t.key, missing: true, foundMissing: errorf(notFound, "Key '%s' does not exist", t.key.ARN)}
	}
	return nil
}

func listAliases(c *call) (any, *Error) {
	aliases := c.Aliases(c.Caller.Account, c.Region)
	if t := c.keys[0]; t != nil {
		aliases = slices.DeleteFunc(aliases, func(a Alias) bool { return a.TargetARN != t.key.ARN })
	}
	page, err := paginate(c, aliases, func(a Alias) string { return a.Name })
	if err != nil {
		return nil, err
	}
	list := make([]aliasListEntry, len(page.items))
	for i, a := range page.items {
		list[i] = aliasListEntry{a.Name, a.ARN, a.TargetID, catalog.Epoch(a.CreatedAt), catalog.Epoch(a.UpdatedAt)}
	}
	return struct {
		Aliases []aliasListEntry
		pageOutput
	}{list, page.pageOutput}, nil
}
