// Package awscli is the grammar of the AWS CLI: a command line becomes a call, a call becomes the command line that
// makes it, and an answer becomes what the command prints.
//
// It follows version 2 (github.com/aws/aws-cli, branch v2, read 2026-07): blobs are base64 on the command line, lists
// page by themselves, exit codes are 252 for a command line that cannot be understood, 254 for an error of the
// service, 255 for everything else.
package awscli

import (
	"kmsplayground/engine"
	"kmsplayground/engine/catalog"
)

// Exit codes of the AWS CLI.
const (
	exitUsage   = 252
	exitService = 254
	exitGeneral = 255
)

// Command is a command line that was understood.
type Command struct {
	// Call is what it asks for, without a caller. Its Region is that of --region, AWS_REGION or AWS_DEFAULT_REGION.
	Call   engine.Call
	Output string // "json" or "text"
	Query  string // JMESPath, "" for none
	// Skeleton is what --generate-cli-skeleton prints; nothing is called then.
	Skeleton string

	operation *catalog.Operation
	pages     paging
	outfile   string // where the streamed member of the answer goes
}

// Error is a command line that the AWS CLI refuses before it calls anything.
type Error struct {
	Message  string // as printed to standard error, with its line breaks
	ExitCode int
}

// services are the commands that exist here, each with its operations.
var services = []struct {
	name       string
	operations func() []catalog.Operation
}{
	{"cloudtrail", catalog.CloudTrail},
	{"dynamodb", func() []catalog.Operation { return catalog.ServiceOperations("dynamodb") }},
	{"ec2", func() []catalog.Operation { return catalog.ServiceOperations("ec2") }},
	{"iam", catalog.IAM},
	{"kms", catalog.KMS},
	{"lambda", func() []catalog.Operation { return catalog.ServiceOperations("lambda") }},
	{"logs", func() []catalog.Operation { return catalog.ServiceOperations("logs") }},
	{"organizations", catalog.Organizations},
	{"rds", func() []catalog.Operation { return catalog.ServiceOperations("rds") }},
	{"s3api", func() []catalog.Operation { return catalog.ServiceOperations("s3") }},
	{"secretsmanager", func() []catalog.Operation { return catalog.ServiceOperations("secretsmanager") }},
	{"sns", func() []catalog.Operation { return catalog.ServiceOperations("sns") }},
	{"sqs", func() []catalog.Operation { return catalog.ServiceOperations("sqs") }},
	{"sts", catalog.STS},
}

// operationsOf returns the operations of a service, nil for one that does not exist here.
func operationsOf(service string) []catalog.Operation {
	for _, s := range services {
		if s.name == service {
			return s.operations()
		}
	}
	return nil
}
