package iam

import "slices"

// Which policies are attached where, and which types of policy are enabled.

// ownRoot finds what RootId names.
func (c *call) ownRoot(o *organization) *Error {
	if c.text("RootId") != o.root {
		return errorf("RootNotFoundException", "You specified a root that doesn't exist.")
	}
	return nil
}

// enablePolicyType attaches AWS's own policy of the type to everything, so that nothing changes yet.
func (c *call) enablePolicyType(o *organization) (Object, *Error) {
	t, err := c.switchable(o)
	if err != nil {
		return nil, err
	}
	if slices.Contains(o.enabled, t) {
		return nil, errorf("PolicyTypeAlreadyEnabledException", "The specified policy type is already enabled.")
	}
	changed := *o
	changed.enabled = append(slices.Clone(o.enabled), t)
	c.organizations[o.id] = &changed
	c.reattach(o, func(attached []string) []string { return append(attached, controlRules[t].managed) })
	return Object{{"Root", c.rootOutput(&changed, c.nodes[o.root])}}, nil
}

// disablePolicyType detaches every policy of the type; enabling it again does not bring them back.
func (c *call) disablePolicyType(o *organization) (Object, *Error) {
	t, err := c.switchable(o)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(o.enabled, t) {
		return nil, typeNotEnabled()
	}
	changed := *o
	changed.enabled = slices.DeleteFunc(slices.Clone(o.enabled), func(e controlType) bool { return e == t })
	c.organizations[o.id] = &changed
	c.reattach(o, func(attached []string) []string {
		return slices.DeleteFunc(attached, func(id string) bool { return c.control(id).kind == t })
	})
	return Object{{"Root", c.rootOutput(&changed, c.nodes[o.root])}}, nil
}

// switchable reads the root and the type that a request is about.
func (c *call) switchable(o *organization) (controlType, *Error) {
	if err := c.ownRoot(o); err != nil {
		return "", err
	}
	return c.policyType("PolicyType", o)
}

func typeNotEnabled() *Error {
	return errorf("PolicyTypeNotEnabledException", "This operation can be performed only for enabled policy types.")
}

// reattach changes what is attached to every node of an organization.
func (c *call) reattach(o *organization, change func([]string) []string) {
	for _, n := range c.nodesOf(o, func(*node) bool { return true }) {
		changed := *n
		changed.attached = change(slices.Clone(n.attached))
		c.putNode(changed)
	}
}

// targetNode finds what TargetId names.
func (c *call) targetNode(o *organization) (*node, *Error) {
	if n := c.nodes[c.text("TargetId")]; n != nil && n.organization == o.id {
		return n, nil
	}
	return nil, errorf("TargetNotFoundException", "You specified a target that doesn't exist.")
}

// attachment finds the policy and the target of a request.
func (c *call) attachment(o *organization) (*controlPolicy, *node, *Error) {
	p, err := c.organizationPolicy(o)
	if err != nil {
		return nil, nil, err
	}
	n, err := c.targetNode(o)
	if err != nil {
		return nil, nil, err
	}
	if !slices.Contains(o.enabled, p.kind) {
		return nil, nil, typeNotEnabled()
	}
	return p, n, nil
}

func (c *call) attachControl(o *organization) (Object, *Error) {
	p, n, err := c.attachment(o)
	switch {
	case err != nil:
		return nil, err
	case slices.Contains(n.attached, p.id):
		return nil, errorf("DuplicatePolicyAttachmentException", "The selected policy is already attached to the specified target.")
	case len(c.attachedTo(n, p.kind)) >= controlRules[p.kind].perTarget:
		return nil, errorf("ConstraintViolationException", "You have attached the maximum number of policies to the specified target.")
	}
	changed := *n
	changed.attached = append(slices.Clone(n.attached), p.id)
	c.putNode(changed)
	return nothing, nil
}

func (c *call) detachControl(o *organization) (Object, *Error) {
	p, n, err := c.attachment(o)
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(n.attached, p.id):
		return nil, errorf("PolicyNotAttachedException", "The specified policy isn't attached to the specified target.")
	case p.id == controlRules[resourceControl].managed:
		return nil, errorf("InvalidInputException", "You can't detach this AWS managed policy.")
	case len(c.attachedTo(n, p.kind)) == 1:
		return nil, errorf("ConstraintViolationException",
			"You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.")
	}
	changed := *n
	changed.attached = slices.DeleteFunc(slices.Clone(n.attached), func(id string) bool { return id == p.id })
	c.putNode(changed)
	return nothing, nil
}

func (c *call) listControlsForTarget(o *organization) (Object, *Error) {
	n, err := c.targetNode(o)
	if err != nil {
		return nil, err
	}
	t, err := c.policyType("Filter", o)
	if err != nil {
		return nil, err
	}
	return organizationPage(c, "Policies", c.attachedTo(n, t), controlSummary)
}

// targetsOf are the nodes to which a policy is attached.
func (d *Directory) targetsOf(o *organization, p *controlPolicy) []*node {
	return d.nodesOf(o, func(n *node) bool { return slices.Contains(n.attached, p.id) })
}

func (c *call) listTargetsForControl(o *organization) (Object, *Error) {
	p, err := c.organizationPolicy(o)
	if err != nil {
		return nil, err
	}
	return organizationPage(c, "Targets", c.targetsOf(o, p), func(n *node) Object {
		return Object{{"TargetId", n.id}, {"Arn", o.arnOf(n)}, {"Name", c.nodeName(n)}, {"Type", n.kind}}
	})
}
