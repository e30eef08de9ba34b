package hsm

import (
	"fmt"
	"io"
)

// Algorithms is the cryptography of asymmetric and post-quantum keys. A host hands it in, so that a program that does
// not is 0.3 MB smaller: no room of the engine imports the package keypair, whose All is all of it. None is none; AES and
// HMAC are always there.
type Algorithms interface {
	// NewKey draws a key pair of a key spec or data key pair spec. The error says what is not there.
	NewKey(spec string, r io.Reader) (PrivateKey, error)
	// ParseKey reads a private key of a spec from PKCS #8 in DER.
	ParseKey(spec string, pkcs8 []byte) (PrivateKey, error)
	// EncryptFor encrypts under the RSA public key of somebody else, a SubjectPublicKeyInfo in DER.
	EncryptFor(public []byte, algorithm string, plaintext []byte, r io.Reader) ([]byte, error)
}

// PrivateKey is a key pair. It does not change. What can be done with it is in further interfaces: Signer, Cipher,
// Agreement, Encapsulation, Unwrapper.
type PrivateKey interface {
	Public() []byte  // SubjectPublicKeyInfo in DER
	Private() []byte // PKCS #8 in DER
}

// Signer signs. The message is the one of MessageType RAW; else its digest, or its message representative μ for
// EXTERNAL_MU, of the length that DigestSize says. Where a signature needs chance it is read from r.
type Signer interface {
	Sign(algorithm, messageType string, message []byte, r io.Reader) []byte
	Verify(algorithm, messageType string, message, signature []byte) bool
}

// Cipher encrypts few bytes; the plaintext is not longer than the algorithm and the key allow.
type Cipher interface {
	Encrypt(algorithm string, plaintext []byte, r io.Reader) []byte
	Decrypt(algorithm string, ciphertext []byte) (plaintext []byte, ok bool)
}

// Agreement derives a secret with the public key of another, a SubjectPublicKeyInfo in DER on the same curve.
type Agreement interface {
	Derive(public []byte) (secret []byte, ok bool)
}

// Encapsulation makes a secret and the ciphertext from which the private key gets it back.
type Encapsulation interface {
	Encapsulate(r io.Reader) (secret, ciphertext []byte)
	Decapsulate(ciphertext []byte) (secret []byte, ok bool)
}

// Unwrapper takes in key material that was encrypted under the public key with one of AWS's wrapping algorithms.
type Unwrapper interface {
	Unwrap(algorithm string, wrapped []byte) (material []byte, ok bool)
}

// None refuses every asymmetric key. It is what a world has that was given no Algorithms.
type None struct{}

// NewKey refuses.
func (None) NewKey(spec string, _ io.Reader) (PrivateKey, error) { return nil, Unknown(spec) }

// ParseKey refuses.
func (None) ParseKey(spec string, _ []byte) (PrivateKey, error) { return nil, Unknown(spec) }

// EncryptFor refuses.
func (None) EncryptFor([]byte, string, []byte, io.Reader) ([]byte, error) { return nil, Unknown("RSA") }

// Unknown is the error about a spec that is not there. SM2 keys are not anywhere; AWS has them in China Regions only.
func Unknown(spec string) error { return fmt.Errorf("KeySpec %s is not simulated", spec) }

// KeyPair is an asymmetric pair that leaves the service, as AWS hands it out: the private key as PKCS #8 and the
// public key as SubjectPublicKeyInfo, both in DER.
type KeyPair struct{ Private, Public []byte }

// NewKeyPair draws a data key pair.
func NewKeyPair(a Algorithms, spec string, r io.Reader) (KeyPair, error) {
	key, err := a.NewKey(spec, r)
	if err != nil {
		return KeyPair{}, err
	}
	return KeyPair{key.Private(), key.Public()}, nil
}

// WrappingKey is an RSA key pair under which key material comes in.
type WrappingKey struct{ key PrivateKey }

// NewWrappingKey draws a wrapping key of one of the specs RSA_2048, RSA_3072 and RSA_4096.
func NewWrappingKey(a Algorithms, spec string, r io.Reader) (WrappingKey, error) {
	key, err := a.NewKey(spec, r)
	return WrappingKey{key}, err
}

// IsValid reports whether there is a key.
func (w WrappingKey) IsValid() bool { return w.key != nil }

// Public is the public key, SubjectPublicKeyInfo in DER.
func (w WrappingKey) Public() []byte { return w.key.Public() }

// Unwrap decrypts what was wrapped under the public key.
func (w WrappingKey) Unwrap(algorithm string, wrapped []byte) (material []byte, ok bool) {
	return w.key.(Unwrapper).Unwrap(algorithm, wrapped)
}
