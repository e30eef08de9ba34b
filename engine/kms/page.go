package kms

import (
	"encoding/base64"
	"strings"

	"kmsplayground/engine/catalog"
)

// pageOutput is the part that all lists share.
type pageOutput struct {
	NextMarker string `json:",omitempty"`
	Truncated  bool
}

type page[T any] struct {
	items []T
	pageOutput
}

const markerPrefix = "KMS Playground marker 1 "

// paginate cuts the page that Limit and Marker ask for out of items. id tells items apart; a marker names the last
// item of the page before, which may be gone by now.
func paginate[T any](c *call, items []T, id func(T) string) (page[T], *Error) {
	limit := c.int("Limit", catalog.PageSize(c.op.name))
	if c.has("Marker") {
		after, ok := readMarker(c.str("Marker"))
		if !ok {
			return page[T]{}, errorf(invalidMarker, "")
		}
		start := 0
		for i := range items {
			if id(items[i]) == after {
				start = i + 1
			}
		}
		items = items[start:]
	}
	if len(items) <= limit {
		return page[T]{items: items}, nil
	}
	next := base64.StdEncoding.EncodeToString([]byte(markerPrefix + id(items[limit-1])))
	return page[T]{items[:limit], pageOutput{next, true}}, nil
}

func readMarker(marker string) (after string, ok bool) {
	text, err := base64.StdEncoding.DecodeString(marker)
	if err != nil {
		return "", false
	}
	return strings.CutPrefix(string(text), markerPrefix)
}
