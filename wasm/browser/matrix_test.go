package browser

import (
	"strings"
	"testing"
)

// matrixRows asks and keeps the rows by label.
func matrixRows(t *testing.T, d *Door, q MatrixQuestion) (*MatrixView, map[string]MatrixRow) {
	t.Helper()
	view := ask(t, d, Request{Id: 2, Type: Matrix, Matrix: &q}).Matrix
	rows := map[string]MatrixRow{}
	for _, row := range view.Rows {
		rows[row.Label] = row
	}
	return view, rows
}

// may says what a cell and its baseline are: "NA" for newly allowed.
func may(t *testing.T, view *MatrixView, row MatrixRow, column string) string {
	t.Helper()
	for i, c := range view.Columns {
		if c.Label == column {
			if row.Was == "" {
				return row.Cells[i : i+1]
			}
			return row.Was[i:i+1] + row.Cells[i:i+1]
		}
	}
	t.Fatalf("there is no column %q", column)
	return ""
}

func TestMatrixAgainstItsBaselines(t *testing.T) {
	d, state := opened(t, twoAdministrators)
	key := state.Keys[0].ARN
	view, rows := matrixRows(t, d, MatrixQuestion{Key: key})
	if len(view.Columns) != 56 || may(t, view, rows["kms-test-2"], "Encrypt") != "N" || may(t, view, rows["kms-test-2"], "ListKeys") != "A" {
		t.Errorf("%d columns, kms-test-2 may %s", len(view.Columns), rows["kms-test-2"].Cells)
	}
	advice := ask(t, d, Request{Id: 3, Type: Suggest, Index: len(state.Requests) - 1}).Advice
	ask(t, d, Request{Id: 4, Type: Apply, Index: len(state.Requests) - 1, Text: advice.Suggestions[0].Title})
	baselines := []MatrixQuestion{
		{Baseline: AsOpened}, {Baseline: LastChange}, {Baseline: AtMoment, Moment: len(state.Requests)}, {Baseline: Saved, Saved: state.Document},
	}
	for _, q := range baselines {
		q.Key = key
		view, rows := matrixRows(t, d, q)
		if got := may(t, view, rows["kms-test-2"], "Encrypt"); got != "NA" {
			t.Errorf("%s: kms-test-2 is now and then %s", q.Baseline, got)
		}
	}
	view, rows = matrixRows(t, d, MatrixQuestion{Key: key, Baseline: AtMoment, Moment: 2})
	if row := rows["kms-test-1"]; row.Was != "" && strings.Contains(row.Was, "A") {
		t.Errorf("before there was a key kms-test-1 might %s", row.Was)
	}
	if len(view.Rows) == 0 {
		t.Error("nobody is there")
	}
}

const bothUsers = `{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "AWS": ["arn:aws:iam::111122223333:user/kms-test-1", "arn:aws:iam::111122223333:user/kms-test-2"] }, "Action": "kms:*", "Resource": "*" } ] }`

// A text on trial counts as if it were in force, and nothing changes; one that AWS would refuse does not count.
func TestMatrixOfATextOnTrial(t *testing.T) {
	for _, front := range []string{"", "---\nconsistency: eventual\n---\n"} {
		d, state := opened(t, front+twoAdministrators)
		key := state.Keys[0].ARN
		trial := func(text string) *PolicyText { return &PolicyText{Policy: key, As: "kms-test-1", Text: text} }
		for _, q := range []MatrixQuestion{
			{Key: key, Baseline: LastChange, Trial: trial(bothUsers)}, {Key: key, Baseline: AsOpened, Trial: trial(bothUsers)},
		} {
			view, rows := matrixRows(t, d, q)
			if got := may(t, view, rows["kms-test-2"], "Encrypt"); got != "NA" || view.Refusal != "" {
				t.Errorf("kms-test-2 is then and now %s, %q", got, view.Refusal)
			}
		}
		view, rows := matrixRows(t, d, MatrixQuestion{Key: key, Baseline: OtherText, Other: trial(bothUsers)})
		if got := may(t, view, rows["kms-test-2"], "Encrypt"); got != "AN" {
			t.Errorf("with the other text and now kms-test-2 is %s", got)
		}
		view, rows = matrixRows(t, d, MatrixQuestion{Key: key, Trial: trial("{")})
		if got := may(t, view, rows["kms-test-2"], "Encrypt"); got != "N" || !strings.HasPrefix(view.Refusal, "MalformedPolicyDocumentException: ") {
			t.Errorf("kms-test-2 is %s, %q", got, view.Refusal)
		}
		view, _ = matrixRows(t, d, MatrixQuestion{Key: key, Baseline: OtherText, Other: trial("{")})
		if !strings.HasPrefix(view.OtherRefusal, "MalformedPolicyDocumentException: ") || view.Rows[0].Was != "" {
			t.Errorf("the other text is refused with %q", view.OtherRefusal)
		}
		cell := ask(t, d, Request{Id: 5, Type: Cell, Matrix: &MatrixQuestion{Key: key, As: "kms-test-2", Operation: "Encrypt", Trial: trial(bothUsers)}})
		if cell.Answer.Error != nil {
			t.Errorf("the cell says %v", cell.Answer.Error)
		}
		if d.session.Text() != front+twoAdministrators {
			t.Error("the trial changed the document")
		}
	}
}

