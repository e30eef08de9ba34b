//go:build !js

// Command edge is the playground as a Cloudflare Worker: the site, and a world for AWS clients in a Durable Object.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "this program runs in a Worker: make edge")
	os.Exit(1)
}
