// Package wire is the AWS protocols: AWS JSON 1.1 and Query requests, signed with SigV4, become calls, and their answers
// become what AWS would send.
package wire

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/iam"
)

// Host is who holds the world. Its methods may be called side by side.
type Host interface {
	// AccessKey finds the key that a request is signed with, and the time that signatures are held against.
	AccessKey(id string) (key iam.SigningKey, found bool, now time.Time)
	// Call makes a call, and returns once the host has kept what the call changed.
	Call(engine.Call) (engine.Answer, error)
	// RequestID draws an id for a request that does not become a call.
	RequestID() string
}

// Bootstrap says whose word counts for a root user: an access key id that is an account id acts as that account's root
// user, with any secret.
type Bootstrap string

// Bootstrap is for requests from this machine by default. Nobody's: Never.
const (
	FromLoopback Bootstrap = ""
	FromAnywhere Bootstrap = "anywhere"
	Never        Bootstrap = "never"
)

// Options are what a handler may be told; the zero Options work.
type Options struct {
	Bootstrap Bootstrap
	// MaxBody is the length of a body in bytes; 0 for 1 MiB, which is more than any operation takes.
	MaxBody int64
	// Sign does what the function Sign does, for hosts that remember the signing keys. It is called side by side.
	Sign func(secret string, s Scope, text []byte) []byte
}

// New returns the handler of the AWS protocols at "/".
func New(host Host, o Options) http.Handler {
	if o.MaxBody == 0 {
		o.MaxBody = 1 << 20
	}
	if o.Sign == nil {
		o.Sign = Sign
	}
	return &handler{host: host, options: o}
}

type handler struct {
	host    Host
	options Options
}

// IsRequest reports whether a request speaks an AWS protocol, for hosts that serve other things at the same address.
func IsRequest(r *http.Request) bool {
	return r.URL.Path == "/" && (r.Method == http.MethodPost || r.Header.Get("X-Amz-Target") != "" ||
		r.Header.Get("Authorization") != "" || r.URL.Query().Has("Action") || r.URL.Query().Has("X-Amz-Algorithm"))
}

// ServeHTTP answers one request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p, body, refused := h.read(r)
	if refused != nil {
		refuse(w, p, "", h.host.RequestID(), refused)
		return
	}
	req, refused := p.parse(r, body)
	if req == nil {
		req = &request{}
	}
	c := engine.Call{Environment: engine.Environment{SourceIP: peer(r), UserAgent: r.UserAgent()}}
	if refused == nil {
		refused = h.authenticate(r, req, body, &c)
	}
	if refused == nil {
		refused = req.malformed
	}
	if refused != nil {
		refuse(w, p, req.service, h.host.RequestID(), refused)
		return
	}
	c.Service, c.Operation, c.Input = req.service, req.operation.Name, req.input
	h.answer(w, p, req, c)
}

func (h *handler) answer(w http.ResponseWriter, p *protocol, req *request, c engine.Call) {
	a, err := h.host.Call(c)
	switch {
	case err != nil:
		refuse(w, p, req.service, h.host.RequestID(), internalFailure)
	case a.Error != nil:
		refuse(w, p, req.service, a.RequestID, failed(req.service, a.Error))
	default:
		p.write(w, req, a)
	}
}

// read finds the protocol and takes in the body.
func (h *handler) read(r *http.Request) (*protocol, []byte, *refusal) {
	p := protocolOf(r)
	if r.URL.Path != "/" || r.Method != http.MethodPost && (r.Method != http.MethodGet || p != query) {
		return p, nil, unknownOperation
	}
	if p == nil {
		return p, nil, unknownOperation
	}
	if e := r.Header.Get("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		return p, nil, &refusal{status: http.StatusUnsupportedMediaType, code: "UnsupportedMediaTypeException", message: "Bodies in the encoding " + shortened(e) + " are not read."}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, h.options.MaxBody+1))
	var tooLarge *http.MaxBytesError
	if int64(len(body)) > h.options.MaxBody || errors.As(err, &tooLarge) {
		return p, nil, &refusal{status: http.StatusRequestEntityTooLarge, code: "RequestEntityTooLargeException", message: "Request Too Long"}
	}
	if err != nil {
		return p, nil, bad("SerializationException", "")
	}
	return p, body, nil
}

// protocolOf finds how a request is written, nil when it is none of AWS's ways.
func protocolOf(r *http.Request) *protocol {
	kind := r.Header.Get("Content-Type")
	if kind == "application/x-amz-json-1.1" { // what all clients of KMS send
		return json11
	}
	kind, _, _ = mime.ParseMediaType(kind)
	switch {
	case kind == "application/x-amz-json-1.1", kind == "application/x-amz-json-1.0", kind == "application/json":
		return json11
	case kind == "application/x-www-form-urlencoded", r.Method == http.MethodGet && r.URL.Query().Has("Action"):
		return query
	}
	return nil
}
