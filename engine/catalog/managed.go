package catalog

// ManagedPolicy is an AWS managed policy in its default version.
type ManagedPolicy struct {
	Name        string // "AdministratorAccess"
	ARN         string // "arn:aws:iam::aws:policy/AdministratorAccess"
	Description string
	VersionId   string // "v1"
	Text        string
}

// ManagedPolicies returns the AWS managed policies that KMS tutorials use, sorted by name, as AWS's reference of managed
// policies showed them in 2026. ReadOnlyAccess is reduced to the actions of KMS, IAM and STS: the real one names some
// thousand actions of other services. The caller does not change them.
func ManagedPolicies() []ManagedPolicy { return managedPolicies }

var managedPolicies = []ManagedPolicy{
	{
		Name:        "AWSKeyManagementServicePowerUser",
		ARN:         "arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser",
		Description: "Provides access to AWS Key Management Service (KMS).",
		VersionId:   "v2",
		Text: `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [
                "kms:CreateAlias",
                "kms:CreateKey",
                "kms:DeleteAlias",
                "kms:Describe*",
                "kms:GenerateRandom",
                "kms:Get*",
                "kms:List*",
                "kms:TagResource",
                "kms:UntagResource",
                "iam:ListGroups",
                "iam:ListRoles",
                "iam:ListUsers"
            ],
            "Resource": "*"
        }
    ]
}`,
	},
	{
		Name:        "AdministratorAccess",
		ARN:         "arn:aws:iam::aws:policy/AdministratorAccess",
		Description: "Provides full access to AWS services and resources.",
		VersionId:   "v1",
		Text: `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "*",
            "Resource": "*"
        }
    ]
}`,
	},
	{
		Name:        "IAMFullAccess",
		ARN:         "arn:aws:iam::aws:policy/IAMFullAccess",
		Description: "Provides full access to IAM via the AWS Management Console.",
		VersionId:   "v2",
		Text: `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [
                "iam:*",
                "organizations:DescribeAccount",
                "organizations:DescribeOrganization",
                "organizations:DescribeOrganizationalUnit",
                "organizations:DescribePolicy",
                "organizations:ListChildren",
                "organizations:ListParents",
                "organizations:ListPoliciesForTarget",
                "organizations:ListRoots",
                "organizations:ListPolicies",
                "organizations:ListTargetsForPolicy"
            ],
            "Resource": "*"
        }
    ]
}`,
	},
	{
		Name:        "PowerUserAccess",
		ARN:         "arn:aws:iam::aws:policy/PowerUserAccess",
		Description: "Provides full access to AWS services and resources, but does not allow management of Users and groups.",
		VersionId:   "v12",
		Text: `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "NotAction": [
                "iam:*",
                "organizations:*",
                "account:*"
            ],
            "Resource": "*"
        },
        {
            "Effect": "Allow",
            "Action": [
                "account:GetAccountInformation",
                "account:GetGovCloudAccountInformation",
                "account:GetPrimaryEmail",
                "account:ListRegions",
                "iam:CreateServiceLinkedRole",
                "iam:DeleteServiceLinkedRole",
                "iam:ListRoles",
                "organizations:DescribeEffectivePolicy",
                "organizations:DescribeOrganization"
            ],
            "Resource": "*"
        }
    ]
}`,
	},
	{
		Name:        "ReadOnlyAccess",
		ARN:         "arn:aws:iam::aws:policy/ReadOnlyAccess",
		Description: "Provides read-only access to AWS services and resources.",
		VersionId:   "v1",
		Text: `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "ReadOnlyActions",
            "Effect": "Allow",
            "Action": [
                "iam:Generate*",
                "iam:Get*",
                "iam:List*",
                "iam:Simulate*",
                "kms:Describe*",
                "kms:Get*",
                "kms:List*",
                "sts:GetAccessKeyInfo",
                "sts:GetCallerIdentity",
                "sts:GetSessionToken"
            ],
            "Resource": "*"
        }
    ]
}`,
	},
}
