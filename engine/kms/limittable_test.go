package kms

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// limits is testdata/limits.txt: what AWS says about the parameters, apart from what the engine says.
type limits struct {
	shapes     map[string]*bounds
	operations map[string][]param
	names      []string // of the operations, in the order of the file
	wrong      map[string][]wrongType
}

// bounds are a line that begins with "shape".
type bounds struct {
	kind       string
	min, max   int // -1 for none
	sensitive  bool
	pattern    string
	enum       []string
	member     string
	like, fill string
	fields     []param
}

// param is a member of a structure or a parameter of an operation.
type param struct {
	name, shape string
	required    bool // by the model
	needed      bool // required, or the request makes no sense without
}

type wrongType struct{ json, text string }

func readLimits(t *testing.T) *limits {
	t.Helper()
	text, err := os.ReadFile("testdata/limits.txt")
	if err != nil {
		t.Fatal(err)
	}
	l := &limits{map[string]*bounds{}, map[string][]param{}, nil, map[string][]wrongType{}}
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || f[0] == "#":
		case f[0] == "shape" && l.shapes[f[1]] == nil:
			l.shapes[f[1]] = readLimit(t, f[2], f[3:])
		case f[0] == "operation" && l.operations[f[1]] == nil:
			l.names = append(l.names, f[1])
			l.operations[f[1]] = readParameters(f[2:])
		case f[0] == "wrong":
			l.wrong[f[1]] = append(l.wrong[f[1]], wrongType{f[2], strings.Join(f[3:], " ")})
		default:
			t.Fatalf("bad row %s", line)
		}
	}
	return l
}

func readLimit(t *testing.T, kind string, words []string) *bounds {
	t.Helper()
	l := &bounds{kind: kind, min: -1, max: -1, like: "…", fill: "a"}
	for _, word := range words {
		name, value, _ := strings.Cut(word, "=")
		switch low, high, ok := strings.Cut(word, ".."); {
		case word[0] == '.':
			l.fields = append(l.fields, readParameters([]string{word[1:]})...)
		case word == "sensitive":
			l.sensitive = true
		case name == "pattern":
			l.pattern = value
		case name == "enum":
			l.enum = strings.Split(value, ",")
		case name == "member":
			l.member = value
		case name == "like":
			l.like = value
		case name == "fill":
			l.fill = value
		case name == "key" || name == "value": // nothing bounds the texts of an encryption context
		case ok:
			l.min, l.max = bound(t, low), bound(t, high)
		default:
			t.Fatalf("bad limit %s", word)
		}
	}
	return l
}

func bound(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func readParameters(words []string) (all []param) {
	for _, word := range words {
		name, shape, _ := strings.Cut(word, ":")
		plain := strings.TrimRight(name, "!+")
		all = append(all, param{plain, shape, strings.HasSuffix(name, "!"), name != plain})
	}
	return all
}

// text is a text of so many characters that fits the pattern where one of that length can.
func (l *bounds) text(size int) string {
	prefix, suffix, _ := strings.Cut(l.like, "…")
	n := max(size-len(prefix)-len(suffix), 1)
	return (prefix + strings.Repeat(l.fill, n) + suffix)[:size]
}

// fits is Java's Pattern.matches.
func (l *bounds) fits(text string) bool {
	escaped := regexp.MustCompile(`\\u([0-9A-F]{4})`).ReplaceAllString(l.pattern, `\x{$1}`)
	return l.pattern == "" || regexp.MustCompile(`^(?:`+escaped+`)$`).MatchString(text)
}

// sizes are those at the edges of a range, and beside them.
func (l *bounds) sizes() []int {
	if l.max < 0 {
		return []int{1}
	}
	sizes := []int{l.min, l.max, l.max + 1}
	if l.min > 0 || l.kind == "integer" {
		sizes = append(sizes, l.min-1)
	}
	return sizes
}
