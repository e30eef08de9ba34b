package engine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
)

// TestPlays plays the documents of testdata/plays. Each block is a world of its own, which begins as the first block
// does, and with "two accounts" in its name as the second one does too; its first line says what it proves.
func TestPlays(t *testing.T) {
	files, _ := filepath.Glob("testdata/plays/*.txt")
	if len(files) < 2 {
		t.Fatalf("%d files", len(files))
	}
	for _, file := range files {
		for _, b := range readBlocks(t, file) {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+b.name, func(t *testing.T) { b.play(t) })
		}
	}
}

// block is a world of a document: its name and its scripts, one after the other.
type block struct {
	name    string
	scripts []string
}

func readBlocks(t *testing.T, file string) []block {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var blocks []block
	for _, part := range strings.Split(string(text), "\n== ")[1:] {
		name, script, _ := strings.Cut(part, "\n")
		b := block{name, []string{script}}
		switch {
		case len(blocks) < 2:
		case strings.Contains(name, "two accounts"):
			b.scripts = []string{blocks[0].scripts[0], blocks[1].scripts[0], script}
		default:
			b.scripts = []string{blocks[0].scripts[0], script}
		}
		blocks = append(blocks, b)
	}
	return blocks[2:]
}

func (b block) play(t *testing.T) *play {
	t.Helper()
	p := newPlay(t, Options{Seed: "play"})
	for _, script := range b.scripts {
		p.run(script)
	}
	return p
}

// play is a world in which scripts are played. A line is a call,
//
//	CALLER [via=SERVICE] [source=ARN] [region=REGION] SERVICE:OPERATION INPUT
//
// and lines that begin with two spaces say what came of it: "  = OUTPUT" a part of the output, "  > NAME=PATH" what to
// keep for {{NAME}}, "  - PATH" what the output has not, "  ! ERROR" the code and the whole message, in which "…" is any text. An error may be short:
//
//	no LAYER          because no LAYER allows the action, on the key {{arn}}
//	away no LAYER     the same, on this resource
//	deny LAYER        with an explicit deny in LAYER, on the key {{arn}}
//	hidden            this resource, which may not exist
//
// "quota NAME=VALUE" on a line of its own changes a quota.
type play struct {
	*testing.T
	world *World
	saved map[string]string
	last  Answer
	call  Call
}

func newPlay(t *testing.T, o Options) *play {
	statement := func(text string) string { return `{"Version":"2012-10-17","Statement":[` + text + `]}` }
	return &play{T: t, world: New(o), saved: map[string]string{
		"trust":   statement(`{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":["sts:AssumeRole"]}`),
		"trustB":  statement(`{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":["sts:AssumeRole"]}`),
		"all":     statement(`{"Effect":"Allow","Action":"*","Resource":"*"}`),
		"kms":     statement(`{"Effect":"Allow","Action":"kms:*","Resource":"*"}`),
		"s3":      statement(`{"Effect":"Allow","Action":"s3:*","Resource":"*"}`),
		"denyKms": statement(`{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"kms:*","Resource":"*"}`),
	}}
}

func (p *play) fill(text string) string {
	for name, value := range p.saved {
		text = strings.ReplaceAll(text, "{{"+name+"}}", value)
	}
	return text
}

// run plays the lines of a script. A call that nothing is said of must succeed.
func (p *play) run(script string) {
	p.Helper()
	failing := true // of the script before
	settle := func() {
		p.Helper()
		if p.last.Error != nil && !failing {
			p.Fatalf("%s %s as %s: %s: %s", p.call.Operation, p.call.Input, p.call.As, p.last.Error.Code, p.last.Error.Message)
		}
	}
	for _, line := range strings.Split(script, "\n") {
		rest, said := strings.CutPrefix(line, "  ")
		switch {
		case strings.TrimSpace(line) == "", strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "quota "):
			q, problem := ParseQuota(strings.TrimPrefix(line, "quota "))
			if problem != "" {
				p.Fatal(problem)
			}
			p.world.SetQuota(q)
		case said:
			failing = failing || strings.HasPrefix(rest, "! ")
			settle()
			p.check(rest)
		default:
			settle()
			failing = false
			p.do(line)
		}
	}
	settle()
}

