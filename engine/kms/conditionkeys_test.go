package kms

import (
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
)

// variant is one of the calls that are made of an operation; the marks of testdata/condition-keys.txt say in which of
// them a key is carried.
type variant struct {
	name  string
	marks string
}

var (
	bare  = variant{"bare", " ^"}
	full  = variant{"full", " ^?~"}
	other = variant{"other", " !~"}
)

// marked takes the mark off a name; a space stands for none.
func marked(text string) (name, mark string) {
	if i := len(text) - 1; strings.ContainsRune("?!^~-", rune(text[i])) {
		return text[:i], text[i:]
	}
	return text, " "
}

func (v variant) has(mark string) bool { return strings.Contains(v.marks, mark) }

// checkRow is a row of testdata/condition-keys.txt.
type checkRow struct {
	action, mark, resource string
	keys                   map[string]string // name: mark
}

func readChecks(t *testing.T) map[string][]checkRow {
	t.Helper()
	text, err := os.ReadFile("testdata/condition-keys.txt")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]checkRow{}
	var everyKey []string
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || fields[0] == "#":
			continue
		case fields[0] == "KEY":
			everyKey = fields[1:]
			continue
		}
		row := checkRow{resource: fields[2], keys: map[string]string{}}
		row.action, row.mark = marked(fields[1])
		names := fields[3:]
		if len(names) > 0 && names[0] == "KEY" {
			names = append(slices.Clone(everyKey), names[1:]...)
		}
		for _, text := range names {
			name, mark := marked(text)
			row.keys[name] = mark
		}
		rows[fields[0]] = append(rows[fields[0]], row)
	}
	return rows
}

// Parameters of the calls, by "Operation.Parameter" or name, as JSON; what is missing follows from the model. Names that
// begin with "full " and "other " are for that call.
var parameters = map[string]string{
	"KeyId": `"{{id}}"`, "TargetKeyId": `"{{other}}"`, "SourceKeyId": `"{{id}}"`, "DestinationKeyId": `"{{other}}"`,
	"full KeyId": `"alias/app"`, "full SourceKeyId": `"alias/app"`, "full DestinationKeyId": `"alias/other"`,
	"AliasName": `"alias/app"`, "CreateAlias.AliasName": `"alias/new"`,
	"CiphertextBlob": `"{{blob}}"`, "SourceEncryptionContext": `{"k":"v"}`, "DestinationEncryptionContext": `{"k":"v"}`,
	"EncryptionContext": `{"k":"v"}`, "Plaintext": `"eA=="`, "NumberOfBytes": `16`, "GrantTokens": `[]`,
	"GranteePrincipal": `"111122223333"`, "RetiringPrincipal": `"111122223333"`, "Operations": `["Encrypt"]`,
	"Constraints":             `{"EncryptionContextSubset":{"k":"v"}}`,
	"other Constraints":       `{"SourceArn":"arn:aws:s3:::amzn-s3-demo-bucket"}`,
	"GranteeServicePrincipal": `"ec2.amazonaws.com"`, "RetiringServicePrincipal": `"ec2.amazonaws.com"`,
	"GrantId": `"{{grant}}"`, "GrantToken": `"{{token}}"`, "Name": `"grant"`, "Description": `"d"`, "PolicyName": `"default"`,
	"Policy": `"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"`,
	"Tags":   `[{"TagKey":"a","TagValue":"b"}]`, "TagKeys": `["a"]`, "Limit": `10`,
	"ReplicaRegion": `"eu-north-1"`, "PrimaryRegion": `"eu-west-1"`, "PendingWindowInDays": `7`, "RotationPeriodInDays": `90`,
	"ValidTo": `1768000000`, "ImportToken": `"eA=="`, "EncryptedKeyMaterial": `"eA=="`, "ImportType": `"EXISTING_KEY_MATERIAL"`,
	"other ExpirationModel": `"KEY_MATERIAL_DOES_NOT_EXPIRE"`, "KeyMaterialDescription": `"d"`,
	"KeyMaterialId": `"0000000000000000000000000000000000000000000000000000000000000000"`,
	"KeyPairSpec":   `"ECC_NIST_P256"`, "Message": `"eA=="`, "Mac": `"eA=="`, "Signature": `"eA=="`, "PublicKey": `"eA=="`,
	"SharedSecretCiphertextBlob": `"eA=="`, "CreateKey.KeySpec": `"SYMMETRIC_DEFAULT"`, "KeyUsage": `"ENCRYPT_DECRYPT"`, "Origin": `"AWS_KMS"`,
	"CustomKeyStoreId": `"cks-1"`, "CustomKeyStoreName": `"store"`, "NewCustomKeyStoreName": `"new"`, "CloudHsmClusterId": `"cluster-2abcdefghij"`,
	"TrustAnchorCertificate": `"-----BEGIN CERTIFICATE-----"`, "KeyStorePassword": `"kmsuser1"`, "EncryptionAlgorithm": `"SYMMETRIC_DEFAULT"`,
}

