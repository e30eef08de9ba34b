package catalog

// ParameterHelp says what a parameter of AWS KMS is for.
type ParameterHelp struct{ Name, Text string }

// OperationPage is the page of the API reference about an operation; empty for services without one here.
func OperationPage(service, operation string) string {
	references := map[string]string{
		"kms": "https://docs.aws.amazon.com/kms/latest/APIReference/", "iam": "https://docs.aws.amazon.com/IAM/latest/APIReference/",
		"sts": "https://docs.aws.amazon.com/STS/latest/APIReference/", "organizations": "https://docs.aws.amazon.com/organizations/latest/APIReference/",
	}
	if references[service] == "" {
		return ""
	}
	return references[service] + "API_" + operation + ".html"
}

// DescribeParameters says what the parameters of an operation are for, those of its structures included.
func DescribeParameters(input []Field) []ParameterHelp {
	help := []ParameterHelp{}
	seen := map[string]bool{}
	var visit func(fields []Field, depth int)
	visit = func(fields []Field, depth int) {
		for _, f := range fields {
			if d, ok := find(parameters, f.Name); ok && !seen[f.Name] {
				seen[f.Name] = true
				help = append(help, ParameterHelp{f.Name, d.Text})
			}
			if depth > 0 {
				visit(f.Shape.Fields, depth-1)
				if f.Shape.Member != nil {
					visit(f.Shape.Member.Fields, depth-1)
				}
			}
		}
	}
	visit(input, 3)
	return help
}

