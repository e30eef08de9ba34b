package shell

import (
	"encoding/base64"
	"encoding/hex"
	"io"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/interp"

	"kmsplayground/engine/awscli"
)

// Tools are what the console's openssl needs besides files. They belong to the person at the console, not to AWS.
type Tools interface {
	// Random draws bytes.
	Random(n int) []byte
	// EncryptFor encrypts under an RSA public key, SubjectPublicKeyInfo in DER, with one of AWS's algorithms.
	EncryptFor(public []byte, algorithm string, plaintext []byte) ([]byte, error)
}

// noTools is a shell without a world.
type noTools struct{}

func (noTools) Random(n int) []byte { return make([]byte, n) }

func (noTools) EncryptFor([]byte, string, []byte) ([]byte, error) { return nil, io.ErrUnexpectedEOF }

const opensslHas = "the console's openssl has rand, pkeyutl -encrypt and enc -base64"

// openssl is as much of OpenSSL's program as AWS's guide uses to import key material.
func (r *run) openssl(hc interp.HandlerContext, args []string) error {
	if len(args) == 0 {
		return fail(hc, 1, "openssl: "+opensslHas+"\n")
	}
	switch args[0] {
	case "rand":
		return r.opensslRand(hc, args[1:])
	case "pkeyutl":
		return r.opensslEncrypt(hc, args[1:])
	case "enc", "base64":
		return r.opensslBase64(hc, args)
	}
	return fail(hc, 1, "openssl: "+args[0]+" is not here; "+opensslHas+"\n")
}

// opensslOptions are options by name without their dash, and what stands beside them.
type opensslOptions struct {
	values map[string]string
	pkey   map[string]string // of -pkeyopt, by what stands before the colon
	rest   []string
}

// readOpenssl reads options: those that take a value, and those that do not.
func readOpenssl(args []string, valued, plain string) (o opensslOptions, problem string) {
	o.values, o.pkey = map[string]string{}, map[string]string{}
	for i := 0; i < len(args); i++ {
		name, isOption := strings.CutPrefix(args[i], "-")
		name = strings.TrimPrefix(name, "-")
		switch {
		case !isOption:
			o.rest = append(o.rest, args[i])
		case strings.Contains(plain, " "+name+" "):
			o.values[name] = "yes"
		case !strings.Contains(valued, " "+name+" "):
			return o, "Unknown option: " + args[i]
		case i+1 == len(args):
			return o, "Option " + args[i] + " needs a value"
		case name == "pkeyopt":
			key, value, _ := strings.Cut(args[i+1], ":")
			o.pkey[key] = value
			i++
		default:
			o.values[name] = args[i+1]
			i++
		}
	}
	return o, ""
}

func opensslFail(hc interp.HandlerContext, command, text string) error {
	return fail(hc, 1, "openssl "+command+": "+text+"\n")
}

// opensslIn reads the file of an option, standard input when it is left out.
func (r *run) opensslIn(hc interp.HandlerContext, o opensslOptions, option string) (content string, ok bool) {
	name := o.values[option]
	if name == "" {
		name = "-"
	}
	return r.input(hc, name)
}

// opensslOut writes the file of -out, or to standard output.
func (r *run) opensslOut(hc interp.HandlerContext, o opensslOptions, content []byte) error {
	if name := o.values["out"]; name != "" {
		return r.save(awscli.File{Name: name, Content: string(content)})
	}
	_, err := hc.Stdout.Write(content)
	return err
}

func (r *run) opensslRand(hc interp.HandlerContext, args []string) error {
	o, problem := readOpenssl(args, " out ", " hex base64 ")
	n, err := strconv.Atoi(strings.Join(o.rest, " "))
	switch {
	case problem != "":
		return opensslFail(hc, "rand", problem)
	case err != nil || n < 1 || n > maxOutput/2:
		return opensslFail(hc, "rand", "how many bytes? A number from 1 on is the last argument")
	}
	content := r.shell.tools.Random(n)
	switch {
	case o.values["hex"] != "":
		content = []byte(hex.EncodeToString(content) + "\n")
	case o.values["base64"] != "":
		content = []byte(base64.StdEncoding.EncodeToString(content) + "\n")
	}
	return r.opensslOut(hc, o, content)
}

