package kms

import "time"

// Use is the last successful cryptographic operation with a key, for hosts that write it down.
type Use struct {
	KeyARN    string
	Operation string // "Encrypt"
	At        time.Time
	RequestID string
	EventID   string
}

// LastUse says when a key was used last; ok is false when it never was.
func (s *Service) LastUse(keyARN string) (u Use, ok bool) {
	key := s.keys[keyARN]
	if key == nil || key.lastUse.IsZero() {
		return u, false
	}
	return Use{keyARN, key.lastCall.operation, key.lastUse, key.lastCall.requestID, key.lastCall.eventID}, true
}

// NoteUse notes a use that was written down. A key that is gone has none.
func (s *Service) NoteUse(u Use) {
	if key := s.keys[u.KeyARN]; key != nil {
		now := *key
		now.lastUse, now.lastCall = u.At, lastCall{operation: u.Operation, requestID: u.RequestID, eventID: u.EventID}
		s.keys[u.KeyARN] = &now
	}
}
