package catalog

import (
	"sort"
	"strings"
)

// AccessLevel is what an action can do, as the service authorization reference classes it.
type AccessLevel string

// The access levels.
const (
	LevelList                  AccessLevel = "List"
	LevelRead                  AccessLevel = "Read"
	LevelWrite                 AccessLevel = "Write"
	LevelPermissionsManagement AccessLevel = "Permissions management"
	LevelTagging               AccessLevel = "Tagging"
)

// Resources is the kinds of resource on which an action is checked.
type Resources uint8

// An action on the account has resource "*" and no key policy is asked. The alias operations are checked twice, on
// the alias and on the key.
const (
	OnKey Resources = 1 << iota
	OnAlias
	OnAccount
)

// ActionInfo is one action that a policy can name.
type ActionInfo struct {
	Name         string // "kms:Encrypt"
	AccessLevel  AccessLevel
	Resources    Resources // of kms actions
	KeyPolicy    bool      // a key policy can allow it; it can always deny it
	Grantable    bool      // a grant can allow it, as the GrantOperation of the same name
	CrossAccount bool      // works on a key of another account

	keyKeys bool     // the request carries keyConditionKeys
	keys    []string // further condition keys that the request can carry
}

// keyConditionKeys is what every action on a key carries.
var keyConditionKeys = []string{
	"aws:ResourceTag/*",
	"kms:CallerAccount",
	"kms:CustomerMasterKeySpec",
	"kms:CustomerMasterKeyUsage",
	"kms:KeyOrigin",
	"kms:KeySpec",
	"kms:KeyUsage",
	"kms:MultiRegion",
	"kms:MultiRegionKeyType",
	"kms:ResourceAliases",
	"kms:ViaService",
}

// KMSActions returns every action of KMS, sorted by name. There is no kms:ReEncrypt: the operation is checked as
// kms:ReEncryptFrom and kms:ReEncryptTo. The caller does not change them.
func KMSActions() []ActionInfo { return kmsActions }

// LookupAction finds an action of KMS, and of IAM and STS those that this world knows, without regard to letter case.
func LookupAction(name string) (ActionInfo, bool) {
	for _, table := range [...][]ActionInfo{kmsActions, otherActions} {
		i := sort.Search(len(table), func(i int) bool { return compareFold(table[i].Name, name) >= 0 })
		if i < len(table) && compareFold(table[i].Name, name) == 0 {
			return table[i], true
		}
	}
	return ActionInfo{}, false
}

// compareFold compares as bytes, A to Z taken as a to z.
func compareFold(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if d := int(lowerByte(a[i])) - int(lowerByte(b[i])); d != 0 {
			return d
		}
	}
	return len(a) - len(b)
}

func lowerByte(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		b += 'a' - 'A'
	}
	return b
}

// Carries reports whether a request for the action can carry a condition key. Of the keys of the aws: namespace, only
// those about tags depend on the action.
func (a ActionInfo) Carries(key string) bool {
	if hasPrefixFold(key, "aws:") && !isTagKey(key) {
		return true
	}
	return a.keyKeys && matchesAny(keyConditionKeys, key) || matchesAny(a.keys, key)
}

func isTagKey(key string) bool {
	return hasPrefixFold(key, "aws:RequestTag/") || hasPrefixFold(key, "aws:ResourceTag/") ||
		strings.EqualFold(key, "aws:TagKeys")
}

func matchesAny(names []string, key string) bool {
	for _, name := range names {
		if matchesFamily(name, key) {
			return true
		}
	}
	return false
}

