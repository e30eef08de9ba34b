package awscli

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"kmsplayground/engine/catalog"
)

// reader turns the words of options into values. Values are string, []byte (a decoded blob), json.Number, bool, []any
// and object.
type reader struct {
	files func(name string) ([]byte, error)
	// raw: --cli-binary-format raw-in-base64-out, a blob on the command line is the text itself.
	raw bool
}

// paramError is what the AWS CLI says of the value of one option.
func paramError(option, message string) *Error {
	return &Error{"\nError parsing parameter '" + option + "': " + message + "\n", exitUsage}
}

// load replaces file://name and fileb://name by what the file holds.
func (r reader) load(option, word string) (any, *Error) {
	name, binary := strings.CutPrefix(word, "fileb://")
	if !binary {
		var ok bool
		if name, ok = strings.CutPrefix(word, "file://"); !ok {
			return word, nil
		}
	}
	content, err := r.files(name)
	if err != nil {
		return nil, paramError(option, "Unable to load paramfile "+word+": "+err.Error())
	}
	if binary {
		return content, nil
	}
	if !utf8.Valid(content) {
		return nil, paramError(option, "Unable to load paramfile ("+name+"), text contents could not be decoded.  "+
			"If this is a binary file, please use the fileb:// prefix instead of the file:// prefix.")
	}
	return string(content), nil
}

// read gives the value of one option.
func (r reader) read(o *option, words []string) (any, *Error) {
	if o.shape.Type == catalog.Boolean {
		return words[0] == "true", nil
	}
	if o.shape.Streaming {
		return r.stream(o, words[0])
	}
	if o.shape.Type != catalog.List || len(words) == 1 {
		value, err := r.load(o.name, words[0])
		if err != nil {
			return nil, err
		}
		if text, ok := value.(string); ok {
			return r.text(o, text, value != any(words[0]))
		}
		return value, nil
	}
	return r.words(o, words)
}

// text reads an option that is one word, or one file.
func (r reader) text(o *option, text string, fromFile bool) (any, *Error) {
	switch o.shape.Type {
	case catalog.List:
		if strings.HasPrefix(strings.TrimSpace(text), "[") {
			return r.json(o, text)
		}
		if fromFile && !isComplex(o.shape.Member) {
			// The AWS CLI would take every character of the file as an element.
			return nil, paramError(o.name, "a list that is read from a file must be JSON")
		}
		return r.words(o, []string{text})
	case catalog.Structure, catalog.Map:
		if strings.TrimSpace(text) == "" || strings.ContainsAny(strings.TrimSpace(text)[:1], "{[") {
			return r.json(o, text)
		}
		value, problem := parseShorthand(text)
		if problem != "" {
			return nil, paramError(o.name, problem)
		}
		return fit(o.shape, value), nil
	case catalog.Integer:
		return integer(text)
	}
	return text, nil
}

// words reads the elements of a list.
func (r reader) words(o *option, words []string) (any, *Error) {
	list := []any{}
	for _, word := range words {
		if !isComplex(o.shape.Member) {
			if o.shape.Member.Type == catalog.Integer {
				n, err := integer(word)
				if err != nil {
					return nil, err
				}
				list = append(list, n)
				continue
			}
			list = append(list, word)
			continue
		}
		if strings.HasPrefix(strings.TrimSpace(words[0]), "{") {
			value, err := r.json(o, word)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
			continue
		}
		value, problem := parseShorthand(word)
		if problem != "" {
			return nil, paramError(o.name, problem)
		}
		list = append(list, fit(o.shape.Member, value))
	}
	return list, nil
}

func (r reader) json(o *option, text string) (any, *Error) {
	value, err := decodeOrdered([]byte(text))
	if err != nil {
		return nil, paramError(o.name, "Invalid JSON: "+jsonProblem(text, err)+"\nJSON received: "+text)
	}
	return value, nil
}

// jsonProblem says what is wrong and where, as Python's json module places it.
func jsonProblem(text string, err error) string {
	if whole, ok := err.(jsonError); ok {
		return whole.Error()
	}
	offset := int64(len(text))
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the text ends too early")
	}
	if syntax, ok := err.(*json.SyntaxError); ok {
		offset = max(syntax.Offset-1, 0)
	}
	return err.Error() + ": " + place([]byte(text), offset)
}

func integer(text string) (any, *Error) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return nil, &Error{"\ninvalid literal for int() with base 10: '" + text + "'\n", exitGeneral}
	}
	return json.Number(strconv.FormatInt(n, 10)), nil
}

