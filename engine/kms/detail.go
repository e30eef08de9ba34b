package kms

import (
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/catalog"
)

// Detail is what AWS tells about a key to those who may ask: the outputs of DescribeKey, GetKeyRotationStatus and
// ListKeyRotations, which are structures with AWS's member names.
type Detail struct {
	Metadata  KeyMetadata
	Rotation  any
	Materials any // the first material included
	// GrantOperations are those that a grant on the key can allow.
	GrantOperations []string
}

// Detail returns the details of a key. Nobody's permission is asked.
func (s *Service) Detail(keyARN string, now time.Time) (Detail, bool) {
	key := s.keys[keyARN]
	if key == nil {
		return Detail{}, false
	}
	c := &call{Service: s, Request: Request{Region: key.Region, Now: now}, op: lookup("ListKeyRotations"), keys: []*target{{key: key}}}
	c.Input = gjson.Parse(`{"IncludeKeyMaterial":"ALL_KEY_MATERIAL","Limit":1000}`)
	c.readInput()
	spec, _ := catalog.LookupKeySpec(key.Spec, key.Usage)
	d := Detail{Metadata: metadata(key), GrantOperations: spec.GrantOperations()}
	d.Rotation, _ = getKeyRotationStatus(c)
	d.Materials, _ = listKeyRotations(c)
	return d, true
}
