package capture

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

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
	made    map[string]bool    // ARNs of principals and policies
	gone    []departed         // principals that are deleted once the policies name them
	session engine.Credentials // of the request
	blob    bool               // the variable ciphertext holds one

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
	return b.make(engine.Call{Service: service, Operation: operation, As: account + ":root", Region: region, Input: input.json()})
}

// make makes a call of anybody.
func (b *builder) make(c engine.Call) bool {
	answer, _ := b.world.Call(c)
	if answer.Error == nil {
		return true
	}
	b.world.Undo()
	b.miss("%s was refused here and left out: %s", awscli.Print(c, func(name, _ string) string { return name }), cmp.Or(answer.Error.Message, answer.Error.Code))
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
		b.total += len(a.identities)
	}
	b.world.Bulk(b.buildAll)
}

func (b *builder) buildAll() {
	b.bear()
	for _, a := range b.accounts {
		b.buildAccount(a)
	}
	b.standIns()
	b.startSession()
	for _, a := range b.accounts {
		for _, i := range a.identities {
			b.trust(i)
		}
	}
	b.buildOrganization()
	for _, k := range b.inOrder() {
		b.buildKey(k)
		b.count()
	}
	if b.made["replica"] { // which is Creating for a while
		b.world.Wait(10 * time.Second)
	}
	for _, k := range b.keys {
		b.finishKey(k)
	}
	for _, e := range b.endpoints {
		b.buildEndpoint(e)
	}
	b.bury()
	b.limit()
	b.send()
	b.never()
}

// matters reports whether a user, group or role can have a say in a decision of KMS: one of its policies speaks of KMS,
// somebody names it, or it was described on its own.
func (b *builder) matters(a *account, i *identity) bool {
	if i.chosen || b.named(i.arn) {
		return true
	}
	for _, inline := range i.inline {
		if speaksOfKMS(inline.text) {
			return true
		}
	}
	for _, name := range i.attached {
		if text := b.managedText(name); text == "" || speaksOfKMS(text) {
			return true
		}
	}
	for _, group := range i.groups {
		for _, g := range a.identities {
			if g.kind == "group" && g.name == group && b.matters(a, g) {
				return true
			}
		}
	}
	return false
}

// named reports whether a key policy, a grant or the request names a principal.
func (b *builder) named(name string) bool {
	if r := b.request; r != nil && (r.as == name || r.role == name || r.federator == name || r.role == "" && roleOf(r.as) == plainRole(name)) {
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
	for _, s := range statementsOf(text) {
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

// managedText is the text of the default version of a managed policy; empty when nobody gave it.
func (m *model) managedText(name string) string {
	if text := m.managed[name]; text != "" {
		return text
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
