package capture

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/policy"
)

// reader takes over an output of which it knows a member.
type reader struct {
	member string
	kind   Kind
	read   func(*model, piece, gjson.Result) (about, problem string)
}

// readers are tried in order; several outputs share the names of members.
var readers = [...]reader{
	{"KeyMetadata", KeyMetadata, (*model).readMetadata},
	{"Grants", Grants, (*model).readGrants},
	{"Aliases", Aliases, (*model).readAliases},
	{"KeyRotationEnabled", Rotation, (*model).readRotation},
	{"Keys.0.KeyArn", "list-keys", (*model).readKeys},
	{"UserDetailList", AuthorizationDetails, (*model).readAccount},
	{"RoleDetailList", AuthorizationDetails, (*model).readAccount},
	{"GroupDetailList", AuthorizationDetails, (*model).readAccount},
	{"Role.RoleName", "get-role", (*model).readRole},
	{"User.UserName", "get-user", (*model).readUser},
	{"Group.GroupName", "get-group", (*model).readGroup},
	{"Roles.0.RoleName", "list-roles", (*model).readIdentities},
	{"Users.0.UserName", "list-users", (*model).readIdentities},
	{"Groups.0.GroupName", "list-groups-for-user", (*model).readGroupsOf},
	{"PolicyDocument", "get-role-policy", (*model).readInline},
	{"AttachedPolicies", "list-attached-role-policies", (*model).readAttached},
	{"PolicyVersion", "get-policy-version", (*model).readVersion},
	{"Policy.PolicySummary", "describe-policy", (*model).readControlPolicy},
	{"Policy.Arn", "get-policy", (*model).readManagedPolicy},
	{"Policies.0.Type", "list-policies-for-target", (*model).readControlPolicies},
	{"Policies.0.PolicyVersionList", AuthorizationDetails, (*model).readAccount},
	{"Policies", "list-policies", (*model).readPolicyNames},
	{"Targets", "list-targets-for-policy", (*model).readTargets},
	{"Organization", "describe-organization", (*model).readOrganization},
	{"Roots", "list-roots", (*model).readRoots},
	{"OrganizationalUnits", "list-organizational-units-for-parent", (*model).readUnits},
	{"OrganizationalUnit", "describe-organizational-unit", (*model).readUnits},
	{"Accounts", "list-accounts", (*model).readMembers},
	{"Account.Id", "describe-account", (*model).readMembers},
	{"Parents", "list-parents", (*model).readParents},
	{"VpcEndpoints", "describe-vpc-endpoints", (*model).readEndpoints},
	{"UserId", "get-caller-identity", (*model).readCaller},
	{"EvaluationResults", "simulate-principal-policy", (*model).readSimulation},
	{"DecodedMessage", "decode-authorization-message", (*model).readDecoded},
	{"matchedStatements", "decode-authorization-message", (*model).readDecoded},
	{"PolicyNames", "list-key-policies", (*model).readNames},
	{"Statement", KeyPolicy, (*model).readPolicy},
	{"Policy", KeyPolicy, (*model).readPolicy},
	{"Tags", Tags, (*model).readTags},
}

// later is told of an output about a key that nobody has named yet.
const later = "later"

// read takes over one piece, and says what it was read as or why it was not.
func (m *model) read(p piece) (parts []Part, problem string) {
	if !p.isJSON {
		return m.readText(p)
	}
	v := gjson.Parse(p.text)
	if v.IsArray() {
		return m.readList(p, v)
	}
	if event, ok := unwrapped(v); ok {
		part, problem := m.readEvent(p, event)
		if problem != "" {
			return nil, problem
		}
		return []Part{part}, ""
	}
	for _, list := range [...]string{"Records", "Events", "events"} {
		if items := v.Get(list); items.IsArray() {
			m.pages(p, v, "lookup-events")
			return m.readEvents(p, items.Array())
		}
	}
	if rows := rowsOf(v); len(rows) > 0 {
		return m.readRows(p, rows)
	}
	for _, r := range readers {
		if !v.Get(r.member).Exists() {
			continue
		}
		about, problem := r.read(m, p, v)
		switch {
		case problem == later:
			m.loose = append(m.loose, p)
			return nil, ""
		case problem != "":
			return nil, problem
		}
		kind := r.kind
		if p.command != nil && !strings.Contains(string(kind), "CloudTrail") && sameShape(string(kind), p.command.operation) {
			kind = Kind(p.command.operation)
		}
		m.pages(p, v, string(kind))
		return []Part{{p.input, p.line, kind, about}}, ""
	}
	if parts, problem := m.readDenials(p); len(parts) > 0 || problem != "" { // a line of a log
		return parts, problem
	}
	return nil, "this JSON is of none of the commands that are read here: " + commands + ", or a CloudTrail event"
}

// commands are those that most imports begin with.
const commands = "get-account-authorization-details, get-key-policy, describe-key, list-grants, list-aliases, list-resource-tags"

// sameShape reports whether the command that was typed prints what another one does: get-role-policy and get-user-policy.
func sameShape(kind, typed string) bool {
	verb, _, _ := strings.Cut(kind, "-")
	return strings.HasPrefix(typed, verb+"-")
}

