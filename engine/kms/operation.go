package kms

import (
	"slices"
	"strings"
)

// operation is a row of the table of operations.
type operation struct {
	name string
	keys []identifier // the parameters that name a key
	// crossAccount: the operation works on keys of other accounts.
	crossAccount bool
	// grantable: a grant can allow it, under its own name.
	grantable bool
	readOnly  bool
	// prepare checks what the model cannot say about the input, before the keys are looked up.
	prepare func(*call) *Error
	// resolve finds what else the request is about, after its keys.
	resolve func(*call) *Error
	// checks are the authorization checks; nil: kms:Name on the first key, or on "*".
	checks func(*call) []check
	// conditions sets the condition keys of the request that all checks carry.
	conditions func(*call, *filler)
	// act does it, once everything allows it; the output is nil for operations that answer nothing.
	act func(*call) (any, *Error)
}

var (
	plainKey    = []identifier{{name: "KeyId"}}
	anyNamedKey = []identifier{{name: "KeyId", aliases: true}}
)

// operations are those of the API, sorted by name. Which of them work across accounts, and which identifiers
// they take, is from the API reference and the permissions table of the developer guide (read 2026-08).
var operations = []operation{
	{name: "CancelKeyDeletion", keys: plainKey, act: cancelKeyDeletion},
	{name: "ConnectCustomKeyStore", conditions: callerAccount, act: connectCustomKeyStore},
	{name: "CreateAlias", keys: []identifier{{name: "TargetKeyId"}}, prepare: checkAliasName,
		resolve: findAlias, checks: aliasChecks, act: createAlias},
	{name: "CreateCustomKeyStore", prepare: checkNewStore, conditions: callerAccount, act: createCustomKeyStore},
	{name: "CreateGrant", keys: plainKey, crossAccount: true, grantable: true, prepare: checkGrantInput,
		checks: createGrantChecks, conditions: grantConditions, act: createGrant},
	{name: "CreateKey", prepare: prepareKey, checks: createKeyChecks, act: createKey},
	{name: "Decapsulate", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true, act: decapsulate},
	{name: "Decrypt", keys: []identifier{{name: "KeyId", aliases: true}}, crossAccount: true,
		grantable: true, readOnly: true, prepare: needCiphertext, resolve: resolveBlob, checks: decryptChecks,
		conditions: algorithmCondition("EncryptionAlgorithm"), act: decrypt},
	{name: "DeleteAlias", prepare: checkAliasName, resolve: findAliasTarget, checks: aliasChecks, act: deleteAlias},
	{name: "DeleteCustomKeyStore", conditions: callerAccount, act: deleteCustomKeyStore},
	{name: "DeleteImportedKeyMaterial", keys: plainKey, act: deleteImportedKeyMaterial},
	{name: "DeriveSharedSecret", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true, prepare: refuseRecipient,
		conditions: parameterCondition("KeyAgreementAlgorithm", ""), act: deriveSharedSecret},
	{name: "DescribeCustomKeyStores", readOnly: true, prepare: checkOneStore, conditions: callerAccount, act: describeCustomKeyStores},
	{name: "DescribeKey", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true, act: describeKey},
	{name: "DisableKey", keys: plainKey, conditions: trailingDays, act: disableKey},
	{name: "DisableKeyRotation", keys: plainKey, act: disableKeyRotation},
	{name: "DisconnectCustomKeyStore", conditions: callerAccount, act: disconnectCustomKeyStore},
	{name: "EnableKey", keys: plainKey, act: enableKey},
	{name: "EnableKeyRotation", keys: plainKey, conditions: rotationPeriod, act: enableKeyRotation},
	{name: "Encapsulate", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true, act: encapsulate},
	{name: "Encrypt", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true,
		prepare: checkContexts, checks: contextCheck, conditions: algorithmCondition("EncryptionAlgorithm"), act: encrypt},
	{name: "GenerateDataKey", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true,
		prepare: checkDataKeySize, checks: contextCheck, conditions: algorithmCondition(""), act: generateDataKey},
	{name: "GenerateDataKeyPair", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true,
		prepare: checkKeyPair, checks: contextCheck, conditions: keyPairConditions, act: generateDataKeyPair},
	{name: "GenerateDataKeyPairWithoutPlaintext", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true,
		prepare: checkKeyPair, checks: contextCheck, conditions: keyPairConditions, act: generateDataKeyPair},
	{name: "GenerateDataKeyWithoutPlaintext", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true,
		prepare: checkDataKeySize, checks: contextCheck, conditions: algorithmCondition(""), act: generateDataKey},
	{name: "GenerateMac", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true,
		conditions: parameterCondition("MacAlgorithm", ""), act: generateMac},
	{name: "GenerateRandom", readOnly: true, prepare: checkRandomSize, act: generateRandom},
	{name: "GetKeyLastUsage", keys: plainKey, readOnly: true, act: getKeyLastUsage},
	{name: "GetKeyPolicy", keys: plainKey, readOnly: true, act: getKeyPolicy},
	{name: "GetKeyRotationStatus", keys: plainKey, crossAccount: true, readOnly: true, act: getKeyRotationStatus},
	{name: "GetParametersForImport", keys: plainKey, readOnly: true, conditions: wrappingConditions, act: getParametersForImport},
	{name: "GetPublicKey", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true, act: getPublicKey},
	{name: "ImportKeyMaterial", keys: plainKey, prepare: checkImportInput, conditions: importConditions, act: importKeyMaterial},
	{name: "ListAliases", keys: []identifier{{name: "KeyId"}}, readOnly: true,
		resolve: hideForeignKey, checks: accountCheck, act: listAliases},
	{name: "ListGrants", keys: plainKey, crossAccount: true, readOnly: true, conditions: forAWSResource, act: listGrants},
	{name: "ListKeyPolicies", keys: plainKey, readOnly: true, act: listKeyPolicies},
	{name: "ListKeyRotations", keys: plainKey, readOnly: true, act: listKeyRotations},
	{name: "ListKeys", readOnly: true, act: listKeys},
	{name: "ListResourceTags", keys: plainKey, readOnly: true, act: listResourceTags},
	{name: "ListRetirableGrants", readOnly: true, prepare: checkRetiringInput, act: listRetirableGrants},
	{name: "PutKeyPolicy", keys: plainKey, conditions: bypassCondition, act: putKeyPolicy},
	{name: "ReEncrypt", keys: []identifier{{name: "SourceKeyId", aliases: true},
		{name: "DestinationKeyId", aliases: true}}, crossAccount: true, readOnly: true,
		prepare: needCiphertext, resolve: resolveBlob, checks: reEncryptChecks, act: reEncrypt},
	{name: "ReplicateKey", keys: plainKey, prepare: checkTags, resolve: resolveReplica, checks: replicateChecks, act: replicateKey},
	{name: "RetireGrant", keys: []identifier{{name: "KeyId", onlyARN: true}}, crossAccount: true,
		prepare: checkRetireInput, resolve: findGrantToRetire, checks: retireChecks, conditions: retireConditions, act: retireGrant},
	{name: "RevokeGrant", keys: plainKey, crossAccount: true, conditions: forAWSResource, act: revokeGrant},
	{name: "RotateKeyOnDemand", keys: plainKey, act: rotateKeyOnDemand},
	{name: "ScheduleKeyDeletion", keys: plainKey, conditions: deletionConditions, act: scheduleKeyDeletion},
	{name: "Sign", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true,
		conditions: signConditions, act: sign},
	{name: "TagResource", keys: plainKey, prepare: checkTags, conditions: tagConditions, act: tagResource},
	{name: "UntagResource", keys: plainKey, conditions: untagConditions, act: untagResource},
	{name: "UpdateAlias", keys: []identifier{{name: "TargetKeyId"}}, prepare: checkAliasName,
		resolve: findAliasTarget, checks: aliasChecks, act: updateAlias},
	{name: "UpdateCustomKeyStore", conditions: callerAccount, act: updateCustomKeyStore},
	{name: "UpdateKeyDescription", keys: plainKey, act: updateKeyDescription},
	{name: "UpdatePrimaryRegion", keys: plainKey, resolve: resolveNewPrimary, checks: updatePrimaryChecks,
		conditions: primaryRegion, act: updatePrimaryRegion},
	{name: "Verify", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true,
		conditions: signConditions, act: verify},
	{name: "VerifyMac", keys: anyNamedKey, crossAccount: true, grantable: true, readOnly: true,
		conditions: parameterCondition("MacAlgorithm", ""), act: verifyMac},
}

// lookup finds the row of an operation, nil when it is not simulated.
func lookup(name string) *operation {
	i, ok := slices.BinarySearchFunc(operations, name, func(op operation, name string) int {
		return strings.Compare(op.name, name)
	})
	if !ok {
		return nil
	}
	return &operations[i]
}

// accountCheck asks about the operation alone, whatever keys the input names.
func accountCheck(c *call) []check { return []check{{action: c.op.name}} }