// needed are parameters that AWS wants although the model does not require them; excluded are those that do not go with
// the rest of a full call, or are refused (Recipient).
var (
	needed = map[string][]string{
		"Decrypt": {"CiphertextBlob"}, "ReEncrypt": {"CiphertextBlob"}, "CreateGrant": {"GranteePrincipal"},
		"GenerateDataKey": {"KeySpec"}, "GenerateDataKeyWithoutPlaintext": {"KeySpec"}, "GenerateRandom": {"NumberOfBytes"},
		"RetireGrant": {"GrantToken"}, "ListRetirableGrants": {"RetiringPrincipal"}, "ImportKeyMaterial": {"ValidTo"},
		"CreateCustomKeyStore": {"CloudHsmClusterId", "TrustAnchorCertificate", "KeyStorePassword"},
	}
	excluded = map[string][]string{
		"CreateKey":       {"CustomerMasterKeySpec", "CustomKeyStoreId", "XksKeyId"},
		"CreateGrant":     {"GranteeServicePrincipal", "RetiringServicePrincipal"},
		"GenerateDataKey": {"NumberOfBytes"}, "GenerateDataKeyWithoutPlaintext": {"NumberOfBytes"}, "GenerateRandom": {"CustomKeyStoreId"},
		"RetireGrant": {"KeyId", "GrantId"}, "DescribeCustomKeyStores": {"CustomKeyStoreName"},
		"ListGrants": {"GranteeServicePrincipal"}, "ListRetirableGrants": {"RetiringServicePrincipal"},
		"CreateCustomKeyStore": {"XksProxyUriEndpoint", "XksProxyUriPath", "XksProxyVpcEndpointServiceName", "XksProxyVpcEndpointServiceOwner", "XksProxyAuthenticationCredential", "XksProxyConnectivity"},
		"UpdateCustomKeyStore": {"XksProxyUriEndpoint", "XksProxyUriPath", "XksProxyVpcEndpointServiceName", "XksProxyVpcEndpointServiceOwner", "XksProxyAuthenticationCredential", "XksProxyConnectivity"},
	}
	// others are the parameters of the other calls, beside the required ones.
	others = map[string][]string{
		"CreateGrant":       {"GranteeServicePrincipal", "RetiringServicePrincipal", "Constraints"},
		"ImportKeyMaterial": {"ExpirationModel"},
		"CreateKey":         {"MultiRegion"},
	}
)

