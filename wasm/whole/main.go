// Command whole is the whole engine, which takes over from the first when it is there.
package main

import (
	"kmsplayground/engine/keypair"
	"kmsplayground/wasm/browser"
)

func main() { browser.Serve(browser.Whole(keypair.All{}, endpoint)) }
