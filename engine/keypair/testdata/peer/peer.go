// Package peer is OpenSSL and Node's crypto, behind one question and answer, for tests that hold our cryptography against
// others. It stands in testdata because only tests need it.
package peer

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Peer is another implementation of the same algorithms. Private keys are PKCS #8, public ones SubjectPublicKeyInfo, both
// in DER.
type Peer interface {
	Do(t *testing.T, r Request) []byte
}

// Request is what a peer is asked to do.
type Request struct {
	Do        string // "sign"
	Spec      string
	Algorithm string
	Private   []byte
	Public    []byte
	Message   []byte
	Other     []byte // the signature to verify
}

// node is Node's crypto behind scripts/crosscheck/peer.mjs.
type node struct {
	in  io.Writer
	out *bufio.Reader
}

// Node starts Node; a test is skipped where there is none.
func Node(t *testing.T) Peer {
	t.Helper()
	program, err := exec.LookPath("node")
	if err != nil {
		t.Skip("skipped: there is no node here")
	}
	cmd := exec.Command(program, "../../scripts/crosscheck/peer.mjs")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	})
	return node{in, bufio.NewReader(out)}
}

func (n node) Do(t *testing.T, r Request) []byte {
	t.Helper()
	if err := json.NewEncoder(n.in).Encode(r); err != nil {
		t.Fatal(err)
	}
	line, err := n.out.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Bytes []byte
		Error string
	}
	if err := json.Unmarshal(line, &answer); err != nil || answer.Error != "" {
		t.Fatalf("%s %s %s: %v %s", r.Do, r.Spec, r.Algorithm, err, answer.Error)
	}
	return answer.Bytes
}

// openssl is the command, which reads keys and messages from files of a folder.
type openssl struct{ program, dir string }

// OpenSSL finds the command; a test is skipped where there is none.
func OpenSSL(t *testing.T) Peer {
	t.Helper()
	program, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("skipped: there is no openssl here")
	}
	return openssl{program, t.TempDir()}
}

var opensslCurves = map[string]string{"ECC_NIST_P256": "P-256", "ECC_NIST_P384": "P-384", "ECC_NIST_P521": "P-521", "ECC_SECG_P256K1": "secp256k1"}

func (o openssl) Do(t *testing.T, r Request) []byte {
	t.Helper()
	for name, content := range map[string][]byte{"private": r.Private, "public": r.Public, "message": r.Message, "other": r.Other} {
		if err := os.WriteFile(filepath.Join(o.dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	own := []string{"-inkey", "private", "-keyform", "DER"}
	theirs := []string{"-inkey", "public", "-keyform", "DER", "-pubin"}
	switch r.Do {
	case "generate":
		return o.generate(t, r.Spec)
	case "public":
		return o.run(t, []string{"pkey", "-in", "private", "-inform", "DER", "-pubout", "-outform", "DER"})
	case "sign":
		return o.run(t, []string{"pkeyutl", "-sign", "-in", "message"}, own, signOptions(r.Algorithm))
	case "verify":
		text, err := o.try([]string{"pkeyutl", "-verify", "-in", "message", "-sigfile", "other"}, theirs, signOptions(r.Algorithm))
		return []byte(strconv.FormatBool(err == nil && strings.Contains(string(text), "Successfully")))
	case "encrypt":
		return o.run(t, []string{"pkeyutl", "-encrypt", "-in", "message"}, theirs, oaepOptions(r.Algorithm))
	case "decrypt":
		return o.run(t, []string{"pkeyutl", "-decrypt", "-in", "message"}, own, oaepOptions(r.Algorithm))
	case "derive":
		return o.run(t, []string{"pkeyutl", "-derive", "-peerkey", "public", "-peerform", "DER"}, own)
	case "mac":
		return o.run(t, []string{"dgst", "-sha" + r.Algorithm[len(r.Algorithm)-3:], "-mac", "HMAC", "-macopt", "hexkey:" + hex.EncodeToString(r.Private), "-binary", "message"})
	case "wrap":
		return o.run(t, []string{"enc", "-id-aes256-wrap-pad", "-K", hex.EncodeToString(r.Private), "-iv", "A65959A6", "-in", "message"})
	}
	panic(r.Do)
}

func (o openssl) generate(t *testing.T, spec string) []byte {
	t.Helper()
	args := []string{"genpkey", "-outform", "DER", "-out", "generated", "-algorithm"}
	switch {
	case strings.HasPrefix(spec, "RSA_"):
		o.run(t, args, []string{"RSA", "-pkeyopt", "rsa_keygen_bits:" + spec[4:]})
	case opensslCurves[spec] != "":
		o.run(t, args, []string{"EC", "-pkeyopt", "ec_paramgen_curve:" + opensslCurves[spec]})
	default:
		o.run(t, args, []string{"ED25519"})
	}
	return o.run(t, []string{"pkcs8", "-topk8", "-nocrypt", "-in", "generated", "-inform", "DER", "-outform", "DER"})
}

func signOptions(algorithm string) []string {
	options := []string{"-rawin"}
	if !strings.HasPrefix(algorithm, "ED25519") {
		options = append(options, "-digest", "sha"+algorithm[len(algorithm)-3:])
	}
	if strings.HasPrefix(algorithm, "RSASSA_PSS_") {
		options = append(options, "-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:digest")
	}
	return options
}

func oaepOptions(algorithm string) []string {
	hash := "sha1"
	if strings.HasSuffix(algorithm, "256") {
		hash = "sha256"
	}
	return []string{"-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:" + hash, "-pkeyopt", "rsa_mgf1_md:" + hash}
}

func (o openssl) run(t *testing.T, args ...[]string) []byte {
	t.Helper()
	out, err := o.try(args...)
	if err != nil {
		t.Fatalf("openssl %v: %v", args, err)
	}
	return out
}

func (o openssl) try(args ...[]string) ([]byte, error) {
	cmd := exec.Command(o.program)
	for _, list := range args {
		cmd.Args = append(cmd.Args, list...)
	}
	var problems bytes.Buffer
	cmd.Dir, cmd.Stderr = o.dir, &problems
	out, err := cmd.Output()
	if err != nil {
		err = errors.New(problems.String())
	}
	return out, err
}
