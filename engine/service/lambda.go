package service

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
)

// function is a Lambda function, as far as its environment variables go.
type function struct {
	home
	ARN        string
	Name       string
	Role       string // ARN of the execution role
	Runtime    string
	Handler    string
	ModifiedAt time.Time
	KeyARN     string // of a customer managed key, empty for aws/lambda
	Variables  string // encrypted, base64; empty for none
	Grant      string // id
	Token      string // of the grant
	GrantKey   string // ARN of the key that the grant is on
}

func (f function) context() object { return object{"aws:lambda:FunctionArn": f.ARN} }

func onFunction(c *call) []iam.Target {
	return []iam.Target{c.target("lambda", c.functionARN())}
}

func (c *call) functionARN() string {
	name := c.text("FunctionName")
	if strings.HasPrefix(name, "arn:") {
		return name
	}
	return c.arn("lambda", "function:"+name)
}

func aimCreateFunction(c *call) []iam.Target {
	return append(onFunction(c), c.pass(c.text("Role"), "lambda"))
}

// executionRole is the session in which a function runs; it is named after the function.
func (c *call) executionRole(f function) (*iam.Principal, bool) {
	role, _ := arn.Parse(f.Role)
	name := role.Resource[strings.LastIndexByte(role.Resource, '/')+1:]
	if _, exists := c.Directory.Lookup(role); !exists || role.Service != "iam" || !strings.HasPrefix(role.Resource, "role/") {
		return nil, false
	}
	p, err := c.Directory.Principal("arn:aws:sts::"+role.Account+":assumed-role/"+name+"/"+f.Name, f.Account)
	return p, err == nil
}

func (c *call) createFunction() (object, *Error) {
	f := function{
		home: c.home(), ARN: c.functionARN(), Name: c.text("FunctionName"), Role: c.text("Role"),
		Runtime: c.text("Runtime"), Handler: c.text("Handler"), ModifiedAt: c.Now,
	}
	if _, exists := c.functions[f.ARN]; exists {
		return nil, &Error{"ResourceConflictException", "Function already exist: " + f.Name, 409}
	}
	if _, ok := c.executionRole(f); !ok {
		return nil, noExecutionRole()
	}
	return c.configure(f)
}

func noExecutionRole() *Error {
	return &Error{"InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda.", 400}
}

func (c *call) updateFunctionConfiguration() (object, *Error) {
	f, err := c.findFunction()
	if err != nil {
		return nil, err
	}
	for name, member := range map[string]*string{"Role": &f.Role, "Handler": &f.Handler, "Runtime": &f.Runtime} {
		if c.has(name) {
			*member = c.text(name)
		}
	}
	if _, ok := c.executionRole(f); !ok {
		return nil, noExecutionRole()
	}
	f.ModifiedAt = c.Now
	return c.configure(f)
}

func (c *call) findFunction() (function, *Error) {
	f, ok := c.functions[c.functionARN()]
	if !ok {
		return function{}, &Error{"ResourceNotFoundException", "Function not found: " + c.functionARN(), 404}
	}
	return f, nil
}

// configure takes over the environment variables and the key of a request. Both are done in the name of the caller: a
// grant lets the function open its variables, then they are encrypted.
func (c *call) configure(f function) (object, *Error) {
	given, newKey := c.Input.Get("Environment.Variables"), c.has("KMSKeyArn")
	plain := base64.StdEncoding.EncodeToString([]byte(given.Raw))
	if !given.Exists() && newKey && f.Variables != "" {
		out, err := c.forward("Decrypt", object{"CiphertextBlob": f.Variables, "EncryptionContext": f.context()})
		if err != nil {
			return nil, unreadable(err)
		}
		plain = out.Get("Plaintext").Str
	}
	old := f
	if newKey {
		f.KeyARN = c.text("KMSKeyArn")
	}
	if given.Exists() || newKey || c.has("Role") && f.Grant != "" {
		if err := c.grantTo(&f); err != nil {
			return nil, unusable(err, "CreateGrant")
		}
	}
	if plain != "" {
		out, err := c.forward("Encrypt", object{"KeyId": f.GrantKey, "Plaintext": plain, "EncryptionContext": f.context()})
		if err != nil {
			if f.Grant != old.Grant {
				c.retire(f)
			}
			return nil, unusable(err, "Encrypt")
		}
		f.Variables = out.Get("CiphertextBlob").Str
	}
	if old.Grant != f.Grant {
		c.retire(old)
	}
	c.functions[f.ARN] = f
	return c.describeFunction(f), nil
}

// grantTo makes the grant under which the function's own session reads the variables.
func (c *call) grantTo(f *function) *kms.Error {
	session, _ := c.executionRole(*f)
	if f.GrantKey = f.KeyARN; f.KeyARN == "" {
		f.GrantKey = c.ManagedKey("lambda")
	}
	out, err := c.forward("CreateGrant", object{
		"KeyId": f.GrantKey, "GranteePrincipal": session.ARN.String(), "RetiringPrincipal": session.ARN.String(),
		"Operations": []string{"Decrypt", "RetireGrant"}, "Constraints": object{"EncryptionContextEquals": f.context()}, "Name": f.Name,
	})
	if err == nil {
		f.Grant, f.Token = out.Get("GrantId").Str, out.Get("GrantToken").Str
	}
	return err
}

