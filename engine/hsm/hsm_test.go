package hsm

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"
)

const keyRef = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

// Everything that a seed gives is kept for ever: documents and links rest on it.
func TestSeededGolden(t *testing.T) {
	rows := []struct{ seed, purpose, want string }{
		{"", "a", "2a6924b62129ba7b45e5de51d8e643f7"},
		{"seed", "a", "55cae04dec843a1fb35ce7cfe66ccdbd"},
		{"seed", "b", "51abb0b0399387ae29bd9c58456daeaa"},
	}
	for _, row := range rows {
		if got := hex.EncodeToString(Bytes(Seeded(row.seed).Reader(row.purpose), 16)); got != row.want {
			t.Errorf("seed %q, purpose %q: %s, want %s", row.seed, row.purpose, got, row.want)
		}
	}
	if got, want := UUID(Seeded("seed").Reader("a")), "55cae04d-ec84-4a1f-b35c-e7cfe66ccdbd"; got != want {
		t.Errorf("UUID %s, want %s", got, want)
	}
}

func TestSeededIsOneStream(t *testing.T) {
	whole := Bytes(Seeded("s").Reader("p"), 100)
	r := Seeded("s").Reader("p")
	if parts := append(Bytes(r, 33), Bytes(r, 67)...); !bytes.Equal(whole, parts) {
		t.Errorf("read in parts: %x, at once: %x", parts, whole)
	}
	dirty := bytes.Repeat([]byte{0xff}, 100) // what a buffer held before does not matter
	if Seeded("s").Reader("p").Read(dirty); !bytes.Equal(whole, dirty) {
		t.Errorf("into a used buffer: %x, want %x", dirty, whole)
	}
}

func material(purpose string) Material { return NewMaterial(keyRef, Seeded("test").Reader(purpose)) }

func TestBlobGolden(t *testing.T) {
	context := map[string]string{"Department": "IT", "A": "1"}
	blob := Seal(material("m"), keyRef, context, []byte("Hello"), Seeded("test").Reader("nonce"))
	if got, want := hex.EncodeToString(blob), "4b504701"+"4b"+hex.EncodeToString([]byte(keyRef))+
		"693e7327e33c9583ad7aac0b4625e96c1028ee883d34064fb12c7a0025ebb580"+"f635dab4551059581b320608"+
		"f33c26762951055431b42d61fe596d182585466a58"; got != want {
		t.Errorf("blob %s, want %s", got, want)
	}
	if got, want := material("m").ID(), "693e7327e33c9583ad7aac0b4625e96c1028ee883d34064fb12c7a0025ebb580"; got != want {
		t.Errorf("material %s, want %s", got, want)
	}
	ref, id, ok := BlobKey(blob)
	if !ok || ref != keyRef || id != material("m").ID() {
		t.Errorf("BlobKey: %q %q %v", ref, id, ok)
	}
}

func TestOpen(t *testing.T) {
	context := map[string]string{"k": "v", "kk": ""}
	rows := []struct {
		name    string
		context map[string]string
		ok      bool
	}{
		{"same", map[string]string{"kk": "", "k": "v"}, true},
		{"none", nil, false},
		{"less", map[string]string{"k": "v"}, false},
		{"more", map[string]string{"k": "v", "kk": "", "x": ""}, false},
		{"other value", map[string]string{"k": "V", "kk": ""}, false},
		{"moved boundary", map[string]string{"k": "vkk", "": ""}, false},
	}
	for _, plaintext := range []string{"", "x", strings.Repeat("long", 1024)} {
		blob := Seal(material("m"), keyRef, context, []byte(plaintext), Seeded("test").Reader("nonce"))
		for _, row := range rows {
			got, ok := Open(material("m"), row.context, blob)
			if ok != row.ok || ok && string(got) != plaintext {
				t.Errorf("%s: %q %v", row.name, got, ok)
			}
		}
		if _, ok := Open(material("other"), context, blob); ok {
			t.Error("opened with other material")
		}
	}
}

func TestNoContextIsAnEmptyOne(t *testing.T) {
	blob := Seal(material("m"), keyRef, nil, []byte("x"), Seeded("test").Reader("nonce"))
	if _, ok := Open(material("m"), map[string]string{}, blob); !ok {
		t.Error("an empty context does not open what none sealed")
	}
}

// A change of any bit, anywhere, and any other length is noticed.
func TestTampering(t *testing.T) {
	blob := Seal(material("m"), keyRef, map[string]string{"k": "v"}, []byte("Hello"), Seeded("test").Reader("nonce"))
	for i := range blob {
		for bit := range 8 {
			changed := bytes.Clone(blob)
			changed[i] ^= 1 << bit
			if _, ok := Open(material("m"), map[string]string{"k": "v"}, changed); ok {
				t.Errorf("byte %d, bit %d changed and not noticed", i, bit)
			}
		}
	}
	for n := range len(blob) {
		if _, ok := Open(material("m"), map[string]string{"k": "v"}, blob[:n]); ok {
			t.Errorf("cut to %d bytes and not noticed", n)
		}
	}
	if _, ok := Open(material("m"), map[string]string{"k": "v"}, append(bytes.Clone(blob), 0)); ok {
		t.Error("a byte more and not noticed")
	}
}

func TestMaterialIDs(t *testing.T) {
	key := bytes.Repeat([]byte{7}, 32)
	if a, b := materialOf("a", key), materialOf("a", key); a.ID() != b.ID() {
		t.Errorf("the same bytes have ids %s and %s", a.ID(), b.ID())
	}
	if a, b := materialOf("a", key), materialOf("b", key); a.ID() == b.ID() {
		t.Error("the same bytes in two keys have one id")
	}
	if (Material{}).IsValid() || !material("m").IsValid() {
		t.Error("IsValid")
	}
}