// An edit that was put into force while somebody types takes the place of the one before.
func TestMatrixTrialAfterAnEdit(t *testing.T) {
	d, state := opened(t, twoAdministrators)
	key := state.Keys[0].ARN
	ask(t, d, Request{Id: 3, Type: Edit, Policy: key, As: "kms-test-1", Text: strings.ReplaceAll(bothUsers, "kms-test-1", "kms-test-3")})
	view, rows := matrixRows(t, d, MatrixQuestion{Key: key, Baseline: LastChange, Trial: &PolicyText{Policy: key, As: "kms-test-1", Text: bothUsers}})
	if got := may(t, view, rows["kms-test-1"], "Encrypt") + may(t, view, rows["kms-test-2"], "Encrypt"); got != "AANA" || view.Refusal != "" {
		t.Errorf("then and now it is %s, %q", got, view.Refusal)
	}
}

func TestMatrixOfKeys(t *testing.T) {
	d, state := opened(t, twoAdministrators+"\n```sh as=\"kms-test-2\"\naws kms create-key\n```\n")
	view, rows := matrixRows(t, d, MatrixQuestion{Operation: "Decrypt"})
	if len(view.Columns) != 2 || view.Operation != "Decrypt" || view.Key != "" {
		t.Fatalf("its columns are %v", view.Columns)
	}
	other := state.Keys[0].Label
	if other == "alias/app" {
		other = state.Keys[1].Label
	}
	if got := may(t, view, rows["kms-test-2"], "alias/app") + may(t, view, rows["kms-test-2"], other); got != "NA" {
		t.Errorf("kms-test-2 may %s", got)
	}
}

func TestCellAndItsMistakes(t *testing.T) {
	d, state := opened(t, twoAdministrators)
	cell := ask(t, d, Request{Id: 5, Type: Cell, Matrix: &MatrixQuestion{Key: state.Keys[0].ARN, As: "kms-test-2", Operation: "Decrypt"}})
	if cell.Call.Operation != "Decrypt" || len(cell.Answer.Checks) != 1 || cell.Answer.Checks[0].Decision == "Allow" {
		t.Errorf("the cell is explained by %v", cell.Answer)
	}
	rows := []struct {
		request Request
		want    string
	}{
		{Request{Type: Matrix, Matrix: &MatrixQuestion{Key: "x"}}, `there is no key "x"`},
		{Request{Type: Cell, Matrix: &MatrixQuestion{Key: "x"}}, `there is no key "x"`},
		{Request{Type: Cell, Matrix: &MatrixQuestion{Operation: "Decrypt"}}, `there is no key ""`},
		{Request{Type: Matrix, Matrix: &MatrixQuestion{}}, "a matrix is of a key or of an operation"},
		{Request{Type: Matrix}, "a Matrix request carries a Matrix"},
	}
	for _, row := range rows {
		if got := send(t, d, row.request).Failure; got != row.want {
			t.Errorf("%+v: got %q, want %q", row.request, got, row.want)
		}
	}
}