// modelCall builds a call of an operation from its model.
func modelCall(op *catalog.Operation, v variant) string {
	input := map[string]json.RawMessage{}
	for _, f := range op.Input {
		more := needed[op.Name]
		if v == other {
			more = others[op.Name]
		}
		whole := v == full && f.Name != "Recipient" && !slices.Contains(excluded[op.Name], f.Name)
		if f.Required || whole || slices.Contains(more, f.Name) {
			input[f.Name] = json.RawMessage(parameter(op.Name, f, v))
		}
	}
	text, err := json.Marshal(input)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func parameter(operation string, f catalog.Field, v variant) string {
	row := lookup(operation)
	aliases := !slices.ContainsFunc(row.keys, func(id identifier) bool { return id.name == f.Name && !id.aliases })
	names := []string{operation + "." + f.Name, v.name + " " + f.Name, f.Name}
	if !aliases {
		names[1] = ""
	}
	for _, name := range names {
		if text, ok := parameters[name]; ok {
			return text
		}
	}
	switch {
	case len(f.Shape.Enum) > 0:
		return strconv.Quote(f.Shape.Enum[0])
	case f.Shape.Type == catalog.Boolean:
		return "true"
	case f.Shape.Type == catalog.List && len(f.Shape.Member.Enum) > 0:
		return `["` + f.Shape.Member.Enum[0] + `"]`
	}
	return "null"
}

// conditionWorlds are where the bare and the other calls are made, and where the full ones are.
func conditionWorld(t *testing.T, v variant, operation string) *stateWorld {
	t.Helper()
	w := &stateWorld{*newWorld(), region}
	w.saved["constraints"], w.saved["key"] = "", ""
	if v == full {
		w.saved["constraints"], w.saved["key"] = `,"Constraints":{"EncryptionContextSubset":{"k":"v"}}`, `"MultiRegion":true,"Tags":[{"TagKey":"t","TagValue":"v"}]`
	}
	aliased := v == full || operation == "DeleteAlias" || operation == "UpdateAlias"
	w.do(t, `kms:CreateKey {{{key}}}`)
	w.saved["other"] = w.saved["id"]
	if v == full {
		w.do(t, `kms:CreateAlias {"AliasName":"alias/other","TargetKeyId":"{{id}}"}`)
	}
	w.do(t, `kms:CreateKey {{{key}}}
		kms:CreateGrant {"KeyId":"{{id}}","GranteePrincipal":"111122223333","Operations":["Encrypt"]{{constraints}}}
		kms:Encrypt {"KeyId":"{{id}}","Plaintext":"eA=="}
		iam:CreateUser {"UserName":"admin"}
		iam:AttachUserPolicy {"UserName":"admin","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}`)
	if aliased {
		w.do(t, `kms:CreateAlias {"AliasName":"alias/app","TargetKeyId":"{{id}}"}`)
	}
	if v == full {
		w.do(t, `kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1","Tags":[{"TagKey":"t","TagValue":"v"}]}
			eu-west-1 kms:CreateAlias {"AliasName":"alias/app","TargetKeyId":"{{id}}"}`)
		w.do(t, `organizations:CreateOrganization {"FeatureSet":"ALL"}`)
	}
	return w
}

// Every check of every operation carries exactly the condition keys that AWS lists for it, with the right type of value.
func TestConditionKeys(t *testing.T) {
	checks := readChecks(t)
	types, _ := readTable(t, "testdata/condition-types.txt")
	pairs := 0
	for i := range catalog.KMS() {
		op := &catalog.KMS()[i]
		variants := []variant{bare, full}
		if others[op.Name] != nil {
			variants = append(variants, other)
		}
		for _, v := range variants {
			pairs += checkConditionKeys(t, op, v, checks[op.Name], types)
		}
		delete(checks, op.Name)
	}
	for name := range checks {
		t.Errorf("there is no operation %s", name)
	}
	if pairs < 5000 {
		t.Errorf("%d pairs", pairs)
	}
}

func checkConditionKeys(t *testing.T, op *catalog.Operation, v variant, rows []checkRow, types map[string][]string) (pairs int) {
	t.Helper()
	w := conditionWorld(t, v, op.Name)
	input := w.fill(modelCall(op, v))
	s := step{As: "admin", Call: "kms:" + op.Name}
	if v == full {
		s.Via = "dynamodb"
	}
	before := w.kms.Clone()
	_, result, code := w.call(t, s, input)
	rows = slices.DeleteFunc(slices.Clone(rows), func(r checkRow) bool { return !v.has(r.mark) })
	if len(rows) != len(result.Checks) {
		t.Errorf("%s, %s call %s: %d checks, want %d (%s)", op.Name, v.name, input, len(result.Checks), len(rows), code)
		return 0
	}
	for i, row := range rows {
		x := &result.Checks[i]
		if action := row.action; x.Action != action && x.Action != "kms:"+action || resourceKind(before, x.Resource) != row.resource {
			t.Errorf("%s, %s call: check %d is %s on %s, want %s on %s", op.Name, v.name, i+1, x.Action, x.Resource, row.action, row.resource)
		}
		place := op.Name + ", " + v.name + " call, " + x.Action + " on " + row.resource
		for key, cells := range types {
			pairs++
			mark, named := row.keys[key]
			checkCarried(t, place, key, x.Context, named && v.has(mark), cells[0], cells[1] == "list")
		}
		for key := range row.keys {
			if types[key] == nil {
				t.Errorf("%s: %s has no type", place, key)
			}
		}
		checkCommon(t, w, s, place, x)
	}
	return pairs
}

// resourceKind is what a check is about; "new" is a key that is not there yet.
func resourceKind(before *Service, resource string) string {
	a, _ := arn.Parse(resource)
	kind, _, _ := strings.Cut(a.Resource, "/")
	_, exists := before.Key(resource)
	switch {
	case resource == "*":
		return "*"
	case kind == "key" && !exists:
		return "new"
	}
	return kind
}

// checkCarried holds one condition key of a check to the table.
func checkCarried(t *testing.T, place, key string, context []authz.ContextEntry, want bool, kind string, list bool) {
	t.Helper()
	found := false
	for _, entry := range context {
		prefix, family := strings.CutSuffix(key, "*")
		if entry.Key != key && !(family && strings.HasPrefix(entry.Key, prefix)) {
			continue
		}
		found = true
		if entry.Multi != list {
			t.Errorf("%s: %s is a list: %v", place, entry.Key, entry.Multi)
		}
		for _, value := range entry.Values {
			if !isOfType(kind, value) {
				t.Errorf("%s: %s is %q, no %s", place, entry.Key, value, kind)
			}
		}
	}
	if found != want {
		t.Errorf("%s: carries %s: %v, want %v", place, key, found, want)
	}
}

func isOfType(kind, value string) bool {
	switch kind {
	case "Bool":
		return value == "true" || value == "false"
	case "Numeric", "Date":
		_, err := strconv.ParseFloat(value, 64)
		return err == nil
	case "ARN":
		_, ok := arn.Parse(value)
		return ok
	}
	return kind == "String" && value != ""
}

// checkCommon: what follows from the caller, the network, the time and the owner of the resource is in every check, and
// nothing else is.
func checkCommon(t *testing.T, w *stateWorld, s step, place string, x *authz.Explanation) {
	t.Helper()
	caller, err := w.iam.Principal(s.As, home)
	if err != nil {
		t.Fatal(err)
	}
	want := &condition.Context{}
	env := w.request(caller, "", gjson.Result{}).Environment
	env.ViaService = s.Via
	at, owner := region, home
	if strings.HasPrefix(place, "ReplicateKey, ") && x.Action != "kms:ReplicateKey" {
		at = "eu-north-1"
	}
	if x.Resource == "*" {
		owner = ""
	}
	GlobalContext(want, caller, at, env, w.now)
	OrganizationContext(want, w.iam, caller, owner, env)
	if owner != "" {
		want.SetString("aws:ResourceAccount", home)
	}
	left := map[string]string{}
	for _, v := range want.Values() {
		left[v.Key] = strings.Join(v.Values, ",")
	}
	for _, entry := range x.Context {
		dependent := strings.HasPrefix(entry.Key, "kms:") || strings.HasPrefix(entry.Key, "iam:") ||
			strings.HasPrefix(entry.Key, "aws:RequestTag/") || strings.HasPrefix(entry.Key, "aws:ResourceTag/") || entry.Key == "aws:TagKeys"
		if value, ok := left[entry.Key]; !dependent && (!ok || value != strings.Join(entry.Values, ",")) {
			t.Errorf("%s: %s=%v, want %q", place, entry.Key, entry.Values, value)
		}
		delete(left, entry.Key)
	}
	for key := range left {
		t.Errorf("%s: lacks %s", place, key)
	}
}

// The catalog says the same of the keys' types, and lists for every action what its checks carry.
func TestConditionKeysAreTheCatalogs(t *testing.T) {
	types, _ := readTable(t, "testdata/condition-types.txt")
	for key, cells := range types {
		info, ok := catalog.LookupConditionKey(key + strings.Repeat("x", strings.Count(key, "*")))
		if !ok || info.Name != key || info.Type != cells[0] || info.Multi != (cells[1] == "list") {
			t.Errorf("%s is %s, %s; the catalog has %+v", key, cells[0], cells[1], info)
		}
	}
	for _, info := range catalog.ConditionKeys() {
		if strings.HasPrefix(info.Name, "kms:") && types[info.Name] == nil {
			t.Errorf("%s is not in the table", info.Name)
		}
	}
	for operation, rows := range readChecks(t) {
		for _, row := range rows {
			if strings.Contains(row.action, ":") || row.resource == "alias" {
				continue
			}
			action, _ := catalog.LookupAction("kms:" + row.action)
			for key := range row.keys {
				if !action.Carries(key) {
					t.Errorf("%s: the catalog does not list %s for kms:%s", operation, key, row.action)
				}
			}
		}
	}
}

// The values of the condition keys that this test file only counts.
func TestConditionValues(t *testing.T) {
	rows := []struct{ operation, more, want string }{
		{"EnableKeyRotation", ``, "kms:RotationPeriodInDays=365"},
		{"EnableKeyRotation", `,"RotationPeriodInDays":90`, "kms:RotationPeriodInDays=90"},
		{"Sign", ``, "kms:MessageType=RAW"},
		{"Sign", `,"MessageType":"DIGEST"`, "kms:MessageType=DIGEST"},
		{"ScheduleKeyDeletion", ``, "kms:ScheduleKeyDeletionPendingWindowInDays=30"},
		{"ScheduleKeyDeletion", ``, "kms:TrailingDaysWithoutKeyUsage=2"},
		{"ImportKeyMaterial", `,"ValidTo":1768000000.5`, "kms:ValidTo=1768000000.5"},
		{"ReplicateKey", ``, "kms:ReplicaRegion=eu-north-1"},
		{"UpdatePrimaryRegion", ``, "kms:PrimaryRegion=eu-west-1"},
		{"GetParametersForImport", ``, "kms:WrappingAlgorithm=RSAES_PKCS1_V1_5"},
		{"PutKeyPolicy", `,"BypassPolicyLockoutSafetyCheck":false`, "kms:BypassPolicyLockoutSafetyCheck=false"},
		{"DescribeKey", ``, "kms:MultiRegionKeyType=PRIMARY"},
	}
	for _, row := range rows {
		w := conditionWorld(t, full, row.operation)
		w.now = w.now.Add(71 * time.Hour)
		op, _ := catalog.LookupKMS(row.operation)
		input := strings.TrimSuffix(modelCall(op, bare), "}")
		if row.operation == "ImportKeyMaterial" {
			input = strings.Replace(input, `,"ValidTo":1768000000`, "", 1)
		}
		_, result, _ := w.call(t, step{Call: "kms:" + row.operation}, w.fill(input+row.more+"}"))
		if len(result.Checks) == 0 || !slices.ContainsFunc(result.Checks[0].Context, func(e authz.ContextEntry) bool {
			return e.Key+"="+strings.Join(e.Values, ",") == row.want
		}) {
			t.Errorf("%s %s: no %s", row.operation, row.more, row.want)
		}
	}
}
