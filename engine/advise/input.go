package advise

import (
	"encoding/json"
	"slices"
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
)

// keyParameters name a key; an operation with one that it requires is about a key.
var keyParameters = []string{"KeyId", "TargetKeyId", "DestinationKeyId", "SourceKeyId"}

// aboutKey are operations about a key that do not require a parameter that names it.
var aboutKey = []string{"Decrypt", "DeleteAlias", "ReEncrypt", "RetireGrant"}

// besides are the parameters that a question fills in although they are optional.
var besides = map[string][]string{
	"Decrypt": {"KeyId", "CiphertextBlob"}, "ReEncrypt": {"SourceKeyId", "CiphertextBlob"}, "RetireGrant": {"KeyId", "GrantId"},
	"GenerateDataKey": {"KeySpec"}, "GenerateDataKeyWithoutPlaintext": {"KeySpec"}, "ImportKeyMaterial": {"ExpirationModel"},
	"CreateGrant": {"GranteePrincipal"}, "GenerateRandom": {"NumberOfBytes"}, "ListRetirableGrants": {"RetiringPrincipal"},
	"CreateCustomKeyStore": {"CloudHsmClusterId", "TrustAnchorCertificate", "KeyStorePassword"},
}

// AllOperations are those of KMS, sorted by name. Those that are about no key are authorized on all resources, "*".
func AllOperations() []string {
	names := []string{}
	for _, op := range catalog.KMS() {
		names = append(names, op.Name)
	}
	return names
}

// Operations are those of KMS that are about a key, sorted by name.
func Operations() []string {
	names := []string{}
	for _, op := range catalog.KMS() {
		if isAboutKey(op) {
			names = append(names, op.Name)
		}
	}
	return names
}

func isAboutKey(op catalog.Operation) bool {
	if slices.Contains(aboutKey, op.Name) {
		return true
	}
	return slices.ContainsFunc(op.Input, func(f catalog.Field) bool { return f.Required && slices.Contains(keyParameters, f.Name) })
}

// input is a valid input of an operation on the key: what it requires, each parameter with a value that is usual for
// it, and the encryption context where it takes one.
func input(w *engine.World, q Question, operation string) json.RawMessage {
	op, ok := catalog.LookupKMS(operation)
	if !ok {
		return json.RawMessage("{}")
	}
	values := map[string]any{}
	for _, f := range op.Input {
		switch {
		case strings.HasSuffix(f.Name, "EncryptionContext") && f.Shape.Type == catalog.Map:
			if len(q.EncryptionContext) > 0 {
				values[f.Name] = q.EncryptionContext
			}
		case f.Required, slices.Contains(besides[operation], f.Name):
			values[f.Name] = usual(w, q, operation, f)
		}
	}
	if operation == "CreateGrant" && len(q.EncryptionContext) > 0 {
		values["Constraints"] = map[string]any{"EncryptionContextSubset": q.EncryptionContext}
	}
	return encode(values)
}

func encode(v any) json.RawMessage {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings, numbers, lists and maps of them
	}
	return text
}

// newAlias is the alias that a question about CreateAlias makes.
const newAlias = "alias/playground-question"

// usual is a value for a parameter; where the world has none to offer it is empty, and the question does not arise.
func usual(w *engine.World, q Question, operation string, f catalog.Field) any {
	key, _ := w.KMS().Key(q.Key)
	switch f.Name {
	case "KeyId", "TargetKeyId", "DestinationKeyId", "SourceKeyId":
		if q.Alias != "" {
			return q.Alias
		}
		return q.Key
	case "AliasName":
		if operation == "CreateAlias" {
			return newAlias
		}
		return first(key.Aliases)
	case "GrantId":
		if grants := w.KMS().Grants(q.Key); len(grants) > 0 {
			return grants[0].ID
		}
		return ""
	case "GranteePrincipal", "RetiringPrincipal":
		a, _ := arn.Parse(q.Key)
		return "arn:" + a.Partition + ":iam::" + a.Account + ":root"
	case "CloudHsmClusterId":
		return "cluster-playgroundab"
	case "Operations":
		return []string{"Decrypt"}
	case "ExpirationModel":
		return "KEY_MATERIAL_DOES_NOT_EXPIRE"
	case "KeyPairSpec":
		return "ECC_NIST_P256"
	case "Policy":
		return key.PolicyText
	case "Tags":
		return []map[string]string{{"TagKey": "Project", "TagValue": "Alpha"}}
	case "TagKeys":
		return []string{"Project"}
	case "ReplicaRegion", "PrimaryRegion":
		if key.Region == "eu-west-1" {
			return "us-east-1"
		}
		return "eu-west-1"
	}
	return ofShape(f.Shape)
}

func ofShape(s *catalog.Shape) any {
	switch {
	case len(s.Enum) > 0 && s.Type == catalog.String:
		return s.Enum[0]
	case s.Type == catalog.Integer:
		return max(s.Min, 1)
	case s.Type == catalog.Blob:
		return "AAAA" // Base64
	case s.Type == catalog.List:
		return []any{}
	case s.Type == catalog.Boolean:
		return false
	}
	return "playground"
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
