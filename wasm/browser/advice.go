package browser

import (
	"kmsplayground/engine"
	"kmsplayground/engine/advise"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/awscli"
	"kmsplayground/engine/iam"
)

// suggest says what would allow a past request now.
func (d *Door) suggest(r Request) Reply {
	advice, ok := d.adviceOn(r.Index)
	if !ok {
		return failure("there is no request %d", r.Index)
	}
	view := AdviceView{Allowed: advice.Allowed, Suggestions: []SuggestionView{}}
	for _, s := range advice.Suggestions {
		view.Suggestions = append(view.Suggestions, d.suggestionView(s))
	}
	return Reply{Advice: &view, Index: r.Index}
}

// adviceOn is worked out once for the session as it stands.
func (d *Door) adviceOn(index int) (advise.Advice, bool) {
	calls := d.session.Calls()
	if index < 0 || index >= len(calls) {
		return advise.Advice{}, false
	}
	if d.advised.index != index || d.advised.session != d.session || d.advised.document != d.session.Text() {
		d.advised = advised{index, d.session, d.session.Text(), advise.Suggest(d.session.World(), calls[index].Call)}
	}
	return d.advised.advice, true
}

func (d *Door) suggestionView(s advise.Suggestion) SuggestionView {
	v := SuggestionView{Title: s.Title, Opens: d.changeViews(s.Opens), Closes: d.changeViews(s.Closes), Commands: []CommandView{}}
	for _, step := range s.Steps {
		c := CommandView{As: step.Call.As, Seconds: int(step.Wait.Seconds()), Request: step.Request}
		if step.Wait == 0 {
			c.Text = awscli.Print(step.Call, func(name, _ string) string { return name })
		}
		v.Commands = append(v.Commands, c)
	}
	return v
}

func (d *Door) changeViews(changes []advise.Change) []ChangeView {
	w := d.session.World()
	views := []ChangeView{}
	for _, c := range changes {
		v := ChangeView{Principal: c.Principal, Operation: c.Operation, Key: c.Key, Without: c.Without}
		if a, ok := arn.Parse(c.Principal); ok {
			v.Principal = principalLabel(w, a)
		}
		if key, ok := w.KMS().Key(c.Key); ok {
			v.Key = keyLabel(w, key)
		}
		views = append(views, v)
	}
	return views
}

// apply performs a suggestion that Suggest made for the session as it stands, as steps that one Undo takes back.
func (d *Door) apply(r Request) Reply {
	advice, _ := d.adviceOn(r.Index)
	for _, s := range advice.Suggestions {
		if s.Title == r.Text {
			return d.performed(s)
		}
	}
	return failure("the world has changed: this is not suggested for request %d any more", r.Index)
}

func (d *Door) performed(s advise.Suggestion) Reply {
	reply := Reply{Applied: true}
	d.session.Together(func() {
		for _, step := range s.Steps {
			if step.Wait > 0 {
				d.session.Wait(step.Wait)
				continue
			}
			index := len(d.session.Calls())
			answer, _ := d.session.Call(step.Call)
			reply.Applied = reply.Applied && answer.Error == nil
			if step.Request {
				reply.Answer, reply.Index = &answer, index
			}
		}
	})
	return d.changed(reply)
}

// matrix says who may do what with a key, now and at a moment to compare with.
func (d *Door) matrix(r Request) Reply {
	w := d.session.World()
	if _, ok := w.KMS().Key(r.Key); !ok {
		return failure("there is no key %q", r.Key)
	}
	people := advise.People(w)
	now := advise.MatrixOf(w, question(r), principals(w, people))
	view := MatrixView{Key: r.Key, Operations: now.Operations, Rows: make([]MatrixRow, len(people))}
	was := d.earlier(r)
	for i, p := range people {
		view.Rows[i] = MatrixRow{Ref: p.Ref, Label: principalLabel(w, p.Principal.ARN), ARN: now.Rows[i].Principal, Cells: now.Rows[i].Cells, Was: was[now.Rows[i].Principal]}
	}
	return Reply{Matrix: &view}
}

// earlier are the cells by principal at the moment of the baseline; none where there is none.
func (d *Door) earlier(r Request) map[string]string {
	cells := map[string]string{}
	var w *engine.World
	switch r.Baseline {
	case AsOpened:
		w = d.session.Opened()
	case LastChange:
		w = d.session.Before()
	default:
		return cells
	}
	if _, ok := w.KMS().Key(r.Key); !ok {
		return cells
	}
	for _, row := range advise.MatrixOf(w, question(r), principals(w, advise.People(w))).Rows {
		cells[row.Principal] = row.Cells
	}
	return cells
}

func principals(w *engine.World, people []advise.Person) []*iam.Principal {
	list := make([]*iam.Principal, len(people))
	for i, p := range people {
		list[i] = p.Principal
	}
	return list
}

func question(r Request) advise.Question {
	q := advise.Question{Key: r.Key}
	for _, pair := range r.EncryptionContext {
		if q.EncryptionContext == nil {
			q.EncryptionContext = map[string]string{}
		}
		q.EncryptionContext[pair.Key] = pair.Value
	}
	return q
}

// cell makes the call that a cell of a matrix asks about, on a copy of the world.
func (d *Door) cell(r Request) Reply {
	w := d.session.World().Clone()
	if _, ok := w.KMS().Key(r.Key); !ok {
		return failure("there is no key %q", r.Key)
	}
	c := advise.Example(w, question(r), r.As, r.Operation)
	answer := w.Call(c)
	return Reply{Answer: &answer, Call: &c}
}
