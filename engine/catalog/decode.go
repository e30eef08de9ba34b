package catalog

import (
	"encoding/base64"
	"strings"

	"github.com/tidwall/gjson"
)

// Decodable checks that the JSON types of input are those of op's model and returns AWS's text of the
// SerializationException, or "". Members that the model does not know are ignored, as AWS does.
func Decodable(op Operation, input gjson.Result) string {
	if input.Type == gjson.Null {
		return ""
	}
	if !input.IsObject() {
		return "Unexpected value type in payload"
	}
	return decodableFields(op.Input, input)
}

func decodableFields(fields []Field, input gjson.Result) string {
	var room [manyFields]gjson.Result
	for i, value := range members(room[:0], fields, input) {
		if value.Type == gjson.Null {
			continue
		}
		if text := decodable(fields[i].Shape, value); text != "" {
			return text
		}
	}
	return ""
}

// The texts are those that AWS's JSON 1.1 services answer; which one meets which pair of types is not known for KMS.
func decodable(shape *Shape, value gjson.Result) string {
	switch shape.Type {
	case Structure:
		if !value.IsObject() {
			return "Unexpected value type in payload"
		}
		return decodableFields(shape.Fields, value)
	case List:
		if !value.IsArray() {
			return "Expected list or null"
		}
		for _, item := range value.Array() {
			if text := decodable(shape.Member, item); text != "" {
				return text
			}
		}
		return ""
	case Map:
		return decodableMap(shape, value)
	}
	return decodableScalar(shape, value)
}

func decodableMap(shape *Shape, value gjson.Result) (text string) {
	if !value.IsObject() {
		return "Unexpected value type in payload"
	}
	value.ForEach(func(_, item gjson.Result) bool {
		text = decodable(shape.Member, item)
		return text == ""
	})
	return text
}

func decodableScalar(shape *Shape, value gjson.Result) string {
	if value.IsObject() || value.IsArray() {
		return "Start of structure or map found where not expected."
	}
	ok, wanted := false, " a String"
	switch shape.Type {
	case String:
		ok = value.Type == gjson.String
	case Blob:
		ok, wanted = value.Type == gjson.String && isBase64(value.Str), " a ByteBuffer"
	case Integer:
		ok, wanted = value.Type == gjson.Number && !strings.ContainsAny(value.Raw, ".eE"), " an Integer"
	case Boolean:
		ok, wanted = value.IsBool(), " a Boolean"
	case Timestamp:
		ok, wanted = value.Type == gjson.Number, " a Date"
	}
	if ok {
		return ""
	}
	return jsonToken(value) + " can not be converted to" + wanted
}

func jsonToken(value gjson.Result) string {
	switch value.Type {
	case gjson.Null:
		return "NULL_VALUE"
	case gjson.String:
		return "STRING_VALUE"
	case gjson.Number:
		return "NUMBER_VALUE"
	case gjson.True:
		return "TRUE_VALUE"
	}
	return "FALSE_VALUE"
}

func isBase64(text string) bool {
	_, err := base64.StdEncoding.DecodeString(text)
	return err == nil
}
