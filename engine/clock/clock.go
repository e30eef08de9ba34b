// Package clock is simulated time.
package clock

import "time"

// Clock is the time of a world. It moves only when it is told to. The zero Clock stands at the zero time.
type Clock struct{ now time.Time }

// At returns a clock that stands at t, in UTC and whole milliseconds.
func At(t time.Time) Clock { return Clock{now: t.UTC().Truncate(time.Millisecond)} }

// Now returns the time.
func (c Clock) Now() time.Time { return c.now }

// Add returns the clock moved forward by d; a negative d does not move it.
func (c Clock) Add(d time.Duration) Clock { return At(c.now.Add(max(d, 0))) }
