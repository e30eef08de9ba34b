package catalog

import (
	"slices"
	"strings"
)

// KeyState is the state of a KMS key.
type KeyState string

// The states of a key.
const (
	Enabled                KeyState = "Enabled"
	Disabled               KeyState = "Disabled"
	PendingDeletion        KeyState = "PendingDeletion"
	PendingImport          KeyState = "PendingImport"
	Unavailable            KeyState = "Unavailable"
	Creating               KeyState = "Creating"
	Updating               KeyState = "Updating"
	PendingReplicaDeletion KeyState = "PendingReplicaDeletion"
)

var stateColumns = [7]KeyState{Enabled, Disabled, PendingDeletion, PendingImport, Unavailable, Creating, Updating}

// keyStates is the table of the KMS Developer Guide, "Key states of AWS KMS keys" (read 2026-08), with the guide's
// numbers for its footnotes. "ok" succeeds, "-" cannot come about, "?n" fails only as footnote n says, "m|n" fails by n
// where that applies to the key and else by m. PendingReplicaDeletion reads the column PendingDeletion.
//
// Where recordings of AWS differ they win: a key pending deletion gives footnote 3, never DisabledException; the
// rotation status of a key pending import can be read, its public key cannot. The row of UpdateAlias is about the new target; the old one may
// be in any state. Encapsulate, Decapsulate and GetKeyLastUsage are not in the guide's table and follow their siblings.
var keyStates = []struct {
	operation string
	footnotes [7]string
}{
	{"CancelKeyDeletion", [7]string{"4", "4", "ok", "4", "4", "4", "4"}},
	{"CreateAlias", [7]string{"ok", "ok", "3", "ok", "ok", "ok", "ok"}},
	{"CreateGrant", [7]string{"ok", "1", "3", "5", "ok", "14", "ok"}},
	{"Decapsulate", [7]string{"ok", "1", "3", "5", "-", "14", "ok"}},
	{"Decrypt", [7]string{"ok", "1", "3", "5", "11", "14", "ok"}},
	{"DeleteAlias", [7]string{"ok", "ok", "ok", "ok", "ok", "ok", "ok"}},
	{"DeleteImportedKeyMaterial", [7]string{"?9", "?9", "?9", "ok", "-", "14", "15"}},
	{"DeriveSharedSecret", [7]string{"ok", "1", "3", "5", "-", "14", "ok"}},
	{"DescribeKey", [7]string{"ok", "ok", "ok", "ok", "ok", "ok", "ok"}},
	{"DisableKey", [7]string{"ok", "ok", "3", "5", "ok", "14", "15"}},
	{"DisableKeyRotation", [7]string{"?7", "1|7", "3|7", "6", "7", "14", "?7"}},
	{"EnableKey", [7]string{"ok", "ok", "3", "5", "ok", "14", "15"}},
	{"EnableKeyRotation", [7]string{"?7", "1|7", "3|7", "6", "7", "14", "?7"}},
	{"Encapsulate", [7]string{"ok", "1", "3", "5", "-", "14", "ok"}},
	{"Encrypt", [7]string{"ok", "1", "3", "5", "11", "14", "ok"}},
	{"GenerateDataKey", [7]string{"ok", "1", "3", "5", "11", "14", "ok"}},
	{"GenerateDataKeyPair", [7]string{"ok", "1", "3", "5", "7", "14", "ok"}},
	{"GenerateDataKeyPairWithoutPlaintext", [7]string{"ok", "1", "3", "5", "7", "14", "ok"}},
	{"GenerateDataKeyWithoutPlaintext", [7]string{"ok", "1", "3", "5", "11", "14", "ok"}},
	{"GenerateMac", [7]string{"ok", "1", "3", "5", "-", "14", "ok"}},
	{"GetKeyLastUsage", [7]string{"ok", "ok", "ok", "ok", "ok", "ok", "ok"}},
	{"GetKeyPolicy", [7]string{"ok", "ok", "ok", "ok", "ok", "ok", "ok"}},
	{"GetKeyRotationStatus", [7]string{"?7", "?7", "?7", "ok", "7", "?7", "?7"}},
	{"GetParametersForImport", [7]string{"?9", "?9", "8|9", "ok", "9", "14", "15"}},
	{"GetPublicKey", [7]string{"ok", "ok", "3", "5", "-", "14", "ok"}},
	{"ImportKeyMaterial", [7]string{"?9", "?9", "9", "ok", "9", "14", "ok"}},
	{"ListAliases", [7]string{"ok", "ok", "ok", "ok", "ok", "ok", "ok"}},
	{"ListGrants", [7]string{"ok", "ok", "ok", "ok", "ok", "ok", "ok"}},
	{"ListKeyPolicies", [7]string{"ok", "ok", "ok", "ok", "ok", "ok", "ok"}},
	{"ListKeyRotations", [7]string{"?7", "?7", "?7", "ok", "7", "?7", "?7"}},
	{"ListResourceTags", [7]string{"ok", "ok", "ok", "ok", "ok", "ok", "ok"}},
	{"PutKeyPolicy", [7]string{"ok", "ok", "ok", "ok", "ok", "ok", "ok"}},
	{"ReEncrypt", [7]string{"ok", "1", "3", "5", "11", "14", "ok"}},
	{"ReplicateKey", [7]string{"ok", "1", "3", "5", "-", "14", "15"}},
	{"RetireGrant", [7]string{"ok", "ok", "ok", "ok", "ok", "ok", "ok"}},
	{"RevokeGrant", [7]string{"ok", "ok", "ok", "ok", "ok", "ok", "ok"}},
	{"RotateKeyOnDemand", [7]string{"?7", "1|7", "3|7", "5", "7", "14", "?7"}},
	{"ScheduleKeyDeletion", [7]string{"ok", "ok", "3", "ok", "ok", "ok", "15"}},
	{"Sign", [7]string{"ok", "1", "3", "5", "-", "14", "ok"}},
	{"TagResource", [7]string{"ok", "ok", "3", "ok", "ok", "ok", "ok"}},
	{"UntagResource", [7]string{"ok", "ok", "3", "ok", "ok", "ok", "ok"}},
	{"UpdateAlias", [7]string{"ok", "ok", "3", "ok", "ok", "ok", "ok"}},
	{"UpdateKeyDescription", [7]string{"ok", "ok", "3", "ok", "ok", "ok", "ok"}},
	{"UpdatePrimaryRegion", [7]string{"ok", "1", "3", "5", "-", "14", "ok"}},
	{"Verify", [7]string{"ok", "1", "3", "5", "-", "14", "ok"}},
	{"VerifyMac", [7]string{"ok", "1", "3", "5", "-", "14", "ok"}},
}

