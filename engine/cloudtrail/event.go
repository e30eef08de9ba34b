// Package cloudtrail is the record of what was called.
package cloudtrail

import "encoding/json"

// Event is one CloudTrail record, in CloudTrail's own spelling.
type Event json.RawMessage

// MarshalJSON gives the record.
func (e Event) MarshalJSON() ([]byte, error) {
	if len(e) == 0 {
		return []byte("null"), nil
	}
	return e, nil
}
