package arn

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text string
		want ARN
		form bool
	}{
		{"arn:aws:kms:us-east-1:111122223333:key/1234abcd", ARN{"aws", "kms", "us-east-1", "111122223333", "key/1234abcd"}, true},
		{"arn:aws-cn:iam::111122223333:root", ARN{"aws-cn", "iam", "", "111122223333", "root"}, true},
		{"arn:aws:logs:us-east-1:111122223333:log-group:a:*", ARN{"aws", "logs", "us-east-1", "111122223333", "log-group:a:*"}, true},
		{"arn:aws:s3:::bucket", ARN{"aws", "s3", "", "", "bucket"}, true},
		{"arn:aws:s3:::", ARN{}, true},
		{"arn::s3:::bucket", ARN{}, true},
		{"arn:::::", ARN{}, true},
		{"arn:aws:iam::111122223333", ARN{}, false},
		{"ARN:aws:iam::111122223333:root", ARN{}, false},
		{" arn:aws:iam::111122223333:root", ARN{}, false},
		{"", ARN{}, false},
	} {
		a, ok := Parse(c.text)
		if ok != c.want.IsValid() || ok && a != c.want || ok && a.String() != c.text || HasForm(c.text) != c.form {
			t.Errorf("Parse(%q) = %+v, %v, form %v", c.text, a, ok, HasForm(c.text))
		}
	}
	if (ARN{}).IsValid() || (ARN{}).String() != "" {
		t.Error("the zero ARN must be invalid and empty")
	}
}

// wildcards is pattern, text, and whether they match; also the seeds of FuzzMatch.
var wildcards = []struct {
	pattern, text string
	want          bool
}{
	{"", "", true}, {"", "a", false}, {"a", "a", true}, {"a", "A", false}, {"a", "", false},
	{"*", "", true}, {"*", "a/b:c\nd", true}, {"**", "𐐀", true},
	{"?", "", false}, {"?", "a", true}, {"?", "ab", false}, {"?", "é", true}, {"?", "𐐀", false}, {"??", "𐐀", true},
	{"a?", "a𐐀", false}, {"a??", "a𐐀", true}, {"?𐐀", "x𐐀", true}, {"𐐀?", "𐐀x", true}, {"𐐀", "𐐀", true}, {"𐐀?", "𐐀𐐨", false},
	{"*?", "𐐀", true}, {"?*", "𐐀", true}, {"*?*?*", "𐐀", true}, {"*?*?*?*", "𐐀", false}, {"*𐐀*", "a𐐀b", true},
	{"a*c", "abc", true}, {"a*c", "ac", true}, {"a*c", "abcd", false}, {"a*a", "a", false}, {"a*a", "aa", true},
	{"*ab*ab*", "ab", false}, {"*ab*ab*", "abab", true}, {"*ab*ab*", "xabyabz", true}, {"a*b*c", "acb", false},
	{"*aab", "aaab", true}, {"a?a*", "aba", true}, {"*a?c", "abcabc", true}, {"*a?c", "abcab", false}, {"a?c*c", "abc", false},
	{"[a]", "a", false}, {"[a]", "[a]", true}, {`a\*`, `a\b`, true}, {`\?`, "?", false}, {"a.c", "abc", false},
	{"arn:aws:kms:*:*:key/*", "arn:aws:kms:us-east-1:111122223333:key/1234abcd", true},
	{"arn:aws:kms:us-*", "arn:aws:kms:us-east-1:111122223333:key/1234abcd", true},
	{"kms:Re*From", "kms:ReEncryptFrom", true}, {"kms:Re*From", "kms:ReEncryptTo", false},
}

func TestPattern(t *testing.T) {
	for _, c := range wildcards {
		if got := CompilePattern(c.pattern).Match(c.text); got != c.want {
			t.Errorf("%q and %q: %v", c.pattern, c.text, got)
		}
		if got := naive(units(Part{Text: c.pattern}), utf16.Encode([]rune(c.text))); got != c.want {
			t.Errorf("the reference says of %q and %q: %v", c.pattern, c.text, got)
		}
	}
	zero := Pattern{}
	if !zero.Match("") || zero.Match("a") || zero.HasWildcard() {
		t.Error("the zero Pattern must match the empty string only")
	}
}

func TestParts(t *testing.T) {
	for _, c := range []struct {
		parts []Part
		text  string
		want  bool
	}{
		{[]Part{{"user/", false}, {"b*", true}}, "user/b*", true},
		{[]Part{{"user/", false}, {"b*", true}}, "user/bob", false},
		{[]Part{{"*/", false}, {"b?b", true}, {"?", false}}, "user/b?bx", true},
		{[]Part{{"*/", false}, {"b?b", true}, {"?", false}}, "user/bobx", false},
		{[]Part{{"", true}, {"*", true}}, "*", true},
		{[]Part{{"", true}, {"*", true}}, "a", false},
		{nil, "", true},
	} {
		if got := CompileParts(c.parts...).Match(c.text); got != c.want {
			t.Errorf("%v and %q: %v", c.parts, c.text, got)
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"kms:Encrypt", "KMS:encrypt", true}, {"KMS:EN*", "kms:Encrypt", true}, {"kms:?ncrypt", "kms:Encrypt", true},
		{"kms:*crypt", "kms:EnCRYPT", true}, {"*", "kms:Encrypt", true}, {"kms:Decrypt", "kms:Encrypt", false},
		{"kms:*", "iam:GetUser", false}, {"kms:encrypt", "\u212ams:encrypt", false}, {"é", "É", false},
	} {
		if got := CompileFold(c.pattern).Match(c.text); got != c.want {
			t.Errorf("%q and %q: %v", c.pattern, c.text, got)
		}
	}
}

