package keypair

import (
	"bytes"
	"strings"
	"testing"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
	"kmsplayground/engine/keypair/testdata/peer"
)

// TestCrosscheck holds all algorithms that OpenSSL and Node have as well against both, in both directions: what is made
// here is taken there, and the other way round, with keys from here and from there. ML-DSA, ML-KEM and Ed25519ph, which
// neither has in the versions of today, have vectors in testdata.
func TestCrosscheck(t *testing.T) {
	for _, p := range []struct {
		name  string
		start func(*testing.T) peer.Peer
	}{{"openssl", peer.OpenSSL}, {"node", peer.Node}} {
		t.Run(p.name, func(t *testing.T) { crosscheck(t, p.start(t)) })
	}
}

func crosscheck(t *testing.T, p peer.Peer) {
	generated := map[string][]byte{}
	for _, spec := range catalog.KeySpecs() {
		switch {
		case spec.Spec == hsm.SymmetricDefault || spec.Spec == "SM2" || strings.HasPrefix(spec.Spec, "ML_"):
			continue
		case spec.Usage == "GENERATE_VERIFY_MAC":
			checkMac(t, p, spec)
			continue
		}
		ours, err := All{}.NewKey(spec.Spec, hsm.Seeded("crosscheck").Reader(spec.Spec))
		if err != nil {
			t.Fatal(err)
		}
		if generated[spec.Spec] == nil {
			generated[spec.Spec] = p.Do(t, peer.Request{Do: "generate", Spec: spec.Spec})
		}
		theirs, err := All{}.ParseKey(spec.Spec, generated[spec.Spec])
		if err != nil {
			t.Fatalf("%s: a key of theirs: %v", spec.Spec, err)
		}
		for _, key := range []hsm.PrivateKey{ours, theirs} {
			if public := p.Do(t, peer.Request{Do: "public", Private: key.Private()}); !bytes.Equal(public, key.Public()) {
				t.Errorf("%s: public key\n got %x\nwant %x", spec.Spec, key.Public(), public)
			}
			again, err := All{}.ParseKey(spec.Spec, key.Private())
			if err != nil || !bytes.Equal(again.Private(), key.Private()) {
				t.Errorf("%s: the key is not read back: %v", spec.Spec, err)
			}
			checkUsage(t, p, spec, key)
		}
		if spec.Usage == "KEY_AGREEMENT" {
			checkDerive(t, p, ours, theirs)
		}
	}
}

func checkUsage(t *testing.T, p peer.Peer, spec catalog.KeySpec, key hsm.PrivateKey) {
	t.Helper()
	for _, algorithm := range spec.SigningAlgorithms {
		if algorithm != "ED25519_PH_SHA_512" {
			checkSignature(t, p, spec.Spec, algorithm, key)
		}
	}
	for i, algorithm := range spec.EncryptionAlgorithms {
		checkEncryption(t, p, algorithm, spec.MaxPlaintext[i], key)
		if spec.Spec == "RSA_2048" {
			checkUnwrap(t, p, algorithm, key)
		}
	}
}

var messages = [][]byte{[]byte("x"), bytes.Repeat([]byte("long "), 800)}

func checkSignature(t *testing.T, p peer.Peer, spec, algorithm string, key hsm.PrivateKey) {
	t.Helper()
	signer := key.(hsm.Signer)
	chance := hsm.Seeded("crosscheck").Reader(algorithm)
	for _, message := range messages {
		ask := peer.Request{Do: "verify", Algorithm: algorithm, Public: key.Public(), Message: message, Other: signer.Sign(algorithm, "RAW", message, chance)}
		if string(p.Do(t, ask)) != "true" {
			t.Errorf("%s %s: our signature is not taken: %x", spec, algorithm, ask.Other)
		}
		ask.Message = append([]byte("y"), message...)
		if string(p.Do(t, ask)) != "false" {
			t.Errorf("%s %s: our signature is taken for another message", spec, algorithm)
		}
		theirs := p.Do(t, peer.Request{Do: "sign", Algorithm: algorithm, Private: key.Private(), Message: message})
		if !signer.Verify(algorithm, "RAW", message, theirs) || signer.Verify(algorithm, "RAW", ask.Message, theirs) {
			t.Errorf("%s %s: their signature: %x", spec, algorithm, theirs)
		}
		if strings.HasPrefix(algorithm, "ED25519") {
			continue
		}
		if digest := digestOf(algorithm, "RAW", message); !signer.Verify(algorithm, "DIGEST", digest, theirs) {
			t.Errorf("%s %s: their signature, by its digest", spec, algorithm)
		}
	}
}

