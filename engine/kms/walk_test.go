package kms

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"kmsplayground/engine/catalog"
)

// walkRow is a call of an operation; one that is there more than once has a word behind its name, "ReEncrypt/from".
type walkRow struct{ name, input string }

// stateWalk is a call of every operation. One that names two keys is there once for each; one that names none answers
// the same whatever the state of a key.
var stateWalk = []walkRow{
	{"CancelKeyDeletion", `{"KeyId":"{{id}}"}`},
	{"ConnectCustomKeyStore", `{"CustomKeyStoreId":"{{free}}"}`},
	{"CreateAlias", `{"AliasName":"alias/new","TargetKeyId":"{{id}}"}`},
	{"CreateCustomKeyStore", `{"CustomKeyStoreName":"third","CloudHsmClusterId":"cluster-cccccccccccc","TrustAnchorCertificate":"-----BEGIN CERTIFICATE-----","KeyStorePassword":"kmsuser1"}`},
	{"CreateGrant", `{"KeyId":"{{id}}","GranteePrincipal":"111122223333","Operations":["Encrypt"]}`},
	{"CreateKey", `{}`},
	{"Decapsulate", `{"KeyId":"{{id}}","SharedSecretCiphertextBlob":"eA==","EncapsulationAlgorithm":"ML_KEM"}`},
	{"Decrypt", `{"CiphertextBlob":"{{blob}}","KeyId":"{{id}}"}`},
	{"DeleteAlias", `{"AliasName":"alias/app"}`},
	{"DeleteCustomKeyStore", `{"CustomKeyStoreId":"{{free}}"}`},
	{"DeleteImportedKeyMaterial", `{"KeyId":"{{id}}"}`},
	{"DeriveSharedSecret", `{"KeyId":"{{id}}","KeyAgreementAlgorithm":"ECDH","PublicKey":"eA=="}`},
	{"DescribeCustomKeyStores", `{"CustomKeyStoreId":"{{free}}"}`},
	{"DescribeKey", `{"KeyId":"{{id}}"}`},
	{"DisableKey", `{"KeyId":"{{id}}"}`},
	{"DisableKeyRotation", `{"KeyId":"{{id}}"}`},
	{"DisconnectCustomKeyStore", `{"CustomKeyStoreId":"{{linked}}"}`},
	{"EnableKey", `{"KeyId":"{{id}}"}`},
	{"EnableKeyRotation", `{"KeyId":"{{id}}"}`},
	{"Encapsulate", `{"KeyId":"{{id}}","EncapsulationAlgorithm":"ML_KEM"}`},
	{"Encrypt", `{"KeyId":"{{id}}","Plaintext":"eA=="}`},
	{"GenerateDataKey", `{"KeyId":"{{id}}","KeySpec":"AES_256"}`},
	{"GenerateDataKeyPair", `{"KeyId":"{{id}}","KeyPairSpec":"ECC_NIST_P256"}`},
	{"GenerateDataKeyPairWithoutPlaintext", `{"KeyId":"{{id}}","KeyPairSpec":"ECC_NIST_P256"}`},
	{"GenerateDataKeyWithoutPlaintext", `{"KeyId":"{{id}}","KeySpec":"AES_256"}`},
	{"GenerateMac", `{"KeyId":"{{id}}","Message":"eA==","MacAlgorithm":"HMAC_SHA_256"}`},
	{"GenerateRandom", `{"NumberOfBytes":8}`},
	{"GetKeyLastUsage", `{"KeyId":"{{id}}"}`},
	{"GetKeyPolicy", `{"KeyId":"{{id}}"}`},
	{"GetKeyRotationStatus", `{"KeyId":"{{id}}"}`},
	{"GetParametersForImport", `{"KeyId":"{{id}}","WrappingAlgorithm":"RSAES_OAEP_SHA_256","WrappingKeySpec":"RSA_2048"}`},
	{"GetPublicKey", `{"KeyId":"{{id}}"}`},
	{"ImportKeyMaterial", `{"KeyId":"{{id}}","ImportToken":"eA==","EncryptedKeyMaterial":"eA==","ExpirationModel":"KEY_MATERIAL_DOES_NOT_EXPIRE"}`},
	{"ListAliases", `{"KeyId":"{{id}}"}`},
	{"ListGrants", `{"KeyId":"{{id}}"}`},
	{"ListKeyPolicies", `{"KeyId":"{{id}}"}`},
	{"ListKeyRotations", `{"KeyId":"{{id}}"}`},
	{"ListKeys", `{}`},
	{"ListResourceTags", `{"KeyId":"{{id}}"}`},
	{"ListRetirableGrants", `{"RetiringPrincipal":"111122223333"}`},
	{"PutKeyPolicy", `{"KeyId":"{{id}}","Policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"}`},
	{"ReEncrypt/from", `{"CiphertextBlob":"{{blob}}","SourceKeyId":"{{id}}","DestinationKeyId":"{{other}}"}`},
	{"ReEncrypt/to", `{"CiphertextBlob":"{{otherblob}}","DestinationKeyId":"{{id}}"}`},
	{"ReplicateKey", `{"KeyId":"{{id}}","ReplicaRegion":"eu-north-1"}`},
	{"RetireGrant", `{"GrantToken":"{{token}}"}`},
	{"RevokeGrant", `{"KeyId":"{{id}}","GrantId":"{{grant}}"}`},
	{"RotateKeyOnDemand", `{"KeyId":"{{id}}"}`},
	{"ScheduleKeyDeletion", `{"KeyId":"{{id}}"}`},
	{"Sign", `{"KeyId":"{{id}}","Message":"eA==","SigningAlgorithm":"ECDSA_SHA_256"}`},
	{"TagResource", `{"KeyId":"{{id}}","Tags":[{"TagKey":"a","TagValue":"b"}]}`},
	{"UntagResource", `{"KeyId":"{{id}}","TagKeys":["a"]}`},
	{"UpdateAlias/from", `{"AliasName":"alias/app","TargetKeyId":"{{other}}"}`},
	{"UpdateAlias/to", `{"AliasName":"alias/other","TargetKeyId":"{{id}}"}`},
	{"UpdateCustomKeyStore", `{"CustomKeyStoreId":"{{free}}","NewCustomKeyStoreName":"renamed"}`},
	{"UpdateKeyDescription", `{"KeyId":"{{id}}","Description":"x"}`},
	{"UpdatePrimaryRegion", `{"KeyId":"{{id}}","PrimaryRegion":"us-east-1"}`},
	{"Verify", `{"KeyId":"{{id}}","Message":"eA==","Signature":"eA==","SigningAlgorithm":"ECDSA_SHA_256"}`},
	{"VerifyMac", `{"KeyId":"{{id}}","Message":"eA==","MacAlgorithm":"HMAC_SHA_256","Mac":"eA=="}`},
}

