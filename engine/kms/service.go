package kms

import (
	"maps"
	"time"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/hsm"
)

// Service is the KMS state of a world, all accounts and Regions together. The values of its maps are replaced and
// never changed, so that Clone is shallow.
type Service struct {
	entropy  hsm.Entropy
	keys     map[string]*Key   // by key ARN; deleted keys are gone
	aliases  map[string]*Alias // by alias ARN
	grants   map[string]*Grant // by grant id
	granted  map[grantee][]*authz.Grant
	ended    map[string]*Grant // by grant id: revoked or retired, and still working
	ordinals map[string]int    // how often chance was drawn for a purpose
	quotas   quotas
	eventual bool // authorization sees changes only after a while
}

// grantee finds the grants that a principal has on a key.
type grantee struct{ keyARN, id string }

// New returns a service without keys.
func New(entropy hsm.Entropy) *Service {
	return &Service{
		entropy:  entropy,
		keys:     map[string]*Key{},
		aliases:  map[string]*Alias{},
		grants:   map[string]*Grant{},
		granted:  map[grantee][]*authz.Grant{},
		ended:    map[string]*Grant{},
		ordinals: map[string]int{},
		quotas:   defaultQuotas(),
	}
}

// NewEventual returns a service without keys whose changes reach authorization only after a while.
func NewEventual(entropy hsm.Entropy) *Service {
	s := New(entropy)
	s.eventual = true
	return s
}

// Clone returns a service that holds the same and goes its own way.
func (s *Service) Clone() *Service {
	return &Service{
		entropy:  s.entropy,
		keys:     maps.Clone(s.keys),
		aliases:  maps.Clone(s.aliases),
		grants:   maps.Clone(s.grants),
		granted:  maps.Clone(s.granted),
		ended:    maps.Clone(s.ended),
		ordinals: maps.Clone(s.ordinals),
		quotas:   s.quotas,
		eventual: s.eventual,
	}
}

// next counts how often something was made for a purpose: 1 for the first.
func (s *Service) next(purpose string) int {
	s.ordinals[purpose]++
	return s.ordinals[purpose]
}

// Tick does what came due by now: keys at the end of their waiting period are deleted, with their aliases and grants.
// It also forgets what authorization cannot see any more, on which no decision depends.
func (s *Service) Tick(now time.Time) {
	for arn, key := range s.keys {
		if !key.DeletionDate.IsZero() && !now.Before(key.DeletionDate) {
			s.destroy(arn)
		}
	}
	s.forget(now)
}

func (s *Service) destroy(keyARN string) {
	delete(s.keys, keyARN)
	maps.DeleteFunc(s.aliases, func(_ string, a *Alias) bool { return a.TargetARN == keyARN })
	maps.DeleteFunc(s.grants, func(_ string, g *Grant) bool { return g.KeyARN == keyARN })
	maps.DeleteFunc(s.ended, func(_ string, g *Grant) bool { return g.KeyARN == keyARN })
	maps.DeleteFunc(s.granted, func(g grantee, _ []*authz.Grant) bool { return g.keyARN == keyARN })
}
