package shell

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// countingTools draw 0, 1, 2, … and show what they were asked to encrypt.
type countingTools struct{}

func (countingTools) Random(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i)
	}
	return b
}

func (countingTools) EncryptFor(public []byte, algorithm string, plaintext []byte) ([]byte, error) {
	if bytes.Equal(public, []byte("bad")) {
		return nil, errors.New("not an RSA public key")
	}
	return fmt.Appendf(nil, "%s(%q, %q)", algorithm, public, plaintext), nil
}

func TestOpenssl(t *testing.T) {
	const encrypt = "openssl pkeyutl -encrypt -pubin -inkey key.bin -keyform DER -pkeyopt rsa_padding_mode:oaep "
	for _, row := range []struct{ script, want string }{
		{"openssl rand -hex 4", "00010203\n"},
		{"openssl rand -base64 4", "AAECAw==\n"},
		{"openssl rand -out m.bin 3; base64 m.bin", "AAEC\n"},
		{"openssl rand 3 | base64", "AAEC\n"},
		{"openssl rand", "openssl rand: how many bytes? A number from 1 on is the last argument\n[1  1:1]"},
		{"openssl rand -engine x 3", "openssl rand: Unknown option: -engine\n[1  1:1]"},
		{encrypt + "-in m.txt", `RSAES_OAEP_SHA_1("der", "text")`},
		{encrypt + "-in m.txt -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256 -out o.bin; cat o.bin", `RSAES_OAEP_SHA_256("der", "text")`},
		{"printf x | " + encrypt + "-pkeyopt rsa_oaep_md:SHA256", `RSAES_OAEP_SHA_256("der", "x")`},
		{encrypt + "-in m.txt -inkey key.pem", `RSAES_OAEP_SHA_1("der", "text")`},
		{encrypt + "-in m.txt -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha1", "openssl pkeyutl: the console's OAEP has sha1 or sha256, for the mask as well\n[1  1:1]"},
		{encrypt + "-in m.txt -pkeyopt rsa_oaep_md:md5", "openssl pkeyutl: the console's OAEP has sha1 or sha256, for the mask as well\n[1  1:1]"},
		{encrypt + "-in none", "openssl pkeyutl: Can't open \"none\" for reading, No such file or directory\n[1  1:1]"},
		{encrypt + "-in m.txt -inkey none", "openssl pkeyutl: Can't open \"none\" for reading, No such file or directory\n[1  1:1]"},
		{encrypt + "-in m.txt -inkey bad.bin", "openssl pkeyutl: Public Key operation error: not an RSA public key\n[1  1:1]"},
		{encrypt + "-in m.txt -inkey", "openssl pkeyutl: Option -inkey needs a value\n[1  1:1]"},
		{"openssl pkeyutl -decrypt -inkey key.bin -in m.txt", "openssl pkeyutl: Unknown option: -decrypt\n[1  1:1]"},
		{"openssl pkeyutl -encrypt -inkey key.bin -in m.txt", "openssl pkeyutl: the console encrypts only, with -encrypt -pubin\n[1  1:1]"},
		{"openssl pkeyutl -encrypt -pubin -inkey key.bin -in m.txt", "openssl pkeyutl: the console pads with -pkeyopt rsa_padding_mode:oaep only\n[1  1:1]"},
		{"printf text | openssl enc -base64 -A; echo; printf dGV4dA== | openssl enc -d -base64 -A", "dGV4dA==\ntext"},
		{"openssl base64 -in long.txt", strings.Repeat("QUFB", 16) + "\n" + strings.Repeat("QUFB", 4) + "\n"},
		{"openssl enc -d -base64 -in m.txt -out o; openssl enc -base64 -in o", "text\n"},
		{"printf '*' | openssl base64 -d", "openssl base64: the input is not base64\n[1  1:14]"},
		{"openssl enc -aes-256-cbc -in m.txt", "openssl enc: Unknown option: -aes-256-cbc\n[1  1:1]"},
		{"openssl genrsa", "openssl: genrsa is not here; the console's openssl has rand, pkeyutl -encrypt and enc -base64\n[1  1:1]"},
		{"openssl", "openssl: the console's openssl has rand, pkeyutl -encrypt and enc -base64\n[1  1:1]"},
	} {
		s := New(Options{Tools: countingTools{}, Files: map[string]string{
			"key.bin": "der", "bad.bin": "bad", "m.txt": "text", "long.txt": strings.Repeat("A", 60),
			"key.pem": "-----BEGIN PUBLIC KEY-----\nZGVy\n-----END PUBLIC KEY-----\n",
		}})
		check(t, s, row.script, row.want)
	}
}
