package policy

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kmsplayground/engine/source"
)

var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

var update = flag.Bool("update", false, "write the diagnostics that the code gives into the golden files")

// policyCase is one entry of a corpus file:
//
//	=== name (kind)
//	the policy, or a Go string after "!" for bytes that a text file cannot hold
//	---
//	1:2 error code: message
type policyCase struct {
	name, kind, written, golden string
}

func (c policyCase) text(t testing.TB) string {
	t.Helper()
	quoted, ok := strings.CutPrefix(c.written, "!")
	if !ok {
		return c.written
	}
	text, err := strconv.Unquote(quoted)
	if err != nil {
		t.Fatalf("%s: %v", c.name, err)
	}
	return text
}

func readCorpus(t testing.TB, file string) []policyCase {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []policyCase
	for _, entry := range strings.Split("\n"+string(data), "\n=== ")[1:] {
		head, rest, _ := strings.Cut(entry, "\n")
		name, kind, ok := strings.Cut(strings.TrimSuffix(head, ")"), " (")
		text, golden, ok2 := strings.Cut(rest, "\n---\n")
		if !ok || !ok2 {
			t.Fatalf("%s: entry %q needs a kind and a line ---", file, head)
		}
		cases = append(cases, policyCase{name, kind, text, strings.Trim(golden, "\n")})
	}
	return cases
}

func writeCorpus(t testing.TB, file string, cases []policyCase) {
	t.Helper()
	var b strings.Builder
	for _, c := range cases {
		fmt.Fprintf(&b, "=== %s (%s)\n%s\n---\n", c.name, c.kind, c.written)
		if c.golden != "" {
			b.WriteString(c.golden + "\n")
		}
		b.WriteString("\n")
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

func golden(diags []source.Diagnostic) string {
	lines := make([]string, len(diags))
	for i, d := range diags {
		lines[i] = fmt.Sprintf("%d:%d %s %s: %s", d.Line, d.Column, d.Severity, d.Code, d.Message)
	}
	return strings.Join(lines, "\n")
}

func checkCorpus(t *testing.T, file string) []policyCase {
	t.Helper()
	cases := readCorpus(t, file)
	for i, c := range cases {
		text := c.text(t)
		doc, diags := ParseAs(Kind(c.kind), text)
		checkParsed(t, c.name, text, doc, diags)
		if got := golden(diags); *update {
			cases[i].golden = got
		} else if got != c.golden {
			t.Errorf("%s:\n%s\ngot\n%s\nwant\n%s", c.name, text, got, c.golden)
		}
	}
	if *update {
		writeCorpus(t, file, cases)
	}
	return cases
}

// checkParsed holds what is true of any text: it is kept, and every remark points into it.
func checkParsed(t *testing.T, name, text string, doc *Document, diags []source.Diagnostic) {
	t.Helper()
	if doc.Text.String() != text {
		t.Errorf("%s: the text is lost", name)
	}
	for _, d := range diags {
		if d.Span.Start < 0 || d.Span.End > len(text) || d.Span.Start > d.Span.End || !kebab.MatchString(d.Code) || d.Message == "" {
			t.Errorf("%s: bad diagnostic %+v", name, d)
		}
		if at := doc.Text.Position(d.Span.Start); at.Line != d.Line || at.Column != d.Column {
			t.Errorf("%s: %v does not stand at its span, %v", name, d, at)
		}
	}
}

func TestMalformed(t *testing.T) {
	cases := checkCorpus(t, "testdata/malformed.txt")
	if len(cases) < 60 {
		t.Errorf("the corpus has %d malformed policies, want at least 60", len(cases))
	}
	for _, c := range cases {
		if c.golden == "" {
			t.Errorf("%s: no diagnostic", c.name)
		}
	}
}

func TestAdvice(t *testing.T) {
	for _, c := range checkCorpus(t, "testdata/advice.txt") {
		if strings.Contains(c.golden, " error ") {
			t.Errorf("%s: AWS would accept this policy, but there is an error", c.name)
		}
	}
}

// Sizes that a corpus file should not hold.
func TestSize(t *testing.T) {
	const policy = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": {"StringEquals": {"kms:CallerAccount": "1"}}}}`
	pad := func(size int) string { return policy + strings.Repeat("\n", size-len(policy)) }
	for _, c := range []struct {
		kind Kind
		size int
		want string
	}{
		{KeyPolicy, maxKeyPolicy, ""},
		{KeyPolicy, maxKeyPolicy + 1, "1:1 error too-long: a key policy has at most 32768 bytes; this one has 32769"},
		{VPCEndpointPolicy, maxBytes, ""},
		{VPCEndpointPolicy, maxBytes + 1, "1:1 error too-large: policy has 1048577 bytes; the most that can be read is 1048576"},
	} {
		text := pad(c.size)
		doc, diags := ParseAs(c.kind, text)
		checkParsed(t, string(c.kind), text, doc, diags)
		if got := golden(diags); got != c.want {
			t.Errorf("%d bytes: %q, want %q", c.size, got, c.want)
		}
	}
}
