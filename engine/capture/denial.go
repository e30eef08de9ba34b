package capture

import (
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/arn"
)

const notAuthorized = " is not authorized to perform: "

// denial is AWS's message, taken apart: "User: … is not authorized to perform: kms:… on resource: … because …".
type denial struct {
	who, action, resource string
	because               string // what decided, in AWS's words: "no identity-based policy allows"
	calling               string // operation in "when calling the PutObject operation", or "S3: PutObject"
	line                  int    // of the text, from 0
}

// reasons are the ends of messages that say what decided.
var reasons = [...]string{
	"no identity-based policy allows", "no resource-based policy allows", "no permissions boundary allows", "no session policy allows",
	"no service control policy allows", "no resource control policy allows", "no VPC endpoint policy allows",
	"with an explicit deny in an identity-based policy", "with an explicit deny in a resource-based policy", "with an explicit deny in a permissions boundary",
	"with an explicit deny in a session policy", "with an explicit deny in a service control policy", "with an explicit deny in a resource control policy",
	"with an explicit deny in a VPC endpoint policy", elsewhere,
}

// elsewhere is all that AWS says of a key of another account.
const elsewhere = "the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access"

func reasonOf(message string) string {
	for _, reason := range reasons {
		if strings.Contains(message, reason) {
			return reason
		}
	}
	return ""
}

// denials finds AWS's messages in a text: a line of a log, an SDK's exception, Terraform's box, which breaks lines.
func denials(text string) (found []denial) {
	whole, starts := unbroken(text)
	at := 0
	for {
		i := strings.Index(whole[at:], notAuthorized)
		if i < 0 {
			return found
		}
		i += at
		from := strings.LastIndex(whole[at:i], "User: ")
		before := whole[at:max(at, i)]
		at = i + len(notAuthorized)
		if from < 0 {
			continue
		}
		start := i - len(before) + from
		rest := whole[at:]
		if next := strings.Index(rest, "User: "); next >= 0 {
			rest = rest[:next]
		}
		d := denial{who: mended(whole[start+len("User: ") : i]), calling: calledIn(before[:from]), because: reasonOf(rest)}
		d.action, rest, _ = strings.Cut(rest, " ")
		d.action = word(d.action)
		if rest, ok := strings.CutPrefix(rest, "on resource: "); ok {
			d.resource = resourceIn(rest)
		}
		for d.line+1 < len(starts) && starts[d.line+1] <= start {
			d.line++
		}
		found = append(found, d)
	}
}

// unbroken joins the lines of a text with spaces, without the frame of a box, and says where each begins.
func unbroken(text string) (whole string, starts []int) {
	var b strings.Builder
	text = strings.NewReplacer(`\"`, `"`, `\n`, " ", `\t`, " ", "\u00a0", " ", "&#39;", "'", "&quot;", `"`).Replace(text)
	for line := range strings.Lines(text) {
		starts = append(starts, b.Len())
		b.WriteString(strings.Join(strings.Fields(strings.TrimLeft(strings.TrimSpace(line), "│|╷╵ ")), " "))
		b.WriteByte(' ')
	}
	return b.String(), starts
}

// mended joins an ARN that a terminal broke in two.
func mended(text string) string { return word(strings.ReplaceAll(text, " ", "")) }

// word is a text without the marks around it.
func word(text string) string { return strings.Trim(text, ".,;:\"'`()[]<>*\\ ") }

// resourceIn is the ARN that a text begins with, joined with the next word if that makes it the ARN of a key.
func resourceIn(text string) string {
	first, rest, _ := strings.Cut(text, " ")
	first, _, _ = strings.Cut(first, "<")
	second, _, _ := strings.Cut(rest, " ")
	if both := word(first + second); strings.Contains(first, ":kms:") && !engine.IsKeyARN(word(first)) && engine.IsKeyARN(both) {
		return both
	}
	if first == "*" {
		return first
	}
	return word(first)
}

// calledIn is the operation that SDKs say they called: "when calling the PutObject operation" of Python and the CLI,
// "operation error S3: PutObject" of Go.
func calledIn(before string) string {
	if i := strings.LastIndex(before, "when calling the "); i >= 0 {
		name, _, _ := strings.Cut(before[i+len("when calling the "):], " ")
		return name
	}
	if i := strings.LastIndex(before, "operation error "); i >= 0 {
		_, name, _ := strings.Cut(before[i+len("operation error "):], ": ")
		name, _, _ = strings.Cut(name, ",")
		return name
	}
	return ""
}

// calledBy are operations of services that call KMS for their caller, and the service.
var calledBy = map[string]string{
	"PutObject": "s3", "GetObject": "s3", "HeadObject": "s3", "CopyObject": "s3", "UploadPart": "s3", "UploadPartCopy": "s3", "CreateMultipartUpload": "s3", "CompleteMultipartUpload": "s3",
	"SendMessage": "sqs", "ReceiveMessage": "sqs", "SendMessageBatch": "sqs", "Publish": "sns", "PublishBatch": "sns",
	"GetParameter": "ssm", "GetParameters": "ssm", "GetParametersByPath": "ssm", "PutParameter": "ssm",
	"GetSecretValue": "secretsmanager", "PutSecretValue": "secretsmanager", "CreateSecret": "secretsmanager", "UpdateSecret": "secretsmanager",
	"GetItem": "dynamodb", "PutItem": "dynamodb", "UpdateItem": "dynamodb", "Query": "dynamodb", "Scan": "dynamodb", "CreateTable": "dynamodb",
	"PutRecord": "kinesis", "PutRecords": "kinesis", "GetRecords": "kinesis", "RunInstances": "ec2", "CreateVolume": "ec2", "AttachVolume": "ec2", "CopySnapshot": "ec2",
	"Invoke": "lambda", "CreateFunction": "lambda", "UpdateFunctionConfiguration": "lambda", "CreateDBInstance": "rds", "StartQueryExecution": "athena",
	"PutLogEvents": "logs", "CreateLogGroup": "logs", "AssociateKmsKey": "logs",
}

// readDenials finds AWS's messages in a text, and says what is wrong with one that cannot be sent again.
func (m *model) readDenials(p piece) (parts []Part, problem string) {
	for _, d := range denials(p.text) {
		operation, ofKMS := strings.CutPrefix(d.action, "kms:")
		a, ok := arn.Parse(d.who)
		switch {
		case !ofKMS:
			problem = "this message is about " + d.action + "; only those of kms: are sent again"
		case operation == "" || strings.Trim(operation, letters) != "":
			problem = "this message names no operation of KMS"
		case !ok || !isAccount(a.Account):
			problem = "the caller in this message is no ARN with an account: " + d.who
		default:
			r := &request{as: d.who, account: a.Account, operation: operation, code: "AccessDeniedException", because: d.because, weight: fromMessage, calling: d.calling}
			r.service = calledBy[d.calling]
			r.about(m, d.resource)
			m.ask(r)
			m.account(a.Account)
			parts = append(parts, Part{p.input, p.line + d.line, Denial, operation + " by " + d.who})
		}
	}
	return parts, problem
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// known are texts of which AWS has more to say elsewhere.
func hint(text string) string {
	switch {
	case strings.Contains(text, "ncoded authorization failure message"):
		return "this message is encoded; aws sts decode-authorization-message --encoded-message says what is in it"
	case strings.Contains(text, "The ciphertext refers to a"):
		return "this message names neither the caller nor the key; the CloudTrail event of the call does"
	case strings.Contains(text, "KMS access was denied") || strings.Contains(text, "not authorized to perform"):
		return "this message does not say who called, or for what; the CloudTrail event of the call does"
	}
	return ""
}
