package cloudtrail

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"kmsplayground/engine/arn"
)

// Input is what the record of a call is made from.
type Input struct {
	Service   string // "kms"
	Operation string // "Encrypt"
	Region    string
	Time      time.Time
	RequestID string
	Caller    Caller

	SourceIP    string
	UserAgent   string
	ViaService  string // "ec2": that service called in a forward access session
	VPCEndpoint string

	Parameters   json.RawMessage // the input of the call
	Output       json.RawMessage // null when it failed
	ErrorCode    string          // exception name, empty when it succeeded
	ErrorMessage string
	ReadOnly     bool
	Resources    []string // ARNs
	// KeyMaterialID and Additional are additionalEventData; only one of the two is there.
	KeyMaterialID string
	Additional    map[string]string
	// Part is which of the calls of one request it is, from 1; 0 for the request itself.
	Part int
	// Data events are those that trails leave out unless told otherwise.
	Data bool
	// ServiceSession: the caller is a session of a role that is an identity only, in which AWS itself acts.
	ServiceSession bool
	// Internal: nobody called, the service did something by itself. The Caller is the account to which it did it, and
	// the RequestID any text that tells what happened from all else.
	Internal bool
	Details  *Details
	// Recipient is the account in whose trail the record stands; empty for the caller's.
	Recipient string
}

// Details are what the event of something that KMS does by itself tells: serviceEventDetails.
type Details struct {
	RotationType          string `json:"rotationType,omitempty"`
	KeyOrigin             string `json:"keyOrigin,omitempty"`
	PreviousKeyMaterialID string `json:"previousKeyMaterialId,omitempty"`
	CurrentKeyMaterialID  string `json:"currentKeyMaterialId,omitempty"`
	KeyID                 string `json:"keyId,omitempty"`
	KeyMaterialID         string `json:"keyMaterialId,omitempty"`
}

// Caller is who called. Kind is "User", "AssumedRole", "Root", "FederatedUser" or "Service".
type Caller struct {
	Kind        string
	ID          string // unique id
	ARN         string
	Account     string
	Name        string // of the user, the role or the service
	AccessKeyID string
	Issuer      string // ARN of the role of a session, or of the user that federated one
	IssuedAt    time.Time
	MFA         bool
}

// record is an event in the order in which CloudTrail writes its members.
type record struct {
	EventVersion        string            `json:"eventVersion"`
	UserIdentity        userIdentity      `json:"userIdentity"`
	EventTime           string            `json:"eventTime"`
	EventSource         string            `json:"eventSource"`
	EventName           string            `json:"eventName"`
	AWSRegion           string            `json:"awsRegion"`
	SourceIPAddress     string            `json:"sourceIPAddress"`
	UserAgent           string            `json:"userAgent"`
	ErrorCode           string            `json:"errorCode,omitempty"`
	ErrorMessage        string            `json:"errorMessage,omitempty"`
	RequestParameters   any               `json:"requestParameters"`
	ResponseElements    any               `json:"responseElements"`
	AdditionalEventData map[string]string `json:"additionalEventData,omitempty"`
	RequestID           string            `json:"requestID,omitempty"`
	EventID             string            `json:"eventID"`
	ReadOnly            bool              `json:"readOnly"`
	Resources           []resource        `json:"resources,omitempty"`
	EventType           string            `json:"eventType"`
	ManagementEvent     bool              `json:"managementEvent"`
	RecipientAccountID  string            `json:"recipientAccountId"`
	SharedEventID       string            `json:"sharedEventID,omitempty"`
	ServiceEventDetails *Details          `json:"serviceEventDetails,omitempty"`
	VPCEndpointID       string            `json:"vpcEndpointId,omitempty"`
	EventCategory       string            `json:"eventCategory"`
}

// CloudTrail says AWS::KMS::Key of aliases as well.
type resource struct {
	AccountID string `json:"accountId"`
	Type      string `json:"type"`
	ARN       string `json:"ARN"`
}

