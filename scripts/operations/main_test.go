package main

import (
	"os"
	"path/filepath"
	"testing"

	"kmsplayground/engine/catalog"
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

// Every operation succeeds in a step that the tests run.
func TestEveryOperationIsTested(t *testing.T) {
	found, err := collect(top)
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range catalog.KMS() {
		if !found[op.Name].steps {
			t.Errorf("in no step of engine/kms/testdata %s succeeds", op.Name)
		}
	}
}