func TestMatcher(t *testing.T) {
	const role = "arn:aws:iam::111122223333:role/path/app"
	for _, c := range []struct {
		pattern string
		isARN   bool
		text    string
		want    bool
	}{
		{role, true, role, true},
		{"arn:aws:iam::*:role/*", true, role, true},
		{"arn:*:*:*:*:*", true, role, true},
		{"arn:aws:iam::*:role/*", true, "arn:aws:iam::111122223333:user/app", false},
		{"arn:aws:*:role/*", false, role, false},
		{"arn:aws:i*:role/*::", true, role, false},
		{"*:aws:iam::111122223333:role/path/app", false, role, false},
		{"arn:aws:iam::111122223333:*", true, "not an ARN", false},
		{"arn:aws:logs:*:*:log-group:*:x", true, "arn:aws:logs:us-east-1:1:log-group:a:b:x", true},
	} {
		m, ok := CompileMatcher(Part{Text: c.pattern})
		if ok != c.isARN || ok && m.Match(c.text) != c.want {
			t.Errorf("%q and %q: %v, is an ARN: %v", c.pattern, c.text, m.Match(c.text), ok)
		}
	}
	m, ok := CompileMatcher(Part{"arn:aws:iam:", false}, Part{":1111*", true}, Part{":user/*", false})
	if !ok || !m.Match("arn:aws:iam::1111*:user/x") || m.Match("arn:aws:iam::11112:user/x") {
		t.Error("a part of literal text must be literal in the ARN that it makes")
	}
}

// Many stars must not make the time explode.
func TestManyStars(t *testing.T) {
	text := strings.Repeat("a", 100_000)
	for _, pattern := range []string{strings.Repeat("a*", 1000) + "b", strings.Repeat("*?a", 1000) + "b", "*" + strings.Repeat("a?", 100) + "b*"} {
		if CompilePattern(pattern).Match(text) {
			t.Errorf("%.20q… matches", pattern)
		}
	}
}

// unit is one UTF-16 unit of a pattern, as the reference matcher sees it.
type unit struct {
	u    uint16
	wild bool
}

func units(parts ...Part) []unit {
	var out []unit
	for _, p := range parts {
		for _, u := range utf16.Encode([]rune(p.Text)) {
			out = append(out, unit{u, !p.Literal && (u == '*' || u == '?')})
		}
	}
	return out
}

// naive is the reference: the definition of wildcards, row by row.
func naive(pattern []unit, s []uint16) bool {
	row := make([]bool, len(s)+1)
	row[0] = true
	for _, p := range pattern {
		next := make([]bool, len(s)+1)
		next[0] = row[0] && p.wild && p.u == '*'
		for j, u := range s {
			switch {
			case p.wild && p.u == '*':
				next[j+1] = row[j+1] || next[j]
			case p.wild:
				next[j+1] = row[j]
			default:
				next[j+1] = row[j] && p.u == u
			}
		}
		row = next
	}
	return row[len(s)]
}

func FuzzMatch(f *testing.F) {
	for _, c := range wildcards {
		f.Add(c.pattern, "", c.text)
		f.Add("*", c.pattern, "x"+c.text)
	}
	f.Fuzz(func(t *testing.T, pattern, literal, text string) {
		parts := []Part{{Text: pattern}, {Text: literal, Literal: true}, {Text: pattern}}
		got := CompileParts(parts...).Match(text)
		CompileFold(pattern).Match(text)
		m, _ := CompileMatcher(parts...)
		m.Match(text)
		if !utf8.ValidString(pattern) || !utf8.ValidString(literal) || !utf8.ValidString(text) || len(pattern)*len(text) > 1<<20 {
			return
		}
		if want := naive(units(parts...), utf16.Encode([]rune(text))); got != want {
			t.Errorf("%v and %q: %v, want %v", parts, text, got, want)
		}
		if got, want := CompilePattern(pattern).Match(text), naive(units(Part{Text: pattern}), utf16.Encode([]rune(text))); got != want {
			t.Errorf("%q and %q: %v, want %v", pattern, text, got, want)
		}
		if f, ok := split(text); ok && strings.Join(f[:], ":") != text {
			t.Errorf("split(%q) = %q, %v", text, f, ok)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	for _, c := range []struct{ name, pattern string }{
		{"Any", "*"}, {"Exact", "arn:aws:kms:us-east-1:111122223333:key/1234abcd"},
		{"Stars", "arn:aws:kms:*:*:key/*"}, {"Single", "arn:aws:kms:us-????-?:*:key/*"},
	} {
		p := CompilePattern(c.pattern)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.Match("arn:aws:kms:us-east-1:111122223333:key/1234abcd")
			}
		})
	}
}
