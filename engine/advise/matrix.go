// Package advise answers questions over many decisions: who can, what changed, the smallest fix.
package advise

import (
	"kmsplayground/engine"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
)

// Question is what a matrix asks: may each of them do each operation on the key?
type Question struct {
	Key               string            // ARN
	Alias             string            // ARN of the alias by which requests name the key, empty for its own ARN
	EncryptionContext map[string]string // of the operations that take one, nil for none
	Environment       engine.Environment
	Operations        []string // empty: all that are about a key
}

// Cell is the answer to one question of a matrix.
type Cell byte

// The answers. Unasked: the question does not arise (an alias to delete where the key has none).
const (
	Unasked  Cell = '-'
	Allowed  Cell = 'A'
	Implicit Cell = 'N' // denied, since nothing allows it
	Explicit Cell = 'D' // denied by a Deny
)

// Matrix is who may do what with a key.
type Matrix struct {
	Key        string
	Operations []string
	Rows       []Row
}

// Row is what one principal may do. Cells has one letter an operation: see Cell.
type Row struct {
	Principal string // ARN
	Cells     string
}

// MatrixOf asks for every principal and every operation. What a call needs besides the key is filled in: see input.
func MatrixOf(w *engine.World, q Question, principals []*iam.Principal) Matrix {
	if len(q.Operations) == 0 {
		q.Operations = Operations()
	}
	calls := make([]engine.Call, len(q.Operations))
	for j, operation := range q.Operations {
		calls[j] = question(w, q, operation)
	}
	m := Matrix{Key: q.Key, Operations: q.Operations, Rows: make([]Row, len(principals))}
	cells := make([]byte, len(calls))
	for i, answers := range w.Asker().Answers(calls, principals) {
		for j := range cells {
			cells[j] = byte(cellOf(answers[j]))
		}
		m.Rows[i] = Row{Principal: nameOf(principals[i]), Cells: string(cells)}
	}
	return m
}

// question is the call that a cell asks about, without its caller.
func question(w *engine.World, q Question, operation string) engine.Call {
	a, _ := arn.Parse(q.Key)
	return engine.Call{
		Service: "kms", Operation: operation, Input: input(w, q, operation), Region: a.Region, Environment: q.Environment,
	}
}

// Example is the call that a cell of a matrix asks about.
func Example(w *engine.World, q Question, as, operation string) engine.Call {
	c := question(w, q, operation)
	c.As = as
	return c
}

// cellOf sums up the checks of a call: the first denial is the answer.
func cellOf(answers []authz.Decision) Cell {
	if answers == nil {
		return Unasked
	}
	for _, a := range answers {
		switch a {
		case authz.ImplicitDeny:
			return Implicit
		case authz.ExplicitDeny:
			return Explicit
		}
	}
	return Allowed
}

func nameOf(p *iam.Principal) string {
	if p.Kind == iam.Service {
		return p.Name
	}
	return p.ARN.String()
}

// Change is a cell that is allowed in one of two matrices only.
type Change struct {
	Key       string
	Principal string // ARN
	Operation string
	Allowed   bool   // newly allowed, else newly denied
	Without   bool   // asked without the encryption context that the request had
	Alias     string // ARN of the alias by which the key was named, empty for its own ARN
}

// Diff is what changed from one matrix to another, in the order of the later one, behind it what only the earlier one
// has. Who is missing in one of them may do nothing there; what is not asked in one of them did not change.
func Diff(before, after Matrix) []Change {
	was, is := before.cells(), after.cells()
	changes := []Change{}
	for _, m := range [...]Matrix{after, before} {
		for _, row := range m.Rows {
			for _, operation := range m.Operations {
				at := [2]string{row.Principal, operation}
				now, asked := is[at] == Allowed, is[at] != Unasked && was[at] != Unasked
				if asked && now != (was[at] == Allowed) {
					changes = append(changes, Change{Key: m.Key, Principal: at[0], Operation: at[1], Allowed: now})
				}
				delete(is, at)
				delete(was, at)
			}
		}
	}
	return changes
}

func (m Matrix) cells() map[[2]string]Cell {
	cells := make(map[[2]string]Cell, len(m.Rows)*len(m.Operations))
	for _, row := range m.Rows {
		for j, operation := range m.Operations {
			cells[[2]string{row.Principal, operation}] = Cell(row.Cells[j])
		}
	}
	return cells
}

// MatrixOfKeys asks for one operation with each of the keys: its columns are keys, by ARN, and q.Key does not count.
func MatrixOfKeys(w *engine.World, q Question, operation string, keys []string, principals []*iam.Principal) Matrix {
	m := Matrix{Operations: keys, Rows: make([]Row, len(principals))}
	cells := make([][]byte, len(principals))
	q.Operations = []string{operation}
	for _, q.Key = range keys {
		for i, row := range MatrixOf(w, q, principals).Rows {
			m.Rows[i].Principal = row.Principal
			cells[i] = append(cells[i], row.Cells...)
		}
	}
	for i := range m.Rows {
		m.Rows[i].Cells = string(cells[i])
	}
	return m
}
