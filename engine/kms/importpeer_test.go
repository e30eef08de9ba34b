package kms

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
	"kmsplayground/engine/keypair/testdata/peer"
)

// TestImportFromPeers: key material that OpenSSL and Node make and wrap under our public keys, in every way that AWS
// allows, comes in, and what the key then does they undo or verify.
func TestImportFromPeers(t *testing.T) {
	for _, p := range []struct {
		name  string
		start func(*testing.T) peer.Peer
	}{{"openssl", peer.OpenSSL}, {"node", peer.Node}} {
		t.Run(p.name, func(t *testing.T) {
			s := &importPeers{newWorld(), p.start(t), map[string][]byte{}, map[string]bool{}}
			for _, spec := range catalog.KeySpecs() {
				if spec.Spec != "SM2" && catalog.Importable(spec.Spec) {
					s.importSpec(t, spec)
				}
			}
			if len(s.ways) != 4*3 {
				t.Errorf("wrapped in %d ways", len(s.ways))
			}
		})
	}
}

// importPeers imports what a peer makes.
type importPeers struct {
	*world
	peer      peer.Peer
	materials map[string][]byte // by key spec, made once
	ways      map[string]bool   // of wrapping that were tried
}

func (s *importPeers) importSpec(t *testing.T, spec catalog.KeySpec) {
	t.Helper()
	material := s.materials[spec.Spec]
	if material == nil {
		material = s.makeMaterial(t, spec)
		s.materials[spec.Spec] = material
	}
	imported := 0
	for _, algorithm := range []string{"RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "RSA_AES_KEY_WRAP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256"} {
		for _, wrappingSpec := range []string{"RSA_2048", "RSA_3072", "RSA_4096"} {
			once := algorithm + " " + wrappingSpec // with every key spec only the smallest wrapping key: others take long
			if catalog.Wraps(algorithm, wrappingSpec, spec.Spec) && (wrappingSpec == "RSA_2048" || imported == 0 || !s.ways[once]) {
				s.ways[once] = true
				key := s.importKey(t, spec, algorithm, wrappingSpec, material)
				if imported++; imported == 1 {
					s.use(t, spec, key, material)
				}
			}
		}
	}
	if imported < 2 {
		t.Errorf("%s: imported in %d ways", spec.Spec, imported)
	}
}

