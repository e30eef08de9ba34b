// Package keypair is the cryptography of asymmetric and post-quantum keys.
package keypair

import (
	"errors"
	"io"

	"kmsplayground/engine/hsm"
)

// All is every algorithm of AWS KMS but SM2. The zero value is ready.
type All struct{}

// NewKey draws a key pair. The same chance gives the same key.
func (a All) NewKey(spec string, r io.Reader) (hsm.PrivateKey, error) {
	if c, ok := nistCurve(spec); ok {
		return c.draw(r), nil
	}
	if spec == edwards25519 {
		return newEdwardsKey(hsm.Bytes(r, edwardsSeed)), nil
	}
	return nil, hsm.Unknown(spec)
}

var errNotKey = errors.New("not a private key of this spec in PKCS #8")

// ParseKey reads a private key.
func (a All) ParseKey(spec string, pkcs8 []byte) (key hsm.PrivateKey, err error) {
	ok := false
	if c, isCurve := nistCurve(spec); isCurve {
		key, ok = c.parse(pkcs8)
	} else if spec == edwards25519 {
		key, ok = parseEdwards(pkcs8)
	} else {
		return nil, hsm.Unknown(spec)
	}
	if !ok {
		return nil, errNotKey
	}
	return key, nil
}
