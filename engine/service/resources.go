package service

import (
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kmsplayground/engine/hsm"
	"kmsplayground/engine/kms"
)

// Resources are what the services hold, of all accounts and Regions. The values of the maps are replaced and never
// changed, so that Clone is shallow.
type Resources struct {
	entropy   hsm.Entropy
	ordinals  map[string]int
	volumes   map[string]volume   // by volume id
	instances map[string]instance // by instance id
	endpoints map[string]Endpoint // by endpoint id
	functions map[string]function // by ARN
	buckets   map[string]bucket   // by name
	objects   map[string]s3Object // by ARN
	secrets   map[string]secret   // by ARN
	databases map[string]database // by ARN
	tables    map[string]table    // by ARN
	queues    map[string]queue    // by ARN
	topics    map[string]topic    // by ARN
	logGroups map[string]logGroup // by ARN

	given []string // ids that VPC endpoints will have
}

// New returns services that hold nothing.
func New(entropy hsm.Entropy) *Resources {
	return &Resources{
		entropy: entropy, ordinals: map[string]int{},
		volumes: map[string]volume{}, instances: map[string]instance{}, endpoints: map[string]Endpoint{},
		functions: map[string]function{}, buckets: map[string]bucket{}, objects: map[string]s3Object{},
		secrets: map[string]secret{}, databases: map[string]database{}, tables: map[string]table{},
		queues: map[string]queue{}, topics: map[string]topic{}, logGroups: map[string]logGroup{},
	}
}

// Clone returns services that hold the same and go their own way.
func (r *Resources) Clone() *Resources {
	return &Resources{
		entropy: r.entropy, ordinals: maps.Clone(r.ordinals), given: r.given,
		volumes: maps.Clone(r.volumes), instances: maps.Clone(r.instances), endpoints: maps.Clone(r.endpoints),
		functions: maps.Clone(r.functions), buckets: maps.Clone(r.buckets), objects: maps.Clone(r.objects),
		secrets: maps.Clone(r.secrets), databases: maps.Clone(r.databases), tables: maps.Clone(r.tables),
		queues: maps.Clone(r.queues), topics: maps.Clone(r.topics), logGroups: maps.Clone(r.logGroups),
	}
}

// draw is chance for the next thing of a kind that is made in the caller's account and Region.
func (c *call) draw(noun string, n int) []byte {
	purpose := strings.Join([]string{"service", c.Caller.Account, c.Region, noun}, "/")
	c.ordinals[purpose]++
	return hsm.Bytes(c.entropy.Reader(fmt.Sprintf("%s/%d", purpose, c.ordinals[purpose])), n)
}

// newID is an id as EC2 makes them: vol-0123456789abcdef0.
func (c *call) newID(prefix string) string {
	return prefix + "-0" + hex.EncodeToString(c.draw(prefix, 8))
}

// newUUID is a version 4 UUID.
func (c *call) newUUID(noun string) string {
	return hsm.UUID(strings.NewReader(string(c.draw(noun, 16))))
}

// ids are the sorted keys of a map that belong to what keep accepts.
func ids[T any](all map[string]T, keep func(T) bool) []string {
	found := []string{}
	for id, v := range all {
		if keep(v) {
			found = append(found, id)
		}
	}
	slices.Sort(found)
	return found
}

// OwnerOf is the account that owns what an ARN without an account names: a bucket or its object. Empty for none.
func (r *Resources) OwnerOf(resource string) string {
	name, ok := strings.CutPrefix(resource, "arn:aws:s3:::")
	if !ok {
		return ""
	}
	name, _, _ = strings.Cut(name, "/")
	return r.buckets[name].Account
}

// home is where something lives.
type home struct{ Account, Region string }

func (c *call) home() home { return home{c.Caller.Account, c.Region} }

// key is the KMS key that a request means: the one it names, or the service's AWS managed key, which is there once it
// is asked for.
func (c *call) key(named, managed string) string {
	if named == "" {
		named = "alias/aws/" + managed
	}
	if name, ok := strings.CutPrefix(named, "alias/aws/"); ok && kms.IsManaged(name) {
		c.ManagedKey(name)
	}
	return named
}
