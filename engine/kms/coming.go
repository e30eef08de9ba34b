package kms

import (
	"cmp"
	"slices"
	"time"
)

// Coming is something that happens to a key without a further request.
type Coming struct {
	KeyARN string
	Kind   string    // "deletion", "ready", "rotation", "expiry", or the Kind of a Change
	What   string    // of a Change
	MadeAt time.Time // of a Change, where it is known
	At     time.Time
}

// Coming returns what happens by itself from now on, in the order of time: changes that authorization does not see yet,
// and the next thing that each key does.
func (s *Service) Coming(now time.Time) []Coming {
	coming := []Coming{}
	for _, key := range s.Keys() {
		for _, c := range s.Pending(key.ARN, now) {
			coming = append(coming, Coming{KeyARN: key.ARN, Kind: c.Kind, What: c.What, MadeAt: c.MadeAt, At: c.VisibleAt})
		}
		if at, what := key.due(); at.After(now) {
			coming = append(coming, Coming{KeyARN: key.ARN, Kind: what.String(), At: at})
		}
	}
	slices.SortStableFunc(coming, func(a, b Coming) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.KeyARN, b.KeyARN)) })
	return coming
}

func (e event) String() string {
	switch e {
	case deletion:
		return "deletion"
	case settled:
		return "ready"
	case expiry:
		return "expiry"
	}
	return "rotation"
}
