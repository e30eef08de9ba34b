package kms

import (
	"strings"
	"testing"

	"kmsplayground/engine/catalog"
)

// usageWalk are the operations with keys of their own usage: what makes a key, what must be made with it before, and the
// call. What the first answers is saved under its name.
var usageWalk = []struct{ operation, key, before, input string }{
	{"Sign", `"KeySpec":"RSA_2048","KeyUsage":"SIGN_VERIFY"`, ``, `{"KeyId":"{{id}}","Message":"eA==","SigningAlgorithm":"RSASSA_PSS_SHA_256"}`},
	{"Sign", `"KeySpec":"ECC_NIST_P256","KeyUsage":"SIGN_VERIFY"`, ``, `{"KeyId":"{{id}}","Message":"eA==","SigningAlgorithm":"ECDSA_SHA_256"}`},
	{"Sign", `"KeySpec":"ECC_SECG_P256K1","KeyUsage":"SIGN_VERIFY"`, ``, `{"KeyId":"{{id}}","Message":"eA==","SigningAlgorithm":"ECDSA_SHA_256"}`},
	{"Sign", `"KeySpec":"ECC_NIST_EDWARDS25519","KeyUsage":"SIGN_VERIFY"`, ``, `{"KeyId":"{{id}}","Message":"eA==","SigningAlgorithm":"ED25519_SHA_512"}`},
	{"Sign", `"KeySpec":"ML_DSA_44","KeyUsage":"SIGN_VERIFY"`, ``, `{"KeyId":"{{id}}","Message":"eA==","SigningAlgorithm":"ML_DSA_SHAKE_256"}`},
	{"Verify", `"KeySpec":"ECC_NIST_P384","KeyUsage":"SIGN_VERIFY"`, `Sign {"KeyId":"{{id}}","Message":"eA==","SigningAlgorithm":"ECDSA_SHA_384"}`,
		`{"KeyId":"{{id}}","Message":"eA==","Signature":"{{Signature}}","SigningAlgorithm":"ECDSA_SHA_384"}`},
	{"GenerateMac", `"KeySpec":"HMAC_256","KeyUsage":"GENERATE_VERIFY_MAC"`, ``, `{"KeyId":"{{id}}","Message":"eA==","MacAlgorithm":"HMAC_SHA_256"}`},
	{"VerifyMac", `"KeySpec":"HMAC_512","KeyUsage":"GENERATE_VERIFY_MAC"`, `GenerateMac {"KeyId":"{{id}}","Message":"eA==","MacAlgorithm":"HMAC_SHA_512"}`,
		`{"KeyId":"{{id}}","Message":"eA==","MacAlgorithm":"HMAC_SHA_512","Mac":"{{Mac}}"}`},
	{"DeriveSharedSecret", `"KeySpec":"ECC_NIST_P521","KeyUsage":"KEY_AGREEMENT"`, `GetPublicKey {"KeyId":"{{id}}"}`,
		`{"KeyId":"{{id}}","KeyAgreementAlgorithm":"ECDH","PublicKey":"{{PublicKey}}"}`},
	{"Encapsulate", `"KeySpec":"ML_KEM_768","KeyUsage":"ENCAPSULATE_DECAPSULATE"`, ``, `{"KeyId":"{{id}}","EncapsulationAlgorithm":"ML_KEM"}`},
	{"Decapsulate", `"KeySpec":"ML_KEM_512","KeyUsage":"ENCAPSULATE_DECAPSULATE"`, `Encapsulate {"KeyId":"{{id}}","EncapsulationAlgorithm":"ML_KEM"}`,
		`{"KeyId":"{{id}}","EncapsulationAlgorithm":"ML_KEM","SharedSecretCiphertextBlob":"{{SharedSecretCiphertextBlob}}"}`},
	{"Encrypt", `"KeySpec":"RSA_2048","KeyUsage":"ENCRYPT_DECRYPT"`, ``, `{"KeyId":"{{id}}","Plaintext":"eA==","EncryptionAlgorithm":"RSAES_OAEP_SHA_256"}`},
	{"Decrypt", `"KeySpec":"RSA_2048","KeyUsage":"ENCRYPT_DECRYPT"`, `Encrypt {"KeyId":"{{id}}","Plaintext":"eA==","EncryptionAlgorithm":"RSAES_OAEP_SHA_1"}`,
		`{"KeyId":"{{id}}","CiphertextBlob":"{{CiphertextBlob}}","EncryptionAlgorithm":"RSAES_OAEP_SHA_1"}`},
	{"ReEncrypt", `"KeySpec":"RSA_2048","KeyUsage":"ENCRYPT_DECRYPT"`, `Encrypt {"KeyId":"{{id}}","Plaintext":"eA==","EncryptionAlgorithm":"RSAES_OAEP_SHA_1"}`,
		`{"SourceKeyId":"{{id}}","CiphertextBlob":"{{CiphertextBlob}}","SourceEncryptionAlgorithm":"RSAES_OAEP_SHA_1","DestinationKeyId":"{{id}}","DestinationEncryptionAlgorithm":"RSAES_OAEP_SHA_256"}`},
	{"GetPublicKey", `"KeySpec":"ECC_NIST_P256","KeyUsage":"KEY_AGREEMENT"`, ``, `{"KeyId":"{{id}}"}`},
}

