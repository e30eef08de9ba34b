package browser

import "kmsplayground/engine/capture"

// capture reads what a person pasted or dropped about a real account.
func (d *Door) capture(r Request) Reply {
	c := capture.Read(r.Inputs, d.engine.Options, d.Progress)
	return Reply{Capture: &c}
}
