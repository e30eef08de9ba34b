package scenario

import "strings"

// ellipsis stands for any text within a line; a line of only an ellipsis stands for any lines.
const ellipsis = "…"

// matches compares what a step printed with what the document says, white space at both ends aside.
func matches(want, got string) bool {
	return matchLines(textLines(want), textLines(got))
}

func textLines(text string) []string {
	return strings.Split(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")), "\n")
}

// matchLines goes back only to the last line of an ellipsis, so that its time is at most the product of the lengths.
func matchLines(want, got []string) bool {
	w, g, star, retry := 0, 0, -1, 0
	for g < len(got) {
		switch {
		case w < len(want) && strings.TrimSpace(want[w]) == ellipsis:
			star, retry = w, g
			w++
		case w < len(want) && matchLine(strings.TrimRight(want[w], " \t"), strings.TrimRight(got[g], " \t")):
			w++
			g++
		case star >= 0:
			retry++
			w, g = star+1, retry
		default:
			return false
		}
	}
	for w < len(want) && strings.TrimSpace(want[w]) == ellipsis {
		w++
	}
	return w == len(want)
}

func matchLine(want, got string) bool {
	parts := strings.Split(want, ellipsis)
	if len(parts) == 1 {
		return want == got
	}
	if !strings.HasPrefix(got, parts[0]) {
		return false
	}
	got = got[len(parts[0]):]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(got, part)
		if i < 0 {
			return false
		}
		got = got[i+len(part):]
	}
	return strings.HasSuffix(got, parts[len(parts)-1])
}
