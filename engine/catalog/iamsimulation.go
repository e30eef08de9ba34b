package catalog

// The shapes of the policy simulator, after the service model of botocore 1.43.11; PolicyExclusionList and
// OrderedOrganizationPolicyInputList came with the model of 2026-09.
var (
	iamActionNameListType      = Shape{Name: "ActionNameListType", Type: List, Member: &iamActionNameType}
	iamActionNameType          = Shape{Name: "ActionNameType", Type: String, Min: 3, HasMin: true, Max: 128, HasMax: true}
	iamAttachmentNameType      = Shape{Name: "AttachmentName", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: `.*[\w+=,.@-]+.*`}
	iamAttachmentTypeType      = Shape{Name: "AttachmentType", Type: String, Enum: []string{"user", "role", "group"}}
	iamColumnNumber            = Shape{Name: "ColumnNumber", Type: Integer}
	iamContextEntry            = Shape{Name: "ContextEntry", Type: Structure, Fields: []Field{{"ContextKeyName", &iamContextKeyNameType, false}, {"ContextKeyValues", &iamContextKeyValueListType, false}, {"ContextKeyType", &iamContextKeyTypeEnum, false}}}
	iamContextEntryListType    = Shape{Name: "ContextEntryListType", Type: List, Member: &iamContextEntry}
	iamContextKeyNameType      = Shape{Name: "ContextKeyNameType", Type: String, Min: 5, HasMin: true, Max: 256, HasMax: true}
	iamContextKeyNamesListType = Shape{Name: "ContextKeyNamesResultListType", Type: List, Member: &iamContextKeyNameType}
	// The order of the values is that of AWS's error message (recorded, 2026-09).
	iamContextKeyTypeEnum = Shape{Name: "ContextKeyTypeEnum", Type: String, Enum: []string{
		"binary", "ipList", "booleanList", "ip", "boolean", "numericList", "dateList", "numeric", "date", "stringList", "string", "binaryList",
	}}
	iamContextKeyValueListType = Shape{Name: "ContextKeyValueListType", Type: List, Member: &iamContextKeyValueType}
	iamContextKeyValueType     = Shape{Name: "ContextKeyValueType", Type: String}
	iamEvalDecisionDetailsType = Shape{Name: "EvalDecisionDetailsType", Type: Map, Key: &iamEvalDecisionSourceType, Member: &iamPolicyEvaluationDecisionType}
	iamEvalDecisionSourceType  = Shape{Name: "EvalDecisionSourceType", Type: String, Min: 3, HasMin: true, Max: 256, HasMax: true}
	iamEvaluationResult        = Shape{Name: "EvaluationResult", Type: Structure, Fields: []Field{
		{"EvalActionName", &iamActionNameType, true}, {"EvalResourceName", &iamResourceNameType, false},
		{"EvalDecision", &iamPolicyEvaluationDecisionType, true}, {"MatchedStatements", &iamStatementListType, false},
		{"MissingContextValues", &iamContextKeyNamesListType, false},
		{"OrganizationsDecisionDetail", &iamOrganizationsDecisionDetail, false},
		{"PermissionsBoundaryDecisionDetail", &iamPermissionsBoundaryDecisionDetail, false},
		{"EvalDecisionDetails", &iamEvalDecisionDetailsType, false},
		{"ResourceSpecificResults", &iamResourceSpecificResultListType, false},
	}}
	iamEvaluationResultsListType = Shape{Name: "EvaluationResultsListType", Type: List, Member: &iamEvaluationResult}
	iamInlinePolicyIdentifier    = Shape{Name: "InlinePolicyIdentifierType", Type: Structure, Fields: []Field{
		{"PolicyName", &iamInlinePolicyNamePattern, true}, {"AttachmentType", &iamAttachmentTypeType, true},
		{"AttachmentName", &iamAttachmentNameType, true},
	}}
	iamInlinePolicyNamePattern     = Shape{Name: "InlinePolicyName", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: `.*[\w+=,.@-]+.*`}
	iamLineNumber                  = Shape{Name: "LineNumber", Type: Integer}
	iamOrderedOrganizationPolicy   = Shape{Name: "OrderedOrganizationPolicyType", Type: Structure, Fields: []Field{{"ServiceControlPolicyInputList", &iamSimulationPolicyListType, false}}}
	iamOrderedOrganizationPolicies = Shape{Name: "OrderedOrganizationPolicyListType", Type: List, Member: &iamOrderedOrganizationPolicy}
	iamOrganizationsDecisionDetail = Shape{Name: "OrganizationsDecisionDetail", Type: Structure, Fields: []Field{{"AllowedByOrganizations", &iamBooleanType, false}}}

	iamPermissionsBoundaryDecisionDetail = Shape{Name: "PermissionsBoundaryDecisionDetail", Type: Structure, Fields: []Field{{"AllowedByPermissionsBoundary", &iamBooleanType, false}}}
	iamPolicyEvaluationDecisionType      = Shape{Name: "PolicyEvaluationDecisionType", Type: String, Enum: []string{"allowed", "explicitDeny", "implicitDeny"}}
	iamPolicyExclusionsListType          = Shape{Name: "PolicyExclusionsListType", Type: List, Member: &iamPolicyIdentifier}
	iamPolicyIdentifier                  = Shape{Name: "PolicyIdentifier", Type: Structure, Fields: []Field{
		{"PolicyType", &iamPolicyIdentifierPolicyType, false}, {"PolicyArn", &iamArnType, false},
		{"InlinePolicyIdentifier", &iamInlinePolicyIdentifier, false},
	}}
	iamPolicyIdentifierPolicyType = Shape{Name: "PolicyIdentifierPolicyType", Type: String, Enum: []string{
		"inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp",
	}}
	iamPolicyIdentifierType       = Shape{Name: "PolicyIdentifierType", Type: String}
	iamPolicySourceType           = Shape{Name: "PolicySourceType", Type: String, Enum: []string{"user", "group", "role", "aws-managed", "user-managed", "resource", "none"}}
	iamPosition                   = Shape{Name: "Position", Type: Structure, Fields: []Field{{"Line", &iamLineNumber, false}, {"Column", &iamColumnNumber, false}}}
	iamResourceHandlingOptionType = Shape{Name: "ResourceHandlingOptionType", Type: String, Min: 1, HasMin: true, Max: 64, HasMax: true}
	iamResourceNameListType       = Shape{Name: "ResourceNameListType", Type: List, Member: &iamResourceNameType}
	iamResourceNameType           = Shape{Name: "ResourceNameType", Type: String, Min: 1, HasMin: true, Max: 2048, HasMax: true}
	iamResourceSpecificResult     = Shape{Name: "ResourceSpecificResult", Type: Structure, Fields: []Field{
		{"EvalResourceName", &iamResourceNameType, true}, {"EvalResourceDecision", &iamPolicyEvaluationDecisionType, true},
		{"MatchedStatements", &iamStatementListType, false}, {"MissingContextValues", &iamContextKeyNamesListType, false},
		{"EvalDecisionDetails", &iamEvalDecisionDetailsType, false},
		{"PermissionsBoundaryDecisionDetail", &iamPermissionsBoundaryDecisionDetail, false},
	}}
	iamResourceSpecificResultListType = Shape{Name: "ResourceSpecificResultListType", Type: List, Member: &iamResourceSpecificResult}
	iamSimulationPolicyListType       = Shape{Name: "SimulationPolicyListType", Type: List, Member: &iamPolicyDocumentType}
	iamStatement                      = Shape{Name: "Statement", Type: Structure, Fields: []Field{
		{"SourcePolicyId", &iamPolicyIdentifierType, false}, {"SourcePolicyType", &iamPolicySourceType, false},
		{"StartPosition", &iamPosition, false}, {"EndPosition", &iamPosition, false},
	}}
	iamStatementListType = Shape{Name: "StatementListType", Type: List, Member: &iamStatement}
)

// simulationOutput is what both simulations answer.
var simulationOutput = []Field{
	{"EvaluationResults", &iamEvaluationResultsListType, false}, {"IsTruncated", &iamBooleanType, false},
	{"Marker", &iamResponseMarkerType, false},
}
