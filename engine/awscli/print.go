package awscli

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"kmsplayground/engine"
	"kmsplayground/engine/catalog"
)

// Print gives the command line that makes call, caller and environment aside. Texts of several lines become files:
// file is told a name and the content and returns the name under which the content can be had.
func Print(call engine.Call, file func(name, content string) string) string {
	var op *catalog.Operation
	operations := operationsOf(commandName(call.Service))
	for i := range operations {
		if operations[i].Name == call.Operation {
			op = &operations[i]
		}
	}
	p := &printer{operation: op, file: file, words: []string{"aws", commandName(call.Service), dashed(call.Operation)}}
	var input object
	if value, err := decodeOrdered(call.Input); err == nil {
		input, _ = value.(object)
	}
	if op == nil || !p.options(input) {
		p.words = p.words[:3]
		if len(input) > 0 {
			p.words = append(p.words, "--cli-input-json", "file://"+file(dashed(call.Operation)+".json", jsonText(input)))
		}
	}
	if op != nil && streamed(op) != "" {
		p.words = append(p.words, dashed(streamed(op))+".out")
	}
	if call.Region != "" {
		p.words = append(p.words, "--region", Quote(call.Region))
	}
	return strings.Join(p.words, " ")
}

type printer struct {
	operation *catalog.Operation
	file      func(name, content string) string
	words     []string
}

// options prints the input as options and reports whether that can be done.
func (p *printer) options(input object) bool {
	known := 0
	for _, f := range p.operation.Input {
		value, ok := input.get(f.Name)
		if !ok {
			continue
		}
		known++
		if value == nil {
			continue
		}
		if !p.option(f, value) {
			return false
		}
		if paging := pagingOf(p.operation); f.Name == "MaxItems" && paging != nil {
			p.words = append(p.words, "--no-paginate") // else it would be the CLI's own --max-items
		}
	}
	return known == len(input)
}

func (p *printer) option(f catalog.Field, value any) bool {
	name := "--" + dashed(f.Name)
	if strings.ContainsRune(string(marshal(value)), 0) || strings.Contains(string(marshal(value)), `\u0000`) {
		return false
	}
	switch v := value.(type) {
	case bool:
		if f.Shape.Type != catalog.Boolean {
			return false
		}
		if !v {
			name = "--no-" + dashed(f.Name)
		}
		p.words = append(p.words, name)
		return true
	case json.Number:
		if f.Shape.Type != catalog.Integer && f.Shape.Type != catalog.Timestamp {
			return false
		}
		p.add(name, string(v))
		return true
	case string:
		return p.text(f, name, v)
	case []any:
		if f.Shape.Type != catalog.List {
			return false
		}
		p.list(f.Shape, name, v)
		return true
	case object:
		if f.Shape.Type != catalog.Map && f.Shape.Type != catalog.Structure {
			return false
		}
		if short, ok := brief(f.Shape, v); ok && !namesFile(short) {
			p.add(name, short)
			return true
		}
		p.add(name, string(marshal(v)))
		return true
	}
	return false
}

// text prints a string or a blob. What looks like the name of a file can only be said in a file.
func (p *printer) text(f catalog.Field, name, text string) bool {
	switch f.Shape.Type {
	case catalog.Blob:
		if f.Shape.Streaming {
			return p.stream(f, name, text)
		}
		p.add(name, text)
		return true
	case catalog.String:
	default:
		return false
	}
	long := strings.Contains(text, "\n") || len(text) > 200 && strings.HasPrefix(strings.TrimSpace(text), "{")
	if long || namesFile(text) {
		p.add(name, "file://"+p.file(fileName(f.Name, text), text))
		return true
	}
	p.add(name, text)
	return true
}

// stream prints a blob that the command line can only name as a file.
func (p *printer) stream(f catalog.Field, name, text string) bool {
	content, err := base64.StdEncoding.DecodeString(text)
	if err != nil || !utf8.Valid(content) {
		return false
	}
	p.add(name, p.file(dashed(f.Name)+".txt", string(content)))
	return true
}

// namesFile reports whether the AWS CLI would read a file instead of text.
func namesFile(text string) bool {
	return strings.HasPrefix(text, "file://") || strings.HasPrefix(text, "fileb://")
}

// fileName is a name for a parameter's text: key-policy documents are policy.json.
func fileName(field, text string) string {
	if strings.Contains(field, "Policy") {
		return dashed(field) + ".json"
	}
	return dashed(field) + ".txt"
}

// add appends an option with one value; a value that looks like an option is attached with "=".
func (p *printer) add(name, value string) {
	if strings.HasPrefix(value, "-") {
		p.words = append(p.words, name+"="+Quote(value))
		return
	}
	p.words = append(p.words, name, Quote(value))
}

func (p *printer) list(shape *catalog.Shape, name string, values []any) {
	words := make([]string, 0, len(values))
	for _, v := range values {
		text, ok := v.(string)
		if o, isObject := v.(object); isObject {
			text, ok = brief(shape.Member, o)
		}
		if !ok || text == "" || strings.ContainsAny(text[:1], "-[{") || strings.Contains(text, "://") {
			words = nil
			break
		}
		words = append(words, Quote(text))
	}
	if len(words) == 0 {
		p.add(name, string(marshal(values)))
		return
	}
	p.words = append(append(p.words, name), words...)
}

// brief writes a structure or a map in shorthand, when that says exactly the same.
func brief(shape *catalog.Shape, o object) (string, bool) {
	if len(o) == 0 {
		return "", false
	}
	parts := make([]string, len(o))
	for i, m := range o {
		inner := memberShape(shape, m.name)
		if inner == nil || m.name == "" || !allRunes(m.name, isKeyRune) {
			return "", false
		}
		switch v := m.value.(type) {
		case string:
			if inner.Type != catalog.String || !isPlain(v) {
				return "", false
			}
			parts[i] = m.name + "=" + v
		case object:
			text, ok := brief(inner, v)
			if !ok {
				return "", false
			}
			parts[i] = m.name + "={" + text + "}"
		default:
			return "", false
		}
	}
	return strings.Join(parts, ","), true
}

// isPlain texts mean themselves in shorthand and in a shell.
func isPlain(text string) bool {
	return text != "" && allRunes(text, func(r rune) bool { return isKeyRune(r) && r != '#' || r == '+' || r == '%' })
}

func allRunes(text string, ok func(rune) bool) bool {
	return strings.IndexFunc(text, func(r rune) bool { return !ok(r) }) < 0
}

// Quote writes a word so that a shell reads it back.
func Quote(word string) string {
	safe := word != "" && allRunes(word, func(r rune) bool { return isKeyRune(r) && r != '#' || strings.ContainsRune("@%+=,{}", r) })
	if safe && !(strings.Contains(word, "{") && strings.ContainsAny(word, ",.")) && word[0] != '{' && word[0] != '}' {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
