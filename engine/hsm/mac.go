package hsm

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
	"strings"
)

// MacSize is the length in bytes of the keys and codes of an HMAC spec or algorithm, 0 for what is none: 32 for
// "HMAC_256" and "HMAC_SHA_256".
func MacSize(name string) int {
	if !strings.HasPrefix(name, "HMAC_") {
		return 0
	}
	return bitsAtEnd(name) / 8
}

// DigestSize is the length in bytes of the digest or message representative that a signing algorithm takes for a message.
func DigestSize(algorithm string) int {
	if algorithm == "ML_DSA_SHAKE_256" {
		return 64
	}
	return bitsAtEnd(algorithm) / 8
}

// bitsAtEnd is the number with which a name of AWS ends, 0 for another.
func bitsAtEnd(name string) int {
	switch name[max(len(name)-4, 0):] {
	case "_224":
		return 224
	case "_256":
		return 256
	case "_384":
		return 384
	case "_512":
		return 512
	}
	return 0
}

// Mac is the message authentication code of an HMAC key.
func (m Material) Mac(algorithm string, message []byte) []byte {
	var h func() hash.Hash
	switch MacSize(algorithm) {
	case 28:
		h = sha256.New224
	case 32:
		h = sha256.New
	case 48:
		h = sha512.New384
	case 64:
		h = sha512.New
	}
	mac := hmac.New(h, m.mac)
	mac.Write(message)
	return mac.Sum(nil)
}

// VerifyMac reports whether code is the one of message, whole and not cut.
func (m Material) VerifyMac(algorithm string, message, code []byte) bool {
	return hmac.Equal(m.Mac(algorithm, message), code)
}
