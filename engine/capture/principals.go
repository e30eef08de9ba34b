package capture

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
)

// trustAccount lets the principals of an account take on a role, until the role's own trust policy can name others.
func trustAccount(account string) string {
	return pretty(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + account + `:root"},"Action":"sts:AssumeRole"}]}`)
}

// buildAccount makes the groups, users and roles that matter, with their policies.
func (b *builder) buildAccount(a *account) {
	if !a.described {
		return
	}
	left := map[string]int{}
	skip := func(kind string, item gjson.Result) bool {
		b.count()
		if b.matters(a, item) {
			return false
		}
		left[kind]++
		return true
	}
	for _, g := range a.groups {
		if name := g.Get("GroupName").Str; !skip("groups", g) {
			b.call(a.id, "", "iam", "CreateGroup", pathed(g, "GroupName", name))
			b.attach(a, g, "Group", name)
		}
	}
	for _, u := range a.users {
		if name := u.Get("UserName").Str; !skip("users", u) && b.create(u.Get("Arn").Str, a.id, "CreateUser", b.described(a, u, "UserName", name)) {
			b.attach(a, u, "User", name)
			for _, group := range words(u.Get("GroupList")) {
				b.call(a.id, "", "iam", "AddUserToGroup", object{"UserName", name, "GroupName", group})
			}
		}
	}
	for _, r := range a.roles {
		name := r.Get("RoleName").Str
		if skip("roles", r) || strings.HasPrefix(r.Get("Path").Str, "/aws-service-role/") {
			continue
		}
		input := append(b.described(a, r, "RoleName", name), "AssumeRolePolicyDocument", trustAccount(a.id))
		if b.create(r.Get("Arn").Str, a.id, "CreateRole", input) {
			b.attach(a, r, "Role", name)
		}
	}
	for _, kind := range [...]string{"groups", "users", "roles"} {
		if left[kind] > 0 {
			b.miss("Of the %s of account %s, %d are left out: nobody names them, and no policy of theirs speaks of KMS.", kind, a.id, left[kind])
		}
	}
}

func pathed(item gjson.Result, member, name string) object {
	o := object{member, name}
	if path := item.Get("Path").Str; path != "" && path != "/" {
		o = append(o, "Path", path)
	}
	return o
}

// described is the input that creates a user or role as it was described.
func (b *builder) described(a *account, item gjson.Result, member, name string) object {
	o := pathed(item, member, name)
	if boundary := item.Get("PermissionsBoundary.PermissionsBoundaryArn").Str; boundary != "" {
		if boundary = b.managedPolicy(a, boundary); boundary != "" {
			o = append(o, "PermissionsBoundary", boundary)
		}
	}
	if tags := item.Get("Tags"); len(tags.Array()) > 0 {
		o = append(o, "Tags", json.RawMessage(tags.Raw))
	}
	return o
}

func (b *builder) create(name, account, operation string, input object) bool {
	if !b.call(account, "", "iam", operation, input) {
		return false
	}
	b.made[name] = true
	return true
}

// attach puts the inline policies of an entry and attaches its managed ones.
func (b *builder) attach(a *account, item gjson.Result, kind, name string) {
	for _, inline := range item.Get(kind + "PolicyList").Array() {
		b.call(a.id, "", "iam", "Put"+kind+"Policy", object{kind + "Name", name, "PolicyName", inline.Get("PolicyName").Str, "PolicyDocument", document(inline.Get("PolicyDocument"))})
	}
	for _, attached := range item.Get("AttachedManagedPolicies").Array() {
		arn := attached.Get("PolicyArn").Str
		if text := a.managed(arn); text != "" && !speaksOfKMS(text) {
			continue
		}
		if policy := b.managedPolicy(a, arn); policy != "" {
			b.call(a.id, "", "iam", "Attach"+kind+"Policy", object{kind + "Name", name, "PolicyArn", policy})
		}
	}
}

// managedPolicy makes sure that a managed policy is there, and returns its ARN. One of AWS that this playground does not
// have is stood in for by one of the account.
func (b *builder) managedPolicy(a *account, name string) string {
	known := func(p catalog.ManagedPolicy) bool { return p.ARN == name }
	if slices.ContainsFunc(catalog.ManagedPolicies(), known) || b.made[name] {
		return name
	}
	at, _ := arn.Parse(name)
	path := strings.TrimPrefix(at.Resource, "policy")
	short := path[strings.LastIndexByte(path, '/')+1:]
	text := a.managed(name)
	if text == "" {
		b.miss("What policy %s says: it is attached, and not in the output of get-account-authorization-details.", name)
		return ""
	}
	input := object{"PolicyName", short, "PolicyDocument", text}
	made := name
	if at.Account == "aws" {
		made = "arn:aws:iam::" + a.id + ":policy/" + short
		b.miss("The AWS managed policy %s is not known here; %s says the same in its place.", short, made)
	} else if folder := path[:len(path)-len(short)]; folder != "/" {
		input = append(input, "Path", folder)
	}
	if !b.made[made] && !b.call(a.id, "", "iam", "CreatePolicy", input) {
		return ""
	}
	b.made[made] = true
	return made
}

