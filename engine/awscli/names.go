package awscli

import (
	"strings"

	"kmsplayground/engine/catalog"
)

// dashed spells an API name as the command line does: "KeyId" is "key-id", "PolicyARNs" is "policy-arns". It follows
// botocore's xform_name: a word begins at a capital that a small letter follows, and at a capital after a small
// letter or a digit; a plural of capitals at the end is one word.
func dashed(name string) string {
	head, tail := pluralTail(name)
	var b strings.Builder
	for i := 0; i < len(head); i++ {
		if i > 0 && isUpper(head[i]) && (!isUpper(head[i-1]) || i+1 < len(head) && isLower(head[i+1])) {
			b.WriteByte('-')
		}
		b.WriteByte(head[i])
	}
	if tail != "" && head != "" {
		b.WriteByte('-')
	}
	b.WriteString(tail)
	return strings.ToLower(b.String())
}

// pluralTail splits off "ARNs" in "PolicyARNs".
func pluralTail(name string) (head, tail string) {
	if !strings.HasSuffix(name, "s") {
		return name, ""
	}
	i := len(name) - 1
	for i > 0 && isUpper(name[i-1]) {
		i--
	}
	if len(name)-1-i < 2 {
		return name, ""
	}
	return name[:i], name[i:]
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

// findOperation finds an operation by its name on the command line.
func findOperation(operations []catalog.Operation, name string) *catalog.Operation {
	for i := range operations {
		if dashed(operations[i].Name) == name {
			return &operations[i]
		}
	}
	return nil
}

// closeMatches are the up to three candidates that a misspelled word resembles, best first.
func closeMatches(word string, candidates []string) []string {
	var found []string
	var scores []float64
	for _, c := range candidates {
		score := 2 * float64(commonLength(word, c)) / float64(len(word)+len(c))
		if score < 0.8 { // the AWS CLI's cut-off
			continue
		}
		at := len(found)
		for at > 0 && scores[at-1] < score {
			at--
		}
		found = append(found[:at], append([]string{c}, found[at:]...)...)
		scores = append(scores[:at], append([]float64{score}, scores[at:]...)...)
	}
	return found[:min(len(found), 3)]
}

// commonLength is the length of the longest common subsequence.
func commonLength(a, b string) int {
	row := make([]int, len(b)+1)
	for i := range len(a) {
		diagonal := 0
		for j := range len(b) {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