// pages notes that an output ends before its last entry.
func (m *model) pages(p piece, v gjson.Result, what string) {
	more := v.Get("Truncated").Bool() || v.Get("IsTruncated").Bool() || v.Get("NextToken").Str != ""
	if !more {
		return
	}
	run := ""
	if c := p.command; c != nil {
		run = "aws " + c.service + " " + c.operation
		for _, name := range [...]string{"key-id", "role-name", "user-name", "group-name", "target-id", "policy-id", "region"} {
			if value := c.flag(name); value != "" && strings.Trim(value, letters+":/-_.+=@") == "" {
				run += " --" + name + " " + value
			}
		}
	}
	m.cut = append(m.cut, Missing{"The rest of the output of " + what + ": it ends before its last entry, as --max-items makes it.", run})
}

// readList reads a list: of events, or of outputs that somebody put into one.
func (m *model) readList(p piece, v gjson.Result) (parts []Part, problem string) {
	items := v.Array()
	if len(items) > 0 {
		if _, ok := unwrapped(items[0]); ok || items[0].Get("EventSource").Exists() {
			return m.readEvents(p, items)
		}
	}
	for _, item := range items {
		if !item.IsObject() {
			return parts, "this JSON is of none of the commands that are read here: " + commands + ", or a CloudTrail event"
		}
		inner := p
		inner.text = item.Raw
		if item.Index > 0 && item.Index < len(p.text) {
			inner.line += strings.Count(p.text[:item.Index], "\n")
		}
		more, why := m.read(inner)
		if why != "" {
			problem = why
		}
		parts = append(parts, more...)
	}
	return parts, problem
}

const neither = "this is neither JSON nor an AccessDenied message (\"User: … is not authorized to perform: … on resource: …\")"

func (m *model) readText(p piece) ([]Part, string) {
	if parts, problem := m.readDenials(p); len(parts) > 0 || problem != "" {
		return parts, problem
	}
	for _, problem := range [...]string{foreign(p), hint(p.text)} {
		if problem != "" {
			return nil, problem
		}
	}
	return nil, neither
}

// readCaller: whoever ran the commands.
func (m *model) readCaller(p piece, v gjson.Result) (about, problem string) {
	if !isAccount(v.Get("Account").Str) {
		return "", "the output of get-caller-identity has no Account"
	}
	m.caller = v.Get("Arn").Str
	m.account(v.Get("Account").Str)
	return m.caller, ""
}

func (m *model) readPolicyNames(p piece, v gjson.Result) (about, problem string) {
	if c := p.command; c.is("list-policies-for-target") {
		return m.readControlPolicies(p, v)
	}
	return namesOnly, ""
}

// settle gives what was said of no key in particular to the key that is meant, once all are known, and events their
// callers.
func (m *model) settle() (parts []Part, problems []Problem) {
	loose := m.loose
	m.settling = true
	slices.SortStableFunc(loose, func(a, b piece) int { return b.first() - a.first() })
	for _, p := range loose {
		m.loose = nil
		if m.current = m.only(p.folder); m.current == nil {
			m.current = m.only("")
		}
		more, problem := m.read(p)
		if len(m.loose) > 0 {
			problem = "nothing says which key this is of; put it after the describe-key output of its key"
		}
		if problem != "" {
			problems = append(problems, p.report(problem))
		}
		parts = append(parts, more...)
	}
	m.loose = nil
	problems = append(problems, m.problems...)
	for _, r := range m.unnamed {
		if i := m.identityWithID(before(r.id)); i != nil && i.kind == "user" {
			r.as = i.arn
		} else if i != nil {
			_, session, _ := strings.Cut(r.id, ":")
			r.as, r.role = "arn:aws:sts::"+r.account+":assumed-role/"+i.name+"/"+session, i.arn
		}
		if r.as != "" {
			m.ask(r)
			continue
		}
		problems = append(problems, Problem{r.part.Input, r.part.Line, 1, "this event names its caller by the id " + r.id + " alone; get-account-authorization-details of account " +
			r.account + " says who that is, and so does the event in that account's own trail"})
	}
	return parts, problems
}

// first is 1 for what has to be read before the rest: aliases name keys.
func (p piece) first() int {
	if gjson.Get(p.text, "Aliases").Exists() {
		return 1
	}
	return 0
}

// before is what stands before the first colon of a unique id: the role's own.
func before(id string) string {
	role, _, _ := strings.Cut(id, ":")
	return role
}

// only is the one key that is described in a folder, in all when it is empty; nil when there are several.
func (m *model) only(folder string) *key {
	var found *key
	for _, k := range m.keys {
		if folder != "" && k.folder != folder {
			continue
		}
		if found != nil {
			return nil
		}
		found = k
	}
	return found
}

// date reads a date of the CLI, of CloudTrail, or of the API itself, which counts seconds.
func date(v gjson.Result) time.Time {
	if v.Type == gjson.Number {
		return catalog.FromEpoch(v.Float())
	}
	for _, layout := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05.000"} {
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
	if text, err := url.PathUnescape(v.Str); err == nil && strings.HasPrefix(v.Str, "%") {
		return pretty(text)
	}
	return pretty(v.Str)
}

func pretty(text string) string {
	formatted, _ := policy.Format(text)
	return formatted
}

func counted(n int, what string) string { return fmt.Sprintf("%d %s", n, what) }
