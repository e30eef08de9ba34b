package main

import (
	"sync"

	"kmsplayground/engine/wire"
)

// signingKeys remembers the signing keys that were derived: a client's requests of a day share one. It may be used side by
// side.
type signingKeys struct {
	mu    sync.Mutex
	known map[signer][]byte
}

type signer struct {
	secret string
	scope  wire.Scope
}

// maxSigningKeys are a few megabytes; a client chooses the date, so that the number would have no bound.
const maxSigningKeys = 10_000

func (k *signingKeys) of(secret string, scope wire.Scope) []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	by := signer{secret, scope}
	key, ok := k.known[by]
	if !ok {
		if k.known == nil || len(k.known) >= maxSigningKeys {
			k.known = map[signer][]byte{}
		}
		key = wire.SigningKey(secret, scope)
		k.known[by] = key
	}
	return key
}
