package capture

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"
)

// unwrapped is the event within what carries it: lookup-events, a log group, EventBridge, a queue or an index. where is
// the offset of it in the text of v, or of the string that holds it.
func unwrapped(v gjson.Result) (event gjson.Result, ok bool) {
	if !v.IsObject() || v.Get("eventSource").Exists() {
		return v, v.IsObject()
	}
	v.ForEach(func(name, inner gjson.Result) bool {
		switch name.Str {
		case "CloudTrailEvent", "message", "Message", "@message", "eventJson", "detail", "_source":
		default:
			return true
		}
		if inner.Type == gjson.String {
			text := inner.Str
			if !gjson.Valid(text) || nesting(text) > deepest {
				return true
			}
			inner = gjson.Parse(text)
		}
		if inner.Get("eventSource").Exists() {
			event, ok = inner, true
		} else if inner.Get("detail.eventSource").Exists() {
			event, ok = inner.Get("detail"), true
		}
		return !ok
	})
	return event, ok
}

// nesting is how deep the brackets of a JSON text are nested.
func nesting(text string) (deep int) {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
			deep = max(deep, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return deep
}

// readEvents reads a list of events, and says of how many it was. Those of other services are passed over.
func (m *model) readEvents(p piece, items []gjson.Result) ([]Part, string) {
	parts := []Part{}
	ours, others, line, counted := 0, 0, p.line, 0
	wrong := func(message string) {
		m.problems = append(m.problems, Problem{Input: p.input, Line: line, Column: 1, Message: message})
	}
	for _, item := range items {
		if at := item.Index; at > counted && at < len(p.text) {
			line += strings.Count(p.text[counted:at], "\n")
			counted = at
		}
		event, ok := unwrapped(item)
		source := cmp.Or(event.Get("eventSource").Str, item.Get("EventSource").Str)
		switch {
		case source == "":
			wrong("an entry of this list is no CloudTrail event")
			continue
		case source != "kms.amazonaws.com":
			others++
			continue
		case !ok:
			wrong("the CloudTrailEvent of this entry is no JSON; was it cut off?")
			continue
		}
		ours++
		if event.Get("eventType").Str == "AwsServiceEvent" { // nobody asked
			continue
		}
		part, why := m.readEvent(piece{input: p.input, line: line}, event)
		if why != "" {
			wrong(why)
			continue
		}
		parts = append(parts, part)
	}
	if ours != 1 || others > 0 {
		parts = append([]Part{{p.input, p.line, Event, fmt.Sprintf("events of AWS KMS %d, of other services %d", ours, others)}}, parts...)
	}
	if len(parts) > mostEvents {
		parts = parts[:1]
	}
	return parts, ""
}

// mostEvents of one list are told one by one.
const mostEvents = 20

func (m *model) readEvent(p piece, v gjson.Result) (Part, string) {
	if source := v.Get("eventSource").Str; source != "kms.amazonaws.com" {
		return Part{}, "this event is about " + source + "; only those of kms.amazonaws.com are built again"
	}
	r, problem := m.requestOf(v)
	if problem != "" {
		return Part{}, problem
	}
	m.seen(date(v.Get("eventTime")))
	m.account(r.account)
	by := r.as
	if by == "" {
		by = r.id
	}
	r.part = Part{p.input, p.line, Event, r.operation + " by " + by}
	if r.as == "" {
		m.unnamed = append(m.unnamed, r)
	} else {
		m.ask(r)
	}
	return r.part, ""
}

func (m *model) requestOf(v gjson.Result) (*request, string) {
	who, session := v.Get("userIdentity"), v.Get("userIdentity.sessionContext")
	kind := who.Get("type").Str
	r := &request{
		weight: fromEvent, as: who.Get("arn").Str, account: who.Get("accountId").Str, operation: v.Get("eventName").Str, region: v.Get("awsRegion").Str,
		code: v.Get("errorCode").Str, sourceIP: v.Get("sourceIPAddress").Str, vpce: v.Get("vpcEndpointId").Str, input: v.Get("requestParameters"),
		because: reasonOf(v.Get("errorMessage").Str), id: who.Get("principalId").Str,
		mfa: session.Get("attributes.mfaAuthenticated").String() == "true", identity: session.Get("sourceIdentity").Str,
	}
	switch issuer := session.Get("sessionIssuer"); {
	case kind == "FederatedUser":
		r.federator = issuer.Get("arn").Str
	case strings.Contains(issuer.Get("arn").Str, ":role/"):
		r.role = issuer.Get("arn").Str
	}
	service := serviceIn(v)
	switch {
	case v.Get("eventType").Str == "AwsServiceEvent":
		return nil, "this event was made by AWS KMS itself: nobody asked, and nothing was decided"
	case kind == "AWSService" || kind == "" && r.as == "":
		if r.as, r.account = service, v.Get("recipientAccountId").Str; r.as == "" {
			return nil, "this event does not say which service called"
		}
	case !isAccount(r.account) || !isRegion(r.region):
		return nil, "this event has no accountId of its caller, or no awsRegion"
	case r.as == "" && r.id == "":
		return nil, "this event does not name its caller; the event in the trail of the caller's own account does"
	case service != "":
		r.service = strings.TrimSuffix(service, ".amazonaws.com")
	}
	if !isAccount(r.account) {
		return nil, "this event has no recipientAccountId"
	}
	if !isRegion(r.region) {
		return nil, "this event has no accountId of its caller, or no awsRegion"
	}
	if r.code == "AccessDenied" {
		r.code = "AccessDeniedException"
	}
	if strings.Trim(r.sourceIP, "0123456789abcdefABCDEF.:") != "" || !strings.ContainsAny(r.sourceIP, ".:") {
		r.sourceIP = "" // the name of a service
	}
	r.ofEvent(m, v)
	return r, ""
}

// serviceIn is the service that made the call, for somebody or in its own name: "dynamodb.amazonaws.com".
func serviceIn(v gjson.Result) string {
	for _, name := range [...]string{"userIdentity.invokedBy", "sourceIPAddress", "userAgent"} {
		if service := v.Get(name).Str; strings.HasSuffix(service, ".amazonaws.com") && !strings.ContainsAny(service, " /") {
			return service
		}
	}
	return ""
}

// ofEvent finds the key that an event is about; the Region stays that of the event.
func (r *request) ofEvent(m *model, v gjson.Result) {
	region := r.region
	for _, resource := range v.Get("resources").Array() {
		if r.key == "" {
			r.about(m, resource.Get("ARN").Str)
		}
	}
	for _, d := range denials(v.Get("errorMessage").Str) {
		if r.key == "" {
			r.about(m, d.resource)
		}
	}
	if r.key == "" {
		r.about(m, r.input.Get("keyId").Str)
	}
	r.region = region
}

// about notes the resource of a request.
func (r *request) about(m *model, name string) {
	if k := m.key(name); k != nil {
		r.key, r.region = k.arn, k.region
	}
}

// readRows reads the answer to a query: of Athena, CloudTrail Lake or CloudWatch Logs Insights. Each row is an event.
func (m *model) readRows(p piece, rows []object) ([]Part, string) {
	parts, problem := []Part{}, ""
	for _, row := range rows {
		event := gjson.ParseBytes(row.json())
		if inner, ok := unwrapped(event); ok {
			event = inner
		}
		if !event.Get("eventSource").Exists() || !event.Get("userIdentity").Exists() {
			return parts, "the rows of this query have no columns eventSource and userIdentity; select every column"
		}
		if event.Get("eventSource").Str != "kms.amazonaws.com" {
			continue
		}
		part, why := m.readEvent(p, event)
		if why != "" {
			problem = why
			continue
		}
		parts = append(parts, part)
	}
	if len(parts) != 1 {
		parts = append([]Part{{p.input, p.line, Event, fmt.Sprintf("events of AWS KMS %d, of other services %d", len(parts), len(rows)-len(parts))}}, parts...)
	}
	return parts, problem
}

// rowsOf are the rows of an answer to a query, with the names of the columns as events have them.
func rowsOf(v gjson.Result) []object {
	rows := []object{}
	if table := v.Get("ResultSet.Rows").Array(); len(table) > 0 { // Athena
		names := table[0].Get("Data.#.VarCharValue").Array()
		for _, line := range table[1:] {
			row := object{}
			for i, cell := range line.Get("Data").Array() {
				if i < len(names) && cell.Get("VarCharValue").Exists() {
					row = append(row, column(names[i].Str), cellValue(cell.Get("VarCharValue").Str))
				}
			}
			rows = append(rows, row)
		}
	}
	for _, line := range v.Get("results").Array() { // CloudWatch Logs Insights
		row := object{}
		for _, cell := range line.Array() {
			row = append(row, column(cell.Get("field").Str), cellValue(cell.Get("value").Str))
		}
		rows = append(rows, row)
	}
	for _, line := range v.Get("QueryResultRows").Array() { // CloudTrail Lake
		row := object{}
		for _, cell := range line.Array() {
			cell.ForEach(func(name, value gjson.Result) bool {
				row = append(row, column(name.Str), cellValue(value.Str))
				return true
			})
		}
		rows = append(rows, row)
	}
	return rows
}

// column is the name of a member of an event that a query spells in small letters.
func column(name string) string {
	for _, known := range [...]string{
		"eventSource", "eventName", "eventTime", "eventType", "awsRegion", "sourceIPAddress", "userAgent", "errorCode", "errorMessage", "requestParameters",
		"resources", "recipientAccountId", "vpcEndpointId", "userIdentity", "type", "principalId", "arn", "ARN", "accountId", "invokedBy", "userName", "sessionContext",
		"sessionIssuer", "attributes", "mfaAuthenticated", "sourceIdentity",
	} {
		if strings.EqualFold(known, name) {
			return known
		}
	}
	return name
}

// cellValue is a value of a table: JSON, a struct as Presto prints it, or a text.
func cellValue(text string) json.RawMessage {
	if (strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")) && nesting(text) <= deepest {
		if gjson.Valid(text) {
			return json.RawMessage(text)
		}
		s := presto{text: text}
		return s.value(0)
	}
	quoted, _ := json.Marshal(text)
	return quoted
}

// presto reads structs as queries print them: {type=AssumedRole, arn=arn:aws:…, sessioncontext={…}}.
type presto struct {
	text string
	at   int
}

func (s *presto) value(depth int) json.RawMessage {
	switch {
	case depth > deepest || s.at >= len(s.text):
		return json.RawMessage("null")
	case s.text[s.at] == '[':
		s.at++
		all := []json.RawMessage{}
		for s.more(']') {
			all = append(all, s.value(depth+1))
		}
		list, _ := json.Marshal(all)
		return list
	case s.text[s.at] == '{':
		s.at++
		o := object{}
		for s.more('}') {
			name, _, ok := strings.Cut(s.text[s.at:], "=")
			if !ok {
				s.at = len(s.text)
				break
			}
			s.at += len(name) + 1
			key := column(name)
			if key == "arn" && strings.HasPrefix(s.text, "[") { // of resources, which spell it so
				key = "ARN"
			}
			o = append(o, key, s.value(depth+1))
		}
		return o.json()
	}
	end := strings.IndexAny(s.text[s.at:], ",}]")
	if end < 0 {
		end = len(s.text) - s.at
	}
	word := s.text[s.at : s.at+end]
	s.at += end
	if word == "null" {
		return json.RawMessage("null")
	}
	quoted, _ := json.Marshal(word)
	return quoted
}

// more steps over what separates values, and reports whether one follows.
func (s *presto) more(end byte) bool {
	for s.at < len(s.text) && (s.text[s.at] == ',' || s.text[s.at] == ' ') {
		s.at++
	}
	if s.at < len(s.text) && s.text[s.at] == end {
		s.at++
		return false
	}
	return s.at < len(s.text)
}
