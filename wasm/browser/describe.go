package browser

import (
	"slices"
	"strings"

	"kmsplayground/engine/catalog"
)

// OperationHelp is what a form says about an operation.
type OperationHelp struct {
	Page   string // of the API reference
	Fields []catalog.ParameterHelp
}

// describe says what the parameters of an operation are for.
func (d *Door) describe(r Request) Reply {
	service, name, _ := strings.Cut(r.Text, ":")
	all := slices.Concat(catalog.KMS(), catalog.IAM(), catalog.STS(), catalog.Organizations())
	at := slices.IndexFunc(all, func(op catalog.Operation) bool { return op.Service == service && op.Name == name })
	if at < 0 {
		return failure("there is no operation %q", r.Text)
	}
	return Reply{Described: &OperationHelp{Page: catalog.OperationPage(service, name), Fields: catalog.DescribeParameters(all[at].Input)}}
}
