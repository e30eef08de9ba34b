package capture

import (
	"encoding/json"
	"slices"
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
)

// trustAccount lets the principals of an account take on a role, until the role's own trust policy can name others.
func trustAccount(account string) string {
	return pretty(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + account + `:root"},"Action":"sts:AssumeRole"}]}`)
}

// buildAccount makes the groups, users and roles that matter, with their policies: groups first, which users join.
func (b *builder) buildAccount(a *account) {
	left := map[string]int{}
	for _, kind := range [...]string{"group", "user", "role"} {
		for _, i := range a.identities {
			if i.kind != kind {
				continue
			}
			b.count()
			if !b.matters(a, i) {
				left[kind]++
				continue
			}
			b.buildIdentity(a, i)
		}
	}
	for _, kind := range [...]string{"group", "user", "role"} {
		if left[kind] > 0 {
			b.miss("Of the %ss of account %s, %d are left out: nobody names them, and no policy of theirs speaks of KMS.", kind, a.id, left[kind])
		}
	}
}

func (b *builder) buildIdentity(a *account, i *identity) {
	input := object{title(i.kind) + "Name", i.name}
	if i.path != "/" {
		input = append(input, "Path", i.path)
	}
	if i.kind != "group" && i.boundary != "" {
		if boundary := b.managedPolicy(a, i.boundary); boundary != "" {
			input = append(input, "PermissionsBoundary", boundary)
		}
	}
	if i.kind != "group" && len(i.tags.Array()) > 0 {
		input = append(input, "Tags", json.RawMessage(i.tags.Raw))
	}
	if i.kind == "role" {
		input = append(input, "AssumeRolePolicyDocument", trustAccount(a.id))
	}
	if !b.create(i.arn, a.id, "Create"+title(i.kind), input) {
		return
	}
	b.attach(a, i)
	for _, group := range i.groups {
		if name := b.groupNamed(a, group); b.made[name] || b.create(name, a.id, "CreateGroup", object{"GroupName", group}) {
			b.call(a.id, "", "iam", "AddUserToGroup", object{"UserName", i.name, "GroupName", group})
		}
	}
	b.askOf(a, i)
}

// groupNamed is the ARN of a group of an account, which may not have been described.
func (b *builder) groupNamed(a *account, name string) string {
	if g := a.find("group", name); g != nil {
		return g.arn
	}
	made := "arn:aws:iam::" + a.id + ":group/" + name
	if !b.made[made] {
		b.ask("aws iam get-account-authorization-details", "The policies of group %s, which somebody is in and nobody described.", made)
	}
	return made
}

func (a *account) find(kind, name string) *identity {
	for _, i := range a.identities {
		if i.kind == kind && i.name == name {
			return i
		}
	}
	return nil
}

// askOf asks for what is not said of one that was described on its own.
func (b *builder) askOf(a *account, i *identity) {
	if !i.saidInline {
		b.ask("aws iam list-"+i.kind+"-policies --"+i.kind+"-name "+i.name, "The inline policies of %s.", i.arn)
	}
	if !i.saidAttached {
		b.ask("aws iam list-attached-"+i.kind+"-policies --"+i.kind+"-name "+i.name, "The managed policies of %s.", i.arn)
	}
}

func (b *builder) create(name, account, operation string, input object) bool {
	if !b.call(account, "", "iam", operation, input) {
		return false
	}
	b.made[name] = true
	return true
}

// attach puts the inline policies of an identity and attaches its managed ones.
func (b *builder) attach(a *account, i *identity) {
	kind := title(i.kind)
	for _, inline := range i.inline {
		if inline.text == "" {
			b.ask("aws iam get-"+i.kind+"-policy --"+i.kind+"-name "+i.name+" --policy-name "+inline.name, "What policy %s of %s says.", inline.name, i.arn)
			continue
		}
		b.call(a.id, "", "iam", "Put"+kind+"Policy", object{kind + "Name", i.name, "PolicyName", inline.name, "PolicyDocument", inline.text})
	}
	for _, arn := range i.attached {
		if text := b.managedText(arn); text != "" && !speaksOfKMS(text) {
			continue
		}
		if policy := b.managedPolicy(a, arn); policy != "" {
			b.call(a.id, "", "iam", "Attach"+kind+"Policy", object{kind + "Name", i.name, "PolicyArn", policy})
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
	text := b.managedText(name)
	if text == "" {
		b.ask("aws iam get-account-authorization-details", "What policy %s says: it is attached, and nobody gave it.", name)
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
func (b *builder) trust(i *identity) {
	a, _ := arn.Parse(i.arn)
	if !b.made[i.arn] || i.trust == "" || i.trust == trustAccount(a.Account) {
		return
	}
	b.call(a.Account, "", "iam", "UpdateAssumeRolePolicy", object{"RoleName", i.name, "PolicyDocument", b.withGone(i.trust)})
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
		switch {
		case b.account(a.Account).described:
			b.miss("%s is named, and not in the output of get-account-authorization-details: it stands here without policies.", name)
		case b.account(a.Account).find(kind, short) != nil: // of which nothing is missing but this path
		default:
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
	for _, k := range b.keys {
		add(principalsOf(k.policy)...)
		for _, g := range k.grants {
			add(g.Get("GranteePrincipal").Str, g.Get("RetiringPrincipal").Str)
		}
	}
	for _, a := range b.accounts {
		for _, i := range a.identities {
			if b.made[i.arn] {
				add(principalsOf(i.trust)...)
			}
		}
	}
	if r := b.request; r != nil {
		add(r.role, r.federator)
		if r.role == "" && !strings.Contains(r.as, ":federated-user/") { // whose user it is, nobody says
			add(r.as)
		}
	}
	whole := []string{}
	for _, name := range names { // the role of a session that is named
		if role := roleOf(name); role != "" {
			if name = b.withPath(role, names); b.hasRole(role) {
				continue
			}
		}
		if !slices.Contains(whole, name) {
			whole = append(whole, name)
		}
	}
	return whole
}

// withPath finds the path of a role, which the ARNs of its sessions leave out, among names; that of IAM Identity Center's
// is known.
func (b *builder) withPath(role string, names []string) string {
	for _, name := range names {
		if plainRole(name) == role {
			return name
		}
	}
	a, _ := arn.Parse(role)
	if short, ok := strings.CutPrefix(a.Resource, "role/AWSReservedSSO_"); ok {
		a.Resource = "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_" + short
	}
	return a.String()
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
	for _, s := range statementsOf(text) {
		names = append(names, words(s.Get("Principal.AWS"))...)
		names = append(names, words(s.Get("NotPrincipal.AWS"))...)
	}
	return names
}
