package scenario

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// The dictionary may never change: links that were made with it must open for ever. A better one is a second one.
func TestTheDictionaryIsFrozen(t *testing.T) {
	const want = "4fc2ffa8cd782365fe32d1b49065d1849e88afcb45ea07429d47892a73b431da"
	if sum := sha256.Sum256(dictionary1); hex.EncodeToString(sum[:]) != want {
		t.Errorf("dictionary 1 has changed: %x", sum)
	}
}

// TestLinksOfOldOpen opens links as they were given out, one for each kind of document.
func TestLinksOfOldOpen(t *testing.T) {
	file, err := os.ReadFile("testdata/links-1.txt")
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(string(file)), "\n")
	if len(rows) < 5 {
		t.Fatalf("%d links", len(rows))
	}
	for _, row := range rows {
		sum, link, _ := strings.Cut(row, " ")
		text, err := Unpack(link)
		if got := sha256.Sum256([]byte(text)); err != nil || hex.EncodeToString(got[:]) != sum {
			t.Errorf("%.40s…: %v, sum %x", link, err, got)
		}
	}
}

func TestPackedDocumentsUnpack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	texts := []string{"", "a", "\x00", strings.Repeat("a", 100_000), "日本 \r\n```"}
	for range 500 {
		b := make([]byte, r.IntN(60))
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		texts = append(texts, string(b))
	}
	for _, path := range documents(t) {
		text := document(t, path)
		texts = append(texts, text)
		t.Logf("%s: %d bytes, link of %d", path, len(text), len(Pack(text)))
	}
	for _, text := range texts {
		link := Pack(text)
		got, err := Unpack(link)
		if err != nil || got != text {
			t.Fatalf("%.60q: %.60q, %v", text, got, err)
		}
		if strings.Trim(link, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" || strings.ContainsAny(link[len(link)-1:], "-_") {
			t.Fatalf("%q ends in what programs cut off", link)
		}
	}
}

func TestBrokenLinks(t *testing.T) {
	link := Pack(document(t, rootStatement))
	raw := func(b ...byte) string { return base64.RawURLEncoding.EncodeToString(b) }
	for _, row := range []struct{ link, want string }{
		{"", "the link holds no document"},
		{"AQ", "the link is not complete: its end is missing"},
		{link[:len(link)/2], "the link is not complete: its end is missing"},
		{link[:len(link)/2+1], "the link is not complete: its end is missing"},
		{link[:len(link)/2+2], "the link is not complete: its end is missing"},
		{link[:10] + "%" + link[11:], "the link has a character that links do not have, '%', at position 11"},
		{raw(2, 1, 0, 0, 1), "the link has format 2, which is newer than this playground's (1)"},
		{raw(1, 2, 0, 0, 1), "the link uses dictionary 2, which is newer than this playground's (1)"},
		{raw(1, 1, 0, 0, 7), "the link is damaged: it does not decompress"},
		{raw(1, 1, 9, 9) + Pack("hello")[6:], "the link is damaged: the text is not the one that was packed"},
		{Pack(strings.Repeat("a", maxUnpacked+1)), "the link holds more than 4194304 bytes"},
	} {
		if _, err := Unpack(row.link); err == nil || err.Error() != row.want {
			t.Errorf("%.40q: %v, want %s", row.link, err, row.want)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	for _, text := range []string{"", "a", "---\ntitle: x\n---\n", "```sh as=\"a\"\naws kms list-keys\n```\n"} {
		f.Add(Pack(text))
	}
	f.Fuzz(func(t *testing.T, link string) {
		text, err := Unpack(link)
		if err != nil {
			return
		}
		if again, err := Unpack(Pack(text)); err != nil || again != text {
			t.Fatalf("%q: %v", link, err)
		}
	})
}
