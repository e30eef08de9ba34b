package cloudtrail

import (
	"encoding/json"
	"math"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// withheld are the members that CloudTrail never shows, of requests and answers.
func withheld(name string) bool {
	switch name {
	case "Plaintext", "CiphertextBlob", "PlaintextDataKey", "PrivateKeyPlaintext", "PrivateKeyCiphertextBlob",
		"Message", "Signature", "Mac", "SharedSecret", "SharedSecretCiphertextBlob", "CiphertextForRecipient",
		"GrantToken", "GrantTokens", "ImportToken", "EncryptedKeyMaterial", "KeyStorePassword", "RawSecretAccessKey",
		"SecretAccessKey", "Password", "Body", "SecretString", "MasterUserPassword", "ZipFile", "Payload", "MessageBody", "Variables",
		"Messages":
		return true
	}
	return false
}

// defaults are the parameters that events of KMS show though the request did not send them.
func defaults(operation string) map[string]any {
	switch operation {
	case "Encrypt", "Decrypt":
		return map[string]any{"encryptionAlgorithm": "SYMMETRIC_DEFAULT"}
	case "ReEncrypt":
		return map[string]any{
			"sourceEncryptionAlgorithm": "SYMMETRIC_DEFAULT", "destinationEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
		}
	case "CreateKey":
		return map[string]any{
			"bypassPolicyLockoutSafetyCheck": false, "keySpec": "SYMMETRIC_DEFAULT",
			"customerMasterKeySpec": "SYMMETRIC_DEFAULT", "keyUsage": "ENCRYPT_DECRYPT", "origin": "AWS_KMS", "multiRegion": false,
		}
	case "Sign", "Verify":
		return map[string]any{"messageType": "RAW"}
	case "PutKeyPolicy":
		return map[string]any{"bypassPolicyLockoutSafetyCheck": false, "policyName": "default"}
	}
	return nil
}

// parameters are those of the request, nil when nothing is left of them.
func parameters(in Input) any {
	shown, _ := lower(gjson.ParseBytes(in.Parameters)).(map[string]any)
	if shown == nil {
		shown = map[string]any{}
	}
	if in.Service == "kms" {
		humanDate(shown, "validTo", "Jan 2, 2006, 3:04:05 PM") // seen so, unlike the dates of answers
		if in.Operation == "CreateKey" {
			bothSpecs(shown)
		}
		for name, value := range defaults(in.Operation) {
			if _, sent := shown[name]; !sent {
				shown[name] = value
			}
		}
	}
	if len(shown) == 0 {
		return nil
	}
	return shown
}

// bothSpecs shows the key spec of CreateKey under its old name too, or the other way round.
func bothSpecs(shown map[string]any) {
	for _, pair := range [][2]string{{"keySpec", "customerMasterKeySpec"}, {"customerMasterKeySpec", "keySpec"}} {
		if spec, sent := shown[pair[0]]; sent && shown[pair[1]] == nil {
			shown[pair[1]] = spec
		}
	}
}

// response is what the event tells of the answer: for KMS only what the operations of this list made, for IAM and STS
// the answer of everything that is no reading.
func response(in Input) any {
	output := gjson.ParseBytes(in.Output)
	if in.Service != "kms" {
		if in.ReadOnly || !output.IsObject() {
			return nil
		}
		return lower(output)
	}
	switch in.Operation {
	case "CreateKey", "ReplicateKey", "CreateCustomKeyStore", "CancelKeyDeletion":
		shown := lower(output)
		humanDates(shown)
		return shown
	case "ScheduleKeyDeletion":
		shown := lower(output).(map[string]any)
		delete(shown, "pendingWindowInDays")
		humanDates(shown)
		return shown
	case "CreateGrant":
		shown := lower(output).(map[string]any)
		if len(in.Resources) > 0 {
			shown["keyId"] = in.Resources[0]
		}
		return shown
	case "RetireGrant", "SynchronizeMultiRegionKey", "RotateKey", "DeleteExpiredKeyMaterial":
		return nil
	}
	return changedKey(in, output)
}

// changedKey: since December 2022 the event of what changes a key names it in responseElements.keyId, whatever the
// operation answers. That this holds for all of them but RetireGrant is ours; the guide says "some".
func changedKey(in Input, output gjson.Result) any {
	if in.ReadOnly || len(in.Resources) == 0 {
		return nil
	}
	shown, _ := lower(output).(map[string]any)
	if shown == nil {
		shown = map[string]any{}
	}
	shown["keyId"] = in.Resources[0]
	return shown
}

// humanDates writes times as KMS events show them: "Apr 12, 2021 18:58:30 PM".
func humanDates(shown any) {
	object, _ := shown.(map[string]any)
	for name, value := range object {
		if strings.HasSuffix(name, "Date") || name == "validTo" {
			humanDate(object, name, "Jan 2, 2006 15:04:05 PM")
		}
		humanDates(value)
	}
}

func humanDate(object map[string]any, name, layout string) {
	if seconds, ok := object[name].(float64); ok {
		seconds = max(min(seconds, 253402300799), 0) // until the year 9999
		object[name] = time.UnixMilli(int64(seconds * 1000)).UTC().Format(layout)
	}
}

// lower puts the names of members into the form of events, KeyId as keyId, and leaves out what is withheld. The pairs
// of an encryption context keep their names.
func lower(value gjson.Result) any {
	switch {
	case value.IsObject():
		object := map[string]any{}
		value.ForEach(func(k, v gjson.Result) bool {
			switch {
			case withheld(k.Str) || v.Type == gjson.Null:
			case strings.Contains(k.Str, "EncryptionContext") && json.Valid([]byte(v.Raw)):
				object[lowerFirst(k.Str)] = json.RawMessage(v.Raw)
			default:
				object[lowerFirst(k.Str)] = lower(v)
			}
			return true
		})
		return object
	case value.IsArray():
		list := []any{}
		for _, item := range value.Array() {
			list = append(list, lower(item))
		}
		return list
	case value.Type == gjson.Number && math.IsInf(value.Num, 0):
		return json.Number(value.Raw) // 1e999 is JSON, and no number that Go holds
	}
	return value.Value()
}

func lowerFirst(name string) string {
	if name == "" {
		return ""
	}
	return strings.ToLower(name[:1]) + name[1:]
}
