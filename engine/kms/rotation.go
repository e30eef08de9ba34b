package kms

import (
	"fmt"
	"slices"
	"time"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
)

const (
	defaultPeriod = 365               // days
	onDemandTime  = 100 * time.Second // that an on-demand rotation runs, as recorded
	day           = 24 * time.Hour
)

// rotation is the automatic rotation of a key. The zero rotation is none.
type rotation struct {
	period int // days
	next   time.Time
}

func (r rotation) enabled() bool { return r.period != 0 }

// keyMaterial is one of the materials of a key.
type keyMaterial struct {
	hsm.Material
	rotated time.Time // when it became the current one; zero for the first
	by      string    // "AUTOMATIC", "ON_DEMAND"; empty for the first

	description string // of imported material
	pending     bool   // it waits for a rotation
}

// setMaterial gives a key its first material.
func (k *Key) setMaterial(m hsm.Material) {
	k.material, k.materials = m, []keyMaterial{{Material: m}}
}

// materialID is the id of the current material; AWS shows it of symmetric encryption keys outside custom key stores.
func (k *Key) materialID() string {
	if k.inCustomStore() || k.Spec != symmetricDefault {
		return ""
	}
	return k.material.ID()
}

// materialOf finds one of the key's materials by its id.
func (k *Key) materialOf(id string) (hsm.Material, bool) {
	if k.material.ID() == id {
		return k.material, true
	}
	for _, m := range slices.Backward(k.materials) {
		if m.ID() == id {
			return m.Material, true
		}
	}
	return hsm.Material{}, false
}

// rotate gives a key a new current material. The old ones stay, for what was encrypted under them.
func (s *Service) rotate(key *Key, by string, at time.Time) {
	if len(key.materials) == 0 {
		key.setMaterial(key.material)
	}
	old, purpose := *key, key.purpose(fmt.Sprintf("material/%d", len(key.materials)+1))
	key.material = hsm.NewMaterial(key.ARN, s.entropy.Reader(purpose))
	key.materials = append(slices.Clip(key.materials), keyMaterial{Material: key.material, rotated: at, by: by})
	s.noteRotation(&old, key, by, at)
}

// rotateAutomatically rotates a key and schedules the next time. On-demand rotations do not move the schedule.
func (s *Service) rotateAutomatically(old *Key, at time.Time) {
	key := *old
	s.rotate(&key, "AUTOMATIC", at)
	key.rotation.next = at.Add(time.Duration(key.rotation.period) * day)
	s.putFamily(key)
}

// finishOnDemand completes the on-demand rotation that runs; the key may be disabled or pending deletion by now
// (recorded).
func (s *Service) finishOnDemand(old *Key, at time.Time) {
	key := *old
	key.onDemand = time.Time{}
	if key.isImported() {
		s.rotateImported(&key, at)
	} else {
		s.rotate(&key, "ON_DEMAND", at)
	}
	s.putFamily(key)
}

// checkRotatable is why an operation that changes the rotation of a key is refused whatever its state. HMAC keys answer
// DisableKeyRotation (recorded); that other kinds without rotation do as well is by analogy.
func (c *call) checkRotatable(key *Key) *Error {
	switch {
	case key.Spec != symmetricDefault && c.op.name != "DisableKeyRotation":
		return errorf(unsupportedOperation, "")
	case key.isImported() && c.op.name != "RotateKeyOnDemand":
		return errorf(unsupportedOperation, "%s origin is EXTERNAL which is not valid for this operation.", key.ARN)
	case key.isReplica():
		return errorf(unsupportedOperation, "%s is a multi-region replica key which is not valid for %s.", key.ARN, c.op.name)
	}
	return nil
}

// rotationPeriod: AWS counts an omitted period as 365 days in the condition, whatever the key's own is (recorded).
func rotationPeriod(c *call, f *filler) {
	f.setInt("kms:RotationPeriodInDays", c.int("RotationPeriodInDays", defaultPeriod))
}

