package catalog

// The shapes of the service model of AWS Organizations, by name. A handshake's resources may nest without end in the
// model; two levels are what AWS sends.
var (
	organizationsAccount = Shape{Name: "Account", Type: Structure, Fields: []Field{
		{"Id", &organizationsAccountId, false}, {"Arn", &organizationsAccountArn, false},
		{"Email", &organizationsEmail, false}, {"Name", &organizationsAccountName, false},
		{"Status", &organizationsAccountStatus, false}, {"State", &organizationsAccountState, false},
		{"Paths", &organizationsPaths, false}, {"JoinedMethod", &organizationsAccountJoinedMethod, false},
		{"JoinedTimestamp", &organizationsTimestamp, false},
	}}
	organizationsAccountArn                 = Shape{Name: "AccountArn", Type: String, Pattern: `^arn:aws:organizations::\d{12}:account\/o-[a-z0-9]{10,32}\/\d{12}`}
	organizationsAccountId                  = Shape{Name: "AccountId", Type: String, Max: 12, HasMax: true, Pattern: `^\d{12}$`}
	organizationsAccountJoinedMethod        = Shape{Name: "AccountJoinedMethod", Type: String, Enum: []string{"INVITED", "CREATED"}}
	organizationsAccountName                = Shape{Name: "AccountName", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: `[\s\S]*`, Sensitive: true}
	organizationsAccountState               = Shape{Name: "AccountState", Type: String, Enum: []string{"PENDING_ACTIVATION", "ACTIVE", "SUSPENDED", "PENDING_CLOSURE", "CLOSED"}}
	organizationsAccountStatus              = Shape{Name: "AccountStatus", Type: String, Enum: []string{"ACTIVE", "SUSPENDED", "PENDING_CLOSURE"}}
	organizationsAccounts                   = Shape{Name: "Accounts", Type: List, Member: &organizationsAccount}
	organizationsActionType                 = Shape{Name: "ActionType", Type: String, Enum: []string{"INVITE", "ENABLE_ALL_FEATURES", "APPROVE_ALL_FEATURES", "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE", "TRANSFER_RESPONSIBILITY"}}
	organizationsAwsManagedPolicy           = Shape{Name: "AwsManagedPolicy", Type: Boolean}
	organizationsChild                      = Shape{Name: "Child", Type: Structure, Fields: []Field{{"Id", &organizationsChildId, false}, {"Type", &organizationsChildType, false}}}
	organizationsChildId                    = Shape{Name: "ChildId", Type: String, Max: 100, HasMax: true, Pattern: `^(\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$`}
	organizationsChildType                  = Shape{Name: "ChildType", Type: String, Enum: []string{"ACCOUNT", "ORGANIZATIONAL_UNIT"}}
	organizationsChildren                   = Shape{Name: "Children", Type: List, Member: &organizationsChild}
	organizationsCreateAccountFailureReason = Shape{Name: "CreateAccountFailureReason", Type: String, Enum: []string{"ACCOUNT_LIMIT_EXCEEDED", "EMAIL_ALREADY_EXISTS", "INVALID_ADDRESS", "INVALID_EMAIL", "CONCURRENT_ACCOUNT_MODIFICATION", "INTERNAL_FAILURE", "GOVCLOUD_ACCOUNT_ALREADY_EXISTS", "MISSING_BUSINESS_VALIDATION", "FAILED_BUSINESS_VALIDATION", "PENDING_BUSINESS_VALIDATION", "INVALID_IDENTITY_FOR_BUSINESS_VALIDATION", "UNKNOWN_BUSINESS_VALIDATION", "MISSING_PAYMENT_INSTRUMENT", "INVALID_PAYMENT_INSTRUMENT", "UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED"}}
	organizationsCreateAccountName          = Shape{Name: "CreateAccountName", Type: String, Min: 1, HasMin: true, Max: 50, HasMax: true, Pattern: `[\u0020-\u007E]+`, Sensitive: true}
	organizationsCreateAccountRequestId     = Shape{Name: "CreateAccountRequestId", Type: String, Max: 36, HasMax: true, Pattern: `^car-[a-z0-9]{8,32}$`}
	organizationsCreateAccountState         = Shape{Name: "CreateAccountState", Type: String, Enum: []string{"IN_PROGRESS", "SUCCEEDED", "FAILED"}}
	organizationsCreateAccountStates        = Shape{Name: "CreateAccountStates", Type: List, Member: &organizationsCreateAccountState}
	organizationsCreateAccountStatus        = Shape{Name: "CreateAccountStatus", Type: Structure, Fields: []Field{
		{"Id", &organizationsCreateAccountRequestId, false},
		{"AccountName", &organizationsCreateAccountName, false}, {"State", &organizationsCreateAccountState, false},
		{"RequestedTimestamp", &organizationsTimestamp, false},
		{"CompletedTimestamp", &organizationsTimestamp, false}, {"AccountId", &organizationsAccountId, false},
		{"GovCloudAccountId", &organizationsAccountId, false},
		{"FailureReason", &organizationsCreateAccountFailureReason, false},
	}}
	organizationsCreateAccountStatuses = Shape{Name: "CreateAccountStatuses", Type: List, Member: &organizationsCreateAccountStatus}
	organizationsEmail                 = Shape{Name: "Email", Type: String, Min: 6, HasMin: true, Max: 64, HasMax: true, Pattern: `[^\s@]+@[^\s@]+\.[^\s@]+`, Sensitive: true}
	organizationsGenericArn            = Shape{Name: "GenericArn", Type: String, Pattern: `^arn:aws:organizations::.+:.+`}
	organizationsHandshake             = Shape{Name: "Handshake", Type: Structure, Fields: []Field{
		{"Id", &organizationsHandshakeId, false}, {"Arn", &organizationsHandshakeArn, false},
		{"Parties", &organizationsHandshakeParties, false}, {"State", &organizationsHandshakeState, false},
		{"RequestedTimestamp", &organizationsTimestamp, false},
		{"ExpirationTimestamp", &organizationsTimestamp, false}, {"Action", &organizationsActionType, false},
		{"Resources", &organizationsHandshakeResources, false},
	}}
	organizationsHandshakeArn    = Shape{Name: "HandshakeArn", Type: String, Pattern: `^arn:aws:organizations::\d{12}:handshake\/o-[a-z0-9]{10,32}\/[a-z_]{1,32}\/h-[0-9a-z]{8,32}`}
	organizationsHandshakeFilter = Shape{Name: "HandshakeFilter", Type: Structure, Fields: []Field{
		{"ActionType", &organizationsActionType, false}, {"ParentHandshakeId", &organizationsHandshakeId, false},
	}}
	organizationsHandshakeId      = Shape{Name: "HandshakeId", Type: String, Max: 34, HasMax: true, Pattern: `^h-[0-9a-z]{8,32}$`}
	organizationsHandshakeNotes   = Shape{Name: "HandshakeNotes", Type: String, Max: 1024, HasMax: true, Pattern: `[\s\S]*`, Sensitive: true}
	organizationsHandshakeParties = Shape{Name: "HandshakeParties", Type: List, Member: &organizationsHandshakeParty}
	organizationsHandshakeParty   = Shape{Name: "HandshakeParty", Type: Structure, Fields: []Field{
		{"Id", &organizationsHandshakePartyId, true}, {"Type", &organizationsHandshakePartyType, true},
	}}
	organizationsHandshakePartyId   = Shape{Name: "HandshakePartyId", Type: String, Min: 1, HasMin: true, Max: 64, HasMax: true, Pattern: `[\s\S]*`, Sensitive: true}
	organizationsHandshakePartyType = Shape{Name: "HandshakePartyType", Type: String, Enum: []string{"ACCOUNT", "ORGANIZATION", "EMAIL"}}
	organizationsHandshakeResource  = Shape{Name: "HandshakeResource", Type: Structure, Fields: []Field{
		{"Value", &organizationsHandshakeResourceValue, false},
		{"Type", &organizationsHandshakeResourceType, false},
		{"Resources", &organizationsHandshakeResourceParts, false},
	}}
	organizationsHandshakeResourcePart = Shape{Name: "HandshakeResourcePart", Type: Structure, Fields: []Field{
		{"Value", &organizationsHandshakeResourceValue, false},
		{"Type", &organizationsHandshakeResourceType, false},
	}}
	organizationsHandshakeResourceParts = Shape{Name: "HandshakeResourceParts", Type: List, Member: &organizationsHandshakeResourcePart}
	organizationsHandshakeResourceType  = Shape{Name: "HandshakeResourceType", Type: String, Enum: []string{"ACCOUNT", "ORGANIZATION", "ORGANIZATION_FEATURE_SET", "EMAIL", "MASTER_EMAIL", "MASTER_NAME", "NOTES", "PARENT_HANDSHAKE", "RESPONSIBILITY_TRANSFER", "TRANSFER_START_TIMESTAMP", "TRANSFER_TYPE", "MANAGEMENT_ACCOUNT", "MANAGEMENT_EMAIL", "MANAGEMENT_NAME"}}
	organizationsHandshakeResourceValue = Shape{Name: "HandshakeResourceValue", Type: String, Sensitive: true}
	organizationsHandshakeResources     = Shape{Name: "HandshakeResources", Type: List, Member: &organizationsHandshakeResource}
	organizationsHandshakeState         = Shape{Name: "HandshakeState", Type: String, Enum: []string{"REQUESTED", "OPEN", "CANCELED", "ACCEPTED", "DECLINED", "EXPIRED"}}
	organizationsHandshakes             = Shape{Name: "Handshakes", Type: List, Member: &organizationsHandshake}
	organizationsIAMUserAccessToBilling = Shape{Name: "IAMUserAccessToBilling", Type: String, Enum: []string{"ALLOW", "DENY"}}
	organizationsMaxResults             = Shape{Name: "MaxResults", Type: Integer, Min: 1, HasMin: true, Max: 20, HasMax: true}
	organizationsNextToken              = Shape{Name: "NextToken", Type: String, Max: 100000, HasMax: true, Pattern: `[\s\S]*`}
	organizationsOrganization           = Shape{Name: "Organization", Type: Structure, Fields: []Field{
		{"Id", &organizationsOrganizationId, false}, {"Arn", &organizationsOrganizationArn, false},
		{"FeatureSet", &organizationsOrganizationFeatureSet, false},
		{"MasterAccountArn", &organizationsAccountArn, false}, {"MasterAccountId", &organizationsAccountId, false},
		{"MasterAccountEmail", &organizationsEmail, false},
		{"AvailablePolicyTypes", &organizationsPolicyTypes, false},
	}}
	organizationsOrganizationArn        = Shape{Name: "OrganizationArn", Type: String, Pattern: `^arn:aws:organizations::\d{12}:organization\/o-[a-z0-9]{10,32}`}
	organizationsOrganizationFeatureSet = Shape{Name: "OrganizationFeatureSet", Type: String, Enum: []string{"ALL", "CONSOLIDATED_BILLING"}}
	organizationsOrganizationId         = Shape{Name: "OrganizationId", Type: String, Pattern: `^o-[a-z0-9]{10,32}$`}
	organizationsOrganizationalUnit     = Shape{Name: "OrganizationalUnit", Type: Structure, Fields: []Field{
		{"Id", &organizationsOrganizationalUnitId, false}, {"Arn", &organizationsOrganizationalUnitArn, false},
		{"Name", &organizationsOrganizationalUnitName, false}, {"Path", &organizationsPath, false},
	}}
	organizationsOrganizationalUnitArn  = Shape{Name: "OrganizationalUnitArn", Type: String, Pattern: `^arn:aws:organizations::\d{12}:ou\/o-[a-z0-9]{10,32}\/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}`}
	organizationsOrganizationalUnitId   = Shape{Name: "OrganizationalUnitId", Type: String, Max: 68, HasMax: true, Pattern: `^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$`}
	organizationsOrganizationalUnitName = Shape{Name: "OrganizationalUnitName", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: `[\s\S]*`}
	organizationsOrganizationalUnits    = Shape{Name: "OrganizationalUnits", Type: List, Member: &organizationsOrganizationalUnit}
	organizationsParent                 = Shape{Name: "Parent", Type: Structure, Fields: []Field{{"Id", &organizationsParentId, false}, {"Type", &organizationsParentType, false}}}
	organizationsParentId               = Shape{Name: "ParentId", Type: String, Max: 100, HasMax: true, Pattern: `^(r-[0-9a-z]{4,32})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$`}
	organizationsParentType             = Shape{Name: "ParentType", Type: String, Enum: []string{"ROOT", "ORGANIZATIONAL_UNIT"}}
	organizationsParents                = Shape{Name: "Parents", Type: List, Member: &organizationsParent}
	organizationsPath                   = Shape{Name: "Path", Type: String, Pattern: `^(o-[a-z0-9]{10,32}\/r-[0-9a-z]{4,32}(\/ou\-[0-9a-z]{4,32}-[a-z0-9]{8,32})*(\/\d{12})*)\/`}
	organizationsPaths                  = Shape{Name: "Paths", Type: List, Member: &organizationsPath}
	organizationsPolicies               = Shape{Name: "Policies", Type: List, Member: &organizationsPolicySummary}
	organizationsPolicy                 = Shape{Name: "Policy", Type: Structure, Fields: []Field{
		{"PolicySummary", &organizationsPolicySummary, false}, {"Content", &organizationsPolicyContent, false},
	}}
	organizationsPolicyArn         = Shape{Name: "PolicyArn", Type: String, Pattern: `^(arn:aws:organizations::\d{12}:policy\/o-[a-z0-9]{10,32}\/[0-9a-z_]+\/p-[0-9a-z]{10,32})|(arn:aws:organizations::aws:policy\/[0-9a-z_]+\/p-[0-9a-zA-Z_]{10,128})`}
	organizationsPolicyContent     = Shape{Name: "PolicyContent", Type: String, Min: 1, HasMin: true, Pattern: `[\s\S]*`}
	organizationsPolicyDescription = Shape{Name: "PolicyDescription", Type: String, Max: 512, HasMax: true, Pattern: `[\s\S]*`}
	organizationsPolicyId          = Shape{Name: "PolicyId", Type: String, Max: 130, HasMax: true, Pattern: `^p-[0-9a-zA-Z_]{8,128}$`}
	organizationsPolicyName        = Shape{Name: "PolicyName", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: `[\s\S]*`}
	organizationsPolicySummary     = Shape{Name: "PolicySummary", Type: Structure, Fields: []Field{
		{"Id", &organizationsPolicyId, false}, {"Arn", &organizationsPolicyArn, false},
		{"Name", &organizationsPolicyName, false}, {"Description", &organizationsPolicyDescription, false},
		{"Type", &organizationsPolicyType, false}, {"AwsManaged", &organizationsAwsManagedPolicy, false},
	}}
	organizationsPolicyTargetId      = Shape{Name: "PolicyTargetId", Type: String, Max: 100, HasMax: true, Pattern: `^(r-[0-9a-z]{4,32})|(\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$`}
	organizationsPolicyTargetSummary = Shape{Name: "PolicyTargetSummary", Type: Structure, Fields: []Field{
		{"TargetId", &organizationsPolicyTargetId, false}, {"Arn", &organizationsGenericArn, false},
		{"Name", &organizationsTargetName, false}, {"Type", &organizationsTargetType, false},
	}}
	organizationsPolicyTargets     = Shape{Name: "PolicyTargets", Type: List, Member: &organizationsPolicyTargetSummary}
	organizationsPolicyType        = Shape{Name: "PolicyType", Type: String, Enum: []string{"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY", "BACKUP_POLICY", "AISERVICES_OPT_OUT_POLICY", "CHATBOT_POLICY", "DECLARATIVE_POLICY_EC2", "SECURITYHUB_POLICY", "INSPECTOR_POLICY", "UPGRADE_ROLLOUT_POLICY", "BEDROCK_POLICY", "S3_POLICY", "NETWORK_SECURITY_DIRECTOR_POLICY"}}
	organizationsPolicyTypeStatus  = Shape{Name: "PolicyTypeStatus", Type: String, Enum: []string{"ENABLED", "PENDING_ENABLE", "PENDING_DISABLE"}}
	organizationsPolicyTypeSummary = Shape{Name: "PolicyTypeSummary", Type: Structure, Fields: []Field{
		{"Type", &organizationsPolicyType, false}, {"Status", &organizationsPolicyTypeStatus, false},
	}}
	organizationsPolicyTypes = Shape{Name: "PolicyTypes", Type: List, Member: &organizationsPolicyTypeSummary}
	organizationsRoleName    = Shape{Name: "RoleName", Type: String, Max: 64, HasMax: true, Pattern: `[\w+=,.@-]{1,64}`}
	organizationsRoot        = Shape{Name: "Root", Type: Structure, Fields: []Field{
		{"Id", &organizationsRootId, false}, {"Arn", &organizationsRootArn, false},
		{"Name", &organizationsRootName, false}, {"PolicyTypes", &organizationsPolicyTypes, false},
	}}
	organizationsRootArn    = Shape{Name: "RootArn", Type: String, Pattern: `^arn:aws:organizations::\d{12}:root\/o-[a-z0-9]{10,32}\/r-[0-9a-z]{4,32}`}
	organizationsRootId     = Shape{Name: "RootId", Type: String, Max: 34, HasMax: true, Pattern: `^r-[0-9a-z]{4,32}$`}
	organizationsRootName   = Shape{Name: "RootName", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true}
	organizationsRoots      = Shape{Name: "Roots", Type: List, Member: &organizationsRoot}
	organizationsTargetName = Shape{Name: "TargetName", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true}
	organizationsTargetType = Shape{Name: "TargetType", Type: String, Enum: []string{"ACCOUNT", "ORGANIZATIONAL_UNIT", "ROOT"}}
	organizationsTimestamp  = Shape{Name: "Timestamp", Type: Timestamp}
)
