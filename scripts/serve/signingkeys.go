package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"sync"

	"kmsplayground/engine/wire"
)

// signingKeys remembers the signing keys that were derived, ready to sign: a client's requests of a day share one. It may
// be used side by side.
type signingKeys struct {
	mu    sync.Mutex
	known map[signer]hash.Hash
}

type signer struct {
	secret string
	scope  wire.Scope
}

// maxSigningKeys are a few megabytes; a client chooses the date, so that the number would have no bound.
const maxSigningKeys = 5_000

// sign does what wire.Sign does.
func (k *signingKeys) sign(secret string, scope wire.Scope, text []byte) []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	by := signer{secret, scope}
	mac, ok := k.known[by]
	if !ok {
		if k.known == nil || len(k.known) >= maxSigningKeys {
			k.known = map[signer]hash.Hash{}
		}
		mac = hmac.New(sha256.New, wire.SigningKey(secret, scope))
		k.known[by] = mac
	}
	mac.Reset()
	mac.Write(text) // a hash takes all
	return mac.Sum(nil)
}
