// Command slim makes a program that Go compiled to WebAssembly smaller without changing what it does.
//
// It takes away what only the traces of a crash show: files, lines and arguments. The names of functions stay,
// and so does all that the garbage collector, growing stacks, panic and recover read. It also says how far the
// program's memory may grow.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: slim IN OUT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "slim:", err)
		os.Exit(1)
	}
}

// run writes to out only what slim found to be whole.
func run(in, out string) error {
	program, err := os.ReadFile(in)
	if err != nil {
		return err
	}
	smaller, err := slim(program)
	if err != nil {
		return fmt.Errorf("%s: %w", in, err)
	}
	return os.WriteFile(out, smaller, 0o644)
}
