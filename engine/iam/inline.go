package iam

import (
	"slices"
	"strings"

	"kmsplayground/engine/policy"
)

// maxInline are the quotas of all inline policies of an entity together, white space not counted (IAM quotas page, 2026).
var maxInline = map[kind]int{userKind: 2048, groupKind: 5120, roleKind: 10240}

func (c *call) inline(k kind) (*entity, int, *Error) {
	e, err := c.existing(k)
	if err != nil {
		return nil, 0, err
	}
	i := e.inlineIndex(c.text("PolicyName"))
	if i < 0 {
		return nil, 0, errorf("NoSuchEntity", "The %s policy with name %s cannot be found.", k, c.text("PolicyName"))
	}
	return e, i, nil
}

//go:noinline
func putInline(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, err := c.existing(k)
		if err != nil {
			return nil, err
		}
		stored, err := parse(policy.IdentityPolicy, c.text("PolicyDocument"))
		if err != nil {
			return nil, err
		}
		changed := *e
		changed.inline = e.withInline(inlinePolicy{c.text("PolicyName"), stored})
		total := 0
		for _, p := range changed.inline {
			total += length(p.text)
		}
		if total > maxInline[k] {
			return nil, errorf("LimitExceeded", "Maximum policy size of %d bytes exceeded for %s %s", maxInline[k], k, e.name)
		}
		c.put(changed)
		return nothing, nil
	}
}

// withInline returns the inline policies with p among them; one of the same name keeps the case of its creation.
func (e *entity) withInline(p inlinePolicy) []inlinePolicy {
	out := slices.Clone(e.inline)
	if i := e.inlineIndex(p.name); i >= 0 {
		p.name = out[i].name
		out[i] = p
		return out
	}
	out = append(out, p)
	slices.SortFunc(out, func(a, b inlinePolicy) int {
		return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return out
}

//go:noinline
func getInline(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, i, err := c.inline(k)
		if err != nil {
			return nil, err
		}
		return Object{
			{k.title() + "Name", e.name}, {"PolicyName", e.inline[i].name}, {"PolicyDocument", e.inline[i].text},
		}, nil
	}
}

//go:noinline
func deleteInline(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, i, err := c.inline(k)
		if err != nil {
			return nil, err
		}
		changed := *e
		changed.inline = slices.Delete(slices.Clone(e.inline), i, i+1)
		c.put(changed)
		return nothing, nil
	}
}

//go:noinline
func listInline(k kind) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		e, err := c.existing(k)
		if err != nil {
			return nil, err
		}
		return paginate(c, "PolicyNames", e.inline, func(p inlinePolicy) any { return p.name })
	}
}
