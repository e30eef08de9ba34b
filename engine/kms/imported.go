package kms

import (
	"maps"
	"slices"
	"strings"
	"time"

	"kmsplayground/engine/catalog"
)

// imported is the copy of a material that a key of origin EXTERNAL holds in its Region. What related keys share, the
// materials and their order, says nothing about who holds them.
type imported struct {
	validTo time.Time // zero: it does not expire
}

// isImported reports whether the material of a key comes from outside.
func (k *Key) isImported() bool { return k.Origin == "EXTERNAL" }

// indexOf finds a material by its id, -1 when the key never had it.
func (k *Key) indexOf(id string) int {
	return slices.IndexFunc(k.materials, func(m keyMaterial) bool { return m.ID() == id })
}

// pendingMaterial is the id of the material that waits for a rotation, empty for none. It is the last.
func (k *Key) pendingMaterial() string {
	if n := len(k.materials); n > 0 && k.materials[n-1].pending {
		return k.materials[n-1].ID()
	}
	return ""
}

func (k *Key) describe(id, description string) {
	k.materials = slices.Clone(k.materials)
	k.materials[k.indexOf(id)].description = description
}

func (k *Key) hold(id string, copy imported) {
	k.imports = maps.Clone(k.imports)
	if k.imports == nil {
		k.imports = map[string]imported{}
	}
	k.imports[id] = copy
}

func (k *Key) drop(id string) {
	k.imports = maps.Clone(k.imports)
	delete(k.imports, id)
}

// isComplete reports whether a key holds every material that it was ever encrypted under; the loss of an old one stops it
// as well.
func (k *Key) isComplete() bool {
	for _, m := range k.materials {
		if _, held := k.imports[m.ID()]; !held && !m.pending {
			return false
		}
	}
	return len(k.materials) > 0
}

// settleImports gives a key of imported material the state that follows from what it holds. An import enables a disabled
// key.
func (k *Key) settleImports(enable bool) {
	state := &k.State
	if k.State == catalog.Creating || k.State == catalog.Updating {
		state = &k.settled
	}
	switch *state {
	case catalog.Enabled, catalog.Disabled, catalog.PendingImport:
	default:
		return
	}
	switch {
	case !k.isComplete():
		*state = catalog.PendingImport
	case enable || *state == catalog.PendingImport:
		*state = catalog.Enabled
	}
}

// shareImports follows what changed about the materials of a related key.
func (k *Key) shareImports() {
	k.imports = maps.Clone(k.imports)
	maps.DeleteFunc(k.imports, func(id string, _ imported) bool { return k.indexOf(id) < 0 })
	k.settleImports(false)
}

// expires is when the next copy of a material ends, the zero time for never. A material that waits for its rotation does
// not expire before (recorded).
func (k *Key) expires() (at time.Time, id string) {
	for _, m := range k.materials {
		end := k.imports[m.ID()].validTo
		if end.IsZero() || m.pending {
			continue
		}
		if end.Before(m.rotated) {
			end = m.rotated
		}
		if at.IsZero() || end.Before(at) {
			at, id = end, m.ID()
		}
	}
	return at, id
}

// expire deletes the copy of a material that came to its end.
func (s *Service) expire(old *Key, at time.Time) {
	key := *old
	_, id := key.expires()
	s.note(Happening{Name: "DeleteExpiredKeyMaterial", Key: key, At: at, Material: id})
	key.drop(id)
	key.settleImports(false)
	s.put(key)
}

// related are the keys that share a key's material, itself among them, the primary first.
func (s *Service) related(key *Key) []*Key {
	if key.family == nil {
		return []*Key{key}
	}
	all := []*Key{}
	for _, region := range append([]string{key.family.primary}, key.family.replicas...) {
		if k := s.keys[key.arnIn(region)]; k != nil {
			all = append(all, k)
		}
	}
	return all
}

// isEverywhere reports whether all related keys hold a material.
func (s *Service) isEverywhere(key *Key, id string) bool {
	for _, k := range s.related(key) {
		if _, held := k.imports[id]; !held {
			return false
		}
	}
	return true
}

// checkRotatableImport: an on-demand rotation of imported material needs a new one, in all Regions.
func (s *Service) checkRotatableImport(key *Key) *Error {
	switch pending := key.pendingMaterial(); {
	case pending == "":
		return errorf(invalidState, "No available key material pending rotation for the key: %s.", key.ARN)
	case !s.isEverywhere(key, pending):
		return errorf(invalidState, "Cannot perform key material rotation: Key material has not been imported for replicas of the Multi-Region key.")
	}
	return nil
}

// rotateImported makes the pending material the current one. When it was deleted since the request nothing happens
// (recorded).
func (s *Service) rotateImported(key *Key, at time.Time) {
	if key.pendingMaterial() == "" {
		return
	}
	old := *key
	key.materials = slices.Clone(key.materials)
	m := &key.materials[len(key.materials)-1]
	m.pending, m.rotated, m.by = false, at, "ON_DEMAND"
	key.material = m.Material
	key.settleImports(false)
	s.noteRotation(&old, key, "ON_DEMAND", at)
}

// importView is how a listing shows the import of a material.
type importView struct {
	KeyMaterialDescription string  `json:",omitempty"`
	ImportState            string  `json:",omitempty"`
	KeyMaterialState       string  `json:",omitempty"`
	ExpirationModel        string  `json:",omitempty"`
	ValidTo                float64 `json:",omitempty"`
}

// viewImport: AWS was seen to list a material as IMPORTED for a while after it had expired; here it is PENDING_IMPORT at
// once.
func (s *Service) viewImport(key *Key, m *keyMaterial) (v importView) {
	switch {
	case m.pending && !s.isEverywhere(key, m.ID()):
		v.KeyMaterialState = "PENDING_MULTI_REGION_IMPORT_AND_ROTATION"
	case m.pending:
		v.KeyMaterialState = "PENDING_ROTATION"
	case m.ID() == key.material.ID():
		v.KeyMaterialState = "CURRENT"
	default:
		v.KeyMaterialState = "NON_CURRENT"
	}
	if !key.isImported() {
		return v
	}
	v.KeyMaterialDescription, v.ImportState = m.description, "PENDING_IMPORT"
	if copy, held := key.imports[m.ID()]; held {
		v.ImportState = "IMPORTED"
		v.ExpirationModel, v.ValidTo = copy.expiration()
	}
	return v
}

// expiration is AWS's two members about the end of a copy.
func (i imported) expiration() (model string, validTo float64) {
	if i.validTo.IsZero() {
		return "KEY_MATERIAL_DOES_NOT_EXPIRE", 0
	}
	return "KEY_MATERIAL_EXPIRES", catalog.Epoch(i.validTo)
}

func lowerFirst(name string) string { return strings.ToLower(name[:1]) + name[1:] }
