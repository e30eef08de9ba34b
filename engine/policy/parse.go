package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/condition"
	"kmsplayground/engine/source"
)

// Version20121017 is the version of the policy language that knows policy variables.
const Version20121017 = "2012-10-17"

const version20081017 = "2008-10-17"

// Parse reads a policy. It never fails: what it understood is in the document, what it did not in the diagnostics,
// sorted by place. A text that is no JSON gives a document without statements.
func Parse(text string) (*Document, []source.Diagnostic) {
	p := parser{doc: &Document{Text: source.NewText(text), Statements: []Statement{}}}
	start, end, diags, ok := scan(p.doc.Text)
	p.diags = diags
	if ok {
		p.base = start
		p.document(p.root(text[start:end]))
	}
	sortDiagnostics(p.diags)
	return p.doc, p.diags
}

// ParseAs parses a policy and checks it as one of a kind.
func ParseAs(kind Kind, text string) (*Document, []source.Diagnostic) {
	return ParseWith(kind, text, Options{})
}

// ParseWith is ParseAs with what is known about the key.
func ParseWith(kind Kind, text string, o Options) (*Document, []source.Diagnostic) {
	doc, diags := Parse(text)
	diags = append(diags, Check(doc, kind, o)...)
	sortDiagnostics(diags)
	return doc, diags
}

// Refused reports whether AWS would refuse the policy (MalformedPolicyDocument, or a validation error).
func Refused(diags []source.Diagnostic) bool {
	return slices.ContainsFunc(diags, func(d source.Diagnostic) bool { return d.Severity == source.Error })
}

