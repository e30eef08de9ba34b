package scenario

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// A link is base64url without padding of: the format of the link, the number of the dictionary, two bytes of the CRC-32
// of the text, and the text deflated with that dictionary. A zero byte at the end, which inflating does not reach,
// keeps the last character from being "-" or "_": programs that find links in texts leave those out.
const (
	packFormat     = 1
	packDictionary = 1
	packHeader     = 4
	maxUnpacked    = 4 << 20 // bytes; a link is not a way to fill the memory
)

// dictionary1 holds what documents are made of. It is frozen: links that were made with it must open for ever.
//
//go:embed dictionary/1.txt
var dictionary1 []byte

// Pack writes a document as the fragment of a URL.
func Pack(text string) string {
	var b bytes.Buffer
	sum := crc32.ChecksumIEEE([]byte(text))
	b.Write([]byte{packFormat, packDictionary, byte(sum >> 8), byte(sum)})
	w, err := flate.NewWriterDict(&b, flate.BestCompression, dictionary1)
	if err != nil {
		panic("scenario: " + err.Error()) // only for a level that does not exist
	}
	w.Write([]byte(text))
	w.Close()
	fragment := base64.RawURLEncoding.EncodeToString(b.Bytes())
	for last := fragment[len(fragment)-1]; last == '-' || last == '_'; last = fragment[len(fragment)-1] {
		b.WriteByte(0)
		fragment = base64.RawURLEncoding.EncodeToString(b.Bytes())
	}
	return fragment
}

// Unpack reads the fragment of a URL, without its "#".
func Unpack(fragment string) (string, error) {
	if fragment == "" {
		return "", errors.New("the link holds no document")
	}
	packed, err := base64.RawURLEncoding.DecodeString(fragment)
	if err != nil {
		var at base64.CorruptInputError
		if errors.As(err, &at) && int(at) < len(fragment) && !isLinkByte(fragment[at]) {
			return "", fmt.Errorf("the link has a character that links do not have, %q, at position %d", fragment[at], int(at)+1)
		}
		return "", errors.New("the link is not complete: its end is missing")
	}
	if len(packed) <= packHeader {
		return "", errors.New("the link is not complete: its end is missing")
	}
	if packed[0] != packFormat {
		return "", fmt.Errorf("the link has format %d, which is newer than this playground's (%d)", packed[0], packFormat)
	}
	if packed[1] != packDictionary {
		return "", fmt.Errorf("the link uses dictionary %d, which is newer than this playground's (%d)", packed[1], packDictionary)
	}
	return inflate(packed)
}

func inflate(packed []byte) (string, error) {
	r := flate.NewReaderDict(bytes.NewReader(packed[packHeader:]), dictionary1)
	text, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "", errors.New("the link is not complete: its end is missing")
	}
	if err != nil {
		return "", errors.New("the link is damaged: it does not decompress")
	}
	if len(text) > maxUnpacked {
		return "", fmt.Errorf("the link holds more than %d bytes", maxUnpacked)
	}
	if sum := crc32.ChecksumIEEE(text); packed[2] != byte(sum>>8) || packed[3] != byte(sum) {
		return "", errors.New("the link is damaged: the text is not the one that was packed")
	}
	return string(text), nil
}

func isLinkByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}
