package scenario

import (
	"context"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/shell"
	"kmsplayground/engine/source"
)

// Session is a document that has run, and goes on: what a person does is appended to it as steps. It always equals a
// fresh session of its text. It is not safe for concurrent use.
type Session struct {
	doc         *Document
	diagnostics []source.Diagnostic
	options     engine.Options
	state
	marks    []mark // before each appended step
	bulk     bulk
	undone   []Stretch // what Redo appends again, the next one last
	branches []Branch
	goals    []GoalResult
}

// state is what steps change. Steps and records are only ever appended to, so that a copy may share them.
type state struct {
	text    string
	world   *engine.World
	shell   *shell.Shell
	steps   []StepResult
	records []Record
	open    int // length of the text as it was opened
}

// mark is the session before an appended step.
type mark struct {
	state
	edit string // policy that the step edits, "" for other steps
}

// StepResult is how a step went.
type StepResult struct {
	Block  int // index into Blocks
	Script string
	Attributes
	Holds    bool   // it ended and printed as the document says
	Problem  string // why it did not hold
	Stdout   string
	Stderr   string
	ExitCode int
	Code     string // AWS error code at which it stopped, empty for success
	Line     int    // of the command at which it stopped, within the script, from 1; 0 for none
	Column   int
	Calls    []int // indices into Calls
	Appended bool
}

// GoalResult is how a goal stands.
type GoalResult struct {
	Block    int // index into Blocks
	Title    string
	Holds    bool
	Problem  string // why it does not hold
	Stdout   string
	Stderr   string
	ExitCode int
	Code     string
	Calls    []Record // made on a copy of the world
}

// Record is one call of the session.
type Record struct {
	shell.Record
	Step int // index into Steps; of a goal's call, -1
	Time time.Time
}

// OpenWith parses a document and runs it, in a world with the Algorithms of o; the rest follows from the document. It
// never fails: what is wrong is in the diagnostics and in the steps.
func OpenWith(text string, o engine.Options) *Session {
	s := &Session{options: engine.Options{Algorithms: o.Algorithms}}
	s.doc, s.diagnostics = Parse(text)
	s.state = s.fresh(text)
	for i := range s.doc.Blocks {
		s.runBlock(i)
	}
	s.tryGoals()
	return s
}

// fresh is the state before the first block.
func (s *Session) fresh(text string) state {
	f, o := s.doc.Front, s.options
	o.Seed, o.Start, o.Region, o.Account, o.Consistency, o.Keys, o.IDs = f.Seed, f.Start, f.Region, f.Account, f.Consistency, f.Keys, f.IDs
	world := engine.New(o)
	return state{text: text, open: len(text), world: world, shell: shell.New(shell.Options{Call: world.Call, Sleep: world.Advance, Tools: world})}
}

// clone goes its own way.
func (s state) clone() state {
	s.world = s.world.Clone()
	s.shell = s.shell.Clone(s.world.Call, s.world.Advance, s.world)
	s.steps = s.steps[:len(s.steps):len(s.steps)]
	s.records = s.records[:len(s.records):len(s.records)]
	return s
}

func (s *Session) runBlock(i int) {
	b := &s.doc.Blocks[i]
	switch b.Kind {
	case File:
		s.shell.SetFile(b.Title, b.Text)
	case Step:
		step := s.runStep(b)
		step.Block = i
		step.Problem = s.problem(i, step.ran())
		step.Holds = step.Problem == ""
		s.steps = append(s.steps, step)
	}
}

// runStep runs a step and records its calls; what the document expects of it is not looked at yet.
func (s *Session) runStep(b *Block) StepResult {
	s.before(b)
	result := s.state.run(b)
	step := StepResult{
		Script: b.Text, Attributes: b.Attributes, Appended: b.Appended,
		Stdout: result.Stdout, Stderr: result.Stderr, ExitCode: result.ExitCode, Code: result.Code,
		Line: result.Line, Column: result.Column, Calls: []int{},
	}
	for _, r := range result.Calls {
		step.Calls = append(step.Calls, len(s.records))
		s.records = append(s.records, Record{Record: r.Record, Step: len(s.steps), Time: r.Time})
	}
	return step
}

// before does what a step or goal says happens before it.
func (s state) before(b *Block) {
	s.world.Advance(b.Wait)
	if q, problem := engine.ParseQuota(b.Quota); b.Quota != "" && problem == "" {
		s.world.SetQuota(q)
	}
}

// ran is what problem looks at.
func (r StepResult) ran() shell.Result {
	return shell.Result{Stdout: r.Stdout, Stderr: r.Stderr, ExitCode: r.ExitCode, Code: r.Code}
}

// ending is what expect says of a step that ended so.
func (r StepResult) ending() string { return ending(r.ran()) }

