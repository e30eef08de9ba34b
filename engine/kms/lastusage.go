package kms

import (
	"time"

	"kmsplayground/engine/catalog"
)

// trackingStart is when AWS began to note the last use of keys (AWS Security Blog, 2026-04).
var trackingStart = time.Date(2026, 4, 23, 0, 0, 0, 0, time.UTC)

type keyLastUsageData struct {
	Operation         string  `json:",omitempty"`
	Timestamp         float64 `json:",omitempty"`
	CloudTrailEventId string  `json:",omitempty"`
	KmsRequestId      string  `json:",omitempty"`
}

// getKeyLastUsage: the data are empty for a key that was never used. This world notes every use from its beginning: for
// a key that is older than AWS's tracking, tracking begins with the key.
func getKeyLastUsage(c *call) (any, *Error) {
	key := c.keys[0].key
	used := c.uses[key.ARN].whole()
	tracking := trackingStart
	if key.CreatedAt.Before(tracking) {
		tracking = key.CreatedAt
	}
	return struct {
		KeyId             string
		KeyLastUsage      keyLastUsageData
		TrackingStartDate float64
		KeyCreationDate   float64
	}{
		key.ARN,
		keyLastUsageData{used.Operation, catalog.Epoch(used.At), used.EventID, used.RequestID},
		catalog.Epoch(tracking), catalog.Epoch(key.CreatedAt),
	}, nil
}
