package engine

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/cloudtrail"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
	"kmsplayground/engine/service"
)

// handled is what a service answered, before it becomes an Answer.
type handled struct {
	output    any
	err       *Error
	checks    []authz.Explanation
	resources []string
	event     kms.Event
	beneath   []Beneath
	part      int                        // of its asked
	explain   func() []authz.Explanation // of a brief call, what checks would be; nil when they are there
}

// asked is what a call is known by while it is answered.
type asked struct {
	requestID string
	part      int  // which of the calls of one request it is, from 1; 0 for the request itself
	brief     bool // the explanation can wait
}

// Call sends one request: find the caller, let the service answer, record the event.
func (w *World) Call(c Call) Answer {
	a, _ := w.call(c, false)
	return a
}

// CallBriefly is Call for hosts of whose answers few are explained to anybody. When KMS allows a call, the Checks of the
// answer are left out, and explain gives them at any time; it is nil when they are there.
func (w *World) CallBriefly(c Call) (a Answer, explain func() []authz.Explanation) {
	return w.call(c, true)
}

func (w *World) call(c Call, brief bool) (a Answer, explain func() []authz.Explanation) {
	w.calls++
	requestID := w.requestID("request")
	if c.Region == "" {
		c.Region = w.options.Region
	}
	if c.Service == "iam" || c.Service == "organizations" { // there is one endpoint, in this Region
		c.Region = "us-east-1"
	}
	if c.Environment.SourceIP == "" {
		c.Environment.SourceIP = "198.51.100.7"
	}
	caller, err := w.caller(c)
	if err != nil {
		answer := blank(requestID)
		answer.Error = err
		return answer, nil
	}
	h := w.handle(c, caller, asked{requestID: requestID, brief: brief})
	a = w.answer(c, caller, h, requestID)
	w.recordHappenings()
	return a, h.explain
}

// answer makes the answer of what a service did, and records it.
func (w *World) answer(c Call, caller *iam.Principal, h handled, requestID string) Answer {
	answer := blank(requestID)
	answer.Principal = principalName(caller)
	if h.checks != nil {
		answer.Checks = h.checks
	}
	if h.beneath != nil {
		answer.Beneath = h.beneath
	}
	if answer.Error = h.err; h.err == nil && h.output != nil {
		answer.Output = encode(h.output)
	}
	answer.Event = w.record(c, caller, answer, h)
	return answer
}

func blank(requestID string) Answer {
	return Answer{RequestID: requestID, Checks: []authz.Explanation{}, Beneath: []Beneath{}, Output: json.RawMessage("null")}
}

// principalName is the ARN of a caller; a service has a name instead.
func principalName(p *iam.Principal) string {
	if p.Kind == iam.Service {
		return p.Name
	}
	return p.ARNText()
}

// caller finds who calls: by credentials when there are any, else by reference.
func (w *World) caller(c Call) (*iam.Principal, *Error) {
	if c.Credentials.AccessKeyId != "" {
		p, err := w.iam.Authenticate(c.Credentials.AccessKeyId, c.Credentials.SecretAccessKey, c.Credentials.SessionToken, w.Now())
		if err != nil {
			return nil, &Error{Code: err.Code, Message: err.Message, Status: 403}
		}
		return p, nil
	}
	p, err := w.iam.Principal(c.As, w.options.Account)
	if err != nil {
		return nil, &Error{Code: "UnknownPrincipal", Message: err.Error(), Status: 403}
	}
	return p, nil
}

func (w *World) handle(c Call, caller *iam.Principal, as asked) handled {
	text := "{}"
	if len(c.Input) > 0 {
		text = string(c.Input)
	}
	input := gjson.Parse(text)
	if !gjson.Valid(text) || !input.IsObject() {
		return handled{err: &Error{Code: "SerializationException", Message: "the input is not a JSON object", Status: 400}}
	}
	switch c.Service {
	case "kms":
		return w.handleKMS(c, caller, input, as)
	case "iam", "sts", "organizations":
		return w.handleIAM(c, caller, input)
	case "cloudtrail":
		return w.handleTrail(c, caller, input)
	}
	if service.IsService(c.Service) {
		return w.handleService(c, caller, input, as.requestID)
	}
	return handled{err: &Error{Code: "UnknownService", Message: "there is no service " + c.Service + " here; there are kms, iam, sts, organizations, cloudtrail, " + strings.Join(catalog.ServiceNames[:], ", "), Status: 400}}
}