// trust gives a role its own trust policy, once everybody is there whom it may name.
func (b *builder) trust(a *account, role gjson.Result) {
	text := document(role.Get("AssumeRolePolicyDocument"))
	if !b.made[role.Get("Arn").Str] || text == "" || text == trustAccount(a.id) {
		return
	}
	b.call(a.id, "", "iam", "UpdateAssumeRolePolicy", object{"RoleName", role.Get("RoleName").Str, "PolicyDocument", b.withGone(a.id, text)})
}

// standIns makes the principals that are named and that nobody described, without any policy.
func (b *builder) standIns() {
	for _, name := range b.everybodyNamed() {
		a, ok := arn.Parse(name)
		if !ok || b.made[name] || a.Service != "iam" {
			continue
		}
		kind, rest, _ := strings.Cut(a.Resource, "/")
		short := rest[strings.LastIndexByte(rest, '/')+1:]
		input := object{strings.ToUpper(kind[:1]) + kind[1:] + "Name", short}
		if path := "/" + rest[:len(rest)-len(short)]; path != "/" {
			input = append(input, "Path", path)
		}
		switch kind {
		case "user":
			b.create(name, a.Account, "CreateUser", input)
		case "role":
			b.create(name, a.Account, "CreateRole", append(input, "AssumeRolePolicyDocument", trustAccount(a.Account)))
		default:
			continue
		}
		if b.account(a.Account).described {
			b.miss("%s is named, and not in the output of get-account-authorization-details: it stands here without policies.", name)
		} else {
			b.ask("aws iam get-account-authorization-details", "The IAM policies of %s, of account %s.", name, a.Account)
		}
	}
}

// everybodyNamed are the ARNs of users and roles that policies, grants and the request name, in order.
func (b *builder) everybodyNamed() []string {
	names := []string{}
	add := func(all ...string) {
		for _, name := range all {
			if strings.HasPrefix(name, "arn:") && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if r := b.request; r != nil {
		if role := roleOf(r.as); role == "" {
			add(r.as)
		} else if !b.hasRole(role) {
			add(role)
		}
	}
	for _, k := range b.keys {
		add(principalsOf(k.policy)...)
		for _, g := range k.grants {
			add(g.Get("GranteePrincipal").Str, g.Get("RetiringPrincipal").Str)
		}
	}
	for _, a := range b.accounts {
		for _, role := range a.roles {
			if b.made[role.Get("Arn").Str] {
				add(principalsOf(document(role.Get("AssumeRolePolicyDocument")))...)
			}
		}
	}
	plain := names[:0]
	for _, name := range names { // the role of a session that is named
		if role := roleOf(name); role != "" {
			name = role
		}
		plain = append(plain, name)
	}
	return plain
}

// hasRole reports whether a role was made, whatever its path.
func (b *builder) hasRole(plain string) bool {
	for name := range b.made {
		if plainRole(name) == plain {
			return true
		}
	}
	return false
}

// principalsOf are the AWS principals of a policy.
func principalsOf(text string) []string {
	names := []string{}
	statements := gjson.Get(text, "Statement")
	if statements.IsObject() {
		statements = gjson.Parse("[" + statements.Raw + "]")
	}
	for _, s := range statements.Array() {
		names = append(names, words(s.Get("Principal.AWS"))...)
		names = append(names, words(s.Get("NotPrincipal.AWS"))...)
	}
	return names
}

// withGone puts users that will be deleted in the place of ids: AWS shows the id of a principal that is gone.
func (b *builder) withGone(account, text string) string {
	for _, id := range principalsOf(text) {
		if !strings.HasPrefix(id, "AIDA") && !strings.HasPrefix(id, "AROA") {
			continue
		}
		name := "gone-" + id
		if !b.made[name] && b.call(account, "", "iam", "CreateUser", object{"UserName", name}) {
			b.made[name] = true
			b.gone = append(b.gone, account+" "+name)
			b.miss("%s is the id of a principal that was deleted; here it is of a user that was.", id)
		}
		text = strings.ReplaceAll(text, `"`+id+`"`, `"arn:aws:iam::`+account+`:user/`+name+`"`)
	}
	return text
}

// bury deletes the principals that are gone.
func (b *builder) bury() {
	for _, one := range b.gone {
		account, name, _ := strings.Cut(one, " ")
		b.call(account, "", "iam", "DeleteUser", object{"UserName", name})
	}
}
