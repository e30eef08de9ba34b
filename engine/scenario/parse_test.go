package scenario

import (
	"fmt"
	"strings"
	"testing"
)

// outline is what Parse understood and what it remarked.
func outline(text string) string {
	doc, diags := Parse(text)
	var b strings.Builder
	for _, block := range doc.Blocks {
		fmt.Fprintf(&b, "%s", block.Kind)
		if block.Title != "" {
			fmt.Fprintf(&b, " %q", block.Title)
		}
		if block.Attributes != (Attributes{}) {
			fmt.Fprintf(&b, " %+v", block.Attributes)
		}
		if block.Kind != FrontMatter {
			fmt.Fprintf(&b, " %q", block.Text)
		}
		b.WriteString("\n")
	}
	for _, d := range diags {
		fmt.Fprintf(&b, "%s (%s)\n", d, d.Code)
	}
	return b.String()
}

const step = "{As:a Expect: Service: SourceIP: VPCE: Region: SourceArn: Wait:0s Quota:}"

func TestParse(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"", ""},
		{"hello\n", "prose \"hello\\n\"\n"},
		{"---\ntitle: T\n---\nx", "front matter\nprose \"x\"\n"},
		{"---\ntitle T\nfoo: 1\nstart: today\naccount: 1\nlesson: perhaps\nstories: S1\nformat: 2\ntitle: a\ntitle: b\nregion: \"x\n# note\n\n---\n",
			"front matter\n" +
				"2:1: a line of the front matter reads key: value (front-matter)\n" +
				"3:1: unknown key \"foo\" (unknown-key)\n" +
				"4:1: start is a time like 2026-01-01T09:00:00Z, not \"today\" (front-matter)\n" +
				"5:1: account is an account id of 12 digits, not \"1\" (front-matter)\n" +
				"6:1: lesson is true or false, not \"perhaps\" (front-matter)\n" +
				"7:1: stories is a list like [a, b] (front-matter)\n" +
				"8:1: this document has format 2, which is newer than this playground's (1): parts of it may not run (front-matter)\n" +
				"10:1: \"title\" is given twice (duplicate-key)\n" +
				"11:1: region has quotes that do not match (front-matter)\n"},
		{"---\ntitle: T\n```sh as=\"a\"\nx\n```\n", "prose \"---\\ntitle: T\\n\"\nstep " + step + " \"x\"\n1:1: the front matter is not closed by a line --- (front-matter)\n"},
		{"```json title=\"p.json\"\n{}\n```\n", "file \"p.json\" \"{}\"\n"},
		{"```json title=\"p.json\"\n{}\n\n```\n", "file \"p.json\" \"{}\\n\"\n"},
		{"```json title=\"p.json\"\n```\n", "file \"p.json\" \"\"\n"},
		{"```json title=\"p.json\"\r\n{\r\n}\r\n```\r\n", "file \"p.json\" \"{\\r\\n}\"\n"},
		{"````md title=\"d.md\"\n```sh as=\"a\"\nx\n```\n````\n", "file \"d.md\" \"```sh as=\\\"a\\\"\\nx\\n```\"\n"},
		{"~~~sh as=\"a\"\n```\n~~~\n", "step " + step + " \"```\"\n"},
		{"```sh\nplain\n```\n", "prose \"```sh\\nplain\\n```\\n\"\n"},
		{"  ```sh as=\"a\"\nindented\n```\n", "prose \"  ```sh as=\\\"a\\\"\\nindented\\n```\\n\"\n"},
		{"```sh as=\"a\" expect=\"X\" service=\"ec2\" source-ip=\"1.2.3.4\" vpce=\"vpce-1\" source-arn=\"arn:aws:s3:::b\" region=\"r\" wait=\"6m\" quota=\"aliases-per-key=2\"\nx\n```\n",
			"step {As:a Expect:X Service:ec2 SourceIP:1.2.3.4 VPCE:vpce-1 Region:r SourceArn:arn:aws:s3:::b Wait:6m0s Quota:aliases-per-key=2} \"x\"\n"},
		{"```sh as=\"a\" goal=\"reach \\\"it\\\"\"\nx\n```\n", "goal \"reach \\\"it\\\"\" " + step + " \"x\"\n"},
		{"```sh as=\"a\"\nx\n```\n\n```output\ny\n```\n```error\nz\n```\n", "step " + step + " \"x\"\nprose \"\\n\"\noutput \"y\"\nerror \"z\"\n"},
		{"```output\ny\n```\n", "prose \"```output\\ny\\n```\\n\"\n1:4: output stands directly after the step that prints it (expectation-without-step)\n"},
		{"```sh as=\"a\"\nx\n```\ntext\n```output\ny\n```\n", "step " + step + " \"x\"\nprose \"text\\n```output\\ny\\n```\\n\"\n5:4: output stands directly after the step that prints it (expectation-without-step)\n"},
		{"x\n```sh as=\"a\"\nls", "prose \"x\\n\"\nstep " + step + " \"ls\"\n2:1: this fence is not closed (unclosed-fence)\n"},
		{"```sh as=\"a\" epxect=\"X\"\n```\n", "step " + step + " \"\"\n1:14: unknown attribute \"epxect\" (unknown-attribute)\n"},
		{"```sh as=a\nx\n```\n", "step " + step + " \"x\"\n1:7: write as=\"a\": values stand in double quotes (bad-quoting)\n"},
		{"```sh as=\"a\nx\n```\n", "step " + step + " \"x\"\n1:7: the value of as is no string in double quotes (bad-quoting)\n"},
		{"```sh as=\"a\" as=\"b\"\nx\n```\n", "step " + step + " \"x\"\n1:14: \"as\" is given twice (duplicate-attribute)\n"},
		{"---\nconsistency: eventual\n---\n", "front matter\n"},
		{"---\nkeys: [arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab]\n---\n", "front matter\n"},
		{"---\nkeys: [1234abcd-12ab-34cd-56ef-1234567890ab]\n---\n", "front matter\n2:1: keys is a list of key ARNs, and \"1234abcd-12ab-34cd-56ef-1234567890ab\" is none (front-matter)\n"},
		{"---\nconsistency: strong\n---\n", "front matter\n2:1: consistency is immediate or eventual, not \"strong\" (front-matter)\n"},
		{"```sh as=\"a\" quota=\"aliases=2\"\nx\n```\n", "step " + step + " \"x\"\n1:14: quota is like \"aliases-per-key=2\", of keys, aliases-per-key, grants-per-key; not \"aliases=2\" (bad-attribute)\n"},
		{"```sh as=\"a\" quota=\"keys=-1\"\nx\n```\n", "step " + step + " \"x\"\n1:14: quota is like \"aliases-per-key=2\", of keys, aliases-per-key, grants-per-key; not \"keys=-1\" (bad-attribute)\n"},
		{"```sh as=\"a\" wait=\"soon\"\nx\n```\n", "step " + step + " \"x\"\n1:14: wait is a duration like \"6m\" or \"1h30m\", not \"soon\" (bad-attribute)\n"},
		{"```sh expect=\"X\"\nx\n```\n", "prose \"```sh expect=\\\"X\\\"\\nx\\n```\\n\"\n1:4: a step says who acts: as=\"kms-test-1\" (missing-as)\n"},
		{"```json title=\"\"\nx\n```\n", "prose \"```json title=\\\"\\\"\\nx\\n```\\n\"\n1:4: a file needs a name (bad-attribute)\n"},
		{"```json tilte=\"p\"\nx\n```\n", "prose \"```json tilte=\\\"p\\\"\\nx\\n```\\n\"\n1:9: unknown attribute \"tilte\" (unknown-attribute)\n"},
		{"```json title=\"p\"\na\n```\n```json title=\"p\"\nb\n```\n", "file \"p\" \"a\"\nfile \"p\" \"b\"\n4:4: there is a file \"p\" already; this one replaces it from here on (duplicate-title)\n"},
		{"```js {1,3} showLineNumbers\nx\n```\n", "prose \"```js {1,3} showLineNumbers\\nx\\n```\\n\"\n"},
		{"日本\n```sh as=\"日\" x=\"y\"\n```\n", "prose \"日本\\n\"\nstep {As:日 Expect: Service: SourceIP: VPCE: Region: SourceArn: Wait:0s Quota:} \"\"\n2:14: unknown attribute \"x\" (unknown-attribute)\n"},
	} {
		if got := outline(row.text); got != row.want {
			t.Errorf("%q\n got %s\nwant %s", row.text, got, row.want)
		}
	}
}

