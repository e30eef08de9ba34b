package keypair

import (
	"crypto/hmac"
	"crypto/sha256"
	"io"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/secp256k1"
	"github.com/consensys/gnark-crypto/ecc/secp256k1/fr"

	"kmsplayground/engine/hsm"
)

// secp256k1 is a curve that the standard library does not have: the group is gnark-crypto's, the signature scheme here.

const (
	koblitz     = "ECC_SECG_P256K1"
	koblitzSize = 32 // bytes of scalars and coordinates
)

var koblitzAlgorithm = slices.Concat(ecPublicKey, []byte{0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a})

// koblitzKey is a key for signatures on secp256k1.
type koblitzKey struct {
	scalar *big.Int
	public secp256k1.G1Affine
}

func drawKoblitzKey(r io.Reader) koblitzKey {
	for {
		if key, ok := newKoblitzKey(hsm.Bytes(r, koblitzSize)); ok {
			return key
		}
	}
}

func newKoblitzKey(scalar []byte) (key koblitzKey, ok bool) {
	key.scalar = new(big.Int).SetBytes(scalar)
	if key.scalar.Sign() == 0 || key.scalar.Cmp(fr.Modulus()) >= 0 {
		return koblitzKey{}, false
	}
	key.public.ScalarMultiplicationBase(key.scalar)
	return key, true
}

func parseKoblitz(pkcs8 []byte) (hsm.PrivateKey, bool) {
	scalar, ok := undoScalar(koblitzAlgorithm, koblitzSize, pkcs8)
	if !ok {
		return nil, false
	}
	key, ok := newKoblitzKey(scalar)
	return key, ok
}

func (k koblitzKey) point() []byte {
	x, y := k.public.X.Bytes(), k.public.Y.Bytes()
	return slices.Concat([]byte{4}, x[:], y[:])
}

func (k koblitzKey) Public() []byte {
	return der(0x30, der(0x30, koblitzAlgorithm), bitString(k.point()))
}

func (k koblitzKey) Private() []byte {
	private := der(0x30, version(1), der(0x04, k.bytes()), der(0xa1, bitString(k.point())))
	return der(0x30, version(0), der(0x30, koblitzAlgorithm), der(0x04, private))
}

func (k koblitzKey) bytes() []byte { return k.scalar.FillBytes(make([]byte, koblitzSize)) }

// Sign makes an ECDSA signature with the nonce of RFC 6979. As with AWS, s may be in the upper half of its range, where
// Bitcoin and Ethereum do not accept it before their clients turn it around: one bit of r decides.
func (k koblitzKey) Sign(algorithm, messageType string, message []byte, random io.Reader) []byte {
	n, digest := fr.Modulus(), digestOf(algorithm, messageType, message)
	r, s := new(big.Int), new(big.Int)
	for nonce := range k.nonces(digest) {
		var point secp256k1.G1Affine
		point.ScalarMultiplicationBase(nonce)
		r.Mod(point.X.BigInt(r), n)
		s.Mul(r, k.scalar)
		s.Add(s, new(big.Int).SetBytes(digest))
		s.Mul(s, new(big.Int).ModInverse(nonce, n))
		if s.Mod(s, n); r.Sign() != 0 && s.Sign() != 0 {
			break
		}
	}
	upper := hsm.Bytes(random, 1)[0]&1 == 1
	if isUpper := s.Cmp(new(big.Int).Rsh(n, 1)) > 0; isUpper != upper {
		s.Sub(n, s)
	}
	return der(0x30, integer(r.Bytes()), integer(s.Bytes()))
}

// nonces are those of RFC 6979, section 3.2, with SHA-256. The order of the curve has as many bits as a digest.
func (k koblitzKey) nonces(digest []byte) func(yield func(*big.Int) bool) {
	order := fr.Modulus()
	number := new(big.Int).SetBytes(digest)
	reduced := number.Mod(number, order).FillBytes(make([]byte, koblitzSize))
	v, key := slices.Repeat([]byte{1}, 32), make([]byte, 32)
	mac := func(parts ...[]byte) []byte {
		m := hmac.New(sha256.New, key)
		for _, p := range parts {
			m.Write(p)
		}
		return m.Sum(nil)
	}
	for i := range byte(2) {
		key = mac(v, []byte{i}, k.bytes(), reduced)
		v = mac(v)
	}
	return func(yield func(*big.Int) bool) {
		for {
			v = mac(v)
			nonce := new(big.Int).SetBytes(v)
			if nonce.Sign() != 0 && nonce.Cmp(order) < 0 && !yield(nonce) {
				return
			}
			key = mac(v, []byte{0})
			v = mac(v)
		}
	}
}

func (k koblitzKey) Verify(algorithm, messageType string, message, signature []byte) bool {
	r, s, ok := undoSignature(signature)
	n := fr.Modulus()
	if !ok || r.Sign() == 0 || s.Sign() == 0 || r.Cmp(n) >= 0 || s.Cmp(n) >= 0 {
		return false
	}
	w := new(big.Int).ModInverse(s, n)
	u1 := new(big.Int).SetBytes(digestOf(algorithm, messageType, message))
	u2 := new(big.Int).Mul(r, w)
	u1.Mul(u1, w)
	var sum secp256k1.G1Jac
	sum.JointScalarMultiplicationBase(&k.public, u1.Mod(u1, n), u2.Mod(u2, n))
	var point secp256k1.G1Affine
	if point.FromJacobian(&sum); point.IsInfinity() {
		return false
	}
	x := point.X.BigInt(new(big.Int))
	return x.Mod(x, n).Cmp(r) == 0
}

// undoSignature takes a DER signature apart; only the one form of a number is taken, as the standard library does.
func undoSignature(signature []byte) (r, s *big.Int, ok bool) {
	rest, ok := undoWhole(0x30, signature)
	var numbers [2]*big.Int
	for i := range numbers {
		var number []byte
		if ok {
			number, rest, ok = undo(0x02, rest)
		}
		if !ok || len(number) == 0 || number[0] >= 0x80 || len(number) > 1 && number[0] == 0 && number[1] < 0x80 {
			return nil, nil, false
		}
		numbers[i] = new(big.Int).SetBytes(number)
	}
	return numbers[0], numbers[1], len(rest) == 0
}
