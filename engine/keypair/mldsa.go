package keypair

import (
	"bytes"
	"crypto"
	"io"

	"filippo.io/mldsa"
	"filippo.io/mldsa/mldsacrypto"

	"kmsplayground/engine/hsm"
)

// latticeParameters finds the parameter set of an ML-DSA spec, and the last number of its OBJECT IDENTIFIER.
func latticeParameters(spec string) (p mldsa.Parameters, oid byte, ok bool) {
	switch spec {
	case "ML_DSA_44":
		return mldsa.MLDSA44(), 17, true
	case "ML_DSA_65":
		return mldsa.MLDSA65(), 18, true
	case "ML_DSA_87":
		return mldsa.MLDSA87(), 19, true
	}
	return p, 0, false
}

// latticeKey is a key of ML-DSA.
type latticeKey struct {
	spec string
	oid  byte
	key  *mldsa.PrivateKey
}

func newLatticeKey(spec string, seed []byte) latticeKey {
	parameters, oid, _ := latticeParameters(spec)
	key, err := mldsa.NewPrivateKey(parameters, seed)
	if err != nil {
		panic(err) // the seed has the right length
	}
	return latticeKey{spec, oid, key}
}

// latticeAlgorithm is id-ml-dsa-… of NIST, alone.
func latticeAlgorithm(oid byte) []byte {
	return []byte{0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, oid}
}

func (k latticeKey) Public() []byte {
	return der(0x30, der(0x30, latticeAlgorithm(k.oid)), bitString(k.key.PublicKey().Bytes()))
}

// Private has the seed only, the form that RFC 9881 recommends.
func (k latticeKey) Private() []byte {
	return der(0x30, version(0), der(0x30, latticeAlgorithm(k.oid)), der(0x04, der(0x80, k.key.Bytes())))
}

func parseLattice(spec string, pkcs8 []byte) (hsm.PrivateKey, bool) {
	_, oid, _ := latticeParameters(spec)
	seed, ok := undoSeed(latticeAlgorithm(oid), mldsa.PrivateKeySize, pkcs8)
	if !ok {
		return nil, false
	}
	return newLatticeKey(spec, seed), true
}

// undoSeed takes the seed out of a PKCS #8 of an algorithm: alone, or first beside the expanded key.
func undoSeed(wanted []byte, size int, pkcs8 []byte) (seed []byte, ok bool) {
	algorithm, private, ok := undoPrivate(pkcs8)
	if !ok || !bytes.Equal(algorithm, wanted) {
		return nil, false
	}
	if seed, ok = undoWhole(0x80, private); !ok {
		both, _ := undoWhole(0x30, private)
		seed, _, ok = undo(0x04, both)
	}
	return seed, ok && len(seed) == size
}

// Sign makes the deterministic signature; the library takes no seeded chance for the other.
func (k latticeKey) Sign(_, messageType string, message []byte, _ io.Reader) []byte {
	signature, err := k.key.SignDeterministic(message, options(messageType))
	if err != nil {
		panic(err) // the message has the length that the options want
	}
	return signature
}

// Verify checks a message representative by itself: the library signs one, and cannot verify it.
func (k latticeKey) Verify(_, messageType string, message, signature []byte) bool {
	if messageType == "EXTERNAL_MU" {
		return ringParameters[k.spec].verify(k.key.PublicKey().Bytes(), message, signature)
	}
	return mldsa.Verify(k.key.PublicKey(), message, signature, nil) == nil
}

const latticeSeed = mldsa.PrivateKeySize

// options say to the library that the message is one of EXTERNAL_MU.
func options(messageType string) crypto.SignerOpts {
	if messageType == "EXTERNAL_MU" {
		return mldsacrypto.MLDSAMu
	}
	return nil
}