// operationOf is the operation of a row of stateWalk.
func operationOf(name string) string {
	operation, _, _ := strings.Cut(name, "/")
	return operation
}

// spareStores are key stores of which no key knows: one is connected.
const spareStores = `kms:CreateCustomKeyStore {"CustomKeyStoreName":"linked","CloudHsmClusterId":"cluster-aaaaaaaaaaaa","TrustAnchorCertificate":"-----BEGIN CERTIFICATE-----","KeyStorePassword":"kmsuser1"}
		 kms:ConnectCustomKeyStore {"CustomKeyStoreId":"{{store}}"}
		 +60
		 kms:CreateCustomKeyStore {"CustomKeyStoreName":"free","CloudHsmClusterId":"cluster-bbbbbbbbbbbb","TrustAnchorCertificate":"-----BEGIN CERTIFICATE-----","KeyStorePassword":"kmsuser1"}`

const createStore = `kms:CreateCustomKeyStore {"CustomKeyStoreName":"store","CloudHsmClusterId":"cluster-2abcdefghij","TrustAnchorCertificate":"-----BEGIN CERTIFICATE-----","KeyStorePassword":"kmsuser1"}`

// worldInState is how a key comes into a state: key creates it, then is done when it has its alias, its grant and a
// ciphertext. "@eu-west-1" moves to another Region for good; "+60" lets seconds pass.
type worldInState struct{ state, key, then string }

// stateWorlds are keys in every state.
var stateWorlds = []worldInState{
	{"Enabled", `kms:CreateKey {}`, ``},
	{"Disabled", `kms:CreateKey {}`, `kms:DisableKey {"KeyId":"{{id}}"}`},
	{"PendingDeletion", `kms:CreateKey {}`, `kms:ScheduleKeyDeletion {"KeyId":"{{id}}"}`},
	{"PendingReplicaDeletion", `kms:CreateKey {"MultiRegion":true}`,
		`kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1"}
		 kms:ScheduleKeyDeletion {"KeyId":"{{id}}"}`},
	{"PendingImport", `kms:CreateKey {"Origin":"EXTERNAL"}`, ``},
	{"Unavailable", createStore + `
		 kms:ConnectCustomKeyStore {"CustomKeyStoreId":"{{store}}"}
		 +60
		 kms:CreateKey {"Origin":"AWS_CLOUDHSM","CustomKeyStoreId":"{{store}}"}`,
		`kms:DisconnectCustomKeyStore {"CustomKeyStoreId":"{{store}}"}`},
	{"Creating", `kms:CreateKey {"MultiRegion":true}
		 kms:Encrypt {"KeyId":"{{id}}","Plaintext":"eA=="}
		 kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1"}
		 @eu-west-1`, ``},
	{"Updating", `kms:CreateKey {"MultiRegion":true}
		 kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1"}
		 +60
		 @eu-west-1`, `us-east-1 kms:UpdatePrimaryRegion {"KeyId":"{{id}}","PrimaryRegion":"eu-west-1"}`},
}

