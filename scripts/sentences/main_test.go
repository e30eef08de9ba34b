package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSentencesAreCurrent(t *testing.T) {
	const top = "../.."
	want, err := collect(top)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(top, output))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the engine says; write it anew with: go run ./scripts/sentences", output)
	}
}
