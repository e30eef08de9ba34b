package policy

import (
	"slices"
	"strings"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/source"
)

// Surroundings are what a policy is for and what it can name. The zero Surroundings know of nobody.
type Surroundings struct {
	Kind Kind
	Options
	Principals []Named            // of the type AWS
	Resources  []Named            // ARNs and patterns
	Values     map[string][]Named // by condition key in lower case; under "aws:principaltag/*" the tag keys in use
}

// Named is a text that a policy can hold, and what it stands for in a few words.
type Named struct{ Text, About string }

// Completion is what can stand at an offset of a text.
type Completion struct {
	Typed       source.Span // the part of it that is there already, up to the offset
	Whole       source.Span // what a suggestion replaces
	Comma       int         // offset at which a comma is missing before it, -1 for none
	Suggestions []Suggestion
}

// Suggestion is one thing that can stand there.
type Suggestion struct {
	Text   string         // "kms:Encrypt"
	Kind   SuggestionKind // "action"
	Detail string
	Insert string // in the place of Completion.Whole
	Caret  int    // bytes into Insert, where typing goes on
}

// SuggestionKind is what a suggestion is.
type SuggestionKind string

// The kinds of suggestion.
const (
	ElementKind   SuggestionKind = "element"
	ValueKind     SuggestionKind = "value"
	PrincipalKind SuggestionKind = "principal"
	ActionKind    SuggestionKind = "action"
	ResourceKind  SuggestionKind = "resource"
	OperatorKind  SuggestionKind = "operator"
	KeyKind       SuggestionKind = "condition key"
	VariableKind  SuggestionKind = "policy variable"
)

// Complete says what can stand at an offset of a text, which may be in the middle of typing.
func Complete(text string, offset int, s Surroundings) Completion {
	offset = min(max(offset, 0), len(text))
	p := locate(outline(text), offset)
	c := completer{text: text, place: p, Surroundings: s, rules: rulesOf(s.Kind), found: Completion{Comma: -1, Suggestions: []Suggestion{}}}
	c.found.Typed, c.found.Whole = p.typed(text, offset)
	if c.variables(offset) {
		return c.found
	}
	c.around()
	if suggest := suggesters[p.slot()]; suggest != nil {
		suggest(&c)
	}
	return c.found
}

type completer struct {
	text string
	place
	Surroundings
	rules rules
	found Completion
	colon bool   // a colon follows
	comma string // "," when what follows needs one before it
}

// suggesters fill each slot.
var suggesters = [...]func(*completer){
	policyValue:      (*completer).policies,
	documentElement:  (*completer).documentElements,
	versionValue:     (*completer).versions,
	statementValue:   (*completer).statements,
	statementElement: (*completer).statementElements,
	effectValue:      (*completer).effects,
	principalValue:   (*completer).principalValues,
	principalType:    (*completer).principalTypes,
	principalName:    (*completer).principalNames,
	actionValue:      (*completer).actionNames,
	resourceValue:    (*completer).resourceNames,
	conditionValue:   (*completer).braces,
	operatorKey:      (*completer).operators,
	operatorValue:    (*completer).braces,
	conditionKey:     (*completer).conditionKeys,
	testValue:        (*completer).testValues,
}

// around looks at what stands before and behind.
func (c *completer) around() {
	after := strings.TrimLeft(c.text[c.found.Whole.End:], " \t\r\n")
	c.colon = strings.HasPrefix(after, ":")
	if after != "" && strings.IndexByte(`"{[`, after[0]) >= 0 {
		c.comma = ","
	}
	before := strings.TrimRight(c.text[:c.found.Whole.Start], " \t\r\n")
	if c.container != nil && before != "" && strings.IndexByte(`"}]`, before[len(before)-1]) >= 0 {
		c.found.Comma = len(before)
	}
}

// value offers a string.
func (c *completer) value(kind SuggestionKind, text, detail string) {
	c.insert(kind, text, detail, quote(text)+c.comma, len(quote(text)))
}

// keyed offers a key with the beginning of its value, in which "|" is where typing goes on.
func (c *completer) keyed(kind SuggestionKind, name, detail, value string) {
	if c.colon {
		c.insert(kind, name, detail, quote(name), len(quote(name)))
		return
	}
	before, after, within := strings.Cut(value, "|")
	text := quote(name) + ": " + before
	caret := len(text) + len(after)
	if within {
		caret = len(text)
	}
	c.insert(kind, name, detail, text+after+c.comma, caret)
}

