package wire

import (
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/iam"
)

// alone is the host of a world that nobody else uses at the same time. The clock is the world's own.
type alone struct{ world *engine.World }

func (h alone) AccessKey(id string) (iam.SigningKey, bool, time.Time) {
	key, found := h.world.IAM().SigningKey(id)
	return key, found, h.world.Now()
}

func (h alone) Call(c engine.Call) (engine.Answer, error) { return h.world.Call(c), nil }

func (h alone) RequestID() string { return h.world.RequestID() }