func (s *importPeers) makeMaterial(t *testing.T, spec catalog.KeySpec) []byte {
	t.Helper()
	switch spec.Spec {
	case "RSA_3072", "RSA_4096": // which take peers long to make; that theirs are read is tested elsewhere
		return material(t, spec.Spec+" a")
	case symmetricDefault:
		return randomBytes(32)
	}
	if spec.Usage == "GENERATE_VERIFY_MAC" {
		return randomBytes(hsm.MacSize(spec.Spec))
	}
	return s.peer.Do(t, peer.Request{Do: "generate", Spec: spec.Spec})
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

// ask makes a call that must succeed.
func (s *importPeers) ask(t *testing.T, operation, input string) gjson.Result {
	t.Helper()
	out, _, code := s.call(t, step{Call: "kms:" + operation}, input)
	if code != "" {
		t.Fatalf("%s %.200s: %s", operation, input, code)
	}
	return gjson.Parse(out)
}

func base64Of(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func bytesOf(t *testing.T, text string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (s *importPeers) importKey(t *testing.T, spec catalog.KeySpec, algorithm, wrappingSpec string, material []byte) (keyID string) {
	t.Helper()
	keyID = s.ask(t, "CreateKey", `{"Origin":"EXTERNAL","KeySpec":"`+spec.Spec+`","KeyUsage":"`+spec.Usage+`"}`).Get("KeyMetadata.KeyId").Str
	p := s.ask(t, "GetParametersForImport", `{"KeyId":"`+keyID+`","WrappingAlgorithm":"`+algorithm+`","WrappingKeySpec":"`+wrappingSpec+`"}`)
	encrypt := func(text []byte) []byte {
		oaep := "RSAES_OAEP_SHA_" + algorithm[strings.LastIndex(algorithm, "_")+1:]
		return s.peer.Do(t, peer.Request{Do: "encrypt", Algorithm: oaep, Public: bytesOf(t, p.Get("PublicKey").Str), Message: text})
	}
	var wrapped []byte
	if strings.HasPrefix(algorithm, "RSAES_OAEP_") {
		wrapped = encrypt(material)
	} else {
		kek := randomBytes(32)
		wrapped = append(encrypt(kek), s.peer.Do(t, peer.Request{Do: "wrap", Private: kek, Message: material})...)
	}
	s.ask(t, "ImportKeyMaterial", `{"KeyId":"`+keyID+`","ImportToken":"`+p.Get("ImportToken").Str+`","EncryptedKeyMaterial":"`+base64Of(wrapped)+`","ExpirationModel":"KEY_MATERIAL_DOES_NOT_EXPIRE"}`)
	return keyID
}

// use lets the peer, which knows the material, undo what the key does.
func (s *importPeers) use(t *testing.T, spec catalog.KeySpec, key string, material []byte) {
	t.Helper()
	message := []byte("imported")
	named := `{"KeyId":"` + key + `"`
	switch spec.Usage {
	case "GENERATE_VERIFY_MAC":
		algorithm := spec.MacAlgorithms[0]
		mac := s.ask(t, "GenerateMac", named+`,"Message":"`+base64Of(message)+`","MacAlgorithm":"`+algorithm+`"}`)
		if want := s.peer.Do(t, peer.Request{Do: "mac", Algorithm: algorithm, Private: material, Message: message}); !bytes.Equal(bytesOf(t, mac.Get("Mac").Str), want) {
			t.Errorf("%s: another MAC", spec.Spec)
		}
	case "SIGN_VERIFY":
		s.useSignature(t, spec, named, material, message)
	case "KEY_AGREEMENT":
		other := s.peer.Do(t, peer.Request{Do: "generate", Spec: spec.Spec})
		public := s.peer.Do(t, peer.Request{Do: "public", Private: other})
		secret := s.ask(t, "DeriveSharedSecret", named+`,"KeyAgreementAlgorithm":"ECDH","PublicKey":"`+base64Of(public)+`"}`)
		own := bytesOf(t, s.ask(t, "GetPublicKey", named+"}").Get("PublicKey").Str)
		if want := s.peer.Do(t, peer.Request{Do: "derive", Private: other, Public: own}); !bytes.Equal(bytesOf(t, secret.Get("SharedSecret").Str), want) {
			t.Errorf("%s: another shared secret", spec.Spec)
		}
	default:
		s.useCipher(t, spec, named, message)
	}
}

func (s *importPeers) useSignature(t *testing.T, spec catalog.KeySpec, named string, material, message []byte) {
	t.Helper()
	public := bytesOf(t, s.ask(t, "GetPublicKey", named+"}").Get("PublicKey").Str)
	if want := s.peer.Do(t, peer.Request{Do: "public", Private: material}); !bytes.Equal(public, want) {
		t.Errorf("%s: another public key", spec.Spec)
	}
	for _, algorithm := range spec.SigningAlgorithms {
		if algorithm == "ED25519_PH_SHA_512" { // which neither peer has
			continue
		}
		signed := s.ask(t, "Sign", named+`,"Message":"`+base64Of(message)+`","SigningAlgorithm":"`+algorithm+`"}`)
		verified := s.peer.Do(t, peer.Request{Do: "verify", Algorithm: algorithm, Public: public, Message: message, Other: bytesOf(t, signed.Get("Signature").Str)})
		if string(verified) != "true" {
			t.Errorf("%s %s: the signature is not verified", spec.Spec, algorithm)
		}
		theirs := s.peer.Do(t, peer.Request{Do: "sign", Algorithm: algorithm, Private: material, Message: message})
		s.ask(t, "Verify", named+`,"Message":"`+base64Of(message)+`","SigningAlgorithm":"`+algorithm+`","Signature":"`+base64Of(theirs)+`"}`)
	}
}

func (s *importPeers) useCipher(t *testing.T, spec catalog.KeySpec, named string, message []byte) {
	t.Helper()
	for _, algorithm := range spec.EncryptionAlgorithms {
		with := named + `,"EncryptionAlgorithm":"` + algorithm + `"`
		blob := s.ask(t, "Encrypt", with+`,"Plaintext":"`+base64Of(message)+`"}`).Get("CiphertextBlob").Str
		if spec.Spec != symmetricDefault { // whose ciphertexts have a form of our own
			theirs := peer.Request{Do: "decrypt", Algorithm: algorithm, Private: s.materials[spec.Spec], Message: bytesOf(t, blob)}
			if got := s.peer.Do(t, theirs); !bytes.Equal(got, message) {
				t.Errorf("%s %s: decrypted %q", spec.Spec, algorithm, got)
			}
			public := bytesOf(t, s.ask(t, "GetPublicKey", named+"}").Get("PublicKey").Str)
			blob = base64Of(s.peer.Do(t, peer.Request{Do: "encrypt", Algorithm: algorithm, Public: public, Message: message}))
		}
		if got := s.ask(t, "Decrypt", with+`,"CiphertextBlob":"`+blob+`"}`).Get("Plaintext").Str; got != base64Of(message) {
			t.Errorf("%s %s: decrypted %q", spec.Spec, algorithm, got)
		}
	}
}
