// Package browser is the door between JavaScript and the engine: it runs in a Web Worker, takes requests as JSON text
// and answers with JSON text. Only main_js.go knows JavaScript; the rest is tested natively. Two programs are made of it,
// wasm/first and wasm/whole.
//
// The shapes of this file are the protocol. site/src/engine/messages.ts is generated from them.
package browser

import (
	"kmsplayground/engine"
	"kmsplayground/engine/capture"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/scenario"
	"kmsplayground/engine/source"
)

// Request is one message from the page. Type says which of the other fields count.
type Request struct {
	Id   int
	Type RequestType

	Document string       // Open, Resume
	History  *HistoryView // Resume: State.History
	Fragment string       // OpenLink: the part of a link after "#"
	Call     *engine.Call // Call: sent, and appended to the document as the AWS CLI command that does the same; Print, Try
	As       string       // Command, Edit: the principal that acts
	Command  string       // Command: shell text
	Policy   string       // Edit, Parse, Complete, Explain, Earlier: PolicyView.ID
	Text     string       // Edit, Parse, Format, Complete, Explain; Apply: SuggestionView.Title
	Kind     string       // Parse, Complete, Explain: policy.Kind
	Seconds  int          // Wait: simulated seconds
	Index    int          // Answer, Suggest, Apply: RequestView.Index; Step; Switch; Goal, Unpin: of State.Goals
	Expect   string       // Pin: AWS error code, empty for success
	Count    int          // Bench: how many decisions

	Calls    []engine.Call   // Effects: one after the other; Foresee: each by itself
	Key      string          // Detail: KeyView.ARN
	Matrix   *MatrixQuestion // Matrix, Cell
	Baseline Baseline        // Earlier
	HTTP     *HTTPRequest    // HTTP

	Offset int             // Complete, Explain: in bytes, within Text
	Inputs []capture.Input // Capture
}

// RequestType names what the page asks for.
type RequestType string

// Open, OpenLink and Resume replace the world; Call, Command, Edit, Wait, Apply and Undo change the session; the others only
// ask. Print writes a call as the AWS CLI command, Try makes it on a copy of the world. Hello answers once the engine is
// warm.
const (
	Hello    RequestType = "Hello"
	Open     RequestType = "Open"
	OpenLink RequestType = "OpenLink"
	Resume   RequestType = "Resume" // goes on with the session of another engine
	Call     RequestType = "Call"
	Command  RequestType = "Command"
	Edit     RequestType = "Edit"
	Wait     RequestType = "Wait"
	Undo     RequestType = "Undo"
	Redo     RequestType = "Redo"
	Step     RequestType = "Step"   // back or forward to where Index actions are done
	Switch   RequestType = "Switch" // to the branch of an Index
	Pin      RequestType = "Pin"    // keeps Call with how it is expected to end
	Unpin    RequestType = "Unpin"  // the goal of an Index
	Goal     RequestType = "Goal"   // what came of the goal of an Index when it was tried
	Answer   RequestType = "Answer"
	Parse    RequestType = "Parse"
	Format   RequestType = "Format"
	Print    RequestType = "Print"
	Try      RequestType = "Try"
	Share    RequestType = "Share"
	Bench    RequestType = "Bench"
	Suggest  RequestType = "Suggest"  // what would allow a past request
	Apply    RequestType = "Apply"    // performs a suggestion
	Matrix   RequestType = "Matrix"   // who may do what with a key
	Cell     RequestType = "Cell"     // why, for one cell
	Detail   RequestType = "Detail"   // what AWS tells about a key
	Effects  RequestType = "Effects"  // what calls would change about who may do what
	Foresee  RequestType = "Foresee"  // what would come of calls, and who may make them
	Complete RequestType = "Complete" // what can stand at a place of a policy
	Explain  RequestType = "Explain"  // what the name at a place of a policy means
	Describe RequestType = "Describe" // what the parameters of the operation Text, "kms:Encrypt", are for
	Earlier  RequestType = "Earlier"  // the text of a policy at another moment
	Capture  RequestType = "Capture"  // a document made of what the AWS CLI printed; the session stays as it is
	HTTP     RequestType = "HTTP"     // a request of a client of AWS; a call of it is appended as Call does
)

// HTTPRequest is a signed request as a client of AWS sends it.
type HTTPRequest struct {
	Method string
	URL    string // "https://kms.us-east-1.amazonaws.com/"
	Header []TagView
	Body   string
}

// HTTPResponse is what such a client gets.
type HTTPResponse struct {
	Status int
	Header []TagView
	Body   string
}

