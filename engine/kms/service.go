package kms

import (
	"maps"
	"slices"
	"time"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/hsm"
)

// Service is the KMS state of a world, all accounts and Regions together. The values of its maps are replaced and
// never changed, so that Clone is shallow.
type Service struct {
	entropy    hsm.Entropy
	algorithms hsm.Algorithms
	keys       map[string]*Key   // by key ARN; deleted keys are gone
	aliases    map[string]*Alias // by alias ARN
	grants     map[string]*Grant // by grant id
	granted    map[grantee][]*authz.Grant
	ended      map[string]*Grant            // by grant id: revoked or retired, and still working
	stores     map[string]*KeyStore         // by id
	uses       map[string]use               // by key ARN: the last of each key that was used
	ordinals   map[string]int               // how often chance was drawn for a purpose
	parameters map[string]*importParameters // by the random part of their import token, in hexadecimal
	keyIDs     map[string]string            // by the purpose of the key: those that are not drawn; never changed
	quotas     quotas
	eventual   bool // authorization sees changes only after a while
	happened   []Happening
	// quiet is a time before which nothing comes due and nothing is there to forget, so that a tick need not look at every
	// key. The zero time: look.
	quiet time.Time
}

// grantee finds the grants that a principal has on a key.
type grantee struct{ keyARN, id string }

// New returns a service without keys. The algorithms are what asymmetric keys need; None refuses them.
func New(entropy hsm.Entropy, algorithms hsm.Algorithms) *Service {
	return &Service{
		entropy:    entropy,
		algorithms: algorithms,
		keys:       map[string]*Key{},
		aliases:    map[string]*Alias{},
		grants:     map[string]*Grant{},
		granted:    map[grantee][]*authz.Grant{},
		ended:      map[string]*Grant{},
		stores:     map[string]*KeyStore{},
		uses:       map[string]use{},
		ordinals:   map[string]int{},
		parameters: map[string]*importParameters{},
		quotas:     defaultQuotas(),
	}
}

// NewEventual returns a service without keys whose changes reach authorization only after a while.
func NewEventual(entropy hsm.Entropy, algorithms hsm.Algorithms) *Service {
	s := New(entropy, algorithms)
	s.eventual = true
	return s
}

// Clone returns a service that holds the same and goes its own way.
func (s *Service) Clone() *Service {
	return &Service{
		entropy:    s.entropy,
		algorithms: s.algorithms,
		keys:       maps.Clone(s.keys),
		aliases:    maps.Clone(s.aliases),
		grants:     maps.Clone(s.grants),
		granted:    maps.Clone(s.granted),
		ended:      maps.Clone(s.ended),
		stores:     maps.Clone(s.stores),
		uses:       maps.Clone(s.uses),
		ordinals:   maps.Clone(s.ordinals),
		parameters: maps.Clone(s.parameters),
		keyIDs:     s.keyIDs,
		quotas:     s.quotas,
		eventual:   s.eventual,
		happened:   slices.Clip(s.happened),
		quiet:      s.quiet,
	}
}

// next counts how often something was made for a purpose: 1 for the first.
func (s *Service) next(purpose string) int {
	s.ordinals[purpose]++
	return s.ordinals[purpose]
}

// Tick does what came due by now, one thing after the other in the order of their dates, as if somebody had looked all
// the time: how far the clock jumps makes no difference. It also forgets what authorization cannot see any more, on which
// no decision depends.
func (s *Service) Tick(now time.Time) {
	if now.Before(s.quiet) {
		return
	}
	for s.doFirst(now) {
	}
	s.forget(now)
	s.quiet = s.nextDue()
}

// destroy deletes a key with its aliases and grants.
func (s *Service) destroy(key *Key, at time.Time) {
	keyARN := key.ARN
	s.note(Happening{Name: "DeleteKey", Key: *key, At: at, Cluster: key.cluster})
	s.leaveFamily(key, at)
	delete(s.keys, keyARN)
	delete(s.uses, keyARN)
	maps.DeleteFunc(s.aliases, func(_ string, a *Alias) bool { return a.TargetARN == keyARN })
	maps.DeleteFunc(s.grants, func(_ string, g *Grant) bool { return g.KeyARN == keyARN })
	maps.DeleteFunc(s.ended, func(_ string, g *Grant) bool { return g.KeyARN == keyARN })
	maps.DeleteFunc(s.parameters, func(_ string, p *importParameters) bool { return p.keyARN == keyARN })
	maps.DeleteFunc(s.granted, func(g grantee, _ []*authz.Grant) bool { return g.keyARN == keyARN })
}