// stateWorld is a world whose key {{id}} is in a state.
type stateWorld struct {
	world
	region string
}

func newStateWorld(t *testing.T, state, key, then string) *stateWorld {
	t.Helper()
	w := &stateWorld{*newWorld(), region}
	if strings.Contains(key, "@") { // where the key will be
		_, w.region, _ = strings.Cut(key, "@")
	}
	w.do(t, spareStores)
	for _, store := range w.kms.KeyStores(home, w.region) {
		w.saved[store.Name] = store.ID
	}
	w.region = region
	w.do(t, key)
	w.saved["arn"] = "arn:aws:kms:" + w.region + ":" + home + ":key/" + w.saved["id"]
	w.do(t, `kms:CreateAlias {"AliasName":"alias/app","TargetKeyId":"{{id}}"}`)
	w.while(catalog.Enabled, func() { // a key that waits gets its grant as if it had not waited before
		w.do(t, `kms:CreateGrant {"KeyId":"{{id}}","GranteePrincipal":"111122223333","Operations":["Encrypt"]}`)
	})
	id, blob := w.saved["id"], w.saved["blob"]
	if w.kms.keys[w.saved["arn"]].State == catalog.Enabled {
		w.do(t, `kms:Encrypt {"KeyId":"{{id}}","Plaintext":"eA=="}`)
		blob = w.saved["blob"]
	}
	w.do(t, `kms:CreateKey {}
		kms:CreateAlias {"AliasName":"alias/other","TargetKeyId":"{{id}}"}
		kms:Encrypt {"KeyId":"{{id}}","Plaintext":"eA=="}`)
	w.saved["other"], w.saved["otherblob"] = w.saved["id"], w.saved["blob"]
	if w.saved["id"] = id; blob != "" { // a key without material has no ciphertext, another's does as well
		w.saved["blob"] = blob
	}
	w.do(t, then)
	if got := w.kms.keys[w.saved["arn"]].State; string(got) != state {
		t.Fatalf("the key is %s, not %s", got, state)
	}
	return w
}

// while gives the key a state for as long as something is done.
func (w *stateWorld) while(state catalog.KeyState, do func()) {
	key := *w.kms.keys[w.saved["arn"]]
	was := key.State
	key.State = state
	w.kms.put(key)
	do()
	key = *w.kms.keys[w.saved["arn"]]
	key.State = was
	w.kms.put(key)
}

// do performs lines of stateWorlds and saves what they answer.
func (w *stateWorld) do(t *testing.T, lines string) {
	t.Helper()
	for line := range strings.SplitSeq(lines, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			continue
		case line == "import":
			w.importMaterial(t)
			continue
		case line[0] == '@':
			w.region = line[1:]
			continue
		case line[0] == '+':
			later, err := strconv.Atoi(line[1:])
			if err != nil {
				t.Fatal(err)
			}
			w.step(t, 0, step{Call: "kms:ListKeys", Later: time.Duration(later)})
			continue
		}
		region, line := w.in(line)
		call, input, _ := strings.Cut(line, " ")
		out, _, code := w.call(t, step{Call: call, Region: region}, w.fill(input))
		if code != "" {
			t.Fatalf("%s: %s", w.fill(line), code)
		}
		for name, path := range map[string]string{"store": "CustomKeyStoreId", "id": "KeyMetadata.KeyId", "blob": "CiphertextBlob", "grant": "GrantId", "token": "GrantToken",
			"Signature": "Signature", "Mac": "Mac", "PublicKey": "PublicKey", "CiphertextBlob": "CiphertextBlob", "SharedSecretCiphertextBlob": "SharedSecretCiphertextBlob"} {
			if value := at(out, path); value != "" {
				w.saved[name] = value
			}
		}
	}
}

// in takes a Region off the beginning of a line.
func (w *stateWorld) in(line string) (region, rest string) {
	if first, rest, _ := strings.Cut(line, " "); !strings.Contains(first, ":") {
		return first, rest
	}
	return w.region, line
}