// retire ends the grant that a change has replaced, in the session that the grant lets retire it. One that an
// administrator revoked before is gone already, and the change holds all the same.
func (c *call) retire(f function) {
	if session, ok := c.executionRole(f); ok && f.Grant != "" {
		_, _ = c.as(session, "RetireGrant", object{"GrantToken": f.Token})
	}
}

// unusable is what Lambda says when it cannot use a key for its caller. Seen for keys that are invalid for CreateGrant;
// for denials the text follows the one for reading the variables.
func unusable(err *kms.Error, operation string) *Error {
	const head, tail = "Lambda was unable to configure access to your environment variables because the KMS ", " KMS Exception: "
	cause := "key is invalid for " + operation + ". Please check your KMS key settings."
	code := "InvalidParameterValueException"
	if err.Code == "AccessDeniedException" {
		cause, code = "access was denied. Please check your KMS permissions.", err.Code
	}
	return &Error{code, head + cause + tail + err.Code + " KMS Message: " + err.Message, 400}
}

// unreadable is what Lambda says when its caller may not see the variables (seen so).
func unreadable(err *kms.Error) *Error {
	cause := "key is invalid. Please check your KMS key settings."
	switch err.Code {
	case "AccessDeniedException":
		cause = "access was denied. Please check your KMS permissions."
	case "DisabledException":
		cause = "key used is disabled. Please check your KMS key settings."
	}
	return &Error{err.Code, "Lambda was unable to decrypt your environment variables because the KMS " + cause + " KMS Exception: " + err.Code + " KMS Message: " + err.Message, 400}
}

func (c *call) getFunctionConfiguration() (object, *Error) {
	f, err := c.findFunction()
	if err != nil {
		return nil, err
	}
	return c.describeFunction(f), nil
}

// describeFunction shows the variables if the caller may decrypt them; else it says why not, and the rest.
func (c *call) describeFunction(f function) object {
	out := object{
		"FunctionName": f.Name, "FunctionArn": f.ARN, "Role": f.Role, "LastModified": f.ModifiedAt.UTC().Format("2006-01-02T15:04:05.000-0700"),
		"Version": "$LATEST", "State": "Active", "LastUpdateStatus": "Successful", "PackageType": "Zip",
	}
	for name, value := range map[string]string{"Runtime": f.Runtime, "Handler": f.Handler, "KMSKeyArn": f.KeyARN} {
		if value != "" {
			out[name] = value
		}
	}
	if f.Variables == "" {
		return out
	}
	plain, err := c.forward("Decrypt", object{"CiphertextBlob": f.Variables, "EncryptionContext": f.context()})
	if err != nil {
		e := unreadable(err)
		out["Environment"] = object{"Error": object{"ErrorCode": e.Code, "Message": e.Message}}
		return out
	}
	text, _ := base64.StdEncoding.DecodeString(plain.Get("Plaintext").Str)
	out["Environment"] = object{"Variables": json.RawMessage(text)}
	return out
}

// invoke starts the function anew each time: its session opens the variables, and no caller's permission counts.
func (c *call) invoke() (object, *Error) {
	f, err := c.findFunction()
	if err != nil {
		return nil, err
	}
	session, ok := c.executionRole(f)
	if !ok {
		return nil, &Error{"AccessDeniedException", "The role defined for the function cannot be assumed by Lambda.", 403}
	}
	if f.Variables != "" {
		request := object{"CiphertextBlob": f.Variables, "EncryptionContext": f.context(), "GrantTokens": []string{f.Token}}
		if _, err := c.as(session, "Decrypt", request); err != nil {
			return nil, startError(err)
		}
	}
	return object{"StatusCode": 200, "ExecutedVersion": "$LATEST", "Payload": base64.StdEncoding.EncodeToString([]byte("null"))}, nil
}

// startErrors are Lambda's exceptions for those of KMS.
var startErrors = map[string]struct{ code, cause string }{
	"AccessDeniedException":    {"KMSAccessDeniedException", "KMS access was denied"},
	"DisabledException":        {"KMSDisabledException", "the KMS key used is disabled"},
	"KMSInvalidStateException": {"KMSInvalidStateException", "the state of the KMS key used is not valid for Decrypt"},
	"NotFoundException":        {"KMSNotFoundException", "the KMS key was not found"},
}

// startError has no space before "KMS Message"; Lambda's own text has none.
func startError(err *kms.Error) *Error {
	known, ok := startErrors[err.Code]
	if !ok {
		known.code, known.cause = "ServiceException", "of an error of KMS"
	}
	return &Error{known.code, "Lambda was unable to decrypt the environment variables because " + known.cause +
		". Please check the function's KMS key settings. KMS Exception: " + err.Code + "KMS Message: " + err.Message, 502}
}
