package kms

import (
	"bytes"
	"crypto"
	"crypto/aes"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha1"
	_ "crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"
	"testing"

	"kmsplayground/engine/hsm"
	"kmsplayground/engine/keypair"
)

// wrapping is what a step encrypts before it calls: {{wrapped}} is the result.
type wrapping struct {
	Key       string // public key, SubjectPublicKeyInfo in base64
	Algorithm string
	// Material is "01*32", a byte so many times, or "RSA_2048 a", the PKCS #8 of a key pair that follows from a name.
	Material string
}

// material is what the Material of a wrapping means.
func material(t *testing.T, text string) []byte {
	t.Helper()
	if spec, name, ok := strings.Cut(text, " "); ok {
		pair, err := hsm.NewKeyPair(keypair.All{}, spec, hsm.Seeded(name).Reader(spec))
		if err != nil {
			t.Fatal(err)
		}
		return pair.Private
	}
	digits, times, _ := strings.Cut(text, "*")
	n, err := strconv.Atoi(times)
	b, err2 := hex.DecodeString(digits)
	if err != nil || err2 != nil {
		t.Fatalf("no material: %q", text)
	}
	return bytes.Repeat(b, n)
}

// wrap encrypts key material with the standard library's RSA and a key wrap of its own.
func (w wrapping) wrap(t *testing.T) string {
	t.Helper()
	spki, err := base64.StdEncoding.DecodeString(w.Key)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.ParsePKIXPublicKey(spki)
	if err != nil {
		t.Fatal(err)
	}
	hash, text := crypto.SHA256, material(t, w.Material)
	if strings.HasSuffix(w.Algorithm, "SHA_1") {
		hash = crypto.SHA1
	}
	oaep := func(text []byte) []byte {
		sealed, err := rsa.EncryptOAEP(hash.New(), rand.Reader, public.(*rsa.PublicKey), text, nil)
		if err != nil {
			t.Fatal(err)
		}
		return sealed
	}
	if strings.HasPrefix(w.Algorithm, "RSAES_OAEP_") {
		return base64.StdEncoding.EncodeToString(oaep(text))
	}
	kek := bytes.Repeat([]byte{7}, 32)
	return base64.StdEncoding.EncodeToString(append(oaep(kek), wrapPadded(t, kek, text)...))
}

// wrapPadded is RFC 5649, for texts of more than eight bytes.
func wrapPadded(t *testing.T, kek, text []byte) []byte {
	t.Helper()
	block, err := aes.NewCipher(kek)
	if err != nil {
		t.Fatal(err)
	}
	a := binary.BigEndian.AppendUint32([]byte{0xa6, 0x59, 0x59, 0xa6}, uint32(len(text)))
	r := append(bytes.Clone(text), make([]byte, (8-len(text)%8)%8)...)
	b := make([]byte, 16)
	for j := range 6 {
		for i := range len(r) / 8 {
			copy(b, a)
			copy(b[8:], r[8*i:][:8])
			block.Encrypt(b, b)
			a = binary.BigEndian.AppendUint64(nil, binary.BigEndian.Uint64(b)^uint64(len(r)/8*j+i+1))
			copy(r[8*i:], b[8:])
		}
	}
	return append(a, r...)
}
