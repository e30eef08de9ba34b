package main

import (
	"os"
	"path/filepath"
	"testing"
)

const top = "../.."

func TestTableIsCurrent(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(top, readme))
	if err != nil {
		t.Fatal(err)
	}
	want, err := current(string(text), top)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != want {
		t.Errorf("%s is not current; write it anew with: go run ./scripts/operations", readme)
	}
}