func checkEncryption(t *testing.T, p peer.Peer, algorithm string, longest int, key hsm.PrivateKey) {
	t.Helper()
	cipher := key.(hsm.Cipher)
	for _, size := range []int{1, longest} {
		plaintext := bytes.Repeat([]byte{7}, size)
		ours := cipher.Encrypt(algorithm, plaintext, hsm.Seeded("crosscheck").Reader(algorithm))
		if got := p.Do(t, peer.Request{Do: "decrypt", Algorithm: algorithm, Private: key.Private(), Message: ours}); !bytes.Equal(got, plaintext) {
			t.Errorf("%s: they decrypt %x", algorithm, got)
		}
		theirs := p.Do(t, peer.Request{Do: "encrypt", Algorithm: algorithm, Public: key.Public(), Message: plaintext})
		if got, ok := cipher.Decrypt(algorithm, theirs); !ok || !bytes.Equal(got, plaintext) {
			t.Errorf("%s: we decrypt %x", algorithm, got)
		}
	}
}

// checkUnwrap wraps material there, directly and under an AES key, and takes it in here.
func checkUnwrap(t *testing.T, p peer.Peer, algorithm string, key hsm.PrivateKey) {
	t.Helper()
	kek := bytes.Repeat([]byte{9}, 32)
	encrypted := p.Do(t, peer.Request{Do: "encrypt", Algorithm: algorithm, Public: key.Public(), Message: kek})
	wrapping := strings.Replace(algorithm, "RSAES_OAEP_", "RSA_AES_KEY_WRAP_", 1)
	for _, size := range []int{1, 7, 8, 9, 15, 16, 17, 32, 1217} {
		material := bytes.Repeat([]byte{byte(size)}, size)
		wrapped := p.Do(t, peer.Request{Do: "wrap", Private: kek, Message: material})
		if got, ok := key.(hsm.Unwrapper).Unwrap(wrapping, append(bytes.Clone(encrypted), wrapped...)); !ok || !bytes.Equal(got, material) {
			t.Fatalf("%s of %d bytes: %x %v", wrapping, size, got, ok)
		}
		wrapped[size/2] ^= 1
		if _, ok := key.(hsm.Unwrapper).Unwrap(wrapping, append(bytes.Clone(encrypted), wrapped...)); ok {
			t.Errorf("%s of %d bytes: a change is not noticed", wrapping, size)
		}
	}
	if got, ok := key.(hsm.Unwrapper).Unwrap(algorithm, encrypted); !ok || !bytes.Equal(got, kek) {
		t.Errorf("%s: %x %v", algorithm, got, ok)
	}
}

func checkDerive(t *testing.T, p peer.Peer, a, b hsm.PrivateKey) {
	t.Helper()
	want := p.Do(t, peer.Request{Do: "derive", Private: a.Private(), Public: b.Public()})
	for _, pair := range [][2]hsm.PrivateKey{{a, b}, {b, a}} {
		if got, ok := pair[0].(hsm.Agreement).Derive(pair[1].Public()); !ok || !bytes.Equal(got, want) {
			t.Errorf("shared secret %x, want %x", got, want)
		}
	}
}

func checkMac(t *testing.T, p peer.Peer, spec catalog.KeySpec) {
	t.Helper()
	key := hsm.Bytes(hsm.Seeded("crosscheck").Reader(spec.Spec), hsm.MacSize(spec.Spec))
	material, err := hsm.ParseMaterial(All{}, spec.Spec, "", key)
	if err != nil {
		t.Fatal(err)
	}
	for _, algorithm := range spec.MacAlgorithms {
		for _, message := range messages {
			want := p.Do(t, peer.Request{Do: "mac", Algorithm: algorithm, Private: key, Message: message})
			if got := material.Mac(algorithm, message); !bytes.Equal(got, want) || !material.VerifyMac(algorithm, message, want) {
				t.Errorf("%s: %x, want %x", algorithm, got, want)
			}
		}
	}
}