func TestFront(t *testing.T) {
	doc, diags := Parse("---\ntitle: \"A: b\"\nstart: 2026-02-03T04:05:06+09:00\nseed: 'it''s'\nregion: eu-west-1\nconsistency: eventual\naccount: \"444455556666\"\nformat: 1\nstories: [S72, \"S73\"]\nlesson: true\ntags: []\nkeys: []\n---\n")
	if len(diags) > 0 {
		t.Error(diags)
	}
	got := fmt.Sprintf("%+v", doc.Front)
	want := "{Title:A: b Start:2026-02-03 04:05:06 +0900 +0900 Seed:it's Region:eu-west-1 Account:444455556666 Consistency:eventual Format:1 Stories:[S72 S73] Lesson:true Tags:[] Keys:[] IDs:[]}"
	if got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestMatches(t *testing.T) {
	for _, row := range []struct {
		want, got string
		holds     bool
	}{
		{"a", "\na\n", true},
		{"a", "b", false},
		{"", "", true},
		{"", "x", false},
		{"a…c", "abc", true},
		{"a…c", "a\nc", false},
		{"a…c…e", "abcde", true},
		{"…", "a\nb\nc", true},
		{"a\n…\nc", "a\nc", true},
		{"a\n…\nc", "a\nb\nb\nc", true},
		{"a\n…\nc", "a\nb", false},
		{"key/… because", "key/1234 because", true},
		{"…b", "aab", true},
		{"ab…ba", "aba", false},
		{"a  ", "a", true},
	} {
		if got := matches(row.want, row.got); got != row.holds {
			t.Errorf("%q, %q: %v", row.want, row.got, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "---\ntitle: x\n---\n", "```sh as=\"a\"\nx\n```\n", "```json title=\"p\"\n{}\n```", "~~~~\n~~~", "```sh as=\"a\" goal=\"g\" wait=\"1m\"\n```\n```output\n…\n```", "````\r\n```\r\n````\r\n", "```sh as=\"\\u0061", "---\n```\n---\n",
	} {
		f.Add(seed)
	}
	paths, _ := Stories.ReadDir("stories")
	for _, dir := range paths {
		files, _ := Stories.ReadDir("stories/" + dir.Name())
		for _, file := range files {
			text, _ := Stories.ReadFile("stories/" + dir.Name() + "/" + file.Name())
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, diags := Parse(text)
		at := 0
		for _, b := range doc.Blocks {
			if b.Span.Start != at || b.Span.End < b.Span.Start || b.Content.Start < b.Span.Start || b.Content.End > b.Span.End || text[b.Content.Start:b.Content.End] != b.Text {
				t.Fatalf("block %+v does not follow at %d", b, at)
			}
			at = b.Span.End
		}
		if at != len(text) {
			t.Fatalf("the blocks end at %d of %d", at, len(text))
		}
		for _, d := range diags {
			if d.Line < 1 || d.Column < 1 || d.Message == "" || d.Code == "" {
				t.Fatalf("%+v", d)
			}
		}
		checkAppend(t, doc, text)
	})
}

// checkAppend: what is appended to any document reads back, and changes nothing that stood before.
func checkAppend(t *testing.T, doc *Document, text string) {
	t.Helper()
	content := "{\n```\n~~~\n---\n" + text
	longer := closed(text) + "\n" + fenced("json"+writeAttribute("title", "`new\""), content) + "\n" + fenced(Attributes{As: text, Expect: "X"}.plain("root").info("sh"), plainScript(text))
	after, _ := Parse(longer)
	n := len(after.Blocks)
	if n < 3 {
		t.Fatalf("%d blocks", n)
	}
	if got := after.Blocks[n-3]; got.Kind != File || got.Title != "`new\"" || got.Text != content {
		t.Fatalf("the file reads back as %q", got.Text)
	}
	if got := after.Blocks[n-1]; got.Kind != Step || got.Text != plainScript(text) || got.Attributes != (Attributes{As: text, Expect: "X"}).plain("root") {
		t.Fatalf("the step reads back as %+v", got)
	}
	for i, b := range doc.Blocks {
		if got := after.Blocks[i]; b.Kind != Prose && (got.Kind != b.Kind || got.Text != b.Text || got.Attributes != b.Attributes || got.Title != b.Title) {
			t.Fatalf("block %d was %+v and is %+v", i, b, got)
		}
	}
}
