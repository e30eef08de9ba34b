package hsm

import (
	"bytes"
	"crypto/x509"
	"testing"
)

// The encodings are those of the standard library, which is too large to carry along.
func TestKeyPairs(t *testing.T) {
	for _, spec := range []string{"ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_NIST_EDWARDS25519"} {
		for _, seed := range []string{"a", "b", "c", "d"} {
			pair := NewKeyPair(spec, Seeded(seed).Reader(spec))
			key, err := x509.ParsePKCS8PrivateKey(pair.Private)
			if err != nil {
				t.Fatalf("%s: %v", spec, err)
			}
			again, err := x509.MarshalPKCS8PrivateKey(key)
			if err != nil || !bytes.Equal(again, pair.Private) {
				t.Errorf("%s: private key\n got %x\nwant %x, %v", spec, pair.Private, again, err)
			}
			public, err := x509.ParsePKIXPublicKey(pair.Public)
			if err != nil {
				t.Fatalf("%s: %v", spec, err)
			}
			if again, err := x509.MarshalPKIXPublicKey(public); err != nil || !bytes.Equal(again, pair.Public) {
				t.Errorf("%s: public key\n got %x\nwant %x, %v", spec, pair.Public, again, err)
			}
			same := NewKeyPair(spec, Seeded(seed).Reader(spec))
			if !bytes.Equal(same.Private, pair.Private) {
				t.Errorf("%s: the same chance gives another key", spec)
			}
		}
		if !MakesKeyPair(spec) {
			t.Errorf("MakesKeyPair(%s)", spec)
		}
	}
	if MakesKeyPair("RSA_2048") {
		t.Error("RSA pairs cannot be made")
	}
}
