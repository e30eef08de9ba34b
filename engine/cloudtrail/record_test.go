package cloudtrail

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the events that come out into testdata")

// A testdata file holds the Input of a record and the whole Event that must come of it.
func TestRecord(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.json")
	if len(files) < 10 {
		t.Fatalf("%d files in testdata", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) { check(t, file) })
	}
}

func check(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var golden struct {
		Input Input
		Event json.RawMessage
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&golden); err != nil {
		t.Fatal(err)
	}
	got := Record(golden.Input)
	if *update {
		var raw struct{ Input, Event json.RawMessage }
		if err := json.Unmarshal(text, &raw); err != nil {
			t.Fatal(err)
		}
		raw.Event = got.JSON()
		write(t, file, raw)
		return
	}
	if g, w := indented(t, got.JSON()), indented(t, golden.Event); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

func write(t *testing.T, file string, v any) {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func indented(t *testing.T, text json.RawMessage) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOwners(t *testing.T) {
	in := Input{
		Service: "kms", Operation: "Encrypt", RequestID: "r", Caller: Caller{Kind: "User", Account: "444455556666"},
		Resources: []string{"arn:aws:kms:us-east-1:111122223333:key/a", "arn:aws:kms:us-east-1:444455556666:key/b"},
	}
	owners := in.Owners()
	if len(owners) != 1 || owners[0] != "111122223333" {
		t.Fatalf("owners %v", owners)
	}
	own := event(t, in)
	in.Recipient = owners[0]
	other := event(t, in)
	if own["sharedEventID"] == nil || own["sharedEventID"] != other["sharedEventID"] {
		t.Errorf("sharedEventID %v and %v", own["sharedEventID"], other["sharedEventID"])
	}
	if own["eventID"] == other["eventID"] || other["recipientAccountId"] != "111122223333" {
		t.Errorf("the events do not differ: %v, %v", own, other)
	}
	in.ErrorCode = "AccessDeniedException"
	if owners := in.Owners(); len(owners) != 0 {
		t.Errorf("a denied call has owners %v", owners)
	}
}

func event(t *testing.T, in Input) map[string]any {
	t.Helper()
	var e map[string]any
	if err := json.Unmarshal(Record(in).JSON(), &e); err != nil {
		t.Fatal(err)
	}
	return e
}
