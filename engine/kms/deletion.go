package kms

import (
	"time"

	"kmsplayground/engine/catalog"
)

const defaultWindow = 30 // days

func deletionConditions(c *call, f *filler) {
	f.setInt("kms:ScheduleKeyDeletionPendingWindowInDays", c.int("PendingWindowInDays", defaultWindow))
	trailingDays(c, f)
}

func scheduleKeyDeletion(c *call) (any, *Error) {
	key := *c.keys[0].key
	key.PendingWindowInDays = c.int("PendingWindowInDays", defaultWindow)
	c.setState(&key, catalog.PendingDeletion)
	if key.family != nil && !key.isReplica() && len(key.family.replicas) > 0 {
		key.State = catalog.PendingReplicaDeletion // its own waiting period begins when the last replica is gone
	} else {
		key.DeletionDate = c.Now.Add(time.Duration(key.PendingWindowInDays) * day)
	}
	c.put(key)
	return struct {
		KeyId               string
		DeletionDate        float64 `json:",omitempty"`
		KeyState            string
		PendingWindowInDays int
	}{key.ARN, catalog.Epoch(key.DeletionDate), string(key.State), key.PendingWindowInDays}, nil
}

func cancelKeyDeletion(c *call) (any, *Error) {
	key := *c.keys[0].key
	c.setState(&key, catalog.Disabled)
	if key.isImported() {
		key.settleImports(false)
	}
	key.DeletionDate, key.PendingWindowInDays = time.Time{}, 0
	c.put(key)
	return struct{ KeyId string }{key.ARN}, nil
}
