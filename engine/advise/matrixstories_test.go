package advise_test

import (
	"maps"
	"slices"
	"testing"

	"kmsplayground/engine"
	"kmsplayground/engine/advise"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/keypair"
	"kmsplayground/engine/scenario"
)

// In the worlds of all stories, with their organizations, sessions, boundaries, endpoints, grants and other accounts, the
// matrix of every key says of every operation what the explained calls of its principals are answered.
func TestMatrixOfEveryStory(t *testing.T) {
	cells := map[advise.Cell]int{}
	texts := documents(t)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		w := scenario.OpenWith(texts[name], engine.Options{Algorithms: keypair.All{}}).World()
		people := advise.People(w)
		callers := make([]*iam.Principal, len(people))
		for i, person := range people {
			callers[i] = person.Principal
		}
		for i, key := range w.KMS().Keys() {
			q := advise.Question{Key: key.ARN, Operations: advise.AllOperations()}
			if i%2 == 0 {
				q.EncryptionContext = map[string]string{"Department": "IT"}
			}
			m := advise.MatrixOf(w, q, callers)
			for r, person := range people {
				for c, operation := range m.Operations {
					want := explained(w.Clone().Call(advise.Example(w, q, person.Ref, operation)))
					if got := advise.Cell(m.Rows[r].Cells[c]); got != want {
						t.Errorf("%s: %s, %s on %s: the matrix says %c, the call %c", name, person.Ref, operation, key.ARN, got, want)
					}
					cells[want]++
				}
			}
		}
	}
	for _, cell := range []advise.Cell{advise.Allowed, advise.Implicit, advise.Explicit, advise.Unasked} {
		if cells[cell] < 100 {
			t.Errorf("only %d cells were %c", cells[cell], cell)
		}
	}
	t.Logf("%d allowed, %d implicitly and %d explicitly denied, %d not asked", cells[advise.Allowed], cells[advise.Implicit], cells[advise.Explicit], cells[advise.Unasked])
}

// explained is the cell that the checks of a call mean: the first denial is the answer.
func explained(a engine.Answer) advise.Cell {
	if len(a.Checks) == 0 {
		return advise.Unasked
	}
	for _, x := range a.Checks {
		switch x.Decision {
		case authz.ImplicitDeny:
			return advise.Implicit
		case authz.ExplicitDeny:
			return advise.Explicit
		}
	}
	return advise.Allowed
}
