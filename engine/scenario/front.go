package scenario

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/source"
)

// frontMatter reads the lines between two "---" at the start. It ends at the first fence, so that a front matter that
// was never closed does not swallow the document.
func (p *parser) frontMatter() (consumed int) {
	if len(p.lines) == 0 || strings.TrimRight(p.lines[0].text, " ") != "---" {
		return 0
	}
	for i := 1; i < len(p.lines); i++ {
		l := p.lines[i]
		if strings.TrimRight(l.text, " ") == "---" {
			for _, inner := range p.lines[1:i] {
				p.frontLine(inner)
			}
			p.add(Block{Kind: FrontMatter, Span: source.Span{Start: 0, End: l.end}, Content: source.Span{Start: p.lines[0].end, End: l.start}})
			return i + 1
		}
		if _, ok := openFence(l.text); ok {
			break
		}
	}
	p.report(source.Span{Start: 0, End: len(p.lines[0].text)}, "front-matter", "the front matter is not closed by a line ---")
	return 0
}

func (p *parser) frontLine(l line) {
	if text := strings.TrimSpace(l.text); text == "" || text[0] == '#' {
		return
	}
	key, value, ok := strings.Cut(l.text, ":")
	span := source.Span{Start: l.start, End: l.start + len(l.text)}
	if !ok {
		p.report(span, "front-matter", "a line of the front matter reads key: value")
		return
	}
	key = strings.TrimSpace(key)
	if p.seen[key] {
		p.report(span, "duplicate-key", "%q is given twice", key)
		return
	}
	p.seen[key] = true
	if problem := p.front(key, strings.TrimSpace(value)); problem != "" {
		code := "front-matter"
		if strings.HasPrefix(problem, "unknown key") {
			code = "unknown-key"
		}
		p.report(span, code, "%s", problem)
	}
}

// front takes over one key and says what is wrong with it.
func (p *parser) front(key, value string) string {
	f := &p.doc.Front
	text, ok := unquote(value)
	if !ok {
		return key + " has quotes that do not match"
	}
	switch key {
	case "title":
		f.Title = text
	case "seed":
		f.Seed = text
	case "region":
		f.Region = text
	case "account":
		if len(text) != 12 || strings.Trim(text, "0123456789") != "" {
			return "account is an account id of 12 digits, not " + strconv.Quote(text)
		}
		f.Account = text
	case "start":
		t, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return "start is a time like 2026-01-01T09:00:00Z, not " + strconv.Quote(text)
		}
		f.Start = t
	case "format":
		return f.setFormat(text)
	case "lesson":
		if text != "true" && text != "false" {
			return "lesson is true or false, not " + strconv.Quote(text)
		}
		f.Lesson = text == "true"
	case "consistency":
		if c := engine.Consistency(text); c != engine.Immediate && c != engine.Eventual {
			return "consistency is immediate or eventual, not " + strconv.Quote(text)
		}
		f.Consistency = engine.Consistency(text)
	case "stories", "tags":
		list, ok := listOf(value)
		if !ok {
			return key + " is a list like [a, b]"
		}
		if key == "tags" {
			f.Tags = list
		} else {
			f.Stories = list
		}
	case "keys":
		list, ok := listOf(value)
		if !ok {
			return "keys is a list of key ARNs like [arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab]"
		}
		for _, name := range list {
			if !engine.IsKeyARN(name) {
				return "keys is a list of key ARNs, and " + strconv.Quote(name) + " is none"
			}
		}
		f.Keys = list
	case "ids":
		list, ok := listOf(value)
		if i := slices.IndexFunc(list, func(id string) bool { return !engine.IsGivenID(id) }); i >= 0 {
			return "ids is a list of ids of users, roles, organizations, roots, units, policies and VPC endpoints, and " + strconv.Quote(list[i]) + " is none"
		}
		if !ok {
			return "ids is a list of ids like [o-a1b2c3d4e5, r-ab12]"
		}
		f.IDs = list
	default:
		return "unknown key " + strconv.Quote(key)
	}
	return ""
}

func (f *Front) setFormat(text string) string {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return "format is the version of the document format, " + strconv.Itoa(Format) + " today"
	}
	if f.Format = n; n > Format {
		return "this document has format " + text + ", which is newer than this playground's (" + strconv.Itoa(Format) + "): parts of it may not run"
	}
	return ""
}

// unquote removes one pair of quotes around a value.
func unquote(value string) (string, bool) {
	if value == "" || value[0] != '"' && value[0] != '\'' {
		return value, true
	}
	if len(value) < 2 || value[len(value)-1] != value[0] {
		return value, false
	}
	inner := value[1 : len(value)-1]
	if value[0] == '\'' {
		return strings.ReplaceAll(inner, "''", "'"), true
	}
	if text, err := strconv.Unquote(value); err == nil {
		return text, true
	}
	return inner, false
}

func listOf(value string) ([]string, bool) {
	inner, ok := strings.CutPrefix(value, "[")
	if !ok || !strings.HasSuffix(inner, "]") {
		return nil, false
	}
	list := []string{}
	for _, item := range strings.Split(strings.TrimSuffix(inner, "]"), ",") {
		text, ok := unquote(strings.TrimSpace(item))
		if !ok {
			return nil, false
		}
		if text != "" {
			list = append(list, text)
		}
	}
	return list, true
}
