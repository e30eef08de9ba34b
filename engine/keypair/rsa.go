package keypair

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	_ "crypto/sha1" // RSAES_OAEP_SHA_1
	_ "crypto/sha256"
	_ "crypto/sha512"
	"errors"
	"io"
	"math/big"
	"strings"

	"kmsplayground/engine/hsm"
)

// rsaBits is the length of the modulus of an RSA spec, 0 for other specs.
func rsaBits(spec string) int {
	switch spec {
	case "RSA_2048":
		return 2048
	case "RSA_3072":
		return 3072
	case "RSA_4096":
		return 4096
	}
	return 0
}

// rsaAlgorithm is the content of an AlgorithmIdentifier: rsaEncryption with NULL.
var rsaAlgorithm = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00}

const publicExponent = 65537

type rsaKey struct{ *rsa.PrivateKey }

// newRSAKey makes the key of two primes, with all that is worked out beforehand.
func newRSAKey(p, q *big.Int) (rsaKey, error) {
	one := big.NewInt(1)
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	key := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: publicExponent},
		D:         new(big.Int).ModInverse(big.NewInt(publicExponent), phi),
		Primes:    []*big.Int{p, q},
	}
	if key.D == nil {
		return rsaKey{}, errNotKey
	}
	key.Precompute()
	return rsaKey{key}, key.Validate()
}

func drawRSAKey(primes Primes, bits int, r io.Reader) rsaKey {
	var p, q *big.Int
	if primes != nil {
		p, q = primes(bits, r)
	}
	if p == nil {
		p, q = tablePrimes(bits, r)
	}
	key, err := newRSAKey(p, q)
	if err != nil {
		panic(err) // primes are as Primes promises
	}
	return key
}

func (k rsaKey) Public() []byte {
	exponent := integer(big.NewInt(int64(k.E)).Bytes())
	return der(0x30, der(0x30, rsaAlgorithm), bitString(der(0x30, integer(k.N.Bytes()), exponent)))
}

func (k rsaKey) Private() []byte {
	numbers := [][]byte{version(0)}
	for _, n := range []*big.Int{
		k.N, big.NewInt(int64(k.E)), k.D, k.Primes[0], k.Primes[1], k.Precomputed.Dp, k.Precomputed.Dq, k.Precomputed.Qinv,
	} {
		numbers = append(numbers, integer(n.Bytes()))
	}
	return der(0x30, version(0), der(0x30, rsaAlgorithm), der(0x04, der(0x30, numbers...)))
}

// parseRSA reads an RSAPrivateKey within a PKCS #8. It takes the modulus' length, the usual public exponent and two
// primes, for which no composite that Baillie-PSW lets through is known; what else follows from the primes is worked out anew.
func parseRSA(bits int, pkcs8 []byte) (hsm.PrivateKey, bool) {
	algorithm, private, ok := undoPrivate(pkcs8)
	if !ok || !bytes.Equal(algorithm, rsaAlgorithm) {
		return nil, false
	}
	rest, ok := undoWhole(0x30, private)
	var numbers [6]*big.Int // version, n, e, d, p, q
	for i := 0; ok && i < len(numbers); i++ {
		var number []byte
		number, rest, ok = undo(0x02, rest)
		numbers[i] = new(big.Int).SetBytes(number)
	}
	if !ok || numbers[0].Sign() != 0 || !numbers[2].IsInt64() || numbers[2].Int64() != publicExponent {
		return nil, false
	}
	n, p, q := numbers[1], numbers[4], numbers[5]
	if n.BitLen() != bits || n.Cmp(new(big.Int).Mul(p, q)) != 0 || !p.ProbablyPrime(0) || !q.ProbablyPrime(0) {
		return nil, false
	}
	key, err := newRSAKey(p, q)
	return key, err == nil
}

var pss = rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}

func isPSS(algorithm string) bool { return strings.HasPrefix(algorithm, "RSASSA_PSS_") }

// Sign takes the salt of a PSS signature, which is as long as the digest, from r.
func (k rsaKey) Sign(algorithm, messageType string, message []byte, r io.Reader) (signature []byte) {
	digest, hash, err := digestOf(algorithm, messageType, message), hashOf(algorithm), error(nil)
	if isPSS(algorithm) {
		signature, err = rsa.SignPSS(r, k.PrivateKey, hash, digest, &pss)
	} else {
		signature, err = rsa.SignPKCS1v15(nil, k.PrivateKey, hash, digest)
	}
	if err != nil {
		panic(err)
	}
	return signature
}

func (k rsaKey) Verify(algorithm, messageType string, message, signature []byte) bool {
	digest, hash := digestOf(algorithm, messageType, message), hashOf(algorithm)
	if isPSS(algorithm) {
		return rsa.VerifyPSS(&k.PublicKey, hash, digest, signature, &pss) == nil
	}
	return rsa.VerifyPKCS1v15(&k.PublicKey, hash, digest, signature) == nil
}

// oaepHash is the hash function of an encryption algorithm, for the label and the mask alike.
func oaepHash(algorithm string) crypto.Hash {
	if strings.HasSuffix(algorithm, "SHA_1") {
		return crypto.SHA1
	}
	return crypto.SHA256
}

func (k rsaKey) Encrypt(algorithm string, plaintext []byte, r io.Reader) []byte {
	ciphertext, err := rsa.EncryptOAEP(oaepHash(algorithm).New(), r, &k.PublicKey, plaintext, nil)
	if err != nil {
		panic(err)
	}
	return ciphertext
}

// EncryptFor encrypts under the RSA public key of somebody else.
func (All) EncryptFor(public []byte, algorithm string, plaintext []byte, r io.Reader) ([]byte, error) {
	key, ok := undoRSAPublic(public)
	if !ok {
		return nil, errors.New("not an RSA public key")
	}
	return rsa.EncryptOAEP(oaepHash(algorithm).New(), r, key, plaintext, nil)
}

// undoRSAPublic takes an RSA public key of a usual size out of a SubjectPublicKeyInfo.
func undoRSAPublic(spki []byte) (key *rsa.PublicKey, ok bool) {
	algorithm, bits, ok := undoPublic(spki)
	if !ok || !bytes.Equal(algorithm, rsaAlgorithm) {
		return nil, false
	}
	numbers, ok := undoWhole(0x30, bits)
	if !ok {
		return nil, false
	}
	modulus, rest, ok := undo(0x02, numbers)
	if !ok {
		return nil, false
	}
	exponent, ok := undoWhole(0x02, rest)
	n, e := new(big.Int).SetBytes(modulus), new(big.Int).SetBytes(exponent)
	if !ok || n.BitLen() < 2048 || n.BitLen() > 8192 || n.Bit(0) == 0 || e.BitLen() > 31 || e.Bit(0) == 0 {
		return nil, false
	}
	return &rsa.PublicKey{N: n, E: int(e.Int64())}, true
}

func (k rsaKey) Decrypt(algorithm string, ciphertext []byte) (plaintext []byte, ok bool) {
	plaintext, err := rsa.DecryptOAEP(oaepHash(algorithm).New(), nil, k.PrivateKey, ciphertext, nil)
	return plaintext, err == nil
}
