// Command typegen writes the TypeScript types of the messages between the page and the engine, from the Go source of
// the same: go run ./scripts/typegen
package main

import (
	"fmt"
	"os"
)

// Paths from the top of the repository.
const (
	protocol = "wasm/browser"
	output   = "site/src/engine/messages.ts"
)

func main() {
	text, err := generate(".", protocol)
	if err == nil {
		err = os.WriteFile(output, []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "typegen:", err)
		os.Exit(1)
	}
}
