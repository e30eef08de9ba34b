package catalog

import (
	"strings"
	"unicode"
)

// DescribeConditionKey says what a condition key holds, or the family that it belongs to.
func DescribeConditionKey(name string) (Description, bool) {
	for _, d := range keyWords {
		if matchesFamily(d.name, name) || strings.EqualFold(d.name, name) {
			return Description{d.text, keyPage(d)}, true
		}
	}
	return Description{}, false
}

// TrustConditionKeys are the keys of STS that trust policies test.
func TrustConditionKeys() []ConditionKeyInfo { return trustConditionKeys }

var trustConditionKeys = []ConditionKeyInfo{
	{Name: "sts:ExternalId", Type: "String"}, {Name: "sts:RoleSessionName", Type: "String"},
	{Name: "sts:SourceIdentity", Type: "String"}, {Name: "sts:TransitiveTagKeys", Type: "String", Multi: true},
}

// keyPage is the place at which AWS describes a key. Its pages name their places after the keys.
func keyPage(d described) string {
	if d.page != "" {
		return d.page
	}
	service, name, _ := strings.Cut(d.name, ":")
	name = strings.TrimRight(name, "/:*")
	switch service {
	case "aws":
		return userGuide + "reference_policies_condition-keys.html#condition-keys-" + strings.ToLower(name)
	case "sts":
		return userGuide + "reference_policies_iam-condition-keys.html#ck_" + strings.ToLower(name)
	}
	return "kms/latest/developerguide/conditions-kms.html#conditions-kms-" + dashed(name)
}

