package engine

import (
	"fmt"
	"io"

	"kmsplayground/engine/hsm"
)

// What a person's own programs need at the console: chance, and encrypting for somebody's public key. No part of AWS.

// Random draws bytes.
func (w *World) Random(n int) []byte { return hsm.Bytes(w.chance(), n) }

// EncryptFor encrypts under an RSA public key, SubjectPublicKeyInfo in DER, with one of AWS's encryption algorithms.
func (w *World) EncryptFor(public []byte, algorithm string, plaintext []byte) ([]byte, error) {
	return w.options.Algorithms.EncryptFor(public, algorithm, plaintext, w.chance())
}

func (w *World) chance() io.Reader {
	w.drawn++
	return w.options.Entropy.Reader(fmt.Sprintf("console/%d", w.drawn))
}
