package kms

import (
	"slices"
	"strings"
	"time"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/hsm"
	"kmsplayground/engine/iam"
)

// Key is a KMS key. A Key in the service is replaced, never changed, and so are its Tags.
type Key struct {
	ARN                 string
	ID                  string // "1234abcd-12ab-…"
	Account             string
	Region              string
	Description         string
	Spec                string // "SYMMETRIC_DEFAULT"
	Usage               string // "ENCRYPT_DECRYPT"
	Origin              string // "AWS_KMS"
	Manager             string // "CUSTOMER"
	State               catalog.KeyState
	MultiRegion         bool
	CustomKeyStoreID    string // empty for keys outside custom key stores
	XksKeyID            string // of a key in an external key store
	CreatedAt           time.Time
	DeletionDate        time.Time // zero unless PendingDeletion
	PendingWindowInDays int
	Tags                []iam.Tag // sorted by key
	Aliases             []string  // alias names, sorted
	Policy              *iam.Policy
	PolicyText          string // as it was put

	ordinal    int                 // among the keys of its account and Region, from 1
	material   hsm.Material        // current
	materials  []keyMaterial       // all of them, the current one last
	imports    map[string]imported // of origin EXTERNAL: what it holds, by id of the material
	rotation   rotation
	onDemand   time.Time        // when the on-demand rotation that runs was started; zero for none
	family     *family          // of a multi-Region key
	cluster    string           // of a key in a CloudHSM key store
	settles    time.Time        // when Creating or Updating ends
	settled    catalog.KeyState // the state then; of an Unavailable key the one behind it
	conditions []condition.Value
	bound      map[string]string // unique ids of the principals that the policy named when it was put
	past       past
}

// Alias is a name for a key.
type Alias struct {
	ARN       string
	Name      string // "alias/app"
	Account   string
	Region    string
	TargetARN string
	TargetID  string
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Grant is a grant on a key. GranteeARN and RetiringARN are those of the request; see View for what a listing shows.
type Grant struct {
	authz.Grant
	KeyARN  string
	Token   string
	ordinal int // among the grants of its key
}

// Keys returns all keys, sorted by ARN.
func (s *Service) Keys() []Key { return sorted(s.keys, func(Key) bool { return true }) }

// Key finds a key by its ARN.
func (s *Service) Key(arn string) (Key, bool) {
	if key := s.keys[arn]; key != nil {
		return *key, true
	}
	return Key{}, false
}

// KeyPolicy returns the policy of a key, nil when there is no such key.
func (s *Service) KeyPolicy(keyARN string) *iam.Policy {
	if key := s.keys[keyARN]; key != nil {
		return key.Policy
	}
	return nil
}

// Tags returns the tags of a key, sorted by key.
func (s *Service) Tags(keyARN string) []iam.Tag {
	if key := s.keys[keyARN]; key != nil {
		return key.Tags
	}
	return nil
}

// Aliases returns the aliases of an account in a Region, sorted by name.
func (s *Service) Aliases(account, region string) []Alias {
	return sorted(s.aliases, func(a Alias) bool { return a.Account == account && a.Region == region })
}

// Rotation says whether a key is rotated automatically: the period in days, 0 for none, and the next date.
func (k *Key) Rotation() (period int, next time.Time) { return k.rotation.period, k.rotation.next }

// Grants returns the grants on a key, in the order of their creation.
func (s *Service) Grants(keyARN string) []Grant {
	grants := sorted(s.grants, func(g Grant) bool { return g.KeyARN == keyARN })
	slices.SortFunc(grants, func(a, b Grant) int { return a.ordinal - b.ordinal })
	return grants
}

func sorted[T any](from map[string]*T, keep func(T) bool) []T {
	names := make([]string, 0, len(from))
	for name, v := range from {
		if keep(*v) {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, strings.Compare)
	all := make([]T, len(names))
	for i, name := range names {
		all[i] = *from[name]
	}
	return all
}
