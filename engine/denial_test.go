package engine

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"kmsplayground/engine/authz/testdata/denial"
)

var update = flag.Bool("update", false, "write testdata/denials.golden")

// checkDenials holds every denial of an answer, and of the answers beneath it, against the forms of AWS, and every
// explanation against what it must name.
func checkDenials(t *testing.T, place, service string, a Answer) {
	t.Helper()
	for i := range a.Checks {
		if service != "organizations" { // it says nothing of what decided
			denial.Explained(t, place, &a.Checks[i])
		}
	}
	if e := a.Error; e != nil && isControl(service) && strings.HasPrefix(e.Code, "AccessDenied") {
		last := len(a.Checks) - 1
		if denial.Form(e.Message) == "" || strings.HasPrefix(e.Message, "User: ") && (last < 0 || a.Checks[last].Message != e.Message) {
			t.Errorf("%s: denied with %q", place, e.Message)
		}
	}
	for _, b := range a.Beneath {
		checkDenials(t, place+", beneath it "+b.Operation, "kms", b.Answer)
	}
}

// isControl reports whether a service says of a denial what AWS's policies say; others wrap what KMS says.
func isControl(service string) bool {
	switch service {
	case "kms", "iam", "sts", "organizations", "cloudtrail":
		return true
	}
	return false
}

// denialsHead begins denials.golden: what it is, and which forms no call here answers.
const denialsHead = `One denial of each form and situation, from real calls.

T9 (no reason at all) is what KMS said until about 2021; today only the trust policy of a role is silent, so here
sts:AssumeRole alone answers so. T10, the authorization id of the Access Troubleshooter behind the message, is not
simulated: it is not known whether KMS appends it.
`

// TestDenials takes down one denial of each form, from real calls.
func TestDenials(t *testing.T) {
	taken := map[string]string{}
	for _, b := range readBlocks(t, "testdata/denials.txt") {
		t.Run(b.name, func(t *testing.T) {
			p := b.play(t)
			if p.last.Error == nil {
				t.Fatal("is not denied")
			}
			form := denial.Form(p.last.Error.Message)
			taken[form] += "\n  " + b.name + "\n    " + p.last.Error.Code + ": " + p.last.Error.Message + "\n"
		})
	}
	golden := denialsHead
	for _, form := range slices.Sorted(slices.Values(denial.Forms())) {
		if taken[form] == "" {
			t.Errorf("there is no denial of the form %q", form)
		}
		golden += "\n" + form + "\n" + taken[form]
		delete(taken, form)
	}
	for form, text := range taken {
		t.Errorf("%q is no form:%s", form, text)
	}
	checkGolden(t, "testdata/denials.golden", golden)
}

func checkGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	wanted := strings.Split(string(want), "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(wanted) || wanted[i] != line {
			t.Fatalf("%s:%d: now %q; if the change is meant, go test -update and read the difference", file, i+1, line)
		}
	}
}
