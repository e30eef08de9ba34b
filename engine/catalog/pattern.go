package catalog

import (
	"regexp"
	"strings"
)

// matches is Java's Pattern.matches: the whole text, and \uXXXX escapes.
func matches(pattern, text string) bool {
	if class, ok := plainClass(pattern); ok {
		return text != "" && strings.IndexFunc(text, func(c rune) bool { return !inClass(class, c) }) < 0
	}
	return regexp.MustCompile(`\A(?:` + unicodeEscapes(pattern) + `)\z`).MatchString(text)
}

func unicodeEscapes(pattern string) string {
	var b strings.Builder
	for {
		i := strings.Index(pattern, `\u`)
		if i < 0 {
			b.WriteString(pattern)
			return b.String()
		}
		b.WriteString(pattern[:i] + `\x{` + pattern[i+2:i+6] + "}")
		pattern = pattern[i+6:]
	}
}

// plainClass is the class of a pattern that is nothing else, as those of most names are: "^[a-zA-Z0-9:/_-]+$". To
// compile a regular expression takes longer than the rest of a call.
func plainClass(pattern string) (class string, ok bool) {
	class, begins := strings.CutPrefix(pattern, "^[")
	class, ends := strings.CutSuffix(class, "]+$")
	return class, begins && ends && !strings.ContainsAny(class, `\[]^`)
}

// inClass reports whether a class has a character: "a-z" has all between the two, and a "-" at its end is one itself.
func inClass(class string, c rune) bool {
	for i := 0; i < len(class); i++ {
		low, high := class[i], class[i]
		if i+2 < len(class) && class[i+1] == '-' {
			high = class[i+2]
			i += 2
		}
		if rune(low) <= c && c <= rune(high) {
			return true
		}
	}
	return false
}
