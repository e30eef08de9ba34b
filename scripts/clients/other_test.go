package clients

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestNode holds the AWS SDK for JavaScript under Node.
func TestNode(t *testing.T) {
	if _, err := os.Stat("node_modules/@aws-sdk/client-kms"); err != nil {
		skip(t, "run npm ci in scripts/clients, or make test-clients")
	}
	out, err := exec.Command("node", "kms.mjs", endpoint).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var got map[string]any
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := map[string]any{
		"who": "arn:aws:iam::100000000010:user/dev", "users": []any{"dev true"}, "description": "from Node ü", "opened": "hello", "dataKey": 32.0,
		"denied":  "KMSServiceException AccessDeniedException: User: arn:aws:iam::100000000010:user/dev is not authorized to perform: kms:Decrypt on resource: KEY because no identity-based policy allows the kms:Decrypt action",
		"context": "KMSServiceException InvalidCiphertextException: ",
		"secret":  "KMSServiceException InvalidSignatureException: The request s",
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		g, _ := json.Marshal(got[name])
		w, _ := json.Marshal(want[name])
		if name == "context" && strings.HasPrefix(string(g), string(w[:len(w)-1])) { // the SDK says something where KMS says nothing
			continue
		}
		if string(g) != string(w) {
			t.Errorf("%s: got  %s\nwant %s", name, g, w)
		}
	}
}

// TestCLI holds the AWS CLI, where there is one.
func TestCLI(t *testing.T) {
	if _, err := exec.LookPath("aws"); err != nil {
		skip(t, "there is no AWS CLI on this machine")
	}
	id, secret := "100000000011", "any"
	check := func(want string, args ...string) string {
		t.Helper()
		cmd := exec.Command("aws", append(args, "--endpoint-url", endpoint, "--region", region)...)
		cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "AWS_") }),
			"AWS_ACCESS_KEY_ID="+id, "AWS_SECRET_ACCESS_KEY="+secret, "AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null", "AWS_PAGER=", "AWS_MAX_ATTEMPTS=1")
		out, _ := cmd.CombinedOutput()
		got := strings.TrimSpace(string(out))
		if want != "" && got != want {
			t.Errorf("aws %s:\ngot  %s\nwant %s", strings.Join(args, " "), got, want)
		}
		return got
	}
	key := check("", "kms", "create-key", "--query", "KeyMetadata.Arn", "--output", "text")
	check("", "iam", "create-user", "--user-name", "dev", "--tags", "Key=team,Value=blue")
	check("", "iam", "put-user-policy", "--user-name", "dev", "--policy-name", "p", "--policy-document", mayEncrypt)
	check("kms:Encrypt", "iam", "get-user-policy", "--user-name", "dev", "--policy-name", "p", "--query", "PolicyDocument.Statement[0].Action", "--output", "text")
	made := strings.Fields(check("", "iam", "create-access-key", "--user-name", "dev", "--query", "AccessKey.[AccessKeyId,SecretAccessKey]", "--output", "text"))
	if len(made) != 2 {
		t.Fatal(made)
	}
	id, secret = made[0], made[1]
	check("arn:aws:iam::100000000011:user/dev", "sts", "get-caller-identity", "--query", "Arn", "--output", "text")
	check(key, "kms", "encrypt", "--key-id", key, "--plaintext", "aGVsbG8=", "--query", "KeyId", "--output", "text")
	check("An error occurred (AccessDeniedException) when calling the DescribeKey operation: User: arn:aws:iam::100000000011:user/dev is not authorized to perform: kms:DescribeKey on resource: "+key+
		" because no identity-based policy allows the kms:DescribeKey action", "kms", "describe-key", "--key-id", key)
	check("An error occurred (AccessDenied) when calling the ListUsers operation: User: arn:aws:iam::100000000011:user/dev is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::100000000011:user/ because no identity-based policy allows the iam:ListUsers action",
		"iam", "list-users")
	secret = "wrong"
	check("An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
		"sts", "get-caller-identity")
}
