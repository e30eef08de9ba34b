// Package catalog is the tables that AWS publishes: operations, actions, condition keys, key specs, key states,
// managed policies. It knows facts and decides nothing.
package catalog

// Type is the kind of a Shape, spelled as in AWS's service models.
type Type string

// The types of AWS service models.
const (
	String    Type = "string"
	Blob      Type = "blob"
	Integer   Type = "integer"
	Boolean   Type = "boolean"
	Timestamp Type = "timestamp"
	List      Type = "list"
	Map       Type = "map"
	Structure Type = "structure"
)

// Shape is the form of a parameter. Min and Max bound the length of strings, blobs, lists and maps and the value of
// integers; Bounded says which of them AWS enforces.
type Shape struct {
	Name    string // "KeyIdType"
	Type    Type
	Min     int
	Max     int
	HasMin  bool
	HasMax  bool
	Pattern string   // anchored regular expression of the model, "" for none
	Enum    []string // in AWS's order
	Member  *Shape   // of a list, or the value of a map
	Key     *Shape   // of a map
	Fields  []Field  // of a structure
	// Document: the string is a policy document, which the AWS CLI shows as JSON (IAM, not KMS).
	Document bool
	// Sensitive values are never shown in events.
	Sensitive bool
	// Streaming blobs are files on the AWS CLI's command line.
	Streaming bool
}

// Field is a member of a structure, spelled as AWS spells it.
type Field struct {
	Name     string // "KeyId"
	Shape    *Shape
	Required bool
}

// Operation is one API operation.
type Operation struct {
	Service string // "kms", "iam", "sts", "organizations"
	Name    string // "Encrypt"
	Input   []Field
	Output  []Field
	// Simulated is false for operations that this engine names but does not perform yet.
	Simulated bool
}