func sortDiagnostics(diags []source.Diagnostic) {
	slices.SortStableFunc(diags, func(a, b source.Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
}

type parser struct {
	doc       *Document
	diags     []source.Diagnostic
	base      int // of the JSON value in the text
	variables bool
}

// node is a JSON value and its place.
type node struct {
	gjson.Result
	span source.Span
}

// member is a key of an object with its value.
type member struct {
	key   string
	at    source.Span // of the key, quotes included
	value node
}

func (p *parser) root(json string) node {
	n := p.node(gjson.Parse(json))
	n.span = source.Span{Start: p.base, End: p.base + len(json)}
	return n
}

func (p *parser) node(r gjson.Result) node {
	start := p.base + r.Index
	return node{Result: r, span: source.Span{Start: start, End: start + len(r.Raw)}}
}

// members lists an object in the order of the text.
func (p *parser) members(n node) []member {
	var members []member
	n.ForEach(func(k, v gjson.Result) bool {
		members = append(members, member{key: k.Str, at: p.node(k).span, value: p.node(v)})
		return true
	})
	return members
}

func (p *parser) items(n node) []node {
	var items []node
	n.ForEach(func(_, v gjson.Result) bool {
		items = append(items, p.node(v))
		return true
	})
	return items
}

func (p *parser) report(span source.Span, code, format string, args ...any) {
	p.diags = append(p.diags, p.doc.Text.Diagnostic(span, source.Error, code, format, args...))
}

// wrongType remarks that an element has a value of a type that it cannot have.
func (p *parser) wrongType(n node, element, want string) {
	p.report(n.span, "wrong-type", "%s must be %s, not %s", element, want, n.typeName())
}

func (n node) typeName() string {
	switch {
	case n.IsObject():
		return "an object"
	case n.IsArray():
		return "a list"
	case n.Type == gjson.Null:
		return "null"
	case n.Type == gjson.Number:
		return "a number"
	case n.Type == gjson.String:
		return "a string"
	}
	return "a Boolean"
}

var documentElements = []string{"Version", "Id", "Statement"}

func (p *parser) document(n node) {
	if !n.IsObject() {
		p.wrongType(n, "a policy", "an object")
		return
	}
	members := p.members(n)
	p.version(members)
	found := false
	for _, m := range members {
		switch m.key {
		case "Version":
		case "Id":
			p.doc.ID = p.text(m.value, m.key)
		case "Statement":
			found = true
			p.statements(m.value)
		default:
			p.unknown(m, documentElements)
		}
	}
	if !found {
		p.report(n.span, "missing-statement", "policy has no Statement")
	}
}

// version comes first: it decides what the rest of the text means.
func (p *parser) version(members []member) {
	for _, m := range members {
		if m.key != "Version" {
			continue
		}
		v := p.text(m.value, m.key)
		p.doc.Version = v
		p.variables = v.Text == Version20121017
		if m.value.Type == gjson.String && !p.variables && v.Text != version20081017 {
			p.report(v.Span, "invalid-version", "Version %q does not exist; use %q", v.Text, Version20121017)
		}
	}
}

// unknown remarks on an element that the language does not have.
func (p *parser) unknown(m member, known []string) {
	p.report(m.at, "unknown-element", "unknown element %q%s", m.key, didYouMean(m.key, known))
}

// text reads an element that is one string.
func (p *parser) text(n node, element string) Value {
	if n.Type != gjson.String {
		p.wrongType(n, element, "a string")
		return Value{Span: n.span}
	}
	return Value{Text: n.Str, Span: n.span}
}

// texts reads an element that is a string or a list of strings.
func (p *parser) texts(n node, element string) []Value {
	if !n.IsArray() {
		return p.oneText(n, element, "a string or a list of strings", nil)
	}
	values := []Value{}
	for _, item := range p.items(n) {
		values = p.oneText(item, "a value of "+element, "a string", values)
	}
	return values
}

func (p *parser) oneText(n node, element, want string, values []Value) []Value {
	if n.Type != gjson.String {
		p.wrongType(n, element, want)
		return values
	}
	return append(values, Value{Text: n.Str, Span: n.span})
}

// checkVariables remarks on ${…} that is no policy variable.
func (p *parser) checkVariables(v Value) {
	if !p.variables {
		if strings.Contains(v.Text, "${") {
			d := p.doc.Text.Diagnostic(v.Span, source.Warning, "variables-need-version",
				"policy variables need \"Version\": %q; here %q is text like any other", Version20121017, v.Text)
			if at := p.doc.Version.Span; at.IsValid() && len(condition.BadVariables(v.Text)) == 0 {
				d.Fixes = append(d.Fixes, source.Fix{Title: "Write " + Version20121017, Edits: []source.Edit{replaceString(at, Version20121017)}})
			} else if !at.IsValid() && len(condition.BadVariables(v.Text)) == 0 {
				d.Fixes = append(d.Fixes, source.Fix{Title: "Add the version", Edits: []source.Edit{
					insert(p.base+1, `"Version": "`+Version20121017+`", `)}})
			}
			p.diags = append(p.diags, d)
		}
		return
	}
	for _, bad := range condition.BadVariables(v.Text) {
		p.report(v.Span, "invalid-variable", "%q is not a policy variable", bad)
	}
}

// checkAction remarks on an action that does not name a service. AWS wants a service prefix without wildcards.
func (p *parser) checkAction(v Value) {
	if v.Text == "*" {
		return
	}
	service, name, ok := strings.Cut(v.Text, ":")
	switch {
	case !ok:
		p.report(v.Span, "action-without-service", "action %q needs a service prefix, as in \"kms:Encrypt\"", v.Text)
	case service == "" || !isServicePrefix(service):
		p.report(v.Span, "invalid-service-prefix",
			"%q is not a service prefix; only the part after the colon may have wildcards", service)
	case name == "":
		p.report(v.Span, "action-without-name", "action %q has nothing after the colon", v.Text)
	}
}

func isServicePrefix(s string) bool {
	for _, r := range s {
		if r != '-' && r != '.' && r != '_' && (r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r)) {
			return false
		}
	}
	return true
}

// unquote reads a JSON string, quotes included.
func unquote(raw string) string {
	if strings.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	return gjson.Parse(raw).Str
}

// printable shows a token; characters that do not show are named.
func printable(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && size == 1:
		return fmt.Sprintf("byte 0x%02X", s[0])
	case size == len(s) && !unicode.IsPrint(r):
		return fmt.Sprintf("character U+%04X", r)
	}
	return s
}
