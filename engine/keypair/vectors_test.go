package keypair

import (
	"bytes"
	"crypto/mlkem"
	"crypto/mlkem/mlkemtest"
	"crypto/sha256"
	"crypto/sha3"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"kmsplayground/engine/hsm"
)

// nist are vectors of NIST's ACVP server for FIPS 203 and 204, of which long results are kept as SHA-256 digests.
// https://github.com/usnistgov/ACVP-Server, gen-val/json-files, as of 2024-10.
type nist struct {
	MLDSAKeys, MLKEMKeys []struct {
		Spec         string
		Seed, Digest []byte
	}
	MLDSASignatures []struct {
		Spec                       string
		Public, Message, Signature []byte // the message is M', with what goes before the user's
		Valid                      bool
	}
	MLKEMSecrets []struct {
		Spec                           string
		Public, Chance, Secret, Digest []byte
	}
}

func TestPostQuantumVectors(t *testing.T) {
	text, err := os.ReadFile("testdata/nist.json")
	if err != nil {
		t.Fatal(err)
	}
	var v nist
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	for _, row := range append(v.MLDSAKeys, v.MLKEMKeys...) {
		key, err := All{}.NewKey(row.Spec, bytes.NewReader(row.Seed))
		if err != nil {
			t.Fatal(err)
		}
		_, public, _ := undoPublic(key.Public())
		checkDigest(t, row.Spec+" public key", public, row.Digest)
	}
	for i, row := range v.MLDSASignatures {
		h := sha3.NewSHAKE256()
		h.Write(sha3.SumSHAKE256(row.Public, 64))
		h.Write(row.Message)
		mu := make([]byte, 64)
		h.Read(mu)
		if got := ringParameters[row.Spec].verify(row.Public, mu, row.Signature); got != row.Valid {
			t.Errorf("%s signature %d: %v", row.Spec, i, got)
		}
	}
	for _, row := range v.MLKEMSecrets {
		scheme, _ := encapsulationScheme(row.Spec)
		public, err := scheme.UnmarshalBinaryPublicKey(row.Public)
		if err != nil {
			t.Fatal(err)
		}
		secret, ciphertext := encapsulationKey{scheme: scheme, public: public}.Encapsulate(bytes.NewReader(row.Chance))
		if !bytes.Equal(secret, row.Secret) {
			t.Errorf("%s: secret %x, want %x", row.Spec, secret, row.Secret)
		}
		checkDigest(t, row.Spec+" ciphertext", ciphertext, row.Digest)
	}
}

func checkDigest(t *testing.T, what string, got, want []byte) {
	t.Helper()
	if sum := sha256.Sum256(got); !bytes.Equal(sum[:], want) {
		t.Errorf("%s: %x…", what, got[:8])
	}
}

// The standard library has ML-KEM-768 and -1024 as well.
func TestEncapsulationOfTheStandardLibrary(t *testing.T) {
	seed, chance := bytes.Repeat([]byte{1}, 64), bytes.Repeat([]byte{2}, 32)
	key768, err := mlkem.NewDecapsulationKey768(seed)
	if err != nil {
		t.Fatal(err)
	}
	key1024, err := mlkem.NewDecapsulationKey1024(seed)
	if err != nil {
		t.Fatal(err)
	}
	secret768, ciphertext768, _ := mlkemtest.Encapsulate768(key768.EncapsulationKey(), chance)
	secret1024, ciphertext1024, _ := mlkemtest.Encapsulate1024(key1024.EncapsulationKey(), chance)
	changed := append(bytes.Clone(ciphertext768[:len(ciphertext768)-1]), ciphertext768[len(ciphertext768)-1]^1)
	rejected, _ := key768.Decapsulate(changed)
	rows := []struct {
		spec                       string
		public, secret, ciphertext []byte
	}{
		{"ML_KEM_768", key768.EncapsulationKey().Bytes(), secret768, ciphertext768},
		{"ML_KEM_768", key768.EncapsulationKey().Bytes(), rejected, changed},
		{"ML_KEM_1024", key1024.EncapsulationKey().Bytes(), secret1024, ciphertext1024},
	}
	for i, row := range rows {
		key := newEncapsulationKey(row.spec, seed)
		if _, public, _ := undoPublic(key.Public()); !bytes.Equal(public, row.public) {
			t.Errorf("%s: another public key", row.spec)
		}
		if got, ok := key.Decapsulate(row.ciphertext); !ok || !bytes.Equal(got, row.secret) {
			t.Errorf("%s, row %d: secret %x, want %x", row.spec, i, got, row.secret)
		}
		if secret, ciphertext := key.Encapsulate(bytes.NewReader(chance)); i != 1 && (!bytes.Equal(secret, row.secret) || !bytes.Equal(ciphertext, row.ciphertext)) {
			t.Errorf("%s: encapsulated otherwise", row.spec)
		}
	}
}