// usageStates say how such a key comes into each state that it can be in; custom key stores have none of them.
var usageStates = []struct {
	state catalog.KeyState
	key   string // what is added to CreateKey
	then  string
}{
	{catalog.Enabled, ``, ``},
	{catalog.Disabled, ``, `kms:DisableKey {"KeyId":"{{id}}"}`},
	{catalog.PendingDeletion, ``, `kms:ScheduleKeyDeletion {"KeyId":"{{id}}"}`},
	{catalog.PendingReplicaDeletion, `,"MultiRegion":true`, `kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1"}
		kms:ScheduleKeyDeletion {"KeyId":"{{id}}"}`},
	{catalog.PendingImport, `,"Origin":"EXTERNAL"`, ``},
	{catalog.Creating, `,"MultiRegion":true`, `kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1"}
		@eu-west-1`},
	{catalog.Updating, `,"MultiRegion":true`, `kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1"}
		+60
		@eu-west-1
		us-east-1 kms:UpdatePrimaryRegion {"KeyId":"{{id}}","PrimaryRegion":"eu-west-1"}`},
}

// Every operation, with a key of its own usage, succeeds in the states of the catalog's table and in no other; a dry run
// says that it would.
func TestUsageStates(t *testing.T) {
	for _, row := range usageWalk {
		for _, s := range usageStates {
			if s.state == catalog.PendingImport && strings.Contains(row.key, `"ML_`) {
				continue // such material cannot be imported
			}
			w := &stateWorld{*newWorld(), region}
			w.do(t, `kms:CreateKey {`+row.key+s.key+`}`)
			if s.state != catalog.PendingImport && row.before != "" {
				w.do(t, "kms:"+row.before)
			}
			w.do(t, s.then)
			arn := "arn:aws:kms:" + w.region + ":" + home + ":key/" + w.saved["id"]
			key := w.kms.keys[arn]
			if key.State != s.state {
				t.Fatalf("the key is %s, not %s", key.State, s.state)
			}
			want := ""
			if code, text := catalog.StateError(row.operation, arn, key.State, key.Origin); code != "" {
				want = code + ": " + text
			}
			if row.operation == "GetPublicKey" && s.state == catalog.PendingImport {
				want = "KMSInvalidStateException: " + arn + " is pending import."
			}
			for _, name := range []string{"Signature", "Mac", "PublicKey", "CiphertextBlob", "SharedSecretCiphertextBlob"} {
				if w.saved[name] == "" {
					w.saved[name] = "eA=="
				}
			}
			if got := w.walk(t, row.operation, row.input); got != want {
				t.Errorf("%s with a key of %s in state %s:\n got %q\nwant %q", row.operation, row.key, s.state, got, want)
			}
			if want == "" && row.operation != "GetPublicKey" {
				want = "DryRunOperationException: The request would have succeeded, but the DryRun option is set."
				if got := w.walk(t, row.operation, row.input[:len(row.input)-1]+`,"DryRun":true}`); got != want {
					t.Errorf("%s as a dry run: %q", row.operation, got)
				}
			}
		}
	}
}
