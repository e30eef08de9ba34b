package kms

import (
	"slices"
	"strings"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/iam"
)

type tagEntry struct{ TagKey, TagValue string }

// tags are those of a parameter, sorted by key.
func (c *call) tags(name string) []iam.Tag {
	tags := []iam.Tag{}
	for _, item := range c.member(name).Array() {
		tags = append(tags, iam.Tag{Key: catalog.Member(item, "TagKey").Str, Value: catalog.Member(item, "TagValue").Str})
	}
	slices.SortStableFunc(tags, byKey)
	return tags
}

func byKey(a, b iam.Tag) int { return strings.Compare(a.Key, b.Key) }

func checkTags(c *call) *Error {
	tags := c.tags("Tags")
	for i, tag := range tags {
		if strings.HasPrefix(strings.ToLower(tag.Key), "aws:") {
			return errorf(tagException, "Tags beginning with aws: are reserved")
		}
		if i > 0 && tag.Key == tags[i-1].Key {
			return errorf(tagException, "Duplicate tag keys")
		}
	}
	if len(tags) > catalog.TagsPerKey {
		return errorf(tagException, "Too many tags")
	}
	return nil
}

func tagConditions(c *call, f *filler) { f.requestTags(c.tags("Tags")) }

func untagConditions(c *call, f *filler) { f.setList("aws:TagKeys", c.list("TagKeys")) }

func tagResource(c *call) (any, *Error) {
	key := *c.keys[0].key
	tags := c.tags("Tags")
	for _, old := range key.Tags {
		if !slices.ContainsFunc(tags, func(t iam.Tag) bool { return t.Key == old.Key }) {
			tags = append(tags, old)
		}
	}
	if len(tags) > catalog.TagsPerKey {
		return nil, errorf(tagException, "Too many tags")
	}
	slices.SortFunc(tags, byKey)
	c.retag(key, tags)
	return nil, nil
}

func untagResource(c *call) (any, *Error) {
	key, gone := *c.keys[0].key, c.list("TagKeys")
	c.retag(key, slices.DeleteFunc(slices.Clone(key.Tags), func(t iam.Tag) bool { return slices.Contains(gone, t.Key) }))
	return nil, nil
}

// retag gives a key its tags. Authorization sees all tags of a key as they were after the same change.
func (c *call) retag(key Key, tags []iam.Tag) {
	key.past.tags = key.past.tags.with(key.Tags, tags, c.Now, c.visibleAt(&key, "tags", tagLag))
	key.Tags = tags
	c.put(key)
}

func listResourceTags(c *call) (any, *Error) {
	page, err := paginate(c, c.keys[0].key.Tags, func(t iam.Tag) string { return t.Key })
	if err != nil {
		return nil, err
	}
	list := make([]tagEntry, len(page.items))
	for i, t := range page.items {
		list[i] = tagEntry{t.Key, t.Value}
	}
	return struct {
		Tags []tagEntry
		pageOutput
	}{list, page.pageOutput}, nil
}