// walk makes a call in a copy of the world.
func (w *stateWorld) walk(t *testing.T, name, input string) (code string) {
	t.Helper()
	copied := w.world
	copied.kms = w.kms.Clone()
	_, _, code = copied.call(t, step{Call: "kms:" + operationOf(name), Region: w.region}, copied.fill(input))
	return code
}

var stateTexts = map[string]string{
	"ok": "",
	"D":  "DisabledException: {{arn}} is disabled.",
	"P":  "KMSInvalidStateException: {{arn}} is pending deletion.",
	"R":  "KMSInvalidStateException: {{arn}} is pending replica deletion.",
	"N":  "KMSInvalidStateException: {{arn}} is not pending deletion.",
	"I":  "KMSInvalidStateException: {{arn}} is pending import.",
	"V":  "KMSInvalidStateException: {{arn}} is unavailable.",
	"C":  "KMSInvalidStateException: {{arn}} is creating.",
	"G":  "KMSInvalidStateException: {{arn}} is updating.",
	"O":  "UnsupportedOperationException: {{arn}} origin is {{origin}} which is not valid for this operation.",
	"U":  "UnsupportedOperationException: ",
	"W":  "InvalidKeyUsageException: {{arn}} key usage is ENCRYPT_DECRYPT which is not valid for {{operation}}.",
	"M":  "UnsupportedOperationException: {{arn}} is not a multi-region primary key.",
	"X":  "KMSInvalidStateException: {{arn}} is not a multi-Region primary key.",
	"T":  "InvalidImportTokenException: ",
	"Q":  "KMSInvalidStateException: No available key material pending rotation for the key: {{arn}}.",
}

// Every operation in every key state answers what testdata/key-states.txt says.
func TestStateWalk(t *testing.T) {
	walkStates(t, "testdata/key-states.txt", stateWorlds, stateWalk)
}

// walkStates holds what a table says of each row in each world.
func walkStates(t *testing.T, file string, worlds []worldInState, rows []walkRow) {
	t.Helper()
	table, columns := readTable(t, file)
	for i, world := range worlds {
		if columns[i] != world.state {
			t.Fatalf("column %d is %s, want %s", i, columns[i], world.state)
		}
		w := newStateWorld(t, world.state, world.key, world.then)
		w.saved["origin"] = w.kms.keys[w.saved["arn"]].Origin
		for _, row := range rows {
			w.saved["operation"] = operationOf(row.name)
			want, ok := stateTexts[table[row.name][i]]
			if !ok {
				t.Fatalf("%s in state %s: no expectation", row.name, world.state)
			}
			if code := w.walk(t, row.name, row.input); code != w.fill(want) {
				t.Errorf("%s of a key in state %s:\n got %q\nwant %q", row.name, world.state, code, w.fill(want))
			}
		}
	}
	if len(table) != len(rows) {
		t.Errorf("%d rows in the table, %d calls", len(table), len(rows))
	}
}

// importedWorlds are keys with imported material in the states that they can come into.
var importedWorlds = []worldInState{
	{"Enabled", `kms:CreateKey {"Origin":"EXTERNAL"}
		 import`, ``},
	{"Disabled", `kms:CreateKey {"Origin":"EXTERNAL"}
		 import`, `kms:DisableKey {"KeyId":"{{id}}"}`},
	{"PendingDeletion", `kms:CreateKey {"Origin":"EXTERNAL"}
		 import`, `kms:ScheduleKeyDeletion {"KeyId":"{{id}}"}`},
	{"PendingReplicaDeletion", `kms:CreateKey {"Origin":"EXTERNAL","MultiRegion":true}
		 import
		 kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1"}`, `kms:ScheduleKeyDeletion {"KeyId":"{{id}}"}`},
	{"PendingImport", `kms:CreateKey {"Origin":"EXTERNAL"}
		 import`, `kms:DeleteImportedKeyMaterial {"KeyId":"{{id}}"}`},
	{"Creating", `kms:CreateKey {"Origin":"EXTERNAL","MultiRegion":true}
		 import
		 kms:Encrypt {"KeyId":"{{id}}","Plaintext":"eA=="}
		 kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1"}
		 @eu-west-1`, ``},
	{"Updating", `kms:CreateKey {"Origin":"EXTERNAL","MultiRegion":true}
		 import
		 kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1"}
		 +60
		 @eu-west-1
		 import`, `us-east-1 kms:UpdatePrimaryRegion {"KeyId":"{{id}}","PrimaryRegion":"eu-west-1"}`},
}

