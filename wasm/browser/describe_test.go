package browser

import (
	"slices"
	"testing"

	"kmsplayground/engine/catalog"
)

// Every parameter of AWS KMS is explained.
func TestDescribeParameters(t *testing.T) {
	door := New(Whole(nil, nil))
	for _, op := range catalog.KMS() {
		reply := door.describe(Request{Text: "kms:" + op.Name})
		if reply.Described == nil {
			t.Fatalf("%s: %s", op.Name, reply.Failure)
		}
		for _, f := range op.Input {
			if !slices.ContainsFunc(reply.Described.Fields, func(h catalog.ParameterHelp) bool { return h.Name == f.Name }) {
				t.Errorf("%s: %s is not explained", op.Name, f.Name)
			}
		}
	}
	if reply := door.describe(Request{Text: "kms:Fly"}); reply.Failure != `there is no operation "kms:Fly"` {
		t.Error(reply.Failure)
	}
}
