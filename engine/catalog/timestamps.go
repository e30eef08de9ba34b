package catalog

import (
	"math"
	"time"
)

// AWS JSON 1.1 writes a time as the number of seconds since 1970, with milliseconds behind the point where there are
// any; members of type Timestamp are such numbers.

// Epoch is t as AWS JSON 1.1 writes it; the zero time is 0.
func Epoch(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}

// FromEpoch is the time that such a number means, in UTC.
func FromEpoch(seconds float64) time.Time {
	return time.UnixMilli(int64(math.Round(seconds * 1000))).UTC()
}
