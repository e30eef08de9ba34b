package catalog

// The shapes of the IAM and STS service models, by name.
var (
	iamAccessKey = Shape{Name: "AccessKey", Type: Structure, Fields: []Field{
		{"UserName", &iamUserNameType, true}, {"AccessKeyId", &iamAccessKeyIdType, true},
		{"Status", &iamStatusType, true}, {"SecretAccessKey", &iamAccessKeySecretType, true},
		{"CreateDate", &iamDateType, false},
	}}
	iamAccessKeyIdType   = Shape{Name: "accessKeyIdType", Type: String, Min: 16, HasMin: true, Max: 128, HasMax: true, Pattern: `[\w]+`}
	iamAccessKeyMetadata = Shape{Name: "AccessKeyMetadata", Type: Structure, Fields: []Field{
		{"UserName", &iamUserNameType, false}, {"AccessKeyId", &iamAccessKeyIdType, false},
		{"Status", &iamStatusType, false}, {"CreateDate", &iamDateType, false},
	}}
	iamAccessKeyMetadataListType   = Shape{Name: "accessKeyMetadataListType", Type: List, Member: &iamAccessKeyMetadata}
	iamAccessKeySecretType         = Shape{Name: "accessKeySecretType", Type: String, Sensitive: true}
	iamArnType                     = Shape{Name: "arnType", Type: String, Min: 20, HasMin: true, Max: 2048, HasMax: true}
	iamAttachedPermissionsBoundary = Shape{Name: "AttachedPermissionsBoundary", Type: Structure, Fields: []Field{
		{"PermissionsBoundaryType", &iamPermissionsBoundaryAttachmentType, false},
		{"PermissionsBoundaryArn", &iamArnType, false},
	}}
	iamAttachedPoliciesListType = Shape{Name: "attachedPoliciesListType", Type: List, Member: &iamAttachedPolicy}
	iamAttachedPolicy           = Shape{Name: "AttachedPolicy", Type: Structure, Fields: []Field{
		{"PolicyName", &iamPolicyNameType, false}, {"PolicyArn", &iamArnType, false},
	}}
	iamAttachmentCountType  = Shape{Name: "attachmentCountType", Type: Integer}
	iamBooleanType          = Shape{Name: "booleanType", Type: Boolean}
	iamDateType             = Shape{Name: "dateType", Type: Timestamp}
	iamExistingUserNameType = Shape{Name: "existingUserNameType", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: `[\w+=,.@-]+`}
	iamGroup                = Shape{Name: "Group", Type: Structure, Fields: []Field{
		{"Path", &iamPathType, true}, {"GroupName", &iamGroupNameType, true}, {"GroupId", &iamIdType, true},
		{"Arn", &iamArnType, true}, {"CreateDate", &iamDateType, true},
	}}
	iamGroupListType                     = Shape{Name: "groupListType", Type: List, Member: &iamGroup}
	iamGroupNameType                     = Shape{Name: "groupNameType", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: `[\w+=,.@-]+`}
	iamIdType                            = Shape{Name: "idType", Type: String, Min: 16, HasMin: true, Max: 128, HasMax: true, Pattern: `[\w]+`}
	iamMarkerType                        = Shape{Name: "markerType", Type: String, Min: 1, HasMin: true, Max: 320, HasMax: true, Pattern: `[\u0020-\u00FF]+`}
	iamMaxItemsType                      = Shape{Name: "maxItemsType", Type: Integer, Min: 1, HasMin: true, Max: 1000, HasMax: true}
	iamPathPrefixType                    = Shape{Name: "pathPrefixType", Type: String, Min: 1, HasMin: true, Max: 512, HasMax: true, Pattern: `\u002F[\u0021-\u007F]*`}
	iamPathType                          = Shape{Name: "pathType", Type: String, Min: 1, HasMin: true, Max: 512, HasMax: true, Pattern: `(\u002F)|(\u002F[\u0021-\u007E]+\u002F)`}
	iamPermissionsBoundaryAttachmentType = Shape{Name: "PermissionsBoundaryAttachmentType", Type: String, Enum: []string{"PermissionsBoundaryPolicy"}}
	iamPolicy                            = Shape{Name: "Policy", Type: Structure, Fields: []Field{
		{"PolicyName", &iamPolicyNameType, false}, {"PolicyId", &iamIdType, false}, {"Arn", &iamArnType, false},
		{"Path", &iamPolicyPathType, false}, {"DefaultVersionId", &iamPolicyVersionIdType, false},
		{"AttachmentCount", &iamAttachmentCountType, false},
		{"PermissionsBoundaryUsageCount", &iamAttachmentCountType, false},
		{"IsAttachable", &iamBooleanType, false}, {"Description", &iamPolicyDescriptionType, false},
		{"CreateDate", &iamDateType, false}, {"UpdateDate", &iamDateType, false},
		{"Tags", &iamTagListType, false},
	}}
	iamPolicyDescriptionType         = Shape{Name: "policyDescriptionType", Type: String, Max: 1000, HasMax: true}
	iamPolicyDocumentType            = Shape{Name: "policyDocumentType", Type: String, Min: 1, HasMin: true, Max: 131072, HasMax: true, Pattern: `[\u0009\u000A\u000D\u0020-\u00FF]+`, Document: true}
	iamPolicyDocumentVersionListType = Shape{Name: "policyDocumentVersionListType", Type: List, Member: &iamPolicyVersion}
	iamPolicyListType                = Shape{Name: "policyListType", Type: List, Member: &iamPolicy}
	iamPolicyNameListType            = Shape{Name: "policyNameListType", Type: List, Member: &iamPolicyNameType}
	iamPolicyNameType                = Shape{Name: "policyNameType", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: `[\w+=,.@-]+`}
	iamPolicyPathType                = Shape{Name: "policyPathType", Type: String, Min: 1, HasMin: true, Max: 512, HasMax: true, Pattern: `((/[A-Za-z0-9\.,\+@=_-]+)*)/`}
	iamPolicyScopeType               = Shape{Name: "policyScopeType", Type: String, Enum: []string{"All", "AWS", "Local"}}
	iamPolicyUsageType               = Shape{Name: "PolicyUsageType", Type: String, Enum: []string{"PermissionsPolicy", "PermissionsBoundary"}}
	iamPolicyVersion                 = Shape{Name: "PolicyVersion", Type: Structure, Fields: []Field{
		{"Document", &iamPolicyDocumentType, false}, {"VersionId", &iamPolicyVersionIdType, false},
		{"IsDefaultVersion", &iamBooleanType, false}, {"CreateDate", &iamDateType, false},
	}}
	iamPolicyVersionIdType = Shape{Name: "policyVersionIdType", Type: String, Pattern: `v[1-9][0-9]*(\.[A-Za-z0-9-]*)?`}
	iamResponseMarkerType  = Shape{Name: "responseMarkerType", Type: String}
	iamRole                = Shape{Name: "Role", Type: Structure, Fields: []Field{
		{"Path", &iamPathType, true}, {"RoleName", &iamRoleNameType, true}, {"RoleId", &iamIdType, true},
		{"Arn", &iamArnType, true}, {"CreateDate", &iamDateType, true},
		{"AssumeRolePolicyDocument", &iamPolicyDocumentType, false},
		{"Description", &iamRoleDescriptionType, false},
		{"MaxSessionDuration", &iamRoleMaxSessionDurationType, false},
		{"PermissionsBoundary", &iamAttachedPermissionsBoundary, false}, {"Tags", &iamTagListType, false},
		{"RoleLastUsed", &iamRoleLastUsed, false},
	}}
	iamRoleDescriptionType = Shape{Name: "roleDescriptionType", Type: String, Max: 1000, HasMax: true, Pattern: `[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*`}
	iamRoleLastUsed        = Shape{Name: "RoleLastUsed", Type: Structure, Fields: []Field{
		{"LastUsedDate", &iamDateType, false}, {"Region", &iamStringType, false},
	}}
	iamRoleListType               = Shape{Name: "roleListType", Type: List, Member: &iamRole}
	iamRoleMaxSessionDurationType = Shape{Name: "roleMaxSessionDurationType", Type: Integer, Min: 3600, HasMin: true, Max: 43200, HasMax: true}
	iamRoleNameType               = Shape{Name: "roleNameType", Type: String, Min: 1, HasMin: true, Max: 64, HasMax: true, Pattern: `[\w+=,.@-]+`}
	iamStatusType                 = Shape{Name: "statusType", Type: String, Enum: []string{"Active", "Inactive", "Expired"}}
	iamStringType                 = Shape{Name: "stringType", Type: String}
	iamTag                        = Shape{Name: "Tag", Type: Structure, Fields: []Field{
		{"Key", &iamTagKeyType, true}, {"Value", &iamTagValueType, true},
	}}
	iamTagKeyListType = Shape{Name: "tagKeyListType", Type: List, Max: 50, HasMax: true, Member: &iamTagKeyType}
	iamTagKeyType     = Shape{Name: "tagKeyType", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: `[\p{L}\p{Z}\p{N}_.:/=+\-@]+`}
	iamTagListType    = Shape{Name: "tagListType", Type: List, Max: 50, HasMax: true, Member: &iamTag}
	iamTagValueType   = Shape{Name: "tagValueType", Type: String, Min: 0, HasMin: true, Max: 256, HasMax: true, Pattern: `[\p{L}\p{Z}\p{N}_.:/=+\-@]*`}
	iamUser           = Shape{Name: "User", Type: Structure, Fields: []Field{
		{"Path", &iamPathType, true}, {"UserName", &iamUserNameType, true}, {"UserId", &iamIdType, true},
		{"Arn", &iamArnType, true}, {"CreateDate", &iamDateType, true},
		{"PasswordLastUsed", &iamDateType, false},
		{"PermissionsBoundary", &iamAttachedPermissionsBoundary, false}, {"Tags", &iamTagListType, false},
	}}
	iamUserListType = Shape{Name: "userListType", Type: List, Member: &iamUser}
	iamUserNameType = Shape{Name: "userNameType", Type: String, Min: 1, HasMin: true, Max: 64, HasMax: true, Pattern: `[\w+=,.@-]+`}
)

