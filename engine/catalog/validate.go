package catalog

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/tidwall/gjson"
)

// Validate checks input against the constraints of op's model and returns AWS's text of the ValidationException, or
// "" when there is nothing to say. A null member counts as missing.
//
// AWS reports all violations of a request at once; their order, lengths before patterns and members in the order of
// the model, is ours.
func Validate(op Operation, input gjson.Result) string {
	var v validation
	v.structure(op.Input, input, "")
	switch len(v.errors) {
	case 0:
		return ""
	case 1:
		return "1 validation error detected: " + v.errors[0]
	}
	return strconv.Itoa(len(v.errors)) + " validation errors detected: " + strings.Join(v.errors, "; ")
}

type validation struct{ errors []string }

func (v *validation) structure(fields []Field, input gjson.Result, prefix string) {
	var room [manyFields]gjson.Result
	for i, value := range members(room[:0], fields, input) {
		field := &fields[i]
		if value.Type != gjson.Null {
			v.value(field.Shape, value, place{prefix, field.Name})
		} else if field.Required {
			v.report("Value null ", place{prefix, field.Name}, "Member must not be null")
		}
	}
}

// place is where a value is: "tags.1.member." and "TagKey".
type place struct{ prefix, name string }

func (p place) String() string { return p.prefix + lowerFirst(p.name) }

func (v *validation) report(value string, at place, broken string) {
	v.errors = append(v.errors, value+"at '"+at.String()+"' failed to satisfy constraint: "+broken)
}

// manyFields is more than most structures have.
const manyFields = 10

// members are the values of fields in a JSON object, read in one pass, in room if there is enough.
func members(room []gjson.Result, fields []Field, input gjson.Result) []gjson.Result {
	values := append(room, make([]gjson.Result, len(fields))...)
	if !input.IsObject() {
		return values
	}
	input.ForEach(func(k, value gjson.Result) bool {
		for i := range fields {
			if fields[i].Name == k.Str && !values[i].Exists() {
				values[i] = value
				break
			}
		}
		return true
	})
	return values
}

func (v *validation) value(shape *Shape, value gjson.Result, at place) {
	for _, broken := range violations(shape, value) {
		v.report("Value "+shown(shape, value), at, broken)
	}
	switch shape.Type {
	case Structure:
		v.structure(shape.Fields, value, at.String()+".")
	case List:
		v.list(shape, value, at)
	case Map:
		v.mapping(shape, value, at)
	}
}

// A list of structures names the member that is wrong ("tags.1.member.tagKey", counted from 1); a list of plain values
// is shown whole, with all constraints of its members.
func (v *validation) list(shape *Shape, value gjson.Result, at place) {
	bad := false
	for i, item := range value.Array() {
		if shape.Member.Type == Structure {
			v.structure(shape.Member.Fields, item, at.String()+"."+strconv.Itoa(i+1)+".member.")
		} else if len(violations(shape.Member, item)) > 0 {
			bad = true
		}
	}
	if bad {
		v.report("Value "+shown(shape, value), at, "Member must satisfy constraint: ["+strings.Join(constraints(shape.Member), ", ")+"]")
	}
}

func (v *validation) mapping(shape *Shape, value gjson.Result, at place) {
	if len(constraints(shape.Key))+len(constraints(shape.Member)) == 0 {
		return
	}
	badKey, badValue := false, false
	value.ForEach(func(k, item gjson.Result) bool {
		badKey = badKey || len(violations(shape.Key, k)) > 0
		badValue = badValue || len(violations(shape.Member, item)) > 0
		return true
	})
	if badKey {
		v.report("Value "+shown(shape, value), at, "Map keys must satisfy constraint: ["+strings.Join(constraints(shape.Key), ", ")+"]")
	}
	if badValue {
		v.report("Value "+shown(shape, value), at, "Map value must satisfy constraint: ["+strings.Join(constraints(shape.Member), ", ")+"]")
	}
}

