package service

import (
	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
)

// logGroup is a log group of CloudWatch Logs.
type logGroup struct {
	home
	ARN    string
	KeyARN string
}

func (c *call) logGroupARN() string { return c.arn("logs", "log-group:"+c.text("logGroupName")) }

// onLogGroup: the denial names the group as if a log stream were meant.
func onLogGroup(c *call) []iam.Target {
	t := c.target("logs", c.logGroupARN())
	t.Shown += ":log-stream:"
	return []iam.Target{t}
}

func (c *call) createLogGroup() (object, *Error) {
	g := logGroup{home: c.home(), ARN: c.logGroupARN(), KeyARN: c.text("kmsKeyId")}
	if _, exists := c.logGroups[g.ARN]; exists {
		return nil, &Error{"ResourceAlreadyExistsException", "The specified log group already exists", 400}
	}
	if g.KeyARN != "" && c.tryLogKey(g) != nil {
		return nil, logKeyRefused(g)
	}
	c.logGroups[g.ARN] = g
	return nil, nil
}

func (c *call) associateKmsKey() (object, *Error) {
	g, ok := c.logGroups[c.logGroupARN()]
	if !ok {
		return nil, &Error{"ResourceNotFoundException", "The specified log group does not exist.", 400}
	}
	if g.KeyARN = c.text("kmsKeyId"); c.tryLogKey(g) != nil {
		return nil, logKeyRefused(g)
	}
	c.logGroups[g.ARN] = g
	return nil, nil
}

// tryLogKey: the caller must be allowed to describe the key; using it is then the service's own matter, so that only
// the key policy can allow it.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html, read 2026-08
func (c *call) tryLogKey(g logGroup) *kms.Error {
	if _, err := c.forward("DescribeKey", object{"KeyId": g.KeyARN}); err != nil {
		return err
	}
	context := object{"aws:logs:arn": g.ARN}
	out, err := c.own(g.ARN, "GenerateDataKey", object{"KeyId": g.KeyARN, "KeySpec": "AES_256", "EncryptionContext": context})
	if err == nil {
		_, err = c.own(g.ARN, "Decrypt", object{"CiphertextBlob": out.Get("CiphertextBlob").Str, "EncryptionContext": context})
	}
	return err
}

// logKeyRefused is all that CloudWatch Logs says (seen so).
func logKeyRefused(g logGroup) *Error {
	return &Error{"AccessDeniedException", "The specified KMS key does not exist or is not allowed to be used with Arn '" + g.ARN + "'", 400}
}