// dashed is "ViaService" as "via-service".
func dashed(name string) string {
	name = strings.NewReplacer("MultiRegion", "Multiregion", "ReEncrypt", "Reencrypt", "AWS", "Aws").Replace(name)
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

const attestationPage = "kms/latest/developerguide/conditions-nitro-enclave.html"

var keyWords = []described{
	{"aws:CalledVia", "The services through which the request went, in order, when they passed on the caller's identity.", ""},
	{"aws:CalledViaFirst", "The first service through which the request went, when it passed on the caller's identity.", ""},
	{"aws:CalledViaLast", "The last service through which the request went, when it passed on the caller's identity.", ""},
	{"aws:CurrentTime", "The time of the request.", ""},
	{"aws:Ec2InstanceSourcePrivateIPv4", "The private address of the EC2 instance whose role credentials sign the request.", ""},
	{"aws:Ec2InstanceSourceVpc", "The VPC of the EC2 instance whose role credentials sign the request.", ""},
	{"aws:EpochTime", "The time of the request, in seconds since 1970.", ""},
	{"aws:FederatedProvider", "The identity provider through which the caller signed in.", ""},
	{"aws:MultiFactorAuthAge", "How many seconds ago the caller signed in with a second factor. Missing when there was none.", ""},
	{"aws:MultiFactorAuthPresent", "Whether a second factor was used. Only temporary credentials carry it; long-term access keys lack it.", ""},
	{"aws:PrincipalAccount", "The account of the caller.", ""},
	{"aws:PrincipalArn", "The ARN of the caller; for a session, of its role.", ""},
	{"aws:PrincipalIsAWSService", "Whether a service calls in its own name.", ""},
	{"aws:PrincipalOrgID", "The ID of the organization that the caller's account belongs to.", ""},
	{"aws:PrincipalOrgPaths", "The place of the caller's account in its organization: o-…/r-…/ou-…/.", ""},
	{"aws:PrincipalServiceName", "The name of the service that calls in its own name.", ""},
	{"aws:PrincipalServiceNamesList", "All names of the service that calls in its own name.", ""},
	{"aws:PrincipalTag/*", "A tag of the calling user or role, or of its session.", ""},
	{"aws:PrincipalType", "What kind of principal calls: Account, User, AssumedRole or FederatedUser.", ""},
	{"aws:RequestedRegion", "The Region that the request goes to.", ""},
	{"aws:RequestTag/*", "A tag that the request would put on the resource.", ""},
	{"aws:ResourceAccount", "The account that owns the resource.", ""},
	{"aws:ResourceOrgID", "The ID of the organization of the account that owns the resource.", ""},
	{"aws:ResourceOrgPaths", "The place in its organization of the account that owns the resource.", ""},
	{"aws:ResourceTag/*", "A tag of the resource. For a KMS key, IAM policies see it and key policies do not.", ""},
	{"aws:SecureTransport", "Whether the request came over TLS.", ""},
	{"aws:SourceAccount", "The account of the resource for which a service calls in its own name.", ""},
	{"aws:SourceArn", "The resource for which a service calls in its own name.", ""},
	{"aws:SourceIdentity", "Who is behind a session, as was said when its role was assumed.", ""},
	{"aws:SourceIp", "The public address that the request came from. Missing when it came through a VPC endpoint.", ""},
	{"aws:SourceOrgID", "The organization of the resource for which a service calls in its own name.", ""},
	{"aws:SourceOrgPaths", "The place in its organization of the resource for which a service calls in its own name.", ""},
	{"aws:SourceVpc", "The VPC that the request came from. Only requests through a VPC endpoint carry it.", ""},
	{"aws:SourceVpce", "The VPC endpoint that the request came through.", ""},
	{"aws:TagKeys", "The keys of the tags that the request names.", ""},
	{"aws:TokenIssueTime", "When the caller's temporary credentials were issued.", ""},
	{"aws:UserAgent", "What the calling program says of itself. Anybody can say anything.", ""},
	{"aws:userid", "The unique ID of the caller; for a session the ID of its role, a colon and the session's name.", ""},
	{"aws:username", "The name of the calling user. Sessions of roles lack it.", ""},
	{"aws:ViaAWSService", "Whether a service made the request with its caller's identity.", ""},
	{"aws:VpcSourceIp", "The private address within the VPC, for requests through a VPC endpoint.", ""},
	{"kms:BypassPolicyLockoutSafetyCheck", "Whether the request asks to skip the check that somebody can still change the key policy.", ""},
	{"kms:CallerAccount", "The account of the caller. With Principal * it says whose principals are meant.", ""},
	{"kms:CustomerMasterKeySpec", "The former name of kms:KeySpec.", "kms/latest/developerguide/conditions-kms.html#conditions-kms-key-spec-replaced"},
	{"kms:CustomerMasterKeyUsage", "The former name of kms:KeyUsage.", "kms/latest/developerguide/conditions-kms.html#conditions-kms-key-usage-replaced"},
	{"kms:DataKeyPairSpec", "The kind of key pair that GenerateDataKeyPair is asked for.", ""},
	{"kms:EncryptionAlgorithm", "The encryption algorithm of the request.", ""},
	{"kms:EncryptionContext:*", "The value that the encryption context of the request has for a key: kms:EncryptionContext:Department. Asymmetric keys have no encryption context.", ""},
	{"kms:EncryptionContextKeys", "The keys of the encryption context of the request, without their values.", ""},
	{"kms:ExpirationModel", "Whether imported key material is to expire.", ""},
	{"kms:GrantConstraintSourceArn", "The source ARN to which a grant for a service is bound.", ""},
	{"kms:GrantConstraintType", "How the grant constrains the encryption context: by a subset of it or by all of it.", ""},
	{"kms:GranteePrincipal", "Who gets the permissions of the grant.", ""},
	{"kms:GranteeServicePrincipal", "The service that gets the permissions of the grant.", ""},
	{"kms:GrantIsForAWSResource", "Whether an AWS service asks for the grant in its caller's name, for a resource of that caller.", ""},
	{"kms:GrantOperations", "The operations that the grant gives.", ""},
	{"kms:KeyAgreementAlgorithm", "The key agreement algorithm of the request.", ""},
	{"kms:KeyOrigin", "Where the key material comes from: AWS KMS, an import, a key store.", ""},
	{"kms:KeySpec", "What kind of key it is: SYMMETRIC_DEFAULT, RSA_2048, ECC_NIST_P256 and so on.", ""},
	{"kms:KeyUsage", "What the key is for: encryption, signing, MACs, key agreement.", ""},
	{"kms:MacAlgorithm", "The MAC algorithm of the request.", ""},
	{"kms:MessageType", "Whether the message to sign comes whole or as a digest.", ""},
	{"kms:MultiRegion", "Whether it is a multi-Region key.", ""},
	{"kms:MultiRegionKeyType", "Whether it is the primary key or a replica.", ""},
	{"kms:PrimaryRegion", "The Region that UpdatePrimaryRegion would make the primary one.", ""},
	{"kms:RecipientAttestation:ImageSha384", "The image digest in the attestation document of a Nitro enclave.", attestationPage},
	{"kms:RecipientAttestation:NitroTPMPCR*", "A register of the attestation document of a NitroTPM.", attestationPage},
	{"kms:RecipientAttestation:PCR*", "A register of the attestation document of a Nitro enclave: PCR0 is the image.", attestationPage},
	{"kms:ReEncryptOnSameKey", "Whether ReEncrypt uses one key for both halves.", ""},
	{"kms:ReplicaRegion", "The Region for which ReplicateKey makes a replica.", ""},
	{"kms:RequestAlias", "The alias by which the request names the key. Missing when it names the key by ID or ARN.", ""},
	{"kms:ResourceAliases", "The aliases that the key has, however the request names it. IAM policies see it and key policies do not.", ""},
	{"kms:RetiringPrincipal", "Who may retire the grant.", ""},
	{"kms:RetiringServicePrincipal", "The service that may retire the grant.", ""},
	{"kms:RotationPeriodInDays", "The rotation period that EnableKeyRotation asks for.", ""},
	{"kms:ScheduleKeyDeletionPendingWindowInDays", "The waiting period that ScheduleKeyDeletion asks for.", ""},
	{"kms:SigningAlgorithm", "The signing algorithm of the request.", ""},
	{"kms:TrailingDaysWithoutKeyUsage", "How many days the key has not been used.", ""},
	{"kms:ValidTo", "When imported key material is to expire.", ""},
	{"kms:ViaService", "The service that uses the key with the identity of its caller: s3.us-east-1.amazonaws.com. Missing when the caller asks AWS KMS directly.", ""},
	{"kms:WrappingAlgorithm", "How key material is to be wrapped for its import.", ""},
	{"kms:WrappingKeySpec", "The kind of public key that wraps key material for its import.", ""},
	{"sts:ExternalId", "The ID that a third party has to give when it assumes the role, so that nobody can borrow its trust.", ""},
	{"sts:RoleSessionName", "The name that the caller gives the session.", ""},
	{"sts:SourceIdentity", "Who the caller says is behind the session.", ""},
	{"sts:TransitiveTagKeys", "The session tags that stay when the session assumes another role.", ""},
}
