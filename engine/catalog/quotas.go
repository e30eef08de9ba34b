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

// Page is how many items a list operation gives at once.
type Page struct{ Default, Max int }

// PageSize returns the bounds of a list operation; the model's are wider. API reference, read 2026-08.
func PageSize(operation string) Page {
	switch operation {
	case "ListAliases", "ListGrants", "ListRetirableGrants":
		return Page{50, 100}
	case "ListResourceTags":
		return Page{50, 50}
	}
	return Page{100, 1000}
}
