package main

import (
	"encoding/json"
	"os"
	"strings"

	"kmsplayground/engine/keypair"
	"kmsplayground/wasm/browser"
)

// door is the page's door to the engine, with a document open.
type door struct {
	*browser.Door
	state *browser.State
}

func open(document string) door {
	d := door{Door: browser.New(browser.Whole(keypair.All{}, nil))}
	d.state = d.ask(browser.Request{Type: browser.Open, Document: document}).State
	return d
}

func (d door) ask(r browser.Request) browser.Reply {
	message, err := json.Marshal(r)
	if err != nil {
		panic(err) // requests are our own type
	}
	var reply browser.Reply
	if err := json.Unmarshal(d.Handle(message), &reply); err != nil {
		panic(err)
	}
	return reply
}

// help collects what the page says of the policies of a document: how it calls them, and what their names mean.
func (s sentences) help(document string) {
	d := open(document)
	for _, p := range d.state.Policies {
		if strings.Contains(p.Title, " ") {
			s.add(p.Title)
		}
		for at := range len(p.Text) {
			if p.Text[at] != '"' {
				continue
			}
			if h := d.ask(browser.Request{Type: browser.Explain, Kind: p.Kind, Text: p.Text, Offset: at}).Help; h != nil {
				s.add(h.Text)
			}
		}
	}
	for _, p := range d.state.Principals {
		if strings.Contains(p.Label, " ") {
			s.add(p.Label)
		}
	}
	for _, g := range d.state.Goals {
		s.add(g.Detail)
	}
}

// completions collects what is said of what can stand at the places of the corpus, in the worlds of the documents.
func (s sentences) completions(name string, documents []string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	for _, document := range documents {
		d := open(document)
		for _, part := range strings.Split(string(text), "\n=== ")[1:] {
			head, body, _ := strings.Cut(part, "\n")
			_, kind, _ := strings.Cut(strings.TrimSuffix(head, ")"), " (")
			typed, _, _ := strings.Cut(body, "\n---\n")
			before, after, _ := strings.Cut(typed, "‸")
			found := d.ask(browser.Request{Type: browser.Complete, Kind: kind, Text: before + after, Offset: len(before)}).Completion
			for _, suggestion := range found.Suggestions {
				s.add(suggestion.Detail)
			}
			if help := d.ask(browser.Request{Type: browser.Explain, Kind: kind, Text: before + after, Offset: len(before)}).Help; help != nil {
				s.add(help.Text)
			}
		}
	}
	return nil
}
