package iam

import (
	"slices"
	"sort"
	"strings"
	"time"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/policy"
)

// kind is what an entity is; it is also the first part of its ARN's resource.
type kind string

const (
	userKind  kind = "user"
	groupKind kind = "group"
	roleKind  kind = "role"
)

// title is the kind as messages and operation names spell it: "User".
func (k kind) title() string { return strings.ToUpper(string(k[:1])) + string(k[1:]) }

// idPrefix is what the unique ids of a kind begin with.
func (k kind) idPrefix() string {
	return map[kind]string{userKind: "AIDA", groupKind: "AGPA", roleKind: "AROA"}[k]
}

// entityKey finds an entity. Names are matched without regard to letter case (recorded from AWS).
type entityKey struct {
	account string
	kind    kind
	name    string // in lower case
}

func keyOf(account string, k kind, name string) entityKey {
	return entityKey{account, k, strings.ToLower(name)}
}

// entity is a user, a group or a role. It is replaced, never changed.
type entity struct {
	kind    kind
	account string
	path    string // "/"
	name    string // in the case of its creation
	id      string // AIDA…, AGPA…, AROA…
	created time.Time
	tags    []Tag // sorted by key

	inline   []inlinePolicy // sorted by name
	attached []string       // ARNs of managed policies, in the order of attachment
	boundary string         // ARN of a managed policy, empty for none; users and roles
	groups   []string       // of a user: lower-case names, in the order of joining

	trust       storedPolicy // of a role
	description string
	maxSession  int  // seconds
	linked      bool // a service made the role, and only it may change it
}

// storedPolicy is a policy text, exactly as typed, and what it means.
type storedPolicy struct {
	text     string
	document *policy.Document
	// bound are the unique ids that the principals of a trust policy had when it was stored, by the text that names them.
	bound map[string]string
}

type inlinePolicy struct {
	name string
	storedPolicy
}

func (e *entity) key() entityKey { return keyOf(e.account, e.kind, e.name) }

func (e *entity) arn() arn.ARN { return iamARN(e.account, string(e.kind)+e.path+e.name) }

func (e *entity) inlineIndex(name string) int {
	return slices.IndexFunc(e.inline, func(p inlinePolicy) bool { return strings.EqualFold(p.name, name) })
}

// policyID names an inline policy within the world.
func (e *entity) policyID(name string) string {
	return e.account + "/" + string(e.kind) + "/" + e.name + "/inline/" + name
}

// find returns an entity of account, or nil.
func (d *Directory) find(account string, k kind, name string) *entity {
	return d.entities[keyOf(account, k, name)]
}

// put stores what takes the place of the entity of that name.
func (d *Directory) put(e entity) *entity {
	d.entities[e.key()] = &e
	d.named[e.id] = e.key()
	return &e
}

// byID finds the living entity with a unique id, or nil.
func (d *Directory) byID(id string) *entity {
	if e := d.entities[d.named[id]]; e != nil && e.id == id {
		return e
	}
	return nil
}

// list returns the entities of a kind whose path begins with prefix, sorted by name.
func (d *Directory) list(account string, k kind, prefix string) []*entity {
	found := []*entity{}
	for key, e := range d.entities {
		if key.account == account && key.kind == k && strings.HasPrefix(e.path, prefix) {
			found = append(found, e)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].key().name < found[j].key().name })
	return found
}

// members returns the users of a group, sorted by name.
func (d *Directory) members(group *entity) []*entity {
	return slices.DeleteFunc(d.list(group.account, userKind, ""), func(u *entity) bool {
		return !slices.Contains(u.groups, group.key().name)
	})
}

// groupsOf returns the groups of a user, sorted by name.
func (d *Directory) groupsOf(user *entity) []*entity {
	groups := make([]*entity, 0, len(user.groups))
	for _, name := range user.groups {
		groups = append(groups, d.find(user.account, groupKind, name))
	}
	sort.Slice(groups, func(i, j int) bool { return groups[i].key().name < groups[j].key().name })
	return groups
}
