package wire

import (
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/iam"
)

// Alone is the host of a world that nobody else uses at the same time: in a page, at the edge, in tests. The clock is
// the world's own.
type Alone struct{ World *engine.World }

// AccessKey finds the key that a request is signed with.
func (h Alone) AccessKey(id string) (iam.SigningKey, bool, time.Time) {
	key, found := h.World.IAM().SigningKey(id)
	return key, found, h.World.Now()
}

// Call makes a call.
func (h Alone) Call(c engine.Call) (engine.Answer, error) { return h.World.Call(c), nil }

// RequestID draws an id for a request that does not become a call.
func (h Alone) RequestID() string { return h.World.RequestID() }
