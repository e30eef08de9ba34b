package kms

import "strings"

// managedKey is what AWS knows of its managed keys for one service.
type managedKey struct {
	name     string // of alias/aws/name
	via      string // of kms:ViaService
	title    string // as the statement says it
	protects string // as the description says it
	id       string // of the policy
	actions  string // through the service, besides Decrypt
	// further are statements between the first and the last two.
	further string
	// keeps: the account cannot revoke grants, for the service makes none.
	keeps bool
	like  bool // of any Region: kms:ViaService is matched as a pattern
	last  string
}

const (
	readWrite = "kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:GenerateDataKey*"
	granting  = readWrite + " kms:CreateGrant kms:DescribeKey"
	listing   = readWrite + " kms:CreateGrant kms:ListGrants kms:DescribeKey"
	queueing  = "kms:Decrypt kms:GenerateDataKey* kms:CreateGrant kms:ListGrants kms:DescribeKey"
)

// managedKeys are the services of this world and some whose keys most accounts have. Policies as AWS shows them in
// accounts of 2021 to 2026; those of redshift, sqs and ssm follow the others.
var managedKeys = []managedKey{
	{name: "dynamodb", via: "dynamodb", title: "Amazon DynamoDB", protects: "DynamoDB data", id: "auto-dynamodb-3", actions: granting, like: true,
		last: `, {
    "Sid" : "Allow DynamoDB Service with service principal name dynamodb.amazonaws.com to describe the key directly",
    "Effect" : "Allow",
    "Principal" : {
      "Service" : "dynamodb.amazonaws.com"
    },
    "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*" ],
    "Resource" : "*"
  }`},
	{name: "ebs", via: "ec2", title: "EBS", protects: "EBS volumes", id: "auto-ebs-2", actions: granting},
	{name: "lambda", via: "lambda", title: "AWS Lambda", protects: "Lambda functions", id: "auto-awslambda", actions: granting},
	{name: "rds", via: "rds", title: "RDS", protects: "RDS database volumes", id: "auto-rds-2", actions: listing},
	{name: "redshift", via: "redshift", title: "Redshift", protects: "Redshift clusters", id: "auto-redshift-1", actions: listing},
	{name: "s3", via: "s3", title: "S3", protects: "S3 objects", id: "auto-s3-2", actions: readWrite + " kms:DescribeKey", keeps: true},
	{name: "secretsmanager", via: "secretsmanager", title: "AWS Secrets Manager", protects: "Secrets Manager data", id: "auto-secretsmanager-2",
		actions: "kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:CreateGrant kms:DescribeKey",
		further: `{
    "Sid" : "Allow access through AWS Secrets Manager for all principals in the account that are authorized to use AWS Secrets Manager",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "*"
    },
    "Action" : "kms:GenerateDataKey*",
    "Resource" : "*",
    "Condition" : {
      "StringEquals" : {
        "kms:CallerAccount" : "{account}"
      },
      "StringLike" : {
        "kms:ViaService" : "secretsmanager.*.amazonaws.com"
      }
    }
  }, `},
	{name: "sns", via: "sns", title: "SNS", protects: "SNS data", id: "auto-sns-2", actions: queueing},
	{name: "sqs", via: "sqs", title: "SQS", protects: "SQS messages", id: "auto-sqs-2", actions: queueing},
	{name: "ssm", via: "ssm", title: "SSM", protects: "SSM parameters", id: "auto-ssm-1", actions: readWrite + " kms:DescribeKey", keeps: true},
}

func (m *managedKey) alias() string { return "alias/aws/" + m.name }

func (m *managedKey) description() string {
	return "Default key that protects my " + m.protects + " when no other key is defined"
}

const managedPolicy = `{
  "Version" : "2012-10-17",
  "Id" : "{id}",
  "Statement" : [ {
    "Sid" : "Allow access through {title} for all principals in the account that are authorized to use {title}",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "*"
    },
    "Action" : [ {actions} ],
    "Resource" : "*",
    "Condition" : {
      "StringEquals" : {
        "kms:CallerAccount" : "{account}"{between}"kms:ViaService" : "{via}"
      }
    }
  }, {further}{
    "Sid" : "Allow direct access to key metadata to the account",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "arn:{partition}:iam::{account}:root"
    },
    "Action" : [ {metadata} ],
    "Resource" : "*"
  }{last} ]
}`

// policy is the key policy, spelled as AWS returns it.
func (m *managedKey) policy(partition, account, region string) string {
	metadata := "kms:Describe* kms:Get* kms:List* kms:RevokeGrant"
	if m.keeps {
		metadata = "kms:Describe* kms:Get* kms:List*"
	}
	via, between := m.via+"."+region+".amazonaws.com", ",\n        "
	if m.like {
		via, between = m.via+".*.amazonaws.com", "\n      },\n      \"StringLike\" : {\n        "
	}
	further := strings.ReplaceAll(m.further, "{account}", account)
	return strings.NewReplacer(
		"{id}", m.id, "{title}", m.title, "{actions}", quoted(m.actions), "{account}", account, "{between}", between, "{via}", via,
		"{further}", further, "{partition}", partition, "{metadata}", quoted(metadata), "{last}", m.last,
	).Replace(managedPolicy)
}

func quoted(words string) string { return `"` + strings.ReplaceAll(words, " ", `", "`) + `"` }
