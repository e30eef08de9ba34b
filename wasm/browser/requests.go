package browser

import (
	"slices"
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/scenario"
)

func (d *Door) hello(Request) Reply {
	benchmark(1) // goes through every table once, so that the first request of a person does not
	return Reply{Catalogue: &Catalogue{Operations: operationViews(), Examples: exampleViews(), Checks: policy.Checks()}}
}

// open replaces the session.
func (d *Door) open(document string) Reply {
	d.session, d.drafts = scenario.OpenWith(document, d.engine.Options), nil
	return d.changed(Reply{})
}

func (d *Door) openDocument(r Request) Reply { return d.open(r.Document) }

func (d *Door) openLink(r Request) Reply {
	document, err := scenario.Unpack(r.Fragment)
	if err != nil {
		return failure("%s", err)
	}
	return d.open(document)
}

func (d *Door) share(Request) Reply { return Reply{Text: scenario.Pack(d.session.Text())} }

// changed adds the state of the session to a reply.
func (d *Door) changed(reply Reply) Reply {
	reply.State = d.state()
	return reply
}

func (d *Door) call(r Request) Reply {
	if r.Call == nil {
		return failure("a Call request carries a Call")
	}
	index := len(d.session.Calls())
	answer, step := d.session.Call(*r.Call)
	view := d.stepView(step)
	return d.changed(Reply{Answer: &answer, Index: index, Step: &view})
}

func (d *Door) command(r Request) Reply {
	view := d.stepView(d.session.Run(r.As, r.Command, engine.Environment{}))
	return d.changed(Reply{Step: &view})
}

// edit keeps a text that AWS refused as a draft, which the editor goes on showing.
func (d *Door) edit(r Request) Reply {
	if !slices.ContainsFunc(policyViews(d.session.World(), nil), func(p PolicyView) bool { return p.ID == r.Policy && !p.ReadOnly }) {
		return failure("there is no policy %q that can be edited", r.Policy)
	}
	result := d.session.Edit(r.Policy, r.As, r.Text)
	d.drafts = d.drafts.tried(Draft{Policy: r.Policy, Text: r.Text, Refused: !result.Applied, Length: len(d.session.Text())})
	view := d.stepView(result.Step)
	reply := Reply{
		Answer: &result.Answer, Step: &view, Applied: result.Applied, Diagnostics: result.Diagnostics,
	}
	if n := len(result.Step.Calls); n > 0 {
		reply.Index = result.Step.Calls[n-1]
	}
	return d.changed(reply)
}

func (d *Door) wait(r Request) Reply {
	if r.Seconds <= 0 {
		return failure("time moves forward only: %d seconds", r.Seconds)
	}
	view := d.stepView(d.session.Wait(time.Duration(r.Seconds) * time.Second))
	return d.changed(Reply{Step: &view})
}

func (d *Door) undo(Request) Reply {
	if !d.session.Undo() {
		return failure("there is nothing to undo")
	}
	return d.changed(Reply{})
}

func (d *Door) answer(r Request) Reply {
	calls := d.session.Calls()
	if r.Index < 0 || r.Index >= len(calls) {
		return failure("there is no request %d", r.Index)
	}
	return Reply{Answer: &calls[r.Index].Answer, Call: &calls[r.Index].Call, Index: r.Index}
}

func (d *Door) parse(r Request) Reply {
	if !isPolicyKind(policy.Kind(r.Kind)) {
		return failure("there is no kind of policy %q", r.Kind)
	}
	return Reply{Diagnostics: diagnostics(policy.Kind(r.Kind), r.Policy, r.Text)}
}

// format answers the text as it came when it is not JSON.
func (d *Door) format(r Request) Reply {
	text, ok := policy.Format(r.Text)
	if !ok {
		text = r.Text
	}
	return Reply{Text: text, Applied: ok}
}

// maxBench keeps the worker from being busy for ever.
const maxBench = 1_000_000

func (d *Door) bench(r Request) Reply {
	if r.Count < 1 || r.Count > maxBench {
		return failure("Count is from 1 to %d", maxBench)
	}
	result := benchmark(r.Count)
	return Reply{Bench: &result}
}
