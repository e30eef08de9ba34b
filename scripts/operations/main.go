// Command operations writes the README's table of the operations of KMS, from the engine's tables and from what the
// tests call: go run ./scripts/operations
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	readme = "README.md"
	begin  = "<!-- written by: go run ./scripts/operations -->\n"
	end    = "<!-- end of what it writes -->\n"
)

func main() {
	text, err := os.ReadFile(readme)
	if err == nil {
		var whole string
		if whole, err = current(string(text), "."); err == nil {
			err = os.WriteFile(readme, []byte(whole), 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "operations:", err)
		os.Exit(1)
	}
}

// current is the README with the table as it is to be; top is where the repository is.
func current(text, top string) (string, error) {
	before, rest, ok := strings.Cut(text, begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return "", fmt.Errorf("%s has no place for the table", readme)
	}
	found, err := collect(top)
	if err != nil {
		return "", err
	}
	return before + begin + table(found) + end + after, nil
}

// files are those that a pattern below top names.
func files(top string, patterns ...string) (texts []string, err error) {
	for _, pattern := range patterns {
		names, err := filepath.Glob(filepath.Join(top, pattern))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			texts = append(texts, string(text))
		}
	}
	return texts, nil
}
