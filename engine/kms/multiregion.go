package kms

import (
	"slices"
	"strings"
	"time"

	"kmsplayground/engine/catalog"
)

// family is a set of related multi-Region keys: one key id in several Regions. Its members share it; it is replaced,
// never changed.
type family struct {
	primary  string   // Region
	replicas []string // Regions, sorted
}

// isReplica reports whether a key is a multi-Region replica.
func (k *Key) isReplica() bool { return k.family != nil && k.family.primary != k.Region }

// MultiRegionKeyType is "PRIMARY" or "REPLICA", empty for a single-Region key.
func (k *Key) MultiRegionKeyType() string {
	switch {
	case k.family == nil:
		return ""
	case k.isReplica():
		return "REPLICA"
	}
	return "PRIMARY"
}

// arnIn is the ARN of the related key in a Region.
func (k *Key) arnIn(region string) string {
	return strings.Replace(k.ARN, ":"+k.Region+":", ":"+region+":", 1)
}

// putFamily replaces a key, and what it shares with its related keys in them: the family, the materials and their
// rotation.
func (s *Service) putFamily(key Key) {
	s.put(key)
	if key.family == nil {
		return
	}
	for _, region := range append([]string{key.family.primary}, key.family.replicas...) {
		if old := s.keys[key.arnIn(region)]; old != nil && region != key.Region {
			other := *old
			other.family, other.material, other.materials = key.family, key.material, key.materials
			other.rotation, other.onDemand = key.rotation, key.onDemand
			if other.isImported() {
				other.shareImports()
			}
			s.put(other)
		}
	}
}

// isRelated reports whether a key reference in a ciphertext means this key or one that shares its material.
func (k *Key) isRelated(keyRef string) bool {
	if keyRef == k.ARN {
		return true
	}
	region := regionOf(keyRef)
	return k.family != nil && region != "" && keyRef == k.arnIn(region)
}

// local finds the key of a ciphertext in the Region of the call: the key itself, or the one related to it.
func (c *call) local(keyRef string) *Key {
	region := regionOf(keyRef)
	key := c.Service.keys[strings.Replace(keyRef, ":"+region+":", ":"+c.Region+":", 1)]
	if key == nil || !key.isRelated(keyRef) {
		return nil
	}
	return key
}

type multiRegionKey struct{ Arn, Region string }

type multiRegionConfiguration struct {
	MultiRegionKeyType string
	PrimaryKey         multiRegionKey
	ReplicaKeys        []multiRegionKey
}

func (k *Key) multiRegionConfiguration() *multiRegionConfiguration {
	if k.family == nil {
		return nil
	}
	of := func(region string) multiRegionKey { return multiRegionKey{k.arnIn(region), region} }
	replicas := make([]multiRegionKey, len(k.family.replicas))
	for i, region := range k.family.replicas {
		replicas[i] = of(region)
	}
	return &multiRegionConfiguration{k.MultiRegionKeyType(), of(k.family.primary), replicas}
}

// leaveFamily takes a deleted replica out of its family. A primary that waited for its last replica begins its own
// waiting period then.
func (s *Service) leaveFamily(gone *Key, at time.Time) {
	if !gone.isReplica() {
		return
	}
	primary := *s.keys[gone.arnIn(gone.family.primary)]
	primary.family = &family{primary.Region, without(gone.family.replicas, gone.Region)}
	if primary.State == catalog.PendingReplicaDeletion && len(primary.family.replicas) == 0 {
		primary.State = catalog.PendingDeletion
		primary.DeletionDate = at.Add(time.Duration(primary.PendingWindowInDays) * day)
	}
	s.putFamily(primary)
}

func without(list []string, item string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == item })
}

// resolveReplica makes the replica to be. Its description, tags and policy are those of the request: nothing of the
// primary's is copied (recorded).
func resolveReplica(c *call) *Error {
	primary, region := c.keys[0].key, c.str("ReplicaRegion")
	if c.keys[0].missing {
		return nil
	}
	replica := *primary
	replica.ARN, replica.Region = primary.arnIn(region), region
	replica.Description, replica.Tags, replica.Aliases = c.str("Description"), c.tags("Tags"), []string{}
	replica.Policy, replica.PolicyText, replica.bound = nil, "", nil
	replica.State, replica.settled = catalog.Creating, catalog.Enabled
	if replica.imports = nil; primary.isImported() { // each Region imports for itself
		replica.settled = catalog.PendingImport
	}
	replica.settles = c.Now.Add(settling)
	replica.CreatedAt, replica.DeletionDate, replica.PendingWindowInDays = c.Now, time.Time{}, 0
	replica.past = past{}
	if primary.family != nil {
		replica.family = &family{primary.family.primary, slices.Sorted(slices.Values(append(without(primary.family.replicas, region), region)))}
	}
	c.created = &replica
	return nil
}