// importedWalk is what keys with imported material answer otherwise than others of their state. The token is one of the
// key, what is imported is the material that it has.
var importedWalk = []walkRow{
	{"GetParametersForImport", `{"KeyId":"{{id}}","WrappingAlgorithm":"RSAES_OAEP_SHA_256","WrappingKeySpec":"RSA_2048"}`},
	{"ImportKeyMaterial", `{"KeyId":"{{id}}","ImportToken":"{{importtoken}}","EncryptedKeyMaterial":"{{wrapped}}","ExpirationModel":"KEY_MATERIAL_DOES_NOT_EXPIRE"}`},
	{"DeleteImportedKeyMaterial", `{"KeyId":"{{id}}"}`},
	{"Encrypt", `{"KeyId":"{{id}}","Plaintext":"eA=="}`},
	{"Decrypt", `{"CiphertextBlob":"{{blob}}","KeyId":"{{id}}"}`},
	{"GenerateDataKey", `{"KeyId":"{{id}}","KeySpec":"AES_256"}`},
	{"EnableKey", `{"KeyId":"{{id}}"}`},
	{"DisableKey", `{"KeyId":"{{id}}"}`},
	{"EnableKeyRotation", `{"KeyId":"{{id}}"}`},
	{"DisableKeyRotation", `{"KeyId":"{{id}}"}`},
	{"RotateKeyOnDemand", `{"KeyId":"{{id}}"}`},
	{"GetKeyRotationStatus", `{"KeyId":"{{id}}"}`},
	{"ListKeyRotations", `{"KeyId":"{{id}}","IncludeKeyMaterial":"ALL_KEY_MATERIAL"}`},
	{"ScheduleKeyDeletion", `{"KeyId":"{{id}}"}`},
	{"CancelKeyDeletion", `{"KeyId":"{{id}}"}`},
}

// Keys with imported material answer in every state what testdata/key-states-imported.txt says.
func TestStateWalkImported(t *testing.T) {
	walkStates(t, "testdata/key-states-imported.txt", importedWorlds, importedWalk)
}

// importMaterial gives the key of the world its material, in the Region in which the world is.
func (w *stateWorld) importMaterial(t *testing.T) {
	t.Helper()
	input := `{"KeyId":"{{id}}","WrappingAlgorithm":"RSAES_OAEP_SHA_256","WrappingKeySpec":"RSA_2048"}`
	out, _, code := w.call(t, step{Call: "kms:GetParametersForImport", Region: w.region}, w.fill(input))
	if code != "" {
		t.Fatal(code)
	}
	w.saved["importtoken"] = at(out, "ImportToken")
	w.saved["wrapped"] = wrapping{at(out, "PublicKey"), "RSAES_OAEP_SHA_256", "01*32"}.wrap(t)
	w.do(t, "kms:ImportKeyMaterial "+importedWalk[1].input)
}

// What the catalog's table of key states refuses is refused with its words.
func TestStateWalkIsTheCatalogs(t *testing.T) {
	refused := 0
	for _, world := range stateWorlds {
		w := newStateWorld(t, world.state, world.key, world.then)
		key := w.kms.keys[w.saved["arn"]]
		for _, row := range stateWalk {
			code, text := catalog.StateError(operationOf(row.name), key.ARN, key.State, key.Origin)
			if row.name == "UpdateAlias/from" || code == "" { // the table's row is about the new target
				continue
			}
			refused++
			if got := w.walk(t, row.name, row.input); got != code+": "+text {
				t.Errorf("%s of a key in state %s:\n got %q\nwant %q", row.name, world.state, got, code+": "+text)
			}
		}
	}
	if refused < 150 {
		t.Errorf("the catalog refuses %d cells", refused)
	}
}

// The walk leaves out no operation.
func TestStateWalkIsWhole(t *testing.T) {
	walked := map[string]bool{}
	for _, row := range stateWalk {
		walked[operationOf(row.name)] = true
	}
	for _, op := range catalog.KMS() {
		if !walked[op.Name] {
			t.Errorf("%s is left out", op.Name)
		}
	}
	if len(walked) != 56 {
		t.Errorf("%d operations are walked", len(walked))
	}
}

// readTable reads a file of rows: a name and cells, the names of the columns first.
func readTable(t *testing.T, file string) (rows map[string][]string, columns []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows = map[string][]string{}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || fields[0] == "#":
			continue
		case columns == nil:
			columns = fields[1:]
			continue
		case len(fields)-1 != len(columns) || rows[fields[0]] != nil:
			t.Fatalf("%s: bad row %s", file, line)
		}
		rows[fields[0]] = fields[1:]
	}
	return rows, columns
}
