// Command sentences writes site/test/sentences.txt: what the engine says in sentences of its own, one of each form, as
// the stories, the denied requests, the plays and steps of the tests, the corpora of policies, the catalogue, and what
// is not as it should be bring it out. The site's tests hold that every one of them has its Japanese.
//
//	go run ./scripts/sentences
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/advise"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/keypair"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/scenario"
)

const output = "site/test/sentences.txt"

func main() {
	text, err := collect(".")
	if err == nil {
		err = os.WriteFile(output, []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// sentences are one of each form.
type sentences map[string]string

// varying are the words of a sentence that come from the world: quoted texts, names with digits and signs in them.
var varying = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|\S*[\d:/_\-*=$][^\s,;]*`)

func (s sentences) add(texts ...string) {
	for _, text := range texts {
		form := varying.ReplaceAllString(text, "_")
		if before, ok := s[form]; text != "" && (!ok || text < before) {
			s[form] = text
		}
	}
}

func collect(top string) (string, error) {
	s := sentences{}
	documents, err := documents(top)
	if err != nil {
		return "", err
	}
	for _, text := range documents {
		s.session(scenario.OpenWith(text, engine.Options{Algorithms: keypair.All{}}))
		s.help(text)
	}
	s.failures()
	for _, from := range []struct {
		pattern string
		collect func(name string) error
	}{
		{"engine/testdata/plays/*.txt", s.scripts}, {"engine/testdata/denials.txt", s.scripts}, {"engine/kms/testdata/*.json", s.steps},
		{"engine/authz/testdata/sentences.golden", s.lines}, {"engine/capture/testdata/*/scenario.md", s.capture}, {"engine/capture/testdata/problems.txt", s.capture},
	} {
		if err := each(filepath.Join(top, from.pattern), from.collect); err != nil {
			return "", err
		}
	}
	for _, d := range catalog.Descriptions() {
		s.add(d.Text)
	}
	if err := s.completions(filepath.Join(top, "engine/policy/testdata/complete.txt"), documents); err != nil {
		return "", err
	}
	for _, info := range policy.Checks() {
		s.add(info.Title, info.Explanation)
	}
	corpora, err := filepath.Glob(filepath.Join(top, "engine/policy/testdata/*.txt"))
	if err != nil {
		return "", err
	}
	for _, name := range corpora {
		if err := s.corpus(name); err != nil {
			return "", err
		}
	}
	list := make([]string, 0, len(s))
	for _, text := range s {
		list = append(list, strings.ReplaceAll(text, "\n", "↵"))
	}
	slices.Sort(list)
	return strings.Join(list, "\n") + "\n", nil
}

// documents are the stories, and the denied requests of every kind.
func documents(top string) ([]string, error) {
	var texts []string
	for _, from := range []struct {
		files   fs.FS
		pattern string
	}{{scenario.Stories, "stories/*/*.md"}, {os.DirFS(filepath.Join(top, "engine/advise/testdata")), "*.md"}} {
		names, err := fs.Glob(from.files, from.pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			text, err := fs.ReadFile(from.files, name)
			if err != nil {
				return nil, err
			}
			texts = append(texts, string(text))
		}
	}
	return texts, nil
}

func (s sentences) session(session *scenario.Session) {
	for _, d := range session.Diagnostics() {
		s.add(d.Message)
	}
	for _, record := range session.Calls() {
		s.answer(record.Answer)
		if e := record.Answer.Error; e != nil && strings.HasPrefix(e.Code, "AccessDenied") {
			for _, suggestion := range advise.Suggest(session.World(), record.Call).Suggestions {
				s.add(suggestion.Title)
			}
		}
	}
	for _, goal := range session.Goals() {
		for _, record := range goal.Calls {
			s.answer(record.Answer)
		}
	}
}

func (s sentences) answer(a engine.Answer) {
	for i := range a.Checks {
		s.explanation(&a.Checks[i])
	}
	for _, beneath := range a.Beneath {
		s.answer(beneath.Answer)
	}
}

func (s sentences) explanation(x *authz.Explanation) {
	s.add(x.Reason)
	for _, need := range x.Needed {
		s.add(need.Text)
	}
	for _, change := range x.Pending {
		s.add(change.What)
	}
	for _, layer := range x.Layers {
		s.add(layer.Summary)
		for _, grant := range layer.Grants {
			s.add(grant.Reason)
		}
		for _, p := range layer.Policies {
			for i := range p.Statements {
				s.add(p.Statements[i].Reason)
				for _, c := range p.Statements[i].Conditions {
					s.add(c.Note)
				}
			}
		}
	}
}

// kindOf reads "=== name (key policy; account=…)".
var kindOf = regexp.MustCompile(`^.*\(([^;()]*)(?:; ([^()]*))?\)$`)

// corpus parses the policies of a file as the tests of package policy do.
func (s sentences) corpus(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	for _, entry := range strings.Split("\n"+string(text), "\n=== ")[1:] {
		head, rest, _ := strings.Cut(entry, "\n")
		written, remarks, ok := strings.Cut(rest, "\n---\n")
		m := kindOf.FindStringSubmatch(head)
		if !ok || m == nil {
			continue
		}
		for _, line := range strings.Split(remarks, "\n") {
			if _, message, ok := strings.Cut(line, ": "); ok && placed.MatchString(line) {
				s.add(message)
			}
		}
		o := policy.Options{}
		for _, setting := range strings.Fields(m[2]) {
			switch key, value, _ := strings.Cut(setting, "="); key {
			case "account":
				o.Account = value
			case "region":
				o.Region = value
			}
		}
		_, diagnostics := policy.ParseWith(policy.Kind(m[1]), written, o)
		for _, d := range diagnostics {
			for _, fix := range d.Fixes {
				s.add(fix.Title)
			}
		}
	}
	return nil
}

// placed is a remark of a corpus: "2:3 warning no-delegation: message".
var placed = regexp.MustCompile(`^\d+:\d+ (error|warning|info) [a-z0-9-]+: `)
