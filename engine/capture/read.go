package capture

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/policy"
)

// read takes over one piece, and says what it was read as or why it was not.
func (m *model) read(p piece) (parts []Part, problem string) {
	tell := func(kind Kind, format string, args ...any) ([]Part, string) {
		return []Part{{p.input, p.line, kind, fmt.Sprintf(format, args...)}}, ""
	}
	if !p.isJSON {
		if !m.readDenial(p.text) {
			return nil, "this is neither JSON nor an AccessDenied message (\"User: … is not authorized to perform: … on resource: …\")"
		}
		return tell(Denial, "%s by %s", m.request.operation, m.request.as)
	}
	v := gjson.Parse(p.text)
	if v.IsArray() { // several events, or outputs put into a list
		for _, item := range v.Array() {
			if source := item.Get("eventSource").Str + item.Get("EventSource").Str; source != "" && source != "kms.amazonaws.com" {
				continue
			}
			inner, problem := m.read(piece{input: p.input, line: p.line, column: p.column, text: item.Raw, isJSON: true})
			if problem != "" {
				return parts, problem
			}
			parts = append(parts, inner...)
		}
		return parts, ""
	}
	has := func(name string) bool { return v.Get(name).Exists() }
	switch {
	case has("UserDetailList"), has("RoleDetailList"), has("GroupDetailList"):
		return m.readAccount(p, v)
	case has("KeyMetadata"):
		k := m.readMetadata(v.Get("KeyMetadata"))
		if k == nil {
			return nil, "the output of describe-key has no Arn of a key"
		}
		return tell(KeyMetadata, "%s", k.arn)
	case has("Policy") && !has("Statement"):
		return m.readPolicy(p, v.Get("Policy").Str)
	case has("Statement"):
		return m.readPolicy(p, p.text)
	case has("Grants"):
		return m.readGrants(p, v.Get("Grants").Array())
	case has("Aliases"):
		return m.readAliases(p, v.Get("Aliases").Array())
	case has("Tags"):
		k := m.current
		if k == nil {
			m.loose = append(m.loose, p)
			return nil, ""
		}
		k.tags, k.saidTags = v.Get("Tags").Array(), true
		return tell(Tags, "%d tags of %s", len(k.tags), k.arn)
	case has("eventSource"):
		if problem := m.readEvent(v); problem != "" {
			return nil, problem
		}
		return tell(Event, "%s by %s", m.request.operation, m.request.as)
	case has("CloudTrailEvent"):
		return m.read(piece{input: p.input, line: p.line, column: p.column, text: v.Get("CloudTrailEvent").Str, isJSON: gjson.Valid(v.Get("CloudTrailEvent").Str)})
	case has("Records"), has("Events"):
		return m.read(piece{input: p.input, line: p.line, column: p.column, text: v.Get("Records").Raw + v.Get("Events").Raw, isJSON: true})
	}
	return nil, "this JSON is of none of the commands that are read here: get-account-authorization-details, get-key-policy, describe-key, list-grants, list-aliases, list-resource-tags, or a CloudTrail event"
}

func (m *model) readAccount(p piece, v gjson.Result) ([]Part, string) {
	var about *account
	for _, list := range [...]string{"UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"} {
		for _, item := range v.Get(list).Array() {
			a, ok := arn.Parse(item.Get("Arn").Str)
			if !ok || a.Service != "iam" || a.Account != "aws" && !isAccount(a.Account) {
				return nil, fmt.Sprintf("an entry of %s has no Arn of IAM", list)
			}
			m.seen(date(item.Get("CreateDate")))
			if a.Account == "aws" {
				continue
			}
			about = m.account(a.Account)
			about.described = true
			switch list {
			case "UserDetailList":
				about.users = append(about.users, item)
			case "GroupDetailList":
				about.groups = append(about.groups, item)
			case "RoleDetailList":
				about.roles = append(about.roles, item)
			default:
				about.policies[item.Get("Arn").Str] = item
			}
		}
	}
	if about == nil {
		return nil, "the output of get-account-authorization-details names nobody"
	}
	for _, item := range v.Get("Policies").Array() { // those of AWS belong to no account
		if a, _ := arn.Parse(item.Get("Arn").Str); a.Account == "aws" {
			about.policies[item.Get("Arn").Str] = item
		}
	}
	return []Part{{p.input, p.line, AuthorizationDetails, fmt.Sprintf("account %s: users %d, groups %d, roles %d", about.id, len(about.users), len(about.groups), len(about.roles))}}, ""
}

func (m *model) readMetadata(v gjson.Result) *key {
	k := m.key(v.Get("Arn").Str)
	if k == nil {
		return nil
	}
	k.metadata, m.current = v, k
	m.seen(date(v.Get("CreationDate")))
	m.account(k.account)
	return k
}

func (m *model) readPolicy(p piece, text string) ([]Part, string) {
	if text == "" {
		return nil, "the output of get-key-policy has no policy"
	}
	if m.current == nil {
		m.loose = append(m.loose, p)
		return nil, ""
	}
	m.current.policy = pretty(text)
	return []Part{{p.input, p.line, KeyPolicy, m.current.arn}}, ""
}

func (m *model) readGrants(p piece, grants []gjson.Result) ([]Part, string) {
	var about *key
	for _, g := range grants {
		k := m.keyOf(g.Get("KeyId").Str)
		if k == nil {
			k = m.current
		}
		if k == nil {
			m.loose = append(m.loose, p)
			return nil, ""
		}
		m.seen(date(g.Get("CreationDate")))
		k.grants, k.saidGrants = append(k.grants, g), true
		about = k
	}
	if about == nil { // no grants
		if m.current == nil {
			m.loose = append(m.loose, p)
			return nil, ""
		}
		about = m.current
		about.saidGrants = true
	}
	return []Part{{p.input, p.line, Grants, fmt.Sprintf("%d grants of %s", len(grants), about.arn)}}, ""
}

