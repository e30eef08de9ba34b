package catalog

// The shapes of the KMS service model, by name. Where the API reference (read 2026-08) is narrower than the model it
// counts: 7 to 30 days of PendingWindowInDays instead of 1 to 365, at most 100 or 50 for the Limit of some lists instead
// of 1,000. In which words AWS refuses what only the reference excludes is not known; here it is as the model's limits.
// MacAlgorithmSpec is in the order in which AWS was seen to list it.
var (
	kmsAWSAccountIdType = Shape{Name: "AWSAccountIdType", Type: String}
	kmsAccountIdType    = Shape{Name: "AccountIdType", Type: String, Min: 12, HasMin: true, Max: 12, HasMax: true, Pattern: "[0-9]{12}"}
	kmsAlgorithmSpec    = Shape{Name: "AlgorithmSpec", Type: String, Enum: []string{
		"RSAES_PKCS1_V1_5", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "RSA_AES_KEY_WRAP_SHA_1",
		"RSA_AES_KEY_WRAP_SHA_256", "SM2PKE",
	}}
	kmsAliasList      = Shape{Name: "AliasList", Type: List, Member: &kmsAliasListEntry}
	kmsAliasListEntry = Shape{Name: "AliasListEntry", Type: Structure, Fields: []Field{
		{"AliasName", &kmsAliasNameType, false}, {"AliasArn", &kmsArnType, false},
		{"TargetKeyId", &kmsKeyIdType, false}, {"CreationDate", &kmsDateType, false},
		{"LastUpdatedDate", &kmsDateType, false},
	}}
	kmsAliasNameType            = Shape{Name: "AliasNameType", Type: String, Min: 1, HasMin: true, Max: 256, HasMax: true, Pattern: "^[a-zA-Z0-9:/_-]+$"}
	kmsArnType                  = Shape{Name: "ArnType", Type: String, Min: 20, HasMin: true, Max: 2048, HasMax: true}
	kmsAttestationDocumentType  = Shape{Name: "AttestationDocumentType", Type: Blob, Min: 1, HasMin: true, Max: 262144, HasMax: true}
	kmsBackingKeyIdResponseType = Shape{Name: "BackingKeyIdResponseType", Type: String, Min: 0, HasMin: true, Max: 64, HasMax: true, Pattern: "^[a-f0-9]+$"}
	kmsBackingKeyIdType         = Shape{Name: "BackingKeyIdType", Type: String, Min: 64, HasMin: true, Max: 64, HasMax: true, Pattern: "^[a-f0-9]+$"}
	kmsBooleanType              = Shape{Name: "BooleanType", Type: Boolean}
	kmsCiphertextType           = Shape{Name: "CiphertextType", Type: Blob, Min: 1, HasMin: true, Max: 6144, HasMax: true}
	kmsCloudHsmClusterIdType    = Shape{Name: "CloudHsmClusterIdType", Type: String, Min: 19, HasMin: true, Max: 24, HasMax: true, Pattern: "cluster-[2-7a-zA-Z]{11,16}"}
	kmsCloudTrailEventIdType    = Shape{Name: "CloudTrailEventIdType", Type: String}
	kmsConnectionErrorCodeType  = Shape{Name: "ConnectionErrorCodeType", Type: String, Enum: []string{
		"INVALID_CREDENTIALS", "CLUSTER_NOT_FOUND", "NETWORK_ERRORS", "INTERNAL_ERROR",
		"INSUFFICIENT_CLOUDHSM_HSMS", "USER_LOCKED_OUT", "USER_NOT_FOUND", "USER_LOGGED_IN", "SUBNET_NOT_FOUND",
		"INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET", "XKS_PROXY_ACCESS_DENIED", "XKS_PROXY_NOT_REACHABLE",
		"XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND", "XKS_PROXY_INVALID_RESPONSE", "XKS_PROXY_INVALID_CONFIGURATION",
		"XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION", "XKS_PROXY_TIMED_OUT",
		"XKS_PROXY_INVALID_TLS_CONFIGURATION",
	}}
	kmsConnectionStateType = Shape{Name: "ConnectionStateType", Type: String, Enum: []string{
		"CONNECTED", "CONNECTING", "FAILED", "DISCONNECTED", "DISCONNECTING",
	}}
	kmsCustomKeyStoreIdType   = Shape{Name: "CustomKeyStoreIdType", Type: String, Min: 1, HasMin: true, Max: 64, HasMax: true}
	kmsCustomKeyStoreNameType = Shape{Name: "CustomKeyStoreNameType", Type: String, Min: 1, HasMin: true, Max: 256, HasMax: true}
	kmsCustomKeyStoreType     = Shape{Name: "CustomKeyStoreType", Type: String, Enum: []string{
		"AWS_CLOUDHSM", "EXTERNAL_KEY_STORE",
	}}
	kmsCustomKeyStoresList      = Shape{Name: "CustomKeyStoresList", Type: List, Member: &kmsCustomKeyStoresListEntry}
	kmsCustomKeyStoresListEntry = Shape{Name: "CustomKeyStoresListEntry", Type: Structure, Fields: []Field{
		{"CustomKeyStoreId", &kmsCustomKeyStoreIdType, false},
		{"CustomKeyStoreName", &kmsCustomKeyStoreNameType, false},
		{"CloudHsmClusterId", &kmsCloudHsmClusterIdType, false},
		{"TrustAnchorCertificate", &kmsTrustAnchorCertificateType, false},
		{"ConnectionState", &kmsConnectionStateType, false},
		{"ConnectionErrorCode", &kmsConnectionErrorCodeType, false}, {"CreationDate", &kmsDateType, false},
		{"CustomKeyStoreType", &kmsCustomKeyStoreType, false},
		{"XksProxyConfiguration", &kmsXksProxyConfigurationType, false},
	}}
	kmsCustomerMasterKeySpec = Shape{Name: "CustomerMasterKeySpec", Type: String, Enum: []string{
		"RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1",
		"SYMMETRIC_DEFAULT", "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512", "SM2",
	}}
	kmsDataKeyPairSpec = Shape{Name: "DataKeyPairSpec", Type: String, Enum: []string{
		"RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1",
		"SM2", "ECC_NIST_EDWARDS25519", "ML_KEM_512", "ML_KEM_768", "ML_KEM_1024",
	}}
	kmsDataKeySpec                    = Shape{Name: "DataKeySpec", Type: String, Enum: []string{"AES_256", "AES_128"}}
	kmsDateType                       = Shape{Name: "DateType", Type: Timestamp}
	kmsDescriptionType                = Shape{Name: "DescriptionType", Type: String, Min: 0, HasMin: true, Max: 8192, HasMax: true}
	kmsDryRunModifierList             = Shape{Name: "DryRunModifierList", Type: List, Member: &kmsDryRunModifierType}
	kmsDryRunModifierType             = Shape{Name: "DryRunModifierType", Type: String, Enum: []string{"IGNORE_CIPHERTEXT"}}
	kmsEncapsulationAlgorithmSpec     = Shape{Name: "EncapsulationAlgorithmSpec", Type: String, Enum: []string{"ML_KEM"}}
	kmsEncapsulationAlgorithmSpecList = Shape{Name: "EncapsulationAlgorithmSpecList", Type: List, Member: &kmsEncapsulationAlgorithmSpec}
	kmsEncryptionAlgorithmSpec        = Shape{Name: "EncryptionAlgorithmSpec", Type: String, Enum: []string{
		"SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE",
	}}
	kmsEncryptionAlgorithmSpecList = Shape{Name: "EncryptionAlgorithmSpecList", Type: List, Member: &kmsEncryptionAlgorithmSpec}
	kmsEncryptionContextKey        = Shape{Name: "EncryptionContextKey", Type: String}
	kmsEncryptionContextType       = Shape{Name: "EncryptionContextType", Type: Map, Key: &kmsEncryptionContextKey, Member: &kmsEncryptionContextValue}
	kmsEncryptionContextValue      = Shape{Name: "EncryptionContextValue", Type: String}
	kmsExpirationModelType         = Shape{Name: "ExpirationModelType", Type: String, Enum: []string{
		"KEY_MATERIAL_EXPIRES", "KEY_MATERIAL_DOES_NOT_EXPIRE",
	}}
	kmsGrantConstraints = Shape{Name: "GrantConstraints", Type: Structure, Fields: []Field{
		{"EncryptionContextSubset", &kmsEncryptionContextType, false},
		{"EncryptionContextEquals", &kmsEncryptionContextType, false}, {"SourceArn", &kmsArnType, false},
	}}
	kmsGrantIdType    = Shape{Name: "GrantIdType", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true}
	kmsGrantList      = Shape{Name: "GrantList", Type: List, Member: &kmsGrantListEntry}
	kmsGrantListEntry = Shape{Name: "GrantListEntry", Type: Structure, Fields: []Field{
		{"KeyId", &kmsKeyIdType, false}, {"GrantId", &kmsGrantIdType, false}, {"Name", &kmsGrantNameType, false},
		{"CreationDate", &kmsDateType, false}, {"GranteePrincipal", &kmsPrincipalIdType, false},
		{"RetiringPrincipal", &kmsPrincipalIdType, false}, {"IssuingAccount", &kmsPrincipalIdType, false},
		{"Operations", &kmsGrantOperationList, false}, {"Constraints", &kmsGrantConstraints, false},
		{"GranteeServicePrincipal", &kmsServicePrincipalType, false},
		{"RetiringServicePrincipal", &kmsServicePrincipalType, false},
	}}
	kmsGrantNameType  = Shape{Name: "GrantNameType", Type: String, Min: 1, HasMin: true, Max: 256, HasMax: true, Pattern: "^[a-zA-Z0-9:/_-]+$"}
	kmsGrantOperation = Shape{Name: "GrantOperation", Type: String, Enum: []string{
		"Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo",
		"Sign", "Verify", "GetPublicKey", "CreateGrant", "RetireGrant", "DescribeKey", "GenerateDataKeyPair",
		"GenerateDataKeyPairWithoutPlaintext", "GenerateMac", "VerifyMac", "DeriveSharedSecret", "Encapsulate",
		"Decapsulate",
	}}
	kmsGrantOperationList = Shape{Name: "GrantOperationList", Type: List, Member: &kmsGrantOperation}
	kmsGrantTokenList     = Shape{Name: "GrantTokenList", Type: List, Min: 0, HasMin: true, Max: 10, HasMax: true, Member: &kmsGrantTokenType}
	kmsGrantTokenType     = Shape{Name: "GrantTokenType", Type: String, Min: 1, HasMin: true, Max: 8192, HasMax: true}
	kmsImportState        = Shape{Name: "ImportState", Type: String, Enum: []string{"IMPORTED", "PENDING_IMPORT"}}
	kmsImportType         = Shape{Name: "ImportType", Type: String, Enum: []string{
		"NEW_KEY_MATERIAL", "EXISTING_KEY_MATERIAL",
	}}
	kmsIncludeKeyMaterial = Shape{Name: "IncludeKeyMaterial", Type: String, Enum: []string{
		"ALL_KEY_MATERIAL", "ROTATIONS_ONLY",
	}}
	kmsKeyAgreementAlgorithmSpec     = Shape{Name: "KeyAgreementAlgorithmSpec", Type: String, Enum: []string{"ECDH"}}
	kmsKeyAgreementAlgorithmSpecList = Shape{Name: "KeyAgreementAlgorithmSpecList", Type: List, Member: &kmsKeyAgreementAlgorithmSpec}
	kmsKeyEncryptionMechanism        = Shape{Name: "KeyEncryptionMechanism", Type: String, Enum: []string{
		"RSAES_OAEP_SHA_256",
	}}
	kmsKeyIdType        = Shape{Name: "KeyIdType", Type: String, Min: 1, HasMin: true, Max: 2048, HasMax: true}
	kmsKeyLastUsageData = Shape{Name: "KeyLastUsageData", Type: Structure, Fields: []Field{
		{"Operation", &kmsKeyLastUsageTrackingOperation, false}, {"Timestamp", &kmsDateType, false},
		{"CloudTrailEventId", &kmsCloudTrailEventIdType, false}, {"KmsRequestId", &kmsKmsRequestIdType, false},
	}}
	kmsKeyLastUsageTrackingOperation = Shape{Name: "KeyLastUsageTrackingOperation", Type: String, Enum: []string{
		"Decrypt", "DeriveSharedSecret", "Encrypt", "GenerateDataKey", "GenerateDataKeyPair",
		"GenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyWithoutPlaintext", "GenerateMac", "ReEncrypt",
		"Sign", "Verify", "VerifyMac",
	}}
	kmsKeyList      = Shape{Name: "KeyList", Type: List, Member: &kmsKeyListEntry}
	kmsKeyListEntry = Shape{Name: "KeyListEntry", Type: Structure, Fields: []Field{
		{"KeyId", &kmsKeyIdType, false}, {"KeyArn", &kmsArnType, false},
	}}
	kmsKeyManagerType             = Shape{Name: "KeyManagerType", Type: String, Enum: []string{"AWS", "CUSTOMER"}}
	kmsKeyMaterialDescriptionType = Shape{Name: "KeyMaterialDescriptionType", Type: String, Min: 0, HasMin: true, Max: 256, HasMax: true, Pattern: `^[a-zA-Z0-9:/_\s.-]+$`}
	kmsKeyMaterialState           = Shape{Name: "KeyMaterialState", Type: String, Enum: []string{
		"NON_CURRENT", "CURRENT", "PENDING_ROTATION", "PENDING_MULTI_REGION_IMPORT_AND_ROTATION",
	}}
	kmsKeyMetadata = Shape{Name: "KeyMetadata", Type: Structure, Fields: []Field{
		{"AWSAccountId", &kmsAWSAccountIdType, false}, {"KeyId", &kmsKeyIdType, true}, {"Arn", &kmsArnType, false},
		{"CreationDate", &kmsDateType, false}, {"Enabled", &kmsBooleanType, false},
		{"Description", &kmsDescriptionType, false}, {"KeyUsage", &kmsKeyUsageType, false},
		{"KeyState", &kmsKeyState, false}, {"DeletionDate", &kmsDateType, false}, {"ValidTo", &kmsDateType, false},
		{"Origin", &kmsOriginType, false}, {"CustomKeyStoreId", &kmsCustomKeyStoreIdType, false},
		{"CloudHsmClusterId", &kmsCloudHsmClusterIdType, false},
		{"ExpirationModel", &kmsExpirationModelType, false}, {"KeyManager", &kmsKeyManagerType, false},
		{"CustomerMasterKeySpec", &kmsCustomerMasterKeySpec, false}, {"KeySpec", &kmsKeySpec, false},
		{"EncryptionAlgorithms", &kmsEncryptionAlgorithmSpecList, false},
		{"SigningAlgorithms", &kmsSigningAlgorithmSpecList, false},
		{"KeyAgreementAlgorithms", &kmsKeyAgreementAlgorithmSpecList, false},
		{"MultiRegion", &kmsNullableBooleanType, false},
		{"MultiRegionConfiguration", &kmsMultiRegionConfiguration, false},
		{"PendingDeletionWindowInDays", &kmsPendingWindowInDaysType, false},
		{"MacAlgorithms", &kmsMacAlgorithmSpecList, false},
		{"XksKeyConfiguration", &kmsXksKeyConfigurationType, false},
		{"CurrentKeyMaterialId", &kmsBackingKeyIdType, false},
		{"EncapsulationAlgorithms", &kmsEncapsulationAlgorithmSpecList, false},
	}}
	kmsKeySpec = Shape{Name: "KeySpec", Type: String, Enum: []string{
		"RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1",
		"SYMMETRIC_DEFAULT", "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512", "SM2", "ML_DSA_44", "ML_DSA_65",
		"ML_DSA_87", "ECC_NIST_EDWARDS25519", "ML_KEM_512", "ML_KEM_768", "ML_KEM_1024",
	}}
	kmsKeyState = Shape{Name: "KeyState", Type: String, Enum: []string{
		"Creating", "Enabled", "Disabled", "PendingDeletion", "PendingImport", "PendingReplicaDeletion",
		"Unavailable", "Updating",
	}}
	kmsKeyStorePasswordType = Shape{Name: "KeyStorePasswordType", Type: String, Min: 7, HasMin: true, Max: 32, HasMax: true, Sensitive: true}
	kmsKeyUsageType         = Shape{Name: "KeyUsageType", Type: String, Enum: []string{
		"SIGN_VERIFY", "ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT", "ENCAPSULATE_DECAPSULATE",
	}}
	kmsKmsRequestIdType = Shape{Name: "KmsRequestIdType", Type: String}
	kmsLimitType        = Shape{Name: "LimitType", Type: Integer, Min: 1, HasMin: true, Max: 1000, HasMax: true}
	kmsLimit100Type     = Shape{Name: "LimitType", Type: Integer, Min: 1, HasMin: true, Max: 100, HasMax: true}
	kmsLimit50Type      = Shape{Name: "LimitType", Type: Integer, Min: 1, HasMin: true, Max: 50, HasMax: true}
	kmsMacAlgorithmSpec = Shape{Name: "MacAlgorithmSpec", Type: String, Enum: []string{
		"HMAC_SHA_384", "HMAC_SHA_256", "HMAC_SHA_224", "HMAC_SHA_512",
	}}
	kmsMacAlgorithmSpecList     = Shape{Name: "MacAlgorithmSpecList", Type: List, Member: &kmsMacAlgorithmSpec}
	kmsMarkerType               = Shape{Name: "MarkerType", Type: String, Min: 1, HasMin: true, Max: 1024, HasMax: true, Pattern: `[\u0020-\u00FF]*`}
	kmsMessageType              = Shape{Name: "MessageType", Type: String, Enum: []string{"RAW", "DIGEST", "EXTERNAL_MU"}}
	kmsMultiRegionConfiguration = Shape{Name: "MultiRegionConfiguration", Type: Structure, Fields: []Field{
		{"MultiRegionKeyType", &kmsMultiRegionKeyType, false}, {"PrimaryKey", &kmsMultiRegionKey, false},
		{"ReplicaKeys", &kmsMultiRegionKeyList, false},
	}}
	kmsMultiRegionKey = Shape{Name: "MultiRegionKey", Type: Structure, Fields: []Field{
		{"Arn", &kmsArnType, false}, {"Region", &kmsRegionType, false},
	}}
	kmsMultiRegionKeyList  = Shape{Name: "MultiRegionKeyList", Type: List, Member: &kmsMultiRegionKey}
	kmsMultiRegionKeyType  = Shape{Name: "MultiRegionKeyType", Type: String, Enum: []string{"PRIMARY", "REPLICA"}}
	kmsNullableBooleanType = Shape{Name: "NullableBooleanType", Type: Boolean}
	kmsNumberOfBytesType   = Shape{Name: "NumberOfBytesType", Type: Integer, Min: 1, HasMin: true, Max: 1024, HasMax: true}
	kmsOriginType          = Shape{Name: "OriginType", Type: String, Enum: []string{
		"AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE",
	}}
	kmsPendingWindowInDaysType = Shape{Name: "PendingWindowInDaysType", Type: Integer, Min: 7, HasMin: true, Max: 30, HasMax: true}
	kmsPlaintextType           = Shape{Name: "PlaintextType", Type: Blob, Min: 1, HasMin: true, Max: 4096, HasMax: true, Sensitive: true}
	kmsPolicyNameList          = Shape{Name: "PolicyNameList", Type: List, Member: &kmsPolicyNameType}
	kmsPolicyNameType          = Shape{Name: "PolicyNameType", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: `[\w]+`}
	kmsPolicyType              = Shape{Name: "PolicyType", Type: String, Min: 1, HasMin: true, Max: 131072, HasMax: true, Pattern: `[\u0009\u000A\u000D\u0020-\u00FF]+`}
	kmsPrincipalIdType         = Shape{Name: "PrincipalIdType", Type: String, Min: 1, HasMin: true, Max: 256, HasMax: true, Pattern: `^[\w+=,.@:/-]+$`}
	kmsPublicKeyType           = Shape{Name: "PublicKeyType", Type: Blob, Min: 1, HasMin: true, Max: 8192, HasMax: true}
	kmsRecipientInfo           = Shape{Name: "RecipientInfo", Type: Structure, Fields: []Field{
		{"KeyEncryptionAlgorithm", &kmsKeyEncryptionMechanism, false},
		{"AttestationDocument", &kmsAttestationDocumentType, false},
	}}
	kmsRegionType               = Shape{Name: "RegionType", Type: String, Min: 1, HasMin: true, Max: 32, HasMax: true, Pattern: `^([a-z]+-){2,3}\d+$`}
	kmsRotationPeriodInDaysType = Shape{Name: "RotationPeriodInDaysType", Type: Integer, Min: 90, HasMin: true, Max: 2560, HasMax: true}
	kmsRotationType             = Shape{Name: "RotationType", Type: String, Enum: []string{"AUTOMATIC", "ON_DEMAND"}}
	kmsRotationsList            = Shape{Name: "RotationsList", Type: List, Member: &kmsRotationsListEntry}
	kmsRotationsListEntry       = Shape{Name: "RotationsListEntry", Type: Structure, Fields: []Field{
		{"KeyId", &kmsKeyIdType, false}, {"KeyMaterialId", &kmsBackingKeyIdType, false},
		{"KeyMaterialDescription", &kmsKeyMaterialDescriptionType, false}, {"ImportState", &kmsImportState, false},
		{"KeyMaterialState", &kmsKeyMaterialState, false}, {"ExpirationModel", &kmsExpirationModelType, false},
		{"ValidTo", &kmsDateType, false}, {"RotationDate", &kmsDateType, false},
		{"RotationType", &kmsRotationType, false},
	}}
	kmsServicePrincipalType       = Shape{Name: "ServicePrincipalType", Type: String, Min: 1, HasMin: true, Max: 256, HasMax: true, Pattern: `^[\w+=,.@:/-]+$`}
	kmsSharedSecretCiphertextType = Shape{Name: "SharedSecretCiphertextType", Type: Blob, Min: 1, HasMin: true, Max: 6144, HasMax: true}
	kmsSharedSecretType           = Shape{Name: "SharedSecretType", Type: Blob, Sensitive: true}
	kmsSigningAlgorithmSpec       = Shape{Name: "SigningAlgorithmSpec", Type: String, Enum: []string{
		"RSASSA_PSS_SHA_256", "RSASSA_PSS_SHA_384", "RSASSA_PSS_SHA_512", "RSASSA_PKCS1_V1_5_SHA_256",
		"RSASSA_PKCS1_V1_5_SHA_384", "RSASSA_PKCS1_V1_5_SHA_512", "ECDSA_SHA_256", "ECDSA_SHA_384", "ECDSA_SHA_512",
		"SM2DSA", "ML_DSA_SHAKE_256", "ED25519_SHA_512", "ED25519_PH_SHA_512",
	}}
	kmsSigningAlgorithmSpecList = Shape{Name: "SigningAlgorithmSpecList", Type: List, Member: &kmsSigningAlgorithmSpec}
	kmsTag                      = Shape{Name: "Tag", Type: Structure, Fields: []Field{
		{"TagKey", &kmsTagKeyType, true}, {"TagValue", &kmsTagValueType, true},
	}}
	kmsTagKeyList                 = Shape{Name: "TagKeyList", Type: List, Member: &kmsTagKeyType}
	kmsTagKeyType                 = Shape{Name: "TagKeyType", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true}
	kmsTagList                    = Shape{Name: "TagList", Type: List, Member: &kmsTag}
	kmsTagValueType               = Shape{Name: "TagValueType", Type: String, Min: 0, HasMin: true, Max: 256, HasMax: true}
	kmsTrustAnchorCertificateType = Shape{Name: "TrustAnchorCertificateType", Type: String, Min: 1, HasMin: true, Max: 5000, HasMax: true}
	kmsWrappingKeySpec            = Shape{Name: "WrappingKeySpec", Type: String, Enum: []string{
		"RSA_2048", "RSA_3072", "RSA_4096", "SM2",
	}}
	kmsXksKeyConfigurationType = Shape{Name: "XksKeyConfigurationType", Type: Structure, Fields: []Field{
		{"Id", &kmsXksKeyIdType, false},
	}}
	kmsXksKeyIdType                          = Shape{Name: "XksKeyIdType", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: "^[a-zA-Z0-9-_.]+$"}
	kmsXksProxyAuthenticationAccessKeyIdType = Shape{Name: "XksProxyAuthenticationAccessKeyIdType", Type: String, Min: 20, HasMin: true, Max: 30, HasMax: true, Pattern: "^[A-Z2-7]+$", Sensitive: true}
	kmsXksProxyAuthenticationCredentialType  = Shape{Name: "XksProxyAuthenticationCredentialType", Type: Structure, Fields: []Field{
		{"AccessKeyId", &kmsXksProxyAuthenticationAccessKeyIdType, true},
		{"RawSecretAccessKey", &kmsXksProxyAuthenticationRawSecretAccessKeyType, true},
	}}
	kmsXksProxyAuthenticationRawSecretAccessKeyType = Shape{Name: "XksProxyAuthenticationRawSecretAccessKeyType", Type: String, Min: 43, HasMin: true, Max: 64, HasMax: true, Pattern: `^[a-zA-Z0-9\/+=]+$`, Sensitive: true}
	kmsXksProxyConfigurationType                    = Shape{Name: "XksProxyConfigurationType", Type: Structure, Fields: []Field{
		{"Connectivity", &kmsXksProxyConnectivityType, false},
		{"AccessKeyId", &kmsXksProxyAuthenticationAccessKeyIdType, false},
		{"UriEndpoint", &kmsXksProxyUriEndpointType, false}, {"UriPath", &kmsXksProxyUriPathType, false},
		{"VpcEndpointServiceName", &kmsXksProxyVpcEndpointServiceNameType, false},
		{"VpcEndpointServiceOwner", &kmsAccountIdType, false},
	}}
	kmsXksProxyConnectivityType = Shape{Name: "XksProxyConnectivityType", Type: String, Enum: []string{
		"PUBLIC_ENDPOINT", "VPC_ENDPOINT_SERVICE",
	}}
	kmsXksProxyUriEndpointType            = Shape{Name: "XksProxyUriEndpointType", Type: String, Min: 10, HasMin: true, Max: 128, HasMax: true, Pattern: "^https://[a-zA-Z0-9.-]+$"}
	kmsXksProxyUriPathType                = Shape{Name: "XksProxyUriPathType", Type: String, Min: 10, HasMin: true, Max: 128, HasMax: true, Pattern: `^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$`}
	kmsXksProxyVpcEndpointServiceNameType = Shape{Name: "XksProxyVpcEndpointServiceNameType", Type: String, Min: 20, HasMin: true, Max: 64, HasMax: true, Pattern: `^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$`}
)
