package catalog

import "strings"

// ConditionKeyInfo is a condition key, or a family of them.
type ConditionKeyInfo struct {
	Name  string // "kms:ViaService"; a family ends in "*": "kms:EncryptionContext:*"
	Type  string // "String", "Bool", "Numeric", "Date", "ARN", "IPAddress"
	Multi bool   // carries a list, even when it has one element
	// KeyPolicy: a key policy honours it. Every IAM policy honours every key.
	KeyPolicy bool
}

// IsFamily reports whether the entry stands for all keys that begin with its name.
func (k ConditionKeyInfo) IsFamily() bool { return strings.HasSuffix(k.Name, "*") }

// ConditionKeys returns the condition keys of KMS and of every AWS request, sorted by name. The caller does not
// change them.
func ConditionKeys() []ConditionKeyInfo { return conditionKeys }

// LookupConditionKey finds a key or the family that it belongs to, without regard to letter case.
func LookupConditionKey(name string) (ConditionKeyInfo, bool) {
	for _, k := range conditionKeys {
		if matchesFamily(k.Name, name) {
			return k, true
		}
	}
	return ConditionKeyInfo{}, false
}

// matchesFamily reports whether key is the key name or, when name ends in "*", a member of that family.
func matchesFamily(name, key string) bool {
	if prefix, family := strings.CutSuffix(name, "*"); family {
		return len(key) > len(prefix) && hasPrefixFold(key, prefix)
	}
	return strings.EqualFold(name, key)
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// conditionKeys is after the developer guide's pages on condition keys and the IAM user guide's on global ones, read
// 2026-08. kms:ResourceAliases and aws:ResourceTag count in IAM policies only. The 56 numbered attestation keys are
// two families.
var conditionKeys = []ConditionKeyInfo{
	{Name: "aws:CalledVia", Type: "String", Multi: true, KeyPolicy: true},
	{Name: "aws:CalledViaFirst", Type: "String", KeyPolicy: true},
	{Name: "aws:CalledViaLast", Type: "String", KeyPolicy: true},
	{Name: "aws:CurrentTime", Type: "Date", KeyPolicy: true},
	{Name: "aws:Ec2InstanceSourcePrivateIPv4", Type: "IPAddress", KeyPolicy: true},
	{Name: "aws:Ec2InstanceSourceVpc", Type: "String", KeyPolicy: true},
	{Name: "aws:EpochTime", Type: "Date", KeyPolicy: true},
	{Name: "aws:FederatedProvider", Type: "String", KeyPolicy: true},
	{Name: "aws:MultiFactorAuthAge", Type: "Numeric", KeyPolicy: true},
	{Name: "aws:MultiFactorAuthPresent", Type: "Bool", KeyPolicy: true},
	{Name: "aws:PrincipalAccount", Type: "String", KeyPolicy: true},
	{Name: "aws:PrincipalArn", Type: "ARN", KeyPolicy: true},
	{Name: "aws:PrincipalIsAWSService", Type: "Bool", KeyPolicy: true},
	{Name: "aws:PrincipalOrgID", Type: "String", KeyPolicy: true},
	{Name: "aws:PrincipalOrgPaths", Type: "String", Multi: true, KeyPolicy: true},
	{Name: "aws:PrincipalServiceName", Type: "String", KeyPolicy: true},
	{Name: "aws:PrincipalServiceNamesList", Type: "String", Multi: true, KeyPolicy: true},
	{Name: "aws:PrincipalTag/*", Type: "String", KeyPolicy: true},
	{Name: "aws:PrincipalType", Type: "String", KeyPolicy: true},
	{Name: "aws:RequestedRegion", Type: "String", KeyPolicy: true},
	{Name: "aws:RequestTag/*", Type: "String", KeyPolicy: true},
	{Name: "aws:ResourceAccount", Type: "String", KeyPolicy: true},
	{Name: "aws:ResourceOrgID", Type: "String", KeyPolicy: true},
	{Name: "aws:ResourceOrgPaths", Type: "String", Multi: true, KeyPolicy: true},
	{Name: "aws:ResourceTag/*", Type: "String"},
	{Name: "aws:SecureTransport", Type: "Bool", KeyPolicy: true},
	{Name: "aws:SourceAccount", Type: "String", KeyPolicy: true},
	{Name: "aws:SourceArn", Type: "ARN", KeyPolicy: true},
	{Name: "aws:SourceIdentity", Type: "String", KeyPolicy: true},
	{Name: "aws:SourceIp", Type: "IPAddress", KeyPolicy: true},
	{Name: "aws:SourceOrgID", Type: "String", KeyPolicy: true},
	{Name: "aws:SourceOrgPaths", Type: "String", Multi: true, KeyPolicy: true},
	{Name: "aws:SourceVpc", Type: "String", KeyPolicy: true},
	{Name: "aws:SourceVpce", Type: "String", KeyPolicy: true},
	{Name: "aws:TagKeys", Type: "String", Multi: true, KeyPolicy: true},
	{Name: "aws:TokenIssueTime", Type: "Date", KeyPolicy: true},
	{Name: "aws:UserAgent", Type: "String", KeyPolicy: true},
	{Name: "aws:userid", Type: "String", KeyPolicy: true},
	{Name: "aws:username", Type: "String", KeyPolicy: true},
	{Name: "aws:ViaAWSService", Type: "Bool", KeyPolicy: true},
	{Name: "aws:VpcSourceIp", Type: "IPAddress", KeyPolicy: true},
	{Name: "kms:BypassPolicyLockoutSafetyCheck", Type: "Bool", KeyPolicy: true},
	{Name: "kms:CallerAccount", Type: "String", KeyPolicy: true},
	{Name: "kms:CustomerMasterKeySpec", Type: "String", KeyPolicy: true},
	{Name: "kms:CustomerMasterKeyUsage", Type: "String", KeyPolicy: true},
	{Name: "kms:DataKeyPairSpec", Type: "String", KeyPolicy: true},
	{Name: "kms:EncryptionAlgorithm", Type: "String", KeyPolicy: true},
	{Name: "kms:EncryptionContext:*", Type: "String", KeyPolicy: true},
	{Name: "kms:EncryptionContextKeys", Type: "String", Multi: true, KeyPolicy: true},
	{Name: "kms:ExpirationModel", Type: "String", KeyPolicy: true},
	{Name: "kms:GrantConstraintSourceArn", Type: "ARN", KeyPolicy: true},
	{Name: "kms:GrantConstraintType", Type: "String", KeyPolicy: true},
	{Name: "kms:GranteePrincipal", Type: "String", KeyPolicy: true},
	{Name: "kms:GranteeServicePrincipal", Type: "String", KeyPolicy: true},
	{Name: "kms:GrantIsForAWSResource", Type: "Bool", KeyPolicy: true},
	{Name: "kms:GrantOperations", Type: "String", Multi: true, KeyPolicy: true},
	{Name: "kms:KeyAgreementAlgorithm", Type: "String", KeyPolicy: true},
	{Name: "kms:KeyOrigin", Type: "String", KeyPolicy: true},
	{Name: "kms:KeySpec", Type: "String", KeyPolicy: true},
	{Name: "kms:KeyUsage", Type: "String", KeyPolicy: true},
	{Name: "kms:MacAlgorithm", Type: "String", KeyPolicy: true},
	{Name: "kms:MessageType", Type: "String", KeyPolicy: true},
	{Name: "kms:MultiRegion", Type: "Bool", KeyPolicy: true},
	{Name: "kms:MultiRegionKeyType", Type: "String", KeyPolicy: true},
	{Name: "kms:PrimaryRegion", Type: "String", KeyPolicy: true},
	{Name: "kms:RecipientAttestation:ImageSha384", Type: "String", KeyPolicy: true},
	{Name: "kms:RecipientAttestation:NitroTPMPCR*", Type: "String", KeyPolicy: true},
	{Name: "kms:RecipientAttestation:PCR*", Type: "String", KeyPolicy: true},
	{Name: "kms:ReEncryptOnSameKey", Type: "Bool", KeyPolicy: true},
	{Name: "kms:ReplicaRegion", Type: "String", KeyPolicy: true},
	{Name: "kms:RequestAlias", Type: "String", KeyPolicy: true},
	{Name: "kms:ResourceAliases", Type: "String", Multi: true},
	{Name: "kms:RetiringPrincipal", Type: "String", KeyPolicy: true},
	{Name: "kms:RetiringServicePrincipal", Type: "String", KeyPolicy: true},
	{Name: "kms:RotationPeriodInDays", Type: "Numeric", KeyPolicy: true},
	{Name: "kms:ScheduleKeyDeletionPendingWindowInDays", Type: "Numeric", KeyPolicy: true},
	{Name: "kms:SigningAlgorithm", Type: "String", KeyPolicy: true},
	{Name: "kms:TrailingDaysWithoutKeyUsage", Type: "Numeric", KeyPolicy: true},
	{Name: "kms:ValidTo", Type: "Date", KeyPolicy: true},
	{Name: "kms:ViaService", Type: "String", KeyPolicy: true},
	{Name: "kms:WrappingAlgorithm", Type: "String", KeyPolicy: true},
	{Name: "kms:WrappingKeySpec", Type: "String", KeyPolicy: true},
}
