package main

import (
	"strings"

	"kmsplayground/engine"
	"kmsplayground/wasm/browser"
)

// wrong are the front matter, fences and steps of documents that are not as they should be, one after the other.
var wrong = []string{
	"---\ntitle: not closed\n", "---\nno colon\n---\n", "---\ntitle: a\ntitle: b\n---\n", "---\ntitle: \"a\n---\n", "---\naccount: 1\n---\n",
	"---\nstart: now\n---\n", "---\nlesson: yes\n---\n", "---\nconsistency: late\n---\n", "---\ntags: a\n---\n", "---\nkeys: a\n---\n", "---\nkeys: [a]\n---\n",
	"---\ncolour: red\n---\n", "---\nformat: one\n---\n", "---\nformat: 99\n---\n",
	"```sh as=\"root\"\n", "```sh as=\"root\" as=\"root\"\n```\n", "```sh as=root\n```\n", "```sh as=\"\\x\"\n```\n", "```sh as=\"root\" wait=\"soon\"\n```\n",
	"```sh as=\"root\" quota=\"keys\"\n```\n", "```sh as=\"root\" colour=\"red\"\n```\n", "```json title=\"\"\n```\n",
	"```json title=\"a\"\n```\n\n```json title=\"a\"\n```\n", "```sh\ntrue\n```\n", "```output\n```\n", "```error\n```\n",
	step("", "false"), step("", "echo a >&2; false"), step("", "aws kms describe-key --key-id alias/none"), step(` expect="3"`, "exit 4"),
	step(` expect="3"`, "true"), step(` expect="NotFoundException"`, "echo a >&2; exit 4"), step(` expect="DisabledException"`, "aws kms describe-key --key-id alias/none"),
	step("", "echo a") + "\n```output\nb\n```\n", step("", "true") + "\n```output\nb\n```\n",
	step(` expect="1"`, "echo a >&2; false") + "\n```error\nb\n```\n", step(` expect="1"`, "false") + "\n```error\nb\n```\n",
}

func step(attributes, script string) string {
	return "```sh as=\"111122223333:root\"" + attributes + "\n" + script + "\n```\n"
}

// refused are requests of the page that cannot be served.
var refused = []browser.Request{
	{Type: "Dance"}, {Type: browser.Undo}, {Type: browser.Redo}, {Type: browser.Answer, Index: 7}, {Type: browser.Switch, Index: 7}, {Type: browser.Unpin, Index: 7},
	{Type: browser.Complete, Kind: "house rule"}, {Type: browser.Edit, Policy: "house-rule"}, {Type: browser.Detail, Key: "front-door"}, {Type: browser.Wait, Seconds: -1},
	{Type: browser.Matrix, Matrix: &browser.MatrixQuestion{Key: "front-door"}}, {Type: browser.Cell, Matrix: &browser.MatrixQuestion{}},
	{Type: browser.OpenLink}, {Type: browser.OpenLink, Fragment: "!"}, {Type: browser.OpenLink, Fragment: "AQ"}, {Type: browser.OpenLink, Fragment: "CQkJCQkJ"},
	{Type: browser.OpenLink, Fragment: "AQkJCQkJ"}, {Type: browser.OpenLink, Fragment: "AQH__________w"},
}

// failures collects what is said of documents, links and requests that are not as they should be.
func (s sentences) failures() {
	for _, document := range wrong {
		state := open(document).state
		for _, d := range state.Diagnostics {
			s.add(d.Message)
		}
		for _, b := range state.Lesson {
			if b.Step != nil {
				s.add(strings.TrimSpace(b.Step.Problem))
			}
		}
	}
	d := open(step("", "true"))
	for _, r := range refused {
		s.add(d.ask(r).Failure)
	}
	d.session(s)
}

// session collects what is said of a call that is suggested no more.
func (d door) session(s sentences) {
	d.ask(browser.Request{Type: browser.Call, Call: &engine.Call{As: "111122223333:root", Service: "kms", Operation: "ListKeys", Input: []byte("{}")}})
	s.add(d.ask(browser.Request{Type: browser.Apply, Index: 0, Text: "Wait"}).Failure)
}