// enableKeyRotation keeps the date when the period stays the same (recorded). That another period counts from the
// moment of the change is ours.
func enableKeyRotation(c *call) (any, *Error) {
	key := *c.keys[0].key
	if err := c.checkRotatable(&key); err != nil {
		return nil, err
	}
	missing := defaultPeriod
	if key.rotation.enabled() {
		missing = key.rotation.period
	}
	if period := c.int("RotationPeriodInDays", missing); period != key.rotation.period {
		key.rotation = rotation{period, c.Now.Add(time.Duration(period) * day)}
	}
	c.putFamily(key)
	return nil, nil
}

func disableKeyRotation(c *call) (any, *Error) {
	key := *c.keys[0].key
	if err := c.checkRotatable(&key); err != nil {
		return nil, err
	}
	key.rotation = rotation{}
	c.putFamily(key)
	return nil, nil
}

// rotateKeyOnDemand starts a rotation. Asked again while one runs it succeeds, and nothing more is rotated (recorded).
func rotateKeyOnDemand(c *call) (any, *Error) {
	key := *c.keys[0].key
	if err := c.checkRotatable(&key); err != nil {
		return nil, err
	}
	if key.isImported() {
		if err := c.checkRotatableImport(&key); err != nil {
			return nil, err
		}
	}
	n := 0
	for _, m := range key.materials {
		if m.by == "ON_DEMAND" {
			n++
		}
	}
	if n >= catalog.OnDemandRotations {
		return nil, errorf(limitExceeded, "The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: %s", key.ARN)
	}
	if key.onDemand.IsZero() {
		key.onDemand = c.Now
		c.putFamily(key)
	}
	return struct{ KeyId string }{key.ARN}, nil
}

// getKeyRotationStatus: a key pending deletion shows no rotation, and shows the old period and date again once its
// deletion is cancelled (recorded).
func getKeyRotationStatus(c *call) (any, *Error) {
	key := c.keys[0].key
	out := struct {
		KeyRotationEnabled        bool
		KeyId                     string
		RotationPeriodInDays      int     `json:",omitempty"`
		NextRotationDate          float64 `json:",omitempty"`
		OnDemandRotationStartDate float64 `json:",omitempty"`
	}{KeyId: key.ARN}
	if key.rotation.enabled() && key.State != catalog.PendingDeletion && key.State != catalog.PendingReplicaDeletion {
		out.KeyRotationEnabled, out.RotationPeriodInDays = true, key.rotation.period
		out.NextRotationDate = catalog.Epoch(key.rotation.next)
	}
	out.OnDemandRotationStartDate = catalog.Epoch(key.onDemand)
	return out, nil
}

type rotationsListEntry struct {
	KeyId         string
	KeyMaterialId string
	importView
	RotationDate float64 `json:",omitempty"`
	RotationType string  `json:",omitempty"`
}

// listKeyRotations leaves out the first material, which came from no rotation, and one that waits for its own, unless all
// materials are asked for.
func listKeyRotations(c *call) (any, *Error) {
	key := c.keys[0].key
	if c.has("IncludeKeyMaterial") && key.Spec != symmetricDefault {
		return nil, errorf(validation, "Input parameter includeKeyMaterial can only be used with symmetric keys.")
	}
	list, all := []rotationsListEntry{}, c.str("IncludeKeyMaterial") == "ALL_KEY_MATERIAL"
	for i, m := range key.materials {
		if key.Spec == symmetricDefault && (all || i > 0 && !m.pending) {
			list = append(list, rotationsListEntry{key.ARN, m.ID(), c.viewImport(key, &m), catalog.Epoch(m.rotated), m.by})
		}
	}
	page, err := paginate(c, list, func(r rotationsListEntry) string { return r.KeyMaterialId })
	if err != nil {
		return nil, err
	}
	return struct {
		Rotations []rotationsListEntry
		pageOutput
	}{page.items, page.pageOutput}, nil
}

// rotateOverdue rotates a key that was due while it was disabled: AWS makes up for it as soon as the key is enabled.
// That the schedule goes on from that moment is ours.
func (s *Service) rotateOverdue(arn string, now time.Time) {
	if key := s.keys[arn]; !key.isReplica() && key.rotation.enabled() && !now.Before(key.rotation.next) {
		s.rotateAutomatically(key, now)
	}
}
