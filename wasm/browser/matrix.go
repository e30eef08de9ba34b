package browser

// The matrix: who may do what with a key, or one operation with every key. The first screen needs none of it.

import (
	"fmt"
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/advise"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/scenario"
)

// MatrixQuestion is what Matrix and Cell ask. A matrix without a Key asks for one operation with every key.
type MatrixQuestion struct {
	Key               string // KeyView.ARN
	Operation         string // Cell, and of a matrix without a Key
	As                string // Cell: the principal
	EncryptionContext []TagView
	// Trial is a text that is tried out as if it were in force; nil for none.
	Trial    *PolicyText
	Baseline Baseline
	Moment   int         // of the baseline Moment: how many requests had been made
	Other    *PolicyText // of the baseline OtherText
	Saved    string      // of the baseline Saved: the document as it was saved
}

// PolicyText is a text for a policy, and who puts it: of a key policy alone.
type PolicyText struct {
	Policy string // PolicyView.ID
	As     string
	Text   string
}

// Baseline is with what a matrix is compared.
type Baseline string

// The baselines: nothing, the document as it was opened, as it was last saved, before the last change, which may be the text on trial, an earlier
// moment of the time line, and the present with another text for a policy.
const (
	NoBaseline Baseline = ""
	AsOpened   Baseline = "AsOpened"
	Saved      Baseline = "Saved"
	LastChange Baseline = "LastChange"
	AtMoment   Baseline = "Moment"
	OtherText  Baseline = "OtherText"
)

// MatrixView is who may do what: a row for each principal, a column for each operation with the key, or for each key.
type MatrixView struct {
	Key       string // KeyView.ARN; empty when the columns are keys
	Operation string // when the columns are keys
	Columns   []MatrixColumn
	Rows      []MatrixRow
	// Refusal is why AWS would not take the text on trial, which is then not in the matrix; empty when it would.
	Refusal string
	// OtherRefusal is why it would not take the text to compare with; there is no baseline then.
	OtherRefusal string
}

// MatrixColumn is an operation or a key.
type MatrixColumn struct {
	ID    string // name of the operation, or KeyView.ARN
	Label string
}

// MatrixRow is what one principal may do: a letter for each column. "A" allowed, "N" denied since nothing allows it,
// "D" denied by a Deny, "-" when there is nothing to ask.
type MatrixRow struct {
	Ref   string
	Label string
	ARN   string
	Cells string
	Was   string // with the baseline; empty when there was no such principal, or there is no baseline
}

// compared are the cells of the last baseline, by principal, and what it followed from.
type compared struct {
	from    string
	cells   map[string]string
	refusal string
}

// matrix says who may do what, now or with the text on trial, and with the baseline.
func (d *Door) matrix(r Request) Reply {
	q, problem := d.matrixQuestion(r)
	if problem != "" {
		return failure("%s", problem)
	}
	view := MatrixView{Key: q.Key, Columns: []MatrixColumn{}}
	w, refusal := d.tried(q)
	view.Refusal = refusal
	people := advise.People(w)
	now := d.ask(w, q, people)
	was := d.baseline(q)
	view.OtherRefusal = was.refusal
	view.Rows = make([]MatrixRow, len(people))
	for i, p := range people {
		arn := now.Rows[i].Principal
		view.Rows[i] = MatrixRow{Ref: p.Ref, Label: principalLabel(w, p.Principal.ARN), ARN: arn, Cells: now.Rows[i].Cells, Was: was.cells[arn]}
	}
	if q.Key == "" {
		view.Operation = q.Operation
	}
	for _, id := range now.Operations {
		column := MatrixColumn{ID: id, Label: id}
		if key, ok := w.KMS().Key(id); ok {
			column.Label = keyLabel(w, key)
		}
		view.Columns = append(view.Columns, column)
	}
	return Reply{Matrix: &view}
}

func (d *Door) matrixQuestion(r Request) (MatrixQuestion, string) {
	if r.Matrix == nil {
		return MatrixQuestion{}, "a " + string(r.Type) + " request carries a Matrix"
	}
	q := *r.Matrix
	if _, ok := d.session.World().KMS().Key(q.Key); q.Key != "" && !ok {
		return q, fmt.Sprintf("there is no key %q", q.Key)
	}
	if q.Key == "" && q.Operation == "" {
		return q, "a matrix is of a key or of an operation"
	}
	return q, ""
}

