package awscli

import (
	"encoding/json"
	"strings"

	"kmsplayground/engine/catalog"
)

// skeleton is --generate-cli-skeleton: a document to fill in for --cli-input-json.
func (c *Command) skeleton(words []string) *Error {
	kind := strings.Join(words, " ")
	switch kind {
	case "", "input":
		c.Skeleton = jsonText(blank(&catalog.Shape{Type: catalog.Structure, Fields: c.operation.Input}, nil))
	case "output", "yaml-input":
		return usageError("argument --generate-cli-skeleton: '" + kind + "' is not available in the playground, which has input")
	default:
		return usageError("argument --generate-cli-skeleton: Found invalid choice '" + kind + "'\n")
	}
	return nil
}

// blank fills a shape with botocore's placeholders: "", the first value of an enum, 0, true, one element.
func blank(shape *catalog.Shape, within []*catalog.Shape) any {
	switch shape.Type {
	case catalog.String:
		if len(shape.Enum) > 0 {
			return shape.Enum[0]
		}
		return ""
	case catalog.Integer:
		return json.Number("0")
	case catalog.Boolean:
		return true
	case catalog.Timestamp:
		return "1970-01-01T00:00:00"
	}
	for _, outer := range within {
		if outer == shape {
			return object{}
		}
	}
	within = append(within, shape)
	switch shape.Type {
	case catalog.List:
		return []any{blank(shape.Member, within)}
	case catalog.Map:
		return object{{"KeyName", blank(shape.Member, within)}}
	case catalog.Structure:
		o := object{}
		for _, f := range shape.Fields {
			o = append(o, member{f.Name, blank(f.Shape, within)})
		}
		return o
	}
	return nil
}
