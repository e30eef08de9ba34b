package browser

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/scenario"
)

// exampleViews are the documents that come with the engine, by article and name:
// "stories/004-root-statement/why-the-root-statement.md" is "004-why-the-root-statement" of "Root statement".
func exampleViews() []ExampleView {
	views := []ExampleView{}
	names, err := fs.Glob(scenario.Stories, "stories/*/*.md")
	if err != nil {
		panic(err) // only for a bad pattern
	}
	for _, name := range names {
		text, err := fs.ReadFile(scenario.Stories, name)
		if err != nil {
			panic(err) // it is part of this program
		}
		number, article, numbered := strings.Cut(path.Base(path.Dir(name)), "-")
		if !numbered { // a group of its own: "organizations"
			article = number
		}
		views = append(views, ExampleView{
			Name: number + "-" + strings.TrimSuffix(path.Base(name), ".md"), Title: title(string(text)),
			Group: strings.ReplaceAll(strings.ToUpper(article[:1])+article[1:], "-", " "), Text: string(text),
		})
	}
	return views
}

// title is that of a document's front matter. The rest is left alone: the list of examples comes before the first
// decision.
func title(text string) string {
	if front, _, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n"); ok {
		document, _ := scenario.Parse("---\n" + front + "\n---\n")
		return document.Title
	}
	return ""
}

// operationViews are all operations, by service and name.
func operationViews() []OperationView {
	views := []OperationView{}
	for _, op := range slices.Concat(catalog.KMS(), catalog.IAM(), catalog.STS(), catalog.Organizations()) {
		views = append(views, OperationView{
			Service: op.Service, Name: op.Name, Fields: fieldViews(op.Input, depth), Simulated: op.Simulated,
		})
	}
	return views
}

// depth is how far structures are followed; no input that people fill in goes deeper.
const depth = 3

func fieldViews(fields []catalog.Field, depth int) []FieldView {
	views := []FieldView{}
	for _, f := range fields {
		views = append(views, fieldView(f, depth))
	}
	return views
}

func fieldView(f catalog.Field, depth int) FieldView {
	s := f.Shape
	v := FieldView{
		Name: f.Name, Type: string(s.Type), Shape: s.Name, Required: f.Required, Enum: append([]string{}, s.Enum...), Min: -1, Max: -1,
		Role: role(f), Fields: []FieldView{},
	}
	if s.HasMin {
		v.Min = s.Min
	}
	if s.HasMax {
		v.Max = s.Max
	}
	if s.Member != nil {
		v.Member = string(s.Member.Type)
		if s.Type == catalog.List {
			v.Shape = s.Member.Name
		}
		if len(v.Enum) == 0 {
			v.Enum = append(v.Enum, s.Member.Enum...)
		}
	}
	if depth > 0 {
		v.Fields = fieldViews(members(s), depth-1)
	}
	return v
}

// members are the fields of a structure, or of the structures in a list.
func members(s *catalog.Shape) []catalog.Field {
	if s.Type == catalog.List && s.Member != nil {
		return s.Member.Fields
	}
	return s.Fields
}

// roles say what a form can offer for a parameter, by its name.
var roles = map[string]string{
	"KeyId": "key", "TargetKeyId": "key", "SourceKeyId": "key", "DestinationKeyId": "key",
	"AliasName":         "alias",
	"EncryptionContext": "encryption context", "SourceEncryptionContext": "encryption context", "DestinationEncryptionContext": "encryption context",
	"GrantTokens":      "grant tokens",
	"GranteePrincipal": "principal", "RetiringPrincipal": "principal", "RoleArn": "principal",
	"Policy": "policy", "PolicyDocument": "policy", "AssumeRolePolicyDocument": "policy",
	"PolicyInputList": "policies", "PermissionsBoundaryPolicyInputList": "policies", "ServiceControlPolicyInputList": "policies",
	"CiphertextBlob": "ciphertext", "Plaintext": "plaintext", "GrantId": "grant id", "Constraints": "constraints", "Tags": "tags",
}

func role(f catalog.Field) string {
	if strings.HasPrefix(f.Name, "EncryptionContext") && f.Shape.Type == catalog.Map {
		return "encryption context" // those of grant constraints included
	}
	return roles[f.Name]
}
