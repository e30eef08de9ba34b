package policy

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kmsplayground/engine/catalog"
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
//
// The kind may be followed by what is known of the key, and by a size to which a Sid "PAD" (below zero: the white space)
// makes the policy grow: (key policy; account=111122223333 region=us-east-1 size=30000).
type policyCase struct {
	name, kind, settings, written, golden string
}

func (c policyCase) setting(name string) string {
	for _, s := range strings.Fields(c.settings) {
		if value, ok := strings.CutPrefix(s, name+"="); ok {
			return value
		}
	}
	return ""
}

func (c policyCase) options() Options {
	return Options{Account: c.setting("account"), Region: c.setting("region")}
}

// pad makes a text as long as the entry says.
func (c policyCase) pad(text string) string {
	size, _ := strconv.Atoi(c.setting("size"))
	switch {
	case size > len(text):
		return strings.Replace(text, "PAD", strings.Repeat("x", size-len(text)+3), 1)
	case -size > len(text):
		return text + strings.Repeat(" ", -size-len(text))
	}
	return text
}

func (c policyCase) text(t testing.TB) string {
	t.Helper()
	quoted, ok := strings.CutPrefix(c.written, "!")
	if !ok {
		return c.pad(c.written)
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
		kind, settings, _ := strings.Cut(kind, "; ")
		cases = append(cases, policyCase{name, kind, settings, text, strings.Trim(golden, "\n")})
	}
	return cases
}

func writeCorpus(t testing.TB, file string, cases []policyCase) {
	t.Helper()
	var b strings.Builder
	for _, c := range cases {
		kind := c.kind
		if c.settings != "" {
			kind += "; " + c.settings
		}
		fmt.Fprintf(&b, "=== %s (%s)\n%s\n---\n", c.name, kind, c.written)
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
		doc, diags := ParseWith(Kind(c.kind), text, c.options())
		checkParsed(t, c.name, text, doc, diags)
		checkFixes(t, c, text, diags)
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

// checkFixes holds that a fix settles its remark and does not make AWS refuse what it took.
func checkFixes(t *testing.T, c policyCase, text string, diags []source.Diagnostic) {
	t.Helper()
	for _, d := range diags {
		if d.Fixes == nil {
			t.Errorf("%s: %s has null for its fixes", c.name, d.Code)
		}
		for _, fix := range d.Fixes {
			after := fix.Apply(text)
			_, left := ParseWith(Kind(c.kind), after, c.options())
			if occurrences(left, d) >= occurrences(diags, d) {
				t.Errorf("%s: %q leaves %s:\n%s\n%s", c.name, fix.Title, d.Code, after, golden(left))
			}
			if Refused(left) && !Refused(diags) {
				t.Errorf("%s: %q makes an error:\n%s\n%s", c.name, fix.Title, after, golden(left))
			}
		}
	}
}

func occurrences(diags []source.Diagnostic, like source.Diagnostic) (n int) {
	for _, d := range diags {
		if d.Code == like.Code && d.Message == like.Message {
			n++
		}
	}
	return n
}

// The corpus has for every check a policy that raises it, and one that does what that one was to do and raises nothing.
func TestChecks(t *testing.T) {
	bad, good, fixes := map[string]int{}, map[string]int{}, 0
	for _, c := range checkCorpus(t, "testdata/checks.txt") {
		code, rest, _ := strings.Cut(c.name, " ")
		which, _, _ := strings.Cut(rest, ":")
		_, diags := ParseWith(Kind(c.kind), c.text(t), c.options())
		switch {
		case which == "bad" && hasCode(diags, code):
			bad[code]++
		case which == "good" && len(diags) == 0:
			good[code]++
		default:
			t.Errorf("%s: %s", c.name, golden(diags))
		}
		for _, d := range diags {
			fixes += len(d.Fixes)
		}
	}
	for _, info := range Checks() {
		if bad[info.Code] == 0 || good[info.Code] == 0 {
			t.Errorf("%s: %d bad and %d good examples", info.Code, bad[info.Code], good[info.Code])
		}
	}
	t.Logf("%d checks, %d fixes in the corpus", len(Checks()), fixes)
}

// The table has every code of a warning or advice once, with the severity that it has.
func TestCheckTable(t *testing.T) {
	if len(Checks()) < 40 {
		t.Errorf("%d checks", len(Checks()))
	}
	byCode := map[string]CheckInfo{}
	for _, info := range Checks() {
		if _, seen := byCode[info.Code]; seen || !kebab.MatchString(info.Code) || info.Title == "" || info.Explanation == "" || !strings.Contains(info.Page, ".html") {
			t.Errorf("%+v", info)
		}
		byCode[info.Code] = info
	}
	for _, file := range corpora {
		for _, c := range readCorpus(t, file) {
			_, diags := ParseWith(Kind(c.kind), c.text(t), c.options())
			for _, d := range diags {
				info, known := byCode[d.Code]
				if !known && d.Severity != source.Error || known && d.Severity != info.Severity && d.Severity != source.Error {
					t.Errorf("%s: %s is %s, in the table %q", c.name, d.Code, d.Severity, info.Severity)
				}
			}
		}
	}
}

var corpora = []string{"testdata/malformed.txt", "testdata/advice.txt", "testdata/valid.txt", "testdata/checks.txt", "testdata/quiet.txt"}

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
		if strings.HasPrefix(c.name, "what is fine") && c.golden != "" && !*update {
			t.Errorf("%s: %s", c.name, c.golden)
		}
	}
}

// Policies such as the guides of AWS have them raise nothing.
func TestQuiet(t *testing.T) {
	for _, c := range checkCorpus(t, "testdata/quiet.txt") {
		if c.golden != "" {
			t.Errorf("%s: %s", c.name, c.golden)
		}
	}
}

// Sizes that a corpus file should not hold.
func TestSize(t *testing.T) {
	const policy = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": {"StringEquals": {"kms:CallerAccount": "111122223333"}}}}`
	pad := func(size int) string { return policy + strings.Repeat("\n", size-len(policy)) }
	for _, c := range []struct {
		kind Kind
		size int
		want string
	}{
		{KeyPolicy, catalog.KeyPolicyBytes * 9 / 10, ""},
		{KeyPolicy, catalog.KeyPolicyBytes, "1:1 info near-size-limit: this key policy has 32768 of the 32768 bytes that it may have; " +
			"move permissions of your own account to IAM policies, or use grants"},
		{KeyPolicy, catalog.KeyPolicyBytes + 1, "1:1 error too-long: a key policy has at most 32768 bytes; this one has 32769"},
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
