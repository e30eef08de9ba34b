package keypair

import (
	"bytes"
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"io"
	"slices"

	"kmsplayground/engine/hsm"
)

// curve is a NIST curve: its OBJECT IDENTIFIER in DER and the length of its scalars in bytes.
type curve struct {
	spec  string
	oid   []byte
	size  int
	curve elliptic.Curve
	ecdh  ecdh.Curve
}

// nistCurve finds a curve by AWS's name; ok is false for other kinds of key.
func nistCurve(spec string) (c curve, ok bool) {
	switch spec {
	case "ECC_NIST_P256":
		return curve{spec, []byte{0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07}, 32, elliptic.P256(), ecdh.P256()}, true
	case "ECC_NIST_P384":
		return curve{spec, []byte{0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22}, 48, elliptic.P384(), ecdh.P384()}, true
	case "ECC_NIST_P521":
		return curve{spec, []byte{0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23}, 66, elliptic.P521(), ecdh.P521()}, true
	}
	return curve{}, false
}

var ecPublicKey = []byte{0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01}

// algorithm is the content of an AlgorithmIdentifier.
func (c curve) algorithm() []byte { return slices.Concat(ecPublicKey, c.oid) }

// draw draws until the number is below the order of the curve; P-521 uses one bit of the first byte. The standard
// library's own generators ignore a seeded reader.
func (c curve) draw(r io.Reader) ecKey {
	for {
		scalar := hsm.Bytes(r, c.size)
		if c.size == 66 {
			scalar[0] &= 1
		}
		if key, ok := c.key(scalar); ok {
			return key
		}
	}
}

func (c curve) key(scalar []byte) (ecKey, bool) {
	key, err := ecdsa.ParseRawPrivateKey(c.curve, scalar)
	return ecKey{c, key}, err == nil
}

// ecKey is a key on a NIST curve, for signatures or for key agreement.
type ecKey struct {
	curve
	key *ecdsa.PrivateKey
}

func (k ecKey) point() []byte {
	point, err := k.key.PublicKey.Bytes()
	if err != nil {
		panic(err) // the key was drawn or parsed
	}
	return point
}

func (k ecKey) Public() []byte { return der(0x30, der(0x30, k.algorithm()), bitString(k.point())) }

func (k ecKey) Private() []byte {
	scalar, err := k.key.Bytes()
	if err != nil {
		panic(err)
	}
	private := der(0x30, version(1), der(0x04, scalar), der(0xa1, bitString(k.point())))
	return der(0x30, version(0), der(0x30, k.algorithm()), der(0x04, private))
}

// Sign makes the deterministic signature of RFC 6979: the standard library takes no seeded chance for another.
func (k ecKey) Sign(algorithm, messageType string, message []byte, _ io.Reader) []byte {
	signature, err := k.key.Sign(nil, digestOf(algorithm, messageType, message), hashOf(algorithm))
	if err != nil {
		panic(err)
	}
	return signature
}

func (k ecKey) Verify(algorithm, messageType string, message, signature []byte) bool {
	return ecdsa.VerifyASN1(&k.key.PublicKey, digestOf(algorithm, messageType, message), signature)
}

func (k ecKey) Derive(public []byte) (secret []byte, ok bool) {
	algorithm, point, ok := undoPublic(public)
	if !ok || !bytes.Equal(algorithm, k.algorithm()) {
		return nil, false
	}
	other, err := k.ecdh.NewPublicKey(point)
	if err != nil {
		return nil, false
	}
	own, err := k.key.ECDH()
	if err != nil {
		panic(err)
	}
	secret, err = own.ECDH(other)
	return secret, err == nil
}

// parse reads the private key of RFC 5915 that a PKCS #8 holds.
func (c curve) parse(pkcs8 []byte) (hsm.PrivateKey, bool) {
	scalar, ok := undoScalar(c.algorithm(), c.size, pkcs8)
	if !ok {
		return nil, false
	}
	key, ok := c.key(scalar)
	return key, ok
}

// undoScalar takes the scalar out of a PKCS #8 of an algorithm.
func undoScalar(wanted []byte, size int, pkcs8 []byte) (scalar []byte, ok bool) {
	algorithm, private, ok := undoPrivate(pkcs8)
	if !ok || !bytes.Equal(algorithm, wanted) {
		return nil, false
	}
	inner, ok := undoWhole(0x30, private)
	if !ok {
		return nil, false
	}
	number, rest, ok := undo(0x02, inner)
	if !ok || len(number) != 1 || number[0] != 1 {
		return nil, false
	}
	scalar, _, ok = undo(0x04, rest)
	return scalar, ok && len(scalar) == size
}

// digestOf is what is signed: the digest of a RAW message, or the digest that is the message.
func digestOf(algorithm, messageType string, message []byte) []byte {
	if messageType == "DIGEST" {
		return message
	}
	h := hashOf(algorithm).New()
	h.Write(message)
	return h.Sum(nil)
}

// hashOf is the hash function that the name of an algorithm ends with.
func hashOf(algorithm string) crypto.Hash {
	switch hsm.DigestSize(algorithm) {
	case 32:
		return crypto.SHA256
	case 48:
		return crypto.SHA384
	}
	return crypto.SHA512
}
