package hsm

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"io"
)

// KeyPair is an asymmetric pair that leaves the service, as AWS hands it out: the private key as PKCS #8 and the
// public key as SubjectPublicKeyInfo, both in DER.
type KeyPair struct{ Private, Public []byte }

// curve is a NIST curve: its OBJECT IDENTIFIER in DER and the length of its scalars in bytes.
type curve struct {
	spec  string
	oid   []byte
	size  int
	curve ecdh.Curve
}

// nistCurve finds a curve by AWS's name; ok is false for other kinds of key.
func nistCurve(spec string) (c curve, ok bool) {
	switch spec {
	case "ECC_NIST_P256":
		return curve{spec, []byte{0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07}, 32, ecdh.P256()}, true
	case "ECC_NIST_P384":
		return curve{spec, []byte{0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22}, 48, ecdh.P384()}, true
	case "ECC_NIST_P521":
		return curve{spec, []byte{0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23}, 66, ecdh.P521()}, true
	}
	return curve{}, false
}

// MakesKeyPair reports whether NewKeyPair knows a spec.
func MakesKeyPair(spec string) bool {
	_, ok := nistCurve(spec)
	return ok || spec == "ECC_NIST_EDWARDS25519"
}

// NewKeyPair draws a pair. The standard library's own generators ignore a seeded reader, so the scalar is drawn here.
func NewKeyPair(spec string, r io.Reader) KeyPair {
	if c, ok := nistCurve(spec); ok {
		return c.pair(r)
	}
	if spec != "ECC_NIST_EDWARDS25519" {
		panic("hsm: no key pairs of " + spec)
	}
	seed := Bytes(r, ed25519.SeedSize)
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	algorithm := der(0x30, []byte{0x06, 0x03, 0x2b, 0x65, 0x70})
	return KeyPair{
		Private: der(0x30, version(0), algorithm, der(0x04, der(0x04, seed))),
		Public:  der(0x30, algorithm, der(0x03, []byte{0}, public)),
	}
}

var ecPublicKey = []byte{0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01}

func (c curve) pair(r io.Reader) KeyPair {
	key := c.scalar(r)
	bits := der(0x03, []byte{0}, key.PublicKey().Bytes())
	algorithm := der(0x30, ecPublicKey, c.oid)
	private := der(0x30, version(1), der(0x04, key.Bytes()), der(0xa1, bits))
	return KeyPair{
		Private: der(0x30, version(0), algorithm, der(0x04, private)),
		Public:  der(0x30, algorithm, bits),
	}
}

// scalar draws until the number is below the order of the curve; P-521 uses one bit of the first byte.
func (c curve) scalar(r io.Reader) *ecdh.PrivateKey {
	for {
		scalar := Bytes(r, c.size)
		if c.size == 66 {
			scalar[0] &= 1
		}
		if key, err := c.curve.NewPrivateKey(scalar); err == nil {
			return key
		}
	}
}

func version(n byte) []byte { return []byte{0x02, 0x01, n} }

// der is one DER element around its parts.
func der(tag byte, parts ...[]byte) []byte {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	out := []byte{tag}
	switch {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 0x100:
		out = append(out, 0x81, byte(n))
	default:
		out = append(out, 0x82, byte(n>>8), byte(n))
	}
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}
