package iam

import "slices"

// aimRename asks for the user or group as it is and, when it moves, as it will be.
//
//go:noinline
func aimRename(k kind) func(*call) ([]Target, *Error) {
	return func(c *call) ([]Target, *Error) {
		targets, err := aimEntity(k)(c)
		if err != nil || c.text("New"+k.title()+"Name") == "" && c.text("NewPath") == "" {
			return targets, err
		}
		e, _ := c.existing(k)
		if e == nil {
			return targets, nil
		}
		moved := c.moved(*e)
		resource := moved.arn().String()
		return append(targets, c.target(resource, resource)), nil
	}
}

func (c *call) moved(e entity) entity {
	if p := c.text("NewPath"); p != "" {
		e.path = p
	}
	if n := c.text("New" + e.kind.title() + "Name"); n != "" {
		e.name = n
	}
	return e
}

// rename gives a user or group another name, or moves it to another path. The unique id stays, and so do a user's access
// keys and a group's members.
//
//go:noinline
func rename(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, err := c.existing(k)
		if err != nil {
			return nil, err
		}
		changed := c.moved(*e)
		if other := c.find(c.account, k, changed.name); other != nil && other.id != e.id {
			return nil, errorf("EntityAlreadyExists", "%s with name %s already exists.", k.title(), changed.name)
		}
		if k == groupKind {
			c.renameInMembers(e, changed.key().name)
		}
		delete(c.entities, e.key())
		c.put(changed)
		return nothing, nil
	}
}

// renameInMembers gives a group its new name in the users that are in it.
func (c *call) renameInMembers(group *entity, name string) {
	for _, u := range c.members(group) {
		changed := *u
		changed.groups = slices.Clone(u.groups)
		changed.groups[slices.Index(u.groups, group.key().name)] = name
		c.put(changed)
	}
}