// do makes the call of a line.
func (p *play) do(line string) {
	p.Helper()
	head, input := line, "{}"
	if i := strings.Index(line, " {"); i >= 0 {
		head, input = line[:i], line[i+1:]
	}
	words := strings.Fields(p.fill(head))
	service, operation, _ := strings.Cut(words[len(words)-1], ":")
	c := Call{As: words[0], Service: service, Operation: operation, Input: policiesAsText([]byte(p.fill(input)))}
	if words[0] == "root" {
		c.As = "111122223333:root"
	}
	for _, word := range words[1 : len(words)-1] {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "via":
			c.Environment.ViaService = value
		case "source":
			c.Environment.SourceArn = value
		case "vpce":
			c.Environment.VPCEndpoint = value
		case "region":
			c.Region = value
		default:
			p.Fatalf("%s: unknown word %s", line, word)
		}
	}
	copied, brief := p.world.Clone(), p.world.Clone()
	p.call, p.last = c, p.world.Call(c)
	if again := copied.Call(c); string(encode(again)) != string(encode(p.last)) {
		p.Fatalf("%s: a clone of the world answers otherwise", line)
	}
	p.brief(line, brief, c)
	checkDenials(p.T, line, service, p.last)
}

// brief makes a call without its explanation, and holds what is explained at the end of the play, when the world has gone
// on, against what is explained at once. The world that answers briefly goes on with the play.
func (p *play) brief(line string, copied *World, c Call) {
	p.Helper()
	want := p.last
	got, explain := copied.CallBriefly(c)
	allowed := c.Service == "kms" && c.Operation != "RetireGrant" && len(want.Checks) > 0
	for _, x := range want.Checks {
		allowed = allowed && x.Decision == authz.Allow
	}
	if (explain != nil) != allowed || allowed && len(got.Checks) > 0 {
		p.Errorf("%s: left out: %v, in the answer: %d", line, explain != nil, len(got.Checks))
	}
	p.Cleanup(func() {
		if explain != nil {
			got.Checks = explain()
		}
		if string(encode(got)) != string(encode(want)) {
			p.Errorf("%s: explained later it is\n%s, and at once\n%s", line, encode(got), encode(want))
		}
	})
	p.world = copied
}

// check holds the last answer against a line.
func (p *play) check(said string) {
	p.Helper()
	mark, text, _ := strings.Cut(p.fill(said), " ")
	switch mark {
	case "=":
		if where := lacks(gjson.Parse(text), gjson.ParseBytes(p.last.Output), "output"); where != "" || !gjson.Valid(text) {
			p.Fatalf("%s as %s: %s\n got %s\nwant %s", p.call.Operation, p.call.As, where, p.last.Output, text)
		}
	case ">":
		for _, pair := range strings.Fields(text) {
			name, path, _ := strings.Cut(pair, "=")
			if p.saved[name] = gjson.GetBytes(p.last.Output, path).String(); p.saved[name] == "" {
				p.Fatalf("%s: no %s in %s", p.call.Operation, path, p.last.Output)
			}
		}
	case "-":
		for _, path := range strings.Fields(text) {
			if gjson.GetBytes(p.last.Output, path).Exists() {
				p.Fatalf("%s: %s is in %s", p.call.Operation, path, p.last.Output)
			}
		}
	case "!":
		got := "success"
		if p.last.Error != nil {
			got = p.last.Error.Code + ": " + p.last.Error.Message
		}
		if want := p.denial(text); !like(want, got) {
			p.Fatalf("%s %s as %s:\n got %s\nwant %s", p.call.Operation, p.call.Input, p.call.As, got, want)
		}
	default:
		p.Fatalf("%q says nothing", said)
	}
}

// denial writes out a short form of an error.
func (p *play) denial(text string) string {
	action := "kms:" + p.call.Operation
	who := "AccessDeniedException: User: " + p.last.Principal + " is not authorized to perform: " + action
	if layer, ok := strings.CutPrefix(text, "no "); ok {
		return who + " on resource: " + p.saved["arn"] + " because no " + layer + " allows the " + action + " action"
	}
	if layer, ok := strings.CutPrefix(text, "away no "); ok {
		return who + " on this resource because no " + layer + " allows the " + action + " action"
	}
	if layer, ok := strings.CutPrefix(text, "deny "); ok {
		return who + " on resource: " + p.saved["arn"] + " with an explicit deny in " + layer
	}
	if text == "hidden" {
		return who + " on this resource because the resource does not exist in this Region, no resource-based policies allow access, " +
			"or a resource-based policy explicitly denies access"
	}
	return text
}
