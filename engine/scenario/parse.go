package scenario

import (
	"strings"

	"kmsplayground/engine/source"
)

// Parse reads a document. It never fails: what it understood is in the document, what it did not in the diagnostics,
// sorted by place.
func Parse(text string) (*Document, []source.Diagnostic) {
	p := &parser{
		doc:   &Document{Text: source.NewText(text), Front: Front{Format: 1}},
		lines: lines(text), text: text, seen: map[string]bool{}, titles: map[string]bool{},
	}
	p.blocks(p.frontMatter())
	return p.doc, p.diags
}

type parser struct {
	doc    *Document
	text   string
	lines  []line
	diags  []source.Diagnostic
	seen   map[string]bool // keys of the front matter
	titles map[string]bool // of files
}

func (p *parser) report(span source.Span, code, format string, args ...any) {
	p.diags = append(p.diags, p.doc.Text.Diagnostic(span, source.Error, code, format, args...))
}

// add appends a block; prose that follows prose becomes one block with it.
func (p *parser) add(b Block) {
	b.Text = p.text[b.Content.Start:b.Content.End]
	if n := len(p.doc.Blocks); b.Kind == Prose && n > 0 && p.doc.Blocks[n-1].Kind == Prose {
		last := &p.doc.Blocks[n-1]
		last.Span.End, last.Content.End = b.Span.End, b.Content.End
		last.Text = p.text[last.Span.Start:last.Span.End]
		return
	}
	p.doc.Blocks = append(p.doc.Blocks, b)
}

func (p *parser) prose(from, to int) {
	if span := (source.Span{Start: from, End: to}); from < to {
		p.add(Block{Kind: Prose, Span: span, Content: span})
	}
}

// blocks reads the document from a line on.
func (p *parser) blocks(i int) {
	for i < len(p.lines) {
		f, ok := openFence(p.lines[i].text)
		if !ok {
			p.prose(p.lines[i].start, p.lines[i].end)
			i++
			continue
		}
		end := i + 1
		for end < len(p.lines) && !f.closes(p.lines[end].text) {
			end++
		}
		p.fenced(f, i, end)
		i = end + 1
	}
}

// fenced reads the fence that opens in line open and closes in line end, which is past the last line when it does not.
func (p *parser) fenced(f fence, open, end int) {
	head := p.lines[open]
	b := Block{Span: source.Span{Start: head.start, End: len(p.text)}, Content: source.Span{Start: head.end, End: len(p.text)}}
	if end < len(p.lines) {
		b.Span.End, b.Content.End = p.lines[end].end, p.lines[end].start
	} else {
		p.report(source.Span{Start: head.start, End: head.start + len(head.text)}, "unclosed-fence", "this fence is not closed")
	}
	if content := p.text[b.Content.Start:b.Content.End]; strings.HasSuffix(content, "\n") {
		b.Content.End--
		if strings.HasSuffix(content, "\r\n") && strings.HasSuffix(p.text[head.start:head.end], "\r\n") {
			b.Content.End--
		}
	}
	b.Content.End = max(b.Content.End, b.Content.Start)
	if f.indent > 0 || !p.live(&b, f, head.start+f.at) {
		p.prose(b.Span.Start, b.Span.End)
		return
	}
	p.add(b)
}

// live decides what a fence is and reads its attributes; a fence that does not run is prose.
func (p *parser) live(b *Block, f fence, at int) bool {
	lang, found := attributes(f.info)
	b.Lang = lang
	whole := source.Span{Start: at, End: at + max(len(f.info), 1)}
	if (lang == "output" || lang == "error") && len(found) == 0 {
		return p.expected(b, Kind(lang), whole)
	}
	given := map[string]bool{}
	for _, a := range found {
		span := source.Span{Start: at + a.start, End: at + a.end}
		if given[a.name] {
			p.report(span, "duplicate-attribute", "%q is given twice", a.name)
			continue
		}
		given[a.name] = true
		if a.problem != "" {
			p.report(span, "bad-quoting", "%s", a.problem)
		}
		p.attribute(b, a, span)
	}
	return p.kind(b, given, whole)
}

func (p *parser) attribute(b *Block, a attribute, span source.Span) {
	switch {
	case a.name == "title" && b.Lang != "sh", (a.name == "goal" || a.name == "pin") && b.Lang == "sh":
		b.Title, b.Pinned = a.value, b.Pinned || a.name == "pin"
		return
	case a.name == "advice" && b.Lang != "sh":
		b.Advice = a.value
		return
	case b.Lang == "sh":
		known, problem := b.Attributes.set(a.name, a.value)
		if problem != "" {
			p.report(span, "bad-attribute", "%s", problem)
		}
		if known {
			return
		}
	}
	p.report(span, "unknown-attribute", "unknown attribute %q", a.name)
}

// kind decides between file, step, goal and prose by the attributes that are there.
func (p *parser) kind(b *Block, given map[string]bool, whole source.Span) bool {
	switch {
	case b.Lang != "sh" && given["title"]:
		b.Kind = File
		if b.Title == "" || strings.HasSuffix(b.Title, "/") || strings.ContainsAny(b.Title, "\x00\n") {
			p.report(whole, "bad-attribute", "a file needs a name")
			return false
		}
		if p.titles[b.Title] {
			p.report(whole, "duplicate-title", "there is a file %q already; this one replaces it from here on", b.Title)
		}
		p.titles[b.Title] = true
		return true
	case b.Lang != "sh":
		return false
	case given["as"] && b.As != "":
		b.Kind = Step
		if given["goal"] || given["pin"] {
			b.Kind = Goal
		}
		return true
	case len(given) > 0:
		p.report(whole, "missing-as", "a step says who acts: as=\"kms-test-1\"")
	}
	return false
}

// expected reads what a step prints. Only white space may stand between the two.
func (p *parser) expected(b *Block, kind Kind, whole source.Span) bool {
	blocks := p.doc.Blocks
	if n := len(blocks); n > 0 && blocks[n-1].Kind == Prose && strings.TrimSpace(blocks[n-1].Text) == "" {
		blocks = blocks[:n-1]
	}
	n := len(blocks)
	if n == 0 || blocks[n-1].Kind != Step && blocks[n-1].Kind != Goal && (blocks[n-1].Kind != Output || kind != Error) {
		p.report(whole, "expectation-without-step", "%s stands directly after the step that prints it", kind)
		return false
	}
	b.Kind = kind
	return true
}
