package hsm

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
)

// Material is the key material of a KMS key: an AES key of 256 bits, an HMAC key or a private key. It never leaves this
// room and does not change. The zero Material is no material.
type Material struct {
	id   string
	aead cipher.AEAD
	mac  []byte
	key  PrivateKey
}

// SymmetricDefault is the key spec of symmetric encryption keys.
const SymmetricDefault = "SYMMETRIC_DEFAULT"

// NewMaterial draws the material of the symmetric encryption key that keyRef names.
func NewMaterial(keyRef string, r io.Reader) Material { return materialOf(keyRef, Bytes(r, 32)) }

// NewMaterialOf draws the material of a key of any spec. The error is that of the algorithms.
func NewMaterialOf(a Algorithms, spec, keyRef string, r io.Reader) (Material, error) {
	if size := rawSize(spec); size > 0 {
		return ParseMaterial(a, spec, keyRef, Bytes(r, size))
	}
	key, err := a.NewKey(spec, r)
	if err != nil {
		return Material{}, err
	}
	return Material{id: materialID(keyRef, key.Private()), key: key}, nil
}

// longestMac is the most bytes that an HMAC key from outside may have; the least are those of its hash (recorded of AWS).
const longestMac = 128

// ParseMaterial takes in the material of a key of any spec from outside: the bytes of a symmetric or HMAC key, the PKCS
// #8 of a private key.
func ParseMaterial(a Algorithms, spec, keyRef string, material []byte) (Material, error) {
	switch size := rawSize(spec); {
	case size == 0:
		key, err := a.ParseKey(spec, material)
		if err != nil {
			return Material{}, err
		}
		return Material{id: materialID(keyRef, key.Private()), key: key}, nil
	case len(material) < size || len(material) > size && (spec == SymmetricDefault || len(material) > longestMac):
		return Material{}, errors.New("key material of the wrong length")
	case spec == SymmetricDefault:
		return materialOf(keyRef, material), nil
	}
	return Material{id: materialID(keyRef, material), mac: material}, nil
}

// rawSize is the length of material that is just bytes, 0 for private keys.
func rawSize(spec string) int {
	if spec == SymmetricDefault {
		return 32
	}
	return MacSize(spec)
}

func materialOf(keyRef string, key []byte) Material {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return Material{id: materialID(keyRef, key), aead: aead}
}

// materialID follows from the bytes and the key, so that the same bytes imported again into a key are known again, while
// the same bytes in another key have another id.
func materialID(keyRef string, key []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("KMS Playground key material id 1\x00" + keyRef))
	return hex.EncodeToString(mac.Sum(nil))
}

// ID is the key material id: 64 hexadecimal digits.
func (m Material) ID() string { return m.id }

// IsValid reports whether there is material.
func (m Material) IsValid() bool { return m.id != "" }

// Public is the public key of an asymmetric key, SubjectPublicKeyInfo in DER.
func (m Material) Public() []byte { return m.key.Public() }

// Signer is what signs with a key of usage SIGN_VERIFY.
func (m Material) Signer() Signer { return m.key.(Signer) }

// Cipher is what encrypts with an asymmetric key of usage ENCRYPT_DECRYPT.
func (m Material) Cipher() Cipher { return m.key.(Cipher) }

// Agreement is what derives secrets with a key of usage KEY_AGREEMENT.
func (m Material) Agreement() Agreement { return m.key.(Agreement) }

// Encapsulation is what makes secrets with a key of usage ENCAPSULATE_DECAPSULATE.
func (m Material) Encapsulation() Encapsulation { return m.key.(Encapsulation) }
