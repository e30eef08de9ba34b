package clock

import (
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	start := time.Date(2026, 1, 1, 9, 0, 0, 123456789, time.FixedZone("", 3600))
	rows := []struct {
		name string
		got  Clock
		want string
	}{
		{"UTC, whole milliseconds", At(start), "2026-01-01T08:00:00.123Z"},
		{"moved", At(start).Add(time.Hour + time.Microsecond), "2026-01-01T09:00:00.123Z"},
		{"not moved back", At(start).Add(-time.Hour), "2026-01-01T08:00:00.123Z"},
		{"zero", Clock{}, "0001-01-01T00:00:00Z"},
	}
	for _, row := range rows {
		if got := row.got.Now().Format(time.RFC3339Nano); got != row.want {
			t.Errorf("%s: %s, want %s", row.name, got, row.want)
		}
	}
}
