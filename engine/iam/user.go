package iam

import "slices"

// user returns the user that UserName names; without it, the user who calls.
func (c *call) user() (*entity, *Error) {
	if c.text("UserName") != "" {
		return c.existing(userKind)
	}
	if c.Caller.Kind != User {
		return nil, errorf("ValidationError", "Must specify userName when calling with non-User credentials")
	}
	return c.named(userKind, c.Caller.Name)
}

func (c *call) getUser() (Object, *Error) {
	if c.text("UserName") == "" && c.Caller.Kind == Root {
		return Object{{"User", Object{
			{"Path", "/"}, {"UserName", c.account}, {"UserId", c.account}, {"Arn", c.Caller.ARN.String()}, {"CreateDate", stamp(c.Now)},
		}}}, nil
	}
	e, err := c.user()
	if err != nil {
		return nil, err
	}
	return Object{{"User", c.output(e, whole)}}, nil
}

func (c *call) getGroup() (Object, *Error) {
	g, err := c.existing(groupKind)
	if err != nil {
		return nil, err
	}
	page, err := paginate(c, "Users", c.members(g), func(u *entity) any { return c.output(u, listed) })
	if err != nil {
		return nil, err
	}
	return append(Object{{"Group", c.output(g, listed)}}, page...), nil
}

func (c *call) listGroupsForUser() (Object, *Error) {
	u, err := c.existing(userKind)
	if err != nil {
		return nil, err
	}
	return paginate(c, "Groups", c.groupsOf(u), func(g *entity) any { return c.output(g, listed) })
}

func (c *call) addUserToGroup() (Object, *Error) {
	u, g, err := c.userAndGroup()
	if err != nil {
		return nil, err
	}
	name := g.key().name
	if slices.Contains(u.groups, name) {
		return nothing, nil
	}
	if len(u.groups) >= 10 {
		return nil, exceeded("GroupsPerUser", 10)
	}
	changed := *u
	changed.groups = append(slices.Clone(u.groups), name)
	c.put(changed)
	return nothing, nil
}

func (c *call) removeUserFromGroup() (Object, *Error) {
	u, g, err := c.userAndGroup()
	if err != nil {
		return nil, err
	}
	changed := *u
	changed.groups = slices.DeleteFunc(slices.Clone(u.groups), func(name string) bool { return name == g.key().name })
	c.put(changed)
	return nothing, nil
}

func (c *call) userAndGroup() (u, g *entity, err *Error) {
	if u, err = c.existing(userKind); err == nil {
		g, err = c.existing(groupKind)
	}
	return u, g, err
}

// exceeded is the answer when a quota of the account is used up.
func exceeded(quota string, limit int) *Error {
	return errorf("LimitExceeded", "Cannot exceed quota for %s: %d", quota, limit)
}
