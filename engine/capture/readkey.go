package capture

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/arn"
)

// What AWS KMS prints about keys.

// about is the key that an output is about which does not say: the one that its command names, else the last that was
// described. nil when it is to be seen later.
func (m *model) about(p piece) *key {
	if name := p.command.flag("key-id"); name != "" {
		return m.keyOf(name, p.command.flag("region"))
	}
	if m.current != nil && m.current.folder != p.folder && !m.settling {
		return nil
	}
	return m.current
}

func (m *model) readMetadata(p piece, all gjson.Result) (about, problem string) {
	v := all.Get("KeyMetadata")
	k := m.key(v.Get("Arn").Str)
	if k == nil {
		return "", "the output of describe-key has no Arn of a key"
	}
	k.metadata, k.folder, m.current = v, p.folder, k
	m.seen(date(v.Get("CreationDate")))
	if primary := v.Get("MultiRegionConfiguration.PrimaryKey.Arn").Str; primary != "" && primary != k.arn {
		m.key(primary)
	}
	return k.arn, ""
}

func (m *model) readPolicy(p piece, v gjson.Result) (about, problem string) {
	text := p.text
	if given := v.Get("Policy"); given.Exists() && !v.Get("Statement").Exists() {
		if text = document(given); given.Str == "" && !given.IsObject() {
			return "", "the output of get-key-policy has no policy"
		}
	}
	if problem := otherPolicy(text); problem != "" {
		return "", problem
	}
	k := m.about(p)
	if k == nil {
		return "", later
	}
	k.policy = pretty(text)
	return k.arn, ""
}

// otherPolicy says what a policy is that is no key's.
func otherPolicy(text string) string {
	statements := statementsOf(text)
	resources, principals := 0, 0
	for _, s := range statements {
		for _, name := range words(s.Get("Resource")) {
			if a, ok := arn.Parse(name); ok && a.Service != "kms" {
				resources++
			}
		}
		if s.Get("Principal").Exists() || s.Get("NotPrincipal").Exists() {
			principals++
		}
	}
	switch {
	case len(statements) == 0:
		return ""
	case principals == 0:
		return "this policy has no Principal, so that it is not a key's, and nothing says whose it is; get-role-policy, get-user-policy and get-policy-version say it when the command is pasted with the output"
	case resources > 0:
		return "this policy is about resources of another service, such as a bucket; the policies of keys are read here"
	}
	return ""
}

func statementsOf(text string) []gjson.Result {
	statements := gjson.Get(text, "Statement")
	if statements.IsObject() {
		statements = gjson.Parse("[" + statements.Raw + "]")
	}
	return statements.Array()
}

func (m *model) readGrants(p piece, v gjson.Result) (about, problem string) {
	grants := v.Get("Grants").Array()
	var last *key
	for _, g := range grants {
		k := m.keyOf(g.Get("KeyId").Str, "")
		if k == nil {
			k = m.about(p)
		}
		if k == nil {
			return "", later
		}
		if id := g.Get("GrantId").Str; id == "" || !slices.ContainsFunc(k.grants, func(old gjson.Result) bool { return old.Get("GrantId").Str == id }) {
			k.grants = append(k.grants, g)
		}
		m.seen(date(g.Get("CreationDate")))
		k.saidGrants, last = true, k
	}
	if last == nil { // no grants
		if last = m.about(p); last == nil {
			return "", later
		}
		last.saidGrants = true
	}
	return fmt.Sprintf("%d grants of %s", len(grants), last.arn), ""
}

// readAliases keeps an output for when all keys are known.
func (m *model) readAliases(p piece, v gjson.Result) (about, problem string) {
	if !m.settling {
		return "", later
	}
	aliases := v.Get("Aliases").Array()
	taken := 0
	places := map[string]bool{} // account and Region
	for _, item := range aliases {
		a, _ := arn.Parse(item.Get("AliasArn").Str)
		places[a.Account+a.Region] = true
		name, target := item.Get("AliasName").Str, item.Get("TargetKeyId").Str
		if target == "" || strings.HasPrefix(name, "alias/aws/") {
			continue
		}
		a.Resource = "key/" + target
		for _, k := range m.keys {
			if k.id == target && k.arn == a.String() {
				if !slices.Contains(k.aliases, name) {
					k.aliases = append(k.aliases, name)
				}
				taken++
			}
		}
	}
	for _, k := range m.keys {
		if len(aliases) == 0 || places[k.account+k.region] {
			k.saidAliases = true
		}
	}
	return fmt.Sprintf("%d aliases, %d of them of the keys that are given", len(aliases), taken), ""
}

func (m *model) readTags(p piece, v gjson.Result) (about, problem string) {
	tags := v.Get("Tags").Array()
	if len(tags) > 0 && !tags[0].Get("TagKey").Exists() {
		return "", "these are no tags of a key, which have a TagKey; aws kms list-resource-tags prints those"
	}
	k := m.about(p)
	if k == nil {
		return "", later
	}
	k.tags, k.saidTags = tags, true
	return fmt.Sprintf("%d tags of %s", len(k.tags), k.arn), ""
}

func (m *model) readRotation(p piece, v gjson.Result) (about, problem string) {
	k := m.keyOf(v.Get("KeyId").Str, "")
	if k == nil {
		k = m.about(p)
	}
	if k == nil {
		return "", later
	}
	k.rotation = v
	return k.arn, ""
}

// readKeys: the keys that list-keys names are not built, but outputs may name them by their id.
func (m *model) readKeys(p piece, v gjson.Result) (about, problem string) {
	for _, name := range v.Get("Keys.#.KeyArn").Array() {
		m.known = append(m.known, name.Str)
	}
	return counted(len(v.Get("Keys").Array()), "keys; those are built that another output is about"), ""
}