// parameters by name: the same name means the same in every operation.
var parameters = []described{
	{"AccessKeyId", "The ID of the access key.", ""},
	{"AliasName", "The name begins with alias/, then letters, digits and : / _ -. Names that begin with alias/aws/ belong to AWS.", ""},
	{"AssumeRolePolicyDocument", "The trust policy of the role, as JSON: who may assume it.", ""},
	{"AttestationDocument", "The signed document of a Nitro enclave or NitroTPM. It is not simulated here.", ""},
	{"BypassPolicyLockoutSafetyCheck", "True accepts a key policy under which the caller could not change the key policy any more.", ""},
	{"CiphertextBlob", "What Encrypt, ReEncrypt or a GenerateDataKey operation gave. It names the KMS key that it was made with.", ""},
	{"CloudHsmClusterId", "The active CloudHSM cluster of the key store.", ""},
	{"Constraints", "The grant counts only for requests that meet these: an encryption context, or the resource for which a service acts.", ""},
	{"CustomKeyStoreId", "The ID of the custom key store.", ""},
	{"CustomKeyStoreName", "A name for people, unique in the account and Region.", ""},
	{"CustomKeyStoreType", "Whether the keys are in a CloudHSM cluster or in a key manager outside of AWS.", ""},
	{"CustomerMasterKeySpec", "The former name of KeySpec. Give one of the two.", ""},
	{"Description", "A text for people. It shows in plain text in CloudTrail, so it must not hold secrets.", ""},
	{"DestinationEncryptionAlgorithm", "The algorithm that encrypts the data again. It has to fit the new key.", ""},
	{"DestinationEncryptionContext", "The encryption context that the new ciphertext is bound to.", ""},
	{"DestinationKeyId", "The KMS key that the data is encrypted under again.", ""},
	{"DryRun", "True asks only whether the call would be allowed; nothing else happens.", ""},
	{"DryRunModifiers", "What a dry run does without.", ""},
	{"DurationSeconds", "How long the temporary credentials are valid, in seconds.", ""},
	{"EncapsulationAlgorithm", "The algorithm of the key encapsulation.", ""},
	{"EncryptedKeyMaterial", "The key material, encrypted under the public key that GetParametersForImport gave.", ""},
	{"EncryptionAlgorithm", "The algorithm. With a symmetric key it is SYMMETRIC_DEFAULT and may be left out.", ""},
	{"EncryptionContext", "Pairs that the ciphertext is bound to: whoever decrypts it has to give the same ones, letter for letter. They are no secret.", ""},
	{"EncryptionContextEquals", "The encryption context of the request has to be exactly this.", ""},
	{"EncryptionContextSubset", "The encryption context of the request has to contain these pairs, and may have others.", ""},
	{"ExpirationModel", "Whether the imported key material expires. When it does, ValidTo is required.", ""},
	{"ExternalId", "A value that the trust policy of the role may ask for with sts:ExternalId.", ""},
	{"GrantId", "The ID of the grant, as CreateGrant and ListGrants give it.", ""},
	{"GrantToken", "The token of the grant, as CreateGrant gave it.", ""},
	{"GrantTokens", "Tokens of grants that count for this request at once, before the grants are seen everywhere.", ""},
	{"GranteePrincipal", "Who gets the permissions: the ARN of a user, a role, a session or an account.", ""},
	{"GranteeServicePrincipal", "The AWS service that gets the permissions, instead of a principal.", ""},
	{"ImportToken", "The token that GetParametersForImport gave together with the public key.", ""},
	{"ImportType", "Whether new key material comes in or material that the key had before.", ""},
	{"IncludeKeyMaterial", "Which key materials are listed.", ""},
	{"KeyAgreementAlgorithm", "The algorithm that derives the shared secret.", ""},
	{"KeyEncryptionAlgorithm", "The algorithm under which the answer is encrypted for the enclave.", ""},
	{"KeyId", "The KMS key: by its ID, its ARN or, where the operation takes one, an alias. In another account, an ARN is needed.", ""},
	{"KeyMaterialDescription", "A text for people about the imported key material.", ""},
	{"KeyMaterialId", "The ID of one of the key's materials.", ""},
	{"KeyPairSpec", "The kind of the data key pair.", ""},
	{"KeySpec", "The kind of the key: its type, size and what it can do.", ""},
	{"KeyStorePassword", "The password of the kmsuser crypto user in the CloudHSM cluster.", ""},
	{"KeyUsage", "What the key is for. It cannot be changed later.", ""},
	{"Limit", "How many items one answer may hold. More follow with the Marker of the answer.", ""},
	{"Mac", "The MAC that GenerateMac gave.", ""},
	{"MacAlgorithm", "The MAC algorithm. It has to fit the key.", ""},
	{"Marker", "The NextMarker of the answer before, for the items that follow.", ""},
	{"MaxItems", "How many items one answer may hold.", ""},
	{"MaxSessionDuration", "The longest session that the role gives, in seconds.", ""},
	{"Message", "What is signed or verified: the message itself, or with the MessageType DIGEST its hash.", ""},
	{"MessageType", "RAW for the message itself, DIGEST when it was hashed before.", ""},
	{"MultiRegion", "True makes the primary key of a multi-Region key. It cannot be changed later.", ""},
	{"Name", "A name for people. CreateGrant with the same name and parameters gives the grant that is there.", ""},
	{"NewCustomKeyStoreName", "The new name of the custom key store.", ""},
	{"NumberOfBytes", "How many random bytes are wanted.", ""},
	{"Operations", "What the grant allows. Each has to be one that the key can do.", ""},
	{"Origin", "Where the key material comes from. It cannot be changed later.", ""},
	{"Path", "A path for the ARN, between slashes.", ""},
	{"PendingWindowInDays", "How many days pass before the key is deleted. Until then CancelKeyDeletion takes it back.", ""},
	{"PermissionsBoundary", "The ARN of the managed policy that limits what other policies can allow.", ""},
	{"Plaintext", "What is encrypted: keys and other short secrets. For longer data, a data key is made with GenerateDataKey.", ""},
	{"Policy", "The policy as JSON.", ""},
	{"PolicyArn", "The ARN of the managed policy.", ""},
	{"PolicyDocument", "The policy as JSON.", ""},
	{"PolicyName", "The name of the policy. That of a key policy is default.", ""},
	{"PrimaryRegion", "The Region whose replica becomes the primary key.", ""},
	{"PublicKey", "The public key of the other side, as DER. It is on the same curve as the key.", ""},
	{"RawSecretAccessKey", "The secret access key of the external key store proxy.", ""},
	{"Recipient", "The enclave for which the answer is encrypted. Attestation is not simulated here.", ""},
	{"ReplicaRegion", "The Region in which the replica is made.", ""},
	{"RetiringPrincipal", "Who may retire the grant besides the grantee.", ""},
	{"RetiringServicePrincipal", "The AWS service that may retire the grant.", ""},
	{"RoleArn", "The ARN of the role to assume.", ""},
	{"RoleName", "The name of the role.", ""},
	{"RoleSessionName", "A name for the session, which becomes part of its ARN.", ""},
	{"RotationPeriodInDays", "How many days pass between automatic rotations.", ""},
	{"SharedSecretCiphertextBlob", "What Encapsulate gave: the shared secret in encapsulated form.", ""},
	{"Signature", "The signature that Sign gave.", ""},
	{"SigningAlgorithm", "The signing algorithm. It has to fit the key.", ""},
	{"SourceArn", "The grant counts only when a service acts for this resource.", ""},
	{"SourceEncryptionAlgorithm", "The algorithm that the ciphertext was made with.", ""},
	{"SourceEncryptionContext", "The encryption context that the ciphertext was made with.", ""},
	{"SourceKeyId", "The KMS key that the ciphertext was made with. With a symmetric key it may be left out.", ""},
	{"TagKey", "The key of the tag.", ""},
	{"TagKeys", "The keys of the tags that are taken off.", ""},
	{"TagValue", "The value of the tag. It may be empty.", ""},
	{"Tags", "Pairs that label the resource. Policies can ask for them with aws:ResourceTag, so a tag may open or close access.", ""},
	{"TargetKeyId", "The KMS key that the alias stands for. An alias is no key ID: give the ID or the ARN.", ""},
	{"TrustAnchorCertificate", "The certificate of the CloudHSM cluster, as it was made when the cluster was initialized.", ""},
	{"UserName", "The name of the user.", ""},
	{"ValidTo", "When the imported key material expires.", ""},
	{"WrappingAlgorithm", "How the key material is encrypted for its way to AWS KMS.", ""},
	{"WrappingKeySpec", "The kind of the public key that encrypts the key material.", ""},
	{"XksKeyId", "The ID of the key in the key manager outside of AWS.", ""},
	{"XksProxyAuthenticationCredential", "The access key with which AWS KMS signs its requests to the proxy.", ""},
	{"XksProxyConnectivity", "How AWS KMS reaches the proxy: over the internet or through a VPC endpoint service.", ""},
	{"XksProxyUriEndpoint", "The address of the proxy, which begins with https://.", ""},
	{"XksProxyUriPath", "The path of the proxy, which ends with /kms/xks/v1.", ""},
	{"XksProxyVpcEndpointServiceName", "The VPC endpoint service through which the proxy is reached.", ""},
	{"XksProxyVpcEndpointServiceOwner", "The account that the VPC endpoint service belongs to.", ""},
}
