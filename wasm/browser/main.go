//go:build !js

package browser

import (
	"fmt"
	"os"
)

// Serve says what a program of this package is for.
func Serve(Engine) {
	fmt.Fprintln(os.Stderr, "this program runs in a browser: make build")
	os.Exit(1)
}
