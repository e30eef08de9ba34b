package scenario

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/awscli"
)

// Run runs a script as a step and appends it: the document grows by a fence that replays to the same result. The
// environment's UserAgent is not part of a document and does not count.
func (s *Session) Run(as, script string, env engine.Environment) StepResult {
	return s.append(addition{
		step: Attributes{As: as, Service: env.ViaService, SourceIP: env.SourceIP, VPCE: env.VPCEndpoint, SourceArn: env.SourceArn}, script: script,
	})
}

// Call makes one call as the AWS CLI command that does the same, and appends it. A call that the AWS CLI itself refuses
// never reaches the service; its answer has the code ParamValidation.
func (s *Session) Call(c engine.Call) (engine.Answer, StepResult) {
	a := addition{step: Attributes{As: c.As, Service: c.Environment.ViaService, SourceIP: c.Environment.SourceIP, VPCE: c.Environment.VPCEndpoint, SourceArn: c.Environment.SourceArn}}
	if a.step.As == "" {
		a.step.As = s.rootRef()
	}
	c.Region = s.region(c.Region)
	a.script = s.credentials(c.Credentials) + awscli.Print(c, func(name, content string) string { return s.addFile(&a, name, content) })
	step := s.append(a)
	return s.answer(step), step
}

// answer is that of a step of one command.
func (s *Session) answer(step StepResult) engine.Answer {
	if len(step.Calls) > 0 {
		return s.records[step.Calls[0]].Answer
	}
	return engine.Answer{Error: &engine.Error{Code: "ParamValidation", Message: strings.TrimSpace(step.Stderr), Status: 400}}
}

// credentials sets the access key of a call for its command alone. What the console exported does not count for a call
// that names its principal, nor for an edit.
func (s *Session) credentials(k engine.Credentials) string {
	if k.AccessKeyId == "" && !strings.Contains(s.text, "AWS_ACCESS_KEY_ID") {
		return ""
	}
	return "AWS_ACCESS_KEY_ID=" + awscli.Quote(k.AccessKeyId) + " AWS_SECRET_ACCESS_KEY=" + awscli.Quote(k.SecretAccessKey) +
		" AWS_SESSION_TOKEN=" + awscli.Quote(k.SessionToken) + " "
}

// region is what --region has to say: nothing for the world's own, unless the console may have exported another one.
func (s *Session) region(region string) string {
	own := s.world.Options().Region
	switch {
	case region != "" && region != own:
		return region
	case strings.Contains(s.text, "AWS_REGION") || strings.Contains(s.text, "AWS_DEFAULT_REGION"):
		return own
	}
	return ""
}

// Wait lets simulated time pass, and appends that.
func (s *Session) Wait(d time.Duration) StepResult {
	return s.append(addition{step: Attributes{As: s.rootRef()}, script: "sleep " + sleepText(d)})
}

// rootRef names the root user of the world's account.
func (s *Session) rootRef() string { return s.world.Options().Account + ":root" }

func sleepText(d time.Duration) string {
	for _, unit := range []struct {
		d    time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}} {
		if d >= unit.d && d%unit.d == 0 {
			return strconv.FormatInt(int64(d/unit.d), 10) + unit.name
		}
	}
	return strconv.FormatFloat(max(d, 0).Seconds(), 'f', -1, 64)
}

// Undo drops the last appended step, and reports whether there was one.
func (s *Session) Undo() bool {
	if !s.CanUndo() {
		return false
	}
	if s.bulk.on { // what made the bulk had another thought; a person did nothing that could be redone
		s.rewind()
		return true
	}
	text := s.text
	last := s.marks[len(s.marks)-1]
	s.undone = append(s.undone, Stretch{Text: text[len(last.text):], Edit: last.edit})
	s.rewind()
	s.settle()
	return true
}

// rewind goes back to before the last appended step.
func (s *Session) rewind() {
	last := len(s.marks) - 1
	s.state = s.marks[last].state
	s.marks = s.marks[:last]
}

// addition is what one action appends: files, then a step.
type addition struct {
	files  []file
	step   Attributes
	script string
	edit   string // policy that it edits
}