// tried is the world that a question is about, and why the text on trial is not in it.
func (d *Door) tried(q MatrixQuestion) (*engine.World, string) {
	if q.Trial == nil {
		return d.session.World(), ""
	}
	w, refused := advise.Tried(d.session.Beneath(q.Trial.Policy).World(), q.Trial.Policy, q.Trial.As, q.Trial.Text)
	if refused != nil {
		return d.session.World(), refused.Code + ": " + refused.Message
	}
	return w, ""
}

func (d *Door) ask(w *engine.World, q MatrixQuestion, people []advise.Person) advise.Matrix {
	list := principals(people)
	if q.Key != "" {
		question := q.question()
		question.Operations = advise.AllOperations()
		return advise.MatrixOf(w, question, list)
	}
	keys := []string{}
	for _, key := range d.session.World().KMS().Keys() {
		keys = append(keys, key.ARN)
	}
	return advise.MatrixOfKeys(w, q.question(), q.Operation, keys, list)
}

// baseline asks the same of the baseline's world. While somebody types it is always the same, and is worked out once.
func (d *Door) baseline(q MatrixQuestion) compared {
	at, ok := d.moment(q)
	if !ok {
		return compared{}
	}
	from := strings.Join([]string{string(q.Baseline), q.Key, q.Operation, fmt.Sprint(q.EncryptionContext), at.Text}, "\x00")
	if q.Baseline == OtherText && q.Other != nil {
		from += fmt.Sprintf("\x00%q", *q.Other)
	}
	if d.compared.from == from {
		return d.compared
	}
	w := at.World()
	c := compared{from: from, cells: map[string]string{}}
	if q.Baseline == OtherText {
		other, refused := advise.Tried(w, q.Other.Policy, q.Other.As, q.Other.Text)
		if w = other; refused != nil {
			c.refusal = refused.Code + ": " + refused.Message
		}
	}
	if _, there := w.KMS().Key(q.Key); c.refusal == "" && (there || q.Key == "") {
		for _, row := range d.ask(w, q, advise.People(w)).Rows {
			c.cells[row.Principal] = row.Cells
		}
	}
	d.compared = c
	return c
}

// moment is when the baseline was; false for no baseline.
func (d *Door) moment(q MatrixQuestion) (scenario.Moment, bool) {
	s := d.session
	switch {
	case q.Baseline == AsOpened:
		return s.Opened(), true
	case q.Baseline == Saved:
		return s.Of(q.Saved), true
	case q.Baseline == LastChange && q.Trial != nil:
		return s.Beneath(q.Trial.Policy), true
	case q.Baseline == LastChange:
		return s.Before(), true
	case q.Baseline == AtMoment:
		return s.After(q.Moment), true
	case q.Baseline == OtherText && q.Other != nil:
		return s.Beneath(q.Other.Policy), true
	}
	return scenario.Moment{}, false
}

func principals(people []advise.Person) []*iam.Principal {
	list := make([]*iam.Principal, len(people))
	for i, p := range people {
		list[i] = p.Principal
	}
	return list
}

func (q MatrixQuestion) question() advise.Question {
	question := advise.Question{Key: q.Key}
	for _, pair := range q.EncryptionContext {
		if question.EncryptionContext == nil {
			question.EncryptionContext = map[string]string{}
		}
		question.EncryptionContext[pair.Key] = pair.Value
	}
	return question
}

// cell makes the call that a cell of a matrix asks about, on a copy of the world.
func (d *Door) cell(r Request) Reply {
	q, problem := d.matrixQuestion(r)
	switch {
	case problem != "":
		return failure("%s", problem)
	case q.Key == "":
		return failure("there is no key %q", q.Key)
	}
	tried, _ := d.tried(q)
	w := tried.Clone()
	c := advise.Example(w, q.question(), q.As, q.Operation)
	answer := w.Call(c)
	return Reply{Answer: &answer, Call: &c}
}
