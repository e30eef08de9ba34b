package awscli

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"kmsplayground/engine/catalog"
)

// check says what the AWS CLI's client library finds wrong with an input before it sends it: members that are missing
// or unknown, wrong types, and lengths and values below the minimum (it leaves the maximum and the pattern to AWS).
func check(op *catalog.Operation, input object) *Error {
	c := &checker{}
	c.structure(op.Input, input, "")
	if len(c.problems) == 0 {
		return nil
	}
	return &Error{"\nParameter validation failed:\n" + strings.Join(c.problems, "\n") + "\n", exitUsage}
}

type checker struct{ problems []string }

func (c *checker) add(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

// path names a place: ".Tags[0]" is "Tags[0]", the whole is "input".
func path(at string) string {
	if at == "" {
		return "input"
	}
	return strings.TrimPrefix(at, ".")
}

func (c *checker) structure(fields []catalog.Field, value object, at string) {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
		if v, ok := value.get(f.Name); f.Required && (!ok || v == nil) {
			c.add("Missing required parameter in %s: %q", path(at), f.Name)
		}
	}
	whole := &catalog.Shape{Type: catalog.Structure, Fields: fields}
	for _, m := range value {
		shape := memberShape(whole, m.name)
		switch {
		case shape == nil:
			c.add("Unknown parameter in %s: \"%s\", must be one of: %s", path(at), m.name, strings.Join(names, ", "))
		case m.value != nil:
			c.value(shape, m.value, at+"."+m.name)
		}
	}
}

// validTypes are Python's, as the messages name them.
var validTypes = map[catalog.Type]string{
	catalog.String: "<class 'str'>", catalog.Integer: "<class 'int'>", catalog.Boolean: "<class 'bool'>",
	catalog.List: "<class 'list'>, <class 'tuple'>", catalog.Map: "<class 'dict'>", catalog.Structure: "<class 'dict'>",
	catalog.Blob:      "<class 'bytes'>, <class 'bytearray'>, file-like object",
	catalog.Timestamp: "<class 'datetime.datetime'>, timestamp-string",
}

func (c *checker) value(shape *catalog.Shape, value any, at string) {
	if !fitsType(shape.Type, value) {
		c.add("Invalid type for parameter %s, value: %s, type: %s, valid types: %s",
			path(at), pythonText(value), pythonType(value), validTypes[shape.Type])
		return
	}
	switch v := value.(type) {
	case string:
		c.length(shape, utf8.RuneCountInString(v), at)
	case json.Number:
		if n, err := v.Int64(); shape.Type == catalog.Integer && err == nil && shape.HasMin && n < int64(shape.Min) {
			c.add("Invalid range for parameter %s, value: %d, valid min value: %d", path(at), n, shape.Min)
		}
	case []any:
		c.length(shape, len(v), at)
		for i, item := range v {
			c.value(shape.Member, item, at+"["+strconv.Itoa(i)+"]")
		}
	case object:
		if shape.Type == catalog.Structure {
			c.structure(shape.Fields, v, at)
			return
		}
		c.length(shape, len(v), at)
		for _, m := range v {
			if shape.Key != nil {
				c.value(shape.Key, m.name, at+" (key: "+m.name+")")
			}
			c.value(shape.Member, m.value, at+"."+m.name)
		}
	}
}

func (c *checker) length(shape *catalog.Shape, n int, at string) {
	if shape.HasMin && n < shape.Min {
		c.add("Invalid length for parameter %s, value: %d, valid min length: %d", path(at), n, shape.Min)
	}
}

func fitsType(want catalog.Type, value any) bool {
	switch v := value.(type) {
	case string:
		return want == catalog.String
	case []byte:
		return want == catalog.Blob
	case bool:
		return want == catalog.Boolean
	case json.Number:
		return want == catalog.Timestamp || want == catalog.Integer && !strings.ContainsAny(string(v), ".eE")
	case []any:
		return want == catalog.List
	case object:
		return want == catalog.Map || want == catalog.Structure
	}
	return false
}

func pythonType(value any) string {
	switch v := value.(type) {
	case string:
		return "<class 'str'>"
	case []byte:
		return "<class 'bytes'>"
	case bool:
		return "<class 'bool'>"
	case json.Number:
		if strings.ContainsAny(string(v), ".eE") {
			return "<class 'float'>"
		}
		return "<class 'int'>"
	case []any:
		return "<class 'list'>"
	case object:
		return "<class 'dict'>"
	}
	return "<class 'NoneType'>"
}

// pythonText is Python's str() of a value.
func pythonText(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	return pythonRepr(value)
}

func pythonRepr(value any) string {
	switch v := value.(type) {
	case string:
		return "'" + strings.ReplaceAll(strings.ReplaceAll(v, `\`, `\\`), "'", `\'`) + "'"
	case []byte:
		return "b'" + strings.Trim(strconv.QuoteToASCII(string(v)), `"`) + "'"
	case bool:
		return map[bool]string{true: "True", false: "False"}[v]
	case json.Number:
		return string(v)
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = pythonRepr(v[i])
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case object:
		parts := make([]string, len(v))
		for i, m := range v {
			parts[i] = pythonRepr(m.name) + ": " + pythonRepr(m.value)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "None"
}
