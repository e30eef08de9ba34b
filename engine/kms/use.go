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

// use is a Use whose event id is worked out when somebody asks for it, which is seldom: every operation notes a use.
type use struct {
	Use
	account string
	eventID func(account string) string // nil when the id is there, or there is none
}

func (u use) whole() Use {
	if u.eventID != nil {
		u.EventID = u.eventID(u.account)
	}
	return u.Use
}

// LastUse says when a key was used last; ok is false when it never was.
func (s *Service) LastUse(keyARN string) (u Use, ok bool) {
	last, ok := s.uses[keyARN]
	return last.whole(), ok
}

// NoteUse notes a use that was written down. A key that is gone has none.
func (s *Service) NoteUse(u Use) {
	if s.keys[u.KeyARN] != nil {
		s.uses[u.KeyARN] = use{Use: u}
	}
}
