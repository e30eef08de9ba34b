package catalog

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

func TestKMS(t *testing.T) {
	all := KMS()
	if len(all) != 56 {
		t.Errorf("%d operations, want 56", len(all))
	}
	for i, op := range all {
		if i > 0 && all[i-1].Name >= op.Name {
			t.Errorf("%s is not sorted", op.Name)
		}
		if found, ok := LookupKMS(op.Name); !ok || found.Name != op.Name || op.Service != "kms" {
			t.Errorf("%s is not found", op.Name)
		}
		checkMembers(t, op.Name, op.Input)
		checkMembers(t, op.Name, op.Output)
	}
	if _, ok := LookupKMS("encrypt"); ok {
		t.Error("names are spelled exactly")
	}
}

// checkMembers: every shape is whole and its pattern can be compiled.
func checkMembers(t *testing.T, where string, fields []Field) {
	t.Helper()
	for _, f := range fields {
		checkModel(t, where+"."+f.Name, f.Shape)
	}
}

func checkModel(t *testing.T, where string, s *Shape) {
	t.Helper()
	if s == nil || s.Name == "" || s.Type == "" {
		t.Errorf("%s has no shape", where)
		return
	}
	if _, err := regexp.Compile(unicodeEscapes(s.Pattern)); err != nil {
		t.Errorf("%s: %v", where, err)
	}
	switch s.Type {
	case List:
		checkModel(t, where, s.Member)
	case Map:
		checkModel(t, where, s.Key)
		checkModel(t, where, s.Member)
	case Structure:
		checkMembers(t, where, s.Fields)
	}
}

func TestValidate(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	rows := []struct{ operation, input, want string }{
		{"Encrypt", `{"KeyId":"a","Plaintext":"eA=="}`, ""},
		{"Encrypt", `{"KeyId":"a","Plaintext":null}`, "1 validation error detected: Value null at 'plaintext' failed to satisfy constraint: Member must not be null"},
		{"Encrypt", `{}`, "2 validation errors detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null; Value null at 'plaintext' failed to satisfy constraint: Member must not be null"},
		{"Encrypt", `{"KeyId":"a","Plaintext":"` + strings.Repeat("AAAA", 1366) + `"}`, "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096"},
		{"Encrypt", `{"KeyId":"a","Plaintext":"` + strings.Repeat("AAAA", 1365) + `AA=="}`, ""},
		{"Encrypt", `{"KeyId":"a","Plaintext":"eA==","EncryptionAlgorithm":"X"}`, "1 validation error detected: Value 'X' at 'encryptionAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [SYMMETRIC_DEFAULT, RSAES_OAEP_SHA_1, RSAES_OAEP_SHA_256, SM2PKE]"},
		{"Encrypt", `{"KeyId":"a","Plaintext":"eA==","GrantTokens":["1","2","3","4","5","6","7","8","9","10","11"]}`, "1 validation error detected: Value '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]' at 'grantTokens' failed to satisfy constraint: Member must have length less than or equal to 10"},
		{"Encrypt", `{"KeyId":"a","Plaintext":"eA==","GrantTokens":[""]}`, "1 validation error detected: Value '[]' at 'grantTokens' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 8192, Member must have length greater than or equal to 1]"},
		{"GenerateRandom", `{"NumberOfBytes":1025}`, "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024"},
		{"CreateAlias", `{"AliasName":"","TargetKeyId":"k"}`, "2 validation errors detected: Value '' at 'aliasName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$"},
		{"CreateKey", `{"Tags":[{"TagKey":"a","TagValue":"b"},{"TagKey":"` + long(129) + `","TagValue":""}]}`, "1 validation error detected: Value '" + long(129) + "' at 'tags.2.member.tagKey' failed to satisfy constraint: Member must have length less than or equal to 128"},
		{"CreateKey", `{"Policy":"é\t\n"}`, ""},
		{"CreateKey", `{"Policy":"€"}`, `1 validation error detected: Value '€' at 'policy' failed to satisfy constraint: Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u00FF]+`},
		{"ListKeys", `{"Marker":"` + long(1025) + `"}`, "1 validation error detected: Value '" + long(1025) + "' at 'marker' failed to satisfy constraint: Member must have length less than or equal to 1024"},
		{"CreateGrant", `{"KeyId":"k","GranteePrincipal":"a b","Operations":["Encrypt"]}`, `1 validation error detected: Value 'a b' at 'granteePrincipal' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\w+=,.@:/-]+$`},
		{"Decrypt", `{"CiphertextBlob":"eA==","Recipient":{"KeyEncryptionAlgorithm":"X"}}`, "1 validation error detected: Value 'X' at 'recipient.keyEncryptionAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [RSAES_OAEP_SHA_256]"},
		{"Decrypt", `{"Unknown":1}`, ""},
	}
	for _, row := range rows {
		op, _ := LookupKMS(row.operation)
		if got := Validate(*op, gjson.Parse(row.input)); got != row.want {
			t.Errorf("%s %.80s:\n got %s\nwant %s", row.operation, row.input, got, row.want)
		}
	}
}

