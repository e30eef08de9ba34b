package kms

import (
	"fmt"
	"strings"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
)

// quotas are those that AWS adjusts on request; here they hold for all accounts and Regions together.
type quotas struct{ Keys, AliasesPerKey, GrantsPerKey int }

func defaultQuotas() quotas {
	return quotas{catalog.KeysPerRegion, catalog.AliasesPerKey, catalog.GrantsPerKey}
}

// QuotaNames are the quotas that can be set.
var QuotaNames = [...]string{"keys", "aliases-per-key", "grants-per-key"}

// SetQuota changes a quota. What is there already stays, so that a lowered quota can be exceeded.
func (s *Service) SetQuota(name string, value int) {
	switch name {
	case "keys":
		s.quotas.Keys = value
	case "aliases-per-key":
		s.quotas.AliasesPerKey = value
		for _, key := range s.keys { // their condition keys depend on it
			s.put(*key)
		}
	case "grants-per-key":
		s.quotas.GrantsPerKey = value
	default:
		panic("kms: there is no quota " + name)
	}
}

// noteQuota says at conditions on kms:ResourceAliases why a key with too many aliases does not have the condition key.
func (r remarks) noteQuota(x *authz.Explanation) {
	if len(r.key.Aliases) <= r.aliasesPerKey {
		return
	}
	for _, l := range x.Layers {
		for _, p := range l.Policies {
			for _, s := range p.Statements {
				for i := range s.Conditions {
					if result := &s.Conditions[i]; !result.Present && strings.EqualFold(result.Key, "kms:ResourceAliases") {
						result.Note = fmt.Sprintf("the key has %d aliases, the quota is %d: above it the condition key is absent", len(r.key.Aliases), r.aliasesPerKey)
					}
				}
			}
		}
	}
}
