package capture

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kmsplayground/engine"
	"kmsplayground/engine/keypair"
	"kmsplayground/engine/scenario"
)

var update = flag.Bool("update", false, "write the golden files anew")

var options = engine.Options{Algorithms: keypair.All{}}

// TestCaptures holds what becomes of inputs, and that the document which is made replays as it was written down.
func TestCaptures(t *testing.T) {
	names, err := filepath.Glob("testdata/*/input.txt")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		c := Read([]Input{{filepath.Base(name), string(text)}}, options, nil)
		golden := filepath.Join(filepath.Dir(name), "scenario.md")
		if *update {
			if err := os.WriteFile(golden, []byte(told(c)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, _ := os.ReadFile(golden); told(c) != string(want) {
			t.Errorf("%s: %s", name, told(c))
		}
		replayed(t, name, c.Document)
	}
}

// told is a capture as its golden file shows it: the document, and in a comment what was said about the inputs.
func told(c Capture) string {
	var b strings.Builder
	b.WriteString(c.Document + "\n<!--\n")
	for _, p := range c.Parts {
		fmt.Fprintf(&b, "line %d: %s: %s\n", p.Line, p.Kind, p.About)
	}
	for _, p := range c.Problems {
		fmt.Fprintf(&b, "%d:%d: %s\n", p.Line, p.Column, p.Message)
	}
	return b.String() + "-->\n"
}

func replayed(t *testing.T, name, document string) {
	t.Helper()
	s := scenario.OpenWith(document, options)
	for _, d := range s.Diagnostics() {
		t.Errorf("%s: %d:%d: %s", name, d.Line, d.Column, d.Message)
	}
	for i, step := range s.Steps() {
		if !step.Holds {
			t.Errorf("%s: step %d: %s\n%s", name, i, step.Problem, step.Script)
		}
	}
}

// TestProblems holds that what is not understood is told with its place, and that the rest is read.
func TestProblems(t *testing.T) {
	const key = `{"KeyMetadata":{"Arn":"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}`
	const other = `{"KeyMetadata":{"Arn":"arn:aws:kms:us-east-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab"}}`
	for _, row := range []struct {
		text, want string
		parts      int
	}{
		{"", "", 0},
		{"hello", `1:1: this is neither JSON nor an AccessDenied message ("User: … is not authorized to perform: … on resource: …")`, 0},
		{key + "\n{\"Tags\": [\n", "2:1: the JSON that begins here does not end; was it cut off?", 1},
		{key + "\n{\"Tags\": [,]}", "2:11: this is not JSON: invalid character ',' looking for beginning of value", 1},
		{strings.Repeat("[", 5000), "1:1: the JSON is nested too deep", 0},
		{`{"a": 1}`, "1:1: this JSON is of none of the commands that are read here: get-account-authorization-details, get-key-policy, describe-key, list-grants, list-aliases, list-resource-tags, or a CloudTrail event", 0},
		{`{"eventSource":"s3.amazonaws.com"}`, "1:1: this event is about s3.amazonaws.com; only those of kms.amazonaws.com are built again", 0},
		{`{"eventSource":"kms.amazonaws.com","userIdentity":{"type":"AWSAccount","accountId":"111122223333"}}`, "1:1: this event has no accountId of its caller, or no awsRegion", 0},
		{`{"eventSource":"kms.amazonaws.com","awsRegion":"us-east-1","userIdentity":{"type":"AWSAccount","accountId":"111122223333"}}`, "1:1: this event does not name its caller; the event in the trail of the caller's own account does", 0},
		{`{"Tags":[]}` + key + other, "1:1: nothing says which key this is of; put it after the describe-key output of its key", 2},
		{`{"Tags":[]}` + key, "", 2},
		{`{"KeyMetadata":{"Arn":"arn:aws:kms:us-east-1:111122223333:alias/a"}}`, "1:1: the output of describe-key has no Arn of a key", 0},
	} {
		c := Read([]Input{{"input", row.text}}, options, nil)
		got := []string{}
		for _, p := range c.Problems {
			got = append(got, fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Message))
		}
		if all := strings.Join(got, "\n"); all != row.want || len(c.Parts) != row.parts {
			t.Errorf("%.60q: %d parts, %q\nwant %d, %q", row.text, len(c.Parts), all, row.parts, row.want)
		}
	}
}

// FuzzRead holds that whatever is pasted, a document comes out that opens and replays.
func FuzzRead(f *testing.F) {
	names, _ := filepath.Glob("testdata/*/input.txt")
	for _, name := range names {
		if text, err := os.ReadFile(name); err == nil {
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if c := Read([]Input{{"input", text}}, options, nil); c.Document != "" {
			replayed(t, "fuzzed", c.Document)
		}
	})
}

// TestDamaged holds the same for inputs that were cut, garbled and mixed.
func TestDamaged(t *testing.T) {
	names, _ := filepath.Glob("testdata/*/input.txt")
	var texts []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	r := rand.New(rand.NewPCG(1, 2))
	built := 0
	for n := range 400 {
		text := texts[r.IntN(len(texts))]
		for range 1 + r.IntN(4) {
			at, length := r.IntN(len(text)), 1+r.IntN(12)
			end := min(at+length, len(text))
			from := texts[r.IntN(len(texts))]
			piece := from[r.IntN(len(from)):]
			text = text[:at] + piece[:min(r.IntN(length+1), len(piece))] + text[end:]
		}
		c := Read([]Input{{"input", text}}, options, nil)
		if c.Document != "" {
			built++
			replayed(t, fmt.Sprintf("seed %d", n), c.Document)
		}
		if t.Failed() {
			t.Fatalf("input:\n%s\ndocument:\n%s", text, c.Document)
		}
	}
	if built < 100 {
		t.Errorf("only %d of 400 were built", built)
	}
}
