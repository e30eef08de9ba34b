//go:build slow

package clients

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/kms"
)

// three are a key and the access keys of those who may encrypt with it, decrypt with it, and neither: "ID:SECRET".
func three(t *testing.T, account string) (key, encrypter, decrypter, denied string) {
	t.Helper()
	created, err := kms.NewFromConfig(rootOf(account)).CreateKey(t.Context(), &kms.CreateKeyInput{})
	if err != nil {
		t.Fatal(err)
	}
	pair := func(name, actions string) string {
		policy := ""
		if actions != "" {
			policy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[` + actions + `],"Resource":"*"}]}`
		}
		c, err := user(t, account, name, policy).Credentials.Retrieve(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return c.AccessKeyID + ":" + c.SecretAccessKey
	}
	return *created.KeyMetadata.Arn, pair("encrypter", `"kms:Encrypt","kms:GenerateDataKey"`), pair("decrypter", `"kms:Decrypt"`), pair("nobody", "")
}

// TestEncryptionSDK makes a round trip with the AWS Encryption SDK for JavaScript, with an encryption context and with
// message signing and key commitment, and holds that whoever may not decrypt gets nothing.
func TestEncryptionSDK(t *testing.T) {
	if _, err := os.Stat("slow/node_modules/@aws-crypto/client-node"); err != nil {
		skip(t, "run make clients")
	}
	key, encrypter, decrypter, denied := three(t, "100000000020")
	out, err := exec.Command("node", "slow/encryption-sdk.mjs", endpoint, key, encrypter, decrypter, denied).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var got struct{ Plaintext, Tenant, Refused string }
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got.Plaintext != "a secret" || got.Tenant != "1" {
		t.Errorf("the round trip gave %+v", got)
	}
	if !strings.Contains(got.Refused, "user/nobody is not authorized to perform: kms:Decrypt") {
		t.Errorf("who may not decrypt was told %q", got.Refused)
	}
}

// TestSops encrypts a file with sops, edits nothing, decrypts it, and holds that whoever may not decrypt gets nothing.
// SOPS names the program.
func TestSops(t *testing.T) {
	sops := os.Getenv("SOPS")
	if sops == "" {
		skip(t, "SOPS does not name the program; run make clients")
	}
	key, encrypter, decrypter, denied := three(t, "100000000021")
	dir := t.TempDir()
	plain, sealed := filepath.Join(dir, "plain.yaml"), filepath.Join(dir, "sealed.yaml")
	const text = "password: hunter2\n"
	if err := os.WriteFile(plain, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(pair string, args ...string) (string, string, error) {
		id, secret, _ := strings.Cut(pair, ":")
		cmd := exec.Command(sops, args...)
		cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "AWS_") || strings.HasPrefix(v, "SOPS_") }),
			"AWS_ACCESS_KEY_ID="+id, "AWS_SECRET_ACCESS_KEY="+secret, "AWS_ENDPOINT_URL="+endpoint, "AWS_REGION="+region, "AWS_MAX_ATTEMPTS=1",
			"AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null", "AWS_EC2_METADATA_DISABLED=true")
		var problem strings.Builder
		cmd.Stderr = &problem
		out, err := cmd.Output()
		return string(out), problem.String(), err
	}
	if _, problem, err := run(encrypter, "encrypt", "--kms", key, "--encryption-context", "app:web", "--output", sealed, plain); err != nil {
		t.Fatalf("%v: %s", err, problem)
	}
	if out, problem, err := run(decrypter, "decrypt", sealed); err != nil || out != text {
		t.Errorf("decrypted %q, %v: %s", out, err, problem)
	}
	if out, problem, err := run(denied, "decrypt", sealed); err == nil || strings.Contains(out, "hunter2") || !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(problem, "|", "")), ""), "user/nobodyisnotauthorizedtoperform:kms:Decrypt") {
		t.Errorf("who may not decrypt got %q, %v: %s", out, err, problem)
	}
}
