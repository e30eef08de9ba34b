package service

import (
	"encoding/json"
	"time"

	"kmsplayground/engine/kms"
)

// table is a DynamoDB table.
type table struct {
	home
	ARN       string
	Name      string
	CreatedAt time.Time
	KeyARN    string // empty for a key that belongs to DynamoDB
	Schema    json.RawMessage
	Types     json.RawMessage
}

// createTable with KMS encryption gives DynamoDB a grant, so that it can work when nobody calls.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html, read 2026-08
func (c *call) createTable() (object, *Error) {
	t := table{
		home: c.home(), ARN: c.arn("dynamodb", "table/"+c.text("TableName")), Name: c.text("TableName"), CreatedAt: c.Now,
		Schema: raw(c.Input.Get("KeySchema").Raw), Types: raw(c.Input.Get("AttributeDefinitions").Raw),
	}
	if _, exists := c.tables[t.ARN]; exists {
		return nil, &Error{"ResourceInUseException", "Table already exists: " + t.Name, 400}
	}
	setting := c.Input.Get("SSESpecification")
	if named := setting.Get("KMSMasterKeyId").Str; named != "" || setting.Get("Enabled").Bool() {
		key, err := c.encryptTable(c.key(named, "dynamodb"), t)
		if err != nil {
			return nil, tableError(err)
		}
		t.KeyARN = key
	}
	c.tables[t.ARN] = t
	out := t.describe()
	out["TableStatus"] = "CREATING"
	return object{"TableDescription": out}, nil
}

func raw(text string) json.RawMessage {
	if text == "" {
		return json.RawMessage("[]")
	}
	return json.RawMessage(text)
}

// tableOperations are those of the grant in the guide's example.
var tableOperations = []string{"Decrypt", "Encrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo", "RetireGrant", "DescribeKey"}

func (c *call) encryptTable(key string, t table) (keyARN string, failed *kms.Error) {
	out, err := c.forward("DescribeKey", object{"KeyId": key})
	if err != nil {
		return "", err
	}
	keyARN = out.Get("KeyMetadata.Arn").Str
	if state := out.Get("KeyMetadata.KeyState").Str; state == "Disabled" {
		return "", &kms.Error{Code: "DisabledException", Message: keyARN + " is disabled."}
	}
	itself := c.itself()
	context := object{"aws:dynamodb:tableName": t.Name, "aws:dynamodb:subscriberId": t.Account}
	grant, err := c.forward("CreateGrant", object{
		"KeyId": keyARN, "GranteePrincipal": itself.Name, "RetiringPrincipal": itself.Name, "Operations": tableOperations,
		"Constraints": object{"EncryptionContextSubset": context}, "Name": c.newUUID("grant"),
	})
	if err == nil {
		_, err = c.own(t.ARN, "GenerateDataKey", object{
			"KeyId": keyARN, "KeySpec": "AES_256", "EncryptionContext": context, "GrantTokens": []string{grant.Get("GrantToken").Str},
		})
	}
	return keyARN, err
}

// tableError is how DynamoDB wraps what KMS says (seen 2026-10).
func tableError(err *kms.Error) *Error {
	switch err.Code {
	case "AccessDeniedException":
		return &Error{err.Code, "KMS key access denied error: " + err.Message, 400}
	case "DisabledException":
		return &Error{"ValidationException", "KMS key disabled error: " + err.Message, 400}
	case "NotFoundException":
		return &Error{err.Code, err.Message, 400}
	}
	return &Error{"ValidationException", err.Code + ": " + err.Message, 400}
}

func (c *call) describeTable() (object, *Error) {
	t, ok := c.tables[c.arn("dynamodb", "table/"+c.text("TableName"))]
	if !ok {
		return nil, &Error{"ResourceNotFoundException", "Requested resource not found: Table: " + c.text("TableName") + " not found", 400}
	}
	return object{"Table": t.describe()}, nil
}

func (t table) describe() object {
	out := object{
		"TableName": t.Name, "TableArn": t.ARN, "TableStatus": "ACTIVE", "CreationDateTime": t.CreatedAt.Unix(), "ItemCount": 0,
		"KeySchema": t.Schema, "AttributeDefinitions": t.Types,
	}
	if t.KeyARN != "" {
		out["SSEDescription"] = object{"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": t.KeyARN}
	}
	return out
}
