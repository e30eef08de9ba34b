package iam

import "fmt"

// Roots and organizational units, and where accounts are among them.

// maxUnitDepth is how deep organizational units nest below the root (quotas page of AWS Organizations, 2026).
const maxUnitDepth = 5

func (c *call) listRoots(o *organization) (Object, *Error) {
	return organizationPage(c, "Roots", []*node{c.nodes[o.root]}, func(n *node) Object { return c.rootOutput(o, n) })
}

func (c *call) rootOutput(o *organization, n *node) Object {
	return Object{{"Id", n.id}, {"Arn", o.arnOf(n)}, {"Name", n.name}, {"PolicyTypes", objects(o.enabled, controlTypeOutput)}}
}

func (c *call) unitOutput(o *organization) func(*node) Object {
	return func(n *node) Object {
		return Object{{"Id", n.id}, {"Arn", o.arnOf(n)}, {"Name", n.name}, {"Path", c.place(n)}}
	}
}

// container finds the root or unit that a parameter names.
func (c *call) container(o *organization, parameter string) *node {
	if n := c.nodes[c.text(parameter)]; n != nil && n.organization == o.id && n.kind != accountNode {
		return n
	}
	return nil
}

// parent finds what ParentId names.
func (c *call) parent(o *organization) (*node, *Error) {
	if n := c.container(o, "ParentId"); n != nil {
		return n, nil
	}
	return nil, errorf("ParentNotFoundException", "You specified parent that doesn't exist.")
}

// unit finds what OrganizationalUnitId names.
func (c *call) unit(o *organization) (*node, *Error) {
	if n := c.container(o, "OrganizationalUnitId"); n != nil && n.kind == unitNode {
		return n, nil
	}
	return nil, errorf("OrganizationalUnitNotFoundException", "You specified an organizational unit that doesn't exist.")
}

// nameTaken refuses a name that another unit of the same parent has.
func (c *call) nameTaken(o *organization, parent, self string) *Error {
	for _, n := range c.children(o, parent, unitNode) {
		if n.name == c.text("Name") && n.id != self {
			return errorf("DuplicateOrganizationalUnitException", "An OU with the same name already exists.")
		}
	}
	return nil
}

func (c *call) createUnit(o *organization) (Object, *Error) {
	parent, err := c.parent(o)
	if err != nil {
		return nil, err
	}
	if len(c.line(parent)) > maxUnitDepth {
		return nil, errorf("ConstraintViolationException", "You have exceeded the maximum organizational unit nesting depth.") // text is ours
	}
	if err := c.nameTaken(o, parent.id, ""); err != nil {
		return nil, err
	}
	o, ordinal := c.next(o)
	n := c.putNode(node{
		kind: unitNode, id: c.orGiven("ou-", "ou-"+o.root[2:]+"-"+c.drawLower(fmt.Sprintf("organizations/%s/ou/%d", o.id, ordinal), 8)),
		organization: o.id, parent: parent.id, name: c.text("Name"), ordinal: ordinal, attached: o.defaults(),
	})
	return Object{{"OrganizationalUnit", c.unitOutput(o)(n)}}, nil
}

func (c *call) updateUnit(o *organization) (Object, *Error) {
	n, err := c.unit(o)
	if err != nil {
		return nil, err
	}
	if c.text("Name") != "" {
		if err := c.nameTaken(o, n.parent, n.id); err != nil {
			return nil, err
		}
		changed := *n
		changed.name = c.text("Name")
		n = c.putNode(changed)
	}
	return Object{{"OrganizationalUnit", c.unitOutput(o)(n)}}, nil
}

func (c *call) deleteUnit(o *organization) (Object, *Error) {
	n, err := c.unit(o)
	if err != nil {
		return nil, err
	}
	if len(c.nodesOf(o, func(below *node) bool { return below.parent == n.id })) > 0 {
		return nil, errorf("OrganizationalUnitNotEmptyException", "You can't delete an organizational unit that is not empty.") // text is ours
	}
	delete(c.nodes, n.id)
	return nothing, nil
}

func (c *call) describeUnit(o *organization) (Object, *Error) {
	n, err := c.unit(o)
	if err != nil {
		return nil, err
	}
	return Object{{"OrganizationalUnit", c.unitOutput(o)(n)}}, nil
}

func (c *call) listUnitsForParent(o *organization) (Object, *Error) {
	parent, err := c.parent(o)
	if err != nil {
		return nil, err
	}
	return organizationPage(c, "OrganizationalUnits", c.children(o, parent.id, unitNode), c.unitOutput(o))
}

func (c *call) listAccountsForParent(o *organization) (Object, *Error) {
	parent, err := c.parent(o)
	if err != nil {
		return nil, err
	}
	return organizationPage(c, "Accounts", c.children(o, parent.id, accountNode), c.accountOutput(o))
}

func (c *call) listChildren(o *organization) (Object, *Error) {
	parent, err := c.parent(o)
	if err != nil {
		return nil, err
	}
	found := c.children(o, parent.id, nodeKind(c.text("ChildType")))
	return organizationPage(c, "Children", found, func(n *node) Object { return Object{{"Id", n.id}, {"Type", n.kind}} })
}

func (c *call) listParents(o *organization) (Object, *Error) {
	n := c.nodes[c.text("ChildId")]
	if n == nil || n.organization != o.id || n.kind == rootNode {
		return nil, errorf("ChildNotFoundException", "You specified a child that doesn't exist.")
	}
	return organizationPage(c, "Parents", []*node{c.nodes[n.parent]}, func(n *node) Object { return Object{{"Id", n.id}, {"Type", n.kind}} })
}

func (c *call) moveAccount(o *organization) (Object, *Error) {
	n, err := c.memberAccount(o)
	if err != nil {
		return nil, err
	}
	from, to := c.container(o, "SourceParentId"), c.container(o, "DestinationParentId")
	switch {
	case from == nil || n.parent != from.id:
		return nil, errorf("SourceParentNotFoundException", "You specified a source parent that doesn't exist.")
	case to == nil:
		return nil, errorf("DestinationParentNotFoundException", "You specified a destination parent that doesn't exist.")
	case from.id == to.id:
		return nil, errorf("DuplicateAccountException", "The specified account is already present in the specified destination.")
	}
	changed := *n
	changed.parent = to.id
	c.putNode(changed)
	return nothing, nil
}
