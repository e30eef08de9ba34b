package service

import (
	"strings"

	"kmsplayground/engine/kms"
)

// database is an RDS DB instance.
type database struct {
	home
	ARN string
}

// createDBInstance asks KMS for a grant to RDS itself. What the grant holds is not published; it is chosen here so that
// RDS can do what it has to.
func (c *call) createDBInstance() (object, *Error) {
	id := strings.ToLower(c.text("DBInstanceIdentifier"))
	d := database{home: c.home(), ARN: c.arn("rds", "db:"+id)}
	if _, exists := c.databases[d.ARN]; exists {
		return nil, &Error{"DBInstanceAlreadyExists", "DB instance already exists", 400}
	}
	out := object{
		"DBInstanceIdentifier": id, "DBInstanceArn": d.ARN, "DBInstanceStatus": "creating", "Engine": c.text("Engine"),
		"DBInstanceClass": c.text("DBInstanceClass"), "MasterUsername": c.text("MasterUsername"),
		"AllocatedStorage": c.Input.Get("AllocatedStorage").Int(), "StorageEncrypted": c.Input.Get("StorageEncrypted").Bool(),
		"DbiResourceId": "db-" + strings.ToUpper(letters(c.draw("db", 26))),
	}
	if c.Input.Get("StorageEncrypted").Bool() {
		named := c.text("KmsKeyId")
		key, err := c.encryptDatabase(c.key(named, "rds"), d.ARN, out["DbiResourceId"].(string))
		if err != nil {
			return nil, &Error{"KMSKeyNotAccessibleFault", "The specified KMS key [" + c.key(named, "rds") + "] does not exist, is not enabled or you do not have permissions to access it.", 400}
		}
		out["KmsKeyId"] = key
	} else if c.text("KmsKeyId") != "" {
		return nil, &Error{"InvalidParameterCombination", "You cannot specify a KMS key for an unencrypted DB instance.", 400} // the text is ours
	}
	c.databases[d.ARN] = d
	return object{"DBInstance": out}, nil
}

// databaseOperations are those of the grant to RDS.
var databaseOperations = []string{
	"Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo", "CreateGrant",
	"RetireGrant", "DescribeKey",
}

func (c *call) encryptDatabase(key, source, id string) (keyARN string, failed *kms.Error) {
	out, err := c.forward("DescribeKey", object{"KeyId": key})
	if err != nil {
		return "", err
	}
	keyARN = out.Get("KeyMetadata.Arn").Str
	rds, context := c.itself(), object{"aws:rds:db-id": id}
	grant, err := c.forward("CreateGrant", object{
		"KeyId": keyARN, "GranteePrincipal": rds.Name, "RetiringPrincipal": rds.Name, "Operations": databaseOperations,
		"Constraints": object{"EncryptionContextSubset": context}, "Name": c.newUUID("grant"),
	})
	if err == nil {
		_, err = c.own(source, "GenerateDataKeyWithoutPlaintext", object{
			"KeyId": keyARN, "NumberOfBytes": 64, "EncryptionContext": context, "GrantTokens": []string{grant.Get("GrantToken").Str},
		})
	}
	return keyARN, err
}
