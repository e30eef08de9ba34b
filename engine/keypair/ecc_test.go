package keypair

import (
	"bytes"
	"crypto/x509"
	"io"
	"testing"

	"kmsplayground/engine/hsm"
)

// The encodings are those of the standard library, which is too large to carry along.
func TestKeyPairs(t *testing.T) {
	for _, spec := range []string{"ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_NIST_EDWARDS25519"} {
		for _, seed := range []string{"a", "b", "c", "d"} {
			pair := mustPair(t, spec, hsm.Seeded(seed).Reader(spec))
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
			same := mustPair(t, spec, hsm.Seeded(seed).Reader(spec))
			if !bytes.Equal(same.Private, pair.Private) {
				t.Errorf("%s: the same chance gives another key", spec)
			}
		}
	}
}

func mustPair(t *testing.T, spec string, r io.Reader) hsm.KeyPair {
	t.Helper()
	pair, err := hsm.NewKeyPair(All{}, spec, r)
	if err != nil {
		t.Fatal(err)
	}
	return pair
}

// What is not there is refused by name.
func TestRefusals(t *testing.T) {
	for _, a := range []hsm.Algorithms{hsm.None{}, All{}} {
		if _, err := hsm.NewKeyPair(a, "SM2", nil); err == nil || err.Error() != "KeySpec SM2 is not simulated" {
			t.Errorf("%T: %v", a, err)
		}
	}
}
