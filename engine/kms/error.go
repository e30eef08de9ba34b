package kms

import "fmt"

// Error is an answer of KMS that says no, with AWS's exception name and text.
type Error struct {
	Code    string // "NotFoundException"
	Message string
}

func (e *Error) Error() string { return e.Code + ": " + e.Message }

func errorf(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// The exceptions of KMS, by their API names.
const (
	accessDenied         = "AccessDeniedException"
	alreadyExists        = "AlreadyExistsException"
	dryRun               = "DryRunOperationException"
	expiredImportToken   = "ExpiredImportTokenException"
	incorrectKey         = "IncorrectKeyException"
	incorrectMaterial    = "IncorrectKeyMaterialException"
	invalidArn           = "InvalidArnException"
	invalidCiphertext    = "InvalidCiphertextException"
	invalidGrantID       = "InvalidGrantIdException"
	invalidGrantToken    = "InvalidGrantTokenException"
	invalidMac           = "KMSInvalidMacException"
	invalidSignature     = "KMSInvalidSignatureException"
	invalidImportToken   = "InvalidImportTokenException"
	invalidKeyUsage      = "InvalidKeyUsageException"
	invalidState         = "KMSInvalidStateException"
	invalidMarker        = "InvalidMarkerException"
	limitExceeded        = "LimitExceededException"
	malformedPolicy      = "MalformedPolicyDocumentException"
	notAuthorized        = "NotAuthorizedException"
	notFound             = "NotFoundException"
	tagException         = "TagException"
	unsupportedOperation = "UnsupportedOperationException"
	validation           = "ValidationException"
)
