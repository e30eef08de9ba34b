package service

import (
	"slices"
	"strings"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// operation is how a call is aimed and how it is performed.
type operation struct {
	aim func(*call) []iam.Target
	do  func(*call) (object, *Error)
	// data: CloudTrail counts it among the data events.
	data bool
}

// operations is every call that is understood here.
var operations = map[string]operation{
	"ec2:CreateVolume":         {aim: onEC2("volume/*"), do: (*call).createVolume},
	"ec2:DeleteVolume":         {aim: onEC2("volume/{VolumeId}"), do: (*call).deleteVolume},
	"ec2:AttachVolume":         {aim: onEC2("instance/{InstanceId}", "volume/{VolumeId}"), do: (*call).attachVolume},
	"ec2:DetachVolume":         {aim: aimDetach, do: (*call).detachVolume},
	"ec2:DescribeVolumes":      {aim: onAll, do: (*call).describeVolumes},
	"ec2:RunInstances":         {aim: aimRun, do: (*call).runInstances},
	"ec2:StartInstances":       {aim: onInstances, do: (*call).startInstances},
	"ec2:StopInstances":        {aim: onInstances, do: (*call).stopInstances},
	"ec2:TerminateInstances":   {aim: onInstances, do: (*call).terminateInstances},
	"ec2:DescribeInstances":    {aim: onAll, do: (*call).describeInstances},
	"ec2:CreateVpcEndpoint":    {aim: onEC2("vpc-endpoint/*", "vpc/{VpcId}"), do: (*call).createVpcEndpoint},
	"ec2:ModifyVpcEndpoint":    {aim: onEC2("vpc-endpoint/{VpcEndpointId}"), do: (*call).modifyVpcEndpoint},
	"ec2:DescribeVpcEndpoints": {aim: onAll, do: (*call).describeVpcEndpoints},

	"lambda:CreateFunction":              {aim: aimCreateFunction, do: (*call).createFunction},
	"lambda:UpdateFunctionConfiguration": {aim: onFunction, do: (*call).updateFunctionConfiguration},
	"lambda:GetFunctionConfiguration":    {aim: onFunction, do: (*call).getFunctionConfiguration},
	"lambda:Invoke":                      {aim: onFunction, do: (*call).invoke, data: true},

	"s3:CreateBucket":        {aim: onBucket("CreateBucket"), do: (*call).createBucket},
	"s3:PutBucketEncryption": {aim: onBucket("PutEncryptionConfiguration"), do: (*call).putBucketEncryption},
	"s3:PutObject":           {aim: onObject, do: (*call).putObject, data: true},
	"s3:GetObject":           {aim: onObject, do: (*call).getObject, data: true},

	"secretsmanager:CreateSecret":   {aim: onSecret("Name"), do: (*call).createSecret},
	"secretsmanager:GetSecretValue": {aim: onSecret("SecretId"), do: (*call).getSecretValue},
	"secretsmanager:UpdateSecret":   {aim: onSecret("SecretId"), do: (*call).updateSecret},

	"rds:CreateDBInstance": {aim: on("rds", "db:{DBInstanceIdentifier}"), do: (*call).createDBInstance},

	"dynamodb:CreateTable":   {aim: on("dynamodb", "table/{TableName}"), do: (*call).createTable},
	"dynamodb:DescribeTable": {aim: on("dynamodb", "table/{TableName}"), do: (*call).describeTable},

	"sqs:CreateQueue":    {aim: onQueue, do: (*call).createQueue},
	"sqs:SendMessage":    {aim: onQueue, do: (*call).sendMessage, data: true},
	"sqs:ReceiveMessage": {aim: onQueue, do: (*call).receiveMessage, data: true},

	"sns:CreateTopic": {aim: onTopic, do: (*call).createTopic},
	"sns:Publish":     {aim: onTopic, do: (*call).publish, data: true},

	"logs:CreateLogGroup":  {aim: onLogGroup, do: (*call).createLogGroup},
	"logs:AssociateKmsKey": {aim: onLogGroup, do: (*call).associateKmsKey},
}

// IsService reports whether there is such a service here.
func IsService(name string) bool { return slices.Contains(catalog.ServiceNames[:], name) }

// IsData reports whether CloudTrail counts an operation among the data events, which no account's event history shows.
func IsData(service, operation string) bool { return operations[service+":"+operation].data }

// Targets returns the permissions of the service's own that a call needs.
func (r *Resources) Targets(q Request) ([]iam.Target, *Error) {
	op, c, err := r.prepare(q)
	if err != nil {
		return nil, err
	}
	return op.aim(c), nil
}

// Do performs a call that has been authorized. What it changed before it failed stays changed.
func (r *Resources) Do(q Request) (any, *Error) {
	op, c, err := r.prepare(q)
	if err != nil {
		return nil, err
	}
	out, err := op.do(c)
	if err != nil || out == nil {
		return nil, err
	}
	return out, nil
}

func (r *Resources) prepare(q Request) (operation, *call, *Error) {
	model := catalog.LookupService(q.Service, q.Operation)
	if model == nil {
		return operation{}, nil, &Error{"InvalidAction", "The action " + q.Operation + " is not valid for this web service.", 400}
	}
	if text := catalog.Validate(*model, q.Input); text != "" {
		return operation{}, nil, &Error{invalidInput(q.Service), text, 400}
	}
	return operations[q.Service+":"+q.Operation], &call{r, q}, nil
}

// invalidInput is the code for an input that breaks the model.
func invalidInput(service string) string {
	switch service {
	case "ec2":
		return "InvalidParameterValue"
	case "lambda", "dynamodb", "secretsmanager":
		return "ValidationException"
	case "logs":
		return "InvalidParameterException"
	case "s3":
		return "InvalidArgument"
	}
	return "ValidationError"
}

// Denial is how a service says that its caller lacks a permission of its own.
func Denial(service string, x authz.Explanation) *Error {
	switch service {
	case "ec2":
		return &Error{"UnauthorizedOperation", "You are not authorized to perform this operation. " + x.Message, 403}
	case "sns":
		return &Error{"AuthorizationError", x.Message, 403}
	case "s3", "rds", "sqs":
		return &Error{"AccessDenied", x.Message, 403}
	}
	return &Error{"AccessDeniedException", x.Message, 400}
}

// on aims at resources of the caller's account; {Name} stands for a parameter.
func on(service string, resources ...string) func(*call) []iam.Target {
	return func(c *call) []iam.Target {
		targets := []iam.Target{}
		for _, r := range resources {
			targets = append(targets, c.target(service, c.arn(service, c.fill(r))))
		}
		return targets
	}
}

func onEC2(resources ...string) func(*call) []iam.Target { return on("ec2", resources...) }

// onAll aims at "*": operations that know no resources.
func onAll(c *call) []iam.Target {
	return []iam.Target{{Action: c.Service + ":" + c.Operation, Resource: "*", Shown: "*"}}
}

func (c *call) target(service, resource string) iam.Target {
	return iam.Target{Action: service + ":" + c.Operation, Resource: resource, Shown: resource, Owner: c.Caller.Account}
}

// fill puts parameters into a resource.
func (c *call) fill(resource string) string {
	before, rest, ok := strings.Cut(resource, "{")
	if !ok {
		return resource
	}
	name, after, _ := strings.Cut(rest, "}")
	return before + c.text(name) + after
}

// pass is iam:PassRole, which handing a role to a service needs.
func (c *call) pass(role, service string) iam.Target {
	return iam.Target{
		Action: "iam:PassRole", Resource: role, Shown: role, Owner: c.Caller.Account,
		Context: []condition.Value{{Key: "iam:PassedToService", Values: []string{service + ".amazonaws.com"}}},
	}
}
