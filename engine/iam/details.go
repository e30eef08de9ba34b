package iam

import (
	"slices"
)

// getAccountAuthorizationDetails answers everything that decides in an account: users, groups, roles and managed
// policies with their texts, one list behind the other in pages. AWS managed policies are shown when they are in use.
func (c *call) getAccountAuthorizationDetails() (Object, *Error) {
	wanted := c.strings("Filter")
	var all []Member // the list that a detail belongs to, and the detail
	add := func(kind, list string, detail Object) {
		if len(wanted) == 0 || slices.Contains(wanted, kind) {
			all = append(all, Member{list, detail})
		}
	}
	for _, k := range []kind{userKind, groupKind, roleKind} {
		for _, e := range c.list(c.account, k, "") {
			add(k.title(), k.title()+"DetailList", c.detail(e))
		}
	}
	for _, p := range c.inUse(c.account) {
		kind := "LocalManagedPolicy"
		if p.account == "aws" {
			kind = "AWSManagedPolicy"
		}
		add(kind, "Policies", c.policyDetail(p))
	}
	page, err := paginate(c, "Page", all, func(m Member) any { return m })
	if err != nil {
		return nil, err
	}
	o := Object{}
	for _, list := range []string{"UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"} {
		details := []any{}
		for _, m := range page[0].Value.([]any) {
			if m.(Member).Name == list {
				details = append(details, m.(Member).Value)
			}
		}
		o = append(o, Member{list, details})
	}
	return append(o, page[1:]...), nil
}

// detail is a user, group or role with its policies.
func (c *call) detail(e *entity) Object {
	title := e.kind.title()
	o := Object{
		{"Path", e.path}, {title + "Name", e.name}, {title + "Id", e.id},
		{"Arn", e.arn().String()}, {"CreateDate", stamp(e.created)},
	}
	if e.kind == roleKind {
		o = append(o, Member{"AssumeRolePolicyDocument", c.trustText(e)}, Member{"InstanceProfileList", []any{}})
	}
	if e.kind == groupKind || len(e.inline) > 0 || e.kind == roleKind {
		o = append(o, Member{title + "PolicyList", objects(e.inline, func(p inlinePolicy) Object {
			return Object{{"PolicyName", p.name}, {"PolicyDocument", p.text}}
		})})
	}
	if e.kind == userKind {
		o = append(o, Member{"GroupList", names(c.groupsOf(e))})
	}
	o = append(o, Member{"AttachedManagedPolicies", c.attachedViews(e)})
	if e.kind == groupKind {
		return o
	}
	if e.boundary != "" {
		o = append(o, boundaryMember(e))
	}
	o = append(o, Member{"Tags", append([]Tag{}, e.tags...)})
	if e.kind == roleKind {
		o = append(o, Member{"RoleLastUsed", Object{}})
	}
	return o
}

// policyDetail is a managed policy with the texts of all its versions, the newest first.
func (c *call) policyDetail(p *managedPolicy) Object {
	versions := slices.Clone(p.versions)
	slices.Reverse(versions)
	o := slices.DeleteFunc(c.policyOutput(p, whole), func(m Member) bool { return m.Name == "Tags" })
	return append(o, Member{"PolicyVersionList", objects(versions, func(v policyVersion) Object { return c.versionOutput(p, v, true) })})
}

// listEntitiesForPolicy answers who carries a managed policy, as a policy or as a boundary: groups, users and roles,
// one list behind the other in pages.
func (c *call) listEntitiesForPolicy() (Object, *Error) {
	p, err := c.managed()
	if err != nil {
		return nil, err
	}
	carriers := []*entity{}
	for _, k := range []kind{groupKind, userKind, roleKind} {
		if filter := c.text("EntityFilter"); filter != "" && filter != k.title() {
			continue
		}
		for _, e := range c.list(c.account, k, c.path("PathPrefix")) {
			if c.carries(e, p.arn()) {
				carriers = append(carriers, e)
			}
		}
	}
	page, err := paginate(c, "Page", carriers, func(e *entity) any { return e })
	if err != nil {
		return nil, err
	}
	o := Object{}
	for _, k := range []kind{groupKind, userKind, roleKind} {
		of := []Object{}
		for _, e := range page[0].Value.([]any) {
			if e := e.(*entity); e.kind == k {
				of = append(of, Object{{k.title() + "Name", e.name}, {k.title() + "Id", e.id}})
			}
		}
		o = append(o, Member{"Policy" + k.title() + "s", of})
	}
	return append(o, page[1:]...), nil
}

// carries reports whether an entity uses a policy in the way that PolicyUsageFilter asks for.
func (c *call) carries(e *entity, policy string) bool {
	usage := c.text("PolicyUsageFilter")
	return usage != "PermissionsBoundary" && slices.Contains(e.attached, policy) ||
		usage != "PermissionsPolicy" && e.boundary == policy
}

// listInstanceProfilesForRole finds none: EC2's instances take their role in the services' scenarios without one.
func (c *call) listInstanceProfilesForRole() (Object, *Error) {
	if _, err := c.existing(roleKind); err != nil {
		return nil, err
	}
	return paginate(c, "InstanceProfiles", []any{}, func(v any) any { return v })
}
