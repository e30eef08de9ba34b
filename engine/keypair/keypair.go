// Package keypair is the cryptography of asymmetric and post-quantum keys.
package keypair

import (
	"errors"
	"io"

	"kmsplayground/engine/hsm"
)

// All is every algorithm of AWS KMS but SM2. The zero All is ready, and makes RSA keys of primes that everybody has.
type All struct {
	Primes Primes // nil: from a table
}

// NewKey draws a key pair. The same chance gives the same key.
func (a All) NewKey(spec string, r io.Reader) (hsm.PrivateKey, error) {
	if c, ok := nistCurve(spec); ok {
		return c.draw(r), nil
	}
	if bits := rsaBits(spec); bits > 0 {
		return drawRSAKey(a.Primes, bits, r), nil
	}
	if _, _, ok := latticeParameters(spec); ok {
		return newLatticeKey(spec, hsm.Bytes(r, latticeSeed)), nil
	}
	if scheme, _ := encapsulationScheme(spec); scheme != nil {
		return drawEncapsulationKey(spec, r), nil
	}
	switch spec {
	case edwards25519:
		return newEdwardsKey(hsm.Bytes(r, edwardsSeed)), nil
	case koblitz:
		return drawKoblitzKey(r), nil
	}
	return nil, hsm.Unknown(spec)
}

var errNotKey = errors.New("not a private key of this spec in PKCS #8")

// ParseKey reads a private key.
func (a All) ParseKey(spec string, pkcs8 []byte) (hsm.PrivateKey, error) {
	parse := parser(spec)
	if parse == nil {
		return nil, hsm.Unknown(spec)
	}
	key, ok := parse(pkcs8)
	if !ok {
		return nil, errNotKey
	}
	return key, nil
}

// parser finds what reads private keys of a spec.
func parser(spec string) func(pkcs8 []byte) (hsm.PrivateKey, bool) {
	of := func(parse func(string, []byte) (hsm.PrivateKey, bool)) func([]byte) (hsm.PrivateKey, bool) {
		return func(pkcs8 []byte) (hsm.PrivateKey, bool) { return parse(spec, pkcs8) }
	}
	if c, ok := nistCurve(spec); ok {
		return c.parse
	}
	if bits := rsaBits(spec); bits > 0 {
		return func(pkcs8 []byte) (hsm.PrivateKey, bool) { return parseRSA(bits, pkcs8) }
	}
	if _, _, ok := latticeParameters(spec); ok {
		return of(parseLattice)
	}
	if scheme, _ := encapsulationScheme(spec); scheme != nil {
		return of(parseEncapsulation)
	}
	switch spec {
	case edwards25519:
		return parseEdwards
	case koblitz:
		return parseKoblitz
	}
	return nil
}
