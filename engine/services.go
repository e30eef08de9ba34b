package engine

import (
	"encoding/json"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/service"
	"kmsplayground/engine/source"
)

// Beneath is a call that a service made to KMS while it answered.
type Beneath struct {
	// Via is "ec2" when the service called in a forward access session of its caller; empty when it called in its own
	// name.
	Via       string
	Operation string // "CreateGrant"
	Input     json.RawMessage
	Answer    Answer // its Principal is in whose name the service called
}

// handleService authorizes a call to a service that uses keys by itself before it is performed, and makes the calls
// that it makes to KMS.
func (w *World) handleService(c Call, caller *iam.Principal, input gjson.Result, requestID string) handled {
	h := handled{event: kms.Event{ReadOnly: readOnly(c.Operation)}}
	if caller.Account == "" {
		h.err = &Error{Code: "UnknownPrincipal", Message: "an AWS service calls KMS here, not other services", Status: 403}
		return h
	}
	r := service.Request{
		Caller: caller, Service: c.Service, Operation: c.Operation, Input: input, Region: c.Region, Now: w.Now(), Directory: w.iam,
		KMS: func(b service.Call) (gjson.Result, *kms.Error) { return w.beneath(c, requestID, b, &h) },
		ManagedKey: func(name string) string {
			return w.kms.ManagedKey(caller.Account, c.Region, name, w.Now())
		},
	}
	targets, err := w.services.Targets(r)
	if err != nil {
		h.err = serviceError(err)
		return h
	}
	for _, t := range targets {
		x := w.decideService(c, caller, t)
		h.checks = append(h.checks, x)
		if x.Decision != authz.Allow {
			h.err = serviceError(service.Denial(c.Service, x))
			return h
		}
	}
	out, err := w.services.Do(r)
	if err != nil {
		h.err = serviceError(err)
		return h
	}
	h.output = out
	return h
}

// decideService asks about one permission of a service's own. Resources of other accounts would need a policy that lets
// the caller in, a bucket policy for one; there are none here.
func (w *World) decideService(c Call, caller *iam.Principal, t iam.Target) authz.Explanation {
	q := w.iamQuestion(c, caller, t)
	if resourceControlled[c.Service] {
		q.Guards = w.guards(caller, t.Owner)
	}
	if t.Owner == "" || t.Owner == caller.Account {
		return authz.Decide(q)
	}
	q.KeyPolicy, q.CrossAccount = &noResourcePolicy, true
	x := authz.Decide(q)
	if x.Decision == authz.ImplicitDeny {
		x.Message = "User: " + x.Principal + " is not authorized to perform: " + t.Action + " on resource: " + t.Shown +
			" because no resource-based policy allows the " + t.Action + " action"
	}
	return x
}

var noResourcePolicy = iam.Policy{Kind: policy.KeyPolicy, Document: &policy.Document{Text: source.NewText("")}}

// resourceControlled are the services here whose resources resource control policies guard.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html, read 2026-08
var resourceControlled = map[string]bool{"dynamodb": true, "logs": true, "s3": true, "secretsmanager": true, "sqs": true}

func serviceError(err *service.Error) *Error {
	return &Error{Code: err.Code, Message: err.Message, Status: err.Status}
}

// beneath makes a call of a service to KMS and keeps it for the answer. All calls of one request share its id.
func (w *World) beneath(outer Call, requestID string, b service.Call, h *handled) (gjson.Result, *kms.Error) {
	c := Call{
		Service: "kms", Operation: b.Operation, Input: b.Input, Region: outer.Region,
		Environment: Environment{SourceIP: kms.ServiceAddress, ViaService: b.Via, UserAgent: outer.Environment.UserAgent, SourceArn: b.SourceArn},
	}
	inner := w.handleKMS(c, b.Caller, gjson.ParseBytes(b.Input), asked{requestID: requestID, part: len(h.beneath) + 1})
	answer := w.answer(c, b.Caller, inner, requestID)
	h.beneath = append(h.beneath, Beneath{Via: b.Via, Operation: b.Operation, Input: b.Input, Answer: answer})
	if e := answer.Error; e != nil {
		return gjson.Result{}, &kms.Error{Code: e.Code, Message: e.Message}
	}
	return gjson.ParseBytes(answer.Output), nil
}