// KeyStates are the columns of the table; PendingReplicaDeletion reads that of PendingDeletion.
func KeyStates() []KeyState { return stateColumns[:] }

// StatesOf are the states of a key in which an operation can succeed; ok is false for operations on no existing key.
func StatesOf(operation string) (states []KeyState, ok bool) {
	for _, row := range keyStates {
		if row.operation != operation {
			continue
		}
		for i, cell := range row.footnotes {
			if cell == "ok" || cell[0] == '?' {
				states = append(states, stateColumns[i])
			}
		}
		return states, true
	}
	return nil, false
}

// StateError is what AWS answers to operation on the key of that ARN, state and origin; both texts are empty when the
// state does not stand in the way.
func StateError(operation, keyARN string, state KeyState, origin string) (exception, message string) {
	i, ok := slices.BinarySearchFunc(keyStates, operation, func(row struct {
		operation string
		footnotes [7]string
	}, name string) int {
		return strings.Compare(row.operation, name)
	})
	if !ok {
		return "", ""
	}
	column := state
	if state == PendingReplicaDeletion {
		column = PendingDeletion
	}
	note := footnote(keyStates[i].footnotes[slices.Index(stateColumns[:], column)], origin)
	exception, text := footnoteText(note, state, origin)
	if exception == "" || text == "" {
		return exception, ""
	}
	return exception, keyARN + " " + text
}

// footnote chooses among the alternatives of a cell.
func footnote(cell, origin string) string {
	custom := origin == "AWS_CLOUDHSM" || origin == "EXTERNAL_KEY_STORE"
	first, second, either := strings.Cut(cell, "|")
	conditional, isConditional := strings.CutPrefix(cell, "?")
	applies := map[string]bool{"7": custom, "9": origin != "EXTERNAL"}
	switch {
	case either && applies[second]:
		return second
	case either:
		return first
	case isConditional && applies[conditional]:
		return conditional
	case isConditional:
		return "ok"
	}
	return cell
}

// The texts are the recorded ones where the guide's are longer; that of footnote 4 follows their pattern.
func footnoteText(note string, state KeyState, origin string) (exception, text string) {
	switch note {
	case "1":
		return "DisabledException", "is disabled."
	case "3", "8":
		if state == PendingReplicaDeletion {
			return "KMSInvalidStateException", "is pending replica deletion."
		}
		return "KMSInvalidStateException", "is pending deletion."
	case "4":
		return "KMSInvalidStateException", "is not pending deletion."
	case "5":
		return "KMSInvalidStateException", "is pending import."
	case "6", "9":
		return "UnsupportedOperationException", "origin is " + origin + " which is not valid for this operation."
	case "7":
		return "UnsupportedOperationException", ""
	case "11":
		return "KMSInvalidStateException", "is unavailable."
	case "14":
		return "KMSInvalidStateException", "is creating."
	case "15":
		return "KMSInvalidStateException", "is updating."
	}
	return "", ""
}
