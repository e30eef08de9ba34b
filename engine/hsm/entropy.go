// Package hsm holds key material and chance. It is the only room that sees key bytes.
package hsm

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"io"

	"github.com/google/uuid"
)

// Entropy is where a world's chance comes from. Reader returns an endless stream of bytes for a purpose; asked twice
// for the same purpose, a seeded source gives the same bytes. Purposes name what is made and its ordinal
// ("kms/111122223333/us-east-1/key/3"), so that a call which is added to or taken out of a scenario does not change the ids and keys of
// the others.
type Entropy interface {
	Reader(purpose string) io.Reader
}

// Seeded returns an entropy in which everything follows from seed: HKDF-SHA256 of seed and purpose keys an AES-256-CTR
// stream.
func Seeded(seed string) Entropy {
	key, err := hkdf.Extract(sha256.New, []byte(seed), []byte("KMS Playground entropy 1"))
	if err != nil {
		panic(err)
	}
	return seeded(key)
}

type seeded []byte // pseudorandom key of HKDF

func (s seeded) Reader(purpose string) io.Reader {
	okm, err := hkdf.Expand(sha256.New, s, purpose, 32+aes.BlockSize)
	if err != nil {
		panic(err)
	}
	block, err := aes.NewCipher(okm[:32])
	if err != nil {
		panic(err)
	}
	return stream{cipher.NewCTR(block, okm[32:])}
}

type stream struct{ cipher.Stream }

func (s stream) Read(p []byte) (int, error) {
	clear(p)
	s.XORKeyStream(p, p)
	return len(p), nil
}

// Bytes reads n bytes.
func Bytes(r io.Reader, n int) []byte {
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		panic(err) // a stream of chance has no end
	}
	return b
}

// UUID reads a version 4 UUID.
func UUID(r io.Reader) string {
	id, err := uuid.NewRandomFromReader(r)
	if err != nil {
		panic(err)
	}
	return id.String()
}