func TestDecodable(t *testing.T) {
	rows := []struct{ operation, input, want string }{
		{"Encrypt", `{"KeyId":"a","Plaintext":"eA==","EncryptionContext":{"a":"b"},"GrantTokens":["t"],"DryRun":true}`, ""},
		{"Encrypt", `null`, ""},
		{"Encrypt", `[]`, "Unexpected value type in payload"},
		{"Encrypt", `{"KeyId":1}`, "NUMBER_VALUE can not be converted to a String"},
		{"Encrypt", `{"KeyId":{}}`, "Start of structure or map found where not expected."},
		{"Encrypt", `{"Plaintext":"*"}`, "STRING_VALUE can not be converted to a ByteBuffer"},
		{"Encrypt", `{"DryRun":"true"}`, "STRING_VALUE can not be converted to a Boolean"},
		{"Encrypt", `{"GrantTokens":"t"}`, "Expected list or null"},
		{"Encrypt", `{"GrantTokens":[true]}`, "TRUE_VALUE can not be converted to a String"},
		{"Encrypt", `{"EncryptionContext":{"a":1}}`, "NUMBER_VALUE can not be converted to a String"},
		{"Encrypt", `{"EncryptionContext":[]}`, "Unexpected value type in payload"},
		{"GenerateRandom", `{"NumberOfBytes":"8"}`, "STRING_VALUE can not be converted to an Integer"},
		{"GenerateRandom", `{"NumberOfBytes":8.5}`, "NUMBER_VALUE can not be converted to an Integer"},
		{"TagResource", `{"Tags":[{"TagKey":false}]}`, "FALSE_VALUE can not be converted to a String"},
		{"TagResource", `{"Tags":["a"]}`, "Unexpected value type in payload"},
		{"ImportKeyMaterial", `{"ValidTo":"2026"}`, "STRING_VALUE can not be converted to a Date"},
		{"ImportKeyMaterial", `{"ValidTo":1.5}`, ""},
		{"Encrypt", `{"Unknown":[{}]}`, ""},
	}
	for _, row := range rows {
		op, _ := LookupKMS(row.operation)
		if got := Decodable(*op, gjson.Parse(row.input)); got != row.want {
			t.Errorf("%s %s:\n got %s\nwant %s", row.operation, row.input, got, row.want)
		}
	}
}

func TestStateError(t *testing.T) {
	const arn = "arn:aws:kms:us-east-1:111122223333:key/k"
	rows := []struct {
		operation string
		state     KeyState
		origin    string
		want      string // "" when the state does not matter
	}{
		{"Encrypt", Enabled, "AWS_KMS", ""},
		{"Encrypt", Disabled, "AWS_KMS", "DisabledException: " + arn + " is disabled."},
		{"Encrypt", PendingDeletion, "AWS_KMS", "KMSInvalidStateException: " + arn + " is pending deletion."},
		{"TagResource", PendingReplicaDeletion, "AWS_KMS", "KMSInvalidStateException: " + arn + " is pending replica deletion."},
		{"EnableKey", PendingImport, "EXTERNAL", "KMSInvalidStateException: " + arn + " is pending import."},
		{"Encrypt", Unavailable, "AWS_CLOUDHSM", "KMSInvalidStateException: " + arn + " is unavailable."},
		{"Encrypt", Creating, "AWS_KMS", "KMSInvalidStateException: " + arn + " is creating."},
		{"DisableKey", Updating, "AWS_KMS", "KMSInvalidStateException: " + arn + " is updating."},
		{"CancelKeyDeletion", Enabled, "AWS_KMS", "KMSInvalidStateException: " + arn + " is not pending deletion."},
		{"CancelKeyDeletion", PendingReplicaDeletion, "AWS_KMS", ""},
		{"EnableKeyRotation", Enabled, "AWS_KMS", ""},
		{"EnableKeyRotation", Enabled, "AWS_CLOUDHSM", "UnsupportedOperationException: "},
		{"EnableKeyRotation", Disabled, "AWS_KMS", "DisabledException: " + arn + " is disabled."},
		{"EnableKeyRotation", Disabled, "EXTERNAL_KEY_STORE", "UnsupportedOperationException: "},
		{"EnableKeyRotation", PendingImport, "EXTERNAL", "UnsupportedOperationException: " + arn + " origin is EXTERNAL which is not valid for this operation."},
		{"GetParametersForImport", Enabled, "AWS_KMS", "UnsupportedOperationException: " + arn + " origin is AWS_KMS which is not valid for this operation."},
		{"GetParametersForImport", Enabled, "EXTERNAL", ""},
		{"GetParametersForImport", PendingDeletion, "EXTERNAL", "KMSInvalidStateException: " + arn + " is pending deletion."},
		{"GetParametersForImport", PendingDeletion, "AWS_KMS", "UnsupportedOperationException: " + arn + " origin is AWS_KMS which is not valid for this operation."},
		{"GetPublicKey", Disabled, "AWS_KMS", ""},
		{"GetKeyRotationStatus", PendingImport, "EXTERNAL", ""},
		{"ListKeys", Disabled, "AWS_KMS", ""},
	}
	for _, row := range rows {
		code, text := StateError(row.operation, arn, row.state, row.origin)
		got := code + ": " + text
		if code == "" {
			got = ""
		}
		if got != row.want {
			t.Errorf("%s %s %s:\n got %s\nwant %s", row.operation, row.state, row.origin, got, row.want)
		}
	}
}

