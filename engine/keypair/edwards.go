package keypair

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"io"

	"kmsplayground/engine/hsm"
)

const (
	edwards25519 = "ECC_NIST_EDWARDS25519"
	edwardsSeed  = ed25519.SeedSize
)

// edwardsAlgorithm is the content of an AlgorithmIdentifier.
var edwardsAlgorithm = []byte{0x06, 0x03, 0x2b, 0x65, 0x70}

type edwardsKey struct{ ed25519.PrivateKey }

func newEdwardsKey(seed []byte) edwardsKey { return edwardsKey{ed25519.NewKeyFromSeed(seed)} }

func (k edwardsKey) public() ed25519.PublicKey {
	return ed25519.PublicKey(k.PrivateKey[ed25519.SeedSize:])
}

func (k edwardsKey) Public() []byte {
	return der(0x30, der(0x30, edwardsAlgorithm), bitString(k.public()))
}

func (k edwardsKey) Private() []byte {
	return der(0x30, version(0), der(0x30, edwardsAlgorithm), der(0x04, der(0x04, k.Seed())))
}

func (k edwardsKey) Sign(algorithm, _ string, message []byte, _ io.Reader) []byte {
	message, options := edwardsMessage(algorithm, message)
	signature, err := k.PrivateKey.Sign(nil, message, options)
	if err != nil {
		panic(err) // the message has the length that the options want
	}
	return signature
}

func (k edwardsKey) Verify(algorithm, _ string, message, signature []byte) bool {
	message, options := edwardsMessage(algorithm, message)
	return ed25519.VerifyWithOptions(k.public(), message, signature, options) == nil
}

// edwardsMessage is what the standard library signs. Ed25519ph hashes its message; that AWS takes a digest for the
// message is no reason to leave the hash of the scheme out, so that what comes in is hashed again.
func edwardsMessage(algorithm string, message []byte) ([]byte, *ed25519.Options) {
	if algorithm == "ED25519_PH_SHA_512" {
		return digestOf(algorithm, "RAW", message), &ed25519.Options{Hash: crypto.SHA512}
	}
	return message, &ed25519.Options{}
}

func parseEdwards(pkcs8 []byte) (hsm.PrivateKey, bool) {
	algorithm, private, ok := undoPrivate(pkcs8)
	if !ok || !bytes.Equal(algorithm, edwardsAlgorithm) {
		return nil, false
	}
	seed, ok := undoWhole(0x04, private)
	if !ok || len(seed) != ed25519.SeedSize {
		return nil, false
	}
	return newEdwardsKey(seed), true
}
