package capture

import (
	"slices"
	"strings"

	"kmsplayground/engine"
)

// departed is a principal that was deleted. AWS shows its unique id where policies and grants named it.
type departed struct{ id, account, kind, name string }

func (d departed) arn() string { return "arn:aws:iam::" + d.account + ":" + d.kind + "/" + d.name }

// departed are the ids that policies and grants name, in the order in which they are met, users before roles.
func (m *model) departed() (all []departed) {
	add := func(account string, ids ...string) {
		for _, id := range ids {
			kind := map[bool]string{true: "user", false: "role"}[strings.HasPrefix(id, "AIDA")]
			isID := (strings.HasPrefix(id, "AIDA") || strings.HasPrefix(id, "AROA")) && strings.Trim(id, letters) == "" && len(id) <= 40
			if isID && !slices.ContainsFunc(all, func(d departed) bool { return d.id == id }) {
				all = append(all, departed{id, account, kind, "gone-" + id})
			}
		}
	}
	for _, k := range m.keys {
		add(k.account, principalsOf(k.policy)...)
		for _, g := range k.grants {
			add(k.account, before(g.Get("GranteePrincipal").Str), before(g.Get("RetiringPrincipal").Str))
		}
	}
	for _, a := range m.accounts {
		for _, i := range a.identities {
			add(a.id, principalsOf(i.trust)...)
		}
	}
	return all
}

// bear makes the principals that are gone, with their ids, while nobody else is there.
func (b *builder) bear() {
	for _, d := range b.departed() {
		input := object{title(d.kind) + "Name", d.name}
		if d.kind == "role" {
			input = append(input, "AssumeRolePolicyDocument", trustAccount(d.account))
		}
		if b.create(d.arn(), d.account, "Create"+title(d.kind), input) {
			b.gone = append(b.gone, d)
			b.miss("%s is the id of a principal that was deleted; here it is of a %s that was.", d.id, d.kind)
		}
	}
}

// withGone puts the ARNs of principals that will be deleted in the place of their ids.
func (b *builder) withGone(text string) string {
	for _, d := range b.gone {
		text = strings.ReplaceAll(text, `"`+d.id+`"`, `"`+d.arn()+`"`)
	}
	return text
}

// alive is the ARN in the place of an id of one who is gone.
func (b *builder) alive(name string) string {
	for _, d := range b.gone {
		if d.id == before(name) {
			return d.arn()
		}
	}
	return name
}

// bury deletes the principals that are gone.
func (b *builder) bury() {
	for _, d := range b.gone {
		b.call(d.account, "", "iam", "Delete"+title(d.kind), object{title(d.kind) + "Name", d.name})
	}
}

// ids are those that the world gives to what is made first of each kind.
func (m *model) ids() (ids []string) {
	for _, d := range m.departed() {
		ids = append(ids, d.id)
	}
	o := &m.org
	if o.isKnown() {
		ids = append(ids, o.id, o.root)
		for _, u := range o.below("") {
			ids = append(ids, u.id)
		}
		for _, c := range o.made() {
			ids = append(ids, c.id)
		}
	}
	for _, e := range m.endpoints {
		ids = append(ids, e.id)
	}
	return slices.DeleteFunc(ids, func(id string) bool { return !engine.IsGivenID(id) })
}
