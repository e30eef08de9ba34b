package iam

// operation is how a call is aimed and how it is performed.
type operation struct {
	aim func(*call) ([]Target, *Error)
	do  func(*call) (Object, *Error)
}

// operations is every call that IAM and STS understand here.
var operations = map[string]operation{
	"iam:CreateUser":          {aimCreate(userKind), createEntity(userKind)},
	"iam:GetUser":             {aimEntity(userKind), (*call).getUser},
	"iam:ListUsers":           {aimList(userKind), listEntities(userKind)},
	"iam:UpdateUser":          {aimUpdateUser, (*call).updateUser},
	"iam:DeleteUser":          {aimEntity(userKind), deleteEntity(userKind)},
	"iam:TagUser":             {aimEntity(userKind), tagEntity(userKind)},
	"iam:UntagUser":           {aimEntity(userKind), untagEntity(userKind)},
	"iam:ListUserTags":        {aimEntity(userKind), listTags(userKind)},
	"iam:ListGroupsForUser":   {aimEntity(userKind), (*call).listGroupsForUser},
	"iam:CreateGroup":         {aimCreate(groupKind), createEntity(groupKind)},
	"iam:GetGroup":            {aimEntity(groupKind), (*call).getGroup},
	"iam:ListGroups":          {aimList(groupKind), listEntities(groupKind)},
	"iam:DeleteGroup":         {aimEntity(groupKind), deleteEntity(groupKind)},
	"iam:AddUserToGroup":      {aimEntity(groupKind), (*call).addUserToGroup},
	"iam:RemoveUserFromGroup": {aimEntity(groupKind), (*call).removeUserFromGroup},
	"iam:CreateRole":          {aimCreate(roleKind), createEntity(roleKind)},
	"iam:GetRole":             {aimEntity(roleKind), (*call).getRole},
	"iam:ListRoles":           {aimList(roleKind), listEntities(roleKind)},
	"iam:DeleteRole":          {aimEntity(roleKind), deleteEntity(roleKind)},
	"iam:TagRole":             {aimEntity(roleKind), tagEntity(roleKind)},
	"iam:UntagRole":           {aimEntity(roleKind), untagEntity(roleKind)},
	"iam:ListRoleTags":        {aimEntity(roleKind), listTags(roleKind)},

	"iam:UpdateAssumeRolePolicy": {aimEntity(roleKind), (*call).updateAssumeRolePolicy},

	"iam:PutUserPolicy":    {aimEntity(userKind), putInline(userKind)},
	"iam:PutGroupPolicy":   {aimEntity(groupKind), putInline(groupKind)},
	"iam:PutRolePolicy":    {aimEntity(roleKind), putInline(roleKind)},
	"iam:GetUserPolicy":    {aimEntity(userKind), getInline(userKind)},
	"iam:GetGroupPolicy":   {aimEntity(groupKind), getInline(groupKind)},
	"iam:GetRolePolicy":    {aimEntity(roleKind), getInline(roleKind)},
	"iam:ListUserPolicies": {aimEntity(userKind), listInline(userKind)},

	"iam:ListGroupPolicies": {aimEntity(groupKind), listInline(groupKind)},
	"iam:ListRolePolicies":  {aimEntity(roleKind), listInline(roleKind)},
	"iam:DeleteUserPolicy":  {aimEntity(userKind), deleteInline(userKind)},
	"iam:DeleteGroupPolicy": {aimEntity(groupKind), deleteInline(groupKind)},
	"iam:DeleteRolePolicy":  {aimEntity(roleKind), deleteInline(roleKind)},

	"iam:AttachUserPolicy":          {aimEntity(userKind), attach(userKind)},
	"iam:AttachGroupPolicy":         {aimEntity(groupKind), attach(groupKind)},
	"iam:AttachRolePolicy":          {aimEntity(roleKind), attach(roleKind)},
	"iam:DetachUserPolicy":          {aimEntity(userKind), detach(userKind)},
	"iam:DetachGroupPolicy":         {aimEntity(groupKind), detach(groupKind)},
	"iam:DetachRolePolicy":          {aimEntity(roleKind), detach(roleKind)},
	"iam:ListAttachedUserPolicies":  {aimEntity(userKind), listAttached(userKind)},
	"iam:ListAttachedGroupPolicies": {aimEntity(groupKind), listAttached(groupKind)},
	"iam:ListAttachedRolePolicies":  {aimEntity(roleKind), listAttached(roleKind)},

	"iam:PutUserPermissionsBoundary":    {aimEntity(userKind), putBoundary(userKind)},
	"iam:PutRolePermissionsBoundary":    {aimEntity(roleKind), putBoundary(roleKind)},
	"iam:DeleteUserPermissionsBoundary": {aimEntity(userKind), deleteBoundary(userKind)},
	"iam:DeleteRolePermissionsBoundary": {aimEntity(roleKind), deleteBoundary(roleKind)},

	"iam:CreatePolicy":            {aimCreatePolicy, (*call).createPolicy},
	"iam:GetPolicy":               {aimPolicy, (*call).getPolicy},
	"iam:ListPolicies":            {aimListPolicies, (*call).listPolicies},
	"iam:DeletePolicy":            {aimPolicy, (*call).deletePolicy},
	"iam:CreatePolicyVersion":     {aimPolicy, (*call).createPolicyVersion},
	"iam:GetPolicyVersion":        {aimPolicy, (*call).getPolicyVersion},
	"iam:ListPolicyVersions":      {aimPolicy, (*call).listPolicyVersions},
	"iam:DeletePolicyVersion":     {aimPolicy, (*call).deletePolicyVersion},
	"iam:SetDefaultPolicyVersion": {aimPolicy, (*call).setDefaultPolicyVersion},

	"iam:CreateAccessKey": {aimEntity(userKind), (*call).createAccessKey},
	"iam:ListAccessKeys":  {aimEntity(userKind), (*call).listAccessKeys},
	"iam:UpdateAccessKey": {aimEntity(userKind), (*call).updateAccessKey},
	"iam:DeleteAccessKey": {aimEntity(userKind), (*call).deleteAccessKey},

	"sts:GetCallerIdentity":  {aimNothing, (*call).getCallerIdentity},
	"sts:GetSessionToken":    {aimNothing, (*call).getSessionToken},
	"sts:AssumeRole":         {aimAssumeRole, (*call).assumeRole},
	"sts:GetFederationToken": {aimFederate, (*call).getFederationToken},
}