// opensslEncrypt encrypts under a public key with OAEP. OpenSSL's default hash is SHA-1, and that of the mask the same.
func (r *run) opensslEncrypt(hc interp.HandlerContext, args []string) error {
	o, problem := readOpenssl(args, " in out inkey keyform pkeyopt ", " encrypt pubin ")
	hash := strings.ToLower(o.pkey["rsa_oaep_md"])
	if hash == "" {
		hash = "sha1"
	}
	algorithm := map[string]string{"sha1": "RSAES_OAEP_SHA_1", "sha256": "RSAES_OAEP_SHA_256"}[hash]
	mask := strings.ToLower(o.pkey["rsa_mgf1_md"])
	switch {
	case problem != "":
	case o.values["encrypt"] == "" || o.values["pubin"] == "":
		problem = "the console encrypts only, with -encrypt -pubin"
	case o.pkey["rsa_padding_mode"] != "oaep":
		problem = "the console pads with -pkeyopt rsa_padding_mode:oaep only"
	case algorithm == "" || mask != "" && mask != hash:
		problem = "the console's OAEP has sha1 or sha256, for the mask as well"
	case o.values["inkey"] == "":
		problem = "no public key given (-inkey)"
	}
	if problem != "" {
		return opensslFail(hc, "pkeyutl", problem)
	}
	key, ok := r.opensslIn(hc, o, "inkey")
	if !ok {
		return opensslFail(hc, "pkeyutl", "Can't open \""+o.values["inkey"]+"\" for reading, No such file or directory")
	}
	text, ok := r.opensslIn(hc, o, "in")
	if !ok {
		return opensslFail(hc, "pkeyutl", "Can't open \""+o.values["in"]+"\" for reading, No such file or directory")
	}
	sealed, err := r.shell.tools.EncryptFor(publicKey(key), algorithm, []byte(text))
	if err != nil {
		return opensslFail(hc, "pkeyutl", "Public Key operation error: "+err.Error())
	}
	return r.opensslOut(hc, o, sealed)
}

// publicKey is a public key in DER, which may come as PEM.
func publicKey(text string) []byte {
	inner, isPEM := strings.CutPrefix(strings.TrimSpace(text), "-----BEGIN PUBLIC KEY-----")
	if !isPEM {
		return []byte(text)
	}
	inner = strings.TrimSuffix(inner, "-----END PUBLIC KEY-----")
	content, _ := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(inner), ""))
	return content
}

// opensslBase64 is "openssl enc -base64" and "openssl base64": lines of 64 characters, or one with -A.
func (r *run) opensslBase64(hc interp.HandlerContext, args []string) error {
	o, problem := readOpenssl(args[1:], " in out ", " base64 a A d e ")
	switch {
	case problem != "":
		return opensslFail(hc, args[0], problem)
	case args[0] == "enc" && o.values["base64"]+o.values["a"] == "":
		return opensslFail(hc, "enc", "the console has -base64 only")
	}
	text, ok := r.opensslIn(hc, o, "in")
	if !ok {
		return opensslFail(hc, args[0], "Can't open \""+o.values["in"]+"\" for reading, No such file or directory")
	}
	if o.values["d"] != "" {
		content, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
		if err != nil {
			return opensslFail(hc, args[0], "the input is not base64")
		}
		return r.opensslOut(hc, o, content)
	}
	text = base64.StdEncoding.EncodeToString([]byte(text))
	var b strings.Builder
	for o.values["A"] == "" && len(text) > 64 {
		b.WriteString(text[:64] + "\n")
		text = text[64:]
	}
	b.WriteString(text)
	if o.values["A"] == "" && text != "" {
		b.WriteString("\n")
	}
	return r.opensslOut(hc, o, []byte(b.String()))
}
