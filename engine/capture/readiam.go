package capture

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/arn"
)

// What IAM prints about users, groups, roles and their policies.

func (m *model) readAccount(p piece, v gjson.Result) (about, problem string) {
	var at *account
	for _, list := range [...]string{"UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"} {
		for _, item := range v.Get(list).Array() {
			a, ok := arn.Parse(item.Get("Arn").Str)
			if !ok || a.Service != "iam" || a.Account != "aws" && !isAccount(a.Account) {
				return "", fmt.Sprintf("an entry of %s has no Arn of IAM", list)
			}
			m.seen(date(item.Get("CreateDate")))
			if list == "Policies" {
				m.readVersions(item)
			}
			if a.Account == "aws" {
				continue
			}
			at = m.account(a.Account)
			at.described = true
			if i := m.describe(item); i != nil {
				i.saidInline, i.saidAttached = true, true
			}
		}
	}
	if at == nil {
		return "no users, groups or roles", ""
	}
	count := func(kind string) (n int) {
		for _, i := range at.identities {
			if i.kind == kind {
				n++
			}
		}
		return n
	}
	return fmt.Sprintf("account %s: users %d, groups %d, roles %d", at.id, count("user"), count("group"), count("role")), ""
}

// describe takes over what an entry says of a user, group or role; nil for what is none.
func (m *model) describe(item gjson.Result) *identity {
	i := m.identity(item.Get("Arn").Str)
	if i == nil {
		return nil
	}
	i.id = item.Get(map[string]string{"user": "UserId", "group": "GroupId", "role": "RoleId"}[i.kind]).Str
	i.boundary = item.Get("PermissionsBoundary.PermissionsBoundaryArn").Str
	i.tags = item.Get("Tags")
	if trust := item.Get("AssumeRolePolicyDocument"); trust.Exists() {
		i.trust = document(trust)
	}
	for _, list := range [...]string{"UserPolicyList", "RolePolicyList", "GroupPolicyList"} {
		for _, inline := range item.Get(list).Array() {
			i.put(inline.Get("PolicyName").Str, document(inline.Get("PolicyDocument")))
		}
	}
	if attached := item.Get("AttachedManagedPolicies"); attached.Exists() {
		i.attached = words(attached.Get("#.PolicyArn"))
	}
	if groups := item.Get("GroupList"); groups.Exists() {
		i.groups = words(groups)
	}
	return i
}

// put adds an inline policy, in the place of one of that name.
func (i *identity) put(name, text string) {
	for n := range i.inline {
		if i.inline[n].name == name {
			i.inline[n].text = text
			return
		}
	}
	i.inline = append(i.inline, inlinePolicy{name, text})
}

// readVersions takes over the default version of a managed policy.
func (m *model) readVersions(item gjson.Result) {
	for _, version := range item.Get("PolicyVersionList").Array() {
		if version.Get("IsDefaultVersion").Bool() {
			m.setManaged(item.Get("Arn").Str, document(version.Get("Document")))
		}
	}
}

func (m *model) setManaged(name, text string) {
	if m.managed == nil {
		m.managed = map[string]string{}
	}
	m.managed[name] = text
}

func (m *model) readOne(member string, v gjson.Result) (about, problem string) {
	i := m.describe(v.Get(member))
	if i == nil {
		return "", "the Arn of this " + member + " is none of IAM"
	}
	m.seen(date(v.Get(member + ".CreateDate")))
	m.role, i.chosen = i, true
	return i.arn, ""
}

func (m *model) readRole(p piece, v gjson.Result) (about, problem string) {
	return m.readOne("Role", v)
}
func (m *model) readUser(p piece, v gjson.Result) (about, problem string) {
	return m.readOne("User", v)
}

// readGroup: get-group names the members too.
func (m *model) readGroup(p piece, v gjson.Result) (about, problem string) {
	if about, problem = m.readOne("Group", v); problem != "" {
		return "", problem
	}
	for _, member := range v.Get("Users").Array() {
		if i := m.describe(member); i != nil {
			i.groups = append(i.groups, m.role.name)
		}
	}
	return about, ""
}

func (m *model) readIdentities(p piece, v gjson.Result) (about, problem string) {
	n := 0
	for _, list := range [...]string{"Roles", "Users"} {
		for _, item := range v.Get(list).Array() {
			if m.describe(item) != nil {
				n++
			}
		}
	}
	return counted(n, "users and roles, without their policies"), ""
}

func (m *model) readGroupsOf(p piece, v gjson.Result) (about, problem string) {
	i := m.owner(p, "")
	if i == nil || i.kind != "user" {
		return "", "nothing says whose groups these are; paste the command with the output: aws iam list-groups-for-user --user-name NAME"
	}
	i.groups = words(v.Get("Groups.#.GroupName"))
	for _, item := range v.Get("Groups").Array() {
		m.describe(item)
	}
	return counted(len(i.groups), "groups of "+i.arn), ""
}

// owner is the user, group or role that an output of IAM is about: the one it names, its command names, or that was
// described last. One that was only named stands in the only account there is.
func (m *model) owner(p piece, home string) *identity {
	v := gjson.Parse(p.text)
	for _, kind := range [...]string{"role", "user", "group"} {
		name := v.Get(title(kind) + "Name").Str
		if name == "" {
			name = p.command.flag(kind + "-name")
		}
		if name == "" {
			continue
		}
		if i := m.namedIdentity(kind, name); i != nil {
			return i
		}
		if home == "" && len(m.accounts) == 1 {
			home = m.accounts[0].id
		}
		return m.identity("arn:aws:iam::" + home + ":" + kind + "/" + name)
	}
	return m.role
}

