package wire

import (
	"fmt"
	"net/http"

	"kmsplayground/engine"
)

// refusal is an error as it goes over the wire.
type refusal struct {
	status  int
	code    string // of AWS JSON 1.1; queryErrors has those of Query
	message string
	capital bool // AWS JSON 1.1 writes "Message" and not "message"
}

var (
	// KMS answers so to whatever is not a request of its protocol.
	unknownOperation = &refusal{status: http.StatusNotFound, code: "UnknownOperationException"}
	internalFailure  = &refusal{status: http.StatusInternalServerError, code: "InternalFailure", message: "An internal error occurred."}
)

// bad is a refusal with the status of nearly all errors of AWS JSON 1.1.
func bad(code, format string, args ...any) *refusal {
	return &refusal{status: http.StatusBadRequest, code: code, message: fmt.Sprintf(format, args...)}
}

// failed is the error of a call. AWS KMS spells the message of its own exceptions small and that of a denial, which is
// not its own, with a capital letter; AWS Organizations spells all of them so.
func failed(service string, e *engine.Error) *refusal {
	status := e.Status
	if status == 0 || service != "iam" && service != "sts" {
		status = http.StatusBadRequest
	}
	return &refusal{status, e.Code, e.Message, e.Code == "AccessDeniedException" || service == "organizations"}
}

// queryErrors are what IAM and STS call the errors of a request's authentication, and their status.
// https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html, read 2026-08.
var queryErrors = map[string]struct {
	code   string
	status int
}{
	"UnrecognizedClientException":         {"InvalidClientTokenId", http.StatusForbidden},
	"InvalidSignatureException":           {"SignatureDoesNotMatch", http.StatusForbidden},
	"ExpiredTokenException":               {"ExpiredToken", http.StatusForbidden},
	"MissingAuthenticationTokenException": {"MissingAuthenticationToken", http.StatusForbidden},
	"IncompleteSignatureException":        {"IncompleteSignature", http.StatusBadRequest},
	"SerializationException":              {"MalformedInput", http.StatusBadRequest},
	"UnknownOperationException":           {"InvalidAction", http.StatusBadRequest},
	"RequestEntityTooLargeException":      {"RequestEntityTooLarge", http.StatusRequestEntityTooLarge},
	"UnsupportedMediaTypeException":       {"UnsupportedMediaType", http.StatusUnsupportedMediaType},
}

func refuse(w http.ResponseWriter, p *protocol, service, requestID string, e *refusal) {
	w.Header().Set("x-amzn-RequestId", requestID)
	w.Header().Set("Cache-Control", "no-cache, no-store, must-revalidate, private")
	if p == nil || e == unknownOperation {
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(e.status)
		w.Write([]byte("<UnknownOperationException/>\n"))
		return
	}
	p.refuse(w, service, requestID, e)
}
