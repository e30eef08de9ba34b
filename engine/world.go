package engine

import (
	"slices"
	"strconv"
	"time"

	"kmsplayground/engine/clock"
	"kmsplayground/engine/cloudtrail"
	"kmsplayground/engine/hsm"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
	"kmsplayground/engine/service"
)

// Options are what a world follows from. The zero Options are a world that starts on 2026-01-01 at 09:00 UTC in
// us-east-1 with the account 111122223333.
type Options struct {
	Seed    string
	Start   time.Time
	Region  string
	Account string      // the account that names without one belong to
	Entropy hsm.Entropy // nil: everything follows from Seed
	// Algorithms are what asymmetric keys need: keypair.All. nil: there are none, and such keys are refused.
	Algorithms hsm.Algorithms
	// Consistency is how soon authorization sees what KMS was told. Empty is Immediate.
	Consistency Consistency
	// Keys are ARNs: the ids of the keys that are made first in their account and Region, in this order.
	Keys []string
	// IDs are those of the users, roles, organizations, roots, units, policies and VPC endpoints that are made first, in
	// this order: AIDA…, AROA…, o-…, r-…, ou-…, p-…, vpce-….
	IDs []string
}

// Consistency is a property of a world.
type Consistency string

// In an immediate world every change counts at once. In an eventually consistent one, grants, their ends, tags, aliases
// and key policies take a while, as on AWS. What IAM and Organizations are told, key states and key material count at
// once in both.
const (
	Immediate Consistency = "immediate"
	Eventual  Consistency = "eventual"
)

func (o Options) withDefaults() Options {
	if o.Start.IsZero() {
		o.Start = time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	}
	if o.Region == "" {
		o.Region = "us-east-1"
	}
	if o.Account == "" {
		o.Account = "111122223333"
	}
	if o.Entropy == nil {
		o.Entropy = hsm.Seeded(o.Seed)
	}
	if o.Algorithms == nil {
		o.Algorithms = hsm.None{}
	}
	if o.Consistency == "" {
		o.Consistency = Immediate
	}
	return o
}

// World is everything there is: accounts, principals, keys and what happened. It is not safe for concurrent use.
type World struct {
	options  Options
	clock    clock.Clock
	iam      *iam.Directory
	kms      *kms.Service
	services *service.Resources
	trail    []cloudtrail.Event
	calls    int
	drawn    int // times that the console drew chance
}

// New returns a world with one account and nobody in it but the account's root user.
func New(o Options) *World {
	o = o.withDefaults()
	w := &World{options: o, clock: clock.At(o.Start), iam: iam.NewDirectory(o.Entropy), kms: kms.New(o.Entropy, o.Algorithms), services: service.New(o.Entropy)}
	if o.Consistency == Eventual {
		w.kms = kms.NewEventual(o.Entropy, o.Algorithms)
	}
	w.kms.GiveKeyIDs(o.Keys)
	w.iam.GiveIDs(o.IDs)
	w.services.GiveIDs(o.IDs)
	w.iam.Principal(o.Account+":root", o.Account) // the account comes into being by being named
	return w
}

// Clone returns a world that holds the same and goes its own way.
func (w *World) Clone() *World {
	c := *w
	c.iam, c.kms, c.services = w.iam.Clone(), w.kms.Clone(), w.services.Clone()
	c.trail = slices.Clip(w.trail)
	return &c
}

// Options returns what the world was made from, defaults filled in.
func (w *World) Options() Options { return w.options }

// Now returns the simulated time.
func (w *World) Now() time.Time { return w.clock.Now() }

// IAM returns who there is. The caller does not change it.
func (w *World) IAM() *iam.Directory { return w.iam }

// KMS returns the keys. The caller does not change them.
func (w *World) KMS() *kms.Service { return w.kms }

// Trail returns the CloudTrail events so far, oldest first.
func (w *World) Trail() []cloudtrail.Event { return w.trail }

// Advance moves the clock forward and does what comes due.
func (w *World) Advance(d time.Duration) {
	w.clock = w.clock.Add(d)
	w.kms.Tick(w.clock.Now())
	w.recordHappenings()
}

// AtOnce does something whose changes authorization sees at once, in an eventually consistent world too.
func (w *World) AtOnce(do func()) { w.kms.AtOnce(do) }

// SetQuota changes a quota of the world, as AWS does on request. What exists above it stays.
func (w *World) SetQuota(q Quota) { w.kms.SetQuota(q.Name, q.Value) }

// requestID draws the id of the n-th call.
func (w *World) requestID(kind string) string {
	return hsm.UUID(w.options.Entropy.Reader(kind + "/" + strconv.Itoa(w.calls)))
}
