package browser

import (
	"encoding/json"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
)

func TestPrint(t *testing.T) {
	for _, row := range []struct{ name, operation, input, want string }{
		{"options", "Encrypt", `{"KeyId":"alias/app","Plaintext":"SGVsbG8="}`, "aws kms encrypt --key-id alias/app --plaintext SGVsbG8="},
		{"a policy in a file", "PutKeyPolicy", `{"KeyId":"alias/app","Policy":"{\n}"}`,
			"cat > policy.json << 'EOF'\n{\n}\nEOF\naws kms put-key-policy --key-id alias/app --policy file://policy.json"},
		{"a line that would end the file", "PutKeyPolicy", `{"KeyId":"alias/app","Policy":"{\nEOF\nrm -rf /\n"}`,
			"cat > policy.json << 'EOF_'\n{\nEOF\nrm -rf /\nEOF_\naws kms put-key-policy --key-id alias/app --policy file://policy.json"},
		{"a text of two lines", "UpdateKeyDescription", `{"KeyId":"alias/app","Description":"it's\n$(two)"}`,
			"printf %s 'it'\\''s\n$(two)' > description.txt\naws kms update-key-description --key-id alias/app --description file://description.txt"},
		{"a text that would run", "UpdateKeyDescription", `{"KeyId":"alias/app","Description":"$(rm -rf /)"}`,
			"aws kms update-key-description --key-id alias/app --description '$(rm -rf /)'"},
	} {
		t.Run(row.name, func(t *testing.T) {
			d, before := opened(t, world)
			call := engine.Call{As: "ann", Service: "kms", Operation: row.operation, Input: json.RawMessage(row.input)}
			reply := ask(t, d, Request{Type: Print, Call: &call})
			if reply.Text != row.want {
				t.Errorf("got  %s\nwant %s", reply.Text, row.want)
			}
			reply = ask(t, d, Request{Type: Try, Call: &call})
			if name := gjson.GetBytes(reply.Answer.Event.JSON(), "eventName").Str; name != row.operation {
				t.Errorf("the event is of %q", name)
			}
			if d.session.Text() != before.Document || len(d.session.Calls()) != len(before.Requests) {
				t.Error("the session was changed")
			}
		})
	}
}
