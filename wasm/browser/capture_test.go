package browser

import (
	"strings"
	"testing"

	"kmsplayground/engine/capture"
	"kmsplayground/engine/keypair"
)

// TestCapture holds that the reply carries the document and that the session stays.
func TestCapture(t *testing.T) {
	d := New(Whole(keypair.All{}, nil))
	before := d.session.Text()
	c := d.serve(Request{Type: Capture, Inputs: []capture.Input{{Name: "log", Text: "User: arn:aws:iam::111122223333:user/a is not authorized to perform: kms:Encrypt on resource: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}}).Capture
	if c == nil || !strings.Contains(c.Document, "aws kms encrypt") || len(c.Parts) != 1 || d.session.Text() != before {
		t.Errorf("%+v", c)
	}
	if reply := New(First()).serve(Request{Type: Capture}); !reply.NeedsWhole {
		t.Errorf("%+v", reply)
	}
}
