package catalog

import (
	"regexp"
	"testing"
)

// TestPatterns holds every pattern of the models that is read without a regular expression against the regular expression,
// character by character.
func TestPatterns(t *testing.T) {
	patterns := map[string]bool{}
	var collect func(*Shape)
	collect = func(s *Shape) {
		if s == nil || patterns[s.Name+" "+s.Pattern] {
			return
		}
		patterns[s.Name+" "+s.Pattern] = true
		if _, plain := plainClass(s.Pattern); plain {
			checkPattern(t, s.Pattern)
			patterns["plain"] = true
		}
		collect(s.Member)
		collect(s.Key)
		for _, f := range s.Fields {
			collect(f.Shape)
		}
	}
	for _, op := range KMS() {
		for _, f := range op.Input {
			collect(f.Shape)
		}
	}
	if !patterns["plain"] {
		t.Error("no pattern is plain")
	}
}

func checkPattern(t *testing.T, pattern string) {
	t.Helper()
	whole := regexp.MustCompile(`\A(?:` + pattern + `)\z`)
	check := func(text string) {
		t.Helper()
		if got, want := matches(pattern, text), whole.MatchString(text); got != want {
			t.Errorf("%s matches %q: %v, want %v", pattern, text, got, want)
		}
	}
	check("")
	for c := rune(0); c < 0x250; c++ {
		check(string(c))
		check("a" + string(c))
		check(string(c) + "0")
	}
	check("a\xff")
}
