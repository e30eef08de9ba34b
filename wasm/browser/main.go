//go:build !js

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "this program runs in a browser: GOOS=js GOARCH=wasm go build ./wasm/browser")
	os.Exit(1)
}