func form(in Input) json.RawMessage {
	r := record{
		EventVersion: "1.11", UserIdentity: identity(in), EventTime: stamp(in.Time),
		EventSource: in.Service + ".amazonaws.com", EventName: in.Operation, AWSRegion: in.Region,
		SourceIPAddress: in.SourceIP, UserAgent: in.UserAgent,
		ErrorCode: in.ErrorCode, ErrorMessage: in.ErrorMessage,
		AdditionalEventData: in.Additional, RequestID: in.RequestID, EventID: id("event", in),
		ReadOnly: in.ReadOnly, Resources: resources(in.Resources), EventType: "AwsApiCall", ManagementEvent: true,
		RecipientAccountID: in.recipient(), VPCEndpointID: in.VPCEndpoint, EventCategory: "Management",
	}
	if in.KeyMaterialID != "" {
		r.AdditionalEventData = map[string]string{"keyMaterialId": in.KeyMaterialID}
	}
	if in.Data {
		r.ManagementEvent, r.EventCategory = false, "Data"
	}
	switch {
	case in.Internal && in.Operation == "SynchronizeMultiRegionKey": // the guide's example is an AwsApiCall
		r.RequestID = id("request", in)
	case in.Internal:
		r.EventType, r.RequestID, r.ServiceEventDetails = "AwsServiceEvent", "", in.Details
	}
	if invoker := r.UserIdentity.InvokedBy; invoker != "" {
		r.SourceIPAddress, r.UserAgent = invoker, invoker
	}
	if r.ErrorCode == "AccessDeniedException" {
		r.ErrorCode = "AccessDenied"
	}
	if in.Service == "ec2" && r.ErrorCode != "" {
		r.ErrorCode = "Client." + r.ErrorCode
	}
	if r.ErrorCode == "AccessDenied" { // seen so: a denied event tells neither parameters nor resources
		r.Resources = nil
	} else {
		r.RequestParameters = parameters(in)
	}
	if in.ErrorCode == "" {
		r.ResponseElements = response(in)
		r.SharedEventID = sharedID(in)
	}
	return encode(r)
}

// encode leaves <, > and & as they are: events are shown to people.
func encode(r record) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		panic(err) // the parts are our own
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func (in *Input) recipient() string {
	if in.Recipient != "" {
		return in.Recipient
	}
	return in.Caller.Account
}

// Owners are the accounts besides the caller's in whose trails a call is recorded too: those of its resources. A
// denied call is recorded in the caller's account only.
func (in *Input) Owners() []string {
	owners := []string{}
	for _, name := range in.Resources {
		a, _ := arn.Parse(name)
		known := a.Account == in.Caller.Account
		for _, o := range owners {
			known = known || o == a.Account
		}
		if !known && in.ErrorCode != "AccessDenied" && in.ErrorCode != "AccessDeniedException" {
			owners = append(owners, a.Account)
		}
	}
	return owners
}

func sharedID(in Input) string {
	if in.Service != "kms" || len(in.Owners()) == 0 {
		return ""
	}
	in.Recipient = "shared"
	return id("shared", in)
}

// namespace is of our own UUIDs of version 5: an event's id follows from the request's and the account it is told to.
var namespace = uuid.UUID{0x6b, 0x6d, 0x73, 0x70, 0x6c, 0x61, 0x79, 0x67, 0x72, 0x6f, 0x75, 0x6e, 0x64, 0x63, 0x74, 0x31}

func id(noun string, in Input) string { return eventID(noun, in.RequestID, in.recipient(), in.Part) }

// EventID is the id of the event about a request, or about one of the calls of a request, in an account's trail.
func EventID(requestID, account string, part int) string {
	return eventID("event", requestID, account, part)
}

