package authz

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/sentences.golden")

// TestSentences holds what is said of the decisions: all of it, each once. Those who translate it read it there.
func TestSentences(t *testing.T) {
	said := map[string]bool{}
	for _, file := range []string{"testdata/decisions.txt", "testdata/retire.txt"} {
		for _, r := range readRows(t, file) {
			x := r.decide(t, file == "testdata/retire.txt")
			said[x.Reason] = true
			for _, n := range x.Needed {
				said[n.Text] = true
			}
			for _, l := range x.Layers {
				said[l.Summary] = true
				for _, g := range l.Grants {
					said[g.Reason] = true
				}
				for _, p := range l.Policies {
					for _, s := range p.Statements {
						said[s.Reason] = true
					}
				}
			}
		}
	}
	delete(said, "")
	const golden = "testdata/sentences.golden"
	got := strings.Join(slices.Sorted(maps.Keys(said)), "\n") + "\n"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, _ := os.ReadFile(golden); got != string(want) {
		t.Errorf("%s differs; if the change is meant, go test -update and read the difference", golden)
	}
}