type file struct{ name, lang, content string }

// addFile adds a file under a name that is not in use yet, and returns the name. A file that holds just that already
// is as good.
func (s *Session) addFile(a *addition, name, content string) string {
	content = strings.ToValidUTF8(content, "\uFFFD")
	base, ext := name, ""
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		base, ext = name[:i], name[i:]
	}
	used := s.fileNames()
	for n := 2; ; n++ {
		if held, ok := s.shell.Files()[name]; ok && held == content {
			return name
		}
		if !used[name] && !slices.ContainsFunc(a.files, func(f file) bool { return f.name == name }) {
			break
		}
		name = base + "-" + strconv.Itoa(n) + ext
	}
	lang := "text"
	if ext == ".json" {
		lang = "json"
	}
	a.files = append(a.files, file{name, lang, content})
	return name
}

// fileNames are those of the document's files and of those that scripts wrote.
func (s *Session) fileNames() map[string]bool {
	used := map[string]bool{}
	for _, b := range s.doc.Blocks {
		if b.Kind == File {
			used[b.Title] = true
		}
	}
	for name := range s.shell.Files() {
		used[name] = true
	}
	return used
}

// append runs an addition and writes it into the document, with how it ended.
func (s *Session) append(a addition) StepResult {
	s.branchOff()
	s.marks = append(s.bulk.marks(s.marks), mark{state: s.state.clone(), edit: a.edit})
	if !s.bulk.begun {
		s.text = closed(s.text)
		s.bulk.begun = s.bulk.on
	}
	s.appendFiles(a)
	b := Block{Text: plainScript(a.script), Attributes: a.step.plain(s.rootRef())}
	step := s.runStep(&b)
	step.Expect, step.Problem, step.Holds, step.Appended, step.Block = step.ending(), "", true, true, -1
	b.Attributes.Expect = step.Expect
	s.text += "\n" + fenced(b.Attributes.info("sh"), b.Text)
	s.steps = append(s.steps, step)
	s.settle()
	return s.steps[len(s.steps)-1]
}

// settle reads the document again after its text has changed, and looks at the goals. A bulk does that once.
func (s *Session) settle() {
	if s.bulk.on {
		return
	}
	s.reparse()
	if last := len(s.steps) - 1; last >= 0 && s.steps[last].Block < 0 {
		s.steps[last].Block = len(s.doc.Blocks) - 1
	}
	s.tryGoals()
}

func (s *Session) appendFiles(a addition) {
	for _, f := range a.files {
		s.text += "\n" + fenced(f.lang+writeAttribute("title", f.name), f.content)
		s.shell.SetFile(f.name, f.content)
	}
}

// plainScript has the line breaks that a script is run with, and only characters that a document can hold.
func plainScript(script string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(script, "\r\n", "\n"), "\uFFFD")
}

// plain are attributes that read back as they are written; a step always says who acts.
func (a Attributes) plain(someone string) Attributes {
	for _, text := range []*string{&a.As, &a.Service, &a.SourceIP, &a.VPCE, &a.SourceArn, &a.Region} {
		*text = strings.ToValidUTF8(*text, "\uFFFD")
	}
	if a.As == "" {
		a.As = someone
	}
	return a
}

// closed is a text after which a fence may open: its last fence is closed, its last line ended.
func closed(text string) string {
	var open *fence
	for _, l := range lines(text) {
		switch f, ok := openFence(l.text); {
		case open != nil && open.closes(l.text):
			open = nil
		case open == nil && ok:
			open = &f
		}
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	if open != nil {
		text += strings.Repeat(string(open.mark), open.length) + "\n"
	}
	return text
}

func fenced(info, content string) string {
	marks := fenceFor(content)
	return marks + info + "\n" + content + "\n" + marks + "\n"
}

// reparse reads the document again after its text has changed.
func (s *Session) reparse() {
	s.doc, s.diagnostics = Parse(s.text)
	for i := range s.doc.Blocks {
		s.doc.Blocks[i].Appended = s.doc.Blocks[i].Span.Start >= s.open
	}
}
