package condition

// Outcome is how one test ended. The zero Outcome is no match.
type Outcome int

// Broken is a test that could not be made (a literal that is no ARN met with a request ARN, recorded from AWS):
// an Allow statement does not apply, a Deny statement does.
const (
	NoMatch Outcome = iota
	Match
	Broken
)

// Test is one line of a Condition element, compiled: {"StringEquals": {"kms:ViaService": ["a", "b"]}}.
type Test struct {
	Operator Operator
	Key      string     // as typed
	Wanted   []Template // the values, as typed
	lower    string
}

// Result is what a Test found.
type Result struct {
	Outcome Outcome
	Present bool     // the request carries the key, and this kind of policy honours it
	Actual  []string // what the request carries
	Wanted  []string // what the policy wants, variables replaced
	Note    string   // why the outcome may surprise: "the key is absent, and a negated operator matches an absent key"
}