var (
	stsAccessKeyIdType     = Shape{Name: "accessKeyIdType", Type: String, Min: 16, HasMin: true, Max: 128, HasMax: true, Pattern: `[\w]*`}
	stsAccessKeySecretType = Shape{Name: "accessKeySecretType", Type: String, Sensitive: true}
	stsAccountType         = Shape{Name: "accountType", Type: String}
	stsArnType             = Shape{Name: "arnType", Type: String, Min: 20, HasMin: true, Max: 2048, HasMax: true, Pattern: `[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+`}
	stsAssumedRoleIdType   = Shape{Name: "assumedRoleIdType", Type: String, Min: 2, HasMin: true, Max: 193, HasMax: true, Pattern: `[\w+=,.@:-]*`}
	stsAssumedRoleUser     = Shape{Name: "AssumedRoleUser", Type: Structure, Fields: []Field{
		{"AssumedRoleId", &stsAssumedRoleIdType, true}, {"Arn", &stsArnType, true},
	}}
	stsContextAssertionType = Shape{Name: "contextAssertionType", Type: String, Min: 4, HasMin: true, Max: 2048, HasMax: true}
	stsCredentials          = Shape{Name: "Credentials", Type: Structure, Fields: []Field{
		{"AccessKeyId", &stsAccessKeyIdType, true}, {"SecretAccessKey", &stsAccessKeySecretType, true},
		{"SessionToken", &stsTokenType, true}, {"Expiration", &stsDateType, true},
	}}
	stsDateType            = Shape{Name: "dateType", Type: Timestamp}
	stsDurationSecondsType = Shape{Name: "durationSecondsType", Type: Integer, Min: 900, HasMin: true, Max: 129600, HasMax: true}
	stsExternalIdType      = Shape{Name: "externalIdType", Type: String, Min: 2, HasMin: true, Max: 1224, HasMax: true, Pattern: `[\w+=,.@:\/-]*`}
	stsFederatedIdType     = Shape{Name: "federatedIdType", Type: String, Min: 2, HasMin: true, Max: 193, HasMax: true, Pattern: `[\w+=,.@\:-]*`}
	stsFederatedUser       = Shape{Name: "FederatedUser", Type: Structure, Fields: []Field{
		{"FederatedUserId", &stsFederatedIdType, true}, {"Arn", &stsArnType, true},
	}}
	stsNonNegativeIntegerType   = Shape{Name: "nonNegativeIntegerType", Type: Integer, Min: 0, HasMin: true}
	stsPolicyDescriptorListType = Shape{Name: "policyDescriptorListType", Type: List, Member: &stsPolicyDescriptorType}
	stsPolicyDescriptorType     = Shape{Name: "PolicyDescriptorType", Type: Structure, Fields: []Field{{"arn", &stsArnType, false}}}
	stsProvidedContext          = Shape{Name: "ProvidedContext", Type: Structure, Fields: []Field{
		{"ProviderArn", &stsArnType, false}, {"ContextAssertion", &stsContextAssertionType, false},
	}}
	stsProvidedContextsListType  = Shape{Name: "ProvidedContextsListType", Type: List, Min: 1, HasMin: true, Max: 5, HasMax: true, Member: &stsProvidedContext}
	stsRoleDurationSecondsType   = Shape{Name: "roleDurationSecondsType", Type: Integer, Min: 900, HasMin: true, Max: 43200, HasMax: true}
	stsRoleSessionNameType       = Shape{Name: "roleSessionNameType", Type: String, Min: 2, HasMin: true, Max: 64, HasMax: true, Pattern: `[\w+=,.@-]*`}
	stsSerialNumberType          = Shape{Name: "serialNumberType", Type: String, Min: 9, HasMin: true, Max: 256, HasMax: true, Pattern: `[\w+=/:,.@-]*`}
	stsSessionPolicyDocumentType = Shape{Name: "sessionPolicyDocumentType", Type: String, Min: 1, HasMin: true, Max: 2048, HasMax: true, Pattern: `[\u0009\u000A\u000D\u0020-\u00FF]+`, Document: true}
	stsSourceIdentityType        = Shape{Name: "sourceIdentityType", Type: String, Min: 2, HasMin: true, Max: 64, HasMax: true, Pattern: `[\w+=,.@-]*`}
	stsTag                       = Shape{Name: "Tag", Type: Structure, Fields: []Field{
		{"Key", &stsTagKeyType, true}, {"Value", &stsTagValueType, true},
	}}
	stsTagKeyListType                        = Shape{Name: "tagKeyListType", Type: List, Max: 50, HasMax: true, Member: &stsTagKeyType}
	stsTagKeyType                            = Shape{Name: "tagKeyType", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: `[\p{L}\p{Z}\p{N}_.:/=+\-@]+`}
	stsTagListType                           = Shape{Name: "tagListType", Type: List, Max: 50, HasMax: true, Member: &stsTag}
	stsTagValueType                          = Shape{Name: "tagValueType", Type: String, Min: 0, HasMin: true, Max: 256, HasMax: true, Pattern: `[\p{L}\p{Z}\p{N}_.:/=+\-@]*`}
	stsTokenCodeType                         = Shape{Name: "tokenCodeType", Type: String, Min: 6, HasMin: true, Max: 6, HasMax: true, Pattern: `[\d]*`}
	stsTokenType                             = Shape{Name: "tokenType", Type: String}
	stsUnrestrictedSessionPolicyDocumentType = Shape{Name: "unrestrictedSessionPolicyDocumentType", Type: String, Min: 1, HasMin: true, Pattern: `[\u0009\u000A\u000D\u0020-\u00FF]+`, Document: true}
	stsUserIdType                            = Shape{Name: "userIdType", Type: String}
	stsUserNameType                          = Shape{Name: "userNameType", Type: String, Min: 2, HasMin: true, Max: 32, HasMax: true, Pattern: `[\w+=,.@-]*`}
)
