package browser

import (
	"encoding/json"
	"testing"

	"kmsplayground/engine"
	"kmsplayground/engine/scenario"
)

// TestResume goes on with a session in another door at every point: it is the same, and so is what Undo leads back to.
func TestResume(t *testing.T) {
	d, state := opened(t, world)
	check := func(state *State) {
		t.Helper()
		back := Request{Type: Resume, Document: state.Document, History: &state.History}
		other := NewDoor()
		same(t, ask(t, other, back).State, state)
		for state.CanUndo {
			state = ask(t, d, Request{Type: Undo}).State
			same(t, ask(t, other, Request{Type: Undo}).State, state)
		}
		ask(t, d, back)
	}
	key := state.Keys[0]
	call := engine.Call{As: "bob", Service: "kms", Operation: "Encrypt", Input: json.RawMessage(`{"KeyId":"alias/app","Plaintext":"SGVsbG8="}`)}
	const open = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*"}]}`
	check(&state)
	for _, r := range []Request{
		{Type: Call, Call: &call},
		{Type: Edit, Policy: key.Policy, As: key.Managers[0], Text: open},
		{Type: Edit, Policy: key.Policy, As: key.Managers[0], Text: open + " "},
		{Type: Wait, Seconds: 90},
		{Type: Command, As: "bob", Command: "export AWS_REGION=eu-west-1\naws kms create-key\necho 'no end"},
		{Type: Edit, Policy: key.Policy, As: key.Managers[0], Text: `{"Version": `},
	} {
		check(ask(t, d, r).State)
	}
	if last := ask(t, d, Request{Type: Wait, Seconds: 1}).State; len(last.History.Drafts) == 0 || !last.History.Drafts[len(last.History.Drafts)-1].Refused {
		t.Errorf("the drafts are %v", last.History.Drafts)
	}
	if got := send(t, d, Request{Type: Resume}).Failure; got != "a Resume request carries a History" {
		t.Error(got)
	}
	// A history that is not of the text is none.
	for _, h := range []HistoryView{{Opened: 9}, {Opened: -1}, {Marks: []scenario.Mark{{Length: 3}, {Length: 2}}}} {
		if got := ask(t, NewDoor(), Request{Type: Resume, Document: "a text", History: &h}).State; got.CanUndo || got.History.Opened != len("a text") {
			t.Errorf("%+v is taken as %+v", h, got.History)
		}
	}
}

func same(t *testing.T, got, want *State) {
	t.Helper()
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if string(a) != string(b) {
		t.Errorf("got  %s\nwant %s", a, b)
	}
}

// TestBothEngines opens every example in both: the first decides as the whole one does, or says that it takes the
// whole one.
func TestBothEngines(t *testing.T) {
	opened := 0
	for _, e := range exampleViews() {
		r := Request{Type: Open, Document: e.Text}
		first := send(t, New(First()), r)
		if first.NeedsWhole {
			if first.State != nil || first.Failure != "" {
				t.Errorf("%s: the first engine answers besides", e.Name)
			}
			continue
		}
		opened++
		same(t, first.State, ask(t, NewDoor(), r).State)
	}
	if opened < 30 {
		t.Errorf("the first engine opens %d examples only", opened)
	}
}

// TestFirstEngineLacks holds what takes the whole engine: messages, and cryptography wherever it turns up. The session
// stays as it was.
func TestFirstEngineLacks(t *testing.T) {
	d := New(First())
	ask(t, d, Request{Type: Open, Document: world})
	before := ask(t, d, Request{Type: Wait, Seconds: 5}).State
	pair := engine.Call{As: "bob", Service: "kms", Operation: "GenerateDataKeyPair", Input: json.RawMessage(`{"KeyId":"alias/app","KeyPairSpec":"ECC_NIST_P256"}`)}
	const command = "key=$(aws kms create-key --query KeyMetadata.KeyId --output text)\naws kms generate-data-key-pair --key-id $key --key-pair-spec ECC_NIST_P256"
	for _, r := range []Request{
		{Type: Suggest}, {Type: Matrix}, {Type: Call, Call: &pair}, {Type: Try, Call: &pair},
		{Type: Command, As: "bob", Command: command},
		{Type: Command, As: "111122223333:root", Command: "key=$(aws kms create-key --origin EXTERNAL --query KeyMetadata.KeyId --output text)\naws kms get-parameters-for-import --key-id $key --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_2048"},
		{Type: Command, As: "bob", Command: "echo x >k\nopenssl pkeyutl -encrypt -pubin -inkey k -in k -pkeyopt rsa_padding_mode:oaep"},
		{Type: Open, Document: "```sh as=\"111122223333:root\"\n" + command + "\n```\n"},
	} {
		reply := send(t, d, r)
		if !reply.NeedsWhole || reply.Failure != "" || reply.State != nil || reply.Answer != nil {
			t.Errorf("the first engine answers %s by %+v", r.Type, reply)
		}
	}
	after := ask(t, d, Request{Type: Wait, Seconds: 5}).State
	same(t, withoutRedo(ask(t, d, Request{Type: Undo}).State), before)
	whole := NewDoor()
	again := ask(t, whole, Request{Type: Resume, Document: after.Document, History: &after.History}).State
	same(t, again, after)
	if reply := ask(t, whole, Request{Type: Call, Call: &pair}); reply.Answer.Error != nil {
		t.Errorf("the whole engine answers %+v", reply.Answer.Error)
	}
}