// replicateChecks: ReplicateKey on the primary key, then what creates a key in the other Region.
func replicateChecks(c *call) []check {
	region := c.str("ReplicaRegion")
	checks := []check{{action: "ReplicateKey", key: c.keys[0], conditions: func(f *filler) { f.set("kms:ReplicaRegion", region) }}}
	if c.created == nil {
		return checks
	}
	for _, k := range c.creationChecks() {
		k.region = region
		checks = append(checks, k)
	}
	return checks
}

// replicateKey checks the Region only now: whether AWS does so before it authorizes is not known.
func replicateKey(c *call) (any, *Error) {
	primary, replica := *c.keys[0].key, *c.created
	if primary.MultiRegionKeyType() != "PRIMARY" {
		return nil, errorf(unsupportedOperation, "%s is not a multi-region primary key.", primary.ARN)
	}
	if err := c.checkReplicaRegion(&primary, replica.Region); err != nil {
		return nil, err
	}
	if err := c.checkKeyQuota(&replica); err != nil {
		return nil, err
	}
	if err := c.setPolicy(&replica, or(c.str("Policy"), defaultPolicy(c.partition(), replica.Account))); err != nil {
		return nil, err
	}
	replica.ordinal = c.next(keyPurpose(replica.Account, replica.Region))
	c.put(replica)
	primary.family = replica.family
	c.putFamily(primary)
	tags := make([]tagEntry, len(replica.Tags))
	for i, t := range replica.Tags {
		tags[i] = tagEntry{t.Key, t.Value}
	}
	return struct {
		ReplicaKeyMetadata KeyMetadata
		ReplicaPolicy      string
		ReplicaTags        []tagEntry
	}{metadata(&replica), replica.PolicyText, tags}, nil
}

func (c *call) checkReplicaRegion(primary *Key, region string) *Error {
	partition, ok := catalog.Partition(region)
	switch {
	case region == primary.Region:
		return errorf(validation, "%s cannot have a replica because it contains the primary.", region)
	case !ok:
		return errorf(validation, "Region %s is not a valid Region or multi-Region keys are not supported in Region %s.", region, region)
	case partition != c.partition():
		return errorf(validation, "The replica key Region must be in the same AWS partition as the primary key Region.")
	case slices.Contains(primary.family.replicas, region):
		return errorf(alreadyExists, "You can create only one replica of each primary key in each AWS Region.")
	}
	return nil
}

// resolveNewPrimary finds the replica that is to become the primary, for its own check and its own state. When there
// is none, or it is the primary already, there is nothing more to ask.
func resolveNewPrimary(c *call) *Error {
	key, region := c.keys[0].key, c.str("PrimaryRegion")
	if key.MultiRegionKeyType() != "PRIMARY" || region == key.Region {
		return nil
	}
	if replica := c.Service.keys[key.arnIn(region)]; replica != nil {
		c.keys = append(c.keys, &target{key: replica})
	}
	return nil
}

// updatePrimaryChecks asks about both keys.
func updatePrimaryChecks(c *call) []check {
	var checks []check
	for _, t := range c.keys {
		checks = append(checks, check{action: "UpdatePrimaryRegion", key: t})
	}
	return checks
}

func primaryRegion(c *call, f *filler) { f.set("kms:PrimaryRegion", c.str("PrimaryRegion")) }

// updatePrimaryRegion exchanges the roles at once; both keys are Updating for a while.
func updatePrimaryRegion(c *call) (any, *Error) {
	old, region := *c.keys[0].key, c.str("PrimaryRegion")
	switch {
	case old.MultiRegionKeyType() != "PRIMARY":
		return nil, errorf(invalidState, "%s is not a multi-Region primary key.", old.ARN)
	case region == old.Region:
		return nil, nil
	case len(c.keys) < 2:
		return nil, errorf(validation, "%s does not have a replica key in the specified Region.", old.ID)
	}
	replicas := append(without(old.family.replicas, region), old.Region)
	slices.Sort(replicas)
	old.family = &family{region, replicas}
	c.updating(&old)
	c.putFamily(old)
	current := *c.Service.keys[old.arnIn(region)]
	c.updating(&current)
	c.put(current)
	return nil, nil
}

func (c *call) updating(key *Key) {
	if key.State != catalog.Updating {
		key.settled = key.State
	}
	key.State, key.settles = catalog.Updating, c.Now.Add(settling)
}
