package browser

import (
	"kmsplayground/engine/advise"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/awscli"
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
