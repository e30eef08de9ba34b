package condition

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lower puts text in lower case the way AWS's …IgnoreCase operators do, which is Java's: character by character, no
// case folding, a capital sigma at the end of a word becomes the final one, a capital I with a dot becomes two
// characters, and supplementary characters keep their case. Recorded from AWS, 2026-09.
func lower(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r == 'Σ' && isFinal(s, i):
			b.WriteRune('ς')
		case r == 'İ':
			b.WriteString("i̇")
		case r > 0xffff:
			b.WriteRune(r)
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// isFinal reports whether the sigma at s[i] ends a word: a cased letter comes before it and none after it, marks and
// apostrophes not counted (Final_Sigma of the Unicode Standard, section 3.13).
func isFinal(s string, i int) bool {
	before := false
	for rest := s[:i]; rest != "" && !before; {
		r, size := utf8.DecodeLastRuneInString(rest)
		if !isCaseIgnorable(r) {
			if !isCased(r) {
				return false
			}
			before = true
		}
		rest = rest[:len(rest)-size]
	}
	for _, r := range s[i+len("Σ"):] {
		if !isCaseIgnorable(r) {
			return before && !isCased(r)
		}
	}
	return before
}

func isCased(r rune) bool {
	return unicode.IsUpper(r) || unicode.IsLower(r) || unicode.IsTitle(r) ||
		unicode.In(r, unicode.Other_Lowercase, unicode.Other_Uppercase)
}

func isCaseIgnorable(r rune) bool {
	return strings.ContainsRune("'.:^`¨\u00ad·’‘․﹒＇．：", r) ||
		unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Lm, unicode.Sk)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// equalLower reports whether s in lower case is want, which is in lower case already.
func equalLower(s, want string) bool {
	if !isASCII(s) {
		return lower(s) == want
	}
	if len(s) != len(want) {
		return false
	}
	for i := 0; i < len(s); i++ {
		b := s[i]
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		if b != want[i] {
			return false
		}
	}
	return true
}