// Reply answers the request of the same Id. A reply to a request that changed the session carries the whole State.
type Reply struct {
	Id      int
	Version string // of the engine
	// Failure is set when the request could not be served: a bad message, a broken link, a panic. The world is as it
	// was before the request.
	Failure string
	// NeedsWhole: this engine is the first one, and the request takes the whole one. Nothing else of the reply counts, and
	// the world is as it was before the request.
	NeedsWhole  bool
	State       *State
	Answer      *engine.Answer // Call, Answer, Try, and Edit's call
	Call        *engine.Call   // Answer: what was asked
	Index       int            // RequestView.Index of Answer
	Step        *StepView      // Call, Command, Edit, Wait
	Applied     bool           // Edit: AWS accepted the text, it is in force; Format: it is JSON; Earlier: there was such a policy
	Diagnostics []source.Diagnostic
	Text        string     // Format: the formatted text; Earlier; Share: the fragment; Print: the command
	Catalogue   *Catalogue // Hello
	Bench       *BenchResult
	HTTP        *HTTPResponse      // HTTP; it became a call when there is an Answer
	Advice      *AdviceView        // Suggest
	Matrix      *MatrixView        // Matrix
	Detail      *KeyDetail         // Detail
	Effects     *EffectsView       // Effects
	Foreseen    *ForeseenCalls     // Foresee
	Completion  *policy.Completion // Complete
	Help        *policy.Help       // Explain; null where there is nothing to say
	Described   *OperationHelp     // Describe
	Capture     *capture.Capture   // Capture
}

// AdviceView is what would allow a request, what opens least first.
type AdviceView struct {
	Allowed     bool // it is allowed now
	Suggestions []SuggestionView
}

// SuggestionView is one way, which was tried on a copy of the world.
type SuggestionView struct {
	Title    string
	Commands []CommandView
	Opens    []ChangeView // what else becomes allowed
	Closes   []ChangeView // what does not stay allowed
}

// CommandView is one step of a suggestion.
type CommandView struct {
	As      string
	Text    string // the AWS CLI command; its policies are files
	Seconds int    // above zero: simulated time passes, there is no command
	Request bool   // it is the request itself, as it is sent instead
}

// ChangeView is a question that is answered otherwise than before.
type ChangeView struct {
	Principal string // label
	Operation string
	Key       string // label
	Without   bool   // asked without the encryption context of the request
	Alias     string // by which the key was named, empty for its own ARN
}

// Catalogue is what the page needs to know before there is a world.
type Catalogue struct {
	Operations []OperationView // those that the request form offers
	Examples   []ExampleView
	Checks     []policy.CheckInfo // what the codes of remarks on policies mean
}

// OperationView is an operation as the request form shows it.
type OperationView struct {
	Service   string
	Name      string
	Fields    []FieldView
	Simulated bool
}

// FieldView is one parameter.
type FieldView struct {
	Name     string
	Type     string // catalog.Type
	Shape    string // the name of its type in the service's model; of a list, of its members'
	Required bool
	Enum     []string
	Min      int // -1 for none
	Max      int // -1 for none
	// Role says what a form can offer: "key", "alias", "encryption context", "grant tokens", "principal", "policy",
	// "policies", "ciphertext", "plaintext", "grant id", "constraints", "tags", "".
	Role   string
	Member string      // type of a list's members
	Fields []FieldView // of a structure, or of a list's structure members
}

// ExampleView is one document that comes with the playground.
type ExampleView struct {
	Name  string // "004-why-the-root-statement"
	Title string
	Group string // the article it belongs to
	Text  string
}

// State is the world and the session as the page shows them.
type State struct {
	Title         string
	Document      string // the session as a scenario document
	Region        string
	Account       string
	Now           string // RFC 3339
	CanUndo       bool
	CanRedo       bool
	Done          int      // actions of the person that are done: see Step
	Undone        []string // first lines of what Redo would do again, the next one first
	Branches      []BranchView
	Coming        []ComingView // what happens by itself, in the order of time
	Lesson        []BlockView
	Goals         []GoalView
	Accounts      []AccountView
	Organizations []OrganizationView
	Principals    []PrincipalView
	Keys          []KeyView
	Policies      []PolicyView
	Requests      []RequestView
	Diagnostics   []source.Diagnostic // of the document
	History       HistoryView
}

// HistoryView is what Resume takes besides the document, as it came.
type HistoryView struct {
	Opened   int // bytes of the document as it was opened
	Marks    []scenario.Mark
	Undone   []scenario.Stretch
	Branches []scenario.Branch
	Drafts   []Draft // in order
}