// https://www.rfc-editor.org/rfc/rfc8032#section-7.3
func TestPrehashedEdwards(t *testing.T) {
	key := newEdwardsKey(unhex("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42"))
	want := unhex("98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41" +
		"31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406")
	if got := key.Sign("ED25519_PH_SHA_512", "DIGEST", []byte("abc"), nil); !bytes.Equal(got, want) {
		t.Errorf("signature %x, want %x", got, want)
	}
	if !key.Verify("ED25519_PH_SHA_512", "DIGEST", []byte("abc"), want) {
		t.Error("the signature of the RFC is not taken")
	}
	if key.Verify("ED25519_SHA_512", "RAW", []byte("abc"), want) {
		t.Error("the signature of the RFC is taken for another scheme")
	}
}

// A vector of RFC 6979 on secp256k1 that wallets share, and both halves of the range of s.
func TestKoblitzNonce(t *testing.T) {
	key, _ := newKoblitzKey(append(make([]byte, 31), 1))
	want := "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8" + "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5"
	upper, lower := key.Sign("ECDSA_SHA_256", "RAW", []byte("Satoshi Nakamoto"), strings.NewReader("1")), key.Sign("ECDSA_SHA_256", "RAW", []byte("Satoshi Nakamoto"), strings.NewReader("0"))
	r, s, ok := undoSignature(lower)
	if got := hex.EncodeToString(append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)); !ok || got != want {
		t.Errorf("signature %s, want %s", got, want)
	}
	for _, signature := range [][]byte{upper, lower} {
		if !key.Verify("ECDSA_SHA_256", "RAW", []byte("Satoshi Nakamoto"), signature) {
			t.Errorf("not taken: %x", signature)
		}
	}
	if bytes.Equal(upper, lower) {
		t.Error("s is not turned around")
	}
}

// https://www.rfc-editor.org/rfc/rfc5649#section-6
func TestUnwrapVectors(t *testing.T) {
	kek := unhex("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8")
	for wrapped, want := range map[string]string{
		"138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a": "c37b7e6492584340bed12207808941155068f738",
		"afbeb0f07dfbf5419200f2ccb50bb24f":                                 "466f7250617369",
	} {
		if got, ok := unwrapPadded(kek, unhex(wrapped)); !ok || !bytes.Equal(got, unhex(want)) {
			t.Errorf("%s: %x %v", wrapped, got, ok)
		}
	}
}

func unhex(text string) []byte {
	b, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return b
}

// Every spec makes other keys of other chance, and the same of the same.
func TestKeysFollowFromChance(t *testing.T) {
	for _, spec := range []string{
		"RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519",
		"ML_DSA_44", "ML_DSA_65", "ML_DSA_87", "ML_KEM_512", "ML_KEM_768", "ML_KEM_1024",
	} {
		of := func(seed string) hsm.PrivateKey {
			key, err := All{}.NewKey(spec, hsm.Seeded(seed).Reader(spec))
			if err != nil {
				t.Fatal(err)
			}
			return key
		}
		a, b := of("a"), of("b")
		if bytes.Equal(a.Private(), b.Private()) || bytes.Equal(a.Public(), b.Public()) || !bytes.Equal(a.Private(), of("a").Private()) {
			t.Errorf("%s: chance does not decide", spec)
		}
		again, err := All{}.ParseKey(spec, a.Private())
		if err != nil || !bytes.Equal(again.Public(), a.Public()) {
			t.Errorf("%s: the key is not read back: %v", spec, err)
		}
		for i := range len(a.Private()) {
			if _, err := (All{}).ParseKey(spec, a.Private()[:i]); err == nil {
				t.Errorf("%s: a key cut to %d bytes is taken", spec, i)
			}
		}
	}
}
