package iam

import "time"

// SigningKey is what a signature is checked against. It is for the wire alone: no view, event or message shows it.
type SigningKey struct {
	ID     string
	Secret string
	Token  string // of temporary credentials, empty for a user's own
	// Expires is the zero time for a user's own access key.
	Expires time.Time
}

// SigningKey finds an access key that may sign requests.
func (d *Directory) SigningKey(id string) (SigningKey, bool) {
	c := d.credentials[id]
	if c == nil || c.inactive {
		return SigningKey{}, false
	}
	key := SigningKey{ID: c.accessKeyID, Secret: c.secret, Token: c.token}
	if c.session != nil {
		key.Expires = c.session.expires
	}
	return key, true
}