// violations are the constraints of shape that value breaks, as AWS words them.
func violations(shape *Shape, value gjson.Result) []string {
	var broken []string
	size, noun := measure(shape, value)
	if noun != "" && shape.HasMin && size < shape.Min {
		broken = append(broken, fmt.Sprintf("Member must have %s greater than or equal to %d", noun, shape.Min))
	}
	if noun != "" && shape.HasMax && size > shape.Max {
		broken = append(broken, fmt.Sprintf("Member must have %s less than or equal to %d", noun, shape.Max))
	}
	if shape.Pattern != "" && !matches(shape.Pattern, value.Str) {
		broken = append(broken, "Member must satisfy regular expression pattern: "+shape.Pattern)
	}
	if len(shape.Enum) > 0 && !oneOf(shape.Enum, value.Str) {
		broken = append(broken, enumText(shape))
	}
	return broken
}

// constraints are all constraints of a list's or map's member, broken or not, in the order in which AWS lists them.
func constraints(shape *Shape) []string {
	var all []string
	noun := "length"
	if shape.Type == Integer {
		noun = "value"
	}
	if shape.HasMax {
		all = append(all, fmt.Sprintf("Member must have %s less than or equal to %d", noun, shape.Max))
	}
	if shape.HasMin {
		all = append(all, fmt.Sprintf("Member must have %s greater than or equal to %d", noun, shape.Min))
	}
	if shape.Pattern != "" {
		all = append(all, "Member must satisfy regular expression pattern: "+shape.Pattern)
	}
	if len(shape.Enum) > 0 {
		all = append(all, enumText(shape))
	}
	return all
}

func enumText(shape *Shape) string {
	return "Member must satisfy enum value set: [" + strings.Join(shape.Enum, ", ") + "]"
}

// measure is what Min and Max bound: the value of an integer, the number of UTF-16 units of a string (the services
// are written in Java), of bytes of a blob, of members of a list or map.
func measure(shape *Shape, value gjson.Result) (size int, noun string) {
	switch shape.Type {
	case Integer:
		return int(value.Num), "value"
	case String:
		return units(value.Str), "length"
	case Blob:
		return blobSize(value.Str), "length"
	case List:
		return len(value.Array()), "length"
	case Map:
		value.ForEach(func(_, _ gjson.Result) bool { size++; return true })
		return size, "length"
	}
	return 0, ""
}

func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

func blobSize(text string) int {
	return base64.RawStdEncoding.DecodedLen(len(strings.TrimRight(text, "=")))
}

func oneOf(values []string, value string) bool {
	for _, v := range values {
		if v == value {
			return true
		}
	}
	return false
}

// shown is the value as AWS repeats it, with a space behind it; nothing for sensitive members. Blobs appear as Java
// prints a buffer.
func shown(shape *Shape, value gjson.Result) string {
	if shape.Sensitive {
		return ""
	}
	if shape.Type == Blob {
		n := blobSize(value.Str)
		return fmt.Sprintf("'java.nio.HeapByteBuffer[pos=0 lim=%d cap=%d]' ", n, n)
	}
	return "'" + javaText(value) + "' "
}

// javaText is how Java's collections print: [a, b] and {k=v}.
func javaText(value gjson.Result) string {
	var parts []string
	switch {
	case value.IsArray():
		for _, item := range value.Array() {
			parts = append(parts, javaText(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case value.IsObject():
		value.ForEach(func(k, item gjson.Result) bool {
			parts = append(parts, k.Str+"="+javaText(item))
			return true
		})
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return value.String()
}

func lowerFirst(name string) string { return strings.ToLower(name[:1]) + name[1:] }

// Member returns a direct member of a JSON object by its exact name; unlike gjson's Get it knows no paths. The first
// of several wins.
func Member(object gjson.Result, name string) gjson.Result {
	var found gjson.Result
	if !object.IsObject() {
		return found
	}
	object.ForEach(func(k, v gjson.Result) bool {
		if k.Str == name {
			found = v
			return false
		}
		return true
	})
	return found
}
