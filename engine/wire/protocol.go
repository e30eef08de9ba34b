package wire

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/catalog"
)

// protocol is one of AWS's two ways to write a call.
type protocol struct {
	// parse returns what it understood of a request that it refuses, nil for nothing.
	parse  func(*http.Request, []byte) (*request, *refusal)
	write  func(http.ResponseWriter, *request, engine.Answer)
	refuse func(w http.ResponseWriter, service, requestID string, e *refusal)
}

var (
	json11 = &protocol{parseJSON, writeJSON, refuseJSON}
	query  = &protocol{parseQuery, writeQuery, refuseQuery}
)

// request is what a client asks for.
type request struct {
	service   string // "kms"
	operation *catalog.Operation
	input     json.RawMessage
	// malformed is what is wrong with the input. It is said once the caller is known.
	malformed *refusal
}

// services are those that answer here, by how their requests name them.
var services = []struct {
	name       string
	target     string // before the dot of X-Amz-Target, empty for Query
	version    string // of Query, empty for AWS JSON
	operations func() []catalog.Operation
}{
	{"kms", "TrentService", "", catalog.KMS},
	{"organizations", "AWSOrganizationsV20161128", "", catalog.Organizations},
	{"cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", "", catalog.CloudTrail},
	{"iam", "", "2010-05-08", catalog.IAM},
	{"sts", "", "2011-06-15", catalog.STS},
}

// find is the operation of that name, nil when there is none.
func find(operations []catalog.Operation, name string) *catalog.Operation {
	for i := range operations {
		if operations[i].Name == name {
			return &operations[i]
		}
	}
	return nil
}

// names are what a service can do here, for those who ask for something else.
func names(operations []catalog.Operation) string {
	all := []string{}
	for _, op := range operations {
		all = append(all, op.Name)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// nothing reports whether an operation answers without a body.
func nothing(op *catalog.Operation) bool { return op.Output == nil }