func eventID(noun, requestID, account string, part int) string {
	name := noun + " " + requestID + " " + account
	if part > 0 {
		name += " " + strconv.Itoa(part)
	}
	return uuid.NewSHA1(namespace, []byte(name)).String()
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

func resources(arns []string) []resource {
	list := make([]resource, len(arns))
	for i, name := range arns {
		a, _ := arn.Parse(name)
		list[i] = resource{a.Account, "AWS::KMS::Key", name}
	}
	return list
}

// userIdentity is who called, by kind.
type userIdentity struct {
	Type           string          `json:"type,omitempty"`
	PrincipalID    string          `json:"principalId,omitempty"`
	ARN            string          `json:"arn,omitempty"`
	AccountID      string          `json:"accountId,omitempty"`
	AccessKeyID    string          `json:"accessKeyId,omitempty"`
	UserName       string          `json:"userName,omitempty"`
	SessionContext *sessionContext `json:"sessionContext,omitempty"`
	InvokedBy      string          `json:"invokedBy,omitempty"`
	InScopeOf      *inScopeOf      `json:"inScopeOf,omitempty"`
}

// inScopeOf names the instance for which EC2 acts.
type inScopeOf struct {
	SourceARN     string `json:"sourceArn"`
	SourceAccount string `json:"sourceAccount"`
	IssuerType    string `json:"issuerType"`
	CredentialsTo string `json:"credentialsIssuedTo"`
}

type sessionContext struct {
	SessionIssuer *sessionIssuer    `json:"sessionIssuer,omitempty"`
	Attributes    map[string]string `json:"attributes"`
}

type sessionIssuer struct {
	Type        string `json:"type"`
	PrincipalID string `json:"principalId,omitempty"`
	ARN         string `json:"arn"`
	AccountID   string `json:"accountId"`
	UserName    string `json:"userName"`
}

func identity(in Input) userIdentity {
	c := in.Caller
	if in.Internal {
		return userIdentity{AccountID: c.Account, InvokedBy: "AWS Internal"}
	}
	u := userIdentity{PrincipalID: c.ID, ARN: c.ARN, AccountID: c.Account, AccessKeyID: c.AccessKeyID}
	switch c.Kind {
	case "Service":
		return userIdentity{Type: "AWSService", InvokedBy: c.Name}
	case "User":
		u.Type, u.UserName = "IAMUser", c.Name
	case "AssumedRole":
		role := c.ID[:max(strings.LastIndexByte(c.ID, ':'), 0)]
		u.Type = c.Kind
		u.SessionContext = c.session(&sessionIssuer{Type: "Role", PrincipalID: role})
	case "FederatedUser":
		u.Type = c.Kind
		u.SessionContext = c.session(&sessionIssuer{Type: "IAMUser"})
	default:
		u.Type = c.Kind
	}
	if u.SessionContext == nil && !c.IssuedAt.IsZero() {
		u.SessionContext = c.session(nil)
	}
	if in.ServiceSession {
		instance := "arn:aws:ec2:" + in.Region + ":" + c.Account + ":instance/" + c.ARN[strings.LastIndexByte(c.ARN, '/')+1:]
		u.InvokedBy, u.InScopeOf = "AWS Internal", &inScopeOf{instance, c.Account, "AWS::EC2::Instance", instance}
	}
	if in.ViaService != "" {
		name, _, _ := strings.Cut(in.ViaService, ".")
		u.InvokedBy = name + ".amazonaws.com"
	}
	return u
}

func (c *Caller) session(issuer *sessionIssuer) *sessionContext {
	if issuer != nil {
		issuer.ARN, issuer.AccountID = c.Issuer, c.Account
		issuer.UserName = c.Issuer[strings.LastIndex(c.Issuer, "/")+1:]
	}
	attributes := map[string]string{"mfaAuthenticated": "false"}
	if c.MFA {
		attributes["mfaAuthenticated"] = "true"
	}
	if !c.IssuedAt.IsZero() {
		attributes["creationDate"] = stamp(c.IssuedAt)
	}
	return &sessionContext{issuer, attributes}
}
