package catalog

// IAM returns the operations of IAM that this world knows, sorted by name, after the service model of botocore 1.43.11.
// The caller does not change them.
func IAM() []Operation { return iamOperations }

// STS returns the operations of STS that this world knows, sorted by name, after the service model of botocore 1.43.11.
// The caller does not change them.
func STS() []Operation { return stsOperations }

// The members of each operation stand in the order of the model, which is the order in which the AWS CLI prints them.
var stsOperations = []Operation{
	{Service: "sts", Name: "AssumeRole", Simulated: true,
		Input: []Field{
			{"RoleArn", &stsArnType, true}, {"RoleSessionName", &stsRoleSessionNameType, true},
			{"PolicyArns", &stsPolicyDescriptorListType, false},
			{"Policy", &stsUnrestrictedSessionPolicyDocumentType, false},
			{"DurationSeconds", &stsRoleDurationSecondsType, false}, {"Tags", &stsTagListType, false},
			{"TransitiveTagKeys", &stsTagKeyListType, false}, {"ExternalId", &stsExternalIdType, false},
			{"SerialNumber", &stsSerialNumberType, false}, {"TokenCode", &stsTokenCodeType, false},
			{"SourceIdentity", &stsSourceIdentityType, false},
			{"ProvidedContexts", &stsProvidedContextsListType, false},
		},
		Output: []Field{
			{"Credentials", &stsCredentials, false}, {"AssumedRoleUser", &stsAssumedRoleUser, false},
			{"PackedPolicySize", &stsNonNegativeIntegerType, false},
			{"SourceIdentity", &stsSourceIdentityType, false},
		},
	},
	{Service: "sts", Name: "GetCallerIdentity", Simulated: true,
		Output: []Field{
			{"UserId", &stsUserIdType, false}, {"Account", &stsAccountType, false}, {"Arn", &stsArnType, false},
		},
	},
	{Service: "sts", Name: "GetFederationToken", Simulated: true,
		Input: []Field{
			{"Name", &stsUserNameType, true}, {"Policy", &stsSessionPolicyDocumentType, false},
			{"PolicyArns", &stsPolicyDescriptorListType, false}, {"DurationSeconds", &stsDurationSecondsType, false},
			{"Tags", &stsTagListType, false},
		},
		Output: []Field{
			{"Credentials", &stsCredentials, false}, {"FederatedUser", &stsFederatedUser, false},
			{"PackedPolicySize", &stsNonNegativeIntegerType, false},
		},
	},
	{Service: "sts", Name: "GetSessionToken", Simulated: true,
		Input: []Field{
			{"DurationSeconds", &stsDurationSecondsType, false}, {"SerialNumber", &stsSerialNumberType, false},
			{"TokenCode", &stsTokenCodeType, false},
		},
		Output: []Field{{"Credentials", &stsCredentials, false}},
	},
}
