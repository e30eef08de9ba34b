package catalog

// Quotas of KMS: the defaults of the quota tables of the KMS Developer Guide, read 2026-08.
const (
	KeysPerRegion          = 100_000 // customer managed keys of an account, in any state
	AliasesPerKey          = 50      // above it kms:ResourceAliases has no effect
	GrantsPerKey           = 50_000
	TagsPerKey             = 50
	KeyPolicyBytes         = 32_768
	GrantConstraintPairs   = 8
	GrantConstraintValue   = 384  // characters
	EncryptionContextTotal = 8192 // characters of all keys and values
	OnDemandRotations      = 25   // in the life of a key
	CustomKeyStores        = 10   // of an account in a Region
)

// PageSize is how many items a list operation gives at once when no limit is asked for. API reference, read 2026-08.
func PageSize(operation string) int {
	switch operation {
	case "ListAliases", "ListGrants", "ListRetirableGrants", "ListResourceTags":
		return 50
	}
	return 100
}
