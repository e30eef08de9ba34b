package keypair

import (
	"bytes"
	"crypto/aes"
	"encoding/binary"
	"strings"
)

// Unwrap takes in key material: RSAES_OAEP_SHA_… holds it itself, RSA_AES_KEY_WRAP_SHA_… an AES key under which it is
// wrapped with padding.
func (k rsaKey) Unwrap(algorithm string, wrapped []byte) (material []byte, ok bool) {
	if strings.HasPrefix(algorithm, "RSAES_OAEP_") {
		return k.Decrypt(algorithm, wrapped)
	}
	if !strings.HasPrefix(algorithm, "RSA_AES_KEY_WRAP_") || len(wrapped) <= k.Size() {
		return nil, false
	}
	kek, ok := k.Decrypt(algorithm, wrapped[:k.Size()])
	if !ok {
		return nil, false
	}
	return unwrapPadded(kek, wrapped[k.Size():])
}

// unwrapPadded is KWP-AD of NIST SP 800-38F, which RFC 5649 describes as well.
func unwrapPadded(kek, wrapped []byte) (plaintext []byte, ok bool) {
	block, err := aes.NewCipher(kek)
	n := len(wrapped)/8 - 1
	if err != nil || len(wrapped)%8 != 0 || n < 1 {
		return nil, false
	}
	text := bytes.Clone(wrapped)
	if n == 1 {
		block.Decrypt(text, text)
	} else {
		unwrapBlocks(block.Decrypt, text, n)
	}
	size := int(binary.BigEndian.Uint32(text[4:8]))
	if string(text[:4]) != "\xa6\x59\x59\xa6" || size <= 8*(n-1) || size > 8*n {
		return nil, false
	}
	plaintext, padding := text[8:8+size], text[8+size:]
	return plaintext, len(bytes.Trim(padding, "\x00")) == 0
}

// unwrapBlocks is the inverse of the wrapping function W: six rounds backwards over n half-blocks.
func unwrapBlocks(decrypt func(dst, src []byte), text []byte, n int) {
	var b [aes.BlockSize]byte
	copy(b[:8], text[:8])
	for t := 6 * n; t > 0; t-- {
		half := text[8*((t-1)%n+1):][:8]
		binary.BigEndian.PutUint64(b[:8], binary.BigEndian.Uint64(b[:8])^uint64(t))
		copy(b[8:], half)
		decrypt(b[:], b[:])
		copy(half, b[8:])
	}
	copy(text[:8], b[:8])
}
