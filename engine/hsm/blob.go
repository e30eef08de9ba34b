package hsm

import (
	"encoding/binary"
	"encoding/hex"
	"io"
	"slices"
)

// A ciphertext blob of a symmetric key, version 1, is our own format; like AWS's it names its key and material:
//
//	offset  bytes  what
//	0       3      "KPG"
//	3       1      version, 1
//	4       1      n, length of the key reference
//	5       n      key reference, UTF-8
//	5+n     32     key material id
//	37+n    12     nonce
//	49+n    …      AES-256-GCM ciphertext and its tag of 16 bytes
//
// The additional data is everything before the nonce, then the encryption context.
const (
	magic        = "KPG\x01"
	materialSize = 32
	nonceSize    = 12
	tagSize      = 16
)

// Seal encrypts plaintext under m. A keyRef is at most 255 bytes long.
func Seal(m Material, keyRef string, context map[string]string, plaintext []byte, nonce io.Reader) []byte {
	blob := make([]byte, 0, len(magic)+1+len(keyRef)+materialSize+nonceSize+len(plaintext)+tagSize)
	blob = append(blob, magic...)
	blob = append(blob, byte(len(keyRef)))
	blob = append(blob, keyRef...)
	blob, err := hex.AppendDecode(blob, []byte(m.id))
	if err != nil || len(keyRef) > 255 {
		panic("hsm: not a key reference or material")
	}
	data := additionalData(blob, context)
	blob = blob[:len(blob)+nonceSize]
	n := blob[len(blob)-nonceSize:]
	if _, err := io.ReadFull(nonce, n); err != nil {
		panic(err) // a stream of chance has no end
	}
	return m.aead.Seal(blob, n, plaintext, data)
}

// Open decrypts blob. It fails when the blob is of other material, was changed, or has another encryption context.
func Open(m Material, context map[string]string, blob []byte) (plaintext []byte, ok bool) {
	keyRef, materialID, ok := BlobKey(blob)
	if !ok || materialID != m.id {
		return nil, false
	}
	head := len(magic) + 1 + len(keyRef) + materialSize
	nonce, sealed := blob[head:head+nonceSize], blob[head+nonceSize:]
	plaintext, err := m.aead.Open(nil, nonce, sealed, additionalData(blob[:head], context))
	return plaintext, err == nil
}

// BlobKey reads which key and material a blob says it is of; ok is false for what is no blob.
func BlobKey(blob []byte) (keyRef, materialID string, ok bool) {
	if len(blob) < len(magic)+1 || string(blob[:len(magic)]) != magic {
		return "", "", false
	}
	rest, n := blob[len(magic)+1:], int(blob[len(magic)])
	if len(rest) < n+materialSize+nonceSize+tagSize {
		return "", "", false
	}
	return string(rest[:n]), hex.EncodeToString(rest[n : n+materialSize]), true
}

// additionalData is head and the pairs of the context sorted by key, each text after its length in four bytes, so that
// no two contexts have the same form. No context and an empty one are the same.
func additionalData(head []byte, context map[string]string) []byte {
	size, keys := len(head), make([]string, 0, len(context))
	for key, value := range context {
		size += 4 + len(key) + 4 + len(value)
		keys = append(keys, key)
	}
	slices.Sort(keys)
	data := append(make([]byte, 0, size), head...)
	for _, key := range keys {
		for _, text := range [...]string{key, context[key]} {
			data = binary.BigEndian.AppendUint32(data, uint32(len(text)))
			data = append(data, text...)
		}
	}
	return data
}
