package keypair

import (
	"crypto/sha3"
	"testing"

	"kmsplayground/engine/hsm"
)

// representative is μ of a message without context (FIPS 204, algorithms 2 and 7).
func representative(public, message []byte) []byte {
	tr := sha3.SumSHAKE256(public, 64)
	h := sha3.NewSHAKE256()
	h.Write(tr)
	h.Write([]byte{0, 0})
	h.Write(message)
	mu := make([]byte, 64)
	h.Read(mu)
	return mu
}

// A signature of a message is one of its representative, in both directions, and every change of it is noticed.
func TestMessageRepresentative(t *testing.T) {
	for spec := range ringParameters {
		for _, message := range []string{"a", "b", "c"} {
			key := newLatticeKey(spec, hsm.Bytes(hsm.Seeded(spec+message).Reader("key"), latticeSeed))
			mu := representative(key.key.PublicKey().Bytes(), []byte(message))
			signature := key.Sign("", "RAW", []byte(message), nil)
			if !key.Verify("", "EXTERNAL_MU", mu, signature) {
				t.Fatalf("%s: the signature of a message is not one of its representative", spec)
			}
			if again := key.Sign("", "EXTERNAL_MU", mu, nil); !key.Verify("", "RAW", []byte(message), again) {
				t.Fatalf("%s: the signature of a representative is not one of its message", spec)
			}
			for i := 0; i < len(signature); i += 97 {
				signature[i] ^= 1
				if raw, external := key.Verify("", "RAW", []byte(message), signature), key.Verify("", "EXTERNAL_MU", mu, signature); raw || external {
					t.Errorf("%s: byte %d changed and not noticed: %v %v", spec, i, raw, external)
				}
				signature[i] ^= 1
			}
			for i := len(signature) - 90; i < len(signature); i++ { // the hint
				signature[i] ^= 4
				if raw, external := key.Verify("", "RAW", []byte(message), signature), key.Verify("", "EXTERNAL_MU", mu, signature); raw || external {
					t.Errorf("%s: byte %d changed and not noticed: %v %v", spec, i, raw, external)
				}
				signature[i] ^= 4
			}
			if key.Verify("", "EXTERNAL_MU", mu, signature[1:]) || key.Verify("", "EXTERNAL_MU", append([]byte{1}, mu[1:]...), signature) {
				t.Errorf("%s: a short signature, or another representative", spec)
			}
		}
	}
}