// The table is sorted, has a row for every operation on an existing key, and no other; every cell has a meaning.
func TestKeyStatesAreWhole(t *testing.T) {
	names := []string{}
	for i, row := range keyStates {
		if i > 0 && keyStates[i-1].operation >= row.operation {
			t.Errorf("%s is not sorted", row.operation)
		}
		names = append(names, row.operation)
		for j, cell := range row.footnotes {
			note := footnote(cell, "AWS_KMS")
			if code, _ := footnoteText(note, stateColumns[j], "AWS_KMS"); code == "" && note != "ok" && note != "-" {
				t.Errorf("%s %s: footnote %q has no text", row.operation, stateColumns[j], cell)
			}
		}
	}
	for _, op := range KMS() {
		switch op.Name {
		case "CreateKey", "ListKeys", "ListRetirableGrants", "GenerateRandom":
			continue
		}
		if !strings.Contains(op.Name, "CustomKeyStore") && !slices.Contains(names, op.Name) {
			t.Errorf("%s has no row", op.Name)
		}
	}
	if len(names) != 56-4-6 {
		t.Errorf("%d rows", len(names))
	}
}

func TestKeySpecs(t *testing.T) {
	create, _ := LookupKMS("CreateKey")
	grant, _ := LookupKMS("CreateGrant")
	specs, usages, operations := enum(create.Input, "KeySpec"), enum(create.Input, "KeyUsage"), enum(grant.Input, "Operations")
	for _, k := range KeySpecs() {
		if !slices.Contains(specs, k.Spec) || !slices.Contains(usages, k.Usage) {
			t.Errorf("%s %s is not in the model", k.Spec, k.Usage)
		}
		if len(k.MaxPlaintext) != len(k.EncryptionAlgorithms) {
			t.Errorf("%s: %d limits for %d algorithms", k.Spec, len(k.MaxPlaintext), len(k.EncryptionAlgorithms))
		}
		for _, o := range k.GrantOperations() {
			if !slices.Contains(operations, o) {
				t.Errorf("%s %s: %s is no grant operation", k.Spec, k.Usage, o)
			}
		}
	}
	for _, spec := range specs {
		if !slices.ContainsFunc(KeySpecs(), func(k KeySpec) bool { return k.Spec == spec }) {
			t.Errorf("%s has no usage", spec)
		}
	}
	if _, ok := LookupKeySpec("RSA_2048", "GENERATE_VERIFY_MAC"); ok {
		t.Error("RSA keys make no MACs")
	}
}

func enum(fields []Field, name string) []string {
	for _, f := range fields {
		switch {
		case f.Name == name && f.Shape.Type == List:
			return f.Shape.Member.Enum
		case f.Name == name:
			return f.Shape.Enum
		}
	}
	return nil
}

func TestTimestamps(t *testing.T) {
	for _, seconds := range []float64{1767258000, 1767258000.123, 1.5} {
		if got := Epoch(FromEpoch(seconds)); got != seconds {
			t.Errorf("%v became %v", seconds, got)
		}
	}
}
