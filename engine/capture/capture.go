// Package capture makes a scenario document of what the AWS CLI printed about a real account: the principals and keys
// that matter are built again with their own names, and the request that was denied is sent again.
package capture

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/scenario"
)

// Input is a text that a person pasted or a file. It may hold several outputs, one after the other.
type Input struct{ Name, Text string }

// Kind is what a part of an input was read as, in the words of the command that prints it.
type Kind string

// The kinds of parts.
const (
	AuthorizationDetails Kind = "get-account-authorization-details"
	KeyPolicy            Kind = "get-key-policy"
	KeyMetadata          Kind = "describe-key"
	Grants               Kind = "list-grants"
	Aliases              Kind = "list-aliases"
	Tags                 Kind = "list-resource-tags"
	Rotation             Kind = "get-key-rotation-status"
	Event                Kind = "CloudTrail event"
	Denial               Kind = "AccessDenied message"
)

// Part is one output that was understood.
type Part struct {
	Input int // index
	Line  int // of the input, from 1
	Kind  Kind
	About string // what it says: "3 users, 2 roles", the ARN of a key
}

// Problem is a place of an input that was not understood. Lines and columns count from 1, columns in characters.
type Problem struct {
	Input, Line, Column int
	Message             string
}

// Capture is what became of inputs.
type Capture struct {
	Document string // empty when there was nothing to build
	Sends    bool   // it ends with the request that was asked about
	Parts    []Part
	Missing  []Missing
	Problems []Problem
}

// Missing is what the decision may depend on and nobody said.
type Missing struct {
	Text string // sentence
	Run  string // AWS CLI command that says it; empty when there is none
}

// Progress is told how much of a world is built.
type Progress func(done, total int)

// Read builds a scenario. It never fails: what was not understood is in Problems, and the rest is built. The Algorithms
// of o are those with which the document is going to be opened. progress may be nil.
func Read(inputs []Input, o engine.Options, progress Progress) Capture {
	c := Capture{Parts: []Part{}, Missing: []Missing{}, Problems: []Problem{}}
	var m model
	for i, input := range inputs {
		unread := false // the piece before was a text that nobody understands; one remark is enough
		for _, p := range split(input.Text) {
			p.input, p.folder = i, folderOf(input.Name)
			parts, problem := []Part{}, p.problem
			if problem == "" {
				parts, problem = m.read(p)
			}
			if problem != "" && (problem != neither || !unread) {
				c.Problems = append(c.Problems, p.report(problem))
			}
			unread = problem == neither
			c.Parts = append(c.Parts, parts...)
		}
	}
	parts, problems := m.settle()
	c.Parts, c.Problems = append(c.Parts, parts...), append(c.Problems, problems...)
	slices.SortStableFunc(c.Parts, func(a, b Part) int { return cmp.Or(a.Input-b.Input, a.Line-b.Line) })
	slices.SortStableFunc(c.Problems, func(a, b Problem) int { return cmp.Or(a.Input-b.Input, a.Line-b.Line) })
	c.Parts = thin(c.Parts, func(p Part) string { return fmt.Sprint(p.Input, p.Kind) }, func(p *Part, more string) { p.About = more })
	c.Problems = thin(c.Problems, func(p Problem) string { return fmt.Sprint(p.Input, p.Message) }, func(p *Problem, more string) { p.Message = more })
	if m.isEmpty() {
		return c
	}
	b := builder{model: &m, world: scenario.OpenWith(m.frontMatter(), o), progress: progress}
	b.build()
	c.Document = b.document()
	c.Missing, c.Sends = b.missing, b.sent
	return c
}

// mostAlike of a log's lines are told one by one.
const mostAlike = 20

// thin keeps the first few of those that are alike in an input, and says in the place of the next how many follow.
func thin[T any](all []T, alike func(T) string, count func(*T, string)) []T {
	kept, seen, rest := []T{}, map[string]int{}, map[string]int{}
	for _, one := range all {
		what := alike(one)
		if seen[what]++; seen[what] == mostAlike+1 {
			rest[what] = len(kept)
		}
		if seen[what] <= mostAlike+1 {
			kept = append(kept, one)
		}
	}
	for what, i := range rest {
		if more := seen[what] - mostAlike; more > 1 {
			count(&kept[i], strconv.Itoa(more)+" more of these, from here on")
		}
	}
	return kept
}

// isEmpty reports whether there is nothing to build.
func (m *model) isEmpty() bool {
	return len(m.keys) == 0 && len(m.accounts) == 0 && m.request == nil && !m.org.isKnown() && len(m.endpoints) == 0
}

// folderOf is where a file lies; outputs in one folder are about one key.
func folderOf(name string) string { return name[:strings.LastIndexByte(name, '/')+1] }

func (p piece) report(message string) Problem {
	return Problem{Input: p.input, Line: p.line, Column: p.column, Message: message}
}

// frontMatter begins the document: the place of the keys, and their ids.
func (m *model) frontMatter() string {
	var b strings.Builder
	b.WriteString("---\ntitle: " + strconv.Quote(m.title()) + "\n")
	if !m.at.IsZero() {
		b.WriteString("start: " + m.at.UTC().Format("2006-01-02T15:04:05Z") + "\n")
	}
	b.WriteString("seed: capture\n")
	if region := m.region(); region != "" {
		b.WriteString("region: " + region + "\n")
	}
	b.WriteString("account: " + m.home() + "\n")
	if names := m.keyARNs(); len(names) > 0 {
		b.WriteString("keys: [" + strings.Join(names, ", ") + "]\n")
	}
	if ids := m.ids(); len(ids) > 0 {
		b.WriteString("ids: [" + strings.Join(ids, ", ") + "]\n")
	}
	b.WriteString("format: 1\n---\n\n")
	return b.String()
}

func (m *model) title() string {
	if r := m.request; r != nil {
		return fmt.Sprintf("%s by %s", r.operation, shortName(r.as))
	}
	return "Account " + m.home()
}

// shortName is the end of an ARN: "role/app", "assumed-role/app/session".
func shortName(name string) string { return name[strings.LastIndexByte(name, ':')+1:] }

// keyARNs are the keys in the order in which they are built.
func (m *model) keyARNs() []string {
	names := []string{}
	for _, k := range m.keys {
		if m.primaryOf(k) == nil {
			names = append(names, k.arn)
		}
	}
	return names
}

// home is the account that most is said about.
func (m *model) home() string {
	if m.request != nil && m.request.account != "" {
		return m.request.account
	}
	if len(m.keys) > 0 {
		return m.keys[0].account
	}
	if len(m.accounts) > 0 {
		return m.accounts[0].id
	}
	return "111122223333"
}

// region is that of the request, else of the first key.
func (m *model) region() string {
	if m.request != nil && m.request.region != "" {
		return m.request.region
	}
	if i := slices.IndexFunc(m.keys, func(k *key) bool { return k.region != "" }); i >= 0 {
		return m.keys[i].region
	}
	return ""
}
