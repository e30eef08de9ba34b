package hsm

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// Material is the key material of a symmetric encryption key: 256 bits that never leave this room. It does not change.
// The zero Material is no material.
type Material struct {
	id   string
	aead cipher.AEAD
}

// NewMaterial draws the material of the key that keyRef names.
func NewMaterial(keyRef string, r io.Reader) Material { return materialOf(keyRef, Bytes(r, 32)) }

// The id follows from the bytes and the key, so that the same bytes imported again into a key are known again, while
// the same bytes in another key have another id.
func materialOf(keyRef string, key []byte) Material {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("KMS Playground key material id 1\x00" + keyRef))
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return Material{id: hex.EncodeToString(mac.Sum(nil)), aead: aead}
}

// ID is the key material id: 64 hexadecimal digits.
func (m Material) ID() string { return m.id }

// IsValid reports whether there is material.
func (m Material) IsValid() bool { return m.aead != nil }
