package iam

import (
	"slices"
	"strings"
)

// The tags of customer managed policies. Unlike those of users and roles, their keys differ by letter case.

// policyTags sorts the tags of a request.
func policyTags(tags []Tag) ([]Tag, *Error) {
	sorted := slices.Clone(tags)
	slices.SortFunc(sorted, func(a, b Tag) int { return strings.Compare(a.Key, b.Key) })
	for i := range sorted {
		if i > 0 && sorted[i].Key == sorted[i-1].Key {
			return nil, errorf("InvalidInput", "Duplicate tag keys found.")
		}
	}
	return sorted, nil
}

func (c *call) tagPolicy() (Object, *Error) {
	p, err := c.own()
	if err != nil {
		return nil, err
	}
	more, err := policyTags(c.tags())
	if err != nil {
		return nil, err
	}
	kept := slices.DeleteFunc(slices.Clone(p.tags), func(old Tag) bool {
		return slices.ContainsFunc(more, func(t Tag) bool { return t.Key == old.Key })
	})
	changed := *p
	if changed.tags, err = policyTags(append(kept, more...)); err != nil {
		return nil, err
	}
	if len(changed.tags) > maxTags {
		return nil, tooManyTags()
	}
	c.policies[p.arn()] = &changed
	return nothing, nil
}

func (c *call) untagPolicy() (Object, *Error) {
	p, err := c.own()
	if err != nil {
		return nil, err
	}
	changed := *p
	changed.tags = slices.DeleteFunc(slices.Clone(p.tags), func(t Tag) bool { return slices.Contains(c.strings("TagKeys"), t.Key) })
	c.policies[p.arn()] = &changed
	return nothing, nil
}

func (c *call) listPolicyTags() (Object, *Error) {
	p, err := c.managed()
	if err != nil {
		return nil, err
	}
	return paginate(c, "Tags", p.tags, func(t Tag) any { return t })
}
