package keypair

import (
	"bytes"
	"testing"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
)

// FuzzBytesFromOutside holds that no key, public key, signature, ciphertext or wrapped material panics, and that a private
// key which is taken is written as one that is taken again.
func FuzzBytesFromOutside(f *testing.F) {
	specs := catalog.KeySpecs()
	keys := map[string]hsm.PrivateKey{}
	for _, spec := range specs {
		if spec.Spec == "RSA_3072" || spec.Spec == "RSA_4096" {
			continue // as RSA_2048, and slow
		}
		if key, err := (All{}).NewKey(spec.Spec, hsm.Seeded("fuzz").Reader(spec.Spec)); err == nil {
			keys[spec.Spec] = key
			f.Add(key.Private())
			f.Add(key.Public())
			if signer, ok := key.(hsm.Signer); ok && len(spec.SigningAlgorithms) > 0 {
				f.Add(signer.Sign(spec.SigningAlgorithms[0], "RAW", []byte("m"), hsm.Seeded("fuzz").Reader("r")))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, spec := range specs {
			key := keys[spec.Spec]
			if key == nil {
				continue
			}
			if parsed, err := (All{}).ParseKey(spec.Spec, text); err == nil {
				again, err := All{}.ParseKey(spec.Spec, parsed.Private())
				if err != nil || !bytes.Equal(again.Public(), parsed.Public()) {
					t.Errorf("%s: %v", spec.Spec, err)
				}
			}
			use(spec, key, text)
		}
	})
}

func use(spec catalog.KeySpec, key hsm.PrivateKey, text []byte) {
	mu := bytes.Repeat([]byte{1}, 64)
	for _, algorithm := range spec.SigningAlgorithms {
		key.(hsm.Signer).Verify(algorithm, "RAW", []byte("m"), text)
		if algorithm == "ML_DSA_SHAKE_256" {
			key.(hsm.Signer).Verify(algorithm, "EXTERNAL_MU", mu, text)
		}
	}
	for _, algorithm := range spec.EncryptionAlgorithms {
		if spec.Spec == "RSA_2048" {
			key.(hsm.Unwrapper).Unwrap(algorithm, text)
		}
	}
	if agreement, ok := key.(hsm.Agreement); ok {
		agreement.Derive(text)
	}
	if encapsulation, ok := key.(hsm.Encapsulation); ok {
		encapsulation.Decapsulate(text)
	}
	unwrapPadded(mu[:32], text)
}
