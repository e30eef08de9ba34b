package engine

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/cloudtrail"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
)

// lookedUp is an event as LookupEvents lists it.
type lookedUp struct {
	EventId         string
	EventName       string
	ReadOnly        string // "true"
	AccessKeyId     string `json:",omitempty"`
	EventTime       int64
	EventSource     string
	Username        string `json:",omitempty"`
	Resources       []lookedUpResource
	CloudTrailEvent string
}

type lookedUpResource struct{ ResourceType, ResourceName string }

// handleTrail answers LookupEvents, the only operation of CloudTrail here: the event history of the caller's account in
// one Region, newest first. Data events and those older than 90 days are not in it.
func (w *World) handleTrail(c Call, caller *iam.Principal, input gjson.Result) handled {
	h := handled{event: kms.Event{ReadOnly: true}}
	op := catalog.CloudTrail()[0]
	if c.Operation != op.Name {
		h.err = &Error{Code: "UnknownOperationException", Status: 400}
		return h
	}
	if text := catalog.Validate(op, input); text != "" {
		h.err = &Error{Code: "ValidationException", Message: text, Status: 400}
		return h
	}
	x := authz.Decide(w.iamQuestion(c, caller, iam.Target{Action: "cloudtrail:LookupEvents", Resource: "*", Shown: "*"}))
	if h.checks = append(h.checks, x); x.Decision != authz.Allow {
		h.err = &Error{Code: "AccessDeniedException", Message: x.Message, Status: 400}
		return h
	}
	found := []lookedUp{}
	for _, e := range slices.Backward(w.trail) {
		if !w.inHistory(e, caller.Account, c.Region) {
			continue
		}
		raw := e.JSON()
		event := gjson.ParseBytes(raw)
		if matchesLookup(event, input.Get("LookupAttributes")) {
			found = append(found, lookUp(event, raw))
		}
	}
	h.output = struct{ Events []lookedUp }{found}
	return h
}

func (w *World) inHistory(e cloudtrail.Event, account, region string) bool {
	return e.Recipient() == account && e.Region() == region && e.IsManagement() && w.Now().Sub(e.Time()) <= 90*24*time.Hour
}

func matchesLookup(event, attributes gjson.Result) bool {
	for _, a := range attributes.Array() {
		value := a.Get("AttributeValue").Str
		var has bool
		switch a.Get("AttributeKey").Str {
		case "EventId":
			has = event.Get("eventID").Str == value
		case "EventName":
			has = event.Get("eventName").Str == value
		case "EventSource":
			has = event.Get("eventSource").Str == value
		case "ReadOnly":
			has = event.Get("readOnly").Raw == value
		case "Username":
			has = userName(event) == value
		case "AccessKeyId":
			has = event.Get("userIdentity.accessKeyId").Str == value
		case "ResourceName":
			has = slices.ContainsFunc(event.Get("resources").Array(), func(r gjson.Result) bool { return r.Get("ARN").Str == value })
		case "ResourceType":
			has = slices.ContainsFunc(event.Get("resources").Array(), func(r gjson.Result) bool { return r.Get("type").Str == value })
		}
		if !has {
			return false
		}
	}
	return true
}

// userName is the name of a user, of a session, or "root".
func userName(event gjson.Result) string {
	who := event.Get("userIdentity")
	switch who.Get("type").Str {
	case "AssumedRole":
		name := who.Get("arn").Str
		return name[strings.LastIndexByte(name, '/')+1:]
	case "Root":
		return "root"
	}
	return who.Get("userName").Str
}

func lookUp(event gjson.Result, raw json.RawMessage) lookedUp {
	at, _ := time.Parse(time.RFC3339, event.Get("eventTime").Str)
	found := lookedUp{
		EventId: event.Get("eventID").Str, EventName: event.Get("eventName").Str, ReadOnly: event.Get("readOnly").Raw,
		AccessKeyId: event.Get("userIdentity.accessKeyId").Str, EventTime: at.Unix(), EventSource: event.Get("eventSource").Str,
		Username: userName(event), Resources: []lookedUpResource{}, CloudTrailEvent: string(raw),
	}
	for _, r := range event.Get("resources").Array() {
		found.Resources = append(found.Resources, lookedUpResource{r.Get("type").Str, r.Get("ARN").Str})
	}
	return found
}
