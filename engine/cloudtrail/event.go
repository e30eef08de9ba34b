// Package cloudtrail is the record of what was called.
package cloudtrail

import (
	"encoding/json"
	"time"
)

// Event is one CloudTrail record. It is written in CloudTrail's own spelling when somebody reads it: few of the records
// that an endpoint keeps are ever read. The zero Event is no record, and JSON's null.
type Event struct{ in *Input }

// Record makes the event of a call. What in refers to must not change any more.
func Record(in Input) Event { return Event{&in} }

// JSON is the record.
func (e Event) JSON() json.RawMessage {
	if e.in == nil {
		return json.RawMessage("null")
	}
	return form(*e.in)
}

// String is the record, for messages.
func (e Event) String() string { return string(e.JSON()) }

// MarshalJSON gives the record.
func (e Event) MarshalJSON() ([]byte, error) { return e.JSON(), nil }

// IsManagement reports whether trails have the event unless told otherwise.
func (e Event) IsManagement() bool { return !e.in.Data }

// Recipient is the account in whose trail the record stands.
func (e Event) Recipient() string { return e.in.recipient() }

// Region is where the call was made.
func (e Event) Region() string { return e.in.Region }

// Time is when the call was made.
func (e Event) Time() time.Time { return e.in.Time }