// BranchView is a course that was left for another.
type BranchView struct {
	Text    string // first line of what was done there and not here
	Actions int    // that are done there
}

// ComingView is something that happens to a key without a further request.
type ComingView struct {
	Key    string // label
	Kind   string // "deletion", "ready", "rotation", "expiry"; of a change that authorization does not see yet, what changed
	What   string // of such a change, one sentence without its stop
	MadeAt string // RFC 3339: when the change was made, where it is known
	At     string // RFC 3339
}

// BlockView is a part of the document in order: prose to read, a file, or a step with how it went.
type BlockView struct {
	Type  string // "prose", "file", "step", "goal", "expected"
	Text  string // Markdown, the file's text, or the commands
	Title string // of a file or goal
	Lang  string
	Step  *StepView
	// Appended blocks were added by what the person did, after the document was opened.
	Appended bool
}

// StepView is how a step went.
type StepView struct {
	As      string
	Expect  string
	Holds   bool   // it ended as expected
	Code    string // AWS error code, empty for success
	Stdout  string
	Stderr  string
	Problem string // why it did not hold
	Line    int    // of the command at which it stopped, within the commands, from 1; 0 for none
	Column  int
	Calls   []int // RequestView.Index of the calls it made
}

// GoalView is one goal of a lesson.
type GoalView struct {
	Title   string
	Holds   bool
	Detail  string // what happened when it was tried
	As      string
	Expect  string // AWS error code, empty for success
	Command string
	Code    string // how it ended now
	Pinned  bool   // a person pinned it: it is no part of a lesson, and may be taken away
}

// AccountView is an account and who is in it.
type AccountView struct {
	ID     string
	Users  []MemberView
	Groups []MemberView
	Roles  []MemberView
}

// MemberView is a user, group or role. Policies are PolicyView.IDs.
type MemberView struct {
	Name     string
	ARN      string
	Policies []string
	Groups   []string
	Boundary string
	Tags     []TagView
}

// PrincipalView is somebody who can send a request.
type PrincipalView struct {
	Ref   string // for Call.As
	Label string // "kms-test-2", "role/app (session playground)", "root of 111122223333"
	ARN   string
	Kind  string
}

// KeyView is a KMS key.
type KeyView struct {
	ARN          string
	KeyId        string
	Account      string
	Region       string
	Label        string // its first alias, or its id
	State        string
	Spec         string
	Usage        string
	Description  string
	Created      string
	DeletionDate string
	Aliases      []string
	Tags         []TagView
	Grants       []GrantView
	Policy       string   // PolicyView.ID
	Managers     []string // PrincipalView.Refs that may change the key policy now, the key's creator first
}

// GrantView is a grant on a key.
type GrantView struct {
	GrantId           string
	Name              string
	GranteePrincipal  string
	GranteeService    bool // it is a service principal
	RetiringPrincipal string
	RetiringService   bool
	SourceArn         string // of the constraint, empty for none
	IssuingAccount    string
	Operations        []string
	ConstraintType    string // "EncryptionContextEquals", "EncryptionContextSubset" or ""
	Constraint        []TagView
	Created           string
	VisibleAt         string // RFC 3339: when authorization sees it; empty when it does
	Token             string
}

// TagView is a key and a value: of a tag or of an encryption context.
type TagView struct{ Key, Value string }

// PolicyView is a policy that the editor can show.
type PolicyView struct {
	ID       string
	Title    string // "Key policy alias/app", "kms-test-2: dev", "AdministratorAccess (AWS managed)"
	Kind     string // policy.Kind
	Owner    string // ARN of the key, user, group or role; empty for managed policies
	Text     string // in force, as typed
	Draft    string // typed later and refused by AWS
	Refused  bool   // there is such a draft, be it empty
	ReadOnly bool   // AWS's own, or a key policy that was replaced and is still in force: its ID ends with "#earlier"
	// Diagnostics are of Draft when it was refused, else of Text.
	Diagnostics []source.Diagnostic
}

// RequestView is one past call in short. Answer fetches the whole.
type RequestView struct {
	Index     int
	Time      string // RFC 3339
	Principal string // ARN
	Label     string // short name of the principal
	Service   string
	Operation string
	Resource  string // label of the key, or empty
	Decision  string // "Allowed" or "Denied"; "" when authorization was not reached
	Code      string // AWS error code, empty for success
	Message   string
	Command   string // the AWS CLI command
	Appended  bool
	Done      int // actions of the person that are done with it, for Step; 0 for what the document did
}

// BenchResult is how long Count explained decisions took.
type BenchResult struct {
	Count        int
	Milliseconds float64
}
