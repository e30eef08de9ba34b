package kms

import (
	"fmt"
	"slices"
	"time"

	"kmsplayground/engine/catalog"
)

// Happening is something that KMS does to a key by itself, which CloudTrail records as an event of the service.
type Happening struct {
	Name string // "RotateKey"
	Key  Key    // as it was before
	At   time.Time
	// By, Previous and Current are of RotateKey: "AUTOMATIC" or "ON_DEMAND", and the ids of the materials.
	By, Previous, Current string
	// Material is the id of the material that expired.
	Material string
	// Cluster is the CloudHSM cluster that held a deleted key.
	Cluster string
}

// ID tells a happening from all others.
func (h *Happening) ID() string {
	return fmt.Sprintf("%s %s %d %s%s", h.Name, h.Key.ARN, h.At.UnixNano(), h.Current, h.Material)
}

// note remembers what happened until somebody asks.
func (s *Service) note(h Happening) { s.happened = append(slices.Clip(s.happened), h) }

// Happened are the things that happened since it was asked last, in their order.
func (s *Service) Happened() []Happening {
	all := s.happened
	s.happened = nil
	return all
}

func (s *Service) noteRotation(old, key *Key, by string, at time.Time) {
	s.note(Happening{Name: "RotateKey", Key: *old, At: at, By: by, Previous: old.material.ID(), Current: key.material.ID()})
	s.noteSynchronized(key, at)
}

// noteSynchronized: what related keys share was copied from the primary. When AWS does that, which it says it does from
// time to time, is ours: after a replica was made and after a rotation.
func (s *Service) noteSynchronized(key *Key, at time.Time) {
	if key.family == nil || len(key.family.replicas) == 0 {
		return
	}
	if primary := s.keys[key.arnIn(key.family.primary)]; primary != nil {
		s.note(Happening{Name: "SynchronizeMultiRegionKey", Key: *primary, At: at})
	}
}

// settle ends Creating and Updating.
func (s *Service) settle(old *Key, at time.Time) {
	key := *old
	key.State, key.settles = old.settled, time.Time{}
	s.put(key)
	if old.State == catalog.Creating {
		s.noteSynchronized(old, at)
	}
}