// handleKMS performs a call to KMS: a request of its own, or a part of one to another service.
func (w *World) handleKMS(c Call, caller *iam.Principal, input gjson.Result, as asked) handled {
	endpoint := w.endpointPolicy(c)
	result, err := w.kms.Do(kms.Request{
		Caller: caller, Operation: c.Operation, Input: input, Region: c.Region, Now: w.Now(),
		Environment: w.environment(c), Directory: w.iam, RequestID: as.requestID, Brief: as.brief,
		EventID: func(account string) string { return cloudtrail.EventID(as.requestID, account, as.part) },
		Guards: func(owner string) authz.Guards {
			g := w.guards(caller, owner)
			g.VPCEndpoint = endpoint
			return g
		},
	})
	h := handled{output: result.Output, checks: result.Checks, resources: result.Resources, event: result.Event, part: as.part, explain: result.Explain}
	if err != nil {
		h.output, h.err = nil, &Error{Code: err.Code, Message: err.Message, Status: 400}
	}
	return h
}

// handleIAM authorizes a call to IAM, STS or AWS Organizations before it is performed.
func (w *World) handleIAM(c Call, caller *iam.Principal, input gjson.Result) handled {
	r := iam.Request{Caller: caller, Operation: c.Operation, Input: input, Now: w.Now(), Region: c.Region}
	targets, err := w.iam.Targets(c.Service, r)
	if err != nil {
		return handled{err: iamError(err)}
	}
	h := handled{event: kms.Event{ReadOnly: readOnly(c.Operation)}}
	for _, t := range targets {
		x := authz.Decide(w.iamQuestion(c, caller, t))
		if x.Decision != authz.Allow {
			h.err = iamDenial(c.Service, &x)
			h.checks = append(h.checks, x)
			return h
		}
		h.checks = append(h.checks, x)
	}
	out, err := w.performIAM(c.Service, r)
	if err != nil {
		h.err = iamError(err)
		return h
	}
	h.output = out
	return h
}

// iamDenial is what a denied call answers. AWS Organizations does not say why.
func iamDenial(service string, x *authz.Explanation) *Error {
	if service == "organizations" {
		x.Message = iam.OrganizationsDenied
		return &Error{Code: "AccessDeniedException", Message: x.Message, Status: 400}
	}
	return &Error{Code: "AccessDenied", Message: x.Message, Status: 403}
}

// iamQuestion asks about one permission of an IAM or STS call. A role's trust policy takes the place that a key
// policy has for a key; unlike KMS, IAM does not say why it denied sts:AssumeRole.
func (w *World) iamQuestion(c Call, caller *iam.Principal, t iam.Target) *authz.Request {
	ctx := &condition.Context{}
	kms.GlobalContext(ctx, caller, c.Region, w.environment(c), w.Now())
	kms.OrganizationContext(ctx, w.iam, caller, t.Owner, w.environment(c))
	for _, v := range t.Context {
		ctx.Set(v)
	}
	guards := authz.Guards{SCP: w.serviceControl(caller)}
	if t.Trust != nil { // roles are resources of STS; IAM and AWS Organizations know no resource control policies
		guards = w.guards(caller, t.Owner)
	}
	return &authz.Request{
		Principal: caller, Action: t.Action, Resource: t.Resource, Owner: t.Owner, Context: ctx, Guards: guards,
		KeyPolicy: t.Trust, Bound: t.Bound, CrossAccount: t.Trust != nil, Texts: authz.Texts{Shown: t.Shown, Bare: t.Trust != nil},
	}
}

func iamError(err *iam.Error) *Error {
	status := 400
	switch err.Code {
	case "NoSuchEntity":
		status = 404
	case "EntityAlreadyExists", "DeleteConflict", "LimitExceeded", "ConcurrentModification":
		status = 409
	case "AccessDenied":
		status = 403
	}
	return &Error{Code: err.Code, Message: err.Message, Status: status}
}

func readOnly(operation string) bool {
	return strings.HasPrefix(operation, "Get") || strings.HasPrefix(operation, "List") || strings.HasPrefix(operation, "Describe") ||
		strings.HasPrefix(operation, "Simulate")
}

// encode prints an output as a client gets it. HTML characters stay as they are.
func encode(v any) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // outputs are our own types
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