func isComplex(s *catalog.Shape) bool {
	return s.Type == catalog.Structure || s.Type == catalog.List || s.Type == catalog.Map
}

// fit gives the strings of shorthand the types of the model: numbers, booleans, and a list where one value stands for
// a list of one.
func fit(shape *catalog.Shape, value any) any {
	switch v := value.(type) {
	case object:
		for i := range v {
			if inner := memberShape(shape, v[i].name); inner != nil {
				v[i].value = fit(inner, v[i].value)
			}
		}
	case []any:
		if shape.Type == catalog.List {
			for i := range v {
				v[i] = fit(shape.Member, v[i])
			}
		}
	case string:
		return fitScalar(shape, v)
	}
	return value
}

func fitScalar(shape *catalog.Shape, text string) any {
	switch shape.Type {
	case catalog.List:
		return []any{fit(shape.Member, text)}
	case catalog.Integer:
		if _, err := strconv.ParseInt(text, 10, 64); err == nil {
			return json.Number(text)
		}
	case catalog.Boolean:
		switch strings.ToLower(text) {
		case "true":
			return true
		case "false":
			return false
		}
	}
	return text
}

// memberShape is the shape of a member of a structure or of a value of a map, nil for an unknown one.
func memberShape(shape *catalog.Shape, name string) *catalog.Shape {
	switch shape.Type {
	case catalog.Map:
		return shape.Member
	case catalog.Structure:
		for i := range shape.Fields {
			if shape.Fields[i].Name == name {
				return shape.Fields[i].Shape
			}
		}
	}
	return nil
}

// settle decodes blobs and times, wherever they are in value.
func (r reader) settle(shape *catalog.Shape, value any) (any, *Error) {
	switch v := value.(type) {
	case object:
		out := make(object, len(v))
		for i, m := range v {
			out[i] = m
			if inner := memberShape(shape, m.name); inner != nil {
				settled, err := r.settle(inner, m.value)
				if err != nil {
					return nil, err
				}
				out[i].value = settled
			}
		}
		return out, nil
	case []any:
		if shape.Type != catalog.List {
			return value, nil
		}
		out := make([]any, len(v))
		for i := range v {
			settled, err := r.settle(shape.Member, v[i])
			if err != nil {
				return nil, err
			}
			out[i] = settled
		}
		return out, nil
	case string:
		return r.settleText(shape, v)
	}
	return value, nil
}

func (r reader) settleText(shape *catalog.Shape, text string) (any, *Error) {
	switch shape.Type {
	case catalog.Blob:
		if r.raw {
			return []byte(text), nil
		}
		blob, ok := looseBase64(text)
		if !ok {
			return nil, &Error{"\nInvalid base64: \"" + text + "\"\n", exitGeneral}
		}
		return blob, nil
	case catalog.Timestamp:
		if seconds, ok := epoch(text); ok {
			return seconds, nil
		}
	}
	return text, nil
}

// looseBase64 decodes as Python's base64.b64decode does: characters outside the alphabet are skipped, padding must be
// complete, what follows it is ignored.
func looseBase64(text string) ([]byte, bool) {
	var digits []byte
	padding := 0
scan:
	for i := range len(text) {
		switch c := text[i]; {
		case isUpper(c), isLower(c), '0' <= c && c <= '9', c == '+', c == '/':
			digits = append(digits, c)
			padding = 0
		case c == '=' && len(digits)%4 >= 2:
			if padding++; len(digits)%4+padding == 4 {
				break scan
			}
		}
	}
	if rest := len(digits) % 4; rest == 1 || rest != 0 && rest+padding != 4 {
		return nil, false
	}
	blob, err := base64.RawStdEncoding.DecodeString(string(digits))
	return append([]byte{}, blob...), err == nil
}

// epoch reads a time as botocore does: ISO 8601, or seconds since 1970.
func epoch(text string) (json.Number, bool) {
	if f, err := strconv.ParseFloat(text, 64); err == nil && f == f && f < 1e12 && f > -1e12 {
		return json.Number(strconv.FormatFloat(f, 'f', -1, 64)), true
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.Parse(layout, text); err == nil {
			return seconds(t), true
		}
	}
	return "", false
}

// seconds writes a time as AWS JSON does.
func seconds(t time.Time) json.Number {
	if ms := t.UnixMilli(); ms%1000 != 0 {
		return json.Number(fmt.Sprintf("%d.%03d", t.Unix(), t.Nanosecond()/1e6))
	}
	return json.Number(strconv.FormatInt(t.Unix(), 10))
}
