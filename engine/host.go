package engine

import (
	"slices"

	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
	"kmsplayground/engine/service"
)

// What hosts need that hold a world for long and answer others with it.

// KeepTrail forgets the oldest CloudTrail events once there are twice as many as n. A world that answers for weeks has
// no room for all of them.
func (w *World) KeepTrail(n int) {
	if len(w.trail) >= 2*n {
		w.trail = slices.Clone(w.trail[len(w.trail)-n:])
	}
}

// RequestID draws an id for a request that was refused before it became a call.
func (w *World) RequestID() string {
	w.calls++
	return w.requestID("request")
}

// IsKeyARN reports whether name has the form of a key's ARN.
func IsKeyARN(name string) bool {
	_, _, ok := kms.KeyARN(name)
	return ok
}

// IsGivenID reports whether name is an id that a world can be told to give: AIDA…, AROA…, o-…, r-…, ou-…, p-…, vpce-….
func IsGivenID(name string) bool { return iam.IsGivenID(name) || service.IsGivenID(name) }