func (c *completer) insert(kind SuggestionKind, text, detail, insert string, caret int) {
	c.found.Suggestions = append(c.found.Suggestions, Suggestion{Text: text, Kind: kind, Detail: detail, Insert: insert, Caret: caret})
}

// indentation is the white space before the first text of the line.
func (c *completer) indentation() string {
	line := c.text[strings.LastIndexByte(c.text[:c.found.Whole.Start], '\n')+1:]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// skeleton is a statement of the kind of policy, with an empty action to fill in.
func (c *completer) skeleton(indent string) string {
	lines := []string{`"Effect": "Allow"`}
	if c.Kind == ResourceControlPolicy {
		lines = []string{`"Effect": "Deny"`, `"Principal": "*"`}
	} else if c.rules.principal != forbidden {
		lines = append(lines, `"Principal": {"AWS": ""}`)
	}
	lines = append(lines, `"Action": "|"`)
	if c.rules.resource != forbidden {
		lines = append(lines, `"Resource": "*"`)
	}
	inner := "\n" + indent + "  "
	return "{" + inner + strings.Join(lines, ","+inner) + "\n" + indent + "}"
}

// template offers an object, with "|" where typing goes on.
func (c *completer) template(name, detail, text string) {
	before, after, _ := strings.Cut(text, "|")
	c.insert(ElementKind, name, detail, before+after+c.comma, len(before))
}

func (c *completer) policies() {
	if c.in != nil && c.in.kind == '"' || c.container != nil {
		return
	}
	c.template("{ }", "A policy with one statement", "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    "+c.skeleton("    ")+"\n  ]\n}")
}

func (c *completer) statements() {
	if c.in != nil && c.in.kind == '"' {
		return
	}
	c.template("{ }", "A statement", c.skeleton(c.indentation()))
}

func (c *completer) braces() {
	if c.in == nil || c.in.kind == 'w' {
		c.template("{ }", "", "{|}")
	}
}

// present are the keys of the object around that are there already.
func (c *completer) present() []string {
	if c.container == nil {
		return nil
	}
	return c.container.keys(c.in)
}

func (c *completer) documentElements() {
	values := map[string]string{"Version": quote(Version20121017), "Id": `"|"`, "Statement": "[|]"}
	for _, name := range documentElements {
		if !slices.Contains(c.present(), name) && (name != "Id" || c.rules.principal != forbidden) {
			c.keyed(ElementKind, name, elementDetail(name), values[name])
		}
	}
}

func elementDetail(name string) string {
	d, _ := catalog.DescribeElement(name)
	return d.Text
}

func (c *completer) versions() {
	c.value(ValueKind, Version20121017, "The current version; it knows policy variables.")
	c.value(ValueKind, version20081017, "The old version; policy variables are plain text.")
}

// elementOrder puts what is wanted rarely last.
var elementOrder = []string{"Sid", "Effect", "Principal", "Action", "Resource", "Condition", "NotAction", "NotResource", "NotPrincipal"}

func (c *completer) statementElements() {
	values := map[string]string{
		"Sid": `"|"`, "Effect": `"|"`, "Principal": `{"AWS": "|"}`, "NotPrincipal": `{"AWS": "|"}`, "Action": `"|"`, "NotAction": `"|"`,
		"Resource": `"|"`, "NotResource": `"|"`, "Condition": "{|}",
	}
	switch c.Kind {
	case KeyPolicy:
		values["Resource"] = `"*"`
	case ResourceControlPolicy:
		values["Principal"], values["Effect"] = `"*"`, `"Deny"`
	}
	present := c.present()
	for _, name := range elementOrder {
		if c.takes(name) && !slices.Contains(present, name) && !excluded(name, present) {
			c.keyed(ElementKind, name, elementDetail(name), values[name])
		}
	}
}

// takes reports whether statements of the kind of policy can have an element.
func (c *completer) takes(element string) bool {
	switch elementSlots[element] {
	case principalValue:
		return c.rules.principal != forbidden && (c.Kind != ResourceControlPolicy || element == "Principal")
	case resourceValue:
		return c.rules.resource != forbidden
	}
	return c.Kind != ResourceControlPolicy || element != "NotAction"
}

func excluded(name string, present []string) bool {
	for _, pair := range exclusive {
		if name == pair[0] && slices.Contains(present, pair[1]) || name == pair[1] && slices.Contains(present, pair[0]) {
			return true
		}
	}
	return false
}

func (c *completer) effects() {
	if c.Kind != ResourceControlPolicy {
		c.value(ValueKind, string(Allow), "Unless a Deny says otherwise.")
	}
	c.value(ValueKind, string(Deny), "Whatever else allows it.")
}
