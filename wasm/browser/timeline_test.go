package browser

import (
	"encoding/json"
	"slices"
	"testing"

	"kmsplayground/engine"
	"kmsplayground/engine/keypair"
)

// asker asks a door for what leaves a state.
func asker(t *testing.T, d *Door) func(Request) *State {
	return func(r Request) *State {
		t.Helper()
		reply := d.serve(r)
		if reply.Failure != "" || reply.State == nil {
			t.Fatalf("%s: %s", r.Type, reply.Failure)
		}
		return reply.State
	}
}

// TestTimeLine goes back, forward and aside, and holds what the page is told of it.
func TestTimeLine(t *testing.T) {
	ask := asker(t, New(Whole(keypair.All{}, nil)))
	ask(Request{Type: Open, Document: "---\ntitle: t\n---\n"})
	ask(Request{Type: Command, As: "111122223333:root", Command: "aws iam create-user --user-name a"})
	ask(Request{Type: Command, As: "111122223333:root", Command: "aws iam create-user --user-name b"})
	full := ask(Request{Type: Wait, Seconds: 60})
	if full.Done != 3 || len(full.Undone) != 0 || full.Requests[1].Done != 2 {
		t.Errorf("%+v", full.Requests)
	}
	back := ask(Request{Type: Step, Index: 1})
	if want := []string{"aws iam create-user --user-name b", "sleep 1m"}; back.Done != 1 || !back.CanRedo || !slices.Equal(back.Undone, want) || len(back.Requests) != 1 {
		t.Errorf("%+v", back)
	}
	if again := ask(Request{Type: Step, Index: 3}); again.Document != full.Document {
		t.Errorf("%s\n%s", again.Document, full.Document)
	}
	ask(Request{Type: Step, Index: 1})
	aside := ask(Request{Type: Command, As: "111122223333:root", Command: "aws iam create-user --user-name c"})
	if len(aside.Branches) != 1 || aside.Branches[0].Text != "aws iam create-user --user-name b" || aside.Branches[0].Actions != 3 || aside.CanRedo {
		t.Errorf("%+v", aside.Branches)
	}
	other := ask(Request{Type: Switch, Index: 0})
	if other.Document != full.Document || len(other.Branches) != 1 || other.Branches[0].Text != "aws iam create-user --user-name c" {
		t.Errorf("%+v\n%s", other.Branches, other.Document)
	}
	text, err := json.Marshal(other.History)
	if err != nil {
		t.Fatal(err)
	}
	var h HistoryView
	if err := json.Unmarshal(text, &h); err != nil {
		t.Fatal(err)
	}
	if resumed := asker(t, New(Whole(keypair.All{}, nil)))(Request{Type: Resume, Document: other.Document, History: &h}); len(resumed.Branches) != 1 || resumed.Done != 3 {
		t.Errorf("%+v", resumed)
	}
}

// TestPins holds that a pinned request is tried again after a change, and is taken away and brought back.
func TestPins(t *testing.T) {
	d := New(Whole(keypair.All{}, nil))
	ask := asker(t, d)
	ask(Request{Type: Open, Document: "---\ntitle: t\n---\n```sh as=\"111122223333:root\"\naws iam create-user --user-name a\naws kms create-key\naws kms create-alias --alias-name alias/k --target-key-id $(aws kms list-keys --query 'Keys[0].KeyId' --output text)\n```\n"})
	call := engine.Call{As: "a", Service: "kms", Operation: "DescribeKey", Input: json.RawMessage(`{"KeyId":"alias/k"}`)}
	pinned := ask(Request{Type: Pin, Call: &call, Text: "a may not look", Expect: "AccessDeniedException"})
	if g := pinned.Goals; len(g) != 1 || !g[0].Holds || !g[0].Pinned || g[0].As != "a" || g[0].Expect != "AccessDeniedException" || g[0].Command != "aws kms describe-key --key-id alias/k" {
		t.Fatalf("%+v", g)
	}
	changed := ask(Request{Type: Command, As: "111122223333:root", Command: "aws iam attach-user-policy --user-name a --policy-arn arn:aws:iam::aws:policy/AdministratorAccess"})
	if tried := d.serve(Request{Type: Goal}); tried.Answer == nil || tried.Answer.Error != nil || tried.Call.Operation != "DescribeKey" || tried.Call.As != "a" {
		t.Errorf("%+v", tried)
	}
	if g := changed.Goals; g[0].Holds || g[0].Code != "" {
		t.Errorf("%+v", g)
	}
	if without := ask(Request{Type: Unpin, Index: 0}); len(without.Goals) != 0 || len(without.Requests) != len(changed.Requests) || !without.CanRedo {
		t.Errorf("%+v", without)
	}
	if without := ask(Request{Type: Open, Document: changed.Document}); !without.Goals[0].Pinned || without.Done != 0 {
		t.Errorf("%+v", without.Goals)
	}
	if without := ask(Request{Type: Unpin, Index: 0}); len(without.Goals) != 0 || !without.CanRedo || without.CanUndo {
		t.Errorf("%+v", without)
	}
	if again := ask(Request{Type: Redo}); len(again.Goals) != 1 || again.Goals[0].Holds {
		t.Errorf("%+v", again.Goals)
	}
	if failed := d.serve(Request{Type: Unpin, Index: 1}); failed.Failure == "" {
		t.Errorf("%+v", failed)
	}
}

// TestComing holds that the page knows what authorization does not see yet, and what keys do by themselves.
func TestComing(t *testing.T) {
	d := New(Whole(keypair.All{}, nil))
	d.serve(Request{Type: Open, Document: "---\nconsistency: eventual\nstart: 2026-01-01T09:00:00Z\n---\n```sh as=\"111122223333:root\"\naws kms create-key\nid=$(aws kms list-keys --query 'Keys[0].KeyId' --output text)\nsleep 1d\naws kms create-alias --alias-name alias/k --target-key-id $id\naws kms create-alias --alias-name alias/l --target-key-id $id\naws kms schedule-key-deletion --key-id $id --pending-window-in-days 7\n```\n"})
	got := d.state().Coming
	if len(got) != 2 || got[0].Kind != "aliases" || got[0].MadeAt != "2026-01-02T09:00:00Z" || got[0].Key != "alias/k" || got[0].What == "" ||
		got[1].Kind != "deletion" || got[1].At != "2026-01-09T09:00:00Z" {
		t.Errorf("%+v", got)
	}
}
