package service

import (
	"strings"
	"time"

	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
)

// secret is a secret of Secrets Manager with its current version.
type secret struct {
	home
	ARN       string
	Name      string
	Key       string // as given; empty for aws/secretsmanager
	Version   string
	CreatedAt time.Time
	Value     string
	DataKey   string // encrypted, base64
}

func (s secret) context(version string) object {
	return object{"SecretARN": s.ARN, "SecretVersionId": version}
}

// onSecret aims at a secret; one that does not exist is named as the request does.
func onSecret(parameter string) func(*call) []iam.Target {
	return func(c *call) []iam.Target {
		resource := c.text(parameter)
		if s, ok := c.secret(resource); ok {
			resource = s.ARN
		} else if !strings.HasPrefix(resource, "arn:") {
			resource = c.arn("secretsmanager", "secret:"+resource)
		}
		t := c.target("secretsmanager", resource)
		if c.Operation != "CreateSecret" {
			t.Shown = c.text(parameter)
		}
		return []iam.Target{t}
	}
}

func (c *call) secret(name string) (secret, bool) {
	for _, id := range ids(c.secrets, func(s secret) bool { return s.home == c.home() && (s.Name == name || s.ARN == name) }) {
		return c.secrets[id], true
	}
	return secret{}, false
}

func (c *call) createSecret() (object, *Error) {
	name := c.text("Name")
	if _, exists := c.secret(name); exists {
		return nil, &Error{"ResourceExistsException", "The operation failed because the secret " + name + " already exists.", 400}
	}
	s := secret{
		home: c.home(), ARN: c.arn("secretsmanager", "secret:"+name+"-"+letters(c.draw("secret", 6))),
		Name: name, Key: c.text("KmsKeyId"), CreatedAt: c.Now,
	}
	if s.Key != "" {
		if err := c.probe(s); err != nil {
			return nil, err
		}
	}
	if err := c.store(&s); err != nil {
		return nil, err
	}
	c.secrets[s.ARN] = s
	return s.answer(), nil
}

// letters turns chance into the six letters at the end of a secret's ARN.
func letters(chance []byte) string {
	const all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	var b strings.Builder
	for _, x := range chance {
		b.WriteByte(all[int(x)%len(all)])
	}
	return b.String()
}

// probe tries a key that is set for a secret, under a version that never is.
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html, read 2026-08
func (c *call) probe(s secret) *Error {
	context := s.context("RequestToValidateKeyAccess")
	out, err := c.forward("GenerateDataKey", object{"KeyId": c.key(s.Key, "secretsmanager"), "KeySpec": "AES_256", "EncryptionContext": context})
	if err == nil {
		_, err = c.forward("Decrypt", object{"CiphertextBlob": out.Get("CiphertextBlob").Str, "EncryptionContext": context})
	}
	if err != nil {
		return secretError(err, "EncryptionFailure", "encrypt")
	}
	return nil
}

// store puts the value of a request, under a data key of its own.
func (c *call) store(s *secret) *Error {
	if !c.has("SecretString") {
		return nil
	}
	s.Version, s.Value = c.newUUID("secretversion"), c.text("SecretString")
	out, err := c.forward("GenerateDataKey", object{
		"KeyId": c.key(s.Key, "secretsmanager"), "KeySpec": "AES_256", "EncryptionContext": s.context(s.Version),
	})
	if err != nil {
		return secretError(err, "EncryptionFailure", "encrypt")
	}
	s.DataKey = out.Get("CiphertextBlob").Str
	return nil
}

// secretError tells a denial without saying what was denied (seen so).
func secretError(err *kms.Error, code, verb string) *Error {
	if err.Code == "AccessDeniedException" {
		return &Error{err.Code, "Access to KMS is not allowed", 400}
	}
	return &Error{code, "Secrets Manager can't " + verb + " the protected secret text using the provided KMS key. " +
		"Check that the KMS key is available, enabled, and not in an invalid state.", 400}
}

func (s secret) answer() object {
	out := object{"ARN": s.ARN, "Name": s.Name}
	if s.Version != "" {
		out["VersionId"] = s.Version
	}
	return out
}

func (c *call) findSecret() (secret, *Error) {
	s, ok := c.secret(c.text("SecretId"))
	if !ok {
		return secret{}, &Error{"ResourceNotFoundException", "Secrets Manager can't find the specified secret.", 400}
	}
	return s, nil
}

func (c *call) getSecretValue() (object, *Error) {
	s, err := c.findSecret()
	if err != nil {
		return nil, err
	}
	if s.Version == "" {
		return nil, &Error{"ResourceNotFoundException", "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT", 400}
	}
	if _, err := c.forward("Decrypt", object{"CiphertextBlob": s.DataKey, "EncryptionContext": s.context(s.Version)}); err != nil {
		return nil, secretError(err, "DecryptionFailure", "decrypt")
	}
	out := s.answer()
	out["SecretString"], out["VersionStages"], out["CreatedDate"] = s.Value, []string{"AWSCURRENT"}, s.CreatedAt.Unix()
	return out, nil
}

// updateSecret with another key wraps the data key of the current version anew.
func (c *call) updateSecret() (object, *Error) {
	s, err := c.findSecret()
	if err != nil {
		return nil, err
	}
	if c.has("KmsKeyId") {
		if s.Key = c.text("KmsKeyId"); s.Version != "" && !c.has("SecretString") {
			if err := c.rewrap(&s); err != nil {
				return nil, err
			}
		} else if err := c.probe(s); err != nil {
			return nil, err
		}
	}
	if err := c.store(&s); err != nil {
		return nil, err
	}
	c.secrets[s.ARN] = s
	return s.answer(), nil
}

func (c *call) rewrap(s *secret) *Error {
	if err := c.probe(*s); err != nil {
		return err
	}
	out, err := c.forward("Decrypt", object{"CiphertextBlob": s.DataKey, "EncryptionContext": s.context(s.Version)})
	if err != nil {
		return secretError(err, "DecryptionFailure", "decrypt")
	}
	out, err = c.forward("Encrypt", object{
		"KeyId": c.key(s.Key, "secretsmanager"), "Plaintext": out.Get("Plaintext").Str, "EncryptionContext": s.context(s.Version),
	})
	if err != nil {
		return secretError(err, "EncryptionFailure", "encrypt")
	}
	s.DataKey = out.Get("CiphertextBlob").Str
	return nil
}