// timed is a shell's result whose calls carry their time.
type timed struct {
	shell.Result
	Calls []Record
}

// run runs the script of a step or goal.
func (s state) run(b *Block) timed {
	var times []time.Time
	s.shell.SetCall(func(c engine.Call) engine.Answer {
		times = append(times, s.world.Now())
		return s.world.Call(c)
	})
	env := engine.Environment{SourceIP: b.SourceIP, ViaService: b.Service, VPCEndpoint: b.VPCE, SourceArn: b.SourceArn}
	result := s.shell.Run(context.Background(), strings.ReplaceAll(b.Text, "\r\n", "\n"), b.As, env, b.Region)
	out := timed{Result: result, Calls: make([]Record, len(result.Calls))}
	for i, r := range result.Calls {
		out.Calls[i] = Record{Record: r, Step: -1, Time: times[i]}
	}
	return out
}

// problem says in what a step or goal differs from what the document expects, "" for nothing.
func (s *Session) problem(block int, got shell.Result) string {
	b := &s.doc.Blocks[block]
	if p := endProblem(b.Expect, got); p != "" {
		return p
	}
	for _, e := range s.expectations(block) {
		printed, name := got.Stdout, "output"
		if e.Kind == Error {
			printed, name = got.Stderr, "error output"
		}
		if !matches(e.Text, printed) {
			return fmt.Sprintf("the %s is not as expected:\n%s", name, strings.TrimSpace(printed))
		}
	}
	return ""
}

// endProblem compares how a script ended with expect.
func endProblem(expect string, got shell.Result) string {
	ended := "it succeeded"
	switch {
	case got.Code != "":
		ended = "it ended with " + got.Code + saying(got)
	case got.ExitCode != 0:
		ended = "it ended with exit code " + strconv.Itoa(got.ExitCode) + saying(got)
	}
	switch {
	case expect == "" && got.ExitCode != 0:
		return ended
	case expect != "" && (got.ExitCode == 0 || expect != ending(got)):
		return "expected " + expect + ", but " + ended
	}
	return ""
}

// saying is what a script that failed printed, if anything.
func saying(got shell.Result) string {
	if text := strings.TrimSpace(got.Stderr); text != "" {
		return ": " + text
	}
	return ""
}

// ending is what expect says of a script that failed: its AWS error code, else its exit code.
func ending(r shell.Result) string {
	if r.Code != "" || r.ExitCode == 0 {
		return r.Code
	}
	return strconv.Itoa(r.ExitCode)
}

// expectations are the output and error fences that follow a step.
func (s *Session) expectations(block int) []*Block {
	var found []*Block
	for i := block + 1; i < len(s.doc.Blocks); i++ {
		b := &s.doc.Blocks[i]
		switch {
		case b.Kind == Output || b.Kind == Error:
			found = append(found, b)
		case b.Kind != Prose || strings.TrimSpace(b.Text) != "":
			return found
		}
	}
	return found
}

// tryGoals tries every goal on a copy of its own.
func (s *Session) tryGoals() {
	s.goals = []GoalResult{}
	for i := range s.doc.Blocks {
		b := &s.doc.Blocks[i]
		if b.Kind != Goal {
			continue
		}
		trial := s.state.clone()
		trial.before(b)
		got := trial.run(b)
		problem := s.problem(i, got.Result)
		s.goals = append(s.goals, GoalResult{
			Block: i, Title: b.Title, Holds: problem == "", Problem: problem, Calls: got.Calls,
			Stdout: got.Stdout, Stderr: got.Stderr, ExitCode: got.ExitCode, Code: got.Code,
		})
	}
}

// Text is the document as it stands: as opened, and what was appended.
func (s *Session) Text() string { return s.text }

// World is the world as it stands. The caller only looks at it.
func (s *Session) World() *engine.World { return s.world }

// Front is the document's front matter.
func (s *Session) Front() Front { return s.doc.Front }

// Steps are all steps in order.
func (s *Session) Steps() []StepResult { return s.steps }

// Goals are all goals in order, as they stand now.
func (s *Session) Goals() []GoalResult { return s.goals }

// Blocks are the parts of the document in order.
func (s *Session) Blocks() []Block { return s.doc.Blocks }

// Calls are all calls of the steps in order.
func (s *Session) Calls() []Record { return s.records }

// Diagnostics are what is wrong with the document, sorted by place.
func (s *Session) Diagnostics() []source.Diagnostic { return s.diagnostics }

// Files are the virtual files by name.
func (s *Session) Files() map[string]string { return maps.Clone(s.shell.Files()) }

// CanUndo reports whether there is an appended step.
func (s *Session) CanUndo() bool { return len(s.marks) > 0 }
