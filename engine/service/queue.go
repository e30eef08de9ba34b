package service

import (
	"crypto/md5"
	"encoding/hex"
	"slices"
	"strings"

	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
)

// queue is an SQS queue with its messages.
type queue struct {
	home
	ARN      string
	URL      string
	Key      string // as given; empty for a queue without KMS
	Messages []message
}

// message is one of a queue. DataKey is empty where no key was used.
type message struct{ ID, Body, DataKey string }

// topic is an SNS topic. It has no subscribers here.
type topic struct {
	home
	ARN string
	Key string
}

// onQueue: SQS spells its actions in lower case.
func onQueue(c *call) []iam.Target {
	t := c.target("sqs", c.queueARN())
	t.Action = strings.ToLower(t.Action)
	if q, ok := c.queues[t.Resource]; ok {
		t.Owner = q.Account
	}
	return []iam.Target{t}
}

// queueARN follows from the name, or from the last two parts of the URL: account and name.
func (c *call) queueARN() string {
	if name := c.text("QueueName"); name != "" {
		return c.arn("sqs", name)
	}
	parts := strings.Split(c.text("QueueUrl"), "/")
	if len(parts) < 2 {
		return c.arn("sqs", c.text("QueueUrl"))
	}
	return "arn:aws:sqs:" + c.Region + ":" + parts[len(parts)-2] + ":" + parts[len(parts)-1]
}

// createQueue takes down the key; nobody looks at it before a message is sent.
func (c *call) createQueue() (object, *Error) {
	q := queue{
		home: c.home(), ARN: c.queueARN(), Key: c.Input.Get("Attributes.KmsMasterKeyId").Str,
		URL: "https://sqs." + c.Region + ".amazonaws.com/" + c.Caller.Account + "/" + c.text("QueueName"),
	}
	if old, exists := c.queues[q.ARN]; exists {
		if old.Key != q.Key {
			return nil, &Error{"QueueAlreadyExists", "A queue already exists with the same name and a different value for attribute KmsMasterKeyId", 400}
		}
		return object{"QueueUrl": old.URL}, nil
	}
	c.queues[q.ARN] = q
	return object{"QueueUrl": q.URL}, nil
}

func (c *call) findQueue() (queue, *Error) {
	q, ok := c.queues[c.queueARN()]
	if !ok {
		return queue{}, &Error{"AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.", 400}
	}
	return q, nil
}

// sendMessage asks for a data key for each message. SQS reuses one for a while, five minutes unless the queue says
// otherwise; here it never does, so that a change shows with the next message.
func (c *call) sendMessage() (object, *Error) {
	q, err := c.findQueue()
	if err != nil {
		return nil, err
	}
	m := message{ID: c.newUUID("message"), Body: c.text("MessageBody")}
	if q.Key != "" {
		key, err := c.envelope(c.key(q.Key, "sqs"), object{"aws:sqs:arn": q.ARN})
		if err != nil {
			return nil, queueError(err)
		}
		m.DataKey = key
	}
	q.Messages = append(slices.Clip(q.Messages), m)
	c.queues[q.ARN] = q
	return object{"MessageId": m.ID, "MD5OfMessageBody": digest(m.Body)}, nil
}

func digest(text string) string {
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}

// envelope asks for a data key and checks that it can be read again, in the name of the caller.
func (c *call) envelope(key string, context object) (blob string, failed *kms.Error) {
	out, err := c.forward("GenerateDataKey", object{"KeyId": key, "KeySpec": "AES_256", "EncryptionContext": context})
	if err != nil {
		return "", err
	}
	blob = out.Get("CiphertextBlob").Str
	_, err = c.forward("Decrypt", object{"CiphertextBlob": blob, "EncryptionContext": context})
	return blob, err
}

// queueError has the codes of SQS's query protocol, which the AWS CLI prints.
func queueError(err *kms.Error) *Error {
	code := err.Code
	if code == "KMSInvalidStateException" {
		code = "InvalidStateException"
	}
	return &Error{"KMS." + code, err.Message, 400}
}

// receiveMessage takes messages; they are not seen again.
func (c *call) receiveMessage() (object, *Error) {
	q, err := c.findQueue()
	if err != nil {
		return nil, err
	}
	n := min(max(int(c.Input.Get("MaxNumberOfMessages").Int()), 1), len(q.Messages))
	list := []object{}
	for _, m := range q.Messages[:n] {
		if m.DataKey != "" {
			if _, err := c.forward("Decrypt", object{"CiphertextBlob": m.DataKey, "EncryptionContext": object{"aws:sqs:arn": q.ARN}}); err != nil {
				return nil, queueError(err)
			}
		}
		list = append(list, object{"MessageId": m.ID, "ReceiptHandle": m.ID, "MD5OfBody": digest(m.Body), "Body": m.Body})
	}
	q.Messages = slices.Clone(q.Messages[n:])
	c.queues[q.ARN] = q
	if len(list) == 0 {
		return nil, nil
	}
	return object{"Messages": list}, nil
}

// onTopic: SNS spells its prefix in capitals.
func onTopic(c *call) []iam.Target {
	resource := c.text("TopicArn")
	if resource == "" {
		resource = c.arn("sns", c.text("Name"))
	}
	t := c.target("SNS", resource)
	if found, ok := c.topics[resource]; ok {
		t.Owner = found.Account
	}
	return []iam.Target{t}
}

func (c *call) createTopic() (object, *Error) {
	t := topic{home: c.home(), ARN: c.arn("sns", c.text("Name")), Key: c.Input.Get("Attributes.KmsMasterKeyId").Str}
	c.topics[t.ARN] = t
	return object{"TopicArn": t.ARN}, nil
}

func (c *call) publish() (object, *Error) {
	t, ok := c.topics[c.text("TopicArn")]
	if !ok {
		return nil, &Error{"NotFound", "Topic does not exist", 404}
	}
	if t.Key != "" {
		if _, err := c.envelope(c.key(t.Key, "sns"), object{"aws:sns:topicArn": t.ARN}); err != nil {
			return nil, topicError(err)
		}
	}
	return object{"MessageId": c.newUUID("notification")}, nil
}

// topicError has the codes of SNS's query protocol: KMSAccessDenied, KMSDisabled, KMSNotFound, KMSInvalidState.
func topicError(err *kms.Error) *Error {
	code := "KMS" + strings.TrimPrefix(strings.TrimSuffix(err.Code, "Exception"), "KMS")
	return &Error{code, err.Message, 400}
}
