package wire

import (
	"encoding/xml"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/catalog"
)

// namespaces are those of the answers of a Query service.
var namespaces = map[string]string{
	"iam": "https://iam.amazonaws.com/doc/2010-05-08/",
	"sts": "https://sts.amazonaws.com/doc/2011-06-15/",
}

// namespace is the attribute that says it, empty for a request that names no service.
func namespace(service string) string {
	if name := namespaces[service]; name != "" {
		return ` xmlns="` + name + `"`
	}
	return ""
}

// tree writes XML as the Query services lay it out: two spaces for each level.
type tree struct {
	strings.Builder
	depth int
}

func (t *tree) line(text string) {
	t.WriteString(strings.Repeat("  ", t.depth) + text + "\n")
}

func (t *tree) open(name, attributes string) {
	t.line("<" + name + attributes + ">")
	t.depth++
}

func (t *tree) close(name string) {
	t.depth--
	t.line("</" + name + ">")
}

func (t *tree) text(name, text string) {
	t.line("<" + name + ">" + escaped(text) + "</" + name + ">")
}

// group writes an element with what is in it; with nothing in it, it is one tag.
func (t *tree) group(name string, within func()) {
	before := t.Len()
	t.open(name, "")
	inside := t.Len()
	within()
	if t.Len() > inside {
		t.close(name)
		return
	}
	text := t.String()[:before]
	t.Reset()
	t.WriteString(text)
	t.depth--
	t.line("<" + name + "/>")
}

// escaped leaves quotes as they are, as AWS does in texts.
func escaped(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text)) // a Builder takes all
	return unquoter.Replace(b.String())
}

var unquoter = strings.NewReplacer("&#39;", "'", "&#34;", `"`)

// response is the answer of a call that succeeded.
func response(req *request, a engine.Answer) []byte {
	t := &tree{}
	name := req.operation.Name
	t.open(name+"Response", namespace(req.service))
	if !nothing(req.operation) {
		t.group(name+"Result", func() { t.fields(req.service, req.operation.Output, gjson.ParseBytes(a.Output)) })
	}
	t.open("ResponseMetadata", "")
	t.text("RequestId", a.RequestID)
	t.close("ResponseMetadata")
	t.close(name + "Response")
	return []byte(t.String())
}

// fields writes the members of a structure in the order of the model.
func (t *tree) fields(service string, fields []catalog.Field, value gjson.Result) {
	for _, f := range fields {
		if v := catalog.Member(value, f.Name); v.Type != gjson.Null {
			t.value(service, f.Name, f.Shape, v)
		}
	}
}

func (t *tree) value(service, name string, shape *catalog.Shape, value gjson.Result) {
	switch shape.Type {
	case catalog.Structure:
		t.group(name, func() { t.fields(service, shape.Fields, value) })
	case catalog.List:
		t.group(name, func() {
			for _, item := range value.Array() {
				t.value(service, "member", shape.Member, item)
			}
		})
	case catalog.Map:
		t.group(name, func() {
			value.ForEach(func(k, v gjson.Result) bool {
				t.open("entry", "")
				t.text("key", k.Str)
				t.value(service, "value", shape.Member, v)
				t.close("entry")
				return true
			})
		})
	default:
		text := value.String()
		if shape.Document && service == "iam" {
			text = encoded(text)
		}
		t.text(name, text)
	}
}

// encoded is a policy document as IAM hands it out: encoded after RFC 3986.
func encoded(document string) string {
	return strings.ReplaceAll(url.QueryEscape(document), "+", "%20")
}

// errorResponse is the answer of a request that failed.
func errorResponse(service, requestID, code string, status int, message string) []byte {
	t := &tree{}
	t.open("ErrorResponse", namespace(service))
	t.open("Error", "")
	if status >= 500 {
		t.text("Type", "Receiver")
	} else {
		t.text("Type", "Sender")
	}
	t.text("Code", code)
	if message != "" {
		t.text("Message", message)
	}
	t.close("Error")
	t.text("RequestId", requestID)
	t.close("ErrorResponse")
	return []byte(t.String())
}