// kmsActions is after the service authorization reference and the permissions table of the developer guide, both
// read 2026-08. The access levels of Encapsulate and Decapsulate are by analogy with Encrypt and Decrypt.
var kmsActions = []ActionInfo{
	{Name: "kms:CancelKeyDeletion", AccessLevel: LevelWrite, Resources: OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:ConnectCustomKeyStore", AccessLevel: LevelWrite, Resources: OnAccount,
		keys: []string{"kms:CallerAccount"}},
	{Name: "kms:CreateAlias", AccessLevel: LevelWrite, Resources: OnAlias | OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:CreateCustomKeyStore", AccessLevel: LevelWrite, Resources: OnAccount,
		keys: []string{"kms:CallerAccount"}},
	{Name: "kms:CreateGrant", AccessLevel: LevelPermissionsManagement, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{
			"kms:EncryptionContext:*", "kms:EncryptionContextKeys", "kms:GrantConstraintSourceArn",
			"kms:GrantConstraintType", "kms:GranteePrincipal", "kms:GranteeServicePrincipal",
			"kms:GrantIsForAWSResource", "kms:GrantOperations", "kms:RetiringPrincipal",
			"kms:RetiringServicePrincipal",
		}},
	{Name: "kms:CreateKey", AccessLevel: LevelWrite, Resources: OnAccount,
		keys: []string{
			"kms:BypassPolicyLockoutSafetyCheck", "kms:CallerAccount", "kms:CustomerMasterKeySpec",
			"kms:CustomerMasterKeyUsage", "kms:KeySpec", "kms:KeyUsage", "kms:KeyOrigin", "kms:MultiRegion",
			"kms:MultiRegionKeyType", "kms:ViaService", "aws:RequestTag/*", "aws:ResourceTag/*",
			"aws:TagKeys",
		}},
	{Name: "kms:Decapsulate", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{"kms:RequestAlias"}},
	{Name: "kms:Decrypt", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{
			"kms:EncryptionAlgorithm", "kms:RequestAlias", "kms:EncryptionContext:*", "kms:EncryptionContextKeys",
			"kms:RecipientAttestation:*",
		}},
	{Name: "kms:DeleteAlias", AccessLevel: LevelWrite, Resources: OnAlias | OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:DeleteCustomKeyStore", AccessLevel: LevelWrite, Resources: OnAccount,
		keys: []string{"kms:CallerAccount"}},
	{Name: "kms:DeleteImportedKeyMaterial", AccessLevel: LevelWrite, Resources: OnKey,
		KeyPolicy: true, keyKeys: true},
	{Name: "kms:DeriveSharedSecret", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{"kms:KeyAgreementAlgorithm", "kms:RecipientAttestation:*", "kms:RequestAlias"}},
	{Name: "kms:DescribeCustomKeyStores", AccessLevel: LevelRead, Resources: OnAccount,
		keys: []string{"kms:CallerAccount"}},
	{Name: "kms:DescribeKey", AccessLevel: LevelRead, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{"kms:RequestAlias"}},
	{Name: "kms:DisableKey", AccessLevel: LevelWrite, Resources: OnKey, KeyPolicy: true, keyKeys: true,
		keys: []string{"kms:TrailingDaysWithoutKeyUsage"}},
	{Name: "kms:DisableKeyRotation", AccessLevel: LevelWrite, Resources: OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:DisconnectCustomKeyStore", AccessLevel: LevelWrite, Resources: OnAccount,
		keys: []string{"kms:CallerAccount"}},
	{Name: "kms:EnableKey", AccessLevel: LevelWrite, Resources: OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:EnableKeyRotation", AccessLevel: LevelWrite, Resources: OnKey, KeyPolicy: true, keyKeys: true,
		keys: []string{"kms:RotationPeriodInDays"}},
	{Name: "kms:Encapsulate", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{"kms:RequestAlias"}},
	{Name: "kms:Encrypt", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{
			"kms:EncryptionAlgorithm", "kms:RequestAlias", "kms:EncryptionContext:*", "kms:EncryptionContextKeys",
		}},
	{Name: "kms:GenerateDataKey", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{
			"kms:EncryptionAlgorithm", "kms:RequestAlias", "kms:EncryptionContext:*", "kms:EncryptionContextKeys",
			"kms:RecipientAttestation:*",
		}},
	{Name: "kms:GenerateDataKeyPair", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{
			"kms:DataKeyPairSpec", "kms:EncryptionAlgorithm", "kms:RequestAlias", "kms:EncryptionContext:*",
			"kms:EncryptionContextKeys", "kms:RecipientAttestation:*",
		}},
	{Name: "kms:GenerateDataKeyPairWithoutPlaintext", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{
			"kms:DataKeyPairSpec", "kms:EncryptionAlgorithm", "kms:RequestAlias", "kms:EncryptionContext:*",
			"kms:EncryptionContextKeys",
		}},
	{Name: "kms:GenerateDataKeyWithoutPlaintext", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{
			"kms:EncryptionAlgorithm", "kms:RequestAlias", "kms:EncryptionContext:*", "kms:EncryptionContextKeys",
		}},
	{Name: "kms:GenerateMac", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{"kms:MacAlgorithm", "kms:RequestAlias"}},
	{Name: "kms:GenerateRandom", AccessLevel: LevelWrite, Resources: OnAccount,
		keys: []string{"kms:RecipientAttestation:*"}},
	{Name: "kms:GetKeyLastUsage", AccessLevel: LevelRead, Resources: OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:GetKeyPolicy", AccessLevel: LevelRead, Resources: OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:GetKeyRotationStatus", AccessLevel: LevelRead, Resources: OnKey,
		KeyPolicy: true, CrossAccount: true, keyKeys: true},
	{Name: "kms:GetParametersForImport", AccessLevel: LevelRead, Resources: OnKey, KeyPolicy: true, keyKeys: true,
		keys: []string{"kms:WrappingAlgorithm", "kms:WrappingKeySpec"}},
	{Name: "kms:GetPublicKey", AccessLevel: LevelRead, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{"kms:RequestAlias"}},
	{Name: "kms:ImportKeyMaterial", AccessLevel: LevelWrite, Resources: OnKey, KeyPolicy: true, keyKeys: true,
		keys: []string{"kms:ExpirationModel", "kms:ValidTo"}},
	{Name: "kms:ListAliases", AccessLevel: LevelList, Resources: OnAccount},
	{Name: "kms:ListGrants", AccessLevel: LevelList, Resources: OnKey,
		KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{"kms:GrantIsForAWSResource"}},
	{Name: "kms:ListKeyPolicies", AccessLevel: LevelList, Resources: OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:ListKeyRotations", AccessLevel: LevelList, Resources: OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:ListKeys", AccessLevel: LevelList, Resources: OnAccount},
	{Name: "kms:ListResourceTags", AccessLevel: LevelList, Resources: OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:ListRetirableGrants", AccessLevel: LevelList, Resources: OnAccount},
	{Name: "kms:PutKeyPolicy", AccessLevel: LevelPermissionsManagement, Resources: OnKey,
		KeyPolicy: true, keyKeys: true,
		keys: []string{"kms:BypassPolicyLockoutSafetyCheck"}},
	{Name: "kms:ReEncryptFrom", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{
			"kms:EncryptionAlgorithm", "kms:RequestAlias", "kms:ReEncryptOnSameKey", "kms:EncryptionContext:*",
			"kms:EncryptionContextKeys",
		}},
	{Name: "kms:ReEncryptTo", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{
			"kms:EncryptionAlgorithm", "kms:RequestAlias", "kms:ReEncryptOnSameKey", "kms:EncryptionContext:*",
			"kms:EncryptionContextKeys",
		}},
	{Name: "kms:ReplicateKey", AccessLevel: LevelWrite, Resources: OnKey, KeyPolicy: true, keyKeys: true,
		keys: []string{"kms:ReplicaRegion"}},
	{Name: "kms:RetireGrant", AccessLevel: LevelPermissionsManagement, Resources: OnKey,
		Grantable: true, CrossAccount: true, keyKeys: true,
		keys: []string{"kms:EncryptionContext:*", "kms:EncryptionContextKeys", "kms:GrantConstraintType"}},
	{Name: "kms:RevokeGrant", AccessLevel: LevelPermissionsManagement, Resources: OnKey,
		KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{"kms:GrantIsForAWSResource"}},
	{Name: "kms:RotateKeyOnDemand", AccessLevel: LevelWrite, Resources: OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:ScheduleKeyDeletion", AccessLevel: LevelWrite, Resources: OnKey, KeyPolicy: true, keyKeys: true,
		keys: []string{"kms:TrailingDaysWithoutKeyUsage", "kms:ScheduleKeyDeletionPendingWindowInDays"}},
	{Name: "kms:Sign", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{"kms:MessageType", "kms:RequestAlias", "kms:SigningAlgorithm"}},
	{Name: "kms:SynchronizeMultiRegionKey", AccessLevel: LevelWrite, Resources: OnKey},
	{Name: "kms:TagResource", AccessLevel: LevelTagging, Resources: OnKey, KeyPolicy: true, keyKeys: true,
		keys: []string{"aws:RequestTag/*", "aws:TagKeys"}},
	{Name: "kms:UntagResource", AccessLevel: LevelTagging, Resources: OnKey, KeyPolicy: true, keyKeys: true,
		keys: []string{"aws:RequestTag/*", "aws:TagKeys"}},
	{Name: "kms:UpdateAlias", AccessLevel: LevelWrite, Resources: OnAlias | OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:UpdateCustomKeyStore", AccessLevel: LevelWrite, Resources: OnAccount,
		keys: []string{"kms:CallerAccount"}},
	{Name: "kms:UpdateKeyDescription", AccessLevel: LevelWrite, Resources: OnKey, KeyPolicy: true, keyKeys: true},
	{Name: "kms:UpdatePrimaryRegion", AccessLevel: LevelWrite, Resources: OnKey, KeyPolicy: true, keyKeys: true,
		keys: []string{"kms:PrimaryRegion"}},
	{Name: "kms:Verify", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{"kms:MessageType", "kms:RequestAlias", "kms:SigningAlgorithm"}},
	{Name: "kms:VerifyMac", AccessLevel: LevelWrite, Resources: OnKey,
		Grantable: true, KeyPolicy: true, CrossAccount: true, keyKeys: true,
		keys: []string{"kms:MacAlgorithm", "kms:RequestAlias"}},
}

// otherActions is what policies about KMS say of IAM and STS.
var otherActions = []ActionInfo{
	{Name: "iam:AddUserToGroup", AccessLevel: LevelWrite},
	{Name: "iam:AttachGroupPolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:AttachRolePolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:AttachUserPolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:CreateAccessKey", AccessLevel: LevelWrite},
	{Name: "iam:CreateGroup", AccessLevel: LevelWrite},
	{Name: "iam:CreatePolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:CreatePolicyVersion", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:CreateRole", AccessLevel: LevelWrite},
	{Name: "iam:CreateServiceLinkedRole", AccessLevel: LevelWrite},
	{Name: "iam:CreateUser", AccessLevel: LevelWrite},
	{Name: "iam:DeleteAccessKey", AccessLevel: LevelWrite},
	{Name: "iam:DeleteGroup", AccessLevel: LevelWrite},
	{Name: "iam:DeleteGroupPolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:DeletePolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:DeletePolicyVersion", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:DeleteRole", AccessLevel: LevelWrite},
	{Name: "iam:DeleteRolePermissionsBoundary", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:DeleteRolePolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:DeleteServiceLinkedRole", AccessLevel: LevelWrite},
	{Name: "iam:DeleteUser", AccessLevel: LevelWrite},
	{Name: "iam:DeleteUserPermissionsBoundary", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:DeleteUserPolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:DetachGroupPolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:DetachRolePolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:DetachUserPolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:GetAccountAuthorizationDetails", AccessLevel: LevelRead},
	{Name: "iam:GetContextKeysForCustomPolicy", AccessLevel: LevelRead},
	{Name: "iam:GetContextKeysForPrincipalPolicy", AccessLevel: LevelRead},
	{Name: "iam:GetGroup", AccessLevel: LevelRead},
	{Name: "iam:GetGroupPolicy", AccessLevel: LevelRead},
	{Name: "iam:GetPolicy", AccessLevel: LevelRead},
	{Name: "iam:GetPolicyVersion", AccessLevel: LevelRead},
	{Name: "iam:GetRole", AccessLevel: LevelRead},
	{Name: "iam:GetRolePolicy", AccessLevel: LevelRead},
	{Name: "iam:GetUser", AccessLevel: LevelRead},
	{Name: "iam:GetUserPolicy", AccessLevel: LevelRead},
	{Name: "iam:ListAccessKeys", AccessLevel: LevelList},
	{Name: "iam:ListAttachedGroupPolicies", AccessLevel: LevelList},
	{Name: "iam:ListAttachedRolePolicies", AccessLevel: LevelList},
	{Name: "iam:ListAttachedUserPolicies", AccessLevel: LevelList},
	{Name: "iam:ListEntitiesForPolicy", AccessLevel: LevelList},
	{Name: "iam:ListGroupPolicies", AccessLevel: LevelList},
	{Name: "iam:ListGroups", AccessLevel: LevelList},
	{Name: "iam:ListGroupsForUser", AccessLevel: LevelList},
	{Name: "iam:ListInstanceProfilesForRole", AccessLevel: LevelList},
	{Name: "iam:ListPolicies", AccessLevel: LevelList},
	{Name: "iam:ListPolicyTags", AccessLevel: LevelList},
	{Name: "iam:ListPolicyVersions", AccessLevel: LevelList},
	{Name: "iam:ListRolePolicies", AccessLevel: LevelList},
	{Name: "iam:ListRoles", AccessLevel: LevelList},
	{Name: "iam:ListRoleTags", AccessLevel: LevelList},
	{Name: "iam:ListUserPolicies", AccessLevel: LevelList},
	{Name: "iam:ListUsers", AccessLevel: LevelList},
	{Name: "iam:ListUserTags", AccessLevel: LevelList},
	{Name: "iam:PassRole", AccessLevel: LevelWrite},
	{Name: "iam:PutGroupPolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:PutRolePermissionsBoundary", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:PutRolePolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:PutUserPermissionsBoundary", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:PutUserPolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:RemoveUserFromGroup", AccessLevel: LevelWrite},
	{Name: "iam:SetDefaultPolicyVersion", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:SimulateCustomPolicy", AccessLevel: LevelRead},
	{Name: "iam:SimulatePrincipalPolicy", AccessLevel: LevelRead},
	{Name: "iam:TagPolicy", AccessLevel: LevelTagging},
	{Name: "iam:TagRole", AccessLevel: LevelTagging},
	{Name: "iam:TagUser", AccessLevel: LevelTagging},
	{Name: "iam:UntagPolicy", AccessLevel: LevelTagging},
	{Name: "iam:UntagRole", AccessLevel: LevelTagging},
	{Name: "iam:UntagUser", AccessLevel: LevelTagging},
	{Name: "iam:UpdateAccessKey", AccessLevel: LevelWrite},
	{Name: "iam:UpdateAssumeRolePolicy", AccessLevel: LevelPermissionsManagement},
	{Name: "iam:UpdateGroup", AccessLevel: LevelWrite},
	{Name: "iam:UpdateRole", AccessLevel: LevelWrite},
	{Name: "iam:UpdateRoleDescription", AccessLevel: LevelWrite},
	{Name: "iam:UpdateUser", AccessLevel: LevelWrite},
	{Name: "sts:AssumeRole", AccessLevel: LevelWrite},
	{Name: "sts:AssumeRoleWithSAML", AccessLevel: LevelWrite},
	{Name: "sts:AssumeRoleWithWebIdentity", AccessLevel: LevelWrite},
	{Name: "sts:GetCallerIdentity", AccessLevel: LevelRead},
	{Name: "sts:GetFederationToken", AccessLevel: LevelRead},
	{Name: "sts:GetSessionToken", AccessLevel: LevelRead},
	{Name: "sts:SetSourceIdentity", AccessLevel: LevelWrite},
	{Name: "sts:TagSession", AccessLevel: LevelTagging},
}
