// Package service is the AWS services that use KMS keys by themselves: EBS, Lambda, S3, Secrets Manager, RDS, DynamoDB,
// SQS, SNS and CloudWatch Logs. It knows of them what concerns KMS.
//
// A service calls KMS in a forward access session of its caller, or in its own name: as a service principal, or in a
// session of a role. It makes these calls through a function of the front door, which authorizes and records them as
// it does any other.
package service

import (
	"encoding/json"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
)

// Request is one call to a service.
type Request struct {
	Caller    *iam.Principal
	Service   string // "ec2", "lambda", "s3"
	Operation string // "AttachVolume"
	Input     gjson.Result
	Region    string
	Now       time.Time
	Directory *iam.Directory
	// KMS makes a call to KMS.
	KMS func(Call) (gjson.Result, *kms.Error)
	// ManagedKey is the ARN of the AWS managed key of the caller's account for a service ("ebs" is of alias/aws/ebs),
	// which it brings into being when there is none.
	ManagedKey func(service string) string
}

// Call is a call that a service makes to KMS.
type Call struct {
	Caller    *iam.Principal
	Via       string // "ec2": in a forward access session of Caller; empty in Caller's own name
	SourceArn string // the resource for which a service calls in its own name
	Operation string // "CreateGrant"
	Input     json.RawMessage
}

// Error is an answer of a service that says no, with the code and the text of that service.
type Error struct {
	Code    string // "CustomerKeyHasBeenRevoked"
	Message string
	Status  int // HTTP status
}

func (e *Error) Error() string { return e.Code + ": " + e.Message }

// object is a structure of an input or output; the AWS CLI puts its members into the order of the model.
type object = map[string]any

// call is a request while it is performed.
type call struct {
	*Resources
	Request
}

// text is a string parameter, "" when it is absent.
func (c *call) text(name string) string { return c.Input.Get(name).Str }

func (c *call) has(name string) bool { return c.Input.Get(name).Type != gjson.Null }

// list is a parameter that is a list of strings.
func (c *call) list(name string) []string {
	all := []string{}
	for _, v := range c.Input.Get(name).Array() {
		all = append(all, v.Str)
	}
	return all
}

// arn is the ARN of something in the caller's account and Region.
func (c *call) arn(service, resource string) string {
	return "arn:aws:" + service + ":" + c.Region + ":" + c.Caller.Account + ":" + resource
}

// forward calls KMS in a forward access session of the caller.
func (c *call) forward(operation string, input object) (gjson.Result, *kms.Error) {
	return c.KMS(Call{Caller: c.Caller, Via: c.Service, Operation: operation, Input: encode(input)})
}

// as calls KMS in the name of p.
func (c *call) as(p *iam.Principal, operation string, input object) (gjson.Result, *kms.Error) {
	return c.KMS(Call{Caller: p, Operation: operation, Input: encode(input)})
}

// own calls KMS in the service's own name, for a resource.
func (c *call) own(source, operation string, input object) (gjson.Result, *kms.Error) {
	return c.KMS(Call{Caller: c.itself(), SourceArn: source, Operation: operation, Input: encode(input)})
}

// itself is the service's Regional principal: "ec2.us-west-2.amazonaws.com".
func (c *call) itself() *iam.Principal {
	p, err := c.Directory.Principal(c.Service+"."+c.Region+".amazonaws.com", "")
	if err != nil {
		panic(err) // service principals need no account
	}
	return p
}

func encode(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own maps
	}
	return raw
}

// iso is a time as services answer it.
func iso(t time.Time) string { return t.UTC().Format(time.RFC3339) }
