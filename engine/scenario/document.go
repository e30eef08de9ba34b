// Package scenario is the scenario document: a Markdown text whose fences run. It is the test case, the tutorial, the
// example in the menu, the share link and the session of a person, all in one form.
//
// A document is an article for every Markdown host. What runs in it:
//
//   - front matter: title, start, seed, region, account, consistency (immediate or eventual), format, stories, lesson,
//     tags, keys (ARNs of real keys whose ids the keys of the document get);
//   - a fence with title="NAME" in any language but sh is a virtual file. Its content is what stands between the
//     fences without the line break before the closing fence, so that every text can be said exactly. advice="CODE …"
//     lists the remarks (codes of package policy) that a policy raises because the document is about just that;
//   - a fence ```sh with as="PRINCIPAL" is a step: a script that runs as that principal and stops at the first command
//     that fails. expect="CODE" says how it ends: an AWS error code, or an exit code as a number; without it the step
//     must succeed. wait="6m" lets simulated time pass before it, quota="aliases-per-key=2" lets AWS adjust a quota of
//     KMS before it. service, source-ip, vpce and region are carried by
//     its requests: a forward access session, the source address, the VPC endpoint, the Region;
//   - a step with goal="TEXT" is a goal: it is tried on a copy of the world after every change, changes nothing, and
//     holds when it ends as expected. With pin="TEXT" in its place it is a goal that a person pinned, which is no part of
//     a lesson;
//   - a fence ```output or ```error directly after a step or goal says what it prints. White space at both ends does
//     not count; "…" stands for any text within a line, and a line of only "…" for any lines.
//
// Attribute values are written as JSON strings. A fence that is indented does not run.
package scenario

import (
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/source"
)

// Format is the version of the document format that this package writes. It reads all versions up to it.
const Format = 1

// Document is a scenario as written. What could not be understood is in the diagnostics that Parse returns beside it.
type Document struct {
	Text *source.Text
	Front
	Blocks []Block // all of the text, in order
}

// Front is the front matter. The zero Front is a document without one.
type Front struct {
	Title   string
	Start   time.Time
	Seed    string
	Region  string
	Account string
	// Consistency is empty when it is not given: immediate.
	Consistency engine.Consistency
	Format      int      // 1 when it is not given
	Stories     []string // "S72"
	Lesson      bool
	Tags        []string
	Keys        []string // ARNs: the ids of the keys, in the order in which they are made in their account and Region
	IDs         []string // of users, roles, parts of organizations and VPC endpoints, in the order in which they are made
}

// Kind is what a Block is.
type Kind string

// The kinds of blocks. FrontMatter is at most the first one; Output and Error belong to the step or goal before them.
const (
	FrontMatter Kind = "front matter"
	Prose       Kind = "prose"
	File        Kind = "file"
	Step        Kind = "step"
	Goal        Kind = "goal"
	Output      Kind = "output"
	Error       Kind = "error"
)

// Block is a part of the document. Blocks follow each other without a gap, so that their texts make up the document.
type Block struct {
	Kind    Kind
	Span    source.Span // with its fences and the line break after them
	Content source.Span // between the fences
	Text    string      // of prose: the Markdown; of a fence: what is in it
	Lang    string      // "json"
	Title   string      // name of a file, text of a goal
	Advice  string      // of a policy file: the codes of the remarks that it is to raise, "no-delegation lock-out"
	Attributes
	// Pinned goals are a person's own.
	Pinned bool
	// Appended blocks were added by what a person did, after the document was opened.
	Appended bool
}

// Attributes are how a step runs.
type Attributes struct {
	As       string
	Expect   string
	Service  string
	SourceIP string
	VPCE     string
	Region   string
	// SourceArn is the resource for which a service acts that calls in its own name.
	SourceArn string
	Wait      time.Duration
	Quota     string // "aliases-per-key=2": see engine.ParseQuota
}