// readAliases: an alias belongs to a key by the key's id and its own account and Region. Those of keys that nobody
// described, and AWS's own, are passed over.
func (m *model) readAliases(p piece, aliases []gjson.Result) ([]Part, string) {
	taken := 0
	for _, item := range aliases {
		a, _ := arn.Parse(item.Get("AliasArn").Str)
		name, target := item.Get("AliasName").Str, item.Get("TargetKeyId").Str
		if target == "" || strings.HasPrefix(name, "alias/aws/") {
			continue
		}
		a.Resource = "key/" + target
		for _, k := range m.keys {
			if k.id == target && k.arn == a.String() {
				k.aliases = append(k.aliases, name)
				taken++
			}
		}
	}
	for _, k := range m.keys {
		k.saidAliases = true
	}
	return []Part{{p.input, p.line, Aliases, fmt.Sprintf("%d aliases, %d of them of keys that are described before", len(aliases), taken)}}, ""
}

// readDenial finds AWS's message in a text, such as a line of a log.
func (m *model) readDenial(text string) bool {
	who, operation, resource := denied(text)
	a, ok := arn.Parse(who)
	if !ok || operation == "" || !isAccount(a.Account) {
		return false
	}
	r := &request{as: who, account: a.Account, operation: operation, code: "AccessDeniedException"}
	r.about(m, resource)
	if m.request == nil || !m.request.isEvent { // an event says more
		m.request = r
	}
	m.account(a.Account)
	return true
}

// denied takes AWS's message apart: "User: … is not authorized to perform: kms:… on resource: …".
func denied(message string) (who, operation, resource string) {
	_, rest, _ := strings.Cut(message, "User: ")
	who, rest, _ = strings.Cut(rest, " is not authorized to perform: kms:")
	operation, rest, _ = strings.Cut(rest, " ")
	if rest, ok := strings.CutPrefix(rest, "on resource: "); ok {
		resource, _, _ = strings.Cut(rest, " ")
	}
	return strings.TrimSpace(who), strings.TrimRight(operation, ".\n"), strings.TrimRight(resource, ".,;\"'\n")
}

// about notes the resource of a request.
func (r *request) about(m *model, name string) {
	if k := m.key(name); k != nil {
		r.key, r.region = k.arn, k.region
		m.account(k.account)
	}
}

func (m *model) readEvent(v gjson.Result) string {
	if source := v.Get("eventSource").Str; source != "kms.amazonaws.com" {
		return "this event is about " + source + "; only those of kms.amazonaws.com are built again"
	}
	who := v.Get("userIdentity")
	r := &request{
		as: who.Get("arn").Str, account: who.Get("accountId").Str, operation: v.Get("eventName").Str, region: v.Get("awsRegion").Str, isEvent: true,
		code: v.Get("errorCode").Str, sourceIP: v.Get("sourceIPAddress").Str, vpce: v.Get("vpcEndpointId").Str, input: v.Get("requestParameters"),
	}
	if !isAccount(r.account) && who.Get("type").Str != "AWSService" || !isRegion(r.region) {
		return "this event has no accountId of its caller, or no awsRegion"
	}
	invoker := strings.TrimSuffix(who.Get("invokedBy").Str, ".amazonaws.com")
	switch {
	case who.Get("type").Str == "AWSService":
		r.as, r.account = who.Get("invokedBy").Str, v.Get("recipientAccountId").Str
	case r.as == "":
		return "this event does not name its caller; the event in the trail of the caller's own account does"
	case invoker != "" && invoker != "AWS Internal":
		r.service = invoker
	}
	if r.code == "AccessDenied" {
		r.code = "AccessDeniedException"
	}
	if strings.Trim(r.sourceIP, "0123456789abcdefABCDEF.:") != "" || !strings.ContainsAny(r.sourceIP, ".:") {
		r.sourceIP = "" // the name of a service
	}
	for _, resource := range v.Get("resources").Array() {
		if r.key == "" {
			region := r.region
			r.about(m, resource.Get("ARN").Str)
			r.region = region
		}
	}
	if _, _, resource := denied(v.Get("errorMessage").Str); r.key == "" && resource != "" {
		region := r.region
		r.about(m, resource)
		r.region = region
	}
	m.seen(date(v.Get("eventTime")))
	if !isAccount(r.account) {
		return "this event has no recipientAccountId"
	}
	m.account(r.account)
	if m.request == nil || !m.request.isEvent || m.request.code == "" && r.code != "" {
		m.request = r // of many events, the first that failed
	}
	return ""
}

// date reads a date of the CLI, of CloudTrail, or of the API itself, which counts seconds.
func date(v gjson.Result) time.Time {
	if v.Type == gjson.Number {
		return catalog.FromEpoch(v.Float())
	}
	for _, layout := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05-0700"} {
		if t, err := time.Parse(layout, v.Str); err == nil {
			return t
		}
	}
	return time.Time{}
}

// document is the text of a policy: the CLI prints JSON, the API gives it encoded as a part of an address.
func document(v gjson.Result) string {
	if v.Type != gjson.String {
		return pretty(v.Raw)
	}
	if text, err := url.PathUnescape(v.Str); err == nil && strings.HasPrefix(v.Str, "%7B") {
		return pretty(text)
	}
	return pretty(v.Str)
}

func pretty(text string) string {
	formatted, _ := policy.Format(text)
	return formatted
}
