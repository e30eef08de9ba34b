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
	u, ok = s.uses[keyARN]
	return u, ok
}

// NoteUse notes a use that was written down. A key that is gone has none.
func (s *Service) NoteUse(u Use) {
	if s.keys[u.KeyARN] != nil {
		s.uses[u.KeyARN] = u
	}
}
