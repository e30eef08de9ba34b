package kms

import (
	"time"

	"kmsplayground/engine/catalog"
)

// settling is how long what AWS does in the background takes here: a replica is Creating, keys are Updating while the
// primary Region changes, a custom key store connects or disconnects. AWS takes seconds to minutes and promises nothing.
const settling = 10 * time.Second

// event is something that comes due for a key.
type event int

const (
	deletion  event = iota // its waiting period ends
	settled                // Creating or Updating is over
	onDemand               // an on-demand rotation finishes
	automatic              // the key is to be rotated
	expiry                 // imported material ends
)

// doFirst does the earliest thing that came due by now; it reports whether there was one. At the same date key stores
// go first, then keys in the order of their ARNs.
func (s *Service) doFirst(now time.Time) bool {
	var store *KeyStore
	for _, candidate := range s.stores {
		if at := candidate.settles; !at.IsZero() && !at.After(now) &&
			(store == nil || at.Before(store.settles) || at.Equal(store.settles) && candidate.ID < store.ID) {
			store = candidate
		}
	}
	var key *Key
	var first time.Time
	var what event
	for _, candidate := range s.keys {
		at, e := candidate.due()
		if at.IsZero() || at.After(now) {
			continue
		}
		if key == nil || at.Before(first) || at.Equal(first) && candidate.ARN < key.ARN {
			key, first, what = candidate, at, e
		}
	}
	switch {
	case store != nil && (key == nil || !first.Before(store.settles)):
		s.settleStore(store)
	case key != nil:
		s.happen(key, what, first)
	}
	return store != nil || key != nil
}

// never is after everything that comes due.
var never = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// nextDue is when a tick next has something to do; the zero time while something has to be forgotten.
func (s *Service) nextDue() time.Time {
	if len(s.ended) > 0 {
		return time.Time{}
	}
	next := never
	for _, store := range s.stores {
		if at := store.settles; !at.IsZero() && at.Before(next) {
			next = at
		}
	}
	for _, key := range s.keys {
		if at := key.wakes(); at.Before(next) {
			next = at
		}
	}
	return next
}

// wakes is when a tick next has something to do for a key; the zero time while something of it has to be forgotten.
func (k *Key) wakes() time.Time {
	at, _ := k.due()
	switch {
	case k.past.any():
		return time.Time{}
	case at.IsZero():
		return never
	}
	return at
}

// wake makes sure that a tick at a time looks for what came due.
func (s *Service) wake(at time.Time) {
	if at.Before(s.quiet) {
		s.quiet = at
	}
}

// due is the next thing that comes due for a key, at the zero time when there is none.
func (k *Key) due() (at time.Time, what event) {
	consider := func(candidate time.Time, e event) {
		if !candidate.IsZero() && (at.IsZero() || candidate.Before(at)) {
			at, what = candidate, e
		}
	}
	consider(k.DeletionDate, deletion)
	consider(k.settles, settled)
	if end, id := k.expires(); id != "" {
		consider(end, expiry)
	}
	if k.isReplica() { // the primary rotates for all
		return at, what
	}
	if !k.onDemand.IsZero() {
		consider(k.onDemand.Add(onDemandTime), onDemand)
	}
	if k.State == catalog.Enabled || k.State == catalog.Updating {
		consider(k.rotation.next, automatic)
	}
	return at, what
}

func (s *Service) happen(key *Key, what event, at time.Time) {
	switch what {
	case deletion:
		s.destroy(key, at)
	case settled:
		s.settle(key, at)
	case onDemand:
		s.finishOnDemand(key, at)
	case automatic:
		s.rotateAutomatically(key, at)
	case expiry:
		s.expire(key, at)
	}
}
