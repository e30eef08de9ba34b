package iam

import (
	"slices"
	"strings"
)

// The operations that users, groups and roles share.

// existing returns the entity that a parameter names.
func (c *call) existing(k kind) (*entity, *Error) {
	return c.named(k, c.text(k.title()+"Name"))
}

func (c *call) named(k kind, name string) (*entity, *Error) {
	if e := c.find(c.account, k, name); e != nil {
		return e, nil
	}
	return nil, errorf("NoSuchEntity", "The %s with name %s cannot be found.", k, name)
}

//go:noinline
func createEntity(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e := entity{kind: k, account: c.account, path: c.path("Path"), name: c.text(k.title() + "Name"), created: c.Now}
		if c.find(c.account, k, e.name) != nil {
			return nil, errorf("EntityAlreadyExists", "%s with name %s already exists.", k.title(), e.name)
		}
		var err *Error
		if e.tags, err = withTags(nil, c.tags()); err != nil {
			return nil, err
		}
		if e.boundary, err = c.boundary(); err != nil {
			return nil, err
		}
		if k == roleKind {
			if err = c.fillRole(&e); err != nil {
				return nil, err
			}
		}
		e.id = c.orGiven(k.idPrefix(), c.drawID(purpose(c.account, string(k), c.nextOrdinal(k)), k.idPrefix(), 21))
		return Object{{k.title(), c.output(c.put(e), fresh)}}, nil
	}
}

// nextOrdinal counts one entity more.
func (c *call) nextOrdinal(k kind) int {
	a := c.accounts[c.account]
	count := map[kind]*int{userKind: &a.Users, groupKind: &a.Groups, roleKind: &a.Roles}[k]
	*count++
	ordinal := *count
	c.accounts[c.account] = a
	return ordinal
}

//go:noinline
func listEntities(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		prefix := c.text("PathPrefix")
		return paginate(c, k.title()+"s", c.list(c.account, k, prefix), func(e *entity) any { return c.output(e, listed) })
	}
}

//go:noinline
func deleteEntity(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, err := c.existing(k)
		if err != nil {
			return nil, err
		}
		if what := c.inTheWay(e); what != "" {
			return nil, errorf("DeleteConflict", "Cannot delete entity, must %s first.", what)
		}
		delete(c.entities, e.key())
		return nothing, nil
	}
}

// inTheWay says what must be done before an entity can be deleted. Which conflict AWS names first is not known; the
// order is ours.
func (c *call) inTheWay(e *entity) string {
	switch {
	case len(e.attached) > 0:
		return "detach all policies"
	case len(e.inline) > 0:
		return "delete policies"
	case e.kind == userKind && len(c.keysOf(e)) > 0:
		return "delete access keys"
	case e.kind == userKind && len(e.groups) > 0, e.kind == groupKind && len(c.members(e)) > 0:
		return "remove users from group"
	}
	return ""
}

// The tags of a request, in its order.
func (c *call) tags() []Tag {
	tags := []Tag{}
	for _, t := range c.Input.Get("Tags").Array() {
		tags = append(tags, Tag{t.Get("Key").String(), t.Get("Value").String()})
	}
	return tags
}

// maxTags is how many tags a user, role or policy may have (IAM quotas page, 2026).
const maxTags = 50

func tooManyTags() *Error {
	return errorf("LimitExceeded", "The number of tags has reached the maximum limit.")
}

// withTags returns tags with more set over them, sorted. Tag keys are found without regard to letter case.
func withTags(tags, more []Tag) ([]Tag, *Error) {
	out := slices.Clone(tags)
	seen := map[string]bool{}
	for _, t := range more {
		lower := strings.ToLower(t.Key)
		if seen[lower] {
			return nil, errorf("InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive.")
		}
		seen[lower] = true
		out = slices.DeleteFunc(out, func(old Tag) bool { return strings.EqualFold(old.Key, t.Key) })
		out = append(out, t)
	}
	if len(out) > maxTags {
		return nil, tooManyTags()
	}
	slices.SortFunc(out, func(a, b Tag) int { return strings.Compare(a.Key, b.Key) })
	return out, nil
}

//go:noinline
func tagEntity(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, err := c.existing(k)
		if err != nil {
			return nil, err
		}
		changed := *e
		if changed.tags, err = withTags(e.tags, c.tags()); err != nil {
			return nil, err
		}
		c.put(changed)
		return nothing, nil
	}
}

//go:noinline
func untagEntity(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, err := c.existing(k)
		if err != nil {
			return nil, err
		}
		changed := *e
		changed.tags = slices.DeleteFunc(slices.Clone(e.tags), func(t Tag) bool {
			return slices.ContainsFunc(c.strings("TagKeys"), func(key string) bool { return strings.EqualFold(key, t.Key) })
		})
		c.put(changed)
		return nothing, nil
	}
}

//go:noinline
func listTags(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, err := c.existing(k)
		if err != nil {
			return nil, err
		}
		return paginate(c, "Tags", e.tags, func(t Tag) any { return t })
	}
}

// strings returns a list of strings.
func (c *call) strings(name string) []string {
	list := []string{}
	for _, v := range c.Input.Get(name).Array() {
		list = append(list, v.String())
	}
	return list
}
