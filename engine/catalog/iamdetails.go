package catalog

// The shapes of GetAccountAuthorizationDetails and of the lists of who carries a policy.
var (
	iamEntityType     = Shape{Name: "EntityType", Type: String, Enum: []string{"User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"}}
	iamEntityListType = Shape{Name: "entityListType", Type: List, Member: &iamEntityType}

	iamPolicyDetail = Shape{Name: "PolicyDetail", Type: Structure, Fields: []Field{
		{"PolicyName", &iamPolicyNameType, false}, {"PolicyDocument", &iamPolicyDocumentType, false},
	}}
	iamPolicyDetailListType = Shape{Name: "policyDetailListType", Type: List, Member: &iamPolicyDetail}

	iamUserDetail = Shape{Name: "UserDetail", Type: Structure, Fields: []Field{
		{"Path", &iamPathType, false}, {"UserName", &iamUserNameType, false}, {"UserId", &iamIdType, false},
		{"Arn", &iamArnType, false}, {"CreateDate", &iamDateType, false},
		{"UserPolicyList", &iamPolicyDetailListType, false}, {"GroupList", &iamGroupNameListType, false},
		{"AttachedManagedPolicies", &iamAttachedPoliciesListType, false},
		{"PermissionsBoundary", &iamAttachedPermissionsBoundary, false}, {"Tags", &iamTagListType, false},
	}}
	iamUserDetailListType = Shape{Name: "userDetailListType", Type: List, Member: &iamUserDetail}
	iamGroupNameListType  = Shape{Name: "groupNameListType", Type: List, Member: &iamGroupNameType}

	iamGroupDetail = Shape{Name: "GroupDetail", Type: Structure, Fields: []Field{
		{"Path", &iamPathType, false}, {"GroupName", &iamGroupNameType, false}, {"GroupId", &iamIdType, false},
		{"Arn", &iamArnType, false}, {"CreateDate", &iamDateType, false},
		{"GroupPolicyList", &iamPolicyDetailListType, false},
		{"AttachedManagedPolicies", &iamAttachedPoliciesListType, false},
	}}
	iamGroupDetailListType = Shape{Name: "groupDetailListType", Type: List, Member: &iamGroupDetail}

	iamRoleDetail = Shape{Name: "RoleDetail", Type: Structure, Fields: []Field{
		{"Path", &iamPathType, false}, {"RoleName", &iamRoleNameType, false}, {"RoleId", &iamIdType, false},
		{"Arn", &iamArnType, false}, {"CreateDate", &iamDateType, false},
		{"AssumeRolePolicyDocument", &iamPolicyDocumentType, false},
		{"InstanceProfileList", &iamInstanceProfileListType, false},
		{"RolePolicyList", &iamPolicyDetailListType, false},
		{"AttachedManagedPolicies", &iamAttachedPoliciesListType, false},
		{"PermissionsBoundary", &iamAttachedPermissionsBoundary, false}, {"Tags", &iamTagListType, false},
		{"RoleLastUsed", &iamRoleLastUsed, false},
	}}
	iamRoleDetailListType = Shape{Name: "roleDetailListType", Type: List, Member: &iamRoleDetail}
	iamInstanceProfile    = Shape{Name: "InstanceProfile", Type: Structure, Fields: []Field{
		{"Path", &iamPathType, true}, {"InstanceProfileName", &iamInstanceProfileNameType, true},
		{"InstanceProfileId", &iamIdType, true}, {"Arn", &iamArnType, true}, {"CreateDate", &iamDateType, true},
		{"Roles", &iamRoleListType, true}, {"Tags", &iamTagListType, false},
	}}
	iamInstanceProfileListType = Shape{Name: "instanceProfileListType", Type: List, Member: &iamInstanceProfile}
	iamInstanceProfileNameType = Shape{Name: "instanceProfileNameType", Type: String, Min: 1, HasMin: true, Max: 128, HasMax: true, Pattern: `[\w+=,.@-]+`}

	iamManagedPolicyDetail = Shape{Name: "ManagedPolicyDetail", Type: Structure, Fields: []Field{
		{"PolicyName", &iamPolicyNameType, false}, {"PolicyId", &iamIdType, false}, {"Arn", &iamArnType, false},
		{"Path", &iamPolicyPathType, false}, {"DefaultVersionId", &iamPolicyVersionIdType, false},
		{"AttachmentCount", &iamAttachmentCountType, false},
		{"PermissionsBoundaryUsageCount", &iamAttachmentCountType, false},
		{"IsAttachable", &iamBooleanType, false}, {"Description", &iamPolicyDescriptionType, false},
		{"CreateDate", &iamDateType, false}, {"UpdateDate", &iamDateType, false},
		{"PolicyVersionList", &iamPolicyDocumentVersionListType, false},
	}}
	iamManagedPolicyDetailListType = Shape{Name: "ManagedPolicyDetailListType", Type: List, Member: &iamManagedPolicyDetail}

	iamPolicyGroup = Shape{Name: "PolicyGroup", Type: Structure, Fields: []Field{
		{"GroupName", &iamGroupNameType, false}, {"GroupId", &iamIdType, false},
	}}
	iamPolicyGroupListType = Shape{Name: "PolicyGroupListType", Type: List, Member: &iamPolicyGroup}
	iamPolicyUser          = Shape{Name: "PolicyUser", Type: Structure, Fields: []Field{
		{"UserName", &iamUserNameType, false}, {"UserId", &iamIdType, false},
	}}
	iamPolicyUserListType = Shape{Name: "PolicyUserListType", Type: List, Member: &iamPolicyUser}
	iamPolicyRole         = Shape{Name: "PolicyRole", Type: Structure, Fields: []Field{
		{"RoleName", &iamRoleNameType, false}, {"RoleId", &iamIdType, false},
	}}
	iamPolicyRoleListType = Shape{Name: "PolicyRoleListType", Type: List, Member: &iamPolicyRole}
)
