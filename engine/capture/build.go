package capture

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/awscli"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/scenario"
)

// builder makes the calls that build what a model says, in a session that writes them down.
type builder struct {
	*model
	world   *scenario.Session
	missing []Missing
	sent    bool
	made    map[string]bool // ARNs of principals and policies
	gone    []string        // user names of principals that are deleted once the policies name them
	blob    bool            // the variable ciphertext holds one

	progress    Progress
	done, total int
}

// object is an input with its members in order.
type object []any

func (o object) json() json.RawMessage {
	var b strings.Builder
	b.WriteByte('{')
	for i := 0; i < len(o); i += 2 {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		value, ok := o[i+1].(json.RawMessage)
		if !ok {
			value, _ = json.Marshal(o[i+1]) // texts, numbers and lists of them
		}
		name, _ := json.Marshal(o[i])
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return json.RawMessage(b.String())
}

// call makes a call of the root user of an account. What AWS would refuse, as for a principal that is gone, is undone
// and told.
func (b *builder) call(account, region, service, operation string, input object) bool {
	c := engine.Call{Service: service, Operation: operation, As: account + ":root", Region: region, Input: input.json()}
	answer, _ := b.world.Call(c)
	if answer.Error == nil {
		return true
	}
	b.world.Undo()
	b.miss("%s was refused here and left out: %s", awscli.Print(c, func(name, _ string) string { return name }), answer.Error.Message)
	return false
}

func (b *builder) miss(format string, args ...any) { b.ask("", format, args...) }

// ask notes what is missing, with the command that says it.
func (b *builder) ask(run, format string, args ...any) {
	if m := (Missing{fmt.Sprintf(format, args...), run}); !slices.Contains(b.missing, m) {
		b.missing = append(b.missing, m)
	}
}

// count tells that one more entry or key is done.
func (b *builder) count() {
	b.done++
	if b.progress != nil {
		b.progress(b.done, b.total)
	}
}

func (b *builder) build() {
	b.missing, b.made = []Missing{}, map[string]bool{}
	b.total = len(b.keys)
	for _, a := range b.accounts {
		b.total += len(a.groups) + len(a.users) + len(a.roles)
	}
	b.world.Bulk(b.buildAll)
}

func (b *builder) buildAll() {
	for _, a := range b.accounts {
		b.buildAccount(a)
	}
	b.standIns()
	for _, a := range b.accounts {
		for _, role := range a.roles {
			b.trust(a, role)
		}
	}
	for _, k := range b.keys {
		b.buildKey(k)
		b.count()
	}
	for _, k := range b.keys {
		b.finishKey(k)
	}
	b.bury()
	b.send()
	b.never()
}

// matters reports whether an entry of get-account-authorization-details can have a say in a decision of KMS: one of its
// policies speaks of KMS, or somebody names it.
func (b *builder) matters(a *account, item gjson.Result) bool {
	if b.named(item.Get("Arn").Str) {
		return true
	}
	for _, list := range [...]string{"UserPolicyList", "RolePolicyList", "GroupPolicyList"} {
		for _, inline := range item.Get(list).Array() {
			if speaksOfKMS(document(inline.Get("PolicyDocument"))) {
				return true
			}
		}
	}
	for _, attached := range item.Get("AttachedManagedPolicies").Array() {
		if text := a.managed(attached.Get("PolicyArn").Str); text == "" || speaksOfKMS(text) {
			return true
		}
	}
	for _, group := range item.Get("GroupList").Array() {
		for _, g := range a.groups {
			if g.Get("GroupName").Str == group.Str && b.matters(a, g) {
				return true
			}
		}
	}
	return false
}

// named reports whether a key policy, a grant or the request names a principal.
func (b *builder) named(name string) bool {
	if r := b.request; r != nil && (r.as == name || roleOf(r.as) == plainRole(name)) {
		return true
	}
	for _, k := range b.keys {
		if strings.Contains(k.policy, `"`+name+`"`) {
			return true
		}
		for _, g := range k.grants {
			if g.Get("GranteePrincipal").Str == name || g.Get("RetiringPrincipal").Str == name {
				return true
			}
		}
	}
	return false
}

// speaksOfKMS reports whether a policy has a statement about actions of KMS or of assuming roles.
func speaksOfKMS(text string) bool {
	statements := gjson.Get(text, "Statement")
	if !statements.IsArray() {
		statements = gjson.Parse("[" + statements.Raw + "]")
	}
	for _, s := range statements.Array() {
		if s.Get("NotAction").Exists() {
			return true
		}
		for _, action := range words(s.Get("Action")) {
			service, _, _ := strings.Cut(strings.ToLower(action), ":")
			if strings.ContainsAny(service, "*?") || service == "kms" || service == "sts" {
				return true
			}
		}
	}
	return false
}

// words are the texts of an element that may be one or a list.
func words(v gjson.Result) []string {
	all := []string{}
	for _, item := range v.Array() {
		all = append(all, item.Str)
	}
	return all
}

// managed is the text of the default version of a managed policy; empty when nobody gave it.
func (a *account) managed(name string) string {
	for _, version := range a.policies[name].Get("PolicyVersionList").Array() {
		if version.Get("IsDefaultVersion").Bool() {
			return document(version.Get("Document"))
		}
	}
	for _, p := range catalog.ManagedPolicies() {
		if p.ARN == name {
			return p.Text
		}
	}
	return ""
}

// roleOf is the ARN of the role of a session without its path, which a session's ARN does not have.
func roleOf(session string) string {
	a, _ := arn.Parse(session)
	role, ok := strings.CutPrefix(a.Resource, "assumed-role/")
	if !ok {
		return ""
	}
	role, _, _ = strings.Cut(role, "/")
	a.Service, a.Resource = "iam", "role/"+role
	return a.String()
}

// plainRole is the ARN of a role without its path.
func plainRole(name string) string {
	a, _ := arn.Parse(name)
	if !strings.HasPrefix(a.Resource, "role/") {
		return "-"
	}
	a.Resource = "role/" + a.Resource[strings.LastIndexByte(a.Resource, '/')+1:]
	return a.String()
}
