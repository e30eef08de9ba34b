package keypair

import (
	"io"

	"github.com/cloudflare/circl/kem"
	"github.com/cloudflare/circl/kem/mlkem/mlkem1024"
	"github.com/cloudflare/circl/kem/mlkem/mlkem512"
	"github.com/cloudflare/circl/kem/mlkem/mlkem768"

	"kmsplayground/engine/hsm"
)

// The standard library has no ML-KEM-512, and encapsulates with seeded chance only for tests; CIRCL does both.

// encapsulationScheme finds the parameter set of an ML-KEM spec, and the last number of its OBJECT IDENTIFIER; nil for other specs.
func encapsulationScheme(spec string) (kem.Scheme, byte) {
	switch spec {
	case "ML_KEM_512":
		return mlkem512.Scheme(), 1
	case "ML_KEM_768":
		return mlkem768.Scheme(), 2
	case "ML_KEM_1024":
		return mlkem1024.Scheme(), 3
	}
	return nil, 0
}

// encapsulationKey is a key of ML-KEM, kept as the seed (d, z) from which it follows.
type encapsulationKey struct {
	scheme  kem.Scheme
	oid     byte
	seed    []byte
	public  kem.PublicKey
	private kem.PrivateKey
}

func newEncapsulationKey(spec string, seed []byte) encapsulationKey {
	scheme, oid := encapsulationScheme(spec)
	public, private := scheme.DeriveKeyPair(seed)
	return encapsulationKey{scheme, oid, seed, public, private}
}

func drawEncapsulationKey(spec string, r io.Reader) encapsulationKey {
	scheme, _ := encapsulationScheme(spec)
	return newEncapsulationKey(spec, hsm.Bytes(r, scheme.SeedSize()))
}

// algorithm is id-alg-ml-kem-… of NIST, alone.
func (k encapsulationKey) algorithm() []byte {
	return []byte{0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x04, k.oid}
}

func (k encapsulationKey) Public() []byte {
	public, err := k.public.MarshalBinary()
	if err != nil {
		panic(err)
	}
	return der(0x30, der(0x30, k.algorithm()), bitString(public))
}

// Private has the seed only, the form that RFC 9935 recommends.
func (k encapsulationKey) Private() []byte {
	return der(0x30, version(0), der(0x30, k.algorithm()), der(0x04, der(0x80, k.seed)))
}

func parseEncapsulation(spec string, pkcs8 []byte) (hsm.PrivateKey, bool) {
	scheme, oid := encapsulationScheme(spec)
	seed, ok := undoSeed(encapsulationKey{oid: oid}.algorithm(), scheme.SeedSize(), pkcs8)
	if !ok {
		return nil, false
	}
	return newEncapsulationKey(spec, seed), true
}

func (k encapsulationKey) Encapsulate(r io.Reader) (secret, ciphertext []byte) {
	ciphertext, secret, err := k.scheme.EncapsulateDeterministically(k.public, hsm.Bytes(r, k.scheme.EncapsulationSeedSize()))
	if err != nil {
		panic(err)
	}
	return secret, ciphertext
}

// Decapsulate answers a ciphertext of the right length always: one that was not made for the key gives a secret that
// nobody else has.
func (k encapsulationKey) Decapsulate(ciphertext []byte) (secret []byte, ok bool) {
	if len(ciphertext) != k.scheme.CiphertextSize() {
		return nil, false
	}
	secret, err := k.scheme.Decapsulate(k.private, ciphertext)
	return secret, err == nil
}
