package iam

import (
	"fmt"
	"slices"
)

// The operations on the versions of a customer managed policy.

func (c *call) versionOutput(p *managedPolicy, v policyVersion, text bool) Object {
	o := Object{}
	if text {
		o = Object{{"Document", v.text}}
	}
	return append(o, Member{"VersionId", v.id}, Member{"IsDefaultVersion", v.id == p.isDefault}, Member{"CreateDate", stamp(v.created)})
}

func (c *call) createPolicyVersion() (Object, *Error) {
	p, err := c.own()
	if err != nil {
		return nil, err
	}
	stored, err := c.managedText()
	if err != nil {
		return nil, err
	}
	if len(p.versions) >= maxPolicyVersions {
		return nil, errorf("LimitExceeded", "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.")
	}
	v := policyVersion{fmt.Sprintf("v%d", p.nextVersion), c.Now, stored}
	changed := *p
	changed.versions = append(slices.Clone(p.versions), v)
	changed.nextVersion++
	if c.flag("SetAsDefault") {
		changed.isDefault = v.id
	}
	changed.updated = c.Now
	c.policies[p.arn()] = &changed
	return Object{{"PolicyVersion", c.versionOutput(&changed, v, false)}}, nil
}

// version finds what PolicyArn and VersionId name. A policy that is missing is answered like a version that is.
func (c *call) version(find func() (*managedPolicy, *Error)) (*managedPolicy, int, *Error) {
	p, err := find()
	if err != nil && err.Code != "NoSuchEntity" {
		return nil, 0, err
	}
	if p != nil {
		if i := p.index(c.text("VersionId")); i >= 0 {
			return p, i, nil
		}
	}
	return nil, 0, errorf("NoSuchEntity", "Policy %s version %s does not exist or is not attachable.", c.text("PolicyArn"), c.text("VersionId"))
}

func (c *call) getPolicyVersion() (Object, *Error) {
	p, i, err := c.version(c.managed)
	if err != nil {
		return nil, err
	}
	return Object{{"PolicyVersion", c.versionOutput(p, p.versions[i], true)}}, nil
}

// listPolicyVersions shows the newest first.
func (c *call) listPolicyVersions() (Object, *Error) {
	p, err := c.managed()
	if err != nil {
		return nil, err
	}
	versions := slices.Clone(p.versions)
	slices.Reverse(versions)
	return paginate(c, "Versions", versions, func(v policyVersion) any { return c.versionOutput(p, v, false) })
}

func (c *call) deletePolicyVersion() (Object, *Error) {
	p, i, err := c.version(c.own)
	if err != nil {
		return nil, err
	}
	if p.versions[i].id == p.isDefault {
		return nil, errorf("DeleteConflict", "Cannot delete the default version of a policy.")
	}
	changed := *p
	changed.versions = slices.Delete(slices.Clone(p.versions), i, i+1)
	c.policies[p.arn()] = &changed
	return nothing, nil
}

func (c *call) setDefaultPolicyVersion() (Object, *Error) {
	p, i, err := c.version(c.own)
	if err != nil {
		return nil, err
	}
	changed := *p
	changed.isDefault = p.versions[i].id
	changed.updated = c.Now
	c.policies[p.arn()] = &changed
	return nothing, nil
}