// readInline reads get-role-policy, get-user-policy and get-group-policy.
func (m *model) readInline(p piece, v gjson.Result) (about, problem string) {
	i := m.owner(p, "")
	if i == nil && !m.settling {
		return "", later
	}
	if i == nil {
		return "", "nothing says in which account this is; put the output of get-role, get-user or aws sts get-caller-identity before it"
	}
	name := v.Get("PolicyName").Str
	i.chosen = true
	i.put(name, document(v.Get("PolicyDocument")))
	return "inline policy " + name + " of " + i.arn, ""
}

func (m *model) readAttached(p piece, v gjson.Result) (about, problem string) {
	i := m.owner(p, "")
	if i == nil {
		return "", "nothing says whose policies these are; paste the command with the output: aws iam list-attached-role-policies --role-name NAME"
	}
	i.attached, i.saidAttached = words(v.Get("AttachedPolicies.#.PolicyArn")), true
	i.chosen = true
	return counted(len(i.attached), "policies of "+i.arn), ""
}

// readNames: list-role-policies names the inline policies of its role; the names of a key's policies are all the same.
func (m *model) readNames(p piece, v gjson.Result) (about, problem string) {
	kind, isList := strings.CutSuffix(strings.TrimPrefix(p.command.operationName(), "list-"), "-policies")
	if i := m.owner(p, ""); isList && i != nil && kind == i.kind {
		i.saidInline = true
		for _, name := range words(v.Get("PolicyNames")) {
			if !slices.ContainsFunc(i.inline, func(p inlinePolicy) bool { return p.name == name }) {
				i.inline = append(i.inline, inlinePolicy{name: name})
			}
		}
		return counted(len(i.inline), "inline policies of "+i.arn), ""
	}
	return namesOnly, ""
}

const namesOnly = "names only; no decision depends on them"

// readManagedPolicy: get-policy comes before get-policy-version, which does not name the policy.
func (m *model) readManagedPolicy(p piece, v gjson.Result) (about, problem string) {
	m.policy = v.Get("Policy.Arn").Str
	return m.policy, ""
}

func (m *model) readVersion(p piece, v gjson.Result) (about, problem string) {
	name := p.command.flag("policy-arn")
	if name == "" {
		name = m.policy
	}
	if name == "" {
		return "", "nothing says which policy this is a version of; put the output of get-policy before it, or paste the command with it"
	}
	if version := v.Get("PolicyVersion"); version.Get("IsDefaultVersion").Bool() || m.managed[name] == "" {
		m.setManaged(name, document(version.Get("Document")))
	}
	return name, ""
}

// readSimulation takes the first refused action of KMS as the request. The simulator does not look at key policies.
func (m *model) readSimulation(p piece, v gjson.Result) (about, problem string) {
	who := p.command.flag("policy-source-arn")
	a, ok := arn.Parse(who)
	if !ok || !isAccount(a.Account) {
		return "", "nothing says whose policies were simulated; paste the command with the output: aws iam simulate-principal-policy --policy-source-arn ARN"
	}
	n := 0
	for _, result := range v.Get("EvaluationResults").Array() {
		operation, ok := cutKMS(result.Get("EvalActionName").Str)
		if !ok {
			continue
		}
		n++
		r := &request{weight: fromSimulator, as: who, account: a.Account, operation: operation}
		if result.Get("EvalDecision").Str != "allowed" {
			r.code = "AccessDeniedException"
		}
		r.about(m, result.Get("EvalResourceName").Str)
		m.ask(r)
	}
	m.account(a.Account)
	return counted(n, "results about AWS KMS for "+who), ""
}

// readDecoded reads what sts decode-authorization-message says of an encoded message.
func (m *model) readDecoded(p piece, v gjson.Result) (about, problem string) {
	if inner := v.Get("DecodedMessage").Str; inner != "" {
		if !gjson.Valid(inner) || nesting(inner) > deepest {
			return "", "the DecodedMessage is no JSON; was it cut off?"
		}
		v = gjson.Parse(inner)
	}
	action := v.Get("context.action").Str
	operation, ok := cutKMS(action)
	a, isARN := arn.Parse(v.Get("context.principal.arn").Str)
	switch {
	case !ok:
		return "", "this message is about " + action + "; only those of kms: are sent again"
	case !isARN || !isAccount(a.Account):
		return "", "the caller in this message is no ARN with an account: " + v.Get("context.principal.arn").Str
	}
	r := &request{weight: fromDecoded, as: a.String(), account: a.Account, operation: operation}
	if !v.Get("allowed").Bool() {
		r.code = "AccessDeniedException"
	}
	r.about(m, v.Get("context.resource").Str)
	r.conditions(v.Get("context.conditions.items"))
	m.ask(r)
	m.account(a.Account)
	return operation + " by " + r.as, ""
}

// conditions takes over the values of condition keys that are a part of the request.
func (r *request) conditions(items gjson.Result) {
	context := object{}
	for _, item := range items.Array() {
		value := item.Get("values.items.0.value").Str
		switch name := item.Get("key").Str; {
		case name == "aws:SourceIp":
			r.sourceIP = value
		case name == "aws:SourceVpce":
			r.vpce = value
		case name == "kms:ViaService":
			r.service = serviceOf(value)
		case len(name) > len(contextKey) && name[:len(contextKey)] == contextKey:
			context = append(context, name[len(contextKey):], value)
		}
	}
	if len(context) > 0 {
		r.input = gjson.ParseBytes(object{"encryptionContext", context.json()}.json())
	}
}

const contextKey = "kms:EncryptionContext:"
