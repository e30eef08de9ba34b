package engine

import (
	"time"

	"kmsplayground/engine/clock"
	"kmsplayground/engine/cloudtrail"
	"kmsplayground/engine/hsm"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
)

// Options are what a world follows from. The zero Options are a world that starts on 2026-01-01 at 09:00 UTC in
// us-east-1 with the account 111122223333.
type Options struct {
	Seed    string
	Start   time.Time
	Region  string
	Account string      // the account that names without one belong to
	Entropy hsm.Entropy // nil: everything follows from Seed
}

// World is everything there is: accounts, principals, keys and what happened. It is not safe for concurrent use.
type World struct {
	options Options
	clock   clock.Clock
	iam     *iam.Directory
	kms     *kms.Service
	trail   []cloudtrail.Event // only ever appended to
	calls   int
}
