package scenario

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"

	"kmsplayground/engine"
	"kmsplayground/engine/authz/testdata/denial"
	"kmsplayground/engine/keypair"
)

var update = flag.Bool("update", false, "write the goldens")

// documents are the paths of all stories, sorted.
func documents(t *testing.T) []string {
	t.Helper()
	paths, err := fs.Glob(Stories, "stories/*/*.md")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	sort.Strings(paths)
	return paths
}

func document(t *testing.T, path string) string {
	t.Helper()
	text, err := Stories.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// open opens a document as the programs do, with every algorithm.
func open(text string) *Session { return OpenWith(text, engine.Options{Algorithms: keypair.All{}}) }

// TestStories runs every story that comes with the playground, twice, and compares all its answers with the digests of
// testdata/transcripts.golden. The same test runs under GOOS=js GOARCH=wasm, so that the digests hold there too.
func TestStories(t *testing.T) {
	var golden strings.Builder
	steps, goals := 0, 0
	for _, path := range documents(t) {
		text := document(t, path)
		first, second := open(text), open(text)
		checkStory(t, path, first)
		checkDenials(t, path, first)
		a, b := transcript(t, first), transcript(t, second)
		if !slices.Equal(a, b) {
			t.Errorf("%s: replayed, it gives other answers", path)
		}
		steps += len(first.Steps())
		goals += len(first.Goals())
		sum := sha256.Sum256(a)
		golden.WriteString(strings.TrimPrefix(path, "stories/") + " " + hex.EncodeToString(sum[:]) + "\n")
	}
	compareGolden(t, "testdata/transcripts.golden", golden.String())
	t.Logf("ran %d documents with %d steps and %d goals, each twice", len(documents(t)), steps, goals)
}

// checkStory holds every step to what the document says. A goal has an answer of AWS at the start, and of a lesson's
// goals at least one is still to be reached.
func checkStory(t *testing.T, path string, s *Session) {
	t.Helper()
	for _, d := range s.Diagnostics() {
		t.Errorf("%s:%s", path, d)
	}
	for _, step := range s.Steps() {
		if !step.Holds {
			t.Errorf("%s:%d: as %s: %s", path, s.line(step.Block), step.As, step.Problem)
		}
	}
	reached := 0
	for _, g := range s.Goals() {
		if len(g.Calls) == 0 {
			t.Errorf("%s:%d: goal %q calls nothing: %s", path, s.line(g.Block), g.Title, g.Problem)
		}
		if g.Holds {
			reached++
		}
	}
	if s.Front().Lesson && reached == len(s.Goals()) {
		t.Errorf("%s: the lesson has no goal left to reach", path)
	}
	if s.Front().Title == "" || len(s.Front().Stories) == 0 && !s.Front().Lesson {
		t.Errorf("%s: a story has a title and the numbers of its stories", path)
	}
}

// line is where a block begins.
func (s *Session) line(block int) int { return s.doc.Text.Line(s.doc.Blocks[block].Span.Start) }

// transcript is everything that a session's calls were answered, and how its steps and goals stand.
func transcript(t *testing.T, s *Session) []byte {
	t.Helper()
	text, err := json.Marshal(struct {
		Calls []Record
		Steps []StepResult
		Goals []GoalResult
	}{s.Calls(), s.Steps(), s.Goals()})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) == got {
		return
	}
	wanted := strings.Split(string(want), "\n")
	for _, l := range strings.Split(got, "\n") {
		if !slices.Contains(wanted, l) {
			t.Errorf("%s: now %q", name, l)
		}
	}
	t.Errorf("%s differs; if the change is meant, go test -update and read the difference", name)
}

// storiesToTell are the stories that documents must tell.
const storiesToTell = "S01-S78"

// storiesMissing are those that no document tells yet; it is to be empty.
const storiesMissing = ""

func TestEveryStoryIsTold(t *testing.T) {
	told := map[string]bool{}
	for _, path := range documents(t) {
		doc, _ := Parse(document(t, path))
		for _, story := range doc.Stories {
			told[story] = true
		}
	}
	var missing []string
	for _, story := range numbers(storiesToTell) {
		if !told[story] {
			missing = append(missing, story)
		}
	}
	if got := strings.Join(missing, " "); got != strings.Join(numbers(storiesMissing), " ") {
		t.Errorf("no document tells %q; known to be missing are %q", got, storiesMissing)
	}
}

// numbers expands "S01-S03 S05" to S01 S02 S03 S05.
func numbers(list string) []string {
	var all []string
	for _, item := range strings.Fields(list) {
		from, to, _ := strings.Cut(item, "-")
		for n := from; ; n = next(n) {
			all = append(all, n)
			if to == "" || n == to {
				break
			}
		}
	}
	return all
}

// next is the number after "S09": "S10".
func next(story string) string {
	digits := []byte(story)
	for i := len(digits) - 1; i > 0; i-- {
		if digits[i] < '9' {
			digits[i]++
			break
		}
		digits[i] = '0'
	}
	return string(digits)
}

// checkDenials holds every denial of a story, also those of the calls that services made, against the forms that AWS
// gives them, and every explanation against what it must name.
func checkDenials(t *testing.T, path string, s *Session) {
	t.Helper()
	calls := s.Calls()
	for _, g := range s.Goals() {
		calls = append(calls[:len(calls):len(calls)], g.Calls...)
	}
	for _, c := range calls {
		explained(t, path+": "+c.Call.Operation, c.Call.Service, c.Answer)
		for _, b := range c.Answer.Beneath {
			explained(t, path+": "+b.Operation, "kms", b.Answer)
		}
	}
}

func explained(t *testing.T, place, service string, a engine.Answer) {
	t.Helper()
	for i := range a.Checks {
		denial.Explained(t, place, &a.Checks[i])
	}
	if e := a.Error; e != nil && service == "kms" && e.Code == "AccessDeniedException" && denial.Form(e.Message) == "" {
		t.Errorf("%s: denied with %q", place, e.Message)
	}
}
