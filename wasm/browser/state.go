package browser

import (
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/scenario"
	"kmsplayground/engine/source"
)

// state is the world and the session as the page shows them.
func (d *Door) state() *State {
	s, w := d.session, d.session.World()
	principals := principalViews(w)
	options := w.Options()
	return &State{
		Title: s.Front().Title, Document: s.Text(), Region: options.Region, Account: options.Account,
		Now: w.Now().Format(time.RFC3339), CanUndo: s.CanUndo(),
		CanRedo: s.CanRedo(), Done: len(s.History().Marks), Undone: undoneViews(s), Branches: branchViews(s), Coming: comingViews(w),
		Lesson: d.blockViews(), Goals: goalViews(s), Accounts: accountViews(w), Organizations: organizationViews(w), Principals: principals,
		Keys: keyViews(w, principals, madeIn(s)), Policies: policyViews(w, d.drafts.within(len(s.Text()))), Requests: requestViews(s),
		Diagnostics: append([]source.Diagnostic{}, s.Diagnostics()...), History: d.history(),
	}
}

func madeIn(s *scenario.Session) made {
	m := made{creators: map[string]string{}, tokens: map[string]string{}}
	for _, r := range s.Calls() {
		switch r.Call.Operation {
		case "CreateKey":
			m.creators[gjson.GetBytes(r.Answer.Output, "KeyMetadata.Arn").Str] = r.Answer.Principal
		case "CreateGrant":
			m.tokens[gjson.GetBytes(r.Answer.Output, "GrantId").Str] = gjson.GetBytes(r.Answer.Output, "GrantToken").Str
		}
	}
	return m
}

// blockTypes are the names of BlockView.Type; the front matter is not shown.
var blockTypes = map[scenario.Kind]string{
	scenario.Prose: "prose", scenario.File: "file", scenario.Step: "step", scenario.Goal: "goal",
	scenario.Output: "expected", scenario.Error: "expected",
}

func (d *Door) blockViews() []BlockView {
	steps := map[int]StepView{} // by block
	for _, step := range d.session.Steps() {
		steps[step.Block] = d.stepView(step)
	}
	for _, goal := range d.session.Goals() {
		steps[goal.Block] = d.goalStep(goal)
	}
	views := []BlockView{}
	for i, b := range d.session.Blocks() {
		kind := blockTypes[b.Kind]
		if kind == "" {
			continue
		}
		v := BlockView{Type: kind, Text: b.Text, Title: b.Title, Lang: b.Lang, Appended: b.Appended}
		if step, ok := steps[i]; ok {
			v.Step = &step
		}
		views = append(views, v)
	}
	return views
}

func (d *Door) stepView(s scenario.StepResult) StepView {
	return StepView{
		As: s.As, Expect: s.Expect, Holds: s.Holds, Code: s.Code, Stdout: s.Stdout, Stderr: s.Stderr, Problem: s.Problem,
		Line: s.Line, Column: s.Column, Calls: append([]int{}, s.Calls...),
	}
}

// goalStep shows how a goal went as a step. Its calls were made on a copy of the world and are not in the session.
func (d *Door) goalStep(g scenario.GoalResult) StepView {
	b := d.session.Blocks()[g.Block]
	return StepView{
		As: b.As, Expect: b.Expect, Holds: g.Holds, Code: g.Code, Stdout: g.Stdout, Stderr: g.Stderr, Problem: g.Problem,
		Calls: []int{},
	}
}

func goalViews(s *scenario.Session) []GoalView {
	views := []GoalView{}
	for _, g := range s.Goals() {
		b := s.Blocks()[g.Block]
		views = append(views, GoalView{
			Title: g.Title, Holds: g.Holds, Detail: g.Problem, As: b.As, Expect: b.Expect, Command: strings.TrimSpace(b.Text), Code: g.Code, Pinned: b.Pinned,
		})
	}
	return views
}

func requestViews(s *scenario.Session) []RequestView {
	views := []RequestView{}
	marks, done := s.History().Marks, 0
	for i, r := range s.Calls() {
		for done < len(marks) && marks[done].Length <= s.Blocks()[s.Steps()[r.Step].Block].Span.Start {
			done++
		}
		v := RequestView{
			Index: i, Time: stamp(r.Time), Principal: r.Answer.Principal, Label: callerLabel(s.World(), r),
			Service: r.Call.Service, Operation: r.Call.Operation, Resource: requestResource(s.World(), r.Answer),
			Decision: decision(r.Answer.Checks), Command: r.Command, Appended: s.Steps()[r.Step].Appended, Done: done,
		}
		if e := r.Answer.Error; e != nil {
			v.Code, v.Message = e.Code, e.Message
		}
		views = append(views, v)
	}
	return views
}

// callerLabel is the short name of the caller; when nobody could be found, what the call said.
func callerLabel(w *engine.World, r scenario.Record) string {
	if a, ok := arn.Parse(r.Answer.Principal); ok {
		return principalLabel(w, a)
	}
	if r.Answer.Principal != "" {
		return r.Answer.Principal
	}
	return r.Call.As
}

// requestResource is the label of what the first check that names something was about.
func requestResource(w *engine.World, a engine.Answer) string {
	for _, x := range a.Checks {
		if label := resourceLabel(w, x.Resource); label != "" {
			return label
		}
	}
	return gjson.GetBytes(a.Output, "KeyMetadata.KeyId").Str // CreateKey asks about "*"
}
